"""The whole sandbox: one Telegram, the simulated exchanges, and the page to look at them."""

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Literal, Self

from bot.sandbox.clock import SandboxClock
from bot.sandbox.control.api import ControlApi
from bot.sandbox.control.group import Group
from bot.sandbox.control.person import Person
from bot.sandbox.control.transcript import transcript
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.simulator import serving as serving_exchange
from bot.sandbox.serving import serving
from bot.sandbox.telegram.chats import User
from bot.sandbox.telegram.server import BotApiServer
from bot.sandbox.telegram.state import Telegram

TOKEN = "1000001:SANDBOX-token-of-the-bot-0123456789"


class Sandbox:
    """Starts everything on loopback when entered, and stops it when left.

    Ports are free ones unless given; exchanges after the first take the ports after `exchange_port`.
    `page=False` leaves the control API and its page out. `numbers_from` starts the count of updates and messages
    higher: a bot that keeps its data from one sandbox to the next would take the same numbers for repeats.

    Attributes:
        telegram: the Bot API's state; `telegram_url` is its base URL.
        exchanges: the simulators by ccxt id; `exchange_urls` are their origins, as `LATCHKEY_EXCHANGE_URLS` wants them.
        page_url: the chat page and the control API; empty without a page.
        token: the bot's token.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        page: bool = True,
        telegram_port: int = 0,
        page_port: int = 0,
        exchange_port: int = 0,
        numbers_from: int = 0,
    ) -> None:
        self.token = token
        self.clock = SandboxClock()
        self.events = EventLog()
        self.telegram = Telegram(self.clock, self.events, token, numbers_from)
        self.exchanges = {exchange: open_(self.clock, self.events) for exchange, open_ in SIMULATORS.items()}
        self.telegram_url = ""
        self.page_url = ""
        self._ports = {"telegram": telegram_port, "page": page_port, "exchange": exchange_port}
        self._page = page
        self._people: dict[str, Person] = {}
        self._stack = AsyncExitStack()
        self._tasks = asyncio.TaskGroup()

    @property
    def exchange_urls(self) -> dict[str, str]:
        """The origin of each simulator by its ccxt id."""
        return {name: simulator.origin for name, simulator in self.exchanges.items()}

    @property
    def binance(self) -> BinanceSimulator:
        """The exchange of most stories."""
        simulator = self.exchanges["binance"]
        assert isinstance(simulator, BinanceSimulator)
        return simulator

    @property
    def bot(self) -> User:
        """The bot as a member of groups."""
        return self.telegram.bot

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            api = BotApiServer(self.telegram)
            self.telegram_url = await stack.enter_async_context(serving(api.app, self._ports["telegram"]))
            for number, simulator in enumerate(self.exchanges.values()):
                port = self._ports["exchange"]
                await stack.enter_async_context(serving_exchange(simulator, port=port and port + number))
            if self._page:
                control = ControlApi(self.telegram, self.exchanges)
                self.page_url = await stack.enter_async_context(serving(control.app, self._ports["page"]))
            await stack.enter_async_context(self._tasks)
            webhook = self._tasks.create_task(self.telegram.webhook.run())
            stack.callback(self.events.close)
            stack.callback(self.telegram.updates.close)
            stack.callback(webhook.cancel)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Nothing of the error goes in: a server that stops because a test failed stops like any other.
        await self._stack.aclose()

    def person(self, name: str, language: str = "en", *, started: bool = True) -> Person:
        """Somebody of this name: the one already there, or somebody new with a private chat with the bot.

        `started=False`: they have never written to the bot, which therefore may not write to them.
        """
        if name not in self._people:
            known = [user for user in self.telegram.users.values() if user.first_name == name and not user.is_bot]
            user = known[0] if known else self.telegram.new_person(name, language, started=started)
            self._people[name] = Person(self.telegram, user)
        return self._people[name]

    def group(self, title: str, owner: Person, kind: Literal["group", "supergroup"] = "group") -> Group:
        """A new group, without the bot until somebody adds it."""
        return Group(self.telegram, self.telegram.new_group(title, owner.user, kind), owner)

    def transcript(self, chat: Person | Group | None = None) -> str:
        """What happened in a chat, or everywhere, as plain text. Deleted words are masked."""
        return transcript(self.telegram, chat.chat if chat else None)
