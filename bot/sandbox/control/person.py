"""A person with Telegram in hand: what tests and the tour speak."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from bot.sandbox.control.transcript import transcript
from bot.sandbox.telegram.callbacks import Press, Toast
from bot.sandbox.telegram.chats import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, Chat, User
from bot.sandbox.telegram.choosing import Choosing, Key
from bot.sandbox.telegram.messages import Button, Message
from bot.sandbox.telegram.people import People
from bot.sandbox.telegram.state import Telegram

if TYPE_CHECKING:
    from bot.sandbox.control.group import Group

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds a person looks at the screen before giving up."""
_ALBUMS = 13_000_000_000_000_000
"""Where the numbers of albums begin, as they look in Telegram."""
ANONYMOUS = User(ANONYMOUS_ADMIN_ID, "Group", is_bot=True, username="GroupAnonymousBot")
CHANNEL_BOT = User(CHANNEL_BOT_ID, "Channel", is_bot=True, username="Channel_Bot")


class Person:
    """Somebody with a private chat with the bot.

    What one does takes effect at once; what one sees is waited for. Whoever looks in vain gets an AssertionError with
    the transcript of the chat.
    """

    def __init__(self, telegram: Telegram, user: User) -> None:
        self._telegram = telegram
        self._people = People(telegram)
        self._choosing = Choosing(telegram)
        self._seen_toasts: set[str] = set()
        self.user = user

    @property
    def id(self) -> int:
        """Their Telegram id, which is the id of their private chat too."""
        return self.user.id

    @property
    def name(self) -> str:
        """Their first name."""
        return self.user.first_name

    @property
    def chat(self) -> Chat:
        """Their private chat with the bot."""
        return self._telegram.chats[self.user.id]

    # ------------------------------------------------------------------------------------------------------------ acts

    async def says(
        self,
        text: str,
        *,
        group: "Group | None" = None,
        reply_to: Message | None = None,
        quote: str | None = None,
        forward_from: "Person | str | None" = None,
        anonymous: bool = False,
        as_channel: str | None = None,
    ) -> Message:
        """Sends a text, to the bot or to a group.

        `quote` is the part of `reply_to` it quotes. `forward_from` is who said it first; a name stands for somebody who
        hides their account. `anonymous` speaks in the group's own name, as an administrator may; `as_channel` in the
        name of a channel of this title.
        """
        chat = group.chat if group else self.chat
        details: dict[str, Any] = {"reply_to": reply_to, "extra": {}}
        if quote is not None:
            details["extra"]["quote"] = {"text": quote, "position": 0}
        if forward_from is not None:
            details["extra"]["forward_origin"] = self._origin(forward_from)
        if anonymous:
            return self._people.says(chat, self.user, text, shown_as=ANONYMOUS, sender_chat=chat, **details)
        if as_channel:
            channel = Chat(-1_009_000_000_001, "channel", title=as_channel)
            return self._people.says(chat, self.user, text, shown_as=CHANNEL_BOT, sender_chat=channel, **details)
        return self._people.says(chat, self.user, text, **details)

    async def sends(self, content: dict[str, Any], *, group: "Group | None" = None) -> Message:
        """Sends any message by the Bot API fields of its content: a contact, a poll, a location."""
        return self._people.sends(group.chat if group else self.chat, self.user, content)

    async def sends_document(
        self, name: str, content: bytes, *, caption: str = "", group: "Group | None" = None
    ) -> Message:
        """Sends a file."""
        file = self._telegram.files.add(name, content, "documents")
        return await self.sends({"document": file.as_document()} | _caption(caption), group=group)

    async def sends_photo(self, content: bytes, *, caption: str = "", group: "Group | None" = None) -> Message:
        """Sends a picture."""
        file = self._telegram.files.add("photo.jpg", content, "photos")
        return await self.sends({"photo": file.as_photo()} | _caption(caption), group=group)

    async def sends_album(
        self, photos: Sequence[bytes], *, caption: str = "", group: "Group | None" = None
    ) -> list[Message]:
        """Sends several pictures at once: one message each, under one media_group_id; the first has the caption."""
        files = [self._telegram.files.add("photo.jpg", photo, "photos") for photo in photos]
        return self._sends_together([{"photo": file.as_photo()} for file in files], caption, group)

    async def sends_files(
        self, files: Mapping[str, bytes], *, caption: str = "", group: "Group | None" = None
    ) -> list[Message]:
        """Sends several files at once, by name: an album as well."""
        kept = [self._telegram.files.add(name, content, "documents") for name, content in files.items()]
        return self._sends_together([{"document": file.as_document()} for file in kept], caption, group)

    async def edits(self, message: Message, text: str) -> None:
        """Changes an own message."""
        self._people.edits(message, text)

    async def deletes(self, message: Message) -> None:
        """Takes a message away, before the bot does."""
        self._people.deletes(message, self.user)

    async def blocks_bot(self) -> None:
        """Stops the bot from writing."""
        self._people.blocks(self.user, blocked=True)

    async def unblocks_bot(self) -> None:
        """Lets the bot write again."""
        self._people.blocks(self.user, blocked=False)

    async def taps(self, label: str, *, group: "Group | None" = None, timeout: float = PATIENCE) -> Press:  # noqa: ASYNC109
        """Waits for a visible button whose words contain `label`, in any case, and presses the newest."""
        chat = group.chat if group else self.chat
        message, button = await self._until(
            lambda: _newest_button(chat, label), f"a button “{label}” to tap", chat, timeout
        )
        return self._press(message, button)

    async def taps_on(self, message: Message, label: str) -> Press:
        """Presses a button of this message, which may have left the newest screen long ago."""
        button = _button_of(message, label)
        if button is None:
            raise AssertionError(f"no button “{label}” under “{message.text}”, only {message.button_texts}")
        return self._press(message, button)

    async def picks(self, who: "Person | Group", *, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109
        """Waits for a chooser under the text field, and chooses a person or a group there."""
        is_person = isinstance(who, Person)
        key = await self._until(
            lambda: self._key("person" if is_person else "group"), "a chooser to open", self.chat, timeout
        )
        return self._choosing.pick(self.user, key, who.user if isinstance(who, Person) else who.chat)

    async def follows(self, link: str) -> Message:
        """Opens a deep link to the bot, as by a tap: the app sends /start with what the link brings."""
        return await self.says(f"/start {link.partition('?start=')[2]}")

    def keyboard(self) -> list[list[str]]:
        """The words on the keyboard under the text field, row by row."""
        return [[key.text for key in row] for row in self._choosing.keys(self.chat)]

    async def presses_data(self, message: Message, data: str) -> Press:
        """Sends callback data that no button of the message need hold: a forged client."""
        return self._people.presses(self.user, message, data)

    # ------------------------------------------------------------------------------------------------------------ eyes

    async def sees(
        self,
        text: str,
        *,
        group: "Group | None" = None,
        after: Message | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a person's patience, not a task's
    ) -> Message:
        """Waits until a message from the bot contains `text`, and returns the newest; `after` skips older ones."""
        chat = group.chat if group else self.chat
        newer_than = after.message_id if after else 0

        def look() -> Message | None:
            for message in reversed(_visible(chat)):
                if message.from_bot and message.message_id > newer_than and text in message.text:
                    return message
            return None

        return await self._until(look, f"a message with “{text}”", chat, timeout)

    async def sees_gone(
        self,
        message: Message | str,
        *,
        group: "Group | None" = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a person's patience, not a task's
    ) -> None:
        """Waits until this message, or every message containing this text, is deleted."""
        chat = group.chat if group else self.chat
        if isinstance(message, Message):
            chat = message.chat

        def look() -> bool | None:
            if isinstance(message, Message):
                return not message.visible or None
            return not any(message in shown.text for shown in _visible(chat)) or None

        what = message.text if isinstance(message, Message) else message
        await self._until(look, f"“{what}” to be deleted", chat, timeout)

    async def sees_toast(self, text: str, *, timeout: float = PATIENCE) -> Toast:  # noqa: ASYNC109 - as above
        """Waits for the answer to one of their presses to contain `text`. An answer is seen once."""

        def look() -> Toast | None:
            for press in self._telegram.callbacks.answered(self.user):
                if press.id not in self._seen_toasts and press.answer is not None and text in press.answer.text:
                    self._seen_toasts.add(press.id)
                    return press.answer
            return None

        return await self._until(look, f"a toast “{text}”", self.chat, timeout)

    def screen(self, group: "Group | None" = None) -> list[Message]:
        """The messages they see now, oldest first."""
        return _visible(group.chat if group else self.chat)

    def last(self, group: "Group | None" = None) -> Message:
        """The newest message they see."""
        screen = self.screen(group)
        if not screen:
            raise AssertionError("the chat is empty")
        return screen[-1]

    # --------------------------------------------------------------------------------------------------------- within

    def _sends_together(self, contents: Sequence[dict[str, Any]], caption: str, group: "Group | None") -> list[Message]:
        chat = group.chat if group else self.chat
        extra = {"media_group_id": str(self._telegram.events.serial + _ALBUMS)}
        captions = [caption] + [""] * (len(contents) - 1)
        return [
            self._people.sends(chat, self.user, content | _caption(said), extra=extra)
            for content, said in zip(contents, captions, strict=True)
        ]

    def _key(self, kind: str) -> Key | None:
        return next((key for row in self._choosing.keys(self.chat) for key in row if key.kind == kind), None)

    def _press(self, message: Message, button: Button) -> Press:
        if button.data is None or button.disabled:
            raise AssertionError(f"the button “{button.text}” does nothing in the bot: it is {button.kind}")
        return self._people.presses(self.user, message, button.data, button.text)

    def _origin(self, source: "Person | str") -> dict[str, Any]:
        origin: dict[str, Any] = {"date": int(self._telegram.clock.now()) - 60}
        if isinstance(source, str):
            return origin | {"type": "hidden_user", "sender_user_name": source}
        return origin | {"type": "user", "sender_user": source.user.to_json()}

    async def _until(self, look: Callable[[], T | None], what: str, chat: Chat, seconds: float) -> T:
        events = self._telegram.events
        try:
            async with asyncio.timeout(seconds):
                while True:
                    serial = events.serial
                    found = look()
                    if found is not None:
                        return found
                    await events.changed(serial)
        except TimeoutError:
            story = transcript(self._telegram, chat)
            raise AssertionError(f"{self.name} waited {seconds:g} s for {what} in:\n{story}") from None


def _caption(caption: str) -> dict[str, Any]:
    return {"caption": caption} if caption else {}


def _visible(chat: Chat) -> list[Message]:
    return [message for message in chat.messages.values() if message.visible]


def _button_of(message: Message, label: str) -> Button | None:
    buttons = [button for row in message.buttons for button in row if label.casefold() in button.text.casefold()]
    return buttons[0] if buttons else None


def _newest_button(chat: Chat, label: str) -> tuple[Message, Button] | None:
    for message in reversed(_visible(chat)):
        button = _button_of(message, label)
        if button is not None:
            return message, button
    return None
