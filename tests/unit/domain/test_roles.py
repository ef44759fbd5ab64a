"""Who may do what, read line by line."""

import pytest

from bot.domain.names import shown_name
from bot.domain.roles import Deed, Role, may


def test_an_owner_may_all() -> None:
    assert [deed for deed in Deed if not may(Role.OWNER, deed)] == []


def test_an_operator_may_all_but_manage() -> None:
    assert [deed for deed in Deed if not may(Role.OPERATOR, deed)] == [Deed.MANAGE]


def test_a_subscriber_may_mute_and_leave_for_their_own_chat_and_nothing_else() -> None:
    assert {deed for deed in Deed if may(Role.SUBSCRIBER, deed)} == {Deed.MUTE, Deed.LEAVE}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Bob", "Bob"),
        ("  Bob \n the   Builder ", "Bob the Builder"),
        ("\u202eboB", "boB"),
        ("\u200b\u200b", "?"),
        ("", "?"),
        (None, "?"),
        ("x" * 100, "x" * 32),
    ],
)
def test_names_fit_into_a_line_and_hide_nothing(raw: str | None, shown: str) -> None:
    assert shown_name(raw) == shown
