"""The unmodified service as a process of its own, against the sandbox: what the demo and the tour run."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import bot
from bot.sandbox.world import Sandbox
from bot.vault import new_keyring, save_keyring

STOP_PATIENCE = 15.0
"""Seconds an orderly stop may take: ten to drain, and some to close."""

START_PATIENCE = 90.0
"""Seconds until the first question for updates: starting takes some six of one core, on a busy machine far longer."""

DEMO_IPS = "203.0.113.10 203.0.113.11"
"""Addresses of RFC 5737's documentation range stand for the egress IPs."""


@asynccontextmanager
async def service_beside(
    sandbox: Sandbox, data_dir: Path, interval: float, *, log_level: str = "WARNING"
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Starts ``python -m bot run`` with settings that point to the sandbox; stops it with SIGTERM at the end.

    ``data_dir`` is an absolute path: the process runs in it.
    """
    key_file = data_dir / "master-key.json"
    if not key_file.exists():
        save_keyring(key_file, new_keyring())
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LATCHKEY_")}
    service = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=data_dir,  # a .env in the folder the demo is started from is somebody's own
        env=inherited
        | {
            "PYTHONPATH": str(Path(bot.__file__).parents[1]),
            "LATCHKEY_BOT_TOKEN": sandbox.token,
            "LATCHKEY_TELEGRAM_API_URL": sandbox.telegram_url,
            "LATCHKEY_EXCHANGE_URLS": json.dumps(sandbox.exchange_urls),
            "LATCHKEY_DATA_DIR": str(data_dir),
            "LATCHKEY_MASTER_KEY_FILE": str(key_file),
            "LATCHKEY_CHECK_INTERVAL": str(interval),
            "LATCHKEY_EGRESS_IPS": DEMO_IPS,
            "LATCHKEY_LOG_FORMAT": "text",
            "LATCHKEY_LOG_LEVEL": log_level,
        },
    )
    try:
        yield service
    finally:
        if service.returncode is None:
            service.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(service.wait(), STOP_PATIENCE)
            except TimeoutError:
                service.kill()
                await service.wait()


async def takes_updates(service: asyncio.subprocess.Process, sandbox: Sandbox) -> bool:
    """Waits until the service asks Telegram for updates; False if it ended before, or has not after START_PATIENCE.

    What is typed earlier is answered as well, but only after the start: whoever waits for an answer begins here.
    """
    async with asyncio.TaskGroup() as tasks:
        ended = tasks.create_task(service.wait())
        asked = tasks.create_task(_asked_for_updates(sandbox))
        done, pending = await asyncio.wait({ended, asked}, timeout=START_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
    return asked in done


async def _asked_for_updates(sandbox: Sandbox) -> None:
    while not sandbox.telegram.calls.of("getUpdates"):  # noqa: ASYNC110 - the log of calls announces all but these
        await asyncio.sleep(0.05)
