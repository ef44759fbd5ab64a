"""What the bot may know of chats and of who is in them."""

from typing import Any

from bot.sandbox.telegram.chats import Chat
from bot.sandbox.telegram.errors import bad_request, forbidden, upgraded
from bot.sandbox.telegram.groups import Groups
from bot.sandbox.telegram.state import Telegram


async def get_chat(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """The chat, with the few facts ChatFullInfo must have."""
    chat = telegram.chat(params["chat_id"])
    return chat.to_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


async def get_chat_member(telegram: Telegram, params: dict[str, Any]) -> dict[str, Any]:
    """Somebody's status and rights now; who never was there has left."""
    chat = _group_of_bot(telegram, params)
    user = telegram.users.get(params["user_id"])
    if user is None:
        raise bad_request("member not found")
    return chat.member(user).to_json()


async def get_chat_administrators(telegram: Telegram, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Those who may do more than talk. Bots are left out unless asked for."""
    chat = _group_of_bot(telegram, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    with_bots = params.get("return_bots", False)
    administrators = [member for member in chat.members.values() if member.is_administrator]
    return [
        member.to_json()
        for member in administrators
        if with_bots or not member.user.is_bot or member.user is telegram.bot
    ]


async def leave_chat(telegram: Telegram, params: dict[str, Any]) -> bool:
    """The bot goes."""
    chat = _group_of_bot(telegram, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    Groups(telegram).set_member(chat, telegram.bot, "left", by=telegram.bot)
    return True


def _group_of_bot(telegram: Telegram, params: dict[str, Any]) -> Chat:
    chat = telegram.chat(params["chat_id"])
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    if not chat.is_private and not chat.member(telegram.bot).is_present:
        reason = "bot was kicked from" if chat.member(telegram.bot).status == "kicked" else "bot is not a member of"
        raise forbidden(f"{reason} the {chat.type} chat")
    return chat
