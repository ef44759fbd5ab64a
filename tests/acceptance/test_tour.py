"""The tour is a promise of its own: the story in the README, played by a real process in under a minute."""

import os
import subprocess
import sys
import time

import pytest

from bot.commands.tour import Story, tour


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_tour_shows_every_step_in_under_a_minute(language: str) -> None:
    started = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-m", "bot", "tour", "--language", language],
        capture_output=True,
        text=True,
        timeout=100,
        env=os.environ | {"COLUMNS": "120"},
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-2000:]
    assert time.monotonic() - started < 60
    assert "✓" in told.stdout
    assert "Binance Spot Main" in told.stdout
    assert "deleted by the bot after" in told.stdout


def test_a_tour_that_misses_a_step_says_which_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: object, **__: object) -> None:
        raise AssertionError("the exchange was not asked again")

    monkeypatch.setattr(Story, "_watched", nobody)
    assert tour("en") == 1
