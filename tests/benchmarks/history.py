"""What history costs: on disk, in a commit of the recorder, and for a picture. `make bench ARGS="--only history"`."""

import asyncio
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from bot.domain.connection import ConnectionId
from bot.domain.history import HOUR, Rollup, Span, State
from bot.pictures.drawing import PillowPictures
from bot.store import SqlStore, open_store
from bot.telegram.history_words import history_sheet
from bot.telegram.texts import Texts
from bot.usecases.history import LookedBack, history_of
from bot.usecases.tally import Look, Tally
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.parts import Stalls
from tests.integration.store.examples import connection, credential, probe_record

CONNECTIONS = 1_000
BATCH = 256
ROUNDS = 60
HOURS, DAYS = 72, 92
"""As many as housekeeping leaves."""
NOW = 1_800_000_000.0
HERE = int(NOW) // HOUR
TODAY = HERE // 24 * 24


async def figures() -> list[Figure]:
    """Over a real file of 1,000 connections."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "latchkey.db"
        store = open_store(f"sqlite:///{path}")
        await store.migrate()
        ids = await _connected(store)
        bare = await _size(store, path)
        await _fill(store, ids)
        rows = CONNECTIONS * (HOURS + DAYS)
        per_row = (await _size(store, path) - bare) / rows
        (without, with_it), (work_without, work_with) = await _batches(store, ids)
        found = [
            Figure("a row on disk", per_row, "bytes"),
            Figure("a connection's history, as it stands", per_row * (HOURS + DAYS) / 1000, "kB"),
            Figure("a connection-year of hours, if none were folded", per_row * 24 * 365 / 1000, "kB"),
            Figure("a batch of 256 results without history, p50", without, "ms"),
            Figure("a batch of 256 results with it, p50", with_it, "ms"),
            Figure("processor time of a batch without history, p50", work_without, "ms"),
            Figure("processor time of a batch with it, p50", work_with, "ms"),
            *await _pictures(store, ids),
        ]
        await store.close()
    return found


async def _connected(store: SqlStore) -> list[ConnectionId]:
    made = [connection() for _ in range(CONNECTIONS)]
    async with store.transaction() as tx:
        for each in made:
            await tx.connections.add(each, credential(each))
    return [each.id for each in made]


async def _fill(store: SqlStore, ids: list[ConnectionId]) -> None:
    """Hours come in the order of a watch: all connections of one hour, in no order."""
    chance = random.Random(7)  # noqa: S311 - no secret
    starts = [(24, TODAY - HOURS + 24 - 24 * n) for n in range(DAYS, 0, -1)]
    starts += [(1, HERE - HOURS + n) for n in range(HOURS)]
    for hours, start in starts:
        chance.shuffle(ids)
        looks, seconds = 60 * hours, HOUR * hours
        slow = chance.randint(60, 200)
        row = Rollup(start, hours, looks, looks, looks * slow, slow * 4, up=seconds - 60, error=60 * (slow % 2))
        async with store.transaction() as tx:
            await tx.rollups.add([(each, row) for each in ids])


async def _size(store: SqlStore, path: Path) -> int:
    await store.scrub()
    return os.stat(path).st_size  # noqa: PTH116 - nobody waits for it


async def _batches(store: SqlStore, ids: list[ConnectionId]) -> list[tuple[float, float]]:
    """The recorder's own statements, in turn with and without the one for history: milliseconds, and of work."""
    some = connection()
    took: dict[bool, list[float]] = {False: [], True: []}
    worked: dict[bool, list[float]] = {False: [], True: []}
    tally = Tally()
    for number in range(ROUNDS * 2):
        kept = bool(number % 2)
        batch = [ids[(number * BATCH + n) % CONNECTIONS] for n in range(BATCH)]
        looks = [Look(each, State.UP, NOW + number, 0.1) for each in batch]
        records = [probe_record(connection(id=each, place=some.place)) for each in batch]
        started, work = time.perf_counter(), time.process_time()
        async with store.transaction() as tx:
            await tx.connections.vitals(batch)
            await tx.connections.record(records)
            if kept:
                await tx.rollups.add(tally.rollups(looks))
        tally.keep(looks)
        took[kept].append((time.perf_counter() - started) * 1000)
        worked[kept].append((time.process_time() - work) * 1000)
    return [(statistics.median(each[False]), statistics.median(each[True])) for each in (took, worked)]


async def _pictures(store: SqlStore, ids: list[ConnectionId]) -> list[Figure]:
    say = Texts().of("pl")
    reading, drawing, sizes = [], [], []
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())  # noqa: TID251 - held and cancelled right here
    with PillowPictures() as pictures:
        for number in range(20):
            looked, took = await _looked_back(store, ids[number], Span.QUARTER if number % 2 else Span.DAY)
            reading.append(took)
            sheet = history_sheet(say, looked, {})
            started = time.perf_counter()
            sizes.append(len(await pictures.draw(sheet)))
            drawing.append((time.perf_counter() - started) * 1000)
    watching.cancel()
    return [
        Figure("reading a connection's history, p50", statistics.median(reading), "ms"),
        Figure("drawing a picture, p50", statistics.median(drawing), "ms"),
        Figure("event loop stall meanwhile, longest", stalls.longest * 1000, "ms", target=at_most(100)),
        Figure("a picture", statistics.median(sizes) / 1000, "kB"),
    ]


async def _looked_back(store: SqlStore, connection_id: ConnectionId, span: Span) -> tuple[LookedBack, float]:
    started = time.perf_counter()
    async with store.transaction() as tx:
        found = await tx.connections.get(connection_id)
        assert found is not None
        looked = await history_of(tx, found, span, NOW)
    return looked, (time.perf_counter() - started) * 1000
