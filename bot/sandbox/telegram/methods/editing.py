"""Changes of the bot's own messages."""

from typing import Any

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.methods.sending import caption_content, photo_content, text_content
from bot.sandbox.telegram.state import Telegram

CAPTION = {"caption", "caption_entities"}


async def edit_message_text(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Changes the text and the keyboard; a keyboard that is not given again goes away."""
    content = text_content(params)
    message = _own_message(telegram, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _edit(telegram, message, content, params)


async def edit_message_caption(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Changes the words under a file or picture, and the keyboard."""
    caption = caption_content(params)
    message = _own_message(telegram, params)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    rest = {name: value for name, value in message.content.items() if name not in CAPTION}
    return _edit(telegram, message, rest | caption, params)


async def edit_message_media(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Changes the picture, its words and the keyboard; a message that was text becomes a picture."""
    message = _own_message(telegram, params)
    return _edit(telegram, message, photo_content(telegram, params["media"]), params)


async def edit_message_reply_markup(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Changes the keyboard only."""
    return _edit(telegram, _own_message(telegram, params), None, params)


def _own_message(telegram: Telegram, params: dict[str, Any]) -> Message:
    chat = telegram.chat_to_write(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None or not message.visible:
        raise bad_request("message to edit not found")
    if message.sender is not telegram.bot:
        raise bad_request("message can't be edited")
    return message


def _edit(
    telegram: Telegram, message: Message, content: dict[str, Any] | None, params: dict[str, Any]
) -> dict[str, Any]:
    keyboard = params.get("reply_markup")
    if keyboard is not None and not any(keyboard["inline_keyboard"]):
        keyboard = None
    if content in (None, message.content) and keyboard == message.reply_markup:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    telegram.limits.count(message.chat)
    telegram.edit(message, content, keyboard, telegram.bot)
    return message.to_json()
