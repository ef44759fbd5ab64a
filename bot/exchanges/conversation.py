"""A conversation with one exchange about one key: signed questions, judged answers.

It lives for one check. Adapters speak to exchanges through it and through nothing else.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import orjson

from bot.domain.connection import Credential, Place
from bot.domain.failures import ExchangeTrouble, Failure, Trouble
from bot.exchanges.accounts import Accounts
from bot.exchanges.adapter import Adapter, Endpoint
from bot.exchanges.client import ExchangeClient, Signed
from bot.exchanges.failures import trouble_of
from bot.exchanges.http import Answer, HttpSession, NoAnswer, date_ms
from bot.exchanges.memory import Memory, Recollection
from bot.exchanges.pace import Pace
from bot.usecases.ports import Clock

UNREADABLE: Final = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="unreadable answer")
"""A good status over something that is no JSON: cut off, or a page of somebody in between."""

_OK: Final = 200
_COMPARED: Final = 60.0
"""Seconds for which a comparison of clocks holds: a dead key must not ask for the time at each of its checks."""
_IN_STEP: Final = 1000
"""Milliseconds that two clocks may differ by, when it is measured over a network, and still not be the trouble."""
_TELLING: Final = 8
"""Characters of a key that tell it from another one of the same account."""


@dataclass(frozen=True, slots=True)
class Line:
    """All that the conversations about one place have in common."""

    place: Place
    adapter: Adapter
    client: ExchangeClient
    http: HttpSession
    pace: Pace
    clock: Clock
    memory: Memory
    accounts: Accounts


class Conversation:
    """Asks on behalf of one key.

    Attributes:
        place: where the key is used.
        held_back: True while a question waits for our own budget, or for its turn.
    """

    __slots__ = ("_credential", "_line", "held_back", "place")

    def __init__(self, line: Line, credential: Credential) -> None:
        self.place = line.place
        self.held_back = False
        self._line = line
        self._credential = credential

    async def ask(self, endpoint: Endpoint) -> Any:
        """The parsed body of a good answer.

        Raises:
            ExchangeTrouble: for any other.
        """
        data, trouble = await self.attempt(endpoint)
        if trouble is not None:
            raise ExchangeTrouble(trouble)
        return data

    async def attempt(self, endpoint: Endpoint) -> tuple[Any, Trouble | None]:
        """As ``ask``, for where a refusal is an answer too.

        A timestamp that the exchange rejects, or may have rejected, is corrected once from its own clock, and the
        question repeated.

        Raises:
            ExchangeTrouble: ``malformed_credential``.
        """
        signed = await self._sign(endpoint, self._credential)
        if isinstance(signed, Trouble):
            return None, signed
        data, trouble = await self._send(endpoint, signed)
        if trouble is None or not await self._was_clock(trouble, signed.offset_ms):
            return data, trouble
        signed = await self._sign(endpoint, self._credential)
        return (None, signed) if isinstance(signed, Trouble) else await self._send(endpoint, signed)

    async def ask_as_anybody(self, endpoint: Endpoint) -> Any:
        """The parsed body of a good answer to a question that is not signed.

        Raises:
            ExchangeTrouble: for any other.
        """
        signed = await self._sign(endpoint, None)
        data, trouble = (None, signed) if isinstance(signed, Trouble) else await self._send(endpoint, signed)
        if trouble is not None:
            raise ExchangeTrouble(trouble)
        return data

    def now(self) -> float:
        """Epoch seconds by our clock, for what an exchange states in days."""
        return self._line.clock.now()

    def shows_own_key(self, shown: str) -> bool:
        """Whether a key, as the exchange shows it in a list, is the one we ask with.

        Stars may stand for its middle or its end; at least eight characters must be there to compare.
        """
        head, stars, _ = shown.partition("*")
        tail = shown.rpartition("*")[2] if stars else ""
        own = self._credential.api_key
        if not stars:
            return shown == own
        return len(head) + len(tail) >= _TELLING and own.startswith(head) and own.endswith(tail)

    @property
    def credential(self) -> Credential:
        """For adapters of exchanges that know a key by what follows from it; of the secret nothing may be asked."""
        return self._credential

    def recall(self) -> Recollection | None:
        """What an earlier conversation about this key found."""
        return self._line.memory.recall(self._credential)

    def remember(self, found: Any) -> None:
        """Keeps, for later conversations about this key, what was found of it, or the trouble that it ended in."""
        self._line.memory.keep(self._credential, found)

    def spent_with(self, *endpoints: Endpoint) -> float:
        """Which part of what our address spends in the long run would be spent with these questions, of one bucket.

        For questions that need not be asked now: 0.2 leaves four fifths to whoever has to ask.
        """
        return self._line.pace.spent(endpoints[0].bucket, sum(endpoint.weight for endpoint in endpoints))

    @property
    def accounts(self) -> Accounts:
        """What keys of the same account found out for each other."""
        return self._line.accounts

    @asynccontextmanager
    async def first_look(self) -> AsyncIterator[None]:
        """Around a question about an account that is not known yet: few such are asked at the same time."""
        self.held_back = True
        async with self._line.accounts.first_looks:
            self.held_back = False
            yield

    async def clock_error(self) -> float:
        """Seconds that our clock is behind the exchange's; negative if it is ahead. From now on it is allowed for.

        Raises:
            ExchangeTrouble: if the exchange does not tell the time.
        """
        offset, trouble = await self._measure_clock()
        if trouble is not None:
            raise ExchangeTrouble(trouble)
        self._line.client.offset_ms = offset
        self._line.client.compared_at = self._line.clock.monotonic()
        return offset / 1000

    async def _was_clock(self, trouble: Trouble, stale_offset: int) -> bool:
        """Whether our clock was the trouble, or may have been, and is allowed for now."""
        if trouble.failure is Failure.CLOCK_SKEW:
            return await self._correct_clock(stale_offset, suspected=False)
        if trouble.code in self._line.adapter.DIALECT.may_be_clock:
            return await self._correct_clock(stale_offset, suspected=True)
        return False

    async def _correct_clock(self, stale_offset: int, *, suspected: bool) -> bool:
        """Whether it was corrected. One only suspected is compared once a minute, and corrected if it is off."""
        client = self._line.client
        async with client.correcting:
            if client.offset_ms != stale_offset:
                return True  # another check was quicker
            now = self._line.clock.monotonic()
            if suspected and client.compared_at is not None and now - client.compared_at < _COMPARED:
                return False
            offset, trouble = await self._measure_clock()
            if trouble is not None:
                return False
            client.compared_at = now
            if suspected and abs(offset - stale_offset) < _IN_STEP:
                return False
            client.offset_ms = offset
            return True

    async def _measure_clock(self) -> tuple[int, Trouble | None]:
        clock = self._line.adapter.DIALECT.clocks[self.place.market]
        signed = await self._sign(clock, None)
        if isinstance(signed, Trouble):
            return 0, signed
        sent = self._line.clock.now()
        answer, data, trouble = await self._hear(clock, signed)
        if trouble is not None:
            return 0, trouble
        middle = (sent + self._line.clock.now()) / 2
        read_time = self._line.adapter.DIALECT.read_time
        told = read_time(data) if read_time is not None else date_ms(answer)
        return (0, UNREADABLE) if told is None else (told - int(middle * 1000), None)

    async def _sign(self, endpoint: Endpoint, credential: Credential | None) -> Signed | Trouble:
        """Signs last: a timestamp must not grow old in our own queue. What comes back signed has to be sent."""
        away = self._line.pace.away()
        if away is not None:
            return away
        self.held_back = True
        await self._line.pace.admit(endpoint.bucket, endpoint.weight)
        self.held_back = False
        try:
            away = self._line.pace.away()  # somebody who went before us may have been told to stay away meanwhile
            signed = away or self._line.client.sign(endpoint, credential)
        except BaseException:
            self._line.pace.answered(endpoint.bucket, endpoint.weight)
            raise
        if isinstance(signed, Trouble):
            self._line.pace.answered(endpoint.bucket, endpoint.weight)
        return signed

    async def _send(self, endpoint: Endpoint, signed: Signed) -> tuple[Any, Trouble | None]:
        _, data, trouble = await self._hear(endpoint, signed)
        return data, trouble

    async def _hear(self, endpoint: Endpoint, signed: Signed) -> tuple[Answer | None, Any, Trouble | None]:
        """As ``_send``, with the answer as it came."""
        try:
            answer = await self._line.http.send(signed.method, signed.url, signed.headers, signed.body)
        finally:
            self._line.pace.answered(endpoint.bucket, endpoint.weight)
        if isinstance(answer, NoAnswer):
            return None, None, Trouble(Failure.EXCHANGE_UNAVAILABLE, code=answer.way.value)
        data = _parse(answer.body)
        trouble = self._judge(signed, answer, data)
        if trouble is not None and trouble.code not in self._line.adapter.DIALECT.limits_of_one_key:
            self._line.pace.heed(trouble)
        return answer, data, trouble

    def _judge(self, signed: Signed, answer: Answer, data: Any) -> Trouble | None:
        dialect = self._line.adapter.DIALECT
        refusal = dialect.read_refusal(data)
        if answer.status == _OK and refusal is None:
            return UNREADABLE if data is None else None
        return trouble_of(
            answer,
            refusal,
            dialect=dialect,
            ccxt_names=self._line.client.error_names(signed, answer, data),
            credential=self._credential,
            now=self._line.clock.now(),
        )


def _parse(body: bytes) -> Any:
    """The JSON in a body; None if there is none."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
