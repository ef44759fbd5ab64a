"""Drawing off the event loop: it is work for the processor, some tens of milliseconds of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from bot.usecases.pictures import Sheet


class PillowPictures:
    """``HistoryPictures`` with Pillow, one at a time in a thread of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

    async def draw(self, sheet: Sheet) -> bytes:
        """A PNG, 1080 pixels wide."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, _drawn, sheet)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Lets the thread end."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _drawn(sheet: Sheet) -> bytes:
    from bot.pictures.history import drawn  # noqa: PLC0415 - Pillow is loaded with the first picture, not at each start

    return drawn(sheet)
