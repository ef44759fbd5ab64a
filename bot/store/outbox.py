"""Messages that must arrive: written in the commit that made them news, sent later, in an order that is kept per chat.

The place in the queue is ``(lane, round, id)``:

- **lane**: critical messages have one, all others another. When a critical one comes, what waits before it about the
  same subject joins its lane: it must not be overtaken, and must not hold up either.
- **round**: a chat's messages take one round each, from the round that is being served on. So a chat to which a
  thousand messages go keeps nobody else waiting.
- **id**: what came first goes first.

``subject`` is what an order is kept about: the connection, else the thread, else the kind.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, exists, func, insert, select, union_all, update

from bot.domain.connection import ConnectionId
from bot.domain.failures import Severity
from bot.store.rows import json_text
from bot.store.session import CHUNK, AnyRow, Session
from bot.store.tables import outbox, threads
from bot.usecases.delivery import Kind, Mode, OutboxItem

CRITICAL_LANE, OTHER_LANE = 0, 1
_LOUDEST_FIRST = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)
_SPARE = 4
"""Rows looked at for each one wanted: a chat may stand there several times, and gets one."""

_o = outbox.c
_earlier = outbox.alias("earlier")
_COLUMNS = (
    _o.id,
    _o.chat_id,
    _o.kind,
    _o.args,
    _o.created_at,
    _o.not_before,
    _o.attempts,
    _o.alert_id,
    _o.connection_id,
    _o.silent,
    _o.severity,
    _o.thread,
    _o.mode,
)
_UNSENT = _o.finished_at.is_(None)
_IS_DUE = _o.not_before <= bindparam("now")
_THIS = _o.id == bindparam("this")
_NEWS = (_o.connection_id == bindparam("connection")) & (_o.chat_id == bindparam("chat")) & _UNSENT
_SUBJECT = (_o.chat_id == bindparam("chat")) & (_o.subject == bindparam("about")) & _UNSENT

# An item that was tried holds back what came after it; one that never was waits by a mute, and holds back nobody.
_HELD_BACK = exists().where(
    _earlier.c.chat_id == _o.chat_id,
    _earlier.c.subject == _o.subject,
    _earlier.c.id < _o.id,
    _earlier.c.finished_at.is_(None),
    (_earlier.c.attempts > 0) | (_earlier.c.not_before <= bindparam("now")),
)
_DUE = (
    select(*_COLUMNS)
    .where(_UNSENT, _IS_DUE, _o.chat_id.not_in(bindparam("closed", expanding=True)), ~_HELD_BACK)
    .order_by(_o.lane, _o.round, _o.id)
    .limit(bindparam("most"))
)
_DEPTH = select(func.count()).select_from(outbox).where(_UNSENT)
_OLDEST = union_all(
    *(
        select(func.min(_o.due_at)).where(_UNSENT, _o.severity == severity.value, _o.due_at <= bindparam("now"))
        for severity in _LOUDEST_FIRST
    )
)
_OVERDUE = select(func.count(), func.min(_o.due_at)).where(
    _UNSENT, _o.severity == bindparam("loud"), _o.due_at < bindparam("before")
)
_SERVED_ROUND = select(func.min(_o.round)).where(_UNSENT, _o.lane == bindparam("in_lane"))
_LAST_ROUNDS = (
    select(_o.chat_id, func.max(_o.round))
    .where(_UNSENT, _o.lane == bindparam("in_lane"), _o.chat_id.in_(bindparam("chats", expanding=True)))
    .group_by(_o.chat_id)
)
_REPLACED = select(_o.id, _o.severity, _o.silent, _o.due_at, _o.attempts, _o.not_before, _o.lane, _o.round).where(
    _SUBJECT, _o.thread == bindparam("of_thread"), _o.mode != Mode.REPLY.value
)

_ADD = insert(outbox)
_FINISH = update(outbox).where(_THIS)
_LATER = update(outbox).where(_THIS, _UNSENT).values(attempts=_o.attempts + 1)
_RAISE = update(outbox).where(_SUBJECT, _o.lane > bindparam("to_lane")).values(lane=bindparam("to_lane"))
_DROP = delete(outbox).where(_o.id.in_(bindparam("these", expanding=True)))
_WITHDRAW = delete(outbox).where(_NEWS, _o.kind == bindparam("of_kind"))
_IN_THREAD = (_o.thread == bindparam("of_thread")) & _UNSENT
_CHATS_OF_THREAD = select(_o.chat_id).where(_IN_THREAD)
_WITHDRAW_THREAD = delete(outbox).where(_IN_THREAD)
_FORGET = delete(outbox).where(_o.finished_at < bindparam("before"))

_t = threads.c
_OF_THREAD = (_t.chat_id == bindparam("chat")) & (_t.thread == bindparam("of_thread"))
_MESSAGE_OF = select(_t.message_id).where(_OF_THREAD)
_GO_ON = update(threads).where(_OF_THREAD)
_BEGIN = insert(threads)
_FORGET_THREADS = delete(threads).where(_t.used_at < bindparam("before"))


class SqlOutbox:
    """``Outbox`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, item: OutboxItem) -> int:
        """Returns its id; ``item.id`` is ignored."""
        due_at, kept_round = max(item.created_at, item.not_before), None
        if item.mode is Mode.EDIT and item.thread is not None:
            item, due_at, kept_round = await self._in_place_of_what_waits(item, due_at)
        lane = _lane_of(item)
        if kept_round is None:
            kept_round = (await self._rounds(lane, [item.chat_id]))[item.chat_id]
        if lane == CRITICAL_LANE:
            about = {"chat": item.chat_id, "about": _subject_of(item)}
            await self._session.change(_RAISE, about | {"to_lane": lane, "round": kept_round})
        return await self._session.insert(_ADD, _row_of(item, lane, kept_round, due_at))

    async def add_all(self, items: Sequence[OutboxItem]) -> None:
        """Many messages by themselves, at most one to each chat. Cheaper than ``add`` for each."""
        for lane in (CRITICAL_LANE, OTHER_LANE):
            here = [item for item in items if _lane_of(item) == lane]
            if here:
                rounds = await self._rounds(lane, [item.chat_id for item in here])
                rows = [
                    _row_of(item, lane, rounds[item.chat_id], max(item.created_at, item.not_before)) for item in here
                ]
                await self._session.change(_ADD, rows)

    async def due(self, now: float, limit: int = 100, closed: Collection[int] = ()) -> Sequence[OutboxItem]:
        """What is to be sent next: at most one item of each chat, and none of ``closed`` chats. Critical ones first.

        Never one before which something waits in its chat about the same connection (or thread, or of the same kind if
        about neither), unless that is held by a mute and was never tried.
        """
        rows = await self._session.rows(_DUE, {"now": now, "closed": list(closed), "most": limit * _SPARE})
        first: dict[int, OutboxItem] = {}
        for row in rows:
            if row.chat_id not in first and len(first) < limit:
                first[row.chat_id] = _item_of(row)
        return list(first.values())

    async def sent(self, item_id: int, at: float, message_id: int | None) -> None:
        """It arrived. What it said is dropped: nobody reads it again, and it names labels and tails."""
        await self._session.change(
            _FINISH, {"this": item_id, "finished_at": at, "message_id": message_id, "args": "{}"}
        )

    async def later(self, item_id: int, not_before: float) -> None:
        """One more attempt used; try again then."""
        await self._session.change(_LATER, {"this": item_id, "not_before": not_before})

    async def give_up(self, item_id: int, at: float, reason: str) -> None:
        """It never will arrive; kept for the operators."""
        await self._session.change(_FINISH, {"this": item_id, "finished_at": at, "given_up": reason})

    async def withdraw(self, connection_id: ConnectionId, chat_id: int, kind: str) -> int:
        """Takes back unsent items that are no longer true; returns how many."""
        return await self._session.change(_WITHDRAW, {"connection": connection_id, "chat": chat_id, "of_kind": kind})

    async def withdraw_thread(self, thread: str) -> frozenset[int]:
        """Takes back what waits unsent in a thread, everywhere; returns the chats in which something did."""
        rows = await self._session.rows(_CHATS_OF_THREAD, {"of_thread": thread})
        if rows:
            await self._session.change(_WITHDRAW_THREAD, {"of_thread": thread})
        return frozenset(chat_id for (chat_id,) in rows)

    async def waiting(self, now: float) -> tuple[int, float]:
        """How many wait, and for how many seconds the one that was due first has been."""
        depth = await self._session.row(_DEPTH)
        assert depth is not None
        since = [row[0] for row in await self._session.rows(_OLDEST, {"now": now}) if row[0] is not None]
        return depth[0], now - min(since) if since else 0.0

    async def overdue(self, severity: Severity, due_before: float) -> tuple[int, float]:
        """How many of this severity wait though they were due before, and when the oldest was due (0 if none)."""
        row = await self._session.row(_OVERDUE, {"loud": severity.value, "before": due_before})
        assert row is not None
        return row[0], row[1] or 0.0

    async def forget(self, before: float) -> int:
        """Drops sent and given-up rows older than this."""
        return await self._session.change(_FORGET, {"before": before})

    # -------------------------------------------------------------------------------------------------------- threads

    async def message_of(self, chat_id: int, thread: str) -> int | None:
        """The message in which a thread goes on in this chat; None before it has arrived."""
        row = await self._session.row(_MESSAGE_OF, {"chat": chat_id, "of_thread": thread})
        return None if row is None else row[0]

    async def goes_on_in(self, chat_id: int, thread: str, message_id: int, at: float) -> None:
        """From now on the thread is this message."""
        there = {"chat": chat_id, "of_thread": thread}
        told = {"message_id": message_id, "used_at": at}
        if not await self._session.change(_GO_ON, there | told):
            await self._session.change(_BEGIN, {"chat_id": chat_id, "thread": thread} | told)

    async def forget_threads(self, unused_since: float) -> int:
        """Drops the threads that nothing was said in since; a later edit would be a new message."""
        return await self._session.change(_FORGET_THREADS, {"before": unused_since})

    # ------------------------------------------------------------------------------------------------------- the queue

    async def _rounds(self, lane: int, chats: Sequence[int]) -> dict[int, int]:
        """The round in which each chat's next message in this lane is."""
        row = await self._session.row(_SERVED_ROUND, {"in_lane": lane})
        served = row[0] if row is not None and row[0] is not None else 0
        rounds = dict.fromkeys(chats, served)
        for start in range(0, len(chats), CHUNK):
            wanted = {"in_lane": lane, "chats": chats[start : start + CHUNK]}
            for chat_id, last in await self._session.rows(_LAST_ROUNDS, wanted):
                rounds[chat_id] = max(served, last + 1)
        return rounds

    async def _in_place_of_what_waits(self, item: OutboxItem, due_at: float) -> tuple[OutboxItem, float, int | None]:
        """The edit as it is to be written, since when it is due, and its round: those of what it replaces.

        What is being sent at this moment may be among that. Then it arrives, is remembered as the thread's message, and
        is edited.
        """
        here = {"chat": item.chat_id, "about": _subject_of(item), "of_thread": item.thread}
        waiting = await self._session.rows(_REPLACED, here)
        if not waiting:
            return item, due_at, None
        await self._session.change(_DROP, {"these": [row.id for row in waiting]})
        tried = [row.not_before for row in waiting if row.attempts]
        loudest = min((item.severity, *(Severity(row.severity) for row in waiting)), key=_LOUDEST_FIRST.index)
        item = replace(
            item,
            severity=loudest,
            silent=item.silent and all(row.silent for row in waiting),
            attempts=max(row.attempts for row in waiting),
            # What it replaces would have gone out by then: many changes in a row put nothing off.
            not_before=max([min(item.not_before, *(row.not_before for row in waiting)), *tried]),
        )
        rounds = [row.round for row in waiting if row.lane == _lane_of(item)]
        return item, min(due_at, *(row.due_at for row in waiting)), min(rounds, default=None)


def _lane_of(item: OutboxItem) -> int:
    return CRITICAL_LANE if item.severity is Severity.CRITICAL else OTHER_LANE


def _subject_of(item: OutboxItem) -> str:
    return item.connection_id or item.thread or item.kind.value


def _row_of(item: OutboxItem, lane: int, in_round: int, due_at: float) -> Mapping[str, Any]:
    return {
        "chat_id": item.chat_id,
        "kind": item.kind,
        "args": json_text(item.args),
        "created_at": item.created_at,
        "not_before": item.not_before,
        "attempts": item.attempts,
        "alert_id": item.alert_id,
        "connection_id": item.connection_id,
        "silent": item.silent,
        "severity": item.severity,
        "thread": item.thread,
        "mode": item.mode,
        "subject": _subject_of(item),
        "lane": lane,
        "round": in_round,
        "due_at": due_at,
    }


def _item_of(row: AnyRow) -> OutboxItem:
    (item_id, chat_id, kind, args, created_at, not_before, attempts, alert_id, connection_id, silent, loud) = row[:11]
    return OutboxItem(
        item_id,
        chat_id,
        Kind(kind),
        orjson.loads(args),
        created_at,
        not_before,
        attempts,
        alert_id,
        None if connection_id is None else ConnectionId(connection_id),
        silent,
        Severity(loud),
        row.thread,
        Mode(row.mode),
    )
