"""Messages at the top of a chat."""

from typing import Any

from bot.sandbox.telegram.chats import Chat
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.state import Telegram


async def pin_chat_message(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Pins a message; a note in the chat says so, also to the bot. In groups that takes an administrator's right."""
    chat = _chat(telegram, params)
    message = chat.messages.get(params["message_id"])
    if message is None or not message.visible:
        raise bad_request("message to pin not found")
    note = telegram.pin(message, telegram.bot)
    if note is not None:
        telegram.updates.put("message", note.to_json())
    return True


async def unpin_chat_message(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Unpins a message, or without an id the one that was pinned last. Nobody is told."""
    chat = _chat(telegram, params)
    asked = params.get("message_id", chat.pinned[-1] if chat.pinned else None)
    if asked not in chat.pinned:
        raise bad_request("message to unpin not found")
    telegram.unpin(chat.messages[asked])
    return True


def _chat(telegram: Telegram, params: dict[str, Any]) -> Chat:
    """The chat, if the bot may pin there."""
    chat = telegram.chat_to_write(params["chat_id"])
    if not chat.is_private and not chat.member(telegram.bot).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
