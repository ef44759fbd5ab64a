"""From the outbox to Telegram: one attempt at a message, at Telegram's pace, and what its answer means.

What the message says comes from a renderer; here is only how it arrives. A message that Telegram dislikes for its form
(markup, length, a reply to what is gone) is sent again at once in a plainer form: an alert must arrive, pretty or not.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramMigrateToChat, TelegramRetryAfter
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, Message, ReplyParameters

from bot.domain.failures import Severity
from bot.telegram.answers import (
    is_bad_markup,
    is_edited_already,
    is_passing,
    is_reply_gone,
    is_too_long,
    is_uneditable,
    why_lost,
)
from bot.telegram.pace import Pace
from bot.usecases.delivery import Alert, Delivered, Delivery, GiveUp, Mode, OutboxItem, TryLater
from bot.usecases.ports import Person

log = logging.getLogger("latchkey.sender")

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
"""UTF-16 units, as Telegram counts, after the markup is taken out."""
CALL_TIMEOUT = 15
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_IF_CRITICAL = 1.0, 300.0, 30.0
"""Seconds until the next attempt after a server's or the network's failure, doubled with each."""
PLAINER_FORMS = 6


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of an earlier message in the same chat: new words, or only new buttons if ``html`` is None."""

    message_id: int
    html: str | None = None
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to go.

    Attributes:
        html: as meant; everything foreign in it escaped, and cut before it was marked up.
        plain: the same without markup, for when Telegram cannot read the markup.
        reply_to: the message it answers; the alert's own message if None.
        edits: to be made once it has arrived, such as taking the buttons off an alert that is over. A courtesy: they
            are tried once.
    """

    html: str
    plain: str
    keyboard: InlineKeyboardMarkup | None = None
    reply_to: int | None = None
    edits: tuple[Edit, ...] = ()


Renderer = Callable[[OutboxItem, Alert | None, Person | None], Rendered]
Photographer = Callable[[OutboxItem, Person | None], Awaitable[bytes | None]]
"""The picture that a message is sent with, if it has one: a PNG, over the same words. It never raises."""


@dataclass(slots=True)
class _Form:
    """How a message is sent; each refusal takes something away."""

    rendered: Rendered
    reply_to: int | None
    plain: bool
    edits: int | None = None
    photo: bytes | None = None
    keyboard: InlineKeyboardMarkup | None = field(init=False)

    def __post_init__(self) -> None:
        self.keyboard = self.rendered.keyboard

    def becomes_plainer(self, error: TelegramAPIError) -> bool:
        """True if there is another form to try."""
        if is_uneditable(error) and self.edits is not None:
            self.edits = None
            return True
        if is_reply_gone(error) and self.reply_to is not None:
            self.reply_to = None
            return True
        if (is_bad_markup(error) or is_too_long(error)) and not self.plain:
            self.plain = True
            return True
        return isinstance(error, TelegramBadRequest) and why_lost(error) is None and self._sheds()

    def _sheds(self) -> bool:
        """Takes the picture away, then the buttons: the news must arrive, and commands do what buttons would."""
        if self.photo is not None:
            self.photo = None
        elif self.keyboard is not None:
            self.keyboard = None
        else:
            return False
        return True

    def call(self, item: OutboxItem) -> TelegramMethod[Any]:
        """The call in this form."""
        text = cut(self.rendered.plain) if self.plain else self.rendered.html
        parse_mode = None if self.plain else ParseMode.HTML
        if self.edits is not None:
            return EditMessageText(
                chat_id=item.chat_id,
                message_id=self.edits,
                text=text,
                parse_mode=parse_mode,
                reply_markup=self.keyboard,
            )
        if self.photo is not None:
            return SendPhoto(
                chat_id=item.chat_id,
                photo=BufferedInputFile(self.photo, "picture.png"),
                caption=text,
                parse_mode=parse_mode,
                reply_markup=self.keyboard,
                disable_notification=item.silent or None,
                reply_parameters=ReplyParameters(message_id=self.reply_to) if self.reply_to is not None else None,
            )
        return SendMessage(
            chat_id=item.chat_id,
            text=text,
            parse_mode=parse_mode,
            reply_markup=self.keyboard,
            disable_notification=item.silent or None,
            reply_parameters=ReplyParameters(message_id=self.reply_to) if self.reply_to is not None else None,
        )


class TelegramSender:
    """``AlertSender`` over the Bot API.

    Attributes:
        pace: Telegram's limits. Who takes a turn there before ``deliver`` never waits in it for the first call.
    """

    def __init__(self, bot: Bot, render: Renderer, photograph: Photographer | None = None) -> None:
        self._bot = bot
        self._render = render
        self._photograph = photograph
        self.pace = Pace()

    async def deliver(self, item: OutboxItem, alert: Alert | None, person: Person | None) -> Delivery:
        """One attempt. Never raises for what Telegram answers."""
        try:
            rendered = self._render(item, alert, person)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one message must not stop the relay
            log.error("sender.cannot_render", extra={"item": item.id, "error": type(error).__name__})  # noqa: TRY400
            return GiveUp(f"cannot be rendered: {type(error).__name__}")
        form = _Form(
            rendered,
            _reply_to(item, rendered, alert),
            plain=utf16_length(rendered.plain) > LONGEST_TEXT,
            edits=item.message_id if item.mode is Mode.EDIT else None,
        )
        if self._photograph is not None and utf16_length(rendered.plain) <= LONGEST_CAPTION:
            form.photo = await self._photograph(item, person)
        outcome = await self._send(item, form)
        if isinstance(outcome, Delivered):
            for edit in rendered.edits:
                await self._edit(item, edit)
        return outcome

    async def _send(self, item: OutboxItem, form: _Form) -> Delivery:
        for _ in range(PLAINER_FORMS):
            await self.pace.wait(item.chat_id)
            try:
                message = await self._bot(form.call(item), request_timeout=CALL_TIMEOUT)
            except TelegramAPIError as error:
                if isinstance(error, TelegramRetryAfter):
                    self.pace.refused(item.chat_id, error.retry_after)
                if form.edits is not None and is_edited_already(error):
                    return Delivered(form.edits)
                if form.becomes_plainer(error):
                    log.warning("sender.plainer", extra={"item": item.id, "error": type(error).__name__})
                    continue
                return meaning_of(error, item)
            self.pace.went_well(item.chat_id)
            # An edit is answered with True if the message is none of the bot's own, which ours never are.
            return Delivered(message.message_id if isinstance(message, Message) else form.edits)
        return GiveUp("no form of it was accepted")

    async def _edit(self, item: OutboxItem, edit: Edit) -> None:
        await self.pace.wait_for_edit()
        try:
            await self._bot(_edit_call(item, edit), request_timeout=CALL_TIMEOUT)
        except Exception as error:  # noqa: BLE001 - the message has arrived: nothing here may have it sent again
            log.info("sender.edit_failed", extra={"item": item.id, "error": type(error).__name__})


def _edit_call(item: OutboxItem, edit: Edit) -> EditMessageText | EditMessageReplyMarkup:
    chat_id, message_id, keyboard = item.chat_id, edit.message_id, edit.keyboard
    if edit.html is None:
        return EditMessageReplyMarkup(chat_id=chat_id, message_id=message_id, reply_markup=keyboard)
    return EditMessageText(chat_id=chat_id, message_id=message_id, text=edit.html, reply_markup=keyboard)


def meaning_of(error: TelegramAPIError, item: OutboxItem) -> TryLater | GiveUp:
    """What Telegram's refusal means for a message."""
    if isinstance(error, TelegramRetryAfter):
        return TryLater(float(error.retry_after), "too many requests")
    if isinstance(error, TelegramMigrateToChat):
        return GiveUp("moved", moved_to=error.migrate_to_chat_id)
    if is_passing(error):
        longest = LONGEST_IF_CRITICAL if item.severity is Severity.CRITICAL else LONGEST_PAUSE
        return TryLater(min(FIRST_PAUSE * 2 ** min(item.attempts, 16), longest), type(error).__name__)
    lost = why_lost(error)
    if lost is not None:
        return GiveUp(lost.value, chat_gone=True)
    return GiveUp(f"refused: {type(error).__name__}")  # not in Telegram's words: they may quote the text


def _reply_to(item: OutboxItem, rendered: Rendered, alert: Alert | None) -> int | None:
    if rendered.reply_to is not None:
        return rendered.reply_to
    if item.mode is Mode.REPLY and item.message_id is not None:
        return item.message_id
    return alert.message_id if alert else None


def cut(text: str) -> str:
    """At most as long as Telegram takes, with an ellipsis where something is missing."""
    if utf16_length(text) <= LONGEST_TEXT:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: (LONGEST_TEXT - 1) * 2]
    return kept.decode("utf-16-le", "ignore").rstrip() + "…"


def utf16_length(text: str) -> int:
    """Its length as Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)
