"""What people do in Telegram, and the updates the bot gets of it."""

import re
from typing import Any

from bot.sandbox.telegram.callbacks import Press
from bot.sandbox.telegram.chats import Chat, User
from bot.sandbox.telegram.markup import with_automatic
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.rules import MAX_TEXT
from bot.sandbox.telegram.state import Telegram
from bot.sandbox.telegram.story import Line

WORDS = frozenset({"text", "entities", "caption", "caption_entities"})


class People:
    """The apps in people's hands."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def says(self, chat: Chat, user: User, text: str, **details: Any) -> Message:
        """Sends a text. Telegram's apps cut white space around it and split what is too long; so must the caller."""
        return self.sends(chat, user, text_content(text), **details)

    def sends(
        self, chat: Chat, user: User, content: dict[str, Any], *, shown_as: User | None = None, **details: Any
    ) -> Message:
        """Sends any message; `content` are Bot API fields of a Message, `details` further fields of `Message`.

        `shown_as` is who the bot gets to see, where somebody hides behind a group or a channel.

        Raises:
            ValueError: if they are not in the group, or blocked the bot.
        """
        if chat.blocked:
            raise ValueError(f"{user.first_name} blocked the bot; Telegram's apps offer no way to write then")
        if not chat.is_private and not chat.member(user).is_present:
            raise ValueError(f"{user.first_name} is not in {chat.name}")
        chat.started = True
        message = self._telegram.post(chat, shown_as or user, content, **details)
        if self._bot_sees(message):
            self._telegram.updates.put("message", message.to_json())
        return message

    def edits(self, message: Message, text: str) -> None:
        """Changes the text of an own message, or its caption."""
        changed = text_content(text)
        if "text" not in message.content:
            changed = {"caption": changed["text"]}
        kept = {name: value for name, value in message.content.items() if name not in WORDS}
        self._telegram.edit(message, kept | changed, None, message.sender)
        if self._bot_sees(message):
            self._telegram.updates.put("edited_message", message.to_json())

    def deletes(self, message: Message, user: User) -> None:
        """Takes a message away. Bots are not told."""
        self._telegram.delete(message, user)

    def pins(self, message: Message, user: User) -> None:
        """Pins a message for everybody. The bot hears of it by the note.

        Raises:
            ValueError: if they may not.
        """
        self._may_pin(message, user)
        note = self._telegram.pin(message, user)
        if note is not None and self._bot_sees(note):
            self._telegram.updates.put("message", note.to_json())

    def unpins(self, message: Message, user: User) -> None:
        """Unpins a message for everybody. Bots are not told.

        Raises:
            ValueError: if they may not.
        """
        self._may_pin(message, user)
        self._telegram.unpin(message)

    def _may_pin(self, message: Message, user: User) -> None:
        chat = message.chat
        if not chat.is_private and not chat.member(user).may("can_pin_messages"):
            raise ValueError(f"{user.first_name} may not pin messages in {chat.name}")

    def presses(self, user: User, message: Message, data: str, label: str | None = None) -> Press:
        """Presses a button; the server does not check that such a button exists, as with a forged client."""
        press = self._telegram.callbacks.open(user, message, data)
        self._telegram.story.append(Line("pressed", message, user, label or data))
        self._telegram.events.append("press", chat_id=message.chat.id, message_id=message.message_id)
        self._telegram.updates.put("callback_query", press.to_json())
        return press

    def blocks(self, user: User, *, blocked: bool) -> None:
        """Blocks the bot, or lets it write again."""
        chat = self._telegram.chats[user.id]
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        now, before = ("kicked", "member") if blocked else ("member", "kicked")
        bot = self._telegram.bot.to_json()
        self._telegram.updates.put(
            "my_chat_member",
            {
                "chat": chat.to_json(),
                "from": user.to_json(),
                "date": int(self._telegram.clock.now()),
                "old_chat_member": {"user": bot, "status": before} | ({"until_date": 0} if before == "kicked" else {}),
                "new_chat_member": {"user": bot, "status": now} | ({"until_date": 0} if now == "kicked" else {}),
            },
        )
        self._telegram.events.append("state", chat_id=chat.id)

    def _bot_sees(self, message: Message) -> bool:
        chat = message.chat
        if chat.is_private:
            return True
        bot = chat.member(self._telegram.bot)
        if not bot.is_present:
            return False
        if not self._telegram.privacy_mode or bot.is_administrator:
            return True
        replies_to_bot = message.reply_to is not None and message.reply_to.sender is self._telegram.bot
        mentioned = f"@{self._telegram.bot.username}" in message.text
        return replies_to_bot or mentioned or re.match(r"/\w+(\s|$)", message.text) is not None


def text_content(text: str) -> dict[str, Any]:
    """A typed text as the Bot API carries it.

    Raises:
        ValueError: for a text no app would send.
    """
    text = text.strip()
    if not text or len(text) > MAX_TEXT:
        raise ValueError(f"a message has 1 to {MAX_TEXT} characters, not {len(text)}")
    entities = with_automatic(text, [])
    return {"text": text} | ({"entities": entities} if entities else {})
