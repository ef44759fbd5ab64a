"""Background tasks are held until they end, and end in silence about what they carried."""

import asyncio
import gc
import logging

import pytest

from bot.usecases.background import BackgroundClosed, BackgroundTasks

CANARY = "canary-in-an-exception"


async def test_a_task_is_held_until_it_ends() -> None:
    tasks, ran = BackgroundTasks(), asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0)
        gc.collect()
        ran.set()

    tasks.spawn("work", work())
    assert len(tasks) == 1
    await asyncio.wait_for(ran.wait(), 1)
    await asyncio.sleep(0)
    assert len(tasks) == 0


async def test_a_failure_is_told_by_name_and_class_alone(caplog: pytest.LogCaptureFixture) -> None:
    tasks = BackgroundTasks()

    async def fail() -> None:
        raise ValueError(CANARY)

    with caplog.at_level(logging.DEBUG):
        task = tasks.spawn("probe", fail())
        await asyncio.wait([task])
        await asyncio.sleep(0)
    [record] = [r for r in caplog.records if r.name == "latchkey.background"]
    assert (record.message, record.task, record.error) == ("background.failed", "probe", "ValueError")  # type: ignore[attr-defined]
    assert CANARY not in caplog.text


async def test_the_close_waits_for_what_is_nearly_done_and_cancels_the_rest() -> None:
    tasks, ended = BackgroundTasks(), []

    async def work(name: str, seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            ended.append(f"{name} finished")
        except asyncio.CancelledError:
            ended.append(f"{name} cancelled")
            raise

    tasks.spawn("short", work("short", 0.01))
    tasks.spawn("long", work("long", 60))
    await asyncio.sleep(0)
    await tasks.aclose(timeout=0.2)
    assert ended == ["short finished", "long cancelled"]
    assert len(tasks) == 0


async def test_nothing_starts_after_the_close() -> None:
    tasks = BackgroundTasks()
    await tasks.aclose()

    async def late() -> None: ...

    with pytest.raises(BackgroundClosed):
        tasks.spawn("late", late())


async def test_a_task_may_close_the_house_it_lives_in() -> None:
    tasks = BackgroundTasks()
    task = tasks.spawn("closer", tasks.aclose(1))
    await asyncio.wait_for(task, 0.5)
    assert task.exception() is None
