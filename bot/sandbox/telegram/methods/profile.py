"""What the bot says about itself."""

from typing import Any

from bot.sandbox.telegram.profile import Scope, scope_key
from bot.sandbox.telegram.state import Telegram


async def get_me(telegram: Telegram, _: dict[str, Any]) -> dict[str, Any]:
    """Who the token belongs to."""
    return telegram.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not telegram.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def close(telegram: Telegram, _: dict[str, Any]) -> bool:
    """Ends this server's instance of the bot; nothing to do for one that lives in memory."""
    telegram.updates.end_poll("terminated by other getUpdates request")
    return True


async def set_my_commands(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Sets the commands of one scope and language."""
    telegram.profile.set_commands(params["commands"], _scope(telegram, params), params.get("language_code", ""))
    telegram.events.append("state")
    return True


async def get_my_commands(telegram: Telegram, params: dict[str, Any]) -> list[dict[str, Any]]:
    """The commands of exactly this scope and language."""
    return telegram.profile.commands(_scope(telegram, params), params.get("language_code", ""))


async def delete_my_commands(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Lets the commands of the next wider scope show."""
    telegram.profile.set_commands([], _scope(telegram, params), params.get("language_code", ""))
    telegram.events.append("state")
    return True


async def set_my_description(telegram: Telegram, params: dict[str, Any]) -> bool:
    """The text in an empty chat."""
    telegram.profile.descriptions[params.get("language_code", "")] = params.get("description", "")
    return True


async def set_my_short_description(telegram: Telegram, params: dict[str, Any]) -> bool:
    """The text on the bot's profile."""
    telegram.profile.short_descriptions[params.get("language_code", "")] = params.get("short_description", "")
    return True


async def set_chat_menu_button(telegram: Telegram, params: dict[str, Any]) -> bool:
    """The button beside the composer, of one private chat or of all."""
    telegram.profile.menu_buttons[params.get("chat_id")] = params.get("menu_button", {"type": "default"})
    return True


def _scope(telegram: Telegram, params: dict[str, Any]) -> Scope:
    scope = params.get("scope")
    if scope and "chat_id" in scope:
        telegram.chat(scope["chat_id"])
    return scope_key(scope)
