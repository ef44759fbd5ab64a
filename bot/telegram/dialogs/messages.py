"""aiogram-dialog's way to Telegram, made patient: a window that Telegram is too busy to show is shown a little later.

aiogram itself does not retry a 429, and a wizard whose result is never shown is a wizard that hangs.

And it keeps a conversation in one message, the lowest. A process may die between showing a window and noting which
message that is: the next one would edit a message far above, and nobody would see it.
"""

import logging
from contextvars import ContextVar
from dataclasses import replace

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardMarkup, InputFile, InputMediaPhoto, Message
from aiogram_dialog import ShowMode
from aiogram_dialog.api.entities import MediaAttachment, NewMessage, OldMessage
from aiogram_dialog.api.entities.new_message import UnknownText
from aiogram_dialog.manager.message_manager import MessageManager

from bot.telegram.answers import is_passing
from bot.usecases.ports import Clock

log = logging.getLogger("latchkey.dialogs")

TRIES = 4
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between two tries, doubled each time; as long as Telegram asks for, where it does."""

_toasted: ContextVar[str | None] = ContextVar("toasted", default=None)


async def toast(press: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """Answers a press with words: over the chat, or (``alert``) in a box to be closed. At most 200 characters."""
    _toasted.set(press.id)
    try:
        await press.answer(text, show_alert=alert)
    except TelegramAPIError as error:
        log.info("dialogs.late_toast", extra={"error": type(error).__name__})


class Drawn(MediaAttachment):
    """Media for a window that were made for it, and are of no file and no address."""

    def __init__(self, kind: ContentType, content: bytes, name: str) -> None:
        # Not by aiogram-dialog's own way: it wants an address, and would show the first picture of it for ever.
        self.type = kind
        self.content, self.name = content, name
        self.url = self.path = self.file_id = None
        self.use_pipe = False
        self.kwargs: dict[str, object] = {}


class PatientMessages(MessageManager):
    """Shows windows; tries again when Telegram is busy or out of reach."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lowest: dict[int, int] = {}
        """By chat, the message that this process showed a window in last."""

    async def show_message(self, bot: Bot, new_message: NewMessage, old_message: OldMessage | None) -> OldMessage:
        """Shows a window.

        Raises:
            TelegramAPIError: what Telegram refuses for good, or was too busy for at each of four tries.
        """
        chat_id = new_message.chat.id
        if old_message is not None and new_message.show_mode is ShowMode.EDIT:
            lowest = self._lowest.get(chat_id)
            if lowest is None:
                new_message.show_mode = ShowMode.DELETE_AND_SEND
            elif old_message.message_id < lowest:
                await self.remove_message_safe(bot, old_message, new_message)
                old_message = replace(old_message, message_id=lowest, text=UnknownText.UNKNOWN)
        shown = await self._show(bot, new_message, old_message)
        self._lowest[chat_id] = shown.message_id
        return shown

    async def _show(self, bot: Bot, new_message: NewMessage, old_message: OldMessage | None) -> OldMessage:
        pause = FIRST_PAUSE
        for _ in range(TRIES - 1):
            try:
                return await super().show_message(bot, new_message, old_message)
            except TelegramAPIError as error:
                if not is_passing(error):
                    raise
                asked = error.retry_after if isinstance(error, TelegramRetryAfter) else pause
            await self._clock.sleep(min(asked, LONGEST_PAUSE))
            pause *= 2
        return await super().show_message(bot, new_message, old_message)

    async def get_media_source(self, media: MediaAttachment, bot: Bot) -> InputFile | str:
        """What is sent of a window's media; anew for each try."""
        if isinstance(media, Drawn):
            return BufferedInputFile(media.content, media.name)
        return await super().get_media_source(media, bot)

    async def edit_media(self, bot: Bot, new_message: NewMessage, old_message: OldMessage) -> Message:
        """As aiogram-dialog does, but with no buttons in the description of the picture: Telegram knows none there."""
        if not isinstance(new_message.media, Drawn):
            return await super().edit_media(bot, new_message, old_message)
        source = await self.get_media_source(new_message.media, bot)
        keyboard = new_message.reply_markup
        assert keyboard is None or isinstance(keyboard, InlineKeyboardMarkup)
        edited = await bot.edit_message_media(
            chat_id=old_message.chat.id,
            message_id=old_message.message_id,
            media=InputMediaPhoto(media=source, caption=new_message.text, parse_mode=new_message.parse_mode),
            reply_markup=keyboard,
        )
        assert isinstance(edited, Message)
        return edited

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        """Stops the button's spinner, unless a toast has. Never raises: the press has had its effect."""
        if _toasted.get() == callback_query.id:
            return
        try:
            await super().answer_callback(bot, callback_query)
        except TelegramAPIError as error:
            log.info("dialogs.late_answer", extra={"error": type(error).__name__})
