"""The checklist as it stands, and as people read it."""

from collections.abc import Mapping
from typing import Final

from bot.telegram.texts import Html, Speaker
from bot.usecases.ports import CheckItem, ItemState

SIGNS: Final[Mapping[ItemState, str]] = {
    ItemState.WAITING: "▫️",
    ItemState.RUNNING: "⏳",
    ItemState.PASSED: "✅",
    ItemState.FAILED: "❌",
    ItemState.CAUTION: "⚠️",
    ItemState.UNKNOWN: "❔",
}


class Board:
    """Each line's state. ``changes`` counts, so that whoever draws it knows what is not yet drawn."""

    def __init__(self) -> None:
        self.changes = 0
        self._states = dict.fromkeys(CheckItem, ItemState.WAITING)

    def set(self, item: CheckItem, state: ItemState) -> None:
        """A line moved on."""
        if self._states[item] is not state:
            self._states[item] = state
            self.changes += 1

    def settle(self) -> None:
        """The check is over: what was under way then has come to nothing."""
        for item, state in self._states.items():
            if state is ItemState.RUNNING:
                self.set(item, ItemState.UNKNOWN)

    def lines(self, say: Speaker) -> Html:
        """All lines, in the order of the check."""
        return Html("\n".join(f"{SIGNS[state]} {say(f'check-item-{item}')}" for item, state in self._states.items()))
