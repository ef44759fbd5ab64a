"""The exchanges: whether each can be reached from here, asked for its public time and for nothing else."""

from collections.abc import AsyncIterator

from bot.app import gateway_of
from bot.commands.checkup.clock import clock_finding
from bot.commands.checkup.finding import Finding, bad
from bot.domain.connection import Environment, Place
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.lifecycle import SystemClock
from bot.opening import CannotStart
from bot.settings import PREFIX, Settings

_REMEDIES = {
    Failure.REGION_BLOCKED: "It turns this address or country away: run the service where it may be used.",
    Failure.BANNED: "It has shut this address out for a while: find out what else asks it from here.",
    Failure.RATE_LIMITED: "Something asks it too often from this address: find out what.",
    Failure.MAINTENANCE: "Wait until it is back; its status page says when.",
}
_OTHERWISE = f"Look at the network, a firewall, {PREFIX}EXCHANGE_URLS and the exchange's status page."


async def exchanges(settings: Settings) -> AsyncIterator[Finding]:
    """Each exchange of the catalogue, in its live environment."""
    try:
        gateway = gateway_of(settings, SystemClock())
    except CannotStart as refusal:
        yield bad("exchanges", str(refusal).rstrip("."), f"Correct {PREFIX}EXCHANGE_URLS.")
        return
    try:
        for exchange, profile in gateway.profiles().items():
            for market, environments in profile.worlds.items():
                if Environment.LIVE not in environments:
                    continue
                about = f"{profile.title} {market}"
                try:
                    behind = await gateway.clock_error(Place(exchange, market, Environment.LIVE))
                except ExchangeTrouble as failed:
                    yield _unreachable(about, failed.trouble)
                else:
                    yield clock_finding(about, behind, "its own")
    finally:
        await gateway.close()


def _unreachable(about: str, trouble: Trouble) -> Finding:
    reason = trouble.failure.replace("_", " ")
    detail = f" ({trouble.code})" if trouble.code else ""
    return bad(about, f"does not answer as it should: {reason}{detail}", _REMEDIES.get(trouble.failure, _OTHERWISE))
