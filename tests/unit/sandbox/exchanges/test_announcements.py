"""What the page may do with announced maintenance, and what it may not."""

from typing import Any

import pytest

from bot.sandbox.exchanges.announcements import Announcements

NOW = 1_700_000_000_000


@pytest.fixture
def announced() -> Announcements:
    return Announcements(("live", "demo"), lambda: NOW, lambda: None)


def test_one_is_announced_moved_and_called_off(announced: Announcements) -> None:
    [made] = announced.apply("", {"in_minutes": 10, "minutes": 30})["announcements"]
    assert made == {
        "number": 1,
        "environment": "live",
        "begin_ms": NOW + 600_000,
        "end_ms": NOW + 2_400_000,
        "state": "scheduled",
    }
    [moved] = announced.apply("1", {"action": "move", "by_minutes": 60})["announcements"]
    assert (moved["begin_ms"], moved["end_ms"]) == (NOW + 4_200_000, NOW + 6_000_000)
    assert announced.apply("1", {"action": "call_off"})["announcements"] == []
    assert [one.state(NOW) for one in announced] == ["canceled"]


def test_its_state_is_that_of_the_clock(announced: Announcements) -> None:
    one = announced.announce(NOW / 1000, 60, "demo")
    assert [one.state(NOW + ms) for ms in (-1, 0, 59_999, 60_000)] == ["scheduled", "ongoing", "ongoing", "completed"]


@pytest.mark.parametrize(
    ("name", "body", "refusal"),
    [
        ("", {}, ValueError),
        ("", {"in_minutes": 0, "minutes": 0}, ValueError),
        ("", {"in_minutes": -1, "minutes": 5}, ValueError),
        ("", {"in_minutes": "1", "minutes": 5}, ValueError),
        ("", {"in_minutes": True, "minutes": 5}, ValueError),
        ("", {"in_minutes": 1, "minutes": 1_000_000}, ValueError),
        ("", {"in_minutes": 1, "minutes": 5, "environment": "testnet"}, ValueError),
        ("7", {"action": "call_off"}, LookupError),
        ("x", {"action": "call_off"}, LookupError),
        ("1", {"action": "forget"}, ValueError),
    ],
)
def test_what_makes_no_sense_is_refused(
    announced: Announcements, name: str, body: dict[str, Any], refusal: type[Exception]
) -> None:
    announced.announce(NOW / 1000, 60)
    with pytest.raises(refusal):
        announced.apply(name, body)
