"""Messages from the bot."""

from typing import Any

from bot.sandbox.telegram.chats import Chat
from bot.sandbox.telegram.errors import BotApiError, bad_request, violation
from bot.sandbox.telegram.files import StoredFile
from bot.sandbox.telegram.markup import Entity, parse_html, trim, utf16_length, with_automatic
from bot.sandbox.telegram.messages import Message
from bot.sandbox.telegram.rules import MAX_CAPTION, MAX_TEXT
from bot.sandbox.telegram.schema import Upload
from bot.sandbox.telegram.state import Telegram


async def send_message(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Sends a text."""
    chat = telegram.chat_to_write(params["chat_id"])
    content = text_content(params)
    return _post(telegram, chat, params, content)


async def send_photo(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Sends a picture, new or known by its file_id."""
    chat = telegram.chat_to_write(params["chat_id"])
    file = _file(telegram, params["photo"], "photos")
    return _post(telegram, chat, params, {"photo": file.as_photo()} | caption_content(params))


async def send_document(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Sends a file, new or known by its file_id."""
    chat = telegram.chat_to_write(params["chat_id"])
    file = _file(telegram, params["document"], "documents")
    return _post(telegram, chat, params, {"document": file.as_document()} | caption_content(params))


async def send_chat_action(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Shows "typing…" for five seconds."""
    chat = telegram.chat_to_write(params["chat_id"])
    telegram.events.append("action", chat_id=chat.id, action=params["action"])
    return True


async def set_message_reaction(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Puts one emoji under a message, or takes it away."""
    chat = telegram.chat_to_write(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None or not message.visible:
        raise bad_request("message to react not found")
    message.reactions = [reaction["emoji"] for reaction in params.get("reaction", [])]
    telegram.events.append("edit", chat_id=chat.id, message_id=message.message_id)
    return True


def text_content(params: dict[str, Any]) -> dict[str, Any]:
    """The text and its entities.

    Raises:
        BotApiError: 400, if it is empty, too long or cannot be parsed.
    """
    text, entities = _formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise violation("message text is empty")
    if utf16_length(text) > MAX_TEXT:
        raise violation("message is too long")
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return content


def caption_content(params: dict[str, Any]) -> dict[str, Any]:
    """The caption and its entities; nothing if there is none.

    Raises:
        BotApiError: 400, if it is too long or cannot be parsed.
    """
    text, entities = _formatted(params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise violation("message caption is too long")
    content: dict[str, Any] = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def _formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    text, found = parse_html(text) if parse_mode else trim(text, entities or [])
    return text, with_automatic(text, found)


def _post(telegram: Telegram, chat: Chat, params: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    reply_to = _replied_message(chat, params.get("reply_parameters"))
    _check_reply_keyboard(chat, params.get("reply_markup") or {})
    telegram.limits.count(chat)
    extra = {"has_protected_content": True} if params.get("protect_content") else {}
    if "message_effect_id" in params:
        extra["effect_id"] = params["message_effect_id"]
    message = telegram.post(
        chat, telegram.bot, content, reply_to=reply_to, reply_markup=params.get("reply_markup"), extra=extra
    )
    if {"keyboard", "remove_keyboard"} & (params.get("reply_markup") or {}).keys():
        telegram.events.append("state", chat_id=chat.id)
    return message.to_json()


def _check_reply_keyboard(chat: Chat, markup: dict[str, Any]) -> None:
    """People and chats can be asked for in private chats only ("KeyboardButton": available in private chats only)."""
    asks = any(
        {"request_users", "request_chat"} & button.keys() for row in markup.get("keyboard", []) for button in row
    )
    if asks and not chat.is_private:
        raise violation("users and chats can be requested in private chats only")


def _replied_message(chat: Chat, reply: dict[str, Any] | None) -> Message | None:
    if reply is None:
        return None
    message = chat.messages.get(reply.get("message_id", 0))
    if message is not None and message.visible:
        return message
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _file(telegram: Telegram, source: Upload | str, folder: str) -> StoredFile:
    if isinstance(source, Upload):
        if not source.content:
            raise _empty_file()
        return telegram.files.add(source.name, source.content, folder)
    if source.startswith(("http://", "https://")):
        raise violation("the sandbox fetches no files from the internet")
    return telegram.files.get(source)


def _empty_file() -> BotApiError:
    return violation("file must be non-empty")
