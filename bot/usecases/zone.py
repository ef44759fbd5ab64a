"""The time zone of a chat, for everything that happens at an hour of its clock."""

from zoneinfo import ZoneInfo

from bot.usecases.storage import Transaction


async def zone_of(tx: Transaction, chat_id: int) -> ZoneInfo:
    """The one the chat chose; UTC if it chose none, or one that this machine has lost."""
    return ZoneInfo((await tx.choices.of_chat(chat_id)).known_zone or "UTC")
