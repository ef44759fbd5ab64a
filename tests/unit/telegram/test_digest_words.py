from typing import Any

import pytest

from bot.sandbox.telegram.markup import parse_html, utf16_length
from bot.telegram.digest_words import LONGEST_CAPTION, digest_rendered
from bot.telegram.texts import Texts

TEXTS = Texts()
NOW = 1_795_000_000.0
DAY = 86400.0


def connection(label: str = "Main", **more: Any) -> dict[str, Any]:
    return {"label": label, "state": "up", "uptime": [86000, 86400, 86400], "changes": 0} | more


def digest(*connections: dict[str, Any], more: int = 0, language: str = "en") -> str:
    facts = {"every": "daily", "at": NOW, "connections": list(connections), "more": more}
    text, _ = parse_html(digest_rendered(TEXTS.of(language), facts).html)
    return text


def test_it_says_how_each_did_and_what_lies_ahead() -> None:
    said = digest(
        connection("Main", changes=2, expires_at=NOW + 20 * DAY),
        connection("Old", state="reauth", rotate_at=NOW - DAY, age=181 * DAY),
        connection("New", uptime=[0, 0, 60]),
    )
    assert "🟢 Main: worked 99.53 % of the time, 2 changes" in said
    assert "🔴 Old: worked" in said
    assert "🟢 New: not watched long enough" in said
    assert "⏳ The key of Main ends" in said
    assert "🔁 The key of Old is 181 days old" in said
    assert "No key ends" not in said


@pytest.mark.parametrize("language", ["en", "pl"])
def test_as_much_is_said_as_fits_under_a_picture_and_what_lies_ahead_always(language: str) -> None:
    many = [
        connection("W" * 32, changes=22, expires_at=NOW + DAY) if n < 3 else connection("W" * 64, changes=22)
        for n in range(12)
    ]
    said = digest(*many, more=30, language=language)
    assert utf16_length(said) <= LONGEST_CAPTION
    assert said.count("⏳") == 3
    assert said.count("🟢") >= 3
