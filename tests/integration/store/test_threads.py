"""Messages that go on: sent once, edited as things change, and only the newest state is worth sending."""

from dataclasses import replace
from typing import Any

from bot.domain.failures import Severity
from bot.store import SqlStore
from bot.usecases.delivery import Kind, Mode, OutboxItem
from bot.usecases.storage import Transaction
from tests.integration.store.examples import ALICE, BOB, NOW, message

INCIDENT = "incident:binance:7"


def part(mode: Mode, state: str, chat_id: int = ALICE, **facts: Any) -> OutboxItem:
    plain = message(chat_id, kind=Kind.OPERATOR, args={"state": state}, thread=INCIDENT, mode=mode)
    return replace(plain, **facts)


async def waiting(tx: Transaction, now: float = NOW) -> list[OutboxItem]:
    """Everything that would be sent, in order."""
    found: list[OutboxItem] = []
    while due := await tx.outbox.due(now, 1):
        found += due
        await tx.outbox.sent(due[0].id, now, 1)
    return found


def states(items: list[OutboxItem]) -> list[tuple[Mode, str]]:
    return [(item.mode, item.args["state"]) for item in items]


async def test_of_many_edits_the_newest_is_sent(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.goes_on_in(ALICE, INCIDENT, 11, NOW)
        for state in ("3 keys", "40 keys", "all keys"):
            await tx.outbox.add(part(Mode.EDIT, state))
        assert states(await waiting(tx)) == [(Mode.EDIT, "all keys")]


async def test_an_edit_takes_the_place_of_the_message_that_was_not_sent_yet_and_its_loudness(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(part(Mode.SEND, "begins"))
        await tx.outbox.add(part(Mode.EDIT, "goes on", severity=Severity.INFO, silent=True))
        [item] = await waiting(tx)
        assert states([item]) == [(Mode.EDIT, "goes on")]
        assert (item.severity, item.silent) == (Severity.CRITICAL, False)


async def test_an_answer_is_a_message_of_its_own_and_stays(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(part(Mode.EDIT, "over"))
        await tx.outbox.add(part(Mode.REPLY, "it is over"))
        await tx.outbox.add(part(Mode.EDIT, "over, 3 min"))
        assert states(await waiting(tx)) == [(Mode.REPLY, "it is over"), (Mode.EDIT, "over, 3 min")]


async def test_each_chat_and_each_thread_is_by_itself(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(part(Mode.EDIT, "alices"))
        await tx.outbox.add(part(Mode.EDIT, "bobs", BOB))
        await tx.outbox.add(part(Mode.EDIT, "another", thread="incident:okx:8"))
        assert sorted(state for _, state in states(await waiting(tx))) == ["alices", "another", "bobs"]


async def test_an_edit_keeps_its_place_in_the_queue(store: SqlStore) -> None:
    """However often something changes, it comes to the front in the end."""
    async with store.transaction() as tx:
        for number in range(3):
            await tx.outbox.add(message(ALICE, connection_id=f"{number:032x}", severity=Severity.INFO))
            await tx.outbox.add(message(BOB + number, severity=Severity.INFO, args={"state": "bystander"}))
        await tx.outbox.add(part(Mode.EDIT, "first", BOB, severity=Severity.INFO))
        for number in range(10, 20):
            await tx.outbox.add(message(BOB, connection_id=f"{number:032x}", severity=Severity.INFO))
        await tx.outbox.add(part(Mode.EDIT, "second", BOB, severity=Severity.INFO))
        ours = [item.args.get("state", "") for item in await waiting(tx) if item.chat_id == BOB]
        assert ours.index("second") == 1


async def test_an_edit_waits_as_long_as_what_it_replaces_was_told_to(store: SqlStore) -> None:
    async with store.transaction() as tx:
        first = await tx.outbox.add(part(Mode.EDIT, "first"))
        await tx.outbox.later(first, NOW + 30)
        await tx.outbox.add(part(Mode.EDIT, "second", created_at=NOW + 1, not_before=NOW + 1))
        assert await tx.outbox.due(NOW + 29) == []
        [item] = await tx.outbox.due(NOW + 30)
        assert (item.args, item.attempts) == ({"state": "second"}, 1)


async def test_lateness_counts_from_the_first_that_was_replaced(store: SqlStore) -> None:
    async with store.transaction() as tx:
        await tx.outbox.add(part(Mode.SEND, "begins"))
        await tx.outbox.add(part(Mode.EDIT, "goes on", created_at=NOW + 70, not_before=NOW + 70))
        assert await tx.outbox.overdue(Severity.CRITICAL, NOW + 10) == (1, NOW)


async def test_a_thread_knows_its_message_and_forgets_it_when_it_was_long_quiet(store: SqlStore) -> None:
    async with store.transaction() as tx:
        assert await tx.outbox.message_of(ALICE, INCIDENT) is None
        await tx.outbox.goes_on_in(ALICE, INCIDENT, 11, NOW)
        await tx.outbox.goes_on_in(BOB, INCIDENT, 5, NOW)
        await tx.outbox.goes_on_in(ALICE, INCIDENT, 12, NOW + 10)
        assert await tx.outbox.message_of(ALICE, INCIDENT) == 12
        assert await tx.outbox.forget_threads(NOW + 5) == 1
        assert await tx.outbox.message_of(BOB, INCIDENT) is None
        assert await tx.outbox.message_of(ALICE, INCIDENT) == 12


async def test_a_thread_is_taken_back_everywhere_where_it_was_not_heard(store: SqlStore) -> None:
    async with store.transaction() as tx:
        heard = await tx.outbox.add(part(Mode.SEND, "begins"))
        await tx.outbox.sent(heard, NOW, 11)
        await tx.outbox.add(part(Mode.SEND, "begins", BOB))
        kept = await tx.outbox.add(message(BOB))
        assert await tx.outbox.withdraw_thread(INCIDENT) == {BOB}
        assert await tx.outbox.withdraw_thread(INCIDENT) == set()
        assert [item.id for item in await tx.outbox.due(NOW)] == [kept]
