"""What is told of the end of a round: how many had no turn in it, and that nobody had while we were cut off."""

from dataclasses import dataclass, field
from typing import Any, cast

from bot.domain.connection import ConnectionId
from bot.scheduler.dispatcher import Watch
from bot.scheduler.rounds import Rounds


class Clock:
    at = 1000.0

    def now(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


@dataclass
class Sweeps:
    behind: list[int] = field(default_factory=list)

    async def over(self, behind: int) -> None:
        self.behind.append(behind)


@dataclass
class Network:
    down: bool = False


async def test_a_round_in_which_our_network_was_down_is_nobody_s() -> None:
    clock, sweeps, network = Clock(), Sweeps(), Network()
    watch = Watch(60.0, clock)
    watch.load([ConnectionId("a" * 32), ConnectionId("b" * 32)])
    rounds = Rounds(watch, cast("Any", sweeps), cast("Any", None), clock, cast("Any", network))

    await rounds.over()
    network.down = True
    await rounds.over()
    network.down = False
    await rounds.over()

    assert sweeps.behind == [0, 2, 0]
