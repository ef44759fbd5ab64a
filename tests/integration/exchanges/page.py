"""Writes docs/exchanges.md: `make docs`, or `python -m tests.integration.exchanges.page`.

Nothing on that page is kept by hand. What is stated as data is taken from the catalogue; what is told of a key is asked
of each exchange's simulator, through the real adapter, with a good key: so the page says what the service would see.
"""

import string
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.connection import Environment, Market, Place, Purpose
from bot.domain.exchange import ExchangeProfile, Unbound
from bot.domain.failures import Failure
from bot.domain.key_pairs import PairKind
from bot.domain.pasting.shape import CredentialShape, Field, FieldShape
from bot.domain.permissions import Grant, KeyReport, Permission
from bot.domain.verdict import judge
from bot.exchanges.accounts import Allowance
from bot.exchanges.adapter import Dialect
from bot.exchanges.budget import Budget
from bot.exchanges.capacity import connections_per_address
from bot.exchanges.registry import ADAPTERS, adapter_of
from tests.integration.exchanges.counting import INTERVAL, PLACES, World, counting
from tests.integration.exchanges.trader import credential_of
from tests.jumping_loop import run_without_waiting

PAGE: Final = Path(__file__).parents[3] / "docs" / "exchanges.md"
_DAY: Final = 86_400

_INTRODUCTION: Final = f"""\
# Exchanges

What Latchkey knows of each exchange. `make docs` writes this page from the catalogue (`bot/exchanges`) and from what
the adapters make of a good key at the simulated exchanges; a test fails when it is stale. Where each fact was read, and
what is not documented, is in the adapters' own docstrings.

- **stated**: the exchange says so of the key. **inferred**: a harmless question showed it. **unknowable**: nothing
  tells; it is never taken for off. Where real money is at stake and withdrawal or transfer cannot be told, you have to
  vouch for it by name.
- A key that can withdraw, or transfer to somebody else, is refused everywhere, whatever it is for.
- **connections per address**: how many keys one egress address can check every {INTERVAL:g} s. Three quarters of a
  limit are spent in the long run, and the whole of it is never exceeded in any window, wherever it begins. Several
  markets share it, and so do live and demo where they share a host. A key that takes a question more than usual (a
  classic account at Bitget, a sub-account's key where the permissions are closed to it) counts as two. At another
  interval it is that many times more or less; `python -m bot doctor` says how much of it is in use.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a good key and its relatives came to at a place.

    Attributes:
        free: the report on a key that is bound to no address.
        bound: the report on one that is.
        ends: the report on one that ends; None where keys do not.
        vouching: whether a good key is only taken if its owner vouches.
    """

    free: KeyReport
    bound: KeyReport
    ends: KeyReport | None
    vouching: bool


async def _see(world: World) -> Seen:
    place, venue = world.place, world.venue
    account = venue.account("good", place.environment.value)
    key = credential_of(account)
    free = await world.gateway.probe(place, key)
    if account.style.max_ips:
        account.restrict_ips([venue.caller_ip])
    bound = await world.gateway.probe(place, key)
    ends = None
    if account.style.ends:
        account.expires(int((venue.clock.now() + 30 * _DAY) * 1000))
        ends = await world.gateway.probe(place, key)
    verdict = judge(bound, market=place.market, environment=place.environment, purpose=Purpose.TRADE)
    return Seen(free, bound, ends, Failure.PERMISSIONS_UNKNOWN in {trouble.failure for trouble in verdict.refusals})


async def _look(place: Place) -> Seen:
    async with counting(place) as world:
        return await _see(world)


def page() -> str:
    """The page, as it should be."""
    seen = {place: run_without_waiting(_look(place)) for place in PLACES}
    lines = [_INTRODUCTION, *_overview(seen)]
    for exchange in ADAPTERS:
        lines += _section(exchange, {place: what for place, what in seen.items() if place.exchange == exchange})
    return "\n".join(lines) + "\n"


# ------------------------------------------------------------------------------------------------------------- overview


def _overview(seen: Mapping[Place, Seen]) -> Iterable[str]:
    yield "On live:\n"
    yield "| exchange | markets | environments | withdrawal | vouching | connections per address |"
    yield "|---|---|---|---|---|--:|"
    for exchange in ADAPTERS:
        profile = adapter_of(exchange).PROFILE
        live = {place: what for place, what in seen.items() if place.exchange == exchange and _is_live(place)}
        environments = [world for world in Environment if any(world in worlds for worlds in profile.worlds.values())]
        row = (
            f"[{profile.title}](#{_anchor(profile.title)})",
            ", ".join(_market(profile, market) for market in profile.worlds),
            ", ".join(environments),
            _of_markets({place: _certainty(what.free, Permission.WITHDRAW) for place, what in live.items()}),
            _of_markets({place: "needed" if what.vouching else "not needed" for place, what in live.items()}),
            _of_markets({place: _connections(place) for place in live}),
        )
        yield f"| {' | '.join(row)} |"


def _is_live(place: Place) -> bool:
    return place.environment is Environment.LIVE


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-").replace(".", "")


# ---------------------------------------------------------------------------------------------------------- an exchange


def _section(exchange: str, seen: Mapping[Place, Seen]) -> Iterable[str]:
    profile, dialect = adapter_of(exchange).PROFILE, adapter_of(exchange).DIALECT
    environments = [world for world in Environment if any(place.environment is world for place in seen)]
    yield f"\n## {profile.title}\n"
    yield f"| | {' | '.join(environments)} |"
    yield f"|---|{'---|' * len(environments)}"
    rows: dict[str, Mapping[Place, str]] = {
        "markets": dict.fromkeys(seen, ""),
        **{
            permission.replace("_", " "): {place: _certainty(what.free, permission) for place, what in seen.items()}
            for permission in Permission
        },
        "vouching": {place: _vouching(place, what) for place, what in seen.items()},
        "addresses of the key": {place: _addresses(profile, what) for place, what in seen.items()},
        "end of the key": {place: _end(what) for place, what in seen.items()},
        "connections per address": {place: _connections(place) for place in seen},
    }
    for name, cells in rows.items():
        by_world = [{place: cell for place, cell in cells.items() if place.environment is e} for e in environments]
        if name == "markets":
            named = (", ".join(_market(profile, place.market) for place in world) for world in by_world)
            yield f"| markets | {' | '.join(named)} |"
        else:
            yield f"| {name} | {' | '.join(map(_of_markets, by_world))} |"
    yield ""
    yield from (f"- {line}" for line in _remarks(profile, dialect, seen))


def _market(profile: ExchangeProfile, market: Market) -> str:
    """With what it settles in, where that is not each contract's own coin."""
    settled = "/".join(profile.settled_in.get(market, ()))
    return f"{market} ({settled})" if settled else market.value


def _of_markets(cells: Mapping[Place, str]) -> str:
    """One word where all markets agree, else one for each."""
    if len(set(cells.values())) <= 1:
        return next(iter(cells.values()), "")
    told: dict[str, list[str]] = {}
    for place, cell in cells.items():
        told.setdefault(cell, []).append(place.market)
    return "; ".join(f"{' and '.join(markets)}: {cell}" for cell, markets in told.items())


def _certainty(report: KeyReport, permission: Permission) -> str:
    found = report.of(permission)
    return "unknowable" if found.grant is Grant.UNKNOWN else found.certainty.value


def _vouching(place: Place, what: Seen) -> str:
    if what.vouching:
        return "needed"
    unknown = any(_certainty(what.free, each) == "unknowable" for each in (Permission.WITHDRAW, Permission.TRANSFER))
    return "not needed: no real money" if unknown and not _is_live(place) else "not needed"


def _addresses(profile: ExchangeProfile, what: Seen) -> str:
    if not profile.max_ips:
        return "it has none"
    if what.bound.ip_list:
        return "listed"
    if what.bound.ip_restricted is not None:
        return "told whether there are any"
    return "not told"


def _end(what: Seen) -> str:
    if what.ends is None:
        return "told" if what.free.expires_at else "none is known of"
    return "told" if what.ends.expires_at else "not told"


def _connections(place: Place) -> str:
    return f"{connections_per_address(place.exchange, place.market, place.environment, INTERVAL):,}"


# -------------------------------------------------------------------------------------------------------------- remarks


def _remarks(profile: ExchangeProfile, dialect: Dialect, seen: Mapping[Place, Seen]) -> Iterable[str]:
    yield f"Credential: {_credential(profile.shape)}."
    if profile.own_pairs:
        yield f"Without a secret in the chat: {_own_pairs(profile)}."
    refused = {
        "withdraws": profile.boxes.get(Permission.WITHDRAW, ()),
        "transfers": profile.boxes.get(Permission.TRANSFER, ()),
    }
    boxes = "; ".join(f"{what} by {_quoted(names)}" for what, names in refused.items() if names)
    yield f"Refused: a key that {boxes}." if boxes else "Refused: none of its boxes lets a key withdraw or transfer."
    bundled = [each.market.value for each, what in seen.items() if what.free.transfers_with_trading and _is_live(each)]
    if bundled:
        yield "Transfers between the owner's own accounts are part of its rights there and cannot be split off."
    if any(what.free.opens_live for place, what in seen.items() if not _is_live(place)):
        yield "The live key opens demo too: real money is at stake in both."
    yield _ip_list(profile)
    if profile.max_ips:
        yield f"A key without addresses: {_fate(profile.unbound)}."
    yield from (f"Limit `{name}`: {_limit(budget)}." for name, budget in dialect.budgets.items())
    yield f"A probe asks: {_asked(dialect, list(seen))}."
    if dialect.by_account:
        yield _of_account(dialect.by_account)
    waits = ", ".join(
        f"{seconds:g} s after “{failure.replace('_', ' ')}”" for failure, seconds in dialect.waits.items()
    )
    if waits:
        yield f"Where it does not say for how long to stay away: {waits}."
    if dialect.announcing is not None:
        of = " and ".join(environment.value for environment in dialect.announcing.asked_at)
        yield f"Maintenance of {of} is announced beforehand, and read (`{dialect.announcing.endpoint.path}`)."


def _own_pairs(profile: ExchangeProfile) -> str:
    made = {
        PairKind.ED25519: "we make an Ed25519 pair, and the public key is registered",
        PairKind.RSA_2048: "we make an RSA pair, and the public key is registered",
        PairKind.AGENT: "we make the key of an agent, and its address is approved",
    }
    (kind,) = set(profile.own_pairs.values())
    worlds = {world for environments in profile.worlds.values() for world in environments}
    where = "everywhere" if worlds == set(profile.own_pairs) else f"at {', '.join(profile.own_pairs)}"
    return f"{made[kind]}; {where}"


def _quoted(names: Sequence[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)


def _credential(shape: CredentialShape) -> str:
    names = {Field.API_KEY: "API key", Field.SECRET: "secret", Field.PASSPHRASE: "passphrase"}
    return ", ".join(f"{names[field]} ({_shape(shape.of(field))})" for field in shape.fields)


def _shape(field: FieldShape) -> str:
    shortest, longest = field.lengths[0], field.lengths[-1]
    if f"{{{shortest},{longest}}}" in field.pattern.pattern and shortest != longest:
        length = f"{shortest} to {longest}"
    else:
        *others, last = map(str, field.lengths)
        length = f"{', '.join(others)} or {last}" if others else last
    return f"{length} characters: {_characters(field)}"


def _characters(field: FieldShape) -> str:
    allowed = {character for character in string.printable if field.has_right_characters(character)}
    letters = allowed & set(string.ascii_letters)
    if allowed >= set(string.punctuation):
        return "any"
    if letters <= set("abcdefABCDEFxX") and letters & set("xX"):
        words = ["hexadecimal digits, `0x` before them"]
    elif letters <= set("abcdefABCDEF"):
        words = ["hexadecimal digits" if letters & set("AB") else "small hexadecimal digits"]
    else:
        sizes = {(True, True): "letters", (True, False): "small letters", (False, True): "capitals"}
        words = [sizes[bool(letters & set(string.ascii_lowercase)), bool(letters & set(string.ascii_uppercase))]]
        words += ["digits"] if allowed & set(string.digits) else []
    others = sorted(allowed & set(string.punctuation))
    return ", ".join([*words, *(f"`{each}`" for each in others)])


def _ip_list(profile: ExchangeProfile) -> str:
    if not profile.max_ips:
        return "Keys have no IP lists."
    between = {" ": "spaces", ",": "commas", "\n": "line breaks"}[profile.ip_separator]
    if not profile.max_ips_documented:
        most = f"{profile.max_ips} at most, with {between} between them"
        return f"IP list: how many addresses it takes is not documented; we give out {most}."
    return f"IP list: up to {profile.max_ips} addresses, with {between} between them."


def _fate(unbound: Unbound | None) -> str:
    if unbound is None:
        return "what becomes of it is not documented"
    who = " if it may do more than read" if unbound.if_trading else ""
    if unbound.loses_trading:
        return "is kept from trading, or loses the right"
    if unbound.ends_after is not None:
        return f"ends {unbound.ends_after} days after it was made{who}"
    if unbound.idle_ends_after is not None:
        return f"ends after {unbound.idle_ends_after} days without use{who}; our checks are use"
    return "stays"


def _limit(budget: Budget) -> str:
    window = "a minute" if budget.seconds == 60 else f"in {budget.seconds:g} s"
    advised = f", of which we spend {budget.advised:,} a minute as advised" if budget.advised else ""
    if budget.documented:
        return f"{budget.most:,} {window} and address{advised}"
    return f"no limit by address is documented; we keep under {budget.most:,} {window}{advised}"


def _of_account(allowance: Allowance) -> str:
    often = f"{allowance.most} times in {allowance.seconds:g} s"
    return f"It lets an account ask that {often}: of many keys one asks for all, about every {allowance.apart:g} s."


def _asked(dialect: Dialect, places: Sequence[Place]) -> str:
    told = {
        place: " and ".join(
            f"`{endpoint.path}` ({endpoint.weight} of `{endpoint.bucket}`)"
            for endpoint in dialect.asked_by_probe(place.market, place.environment)
        )
        for place in places
    }
    usual = told[places[0]]
    parts = [usual]
    for asked in dict.fromkeys(told.values()):
        where = [f"{place.market} {place.environment}" for place, each in told.items() if each == asked]
        if asked != usual:
            parts.append(f"at {', '.join(where)} {asked}")
    for every, endpoints in dialect.now_and_then.items():
        names = " and ".join(f"`{each.path}` ({each.weight} of `{each.bucket}`)" for each in endpoints)
        parts.append(f"at least every {every:g} s also {names}")
    return "; ".join(parts)


if __name__ == "__main__":
    written = page()
    PAGE.write_text(written, encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(Path.cwd())}: {len(written.splitlines())} lines\n")
