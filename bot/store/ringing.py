"""Alerts that are told by themselves until somebody acknowledges them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update

from bot.domain.connection import ConnectionId
from bot.store.alerts import ALERT_COLUMNS, alert_of
from bot.store.session import Session
from bot.store.tables import alerts
from bot.usecases.control_storage import Rung

_a = alerts.c
_THIS = _a.id == bindparam("wanted")
_IS_OPEN = (_a.connection_id == bindparam("this")) & _a.closed_at.is_(None)

_DUE = select(_a.rings, *ALERT_COLUMNS).where(_a.rings_at <= bindparam("now")).order_by(_a.rings_at)
_DUE_PAGE = _DUE.limit(bindparam("most"))
_WAITING = (
    select(_a.chat_id, _a.rings_at)
    .where(_IS_OPEN, _a.waits.is_(True), _a.rings_at.is_not(None))
    .order_by(_a.rings_at, _a.chat_id)
)
_START = update(alerts).where(_THIS).values(acked_at=None, acked_by=None, acked_here=False, rings=0, waits=False)
_WAIT = update(alerts).where(_THIS).values(acked_at=None, acked_by=None, acked_here=False, rings=0, waits=True)
_RANG = update(alerts).where(_THIS).values(rings=_a.rings + 1)
_CHANGE = update(alerts).where(_THIS)
_SOONER = update(alerts).where(_a.chat_id == bindparam("chat"), _a.rings_at > bindparam("latest"), _a.waits.is_(False))
_SOONER_OF_ONE = _SOONER.where(_a.connection_id == bindparam("this"))
_ACKNOWLEDGE = update(alerts).where(_IS_OPEN).values(rings_at=None, acked_here=_a.chat_id == bindparam("here"))
_ACKNOWLEDGE_HERE = _ACKNOWLEDGE.where(_a.chat_id == bindparam("chat"))


class SqlRinging:
    """``Ringing`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def due(self, now: float, limit: int) -> Sequence[Rung]:
        """Those whose time has come, the longest waiting first."""
        rows = await self._session.rows(_DUE_PAGE, {"now": now, "most": limit})
        return [Rung(alert_of(row[1:]), row[0]) for row in rows]

    async def waiting(self, connection_id: ConnectionId) -> Sequence[tuple[int, float]]:
        """The chats that hear of its alert when nobody acknowledges it in time, and when that is, soonest first."""
        return [(row[0], row[1]) for row in await self._session.rows(_WAITING, {"this": connection_id})]

    async def start(self, alert_id: str, failure: str, at: float | None) -> None:
        """It was told, of this failure, and rings at this time, if ever; an acknowledgement of before is void."""
        await self._session.change(_START, {"wanted": alert_id, "failure": failure, "rings_at": at})

    async def wait(self, alert_id: str, failure: str, at: float) -> None:
        """It is to be told in its chat for the first time then."""
        await self._session.change(_WAIT, {"wanted": alert_id, "failure": failure, "rings_at": at})

    async def rang(self, alert_id: str, at: float) -> None:
        """It was told once more; the next time is then."""
        await self._session.change(_RANG, {"wanted": alert_id, "rings_at": at})

    async def put_off(self, alert_id: str, at: float) -> None:
        """Not now: then."""
        await self._session.change(_CHANGE, {"wanted": alert_id, "rings_at": at})

    async def stop(self, alert_id: str) -> None:
        """Never again by itself."""
        await self._session.change(_CHANGE, {"wanted": alert_id, "rings_at": None})

    async def sooner(self, chat_id: int, at: float, connection_id: ConnectionId | None = None) -> None:
        """What rings in this chat, perhaps of one connection only, does so then at the latest."""
        latest = {"chat": chat_id, "latest": at, "rings_at": at}
        if connection_id is None:
            await self._session.change(_SOONER, latest)
        else:
            await self._session.change(_SOONER_OF_ONE, latest | {"this": connection_id})

    async def acknowledge(
        self, connection_id: ConnectionId, chat_id: int | None, at: float, by: int, *, here: int | None = None
    ) -> None:
        """Open alerts of a connection ring no more, in one chat or, for None, in all; ``here`` is where it was said."""
        acked = {"this": connection_id, "acked_at": at, "acked_by": by, "here": here or 0}
        if chat_id is None:
            await self._session.change(_ACKNOWLEDGE, acked)
        else:
            await self._session.change(_ACKNOWLEDGE_HERE, acked | {"chat": chat_id})
