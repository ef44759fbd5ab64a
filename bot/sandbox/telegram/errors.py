"""Errors, in the words Telegram uses."""

from typing import Any


class BotApiError(Exception):
    """An answer that is not ok.

    Attributes:
        code: the HTTP status and `error_code`.
        description: as Telegram words it; clients match on parts of it.
        parameters: `retry_after` or `migrate_to_chat_id`, where Telegram sends them.
        violation: True if a correct bot never causes this error, whatever people do. Tests assert there was none.
    """

    def __init__(
        self, code: int, description: str, *, parameters: dict[str, Any] | None = None, violation: bool = False
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters
        self.violation = violation


def bad_request(reason: str) -> BotApiError:
    """A 400 that may happen to a correct bot: people delete messages and leave groups."""
    return BotApiError(400, f"Bad Request: {reason}")


def violation(reason: str) -> BotApiError:
    """A 400 that is the bot's own mistake."""
    return BotApiError(400, f"Bad Request: {reason}", violation=True)


def forbidden(reason: str) -> BotApiError:
    """A 403: people do not want the bot there."""
    return BotApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> BotApiError:
    """A 409: somebody else takes the bot's updates."""
    return BotApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> BotApiError:
    """A 429; `retry_after` in seconds."""
    return BotApiError(429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after})


def upgraded(migrate_to_chat_id: int) -> BotApiError:
    """A 400: the group lives on under another id."""
    return BotApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": migrate_to_chat_id},
    )
