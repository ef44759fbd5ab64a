"""The history of connections on disk."""

from sqlalchemy import text

from bot.domain.connection import ConnectionId
from bot.domain.history import HOUR, Rollup
from bot.scheduler.housekeeping import HISTORY_KEPT, Housekeeping
from bot.store import SqlStore
from bot.usecases.drafts import Draft, Drafts
from bot.vault import EphemeralBox
from tests.integration.store.examples import NOW, connected, flip

HERE = int(NOW) // HOUR
TODAY = HERE // 24 * 24


class Standing:
    def now(self) -> float:
        return NOW

    def monotonic(self) -> float:
        return NOW

    async def sleep(self, seconds: float) -> None: ...


async def nothing(_draft: Draft | None = None) -> None: ...


def housekeeping(store: SqlStore) -> Housekeeping:
    return Housekeeping(store, Drafts(EphemeralBox(), Standing()), Standing(), nothing, nothing)


async def rows(store: SqlStore) -> list[tuple[int, int, str]]:
    async with store._session() as session:
        found = await session.rows(text("SELECT hours, start, connection_id FROM rollups ORDER BY hours, start"))
    return [(hours, start, connection) for hours, start, connection in found]


async def of(store: SqlStore, connection_id: ConnectionId, first: int = 0, last: int = HERE) -> list[Rollup]:
    async with store.transaction() as tx:
        return list(await tx.rollups.of(connection_id, first, last))


async def add(store: SqlStore, *rollups: tuple[ConnectionId, Rollup]) -> None:
    async with store.transaction() as tx:
        await tx.rollups.add(rollups)


async def test_what_is_added_to_an_hour_adds_up(store: SqlStore) -> None:
    one = await connected(store)
    await add(store, (one.id, Rollup(HERE, 1, 1, 1, 200, 200, up=60)))
    await add(store, (one.id, Rollup(HERE, 1, 1, 0, 0, 0, paused=1, error=60, reauth=2)))
    await add(store, (one.id, Rollup(HERE, 1, 1, 1, 100, 100, up=60)))

    assert await of(store, one.id) == [Rollup(HERE, 1, 3, 2, 300, 200, up=120, paused=1, error=60, reauth=2)]


async def test_only_the_hours_asked_for_of_the_one_asked_for(store: SqlStore) -> None:
    one, other = await connected(store), await connected(store)
    await add(store, *((each.id, Rollup(HERE - n, 1, up=n)) for n in range(5) for each in (one, other)))
    await add(store, (one.id, Rollup(TODAY - 24, 24, up=9)), (one.id, Rollup(TODAY - 48, 24, up=8)))

    found = await of(store, one.id, TODAY - 24)

    assert [(each.hours, each.start) for each in found] == [
        *((1, HERE - n) for n in (4, 3, 2, 1, 0) if HERE - n >= TODAY - 24),
        (24, TODAY - 24),
    ]


async def test_nothing_is_known_of_a_connection_without_rollups(store: SqlStore) -> None:
    assert await of(store, (await connected(store)).id) == []


async def test_hours_fold_into_their_day_one_at_a_time_and_today_stays(store: SqlStore) -> None:
    one = await connected(store)
    hours = [Rollup(TODAY - 72 + n, 1, 60, 60, 6000, 100 + n, up=3600) for n in range(24)]
    await add(store, *((one.id, hour) for hour in hours), (one.id, Rollup(HERE, 1, up=60)))

    folded = 0
    async with store.transaction() as tx:
        while await tx.rollups.fold(TODAY - 48):
            folded += 1

    assert folded == 24
    assert await of(store, one.id) == [
        Rollup(HERE, 1, up=60),
        Rollup(TODAY - 72, 24, 24 * 60, 24 * 60, 24 * 6000, 123, up=86_400),
    ]


async def test_housekeeping_folds_and_forgets(store: SqlStore) -> None:
    one = await connected(store)
    old = TODAY - HISTORY_KEPT
    await add(
        store,
        (one.id, Rollup(old - 24, 24, up=1)),
        (one.id, Rollup(old + 24, 24, up=1)),
        (one.id, Rollup(TODAY - 49, 1, up=1)),
        (one.id, Rollup(TODAY - 48, 1, up=1)),
    )
    async with store.transaction() as tx:
        await tx.flips.add(one.id, [flip(NOW - 93 * 86400), flip(NOW - 91 * 86400)])

    await housekeeping(store).forget()
    await housekeeping(store).forget()

    assert [(hours, start) for hours, start, _ in await rows(store)] == [
        (1, TODAY - 48),
        (24, old + 24),
        (24, TODAY - 72),
    ]
    async with store.transaction() as tx:
        assert [each.at for each in await tx.flips.latest(one.id)] == [NOW - 91 * 86400]


async def test_a_connection_takes_its_history_along(store: SqlStore) -> None:
    one, other = await connected(store), await connected(store)
    for each in (one, other):
        await add(store, *((each.id, Rollup(HERE - n, 1, up=n)) for n in range(30)), (each.id, Rollup(TODAY - 96, 24)))

    async with store.transaction() as tx:
        await tx.connections.remove(one.id)

    assert {connection for _, _, connection in await rows(store)} == {other.id}
    assert len(await rows(store)) == 31
