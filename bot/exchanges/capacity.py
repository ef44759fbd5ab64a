"""How many connections one egress address carries at an exchange: what a probe costs, by what may be spent.

Worked out from what each adapter states, so that the documentation, the doctor and the tests say the same.
"""

from collections import defaultdict
from collections.abc import Mapping

from bot.domain.connection import Environment, Market, Place
from bot.exchanges.registry import adapter_of


def cost_a_minute(exchange: str, market: Market, environment: Environment, interval: float) -> Mapping[str, float]:
    """What watching one connection costs, by bucket, in weight a minute.

    Args:
        exchange: its id.
        market: where the key is used.
        environment: where the key is used.
        interval: seconds between two checks of a key.
    """
    dialect = adapter_of(exchange).DIALECT
    cost: defaultdict[str, float] = defaultdict(float)
    for every, endpoints in {0.0: dialect.asked_by_probe(market, environment), **dialect.now_and_then}.items():
        for endpoint in endpoints:
            cost[endpoint.bucket] += endpoint.weight * 60 / max(every, interval)
    return cost


def connections_per_address(exchange: str, market: Market, environment: Environment, interval: float) -> int:
    """How many connections of this kind one egress address carries, if there are no others."""
    budgets = adapter_of(exchange).DIALECT.budgets
    cost = cost_a_minute(exchange, market, environment, interval)
    return int(min(budgets[bucket].a_minute / spent for bucket, spent in cost.items()))


def least_connections_per_address(exchange: str, environment: Environment, interval: float) -> int:
    """The same, whichever markets the connections are of."""
    worlds = adapter_of(exchange).PROFILE.worlds
    return min(
        connections_per_address(exchange, market, environment, interval)
        for market, environments in worlds.items()
        if environment in environments
    )


def counted_together(exchange: str) -> Mapping[Environment, frozenset[Environment]]:
    """The environments of an exchange that share what an address may spend, by the one that gives them the name."""
    worlds = adapter_of(exchange).PROFILE.worlds
    together: defaultdict[Environment, set[Environment]] = defaultdict(set)
    for environment in Environment:
        if any(environment in environments for environments in worlds.values()):
            together[adapter_of(exchange).DIALECT.counted_with(environment)].add(environment)
    return {environment: frozenset(others) for environment, others in together.items()}


def spent_share(exchange: str, connected: Mapping[Place, int], interval: float) -> float:
    """Which part of a budget these connections spend, of the bucket they need most; 1.0 is all there is.

    Args:
        exchange: its id.
        connected: how many there are at each place; places whose environments are counted together.
        interval: seconds between two checks of a key.
    """
    budgets = adapter_of(exchange).DIALECT.budgets
    spent: defaultdict[str, float] = defaultdict(float)
    for place, count in connected.items():
        for bucket, each in cost_a_minute(exchange, place.market, place.environment, interval).items():
            spent[bucket] += each * count
    return max((weight / budgets[bucket].a_minute for bucket, weight in spent.items()), default=0.0)
