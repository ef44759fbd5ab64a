"""What Telegram's errors mean. Telegram tells most of them apart by their wording alone, so the words are kept here.

They are compared in lower case and by part: prefixes ("Bad Request: ") and endings vary with the server's version, and
MTProto's own names (PEER_ID_INVALID) come through now and then.
"""

from collections.abc import Mapping

from aiogram.exceptions import (
    RestartingTelegram,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

from bot.usecases.delivery import Lost

_GONE = ("message to delete not found", "message_id_invalid")
_LOST: Mapping[Lost, tuple[str, ...]] = {
    Lost.BLOCKED: ("bot was blocked by the user",),
    Lost.KICKED: ("bot was kicked", "bot is not a member"),
    Lost.DEACTIVATED: ("user is deactivated", "the group chat was deleted", "group chat was deactivated"),
    Lost.NO_RIGHTS: (
        "chat_write_forbidden",
        "not enough rights to send",
        "have no rights to send a message",
        "need administrator rights in the channel chat",
        "topic_closed",
        "chat_send_plain_forbidden",
    ),
    Lost.NOT_FOUND: ("chat not found", "bot can't initiate conversation", "peer_id_invalid"),
}


def is_passing(error: TelegramAPIError) -> bool:
    """True if the same call may succeed later: too many calls, a server in trouble, no network.

    A refused token counts: an operator may be changing it, and what waits must not be lost over it. So does a 404,
    which speaks of the token or the server's address too: that a chat is not there, Telegram says with a 400.
    """
    return isinstance(
        error,
        TelegramRetryAfter
        | TelegramServerError
        | RestartingTelegram
        | TelegramNetworkError
        | TelegramUnauthorizedError
        | TelegramNotFound,
    )


def is_deleted_already(error: TelegramAPIError) -> bool:
    """True if the message to delete is no longer there."""
    return _says(error, _GONE)


def why_lost(error: TelegramAPIError) -> Lost | None:
    """Why nothing sent to this chat arrives any more; None if that is not what it says."""
    for why, words in _LOST.items():
        if _says(error, words):
            return why
    return Lost.NO_RIGHTS if isinstance(error, TelegramForbiddenError) else None


def is_chat_gone(error: TelegramAPIError) -> bool:
    """True if nothing sent to this chat will ever arrive."""
    return why_lost(error) is not None


def is_edited_already(error: TelegramAPIError) -> bool:
    """True if the message says what it was to say."""
    return _says(error, ("message is not modified", "message_not_modified"))


def is_uneditable(error: TelegramAPIError) -> bool:
    """True if the message to edit is no longer there, or cannot be edited (any more)."""
    return _says(
        error, ("message to edit not found", "message can't be edited", "no text in the message", "message_id_invalid")
    )


def is_bad_markup(error: TelegramAPIError) -> bool:
    """True if the text's formatting, not the text, was refused."""
    return _says(error, ("can't parse entities", "can't find end", "unsupported start tag", "entity_bounds_invalid"))


def is_reply_gone(error: TelegramAPIError) -> bool:
    """True if the message to be replied to is no longer there."""
    return _says(error, ("message to be replied not found", "replied message not found", "message to reply not found"))


def is_too_long(error: TelegramAPIError) -> bool:
    """True if the text is longer than Telegram takes."""
    return _says(error, ("message is too long", "message_too_long"))


def _says(error: TelegramAPIError, parts: tuple[str, ...]) -> bool:
    words = error.message.lower()
    return any(part in words for part in parts)
