"""Record probes: many results, one commit. Judged against the state as it is at that moment, not as it was when asked.

A person may have paused, rotated or disconnected while the exchange was thinking. So health is read, moved on by
``domain.health.next_state`` and written inside one transaction, and a result for another revision is thrown away.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.domain.connection import ConnectionId, Place
from bot.domain.failures import Failure, Retry, Trouble, policy_of
from bot.domain.health import News, Patience, Status, Step, next_state
from bot.domain.history import state_of
from bot.domain.permissions import KeyReport
from bot.usecases import incidents
from bot.usecases.background import BackgroundTasks
from bot.usecases.delivery import Kind
from bot.usecases.ip_list import box_ip_list
from bot.usecases.ports import CredentialVault, Metrics, Operators, SealedCredential, WatchList
from bot.usecases.posting import facts_of, post
from bot.usecases.scene import Scene
from bot.usecases.storage import ProbeRecord, Store, StoreUnavailable, Transaction, Vitals
from bot.usecases.tally import Look, Tally
from bot.usecases.telling import tell

log = logging.getLogger("latchkey.record")


class Suspicions(Protocol):
    """What is asked beside the schedule when something seems wrong."""

    def follow(self, batch: Sequence["Probed"]) -> None:
        """Looks into the bad results among these. Awaits nothing."""
        ...


BATCH = 256
"""Results per commit at most."""

LINGER = 0.02
"""Seconds a first result waits for company."""


@dataclass(frozen=True, slots=True)
class Probed:
    """What one probe found.

    Attributes:
        at: epoch seconds when the answer came.
        latency: seconds it took.
        trouble: what is wrong; None if all is well.
        report: what the exchange said of the key, if it answered.
        answered: the exchange gave any answer at all.
    """

    id: ConnectionId
    revision: int
    place: Place
    owner_id: int
    at: float
    latency: float
    trouble: Trouble | None
    report: KeyReport | None
    answered: bool = True


class Recorder:
    """Gathers results and commits them together."""

    def __init__(
        self,
        store: Store,
        vault: CredentialVault,
        watch: WatchList,
        metrics: Metrics,
        tasks: BackgroundTasks,
        patience: Patience | None = None,
        on_news: Callable[[], None] = lambda: None,
        *,
        scene: Scene,
        suspicions: Suspicions,
        operators: Operators,
        tally: Tally | None = None,
    ) -> None:
        self._store = store
        self._vault = vault
        self._watch = watch
        self._metrics = metrics
        self._tasks = tasks
        self._patience = patience or Patience()
        self._on_news = on_news
        self._scene = scene
        self._suspicions = suspicions
        self._operators = operators
        self._tally = tally or Tally()
        self._waiting: list[tuple[Probed, asyncio.Future[None]]] = []
        self._flushing = False
        self._unkeepable: set[ConnectionId] = set()

    async def record(self, probed: Probed) -> None:
        """Returns when the result is on disk, or is of no more use (the connection is gone or has another key)."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((probed, done))
        if not self._flushing:
            self._flushing = True
            if self._tasks.closed:
                await self._flush()  # the service stops: no task is started any more, but what was found is kept
            else:
                self._tasks.spawn("record", self._flush())
        await done

    async def _flush(self) -> None:
        try:
            await asyncio.sleep(LINGER)
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                try:
                    await self._keep([probed for probed, _ in batch])
                finally:
                    for _, done in batch:
                        if not done.done():
                            done.set_result(None)
        finally:
            self._flushing = False

    async def _keep(self, batch: list[Probed]) -> None:
        try:
            await self._commit(batch)
            self._unkeepable.difference_update(probed.id for probed in batch)
        except StoreUnavailable:
            # The next probe, a minute from now, says the same again; nothing was acknowledged.
            log.error("record.store_unavailable", extra={"results": len(batch)})  # noqa: TRY400
        except Exception as error:  # noqa: BLE001 - one that cannot be recorded must not silence the others of its batch
            if len(batch) > 1:
                for probed in batch:
                    await self._keep([probed])
            else:
                failed = {"connection": batch[0].id, "error": type(error).__name__}
                log.error("record.failed", extra=failed)  # noqa: TRY400 - no traceback: it could show what was read
                await self._tell_unkeepable(batch[0].id, type(error).__name__)

    async def _tell_unkeepable(self, connection_id: ConnectionId, error: str) -> None:
        """Whatever becomes of this key, its owner cannot be told: operators hear of it, once."""
        if connection_id in self._unkeepable:
            return
        try:
            async with self._store.transaction() as tx:
                await self._operators.tell(tx, "unreadable", {"connection": connection_id, "error": error})
        except StoreUnavailable:
            return  # told at its next turn
        self._unkeepable.add(connection_id)

    async def _commit(self, batch: list[Probed]) -> None:
        steps: list[tuple[Vitals, Step]] = []
        records: list[ProbeRecord] = []
        looks: list[Look] = []
        settled = False
        for probed in batch:
            failure = probed.trouble.failure if probed.trouble else None
            self._scene.saw(probed.id, probed.place, probed.owner_id, failure, probed.at)
        async with self._store.transaction() as tx:
            vitals = await tx.connections.vitals([probed.id for probed in batch])
            current = await self._present(tx, batch, vitals)
            for probed in batch:
                now = vitals.get(probed.id)
                if now is None:
                    self._tally.drop(probed.id)
                if now is None or now.revision != probed.revision:
                    continue
                if now.rotating:
                    settled = True
                    if await self._settle_rotation(tx, current, now, probed):
                        continue
                step = self._judge(current, now, probed)
                if step.flips or step.news:
                    await self._tell(tx, current, now, step, probed.at)
                steps.append((now, step))
                records.append(self._record_of(probed, step))
                well = probed.latency if probed.trouble is None else None
                looks.append(Look(probed.id, state_of(now.health), probed.at, well, step.rest))
            await tx.connections.record(records)
            await tx.rollups.add(self._tally.rollups(looks))
            await incidents.settle(tx, current, max(probed.at for probed in batch))
            for facts in incidents.opened_facts(current):
                await self._operators.tell(tx, "incident", facts)
        self._tally.keep(looks)
        self._after(steps)
        self._suspicions.follow(batch)
        if settled:
            await self._scrub()

    async def _present(
        self, tx: Transaction, batch: Sequence[Probed], vitals: Mapping[ConnectionId, Vitals]
    ) -> incidents.Round:
        """What is out; nobody asks while all is well."""
        if any(probed.trouble for probed in batch) or any(each.incident_id for each in vitals.values()):
            return await incidents.begin(tx, batch[0].at)
        return incidents.Round()

    def _judge(self, current: incidents.Round, now: Vitals, probed: Probed) -> Step:
        trouble, patience = probed.trouble, self._patience
        if trouble is not None and current.of(probed.place, trouble.failure) is not None:
            patience = replace(patience, lasting=1)  # it is known to last: nobody has to find that out for themselves
        step = next_state(now.health, trouble, probed.at, patience)
        if (
            trouble is not None
            and step.news is None
            and step.health.status is Status.REAUTH_NEEDED
            and incidents.is_due_alone(current, now.incident_id, probed.at)
        ):
            return replace(step, news=News.TROUBLE, about=trouble)
        return step

    def _record_of(self, probed: Probed, step: Step) -> ProbeRecord:
        return ProbeRecord(
            id=probed.id,
            health=step.health,
            ok=probed.trouble is None,
            answered_at=probed.at if probed.answered else None,
            latency=probed.latency,
            report=probed.report,
            sealed_ip_list=box_ip_list(self._vault, probed.id, probed.report) if probed.report else None,
        )

    async def _scrub(self) -> None:
        """A key was destroyed: nothing of it stays in the write-ahead log."""
        try:
            await self._store.scrub()
        except StoreUnavailable:
            log.warning("record.not_scrubbed")  # housekeeping does it within the hour

    async def _tell(self, tx: Transaction, current: incidents.Round, vitals: Vitals, step: Step, now: float) -> None:
        connection = await tx.connections.get(vitals.id)
        if connection is not None:
            await tell(tx, self._scene, current, connection, vitals.incident_id, step, now)

    async def _settle_rotation(self, tx: Transaction, current: incidents.Round, vitals: Vitals, probed: Probed) -> bool:
        """A key that was just rotated in: proven, the one before goes; dead, the one before comes back.

        Returns True if the old key is in use again, so that the result says nothing about the connection.
        """
        connection = await tx.connections.get(vitals.id)
        if connection is None:
            return True
        facts = facts_of(connection, probed.trouble)
        if probed.trouble is None:
            old = await tx.credentials.settle(vitals.id)
            if old is not None:
                await post(tx, connection, Kind.ROTATED, vitals.owner_id, facts | _tails(old), probed.at)
            return False
        failure = probed.trouble.failure
        retry, known = policy_of(failure).retry, current.of(probed.place, failure)
        its_own = retry is Retry.AT_ONCE or (retry is Retry.CONFIRM and known is None)
        if not its_own and failure is not Failure.PERMISSIONS_UNKNOWN:
            return False  # an outage proves nothing: both keys are kept until the exchange answers
        dropped = await tx.credentials.fall_back(vitals.id)
        if dropped is None:
            return False
        await post(tx, connection, Kind.ROTATION_FAILED, vitals.owner_id, facts | _tails(dropped), probed.at)
        return True

    def _after(self, steps: list[tuple[Vitals, Step]]) -> None:
        news = False
        for vitals, step in steps:
            # Within an incident nobody's key is believed to be dead.
            self._watch.rest(vitals.id, 0 if vitals.incident_id else step.rest)
            if step.probe_again_in is not None:
                self._watch.soon(vitals.id, step.probe_again_in)
            for flip in step.flips:
                self._metrics.flip(flip.side, flip.new)
                log.info(
                    "flip",
                    extra={
                        "connection": vitals.id,
                        "side": flip.side,
                        "new": flip.new,
                        "failure": flip.trouble.failure if flip.trouble else None,
                    },
                )
            news = news or step.news is not None or vitals.rotating
        if news:
            self._on_news()


def _tails(old: SealedCredential) -> dict[str, str]:
    return {"old_tail": old.key_tail}
