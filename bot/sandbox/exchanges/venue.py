"""What every simulated exchange has around its own judgement: a door, books, faults, a budget and a log.

An exchange says in ``Rules`` what its keys look like and how it words the troubles all exchanges have, and gives a
function that judges one request. The rest is here once: it serves, notes each call, and keeps apart whatever would have
changed something.

The exchange lives in real time, shifted by ``faults.clock_skew``: clients stamp requests with the machine's clock, and
a test that moves the sandbox clock on by two days must not make every signature stale. Weight, expiry and the log go by
sandbox time.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Final, NamedTuple, Protocol

from aiohttp import web

from bot.sandbox.exchanges.account import Account, Accounts, KeyStyle
from bot.sandbox.exchanges.announcements import Announcements
from bot.sandbox.exchanges.faults import JSON, Faults, Wording
from bot.sandbox.exchanges.panel import apply_control, panel_of
from bot.sandbox.exchanges.simulator import Call, Clock, Events
from bot.sandbox.exchanges.weight import Weight

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LOG_LENGTH: Final = 10_000


class Request(NamedTuple):
    """A request byte for byte as it came: a signature covers what was sent, not what a parser makes of it."""

    method: str
    path: str
    query: str
    body: str
    headers: Mapping[str, str]


class Refused(Exception):  # noqa: N818 - an answer of the exchange, not a fault of the program
    """The exchange answers something else than was asked for."""

    def __init__(self, status: int, body: bytes, content_type: str = JSON) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.content_type = content_type


@dataclass(frozen=True, slots=True)
class Rules:
    """One exchange, as data.

    Attributes:
        id: its ccxt id.
        title: its name, for the page.
        key_style: how its keys look, and their switches.
        wording: how it says what every exchange has to say some day.
        weight_a_minute: what one IP address may spend, by bucket.
        announces_of: the environments of which it announces maintenance; none where it does not do that.
        counted_in: the seconds in which the exchange counts it, by bucket; a minute where none are named.
        paths: the methods and paths it knows; anything else that is not GET counts as an attempt to change something.
        api_key_of: the API key in a request's headers or query; empty if there is none.
        api_key_in: the API key in a body, for who sends it there; asked if neither headers nor query have one.
    """

    id: str
    title: str
    key_style: KeyStyle
    wording: Wording
    weight_a_minute: Mapping[str, int]
    paths: frozenset[tuple[str, str]]
    api_key_of: Callable[[Mapping[str, str], str], str]
    api_key_in: Callable[[str], str] = lambda _body: ""
    counted_in: Mapping[str, int] = field(default_factory=dict)
    announces_of: tuple[str, ...] = ()


class Judge(Protocol):
    """How an exchange judges a request."""

    def __call__(self, request: Request, headers: dict[str, str]) -> bytes:
        """The JSON of a good answer; may add to the answer's headers. Raises ``Refused`` with any other answer."""
        ...


class Venue:
    """A simulated exchange. ``app`` answers; tests and the page move the rest.

    Attributes:
        app: serve it with ``simulator.serving``, which fills in ``origin``.
        accounts: the keys that were given out.
        faults: what goes wrong between a client and the exchange.
        announcements: the maintenance that it has announced.
        calls: the newest 10,000 requests, as they were answered.
        mutations: every request that would have placed or cancelled an order, moved funds or changed a key at the real
            exchange. Nothing here ever does; tests expect it to be empty.
        caller_ip: the address all requests seem to come from: IP lists and weight go by it.
    """

    def __init__(
        self,
        rules: Rules,
        judge: Judge,
        clock: Clock,
        events: Events,
        *,
        seed: int = 1,
        real_time: Callable[[], float] = time.time,
    ) -> None:
        self.rules = rules
        self.clock = clock
        self.origin = ""
        self.caller_ip = "127.0.0.1"
        self.calls: deque[Call] = deque(maxlen=_LOG_LENGTH)
        self.mutations: list[Call] = []
        self._judge = judge
        self._events = events
        self._real_time = real_time
        self.faults = Faults(rules.wording, seed=seed, on_change=self._tell)
        self.accounts = Accounts(style=rules.key_style, seed=seed, now=clock.now, on_change=self._tell)
        self.announcements = Announcements(rules.announces_of, self.now_ms, self._tell)
        self.limits = Weight(rules.weight_a_minute, clock.now, rules.counted_in)
        self.app = web.Application()
        # One route for everything: the exchange's table is the router, and a path it lacks is its 404, not aiohttp's.
        self.app.router.add_route("*", "/{path:.*}", self._serve)
        self.app.on_shutdown.append(self._let_go)

    # ----------------------------------------------------------------------------------------------- tests and the page

    def account(
        self,
        name: str,
        environment: str | None = None,
        api_key: str | None = None,
        secret: str | None = None,
        passphrase: str | None = None,
    ) -> Account:
        """Makes an account, live unless said otherwise, whose key may read and trade; or returns the one of that name.

        Raises:
            ValueError: when the name is taken by an account of another environment or with another credential.
        """
        return self.accounts.open(name, environment=environment, api_key=api_key, secret=secret, passphrase=passphrase)

    @property
    def enforce_limits(self) -> bool:
        """Whether too much weight is refused and in the end punished; it is counted either way."""
        return self.limits.enforced

    @enforce_limits.setter
    def enforce_limits(self, on: bool) -> None:
        self.limits.enforced = on

    @property
    def weight(self) -> dict[str, int]:
        """What the caller's address has used in this minute, by bucket."""
        return self.limits.used(self.caller_ip)

    def now_ms(self) -> int:
        """The exchange's clock, epoch milliseconds."""
        return int((self._real_time() + self.faults.skew) * 1000)

    def panel(self) -> dict[str, Any]:
        """See ``panel.panel_of``."""
        shown = panel_of(title=self.rules.title, origin=self.origin, accounts=self.accounts, faults=self.faults)
        if self.rules.announces_of:
            of = list(self.rules.announces_of)
            shown |= {"announces_of": of, "announcements": self.announcements.as_json()}
        return shown

    async def control(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """See ``panel.apply_control`` and ``Announcements.apply``, also for what they raise."""
        place, _, name = path.strip("/").partition("/")
        if place == "announcements" and self.rules.announces_of:
            return self.announcements.apply(name, body)
        return apply_control(path, body, accounts=self.accounts, faults=self.faults)

    def _tell(self, _: Account | None = None) -> None:
        self._events.append("state", exchange=self.rules.id)

    async def _let_go(self, _: web.Application) -> None:
        self.faults.clear()

    # ------------------------------------------------------------------------------------------------------- a request

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        # The path as it came: a parsed URL is normalised, and a signature covers the bytes that were sent.
        path, _, query = request.raw_path.partition("?")
        method = request.method
        body = (await request.read()).decode("utf-8", "replace") if request.can_read_body else ""
        api_key = self.rules.api_key_of(request.headers, query) or self.rules.api_key_in(body)
        if method not in READING and (method, path) not in self.rules.paths:
            self.mutations.append(Call(method, path, api_key[-4:], 401, self.clock.now()))
        if self.faults.active:
            holder = self.accounts.with_key(api_key)
            response = await self.faults.meet(request, path, holder.name if holder else None)
            if response is not None:
                broken = request.transport is None or request.transport.is_closing()
                self._note(method, path, api_key, 0 if broken else response.status)
                return response
        headers = {"Content-Type": JSON}
        status = 200
        try:
            payload = self._judge(Request(method, path, query, body, request.headers), headers)
        except Refused as refused:
            status, payload, headers["Content-Type"] = refused.status, refused.body, refused.content_type
        if self.faults.skew:
            headers["Date"] = formatdate(self.now_ms() / 1000, usegmt=True)
        self._note(method, path, api_key, status)
        return web.Response(status=status, body=payload, headers=headers)

    def _note(self, method: str, path: str, api_key: str, status: int) -> None:
        self.calls.append(Call(method, path, api_key[-4:], status, self.clock.now()))
