"""A recovery phrase that comes in drips: a word or a line at a time, as whoever asks for one tells people to send it.

No single message looks like a phrase, so those that are nothing but words of one are remembered for a while, and looked
at together. Only they are: all other talk is forgotten as it is read.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace

from bot.domain.characters import plain
from bot.domain.secrets import SecretKind
from bot.domain.secrets.seed_phrases import has_seed_phrase, is_of_phrase_words
from bot.usecases.ports import Deletion

APART = 180.0
"""Seconds between two drips at most: the next word is looked up on a sheet of paper."""
MOST = 36
"""Words of one person that are looked at together; the longest phrase has 24, and some may be said twice."""
LONGEST = 160
"""Characters of one message; half of the longest phrase is shorter."""
REMEMBERED = 2_000
"""People in memory, the latest heard: some hundred bytes each."""


@dataclass(slots=True)
class _Drip:
    message: Deletion
    words: str = field(repr=False)


@dataclass(slots=True)
class _Row:
    drips: dict[int, _Drip] = field(default_factory=dict)
    last_at: float = 0.0
    is_phrase: bool = False

    def latest(self) -> list[_Drip]:
        """The newest drips, oldest first, as many as are looked at together; older ones are forgotten."""
        kept: dict[int, _Drip] = {}
        words = 0
        for number in sorted(self.drips, reverse=True):
            kept[number] = self.drips[number]
            words += len(kept[number].words.split())
            if words >= MOST:
                break
        self.drips = kept
        return list(reversed(kept.values()))


class Drips:
    """What people have said of late that may be parts of a recovery phrase."""

    def __init__(self) -> None:
        self._rows: OrderedDict[tuple[int, int | None], _Row] = OrderedDict()

    def add(self, message: Deletion, text: str) -> tuple[Deletion, ...]:
        """Takes a message in that is no secret by itself; returns what must vanish now because of it.

        Args:
            message: how it would be deleted; ``why`` is replaced.
            text: what it says.
        """
        if not 0 < len(text) <= LONGEST or not is_of_phrase_words(words := plain(text)):
            return ()
        row = self._row(message)
        row.last_at = message.sent_at
        if row.is_phrase:
            return (_of_a_phrase(message),)
        row.drips[message.message_id] = _Drip(message, words)
        in_order = row.latest()
        if not has_seed_phrase("\n".join(drip.words for drip in in_order)):
            return ()
        row.is_phrase = True
        row.drips.clear()
        return tuple(_of_a_phrase(drip.message) for drip in in_order)

    def _row(self, message: Deletion) -> _Row:
        whose = (message.chat_id, message.user_id)
        row = self._rows.get(whose)
        if row is None or message.sent_at - row.last_at > APART:
            row = self._rows[whose] = _Row()
        self._rows.move_to_end(whose)
        if len(self._rows) > REMEMBERED:
            self._rows.popitem(last=False)
        return row


def _of_a_phrase(message: Deletion) -> Deletion:
    return replace(message, why=SecretKind.SEED_PHRASE.value)
