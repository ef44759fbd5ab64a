"""Messages at the top of a chat."""

from typing import Any

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.state import Telegram


async def pin_chat_message(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Pins a message; a note in the chat says so, also to the bot. In groups that takes an administrator's right."""
    chat = telegram.chat_to_write(params["chat_id"])
    if not chat.is_private and not chat.member(telegram.bot).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message = chat.messages.get(params["message_id"])
    if message is None or not message.visible:
        raise bad_request("message to pin not found")
    if message.message_id in chat.pinned:
        chat.pinned.remove(message.message_id)
        chat.pinned.append(message.message_id)
        return True
    chat.pinned.append(message.message_id)
    note = telegram.post(chat, telegram.bot, {"pinned_message": message.to_json(with_reply=False)})
    telegram.updates.put("message", note.to_json())
    return True
