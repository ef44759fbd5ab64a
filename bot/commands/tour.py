"""``tour``: the story of one key, played against the real service, with the chat as it happens.

Connect → watched → withdrawal switched on at the exchange → alert → pause → rotate → recovered; then an outage, told
once, and inside it a dead key, told apart. Each step is seen in the chat, or the tour fails with what was on the screen
instead.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Coroutine
from contextlib import suppress
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from bot.commands.service_process import START_PATIENCE, service_beside, takes_updates
from bot.domain.masking import mask_tail
from bot.sandbox.exchanges.account import Account
from bot.sandbox.world import Sandbox
from bot.telegram.texts import Texts

INTERVAL = 1.0
"""Seconds between two checks of a key: short, so that the story fits into a minute."""

PATIENCE = 15.0
"""Seconds to wait for what ought to be seen."""

LABEL, BOT, SAVINGS = "Binance Spot Main", "Binance Spot Bot", "Binance Spot Savings"
NAMES = {"en": "Alice", "pl": "Ola"}

_console = Console(highlight=False, soft_wrap=True)


def tour(language: str = "en") -> int:
    """0 if every step was seen."""
    with tempfile.TemporaryDirectory(prefix="latchkey-tour-") as folder:
        return asyncio.run(_tour(Path(folder), language))


async def _tour(data_dir: Path, language: str) -> int:
    started = time.monotonic()
    async with Sandbox(page=False) as sandbox, service_beside(sandbox, data_dir, INTERVAL) as service:
        if not await takes_updates(service, sandbox):
            _console.print(f"\n[bold red]✗ the service did not start[/] within {START_PATIENCE:.0f} s")
            return 1
        story = Story(sandbox, language)
        try:
            await story.play()
        except AssertionError as missed:
            _console.print(f"\n[bold red]✗ not seen:[/] {escape(str(missed))}")
            return 1
        if sandbox.telegram.violations or sandbox.binance.mutations:
            _console.print("\n[bold red]✗ the service broke a rule of Telegram's or of the exchange's[/]")
            return 1
    _console.print(f"\n[bold green]✓ every step was seen[/], in {time.monotonic() - started:.0f} s")
    return 0


class Story:
    """One trader, one key, one bad afternoon."""

    def __init__(self, sandbox: Sandbox, language: str) -> None:
        self._sandbox = sandbox
        self._binance = sandbox.binance
        self._trader = sandbox.person(NAMES[language], language=language)
        self._say = Texts().of(language)
        self._printed = 0

    async def play(self) -> None:
        """Every step in order; AssertionError names the one that was not seen."""
        first = self._fit(self._binance.account("main"))
        await self._step("She connects a Binance key", self._connect(first, LABEL))
        await self._step("It is watched", self._watched())
        first.allow("enableWithdrawals")
        await self._step("Somebody switches withdrawal on at the exchange", self._sees("alert-danger", label=LABEL))
        await self._step(
            "She makes sure that trading stays paused", self._press("button-keep-paused", "toast-kept-paused")
        )
        second = self._fit(first.new_key())
        await self._step("She rotates the key", self._rotate(second))
        await self._step("The new key proves itself, and all is well", self._sees("recovered-title", label=LABEL))
        await self._step("She lets trading go on", self._resume())
        bot, savings = (self._fit(self._binance.account(name)) for name in ("bot", "savings"))
        await self._step("She connects two more", self._connect_all({BOT: bot, SAVINGS: savings}), as_before=True)
        for account in (second, bot):
            self._binance.faults.down(account=account.name)
        savings.revoke()
        await self._step("Binance fails two of them, and the third is deleted there", self._told_apart())
        self._binance.faults.clear()
        await self._step("Binance is back", self._sees("incident-over", exchange="Binance"))

    def _fit(self, account: Account) -> Account:
        account.set(enableReading=True, enableSpotAndMarginTrading=True, enableFutures=False, enableWithdrawals=False)
        account.restrict_ips([self._binance.caller_ip])
        return account

    async def _connect_all(self, accounts: dict[str, Account]) -> None:
        for label, account in accounts.items():
            await self._connect(account, label)
            _console.print(f"   … as before, and then: {escape(self._line('connect-done', label=label))}")

    async def _told_apart(self) -> None:
        """The outage in one message, and the dead key in one of its own."""
        await self._sees("incident-exchange", exchange="Binance")
        await self._sees("alert-critical", label=SAVINGS)
        title = self._line("incident-exchange", exchange="Binance")
        told = [message for message in self._trader.screen() if message.from_bot and title in message.text]
        if len(told) != 1:
            raise AssertionError(f"the outage was told {len(told)} times")

    async def _connect(self, account: Account, label: str) -> None:
        asked = await self._trader.says("/connect")
        await self._trader.sees(self._line("connect-exchange"), after=asked, timeout=PATIENCE)
        await self._trader.taps("Binance", timeout=PATIENCE)
        for button in ("market-spot", "connect-environment-live", "connect-purpose-trade", "connect-guide-next"):
            await self._taps(button)
        await self._sees("key-ask-api_key", exchange="Binance")
        await self._pastes(f"{account.api_key}\n{account.secret}")
        await self._trader.taps(label, timeout=PATIENCE)
        await self._sees("connect-done", label=label)

    async def _rotate(self, account: Account) -> None:
        await self._taps("button-rotate")
        await self._taps("rotate-guide-next")
        await self._sees("key-ask-api_key", exchange="Binance")
        await self._pastes(f"API Key: {account.api_key}\nSecret Key: {account.secret}")
        await self._sees("rotate-done", label=LABEL, tail=mask_tail(account.api_key))

    async def _resume(self) -> None:
        await self._trader.says("/connections")
        await self._trader.taps(LABEL, timeout=PATIENCE)
        await self._sees("card-changes")
        await self._press("button-resume", "toast-resumed")

    async def _watched(self) -> None:
        """Two checks by the schedule."""
        seen = len(self._binance.calls)
        deadline = time.monotonic() + PATIENCE
        while len(self._binance.calls) < seen + 2:
            if time.monotonic() > deadline:
                raise AssertionError("the exchange was not asked again")
            await asyncio.sleep(0.05)  # the simulator's call log announces nothing
        for call in list(self._binance.calls)[seen:]:
            _console.print(f"   Binance answers {call.path} for the key …{call.key_tail}: {call.status}")

    async def _pastes(self, text: str) -> None:
        message = await self._trader.says(text)
        await self._trader.sees_gone(message, timeout=PATIENCE)

    async def _taps(self, button: str) -> None:
        await self._trader.taps(self._say.plain(button), timeout=PATIENCE)

    async def _press(self, button: str, toast: str) -> None:
        await self._taps(button)
        await self._trader.sees_toast(self._say.plain(toast), timeout=PATIENCE)

    async def _sees(self, message: str, **values: str) -> None:
        await self._trader.sees(self._line(message, **values), timeout=PATIENCE)

    def _line(self, message: str, **values: str) -> str:
        """The first line of a message, as it looks without its markup."""
        return unescape(re.sub(r"<[^>]+>", "", self._say(message, **values).splitlines()[0]))

    async def _step(self, title: str, act: Coroutine[object, object, None], *, as_before: bool = False) -> None:
        """One scene; `as_before` leaves out a conversation that was seen already."""
        _console.print(f"\n[bold cyan]── {title}[/]")
        done = asyncio.Event()
        missed: AssertionError | None = None
        async with asyncio.TaskGroup() as tasks:
            if not as_before:
                tasks.create_task(self._print_until(done))
            try:
                await act
            except AssertionError as error:
                missed = error  # raised outside of the group, which would wrap it
            done.set()
        if missed is not None:
            raise missed
        if as_before:
            self._printed = len(self._lines())

    async def _print_until(self, done: asyncio.Event) -> None:
        """Prints what happens, half a second late: by then a key message is deleted, and its words are gone."""
        while not done.is_set():
            count = len(self._lines())
            with suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), 0.5)
            self._print_to(count)
        await asyncio.sleep(0.3)
        self._print_to(len(self._lines()))

    def _lines(self) -> list[str]:
        return self._sandbox.transcript(self._trader).splitlines()

    def _print_to(self, count: int) -> None:
        for line in self._lines()[self._printed : count]:
            _console.print(f"   {escape(line)}")
        self._printed = max(self._printed, count)
