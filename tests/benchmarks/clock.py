"""Real time, as the service has it."""

import asyncio
import time


class WallClock:
    """The ``Clock`` of a benchmark."""

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
