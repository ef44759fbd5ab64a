"""kill -9 proves less than a power cut would, but it must at least hold: what was acknowledged is there, whole."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.store import open_store

WRITES = """
import asyncio, sys
from bot.store import open_store

async def main():
    store = open_store(sys.argv[1])
    await store.migrate()
    number = int(sys.argv[2])
    while True:
        number += 1
        async with store.transaction() as tx:
            await tx.meta.put("left", str(number).encode())
            await tx.meta.put(f"row-{number}", b"x" * 2000)
            print("half", number, flush=True)
            await tx.meta.put("right", str(number).encode())
        print("kept", number, flush=True)

asyncio.run(main())
"""


async def killed_after(database: Path, start: int, last_word: str) -> int:
    """Lets a process write until it says ``last_word``, kills it, and returns what it acknowledged last."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITES, f"sqlite:///{database}", str(start), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = start
    async for line in process.stdout:
        word, number = line.decode().split()
        if word == "kept":
            acknowledged = int(number)
        if f"{word} {int(number) - start}" == last_word:
            process.kill()
    assert await process.wait() == -signal.SIGKILL
    return acknowledged


@pytest.mark.slow
async def test_killed_between_and_inside_commits_it_keeps_all_that_was_acknowledged(database: Path) -> None:
    acknowledged = 0
    for last_word in ("half 1", "kept 1", "half 20", "kept 21"):
        acknowledged = await killed_after(database, acknowledged, last_word)

        store = open_store(f"sqlite:///{database}")
        await store.migrate()
        async with store.transaction() as tx:
            left, right = int(await tx.meta.get("left") or b"0"), int(await tx.meta.get("right") or b"0")
            rows = [number for number in range(1, left + 1) if await tx.meta.get(f"row-{number}") is None]
            beyond = await tx.meta.get(f"row-{left + 1}")
        await store.close()

        assert left == right
        assert left >= acknowledged
        assert (rows, beyond) == ([], None)
        acknowledged = left

    assert acknowledged >= 41
