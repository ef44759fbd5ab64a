"""Where each conversation stands, so that a restart does not lose the thread. No secret ever gets here."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.rows import json_text
from bot.store.session import Session
from bot.store.tables import conversations

_c = conversations.c
_THIS = _c.key == bindparam("this")
_NOTHING = "{}"

_LOAD = select(_c.state, _c.data).where(_THIS)
_ADD = insert(conversations)
_CHANGE = update(conversations).where(_THIS)
_DROP_IF_EMPTY = delete(conversations).where(_THIS, _c.state.is_(None), _c.data == _NOTHING)


class SqlConversations:
    """``Conversations`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def load(self, key: str) -> tuple[str | None, Mapping[str, Any]]:
        """State and data; (None, {}) if there is none."""
        row = await self._session.row(_LOAD, {"this": key})
        return (None, {}) if row is None else (row[0], orjson.loads(row[1]))

    async def save_state(self, key: str, state: str | None) -> None:
        """A new state; none, and no data, drop the row."""
        if not await self._session.change(_CHANGE, {"this": key, "state": state}) and state is not None:
            await self._session.change(_ADD, {"key": key, "state": state, "data": _NOTHING})
        if state is None:
            await self._session.change(_DROP_IF_EMPTY, {"this": key})

    async def save_data(self, key: str, data: Mapping[str, Any]) -> None:
        """New data; empty data and no state drop the row."""
        text = json_text(data)
        if not await self._session.change(_CHANGE, {"this": key, "data": text}) and data:
            await self._session.change(_ADD, {"key": key, "state": None, "data": text})
        if not data:
            await self._session.change(_DROP_IF_EMPTY, {"this": key})
