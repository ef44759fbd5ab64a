"""What Telegram's errors mean. Telegram tells most of them apart by their wording alone, so the words are kept here.

They are compared in lower case and by part: prefixes ("Bad Request: ") and endings vary with the server's version, and
MTProto's own names (PEER_ID_INVALID) come through now and then.
"""

from aiogram.exceptions import (
    RestartingTelegram,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)

_GONE = ("message to delete not found", "message_id_invalid")
_CHAT_GONE = (
    "chat not found",
    "user is deactivated",
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "the group chat was deleted",
    "group chat was deactivated",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send a message",
    "need administrator rights in the channel chat",
)


def is_passing(error: TelegramAPIError) -> bool:
    """True if the same call may succeed later: too many calls, a server in trouble, no network.

    A refused token counts: an operator may be changing it, and what waits must not be lost over it.
    """
    return isinstance(
        error,
        TelegramRetryAfter
        | TelegramServerError
        | RestartingTelegram
        | TelegramNetworkError
        | TelegramUnauthorizedError,
    )


def is_deleted_already(error: TelegramAPIError) -> bool:
    """True if the message to delete is no longer there."""
    return _says(error, _GONE)


def is_chat_gone(error: TelegramAPIError) -> bool:
    """True if nothing sent to this chat will ever arrive."""
    return _says(error, _CHAT_GONE)


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
