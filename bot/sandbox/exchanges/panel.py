"""What the control page sees of a simulated exchange, and what it may change there."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.exchanges.account import Account, Accounts
from bot.sandbox.exchanges.faults import Faults, menu_as_json
from bot.sandbox.exchanges.signature import AGENT

ACTIONS = ("revoke", "restore", "suspend", "unsuspend", "new_key", "rotate_secret", "expire", "renew")


def panel_of(*, title: str, origin: str, accounts: Accounts, faults: Faults) -> dict[str, Any]:
    """An exchange's part of ``GET /api/state``. The secrets in it are toys."""
    return {
        "title": title,
        "origin": origin,
        "environments": list(accounts.style.environments),
        "accounts": [_account_as_json(account) for account in accounts],
        "faults": faults.names(),
        "fault_menu": menu_as_json(),
    }


def apply_control(path: str, body: Mapping[str, Any], *, accounts: Accounts, faults: Faults) -> dict[str, Any]:
    """Does what was asked for on the page and returns what became of it.

    ``accounts`` opens an account; ``accounts/{name}`` changes one, or makes another key of its holder; ``faults``
    switches one on, or clears them.

    Raises:
        LookupError: for a path or an account that does not exist, or a switch the exchange does not have.
        ValueError: for a change that makes no sense.
    """
    place, _, name = path.strip("/").partition("/")
    if place == "faults" and not name:
        _change_faults(faults, body)
        return {"faults": faults.names()}
    if place == "accounts" and not name:
        if not body.get("name"):
            raise ValueError("an account needs a name")
        return _account_as_json(accounts.open(str(body["name"]), environment=body.get("environment")))
    if place == "accounts":
        return _account_as_json(_change_account(accounts.named(name), body))
    raise LookupError(f"nothing to control at {path!r}")


def _change_faults(faults: Faults, body: Mapping[str, Any]) -> None:
    if body.get("clear"):
        wanted = body["clear"]
        faults.clear(*([wanted] if isinstance(wanted, str) else []))
        return
    values = {("account" if key == "for" else key): value for key, value in body.items() if key != "name"}
    faults.switch_on(str(body.get("name")), values)


def _change_account(account: Account, body: Mapping[str, Any]) -> Account:
    if "set" in body:
        account.set(**{str(switch): bool(on) for switch, on in body["set"].items()})
    if "ips" in body:
        if body["ips"]:
            account.restrict_ips(str(address) for address in body["ips"])
        else:
            account.unrestricted()
    if "public_key" in body:
        return account.self_generated_key(str(body["public_key"]))
    action = body.get("action")
    if action is None:
        return account
    if action not in ACTIONS:
        raise ValueError(f"no such action: {action}; there are {', '.join(ACTIONS)}")
    outcome = getattr(account, action)()
    return outcome if isinstance(outcome, Account) else account


def _account_as_json(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "environment": account.environment,
        "api_key": account.api_key,
        "secret": None if account.public_key else account.secret,
        "public_key": account.public_key,
        "takes_public_key": bool(account.style.public_keys),
        "takes_address": AGENT in account.style.public_keys,
        "passphrase": account.passphrase,
        "uid": account.uid,
        "switches": dict(account.permissions),
        "labels": dict(account.style.labels),
        "ips": None if account.ips is None else sorted(account.ips),
        "ends": account.style.ends,
        "expires_ms": account.expires_ms,
        "revoked": account.revoked,
        "suspended": account.suspended,
    }
