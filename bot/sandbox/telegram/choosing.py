"""Keyboards under the text field, and Telegram's own chooser of people and groups that their buttons open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.sandbox.telegram.chats import Chat, User
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.people import People
from bot.sandbox.telegram.state import Telegram

Kind = Literal["text", "person", "group", "other"]


@dataclass(frozen=True, slots=True)
class Key:
    """A button of such a keyboard. `request` is what the Bot API calls request_users or request_chat."""

    text: str
    kind: Kind
    request: Mapping[str, Any]

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Key":
        """Reads the Bot API's KeyboardButton."""
        if "request_users" in body:
            return cls(body["text"], "person", body["request_users"])
        if "request_chat" in body:
            return cls(body["text"], "group", body["request_chat"])
        other = body.keys() - {"text", "style", "icon_custom_emoji_id"}
        return cls(body["text"], "other" if other else "text", {})


class Choosing:
    """What people do with these keyboards."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._people = People(telegram)

    def keys(self, chat: Chat) -> list[list[Key]]:
        """The keyboard of a private chat, row by row: the newest that was sent, unless it was taken away or used."""
        message = _with_keyboard(chat)
        if message is None or (chat.id, message.message_id) in self._telegram.used_keyboards:
            return []
        rows = (message.reply_markup or {}).get("keyboard", [])
        return [[Key.of(button) for button in row] for row in rows]

    def may_pick(self, user: User, key: Key, target: User | Chat) -> bool:
        """Whether the chooser of this button offers this person or group."""
        if isinstance(target, User):
            return key.kind == "person" and target.is_bot == key.request.get("user_is_bot", target.is_bot)
        is_channel = target.type == "channel"
        if key.kind != "group" or target.is_private or is_channel != key.request["chat_is_channel"]:
            return False
        if not target.member(user).is_present or target.migrated_to is not None:
            return False
        return not key.request.get("bot_is_member") or target.member(self._telegram.bot).is_present

    def pick(self, user: User, key: Key, target: User | Chat) -> Message:
        """Chooses; the bot is told by a service message.

        Raises:
            ValueError: the chooser does not offer it.
        """
        chat = self._telegram.chats[user.id]
        if not self.may_pick(user, key, target):
            name = target.first_name if isinstance(target, User) else target.name
            raise ValueError(f"the button “{key.text}” does not offer {name}")
        used = _with_keyboard(chat)
        if used is not None and (used.reply_markup or {}).get("one_time_keyboard"):
            self._telegram.used_keyboards.add((chat.id, used.message_id))
        self._telegram.events.append("state", chat_id=chat.id)
        return self._people.sends(chat, user, _shared(key, target))


def _with_keyboard(chat: Chat) -> Message | None:
    """A keyboard stays when its message is deleted, as in Telegram's apps."""
    for message in reversed(chat.messages.values()):
        markup = message.reply_markup or {}
        if "remove_keyboard" in markup:
            return None
        if "keyboard" in markup:
            return message
    return None


def _shared(key: Key, target: User | Chat) -> dict[str, Any]:
    request_id = key.request["request_id"]
    if isinstance(target, User):
        user: dict[str, Any] = {"user_id": target.id}
        if key.request.get("request_name"):
            user["first_name"] = target.first_name
        if key.request.get("request_username") and target.username:
            user["username"] = target.username
        return {"users_shared": {"request_id": request_id, "users": [user]}}
    chat: dict[str, Any] = {"request_id": request_id, "chat_id": target.id}
    if key.request.get("request_title"):
        chat["title"] = target.name
    return {"chat_shared": chat}
