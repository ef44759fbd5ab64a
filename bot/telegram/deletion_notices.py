"""What people are told about deletions: that a secret nobody asked for was removed, or that they must remove it."""

from collections import Counter, OrderedDict
from dataclasses import dataclass
from typing import Final

from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError, TelegramMigrateToChat

from bot.domain.secrets import SecretKind
from bot.usecases.delivery import Kind, OutboxItem
from bot.usecases.ports import Clock, Deletion

DELETABLE_FOR = 48 * 3600.0
"""Seconds after which Telegram refuses to delete (Bot API, deleteMessage)."""
ONE_PASTE = 5.0
"""Seconds. What vanishes within this time of a notice belongs to what the notice was about."""
REMEMBERED = 2_000
_BY_GRAVITY: Final = (SecretKind.EXCHANGE_KEY, SecretKind.PRIVATE_KEY, SecretKind.SEED_PHRASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message stays.

    Attributes:
        reason: ``too_old``, ``no_rights`` (in a group), ``unreachable`` (blocked, kicked), ``moved`` (the group became
            a supergroup), ``beyond_reach`` (a bot has no way to) or ``refused``.
        moved_to: the supergroup's chat id.
    """

    reason: str
    moved_to: int | None = None


def refusal_of(error: TelegramAPIError, deletion: Deletion, now: float) -> Refusal:
    """Reads why Telegram refuses for good."""
    if isinstance(error, TelegramMigrateToChat):
        return Refusal("moved", error.migrate_to_chat_id)
    if isinstance(error, TelegramForbiddenError) or "chat not found" in error.message.lower():
        return Refusal("unreachable")
    if now - deletion.sent_at > DELETABLE_FOR:
        return Refusal("too_old")
    return Refusal("refused" if deletion.private else "no_rights")


def delete_by_hand(deletion: Deletion, refusal: Refusal, now: float) -> OutboxItem:
    """The loud message: delete it yourself, and rotate the key.

    It goes where the secret lies, so that it can be found; to its author alone where the bot cannot speak.
    """
    chat_id = refusal.moved_to or deletion.chat_id
    if refusal.reason in {"unreachable", "beyond_reach"} and deletion.user_id is not None:
        chat_id = deletion.user_id
    facts = {
        "kind": deletion.why,
        "group": not deletion.private,
        "reason": refusal.reason,
        "user_id": deletion.user_id,
        "message_id": deletion.message_id if chat_id == deletion.chat_id else None,
    }
    return OutboxItem(0, chat_id, Kind.DELETE_BY_HAND, facts, created_at=now, not_before=now)


class DeletionNotices:
    """Decides who is told what, and makes one notice of a paste of many messages."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._under_way: Counter[tuple[int, int | None]] = Counter()
        self._removed: dict[tuple[int, int | None], list[Deletion]] = {}
        self._told: OrderedDict[tuple[int, int | None], tuple[float, int]] = OrderedDict()
        """When somebody was told last, and how grave it was."""

    def expect(self, deletion: Deletion) -> None:
        """A deletion starts."""
        if not deletion.asked:
            self._under_way[_whose(deletion)] += 1

    def gone(self, deletion: Deletion) -> list[OutboxItem]:
        """It is deleted; returns what to tell."""
        if deletion.asked:
            return []
        self._removed.setdefault(_whose(deletion), []).append(deletion)
        return self._when_all_are_through(deletion)

    def impossible(self, deletion: Deletion, refusal: Refusal) -> list[OutboxItem]:
        """It cannot be deleted; returns what to tell."""
        loud = [delete_by_hand(deletion, refusal, self._clock.now())]
        return loud if deletion.asked else loud + self._when_all_are_through(deletion)

    def _when_all_are_through(self, deletion: Deletion) -> list[OutboxItem]:
        whose, now = _whose(deletion), self._clock.now()
        self._under_way[whose] -= 1
        if self._under_way[whose] > 0:
            return []
        del self._under_way[whose]
        removed = self._removed.pop(whose, [])
        if not removed:
            return []
        gravest = max(removed, key=_gravity)
        told_at, told = self._told.get(whose, (float("-inf"), -1))
        if now - told_at < ONE_PASTE and _gravity(gravest) <= told:
            return []
        self._told[whose] = (now, _gravity(gravest))
        self._told.move_to_end(whose)
        if len(self._told) > REMEMBERED:
            self._told.popitem(last=False)
        facts = {
            "kind": gravest.why,
            "group": not gravest.private,
            "user_id": gravest.user_id,
            "count": len(removed),
        }
        return [OutboxItem(0, gravest.chat_id, Kind.SECRET_REMOVED, facts, created_at=now, not_before=now)]


def _gravity(deletion: Deletion) -> int:
    """A recovery phrase is told even right after a key: whoever was made to send one must hear that."""
    return _BY_GRAVITY.index(deletion.why) if deletion.why in _BY_GRAVITY else 0


def _whose(deletion: Deletion) -> tuple[int, int | None]:
    return (deletion.chat_id, deletion.user_id)
