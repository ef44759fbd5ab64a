"""How connections, moments and troubles are put into words: the same on a card, in an alert and in a wizard."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from ipaddress import ip_address

from bot.domain.connection import Connection, Environment, Market, Place
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Gate, Health, Status
from bot.domain.permissions import Permission
from bot.domain.verdict import TRADE_PERMISSION
from bot.telegram.texts import Html, Speaker

NONE = "none"
"""What a sentence gets for a fact that is not known; Fluent chooses its words by it."""
_LATELY = 10.0
"""Seconds up to which “since when” says it all."""
LONGEST_LABEL = 64
"""Code points: what ``domain.labels`` takes for 32 characters may be more, with accents and flags."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})

Profiles = Mapping[str, ExchangeProfile]


def title_of(exchange: str, profiles: Profiles) -> str:
    """The exchange's name as people write it; its id if it has left the catalogue since."""
    profile = profiles.get(exchange)
    return profile.title if profile else exchange.capitalize()


def isolated(label: str) -> str:
    """A label that cannot push away, or turn around, what stands next to it.

    Labels are clean and short since they came in; this holds also for one that got into the store some other way.
    """
    if len(label) > LONGEST_LABEL:
        label = label[:LONGEST_LABEL].rstrip() + "…"
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in label):
        return f"\u2068{label}\u2069"
    return label


def badge(say: Speaker, environment: str) -> str:
    """TESTNET or DEMO; nothing for live."""
    if environment == Environment.LIVE:
        return ""
    return say.plain(f"badge-{Environment(environment).value}")


def market_name(say: Speaker, profile: ExchangeProfile | None, market: Market) -> str:
    """What a market is called, without markup: ``Spot``, ``USDT/USDC futures``, or as the exchange itself calls it."""
    message = f"market-{market.value}"
    if profile is None:  # it has left the catalogue since
        return say.plain(message, settled=NONE)
    return say.plain(say.at(profile.id, message), settled="/".join(profile.settled_in.get(market, ())) or NONE)


def place_line(say: Speaker, place: Place, profiles: Profiles) -> Html:
    """``Binance · Spot · TESTNET``."""
    market = market_name(say, profiles.get(place.exchange), place.market)
    line = escape(f"{title_of(place.exchange, profiles)} · {market}", quote=False)
    world = badge(say, place.environment)
    return Html(f"{line} · <b>{world}</b>" if world else line)


def unverified(say: Speaker, *, vouched: bool) -> list[Html]:
    """The line that every list says of a connection whose exchange cannot tell whether its key may withdraw."""
    return [say("withdrawal-unverified")] if vouched else []


def sign(health: Health) -> str:
    """The state of a connection at a glance."""
    if health.status is Status.REAUTH_NEEDED:
        return "🔴"
    if health.status is Status.ERROR:
        return "🟠"
    return "⏸" if health.gate is Gate.PAUSED else "🟢"


def named(connection: Connection) -> str:
    """Sign and label, for a button."""
    return f"{sign(connection.health)} {isolated(connection.label)}"


def moment(at: float) -> Html:
    """A moment, in the reader's own time where the app can; in UTC elsewhere."""
    return Html(f'<tg-time unix="{int(at)}" format="dt">{utc(at)}</tg-time>')


def utc(at: float) -> str:
    """A moment where there is no markup."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def ago(say: Speaker, at: float, now: float) -> Html:
    """How long ago, as counted when this is said; newer apps count on by themselves."""
    written = say("ago", duration=say.duration(now - at)) if now - at >= 1 else say("just-now")
    return Html(f'<tg-time unix="{int(at)}" format="r">{written}</tg-time>')


def since_line(say: Speaker, at: float, now: float) -> Html:
    """Since when, and for how long where that is worth saying."""
    if now - at < _LATELY:
        return say("since-lately", since=moment(at))
    return say("since-for", since=moment(at), duration=say.duration(now - at))


def cause_of(say: Speaker, trouble: Trouble, place: Place, profiles: Profiles, ips: Sequence[str] = ()) -> Html:
    """What is wrong, in one or two sentences."""
    return _about(say, f"failure-{trouble.failure.value}", trouble, place, profiles, ips)


def remedy_of(say: Speaker, trouble: Trouble, place: Place, profiles: Profiles, ips: Sequence[str] = ()) -> Html:
    """What to do, in numbered steps, in the exchange's own words for its boxes."""
    return _about(say, f"remedy-{trouble.failure.value}", trouble, place, profiles, ips)


def answer_of(say: Speaker, trouble: Trouble, exchange: str, profiles: Profiles) -> Html:
    """The exchange's code and its own words, scrubbed; empty where it gave neither."""
    said = [part for part in (trouble.code, trouble.reason) if part]
    if not said:
        return Html("")
    return say("exchange-answer", exchange=title_of(exchange, profiles), answer=": ".join(said))


def boxes_of(trouble: Trouble, place: Place, profile: ExchangeProfile | None) -> tuple[str, ...]:
    """The tick boxes a trouble is about: those the exchange named, or else those that its profile knows."""
    if trouble.boxes or profile is None:
        return trouble.boxes
    permission = _PERMISSION_OF.get(trouble.failure)
    if permission is None and trouble.failure in {Failure.NO_TRADE_PERMISSION, Failure.WRONG_MARKET}:
        permission = TRADE_PERMISSION[Market(place.market)]
    boxes = profile.boxes.get(permission, ()) if permission else ()
    # What must be off must all be off; of what must be on, the first box is the one that people need.
    return boxes if trouble.failure in _MUST_BE_OFF else boxes[:1]


_MUST_BE_OFF = frozenset({Failure.WITHDRAW_ENABLED, Failure.TRANSFER_ENABLED})
_PERMISSION_OF = {
    Failure.NO_READ_PERMISSION: Permission.READ,
    Failure.WITHDRAW_ENABLED: Permission.WITHDRAW,
    Failure.TRANSFER_ENABLED: Permission.TRANSFER,
}


def _about(say: Speaker, message: str, trouble: Trouble, place: Place, profiles: Profiles, ips: Sequence[str]) -> Html:
    profile = profiles.get(place.exchange)
    return say(
        say.at(place.exchange, message),
        exchange=title_of(place.exchange, profiles),
        boxes=", ".join(boxes_of(trouble, place, profile)) or NONE,
        ips=(profile.ip_separator if profile else " ").join(ips) or NONE,
        seen_ip=trouble.seen_ip or NONE,
        whose=_whose(trouble.seen_ip, ips),
    )


def _whose(seen: str | None, ours: Sequence[str]) -> str:
    """Whether the address that an exchange saw is ``ours`` or ``foreign``; ``none`` where that cannot be told."""
    if seen is None or not ours:
        return NONE
    try:
        return "ours" if ip_address(seen) in {ip_address(ip) for ip in ours} else "foreign"
    except ValueError:
        return NONE
