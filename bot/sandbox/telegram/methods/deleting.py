"""Taking messages away."""

from typing import Any

from bot.sandbox.telegram.errors import BotApiError
from bot.sandbox.telegram.state import Telegram


async def delete_message(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Deletes one message, if it is young enough and the bot has the right."""
    chat = telegram.chat(params["chat_id"])
    refusal = telegram.deletion_refused(chat, params["message_id"])
    if refusal is not None:
        raise refusal
    telegram.delete(chat.messages[params["message_id"]], telegram.bot)
    return True


async def delete_messages(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Deletes up to 100 messages. What is not there is skipped; one that may not be deleted stops it all."""
    chat = telegram.chat(params["chat_id"])
    present = [
        number
        for number in dict.fromkeys(params["message_ids"])
        if number in chat.messages and chat.messages[number].visible
    ]
    for number in present:
        refusal: BotApiError | None = telegram.deletion_refused(chat, number)
        if refusal is not None:
            raise refusal
    for number in present:
        telegram.delete(chat.messages[number], telegram.bot)
    return True
