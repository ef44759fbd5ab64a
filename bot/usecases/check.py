"""Check connections: probe, judge, record. The one path for the schedule, for **Check now** and for proving a rotation.

A probe starts from one query for many connections and ends in one commit for many results (``Recorder``): with
``synchronous=FULL`` a commit of its own for each of 5,000 keys a minute would keep the disk busy with nothing else.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.connection import ConnectionId, Purpose
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.domain.permissions import KeyReport
from bot.domain.verdict import judge
from bot.usecases.background import BackgroundTasks
from bot.usecases.ports import Clock, Connectivity, CredentialVault, ExchangeGateway, Metrics, Operators, Watched
from bot.usecases.record import Probed, Recorder
from bot.usecases.storage import Store, StoreUnavailable

log = logging.getLogger("latchkey.check")

NO_CONNECTION = "no connection"
"""The code of a trouble in which nothing at all answered: perhaps it is our own network."""

UNANSWERED = frozenset({NO_CONNECTION, "connection lost", "timeout"})
"""The codes of troubles in which the exchange said nothing, so that the key was not seen."""

OWN_PACE = "own pace"
"""The code of a trouble in which nothing was asked: our own budget at the exchange was spent."""


@dataclass(frozen=True, slots=True)
class CheckNow:
    """What **Check now** found; ``trouble`` is None if all is well, ``gone`` if there was nothing to check."""

    trouble: Trouble | None
    gone: bool = False


class CheckConnections:
    """Starts probes and sees each through to its record. Never raises into the schedule."""

    def __init__(
        self,
        store: Store,
        gateway: ExchangeGateway,
        vault: CredentialVault,
        recorder: Recorder,
        connectivity: Connectivity,
        clock: Clock,
        metrics: Metrics,
        tasks: BackgroundTasks,
        *,
        operators: Operators | None = None,
    ) -> None:
        self._store = store
        self._gateway = gateway
        self._vault = vault
        self._recorder = recorder
        self._connectivity = connectivity
        self._clock = clock
        self._metrics = metrics
        self._tasks = tasks
        self._operators = operators
        self._unreadable: set[ConnectionId] = set()
        self._in_flight: dict[ConnectionId, asyncio.Future[Probed | None]] = {}

    @property
    def in_flight(self) -> int:
        """How many probes are under way."""
        return len(self._in_flight)

    def start(self, ids: Sequence[ConnectionId]) -> None:
        """Starts a probe of each that has none under way, and returns at once; few while our network is down."""
        free = [each for each in ids if each not in self._in_flight and self._connectivity.admits()]
        if free:
            self._claim(free)
            self._tasks.spawn("check", self._run(free))

    async def now(self, connection_id: ConnectionId) -> CheckNow:
        """One probe, seen through to its record. Joins a probe that is under way.

        Raises:
            StoreUnavailable: nothing could be read.
        """
        underway = self._in_flight.get(connection_id)
        if underway is None:
            underway = self._claim([connection_id])[0]
            self._tasks.spawn("check", self._run([connection_id]))
        probed = await asyncio.shield(underway)
        return CheckNow(None, gone=True) if probed is None else CheckNow(probed.trouble)

    def _claim(self, ids: Sequence[ConnectionId]) -> list[asyncio.Future[Probed | None]]:
        loop = asyncio.get_running_loop()
        futures = [loop.create_future() for _ in ids]
        self._in_flight.update(zip(ids, futures, strict=True))
        return futures

    async def _run(self, ids: Sequence[ConnectionId]) -> None:
        found = await self._load(ids)
        known = {watched.id for watched in found}
        for connection_id in ids:
            if connection_id not in known:
                self._finish(connection_id, None)
        await asyncio.gather(*(self._probe(watched) for watched in found))

    async def _load(self, ids: Sequence[ConnectionId]) -> Sequence[Watched]:
        """What is under these ids. One row that cannot be read takes no other one along."""
        try:
            async with self._store.transaction() as tx:
                found = await tx.connections.watched(ids)
        except StoreUnavailable:
            log.error("check.store_unavailable", extra={"connections": len(ids)})  # noqa: TRY400 - no traceback
            return []
        except Exception as failed:  # noqa: BLE001 - whoever is claimed and never let go would not be probed again
            if len(ids) == 1:
                log.error("check.failed", extra={"connection": ids[0], "error": type(failed).__name__})  # noqa: TRY400
                await self._tell_unreadable(ids[0], type(failed).__name__)
                return []
        else:
            self._unreadable.difference_update(watched.id for watched in found)
            return found
        return [watched for one in ids for watched in await self._load([one])]

    async def _tell_unreadable(self, connection_id: ConnectionId, error: str) -> None:
        """Nobody looks at this key any more, and nothing can be said to its owner: operators hear of it, once."""
        if connection_id in self._unreadable or self._operators is None:
            return
        try:
            async with self._store.transaction() as tx:
                await self._operators.tell(tx, "unreadable", {"connection": connection_id, "error": error})
        except StoreUnavailable:
            return  # told at its next turn
        self._unreadable.add(connection_id)

    async def _probe(self, watched: Watched) -> None:
        probed = None
        try:
            probed = await self.look(watched)
            self._metrics.probe(
                watched.place.exchange, probed.trouble.failure if probed.trouble else "ok", probed.latency
            )
            if not _is_ours(probed.trouble):
                await self._recorder.record(probed)
        finally:
            self._finish(watched.id, probed)

    async def look(self, watched: Watched) -> Probed:
        """Unseals, asks, judges; the credential lives no longer than this call."""
        started = self._clock.monotonic()
        report: KeyReport | None = None
        trouble: Trouble | None = None
        try:
            credential = self._vault.unseal(watched.record, watched.binding)
            report = await self._gateway.probe(watched.place, credential)
        except ExchangeTrouble as failed:
            trouble = await self._whose(watched.place.exchange, failed.trouble)
        except Exception as failed:  # noqa: BLE001 - whatever it is, the watch goes on and names no content
            log.error("check.failed", extra={"connection": watched.id, "error": type(failed).__name__})  # noqa: TRY400
            trouble = Trouble(Failure.UNEXPECTED)
        else:
            refusals = judge(
                report,
                market=watched.place.market,
                environment=watched.place.environment,
                purpose=Purpose(watched.purpose),
                now=self._clock.now(),
                vouched=watched.vouched,
            ).refusals
            trouble = refusals[0] if refusals else None
            self._connectivity.heard(watched.place.exchange)
        latency = self._clock.monotonic() - started
        answered = trouble is None or trouble.code not in UNANSWERED
        return Probed(
            id=watched.id,
            revision=watched.revision,
            place=watched.place,
            owner_id=watched.owner_id,
            at=self._clock.now(),
            latency=latency,
            trouble=trouble,
            report=report,
            answered=answered,
        )

    async def _whose(self, exchange: str, trouble: Trouble) -> Trouble:
        """Nothing answers at the exchange: perhaps it is our own network.

        While that is down, a line that was open before may still take a question and never bring an answer.
        """
        if trouble.code == NO_CONNECTION or (trouble.code in UNANSWERED and self._connectivity.down):
            return Trouble(Failure.NETWORK_DOWN) if await self._connectivity.is_ours(exchange) else trouble
        if trouble.code not in UNANSWERED and trouble.code != OWN_PACE:
            self._connectivity.heard(exchange)
        return trouble

    def _finish(self, connection_id: ConnectionId, probed: Probed | None) -> None:
        future = self._in_flight.pop(connection_id, None)
        if future is not None and not future.done():
            future.set_result(probed)


def _is_ours(trouble: Trouble | None) -> bool:
    """Whether the trouble is ours alone: it says nothing of the key, so nothing of it is recorded."""
    return trouble is not None and (trouble.failure is Failure.NETWORK_DOWN or trouble.code == OWN_PACE)
