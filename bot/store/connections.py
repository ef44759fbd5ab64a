"""Connections: the cards people see, and the rows the watch reads and writes thousands of times a second."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain.connection import Connection, ConnectionId
from bot.domain.health import Health
from bot.store.rows import (
    CONNECTION_COLUMNS,
    HEALTH_COLUMNS,
    connection_of,
    connection_row,
    credential_row,
    health_of,
    health_row,
    place_of,
    report_text,
)
from bot.store.session import CHUNK, Session
from bot.store.tables import alerts, connections, credentials, outbox
from bot.usecases.ports import SealedCredential, Watched
from bot.usecases.storage import ProbeRecord, Vitals

_c = connections.c
_IN_USE = (credentials.c.connection_id == _c.id) & (credentials.c.revision == _c.revision)
_THIS = _c.id == bindparam("this")
_THESE = _c.id.in_(bindparam("ids", expanding=True))

_CARDS = select(*CONNECTION_COLUMNS).join_from(connections, credentials, _IN_USE)
_ONE = _CARDS.where(_THIS)
_OF_OWNER = _CARDS.where(_c.owner_id == bindparam("owner")).order_by(_c.created_at, _c.id)
_COUNT_OF_OWNER = select(func.count()).select_from(connections).where(_c.owner_id == bindparam("owner"))
_IDS = select(_c.id)
_WATCHED = (
    select(
        _c.id,
        _c.owner_id,
        _c.exchange,
        _c.market,
        _c.environment,
        _c.purpose,
        _c.revision,
        credentials.c.sealed,
        _c.withdrawal_unverified,
    )
    .join_from(connections, credentials, _IN_USE)
    .where(_THESE)
)
_VITALS = select(_c.id, _c.owner_id, _c.revision, _c.previous_revision, _c.incident_id, *HEALTH_COLUMNS).where(_THESE)
_SEALED_IP_LIST = select(_c.sealed_ip_list).where(_THIS)
_SEALED_IP_LISTS = (
    select(_c.id, _c.sealed_ip_list)
    .where(_c.sealed_ip_list.is_not(None), _c.id > bindparam("after"))
    .order_by(_c.id)
    .limit(bindparam("most"))
)

_ADD = insert(connections)
_ADD_CREDENTIAL = insert(credentials)
_CHANGE = update(connections).where(_THIS)
_RECORD = _CHANGE.values(
    # What is not known keeps what was known: one statement serves good probes and bad ones.
    last_probe_at=func.coalesce(bindparam("answered", type_=_c.last_probe_at.type), _c.last_probe_at),
    last_ok_at=func.coalesce(bindparam("good", type_=_c.last_ok_at.type), _c.last_ok_at),
    report=func.coalesce(bindparam("said", type_=_c.report.type), _c.report),
    sealed_ip_list=func.coalesce(bindparam("listed", type_=_c.sealed_ip_list.type), _c.sealed_ip_list),
)
_REMOVE = delete(connections).where(_THIS)
_REMOVE_MESSAGES = delete(outbox).where(outbox.c.connection_id == bindparam("this"))
_LAST_PROBE = select(_c.last_probe_at).where(_THIS)
_CLOSE_ALERTS = (
    update(alerts)
    .where(alerts.c.connection_id == bindparam("this"), alerts.c.closed_at.is_(None))
    .values(closed_at=func.coalesce(bindparam("seen", type_=alerts.c.closed_at.type), alerts.c.opened_at))
)


class SqlConnections:
    """``Connections`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(
        self, connection: Connection, credential: SealedCredential, sealed_ip_list: bytes | None = None
    ) -> None:
        """A new connection with its credential and, boxed, its key's whitelist where the exchange lists it."""
        await self._session.change(_ADD, connection_row(connection) | {"sealed_ip_list": sealed_ip_list})
        await self._session.change(_ADD_CREDENTIAL, credential_row(credential))

    async def get(self, connection_id: ConnectionId) -> Connection | None:
        """One, or None if it is gone."""
        row = await self._session.row(_ONE, {"this": connection_id})
        return None if row is None else connection_of(row)

    async def of_owner(self, owner_id: int) -> Sequence[Connection]:
        """Somebody's connections, oldest first."""
        return [connection_of(row) for row in await self._session.rows(_OF_OWNER, {"owner": owner_id})]

    async def count_of(self, owner_id: int) -> int:
        """How many somebody has."""
        row = await self._session.row(_COUNT_OF_OWNER, {"owner": owner_id})
        assert row is not None
        return int(row[0])

    async def ids(self) -> Sequence[ConnectionId]:
        """All of them, for the watch list."""
        return [ConnectionId(row[0]) for row in await self._session.rows(_IDS)]

    async def watched(self, ids: Iterable[ConnectionId]) -> Sequence[Watched]:
        """What probing these needs; ids that are gone are left out."""
        return [
            Watched(
                ConnectionId(connection_id),
                owner_id,
                place_of(exchange, market, environment),
                purpose,
                revision,
                sealed,
                vouched,
            )
            for some in _chunks(ids)
            for (
                connection_id,
                owner_id,
                exchange,
                market,
                environment,
                purpose,
                revision,
                sealed,
                vouched,
            ) in await self._session.rows(_WATCHED, {"ids": some})
        ]

    async def vitals(self, ids: Iterable[ConnectionId]) -> Mapping[ConnectionId, Vitals]:
        """What judging these needs; ids that are gone are left out."""
        return {
            ConnectionId(connection_id): Vitals(
                ConnectionId(connection_id),
                owner_id,
                revision,
                health_of(health),
                rotating=previous_revision is not None,
                incident_id=incident_id,
            )
            for some in _chunks(ids)
            for connection_id, owner_id, revision, previous_revision, incident_id, *health in await self._session.rows(
                _VITALS, {"ids": some}
            )
        }

    async def record(self, records: Sequence[ProbeRecord]) -> None:
        """What many probes left behind. A connection removed meanwhile is passed over."""
        if records:
            await self._session.change(_RECORD, [_record_row(record) for record in records])

    async def save_health(self, connection_id: ConnectionId, health: Health) -> None:
        """After a person's pause or resume."""
        await self._session.change(_CHANGE, {"this": connection_id, **health_row(health)})

    async def rename(self, connection_id: ConnectionId, label: str) -> None:
        """A new label, already cleaned."""
        await self._session.change(_CHANGE, {"this": connection_id, "label": label})

    async def remove(self, connection_id: ConnectionId) -> bool:
        """Row, ciphertext, flips, mutes, messages: everything. False if it was gone already.

        Messages that were sent go too: their facts name the label and the key's tail. Alerts stay, closed at the last
        probe, which is the last time that anybody saw the trouble.
        """
        this = {"this": connection_id}
        row = await self._session.row(_LAST_PROBE, this)
        if row is None:
            return False
        await self._session.change(_CLOSE_ALERTS, this | {"seen": row[0]})
        await self._session.change(_REMOVE_MESSAGES, this)
        await self._session.change(_REMOVE, this)  # credentials, flips and mutes go with it, by their foreign keys
        return True

    async def sealed_ip_list(self, connection_id: ConnectionId) -> bytes | None:
        """The boxed whitelist, where the exchange lists it."""
        row = await self._session.row(_SEALED_IP_LIST, {"this": connection_id})
        return None if row is None else row[0]

    async def sealed_ip_lists(self, after: ConnectionId | None, limit: int) -> Sequence[tuple[ConnectionId, bytes]]:
        """Boxed whitelists in the order of ids, those after one: page by page, for resealing."""
        rows = await self._session.rows(_SEALED_IP_LISTS, {"after": after or "", "most": limit})
        return [(ConnectionId(connection_id), sealed) for connection_id, sealed in rows]

    async def save_ip_list(self, connection_id: ConnectionId, sealed: bytes) -> None:
        """The same whitelist, boxed anew."""
        await self._session.change(_CHANGE, {"this": connection_id, "sealed_ip_list": sealed})


def _record_row(record: ProbeRecord) -> dict[str, Any]:
    row = health_row(record.health)
    row["this"] = record.id
    row["latency"] = record.latency
    row["answered"] = record.answered_at
    row["good"] = record.answered_at if record.ok else None
    row["said"] = None if record.report is None else report_text(record.report)
    row["listed"] = record.sealed_ip_list
    return row


def _chunks(ids: Iterable[ConnectionId]) -> Iterator[list[ConnectionId]]:
    rest = iter(ids)
    while some := list(islice(rest, CHUNK)):
        yield some
