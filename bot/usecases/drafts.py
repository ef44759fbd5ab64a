"""Credentials on their way in: in memory only, sealed under a key of this process, for ten minutes of silence at most.

Nothing of a draft is ever on disk, so a restart forgets it and the conversation asks again. A draft outlives a refusal,
so that **Check again** needs nothing pasted twice.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.connection import ConnectionId, Credential, Place
from bot.domain.pasting import Field
from bot.usecases.ports import Clock, DraftBox

_PURPOSE = "draft"

LIFETIME = 600.0
"""Seconds of silence after which a draft is wiped."""


class DraftGone(Exception):  # noqa: N818 - it states the condition
    """The draft was wiped: cancelled, ten minutes old, or lost with a restart. Ask for the key again."""


@dataclass(slots=True)
class Draft:
    """One credential being entered.

    Attributes:
        connection_id: the connection it is to be the new key of; None for a new connection.
        pair_id: the pair of ours whose private half goes with the API key entered; None if the secret is entered too.
    """

    id: str
    owner_id: int
    place: Place
    connection_id: ConnectionId | None
    touched: float
    pair_id: str | None = None
    _sealed: dict[Field, bytes] = field(default_factory=dict, repr=False)


class Drafts:
    """All drafts of this process."""

    def __init__(self, box: DraftBox, clock: Clock, lifetime: float = LIFETIME) -> None:
        self._box = box
        self._clock = clock
        self._lifetime = lifetime
        self._drafts: dict[str, Draft] = {}

    def open(
        self, owner_id: int, place: Place, connection_id: ConnectionId | None = None, pair_id: str | None = None
    ) -> str:
        """A new, empty draft; returns its id, which holds nothing and may be stored anywhere."""
        draft = Draft(secrets.token_urlsafe(12), owner_id, place, connection_id, self._clock.monotonic(), pair_id)
        self._drafts[draft.id] = draft
        return draft.id

    def get(self, draft_id: str, owner_id: int) -> Draft:
        """The draft, kept alive by being asked for.

        Raises:
            DraftGone: it is not there, or not this person's.
        """
        draft = self._drafts.get(draft_id)
        if draft is None or draft.owner_id != owner_id or self._expired(draft):
            raise DraftGone
        draft.touched = self._clock.monotonic()
        return draft

    def put(self, draft_id: str, owner_id: int, found: Mapping[Field, str]) -> None:
        """Seals what a message held into the draft; a field given again is replaced."""
        draft = self.get(draft_id, owner_id)
        for name, value in found.items():
            draft._sealed[name] = self._box.box(_PURPOSE, value.encode(), self._bound(draft, name))  # noqa: SLF001

    def fields(self, draft_id: str, owner_id: int) -> Mapping[Field, str]:
        """What was entered so far, in plain text: for the one call it is needed for."""
        draft = self.get(draft_id, owner_id)
        sealed = draft._sealed  # noqa: SLF001
        return {
            name: self._box.unbox(_PURPOSE, blob, self._bound(draft, name)).decode() for name, blob in sealed.items()
        }

    def credential(self, draft_id: str, owner_id: int) -> Credential:
        """The whole credential.

        Raises:
            DraftGone: it is not complete, or gone.
        """
        fields = self.fields(draft_id, owner_id)
        try:
            return Credential(fields[Field.API_KEY], fields[Field.SECRET], fields.get(Field.PASSPHRASE))
        except KeyError:
            raise DraftGone from None

    def clear(self, draft_id: str, owner_id: int) -> None:
        """Forgets what was entered and keeps the draft: somebody went back to enter it anew."""
        self.get(draft_id, owner_id)._sealed.clear()  # noqa: SLF001

    def wipe(self, draft_id: str) -> None:
        """Forgets the draft; nothing happens if it is gone already."""
        self._drafts.pop(draft_id, None)

    def sweep(self) -> list[Draft]:
        """Wipes what was silent for too long; returns those drafts, emptied, so that their owners can be told."""
        old = [draft for draft in self._drafts.values() if self._expired(draft)]
        for draft in old:
            draft._sealed.clear()  # noqa: SLF001
            del self._drafts[draft.id]
        return old

    def _expired(self, draft: Draft) -> bool:
        return self._clock.monotonic() - draft.touched > self._lifetime

    @staticmethod
    def _bound(draft: Draft, name: Field) -> bytes:
        return f"{draft.id}/{draft.owner_id}/{name}".encode()
