"""The service as a process, `python -m bot run`: how soon it is there, and how much memory it holds.

By itself: `python -m tests.benchmarks.service`.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop

from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.installation import LIVE, Installation, installation
from tests.benchmarks.stage import Stage, stage

FEW, MANY = 5_000, 50_000
KEYS = 64
IDLE_INTERVAL = 3_600
"""Seconds between checks while memory is looked at: 14 a second with 50,000 connections."""
SETTLING = 6.0
"""Seconds in which ccxt is imported and the first checks are made."""
STOP_PATIENCE = 15.0


async def figures() -> list[Figure]:
    """Time to the first getUpdates with 5,000 connections, and memory with 5,000 and with 50,000."""
    found = []
    async with stage() as sandbox:
        keys = await sandbox.ask("accounts", count=KEYS, environment="live")
        for count in (FEW, MANY):
            async with installation() as installed:
                await installed.fill(keys, LIVE, count)
                start, busy, memory = await _start_and_memory(sandbox, installed)
            found += [
                Figure(f"process start to first getUpdates, {count:,} connections", start, "s", target=at_most(3)),
                Figure("  processor time of it", busy, "s"),
                Figure(f"memory, {count:,} idle connections", memory, "MB", target=at_most(400)),
            ]
    return found


async def _start_and_memory(sandbox: Stage, installed: Installation) -> tuple[float, float, float]:
    await sandbox.ask("knock")
    before = await sandbox.ask("now")
    async with service(sandbox, installed, CHECK_INTERVAL=str(IDLE_INTERVAL)) as process:
        asked = await sandbox.ask("first_fetch", after=before)
        busy = _processor_seconds(process.pid)
        await asyncio.sleep(SETTLING)
        return asked - before, busy, resident_megabytes(process.pid)


@asynccontextmanager
async def service(
    sandbox: Stage, installed: Installation, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The service over a data folder, until the block ends."""
    told = {
        "BOT_TOKEN": sandbox.token,
        "TELEGRAM_API_URL": sandbox.telegram_url,
        "EXCHANGE_URLS": json.dumps(sandbox.exchange_urls),
        "DATA_DIR": str(installed.folder),
        "MASTER_KEY_FILE": str(installed.key_file),
        "LOG_LEVEL": "ERROR",
    } | settings
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env={name: value for name, value in os.environ.items() if not name.startswith("LATCHKEY_")}
        | {f"LATCHKEY_{name}": value for name, value in told.items()},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()


def resident_megabytes(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, of proc(5)


async def _print() -> None:
    started = time.monotonic()
    for figure in await figures():
        sys.stdout.write(f"{figure}\n")
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    uvloop.run(_print())
