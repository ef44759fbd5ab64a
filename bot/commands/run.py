"""``run``: the service itself."""

import asyncio
import logging
import signal
import sys

from bot.app import serve
from bot.commands.privacy import keep_memory_private
from bot.lifecycle import PartEnded
from bot.observability.exceptions import tell_of_loop
from bot.observability.logs import configure
from bot.opening import CannotStart
from bot.settings import BadSettings, Settings, load_settings

log = logging.getLogger("latchkey.process")


def run() -> int:
    """0 after an orderly stop; 1 if a part ended by itself; 2 if the configuration does not let it start."""
    configure("INFO", "text")  # until the settings say otherwise: no exception may print itself
    try:
        settings = load_settings()
    except BadSettings as problem:
        for line in problem.lines:
            print(line, file=sys.stderr)  # noqa: T201 - the operator reads this before there is a log
        print("Run python -m bot doctor: it says what to do about it.", file=sys.stderr)  # noqa: T201 - the same
        return 2
    configure(settings.log_level, settings.log_format)
    keep_memory_private()
    try:
        with asyncio.Runner(loop_factory=_loop) as runner:
            runner.run(_until_told(settings))
    except CannotStart as problem:
        log.critical("process.cannot_start")
        print(problem, file=sys.stderr)  # noqa: T201 - one sentence for the operator
        return 2
    except PartEnded:  # the log has said so
        return 1
    return 0


def _loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - not there on every platform

    return uvloop.new_event_loop()


async def _until_told(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    tell_of_loop(loop)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await serve(settings, stop)
