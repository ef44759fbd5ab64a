"""How the bot gets its updates: by asking, or by being called."""

from typing import Any

from bot.sandbox.telegram.errors import conflict
from bot.sandbox.telegram.state import Telegram


async def get_updates(telegram: Telegram, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Long polling: a higher offset confirms what came before it."""
    if telegram.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    if "allowed_updates" in params:
        telegram.updates.allowed = frozenset(params["allowed_updates"])
    updates = await telegram.updates.poll(params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0))
    return [update.to_json() for update in updates]


async def set_webhook(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Sends updates to an address, or goes back to polling if it is empty."""
    if params["url"]:
        telegram.webhook.set(params["url"], params.get("secret_token"), params.get("max_connections", 40))
    else:
        telegram.webhook.remove()
    if "allowed_updates" in params:
        telegram.updates.allowed = frozenset(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        telegram.updates.clear()
    return True


async def delete_webhook(telegram: Telegram, params: dict[str, Any]) -> bool:
    """Goes back to polling."""
    telegram.webhook.remove()
    if params.get("drop_pending_updates"):
        telegram.updates.clear()
    return True


async def get_webhook_info(telegram: Telegram, _: dict[str, Any]) -> dict[str, Any]:
    """Where updates go, how many wait, and what last went wrong."""
    webhook = telegram.webhook
    info: dict[str, Any] = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": telegram.updates.count,
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error:
        at, reason = webhook.last_error
        info |= {"last_error_date": int(at), "last_error_message": reason}
    if telegram.updates.allowed:
        info["allowed_updates"] = sorted(telegram.updates.allowed)
    return info
