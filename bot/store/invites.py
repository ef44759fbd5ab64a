"""Invitations: used once, for a while, and only by whoever holds the token, of which only a hash is here."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.connection import ConnectionId
from bot.domain.roles import Role
from bot.store.session import AnyRow, Session
from bot.store.tables import invites
from bot.usecases.sharing_storage import Invite

_i = invites.c
_COLUMNS = (
    _i.id,
    _i.connection_id,
    _i.role,
    _i.created_by,
    _i.created_at,
    _i.expires_at,
    _i.for_chat,
    _i.for_name,
    _i.used_at,
    _i.used_by,
    _i.revoked_at,
)
_THIS = _i.id == bindparam("this")
_CAN_BE_USED = _i.used_at.is_(None) & _i.revoked_at.is_(None) & (_i.expires_at > bindparam("now"))
_OF_CONNECTION = _i.connection_id == bindparam("connection")

_ADD = insert(invites)
_BY_TOKEN = select(*_COLUMNS).where(_i.token_hash == bindparam("token"))
_PENDING = select(*_COLUMNS).where(_OF_CONNECTION, _CAN_BE_USED).order_by(_i.created_at, _i.id)
_USE = update(invites).where(_THIS, _CAN_BE_USED)
_REVOKE = update(invites).where(_THIS, _OF_CONNECTION, _CAN_BE_USED)
_FORGET = delete(invites).where(_i.expires_at < bindparam("before"))


class SqlInvites:
    """``Invites`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def add(self, invite: Invite, token_hash: str) -> None:
        """A new one."""
        await self._session.change(
            _ADD,
            {
                "id": invite.id,
                "token_hash": token_hash,
                "connection_id": invite.connection_id,
                "role": invite.role.value,
                "created_by": invite.created_by,
                "created_at": invite.created_at,
                "expires_at": invite.expires_at,
                "for_chat": invite.for_chat,
                "for_name": invite.for_name,
            },
        )

    async def by_token(self, token_hash: str) -> Invite | None:
        """Whatever became of it; None if it is unknown."""
        row = await self._session.row(_BY_TOKEN, {"token": token_hash})
        return None if row is None else _invite_of(row)

    async def pending(self, connection_id: ConnectionId, now: float) -> Sequence[Invite]:
        """Those that can still be accepted, oldest first."""
        rows = await self._session.rows(_PENDING, {"connection": connection_id, "now": now})
        return [_invite_of(row) for row in rows]

    async def use(self, invite_id: str, chat_id: int, now: float) -> bool:
        """Accepted or declined; False if it was used, revoked or expired before."""
        used = {"this": invite_id, "now": now, "used_at": now, "used_by": chat_id}
        return bool(await self._session.change(_USE, used))

    async def revoke(self, connection_id: ConnectionId, invite_id: str, now: float) -> bool:
        """Taken back; False if it could not be used any more anyway."""
        revoked = {"this": invite_id, "connection": connection_id, "now": now, "revoked_at": now}
        return bool(await self._session.change(_REVOKE, revoked))

    async def forget(self, before: float) -> int:
        """Drops those that expired before; their links are then answered as unknown ones."""
        return await self._session.change(_FORGET, {"before": before})


def _invite_of(row: AnyRow) -> Invite:
    invite_id, connection_id, role, *rest = row
    return Invite(invite_id, ConnectionId(connection_id), Role(role), *rest)
