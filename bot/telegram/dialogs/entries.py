"""What is known, in memory only, of the keys that people are entering right now.

The draft holds the credential; this holds what goes with it and must be on disk no more than it: the label typed, how
the check went. Both are gone after a restart, and the conversation asks again.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.telegram.dialogs.board import Board
from bot.usecases.validation import Refused


class Hitch(StrEnum):
    """Why a check came to nothing, through no fault of the key. The draft is kept."""

    STORE = "store"
    BROKE = "broke"


@dataclass(slots=True)
class KeyEntry:
    """One key on its way in.

    Attributes:
        tail: the masked end of the API key.
        label: what the new connection will be called; empty for a rotation.
        vouched: the person typed the exchange's name to vouch that withdrawal is off.
        board: the checklist of the check under way, or of the last one.
        running: a check is under way.
        abandoned: the person left: a check that is under way ends at its next step.
    """

    draft_id: str
    tail: str = ""
    label: str = ""
    vouched: bool = False
    refused: Refused | None = None
    hitch: Hitch | None = None
    board: Board = field(default_factory=Board)
    running: bool = False
    abandoned: bool = False


class KeyEntries:
    """At most one for each person: whoever starts another wizard has left the one before."""

    def __init__(self) -> None:
        self._by_person: dict[int, KeyEntry] = {}

    def begin(self, person_id: int, draft_id: str) -> KeyEntry:
        """A new one, for a new draft."""
        self.drop(person_id)
        entry = self._by_person[person_id] = KeyEntry(draft_id)
        return entry

    def get(self, person_id: int, draft_id: str | None = None) -> KeyEntry | None:
        """The person's, if there is one (and it is for this draft)."""
        entry = self._by_person.get(person_id)
        return entry if entry is not None and draft_id in (None, entry.draft_id) else None

    def drop(self, person_id: int) -> KeyEntry | None:
        """Forgets it; a check that is under way ends at its next step. Returns what it was."""
        entry = self._by_person.pop(person_id, None)
        if entry is not None:
            entry.abandoned = True
        return entry
