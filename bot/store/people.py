"""Who talked to the bot."""

from sqlalchemy import bindparam, insert, select, update

from bot.store.session import Session
from bot.store.tables import people
from bot.usecases.ports import Person

_p = people.c
_THIS = _p.id == bindparam("this")

_GET = select(_p.id, _p.name, _p.telegram_language, _p.language, _p.reachable).where(_THIS)
_ADD = insert(people)
_CHANGE = update(people).where(_THIS)


class SqlPeople:
    """``People`` in SQL."""

    __slots__ = ("_session",)

    def __init__(self, session: Session) -> None:
        self._session = session

    async def get(self, person_id: int) -> Person | None:
        """One, or None."""
        row = await self._session.row(_GET, {"this": person_id})
        return None if row is None else Person(*row)

    async def seen(self, person_id: int, name: str, telegram_language: str | None) -> Person:
        """Remembers them (and that they are reachable); a language chosen by hand stays.

        Nothing is written for somebody who is known as they are: this runs at every message.
        """
        known = await self.get(person_id)
        language = None if known is None else known.language
        person = Person(person_id, name, telegram_language, language)
        facts = {"name": name, "telegram_language": telegram_language, "reachable": True}
        if known is None:
            await self._session.change(_ADD, {"id": person_id, **facts})
        elif known != person:
            await self._session.change(_CHANGE, {"this": person_id, **facts})
        return person

    async def choose_language(self, person_id: int, language: str | None) -> None:
        """By hand; None follows Telegram again."""
        await self._session.change(_CHANGE, {"this": person_id, "language": language})

    async def unreachable(self, person_id: int) -> None:
        """Their chat is gone."""
        await self._session.change(_CHANGE, {"this": person_id, "reachable": False})
