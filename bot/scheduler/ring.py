"""The ring: which connection is due when, for tens of thousands of them, without asking the database.

Every connection has its own phase, the hash of its id modulo the interval, so that checks spread evenly and a restart
changes nobody's turn. Time is monotonic: a wall clock that jumps an hour causes neither a storm nor a silence.
"""

import heapq
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from bot.domain.connection import ConnectionId


class Ring:
    """Due times of all connections. The ``WatchList`` port is on top of it, in ``dispatcher``."""

    def __init__(self, interval: float, slots_per_second: int = 10) -> None:
        self._interval = interval
        self._slots = max(1, round(interval * slots_per_second))
        self._width = interval / self._slots
        self._ring: list[set[ConnectionId]] = [set() for _ in range(self._slots)]
        self._extra: list[tuple[float, ConnectionId]] = []
        self._swept_to: int | None = None

    def __len__(self) -> int:
        return sum(len(slot) for slot in self._ring)

    def __contains__(self, connection: ConnectionId) -> bool:
        return connection in self._ring[self._slot(connection)]

    def add(self, connections: Iterable[ConnectionId]) -> None:
        """From their next turn on."""
        for connection in connections:
            self._ring[self._slot(connection)].add(connection)

    def discard(self, connection: ConnectionId) -> None:
        """No more turns; an extra one that is waiting is dropped when it comes."""
        self._ring[self._slot(connection)].discard(connection)

    def once(self, connection: ConnectionId, at: float) -> None:
        """One more turn at that monotonic time."""
        heapq.heappush(self._extra, (at, connection))

    def due(self, now: float) -> Iterator[tuple[ConnectionId, float]]:
        """Everyone whose turn came since the last call, with the monotonic time it was.

        After a stall of more than one interval each comes once, not once for every turn missed.
        """
        while self._extra and self._extra[0][0] <= now:
            at, connection = heapq.heappop(self._extra)
            if connection in self:
                yield connection, at
        reached = int(now / self._width)
        if self._swept_to is None:
            self._swept_to = reached - 1
        first = max(self._swept_to + 1, reached - self._slots + 1)
        self._swept_to = reached
        for turn in range(first, reached + 1):
            for connection in tuple(self._ring[turn % self._slots]):
                yield connection, turn * self._width

    def _slot(self, connection: ConnectionId) -> int:
        return int.from_bytes(blake2b(connection.encode(), digest_size=8).digest(), "big") % self._slots
