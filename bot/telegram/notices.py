"""What intake says to people by itself. The sentences, in each person's language, are the dialogs' business."""

from typing import Protocol


class Notices(Protocol):
    """Said at once and at most once per occasion; not through the outbox, which may be what has failed.

    ``language`` is Telegram's code of whoever wrote (``pl``, ``en-US``); None if it gave none. Whatever an
    implementation raises is logged by class name and has no further effect.
    """

    async def cannot_keep(self, chat_id: int, language: str | None) -> None:
        """The store is unavailable: nothing can be kept safe right now."""
        ...

    async def too_fast(self, chat_id: int, language: str | None) -> None:
        """Somebody sent more than is handled; the excess was dropped."""
        ...

    async def not_looked_into(self, chat_id: int, message_id: int | None, language: str | None) -> None:
        """A file could not be fetched, so nobody knows whether it holds a secret: its author must look."""
        ...

    async def lost_secret(self, chat_id: int, user_id: int) -> None:
        """An answer was deleted, and its content is gone with the process that read it: ask again, saying why."""
        ...

    async def stale_press(self, chat_id: int, user_id: int) -> None:
        """A button was pressed while the service was away: nothing was done; offer fresh buttons."""
        ...

    async def anonymous(self, chat_id: int, message_id: int, language: str | None) -> None:
        """An anonymous administrator or a channel asked for something: say why that cannot be served."""
        ...
