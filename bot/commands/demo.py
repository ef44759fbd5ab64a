"""``demo``: talk to the bot on a page, turn the exchange's switches, and see what the bot makes of it."""

import asyncio
import signal
import tempfile
import time
from collections.abc import Coroutine
from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from bot.commands.service_process import service_beside, takes_updates
from bot.sandbox.exchanges.venue import Venue
from bot.sandbox.world import Sandbox

THEN = 1_750_000_000
"""Counts of updates and messages start at the seconds since then: they grow from one demo to the next, as in life."""

_console = Console(highlight=False, soft_wrap=True)


def demo(*, data_dir: Path | None, port: int, interval: float) -> int:
    """0 after Ctrl-C; 1 if the service stopped by itself."""
    with ExitStack() as stack:
        if data_dir is None:
            data_dir = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="latchkey-demo-")))
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return asyncio.run(_demo(data_dir.resolve(), port, interval))


async def _demo(data_dir: Path, port: int, interval: float) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with Sandbox(page_port=port, numbers_from=int(time.time()) - THEN) as sandbox:
        furnish(sandbox)
        async with service_beside(sandbox, data_dir, interval) as service:
            _console.print("\n  Starting…")
            await _first(stop.wait(), takes_updates(service, sandbox))
            if not stop.is_set() and service.returncode is None:
                _console.print(
                    f"\n  Latchkey is running against a sandbox on this machine.\n\n"
                    f"  Open  [bold cyan]{sandbox.page_url}[/]\n\n"
                    f"  Tap /connect there. Toy keys of {len(sandbox.exchanges)} exchanges wait in the panel; "
                    f"every key is checked every {interval:g} s.\n"
                    f"  Data: {data_dir}\n"
                    f"  Ctrl-C ends it.\n"
                )
                await _first(stop.wait(), service.wait())
            if stop.is_set():
                return 0
            _console.print(
                f"[bold red]The service ended by itself[/] ({_ending(service.returncode)}), so the demo ends too."
            )
            return 1


async def _first(*waits: Coroutine[object, object, object]) -> None:
    """Returns as soon as one of them has."""
    async with asyncio.TaskGroup() as tasks:
        _, pending = await asyncio.wait(
            [tasks.create_task(wait) for wait in waits], return_when=asyncio.FIRST_COMPLETED
        )
        for task in pending:
            task.cancel()


def _ending(status: int | None) -> str:
    """What a process's exit status says, in words."""
    if status is not None and status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}"


def furnish(sandbox: Sandbox) -> None:
    """People to be, and keys to connect."""
    alice, bob = sandbox.person("Alice"), sandbox.person("Bob")
    sandbox.person("Ola", language="pl")
    desk = sandbox.group("Desk", owner=alice)
    desk.add(bob)
    desk.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True, "can_pin_messages": True})
    for exchange in sandbox.exchanges.values():
        _furnish_exchange(exchange)


def _furnish_exchange(exchange: Venue) -> None:
    """A key to connect, a dangerous one, and one of play money."""
    exchange.caller_ip = "203.0.113.10"
    style = exchange.accounts.style
    good = exchange.account("good key")
    if "spot only" in style.poses:
        good.pose("spot only")
    if "withdraw" in style.poses:
        exchange.account("can withdraw").pose("withdraw")
    if style.max_ips:
        for account in exchange.accounts:
            account.restrict_ips(["203.0.113.10", "203.0.113.11"][: style.max_ips])
    for environment in style.environments[1:2]:
        exchange.account(f"{environment} key", environment=environment)
