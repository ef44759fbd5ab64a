"""A stop lets a job finish: cancelled in the middle, APScheduler would log it as one that raised."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from bot.scheduler.orderly import OrderlyScheduler


async def test_what_runs_at_a_stop_finishes_and_nothing_more_begins(caplog: pytest.LogCaptureFixture) -> None:
    scheduler = OrderlyScheduler()
    turns: list[str] = []
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        turns.append("begun")
        begun.set()
        await go_on.wait()
        turns.append("ended")

    scheduler.add_job(job, "interval", seconds=0.01, max_instances=1, next_run_time=datetime.now(UTC))
    scheduler.start()
    await begun.wait()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(scheduler.finish(5.0))
        await asyncio.sleep(0.05)
        go_on.set()
    assert turns == ["begun", "ended"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_what_hangs_is_cancelled_once_patience_is_over() -> None:
    scheduler = OrderlyScheduler()
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def job() -> None:
        begun.set()
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    scheduler.add_job(job, next_run_time=datetime.now(UTC))
    scheduler.start()
    await begun.wait()
    await scheduler.finish(0.01)
    await asyncio.wait_for(cancelled.wait(), 5)


async def test_a_schedule_that_does_nothing_ends_at_once() -> None:
    scheduler = OrderlyScheduler()
    scheduler.start()
    await asyncio.wait_for(scheduler.finish(600), 5)
