"""The budget lets every question through, however heavy; it only takes its time."""

import asyncio

from bot.exchanges.pace import Pace
from tests.unit.exchanges.test_client import StillClock


async def test_a_question_heavier_than_the_bucket_is_admitted_in_parts() -> None:
    pace = Pace({"address": 12_000}, StillClock(), share=0.01, in_flight=1)  # a bucket of 40, 2 a second

    waiting = asyncio.create_task(pace.admit("address", 41))  # noqa: TID251 - held right here
    done, _ = await asyncio.wait([waiting], timeout=0.1)
    assert not done
    await asyncio.wait_for(waiting, 2)
