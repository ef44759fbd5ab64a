"""Answers to presses, and files to fetch."""

from typing import Any

from bot.sandbox.telegram.callbacks import Toast
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.files import LARGEST_DOWNLOAD
from bot.sandbox.telegram.state import Telegram
from bot.sandbox.telegram.story import Line


async def answer_callback_query(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Stops the button's spinner, with or without words."""
    toast = Toast(params.get("text", ""), params.get("show_alert", False), params.get("url"))
    press = telegram.callbacks.answer(params["callback_query_id"], toast)
    if toast.text:
        telegram.story.append(Line("toast", press.message, press.user, toast.text))
    telegram.events.append(
        "toast",
        chat_id=press.message.chat.id,
        message_id=press.message.message_id,
        user_id=press.user.id,
        text=toast.text,
        alert=toast.is_alert,
    )
    return True


async def get_file(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Where to download a file from."""
    file = telegram.files.get(params["file_id"])
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.as_file()
