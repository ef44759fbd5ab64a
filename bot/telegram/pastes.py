"""Messages that are one thing to whoever sent them: the parts of an album, and a long paste that Telegram cut up.

If one part is a secret, all are: the second half of a private key does not look like one. The parts come as separate
updates, so the earlier ones are remembered for a while.
"""

import json
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.usecases.ports import Deletion

REMEMBERED = 2_000
"""Albums and pastes held in memory, the latest used: a few hundred bytes each."""
LOST_KEPT = 20
"""Albums of late with a secret in them that are noted on disk: a kill may come between two parts."""
CUT_AT = 4_000
"""Characters. A message this long is likely one part of a longer paste: clients cut at 4,096, some at a line before."""
APART = 3.0
"""Seconds between the parts of one paste: clients send them at once."""


@dataclass(slots=True)
class _Whole:
    parts: dict[int, Deletion] = field(default_factory=dict)
    secret: Deletion | None = None
    last_at: float = 0.0
    goes_on: bool = False


class Pastes:
    """The albums and pastes of late."""

    def __init__(self) -> None:
        self._wholes: OrderedDict[tuple[str, int, str], _Whole] = OrderedDict()
        self._lost: OrderedDict[tuple[str, int, str], Deletion] = OrderedDict()
        self._changes = self._noted = 0

    @property
    def changes(self) -> int:
        """Counts the albums that were found to hold a secret."""
        return self._changes

    def lost(self) -> bytes | None:
        """The albums that must vanish, by ids, to be noted with the deletions; None if that is noted already."""
        if self._changes == self._noted:
            return None
        albums = [
            (chat_id, album, part.user_id, part.why, part.private, part.asked)
            for (_, chat_id, album), part in self._lost.items()
        ]
        return json.dumps(albums).encode()

    def noted(self, changes: int) -> None:
        """What was known after so many ``changes`` is on disk."""
        self._noted = max(self._noted, changes)

    def recall(self, lost: bytes, now: float) -> None:
        """Takes up what an earlier process noted: parts that come now go too."""
        for chat_id, album, user_id, why, private, asked in json.loads(lost):
            place = ("album", chat_id, album)
            secret = Deletion(chat_id, 0, user_id, why, now, now, private=private, asked=asked)
            self._wholes[place], self._lost[place] = _Whole(secret=secret), secret

    def add(self, part: Deletion, *, secret: bool, album: str | None, length: int) -> tuple[Deletion, ...]:
        """Takes a message in; returns what must vanish now because of it, the message itself included.

        Args:
            part: how the message would be deleted; if it is no secret by itself, ``why`` is replaced.
            secret: it is one by itself.
            album: its ``media_group_id``, if it is in one.
            length: characters of its text.
        """
        whole = self._whole(part, album)
        first_news = secret and whole.secret is None
        if first_news:
            whole.secret = part
            if album is not None:
                self._lose(("album", part.chat_id, album), part)
        whole.parts[part.message_id] = part
        whole.last_at, whole.goes_on = part.sent_at, album is not None or length >= CUT_AT
        if whole.secret is None:
            return ()
        if not first_news:
            return (part if secret else _for_the_same_reason(part, whole.secret),)
        others = [p for p in whole.parts.values() if p.message_id != part.message_id]
        return (part, *(_for_the_same_reason(other, part) for other in others))

    def _lose(self, place: tuple[str, int, str], part: Deletion) -> None:
        self._lost[place] = part
        self._changes += 1
        if len(self._lost) > LOST_KEPT:
            self._lost.popitem(last=False)

    def _whole(self, part: Deletion, album: str | None) -> _Whole:
        place = ("album", part.chat_id, album) if album else ("paste", part.chat_id, str(part.user_id))
        whole = self._wholes.get(place)
        if whole is None or (album is None and not _continues(whole, part)):
            whole = self._wholes[place] = _Whole()
        self._wholes.move_to_end(place)
        if len(self._wholes) > REMEMBERED:
            self._wholes.popitem(last=False)
        return whole


def _continues(whole: _Whole, part: Deletion) -> bool:
    if part.message_id in whole.parts:
        return True  # an edit of one of them
    return whole.goes_on and abs(part.sent_at - whole.last_at) <= APART


def _for_the_same_reason(part: Deletion, secret: Deletion) -> Deletion:
    return Deletion(
        part.chat_id,
        part.message_id,
        part.user_id,
        secret.why,
        part.sent_at,
        secret.seen_at,
        part.private,
        secret.asked,
    )
