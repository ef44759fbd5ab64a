from dataclasses import replace

from bot.domain.connection import ConnectionId, Environment, Market, Place, Purpose
from bot.domain.health import Gate, Health, PausedBy, Status
from bot.domain.permissions import KeyReport
from bot.store import SqlStore
from tests.integration.store.examples import (
    ALICE,
    BOB,
    NOW,
    REPORT,
    REVOKED,
    alert,
    connected,
    connection,
    credential,
    flip,
    message,
    probe_record,
)

GONE = ConnectionId("f" * 32)
TROUBLED = Health(
    Status.REAUTH_NEEDED,
    Gate.PAUSED,
    status_since=NOW + 60,
    gate_since=NOW + 61,
    paused_by=PausedBy.WATCH,
    trouble=REVOKED,
    streak=2,
    trouble_since=NOW + 30,
    told=True,
)


async def test_a_connection_comes_back_as_it_was_put_in(store: SqlStore) -> None:
    new = connection(
        place=Place("binance", Market.LINEAR, Environment.TESTNET),
        purpose=Purpose.WATCH,
        label="Zażółć 🐢 'quoted'",
        health=TROUBLED,
        withdrawal_unverified=True,
        latency=0.25,
        last_probe_at=NOW + 60,
        last_ok_at=NOW,
    )

    async with store.transaction() as tx:
        await tx.connections.add(new, credential(new))
        assert await tx.connections.get(new.id) == new


async def test_how_many_are_at_each_place(store: SqlStore) -> None:
    spot, demo = Place("binance", Market.SPOT, Environment.LIVE), Place("okx", Market.INVERSE, Environment.DEMO)
    for place in (spot, demo, spot):
        new = connection(place=place)
        async with store.transaction() as tx:
            await tx.connections.add(new, credential(new))

    async with store.transaction() as tx:
        assert await tx.connections.places() == {spot: 2, demo: 1}


async def test_the_ip_list_and_the_account_of_a_report_are_not_kept_in_the_open(store: SqlStore) -> None:
    told = replace(REPORT, ip_list=("198.51.100.4",), account_uid="99887766")
    new = connection(report=told)

    async with store.transaction() as tx:
        await tx.connections.add(new, credential(new), b"boxed list")
        kept = await tx.connections.get(new.id)
        sealed = await tx.connections.sealed_ip_list(new.id)

    assert kept is not None
    assert kept.report == replace(told, ip_list=None, account_uid=None)
    assert sealed == b"boxed list"


async def test_somebody_sees_their_own_connections_oldest_first(store: SqlStore) -> None:
    younger = await connected(store, ALICE, created_at=NOW + 5)
    older = await connected(store, ALICE, created_at=NOW)
    await connected(store, BOB)

    async with store.transaction() as tx:
        assert await tx.connections.of_owner(ALICE) == [older, younger]


async def test_a_probe_gets_what_it_needs_and_nothing_of_what_is_gone(store: SqlStore) -> None:
    new = connection(withdrawal_unverified=True)
    sealed = credential(new)
    async with store.transaction() as tx:
        await tx.connections.add(new, sealed)
        watched = await tx.connections.watched([new.id, GONE])

    assert [(w.id, w.owner_id, w.place, w.purpose, w.revision, w.record, w.vouched) for w in watched] == [
        (new.id, ALICE, new.place, "trade", 1, sealed.record, True)
    ]


async def test_vitals_are_told_for_all_that_are_left(store: SqlStore) -> None:
    new = await connected(store, health=TROUBLED)

    async with store.transaction() as tx:
        vitals = await tx.connections.vitals([new.id, GONE])

    assert list(vitals) == [new.id]
    told = vitals[new.id]
    assert (told.id, told.owner_id, told.revision, told.health, told.rotating) == (new.id, ALICE, 1, TROUBLED, False)


async def test_more_ids_than_fit_one_query_are_answered_all_the_same(store: SqlStore) -> None:
    many = [connection() for _ in range(1100)]
    async with store.transaction() as tx:
        for new in many:
            await tx.connections.add(new, credential(new))
        ids = await tx.connections.ids()
        watched = await tx.connections.watched(ids)
        vitals = await tx.connections.vitals(iter(ids))

    assert set(ids) == {new.id for new in many}
    assert {w.id for w in watched} == set(ids)
    assert set(vitals) == set(ids)


async def test_good_and_bad_probes_are_recorded_together(store: SqlStore) -> None:
    well = await connected(store)
    ill = await connected(store, last_probe_at=NOW + 1, last_ok_at=NOW + 1)
    silent = await connected(store, last_probe_at=NOW + 2, last_ok_at=NOW + 2, latency=0.1)
    said = KeyReport(findings={}, ip_restricted=False)

    async with store.transaction() as tx:
        await tx.connections.record(
            [
                probe_record(well, report=said, sealed_ip_list=b"boxed"),
                probe_record(ill, health=TROUBLED, ok=False),
                probe_record(silent, ok=False, answered_at=None, latency=None),
                probe_record(connection()),  # removed while it was probed
            ]
        )
        kept = [await tx.connections.get(c.id) for c in (well, ill, silent)]
        lists = [await tx.connections.sealed_ip_list(c.id) for c in (well, ill, silent)]

    assert kept == [
        replace(well, last_probe_at=NOW + 60, last_ok_at=NOW + 60, latency=0.2, report=said),
        replace(ill, last_probe_at=NOW + 60, latency=0.2, health=TROUBLED),
        replace(silent, latency=None),
    ]
    assert lists == [b"boxed", None, None]


async def test_what_a_probe_does_not_say_stays_as_it_was_said_before(store: SqlStore) -> None:
    new = await connected(store)
    said = KeyReport(findings={}, label="told once")

    async with store.transaction() as tx:
        await tx.connections.record([probe_record(new, report=said, sealed_ip_list=b"boxed")])
        await tx.connections.record([probe_record(new)])
        await tx.connections.record([])
        kept = await tx.connections.get(new.id)
        sealed = await tx.connections.sealed_ip_list(new.id)

    assert kept is not None
    assert kept.report == said
    assert sealed == b"boxed"


async def test_a_pause_and_a_new_name_are_kept(store: SqlStore) -> None:
    new = await connected(store)
    paused = replace(new.health, gate=Gate.PAUSED, gate_since=NOW + 9, paused_by=PausedBy.PERSON)

    async with store.transaction() as tx:
        await tx.connections.save_health(new.id, paused)
        await tx.connections.rename(new.id, "Savings")
        assert await tx.connections.get(new.id) == replace(new, health=paused, label="Savings")


async def test_whitelists_are_paged_in_the_order_of_ids_and_can_be_boxed_anew(store: SqlStore) -> None:
    first, without, second, third = [await connected(store) for _ in range(4)]
    async with store.transaction() as tx:
        await tx.connections.record([probe_record(c, sealed_ip_list=b"old") for c in (first, second, third)])
        page = await tx.connections.sealed_ip_lists(None, 2)
        await tx.connections.save_ip_list(second.id, b"new")
        rest = await tx.connections.sealed_ip_lists(page[0][0], 10)

    assert page == [(first.id, b"old"), (second.id, b"old")]
    assert rest == [(second.id, b"new"), (third.id, b"old")]
    assert without.id not in dict(rest)


async def test_removing_takes_everything_along_but_leaves_alerts_closed(store: SqlStore) -> None:
    doomed = await connected(store, last_probe_at=NOW + 40)
    spared = await connected(store)
    async with store.transaction() as tx:
        for c in (doomed, spared):
            await tx.flips.add(c.id, [flip()])
            await tx.alerts.mute(c.id, ALICE, NOW + 3600)
            await tx.outbox.add(message(connection_id=c.id, chat_id=c.owner_id))
        await tx.alerts.add(told := alert(doomed))
        await tx.alerts.add(ended := alert(doomed, closed_at=NOW + 5))
        sent = await tx.outbox.add(message(connection_id=doomed.id))
        await tx.outbox.sent(sent, NOW, 1)

    async with store.transaction() as tx:
        assert await tx.connections.remove(doomed.id) is True
        assert await tx.connections.remove(doomed.id) is False

    async with store.transaction() as tx:
        assert await tx.connections.get(doomed.id) is None
        assert await tx.connections.ids() == [spared.id]
        assert await tx.credentials.current(doomed.id) is None
        assert await tx.credentials.terms_in_use() == {7: 1}
        assert await tx.flips.latest(doomed.id) == []
        assert await tx.alerts.muted_until(doomed.id, ALICE) is None
        assert await tx.alerts.muted_until(spared.id, ALICE) == NOW + 3600
        assert [item.connection_id for item in await tx.outbox.due(NOW)] == [spared.id]
        assert await tx.alerts.get(told.id) == replace(told, closed_at=NOW + 40)
        assert await tx.alerts.get(ended.id) == ended


async def test_an_alert_of_a_connection_never_probed_closes_when_it_opened(store: SqlStore) -> None:
    doomed = await connected(store)
    async with store.transaction() as tx:
        await tx.alerts.add(told := alert(doomed))
        await tx.connections.remove(doomed.id)
        assert await tx.alerts.get(told.id) == replace(told, closed_at=told.opened_at)
