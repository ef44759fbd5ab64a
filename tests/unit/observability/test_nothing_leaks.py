"""No secret passes through logging, whoever carries it there (rule 3, threat 12)."""

import asyncio
import io
import json
import logging
import sqlite3
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator

import aiohttp
import aiosqlite
import ccxt
import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage
from pydantic import BaseModel, SecretStr, ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from yarl import URL

from bot.observability.exceptions import class_of, place_of, tell_of_loop
from bot.observability.logs import OneLine
from tests import canaries
from tests.unit.observability.conftest import Page

KEY, SECRET, PASSPHRASE = canaries.api_key("logs"), canaries.secret("logs"), canaries.passphrase()
TOKEN = f"123456789:{canaries.MARK}abcdefghijklmnopqrstuvwxyz"

FORMATS = pytest.mark.parametrize("fmt", ["json", "text"])


class Typed(BaseModel):
    secret: int


def of_pydantic() -> Exception:
    try:
        Typed(secret=SECRET)
    except ValidationError as error:
        return error
    raise AssertionError


def of_sqlalchemy() -> Exception:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": SECRET})
    except SQLAlchemyError as error:
        return error
    finally:
        engine.dispose()
    raise AssertionError


def of_a_chain() -> Exception:
    error = RuntimeError(KEY)
    error.__cause__ = ValueError(SECRET)
    error.__context__ = OSError(5, SECRET, KEY)
    error.add_note(f"while signing with {SECRET}")
    return error


def of_a_group() -> Exception:
    return ExceptionGroup(SECRET, [ValueError(KEY), ExceptionGroup(KEY, [KeyError(SECRET)])])


def of_aiohttp() -> Exception:
    url = URL(f"https://api.telegram.org/bot{TOKEN}/getMe?signature={SECRET}")
    request = aiohttp.RequestInfo(url, "GET", headers={"X-MBX-APIKEY": KEY}, real_url=url)  # type: ignore[arg-type]
    return aiohttp.ClientResponseError(request, (), status=500, message=SECRET)


EXCEPTIONS: dict[str, Callable[[], BaseException]] = {
    "ccxt": lambda: ccxt.AuthenticationError(f"binance GET https://x/?apiKey={KEY}&signature={SECRET}"),
    "aiogram": lambda: TelegramBadRequest(SendMessage(chat_id=1, text=SECRET), f"can't parse {SECRET}"),
    "aiohttp": of_aiohttp,
    "sqlite": lambda: sqlite3.IntegrityError(f"UNIQUE failed: {SECRET}"),
    "sqlalchemy": of_sqlalchemy,
    "pydantic": of_pydantic,
    "a missing key": lambda: KeyError(KEY),
    "an undecodable body": lambda: UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, PASSPHRASE),
    "a chain": of_a_chain,
    "a group": of_a_group,
    "no arguments but locals": AssertionError,
    "a class named after a secret": type(SECRET, (Exception,), {}),
    "a class that will not print": lambda: type("Unprintable", (Exception,), {"__str__": None, "__repr__": None})(KEY),
    "an exit": lambda: SystemExit(SECRET),
}

CARRIERS = pytest.mark.parametrize("carrier", EXCEPTIONS)


def fails(carrier: str, credential: str = SECRET) -> None:
    """A frame with a secret among its locals."""
    held = {"credential": credential}
    raise EXCEPTIONS[carrier]() if held else AssertionError


def raised(carrier: str) -> BaseException:
    try:
        fails(carrier)
    except BaseException as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


def assert_tells_nothing(page: Page, at_least: int = 1) -> None:
    assert at_least <= len(page.lines)
    assert None is canaries.Watcher().found_in(page.text.encode())


def test_the_watcher_would_find_it() -> None:
    watcher = canaries.Watcher()
    assert "as it is" == watcher.found_in(f"x {KEY} y".encode())
    assert None is watcher.found_in(b"nothing of the kind")


@FORMATS
@CARRIERS
def test_an_exception_that_is_logged(logging_to: Callable[..., Page], fmt: str, carrier: str) -> None:
    page = logging_to(fmt=fmt)
    error = raised(carrier)

    for name in ("latchkey.test", "aiogram.event", "asyncio", "root"):
        logger = logging.getLogger(name)
        logger.error("failed with %s", error, exc_info=error, stack_info=True)
        logger.error(error, exc_info=error)
        logger.error("event", exc_info=(type(error), error, error.__traceback__), extra={"error": error, "why": SECRET})
        try:
            fails(carrier)
        except BaseException:
            logger.exception("caught %r", SECRET)

    assert_tells_nothing(page, at_least=16)


@CARRIERS
def test_an_exception_that_nobody_caught(page: Page, capfd: pytest.CaptureFixture[str], carrier: str) -> None:
    error = raised(carrier)

    sys.excepthook(type(error), error, error.__traceback__)

    assert "process.crashed" == page.events[0]["event"]
    assert_tells_nothing(page)
    assert ("", "") == capfd.readouterr()


@pytest.mark.parametrize("carrier", [name for name in EXCEPTIONS if name != "an exit"])
def test_an_exception_that_ends_a_thread(page: Page, capfd: pytest.CaptureFixture[str], carrier: str) -> None:
    thread = threading.Thread(target=fails, args=(carrier,), name=KEY)
    thread.start()
    thread.join()

    assert "process.thread_failed" == page.events[0]["event"]
    assert_tells_nothing(page)
    assert ("", "") == capfd.readouterr()


class Clinging:
    def __init__(self, carrier: str) -> None:
        self.carrier = carrier

    def __repr__(self) -> str:
        return SECRET

    def __del__(self) -> None:
        fails(self.carrier)


@CARRIERS
def test_an_exception_in_a_destructor(page: Page, capfd: pytest.CaptureFixture[str], carrier: str) -> None:
    clinging: Clinging | None = Clinging(carrier)
    assert clinging is not None
    clinging = None

    assert "process.cleanup_failed" == page.events[0]["event"]
    assert_tells_nothing(page)
    assert ("", "") == capfd.readouterr()


@pytest.mark.parametrize("carrier", [name for name in EXCEPTIONS if name != "an exit"])
async def test_an_exception_in_a_callback_or_a_forgotten_task(
    page: Page, capfd: pytest.CaptureFixture[str], carrier: str
) -> None:
    loop = asyncio.get_running_loop()
    tell_of_loop(loop)

    async def forgotten(secret: str) -> None:
        fails(carrier, secret)

    loop.call_soon(fails, carrier, SECRET)
    task = loop.create_task(forgotten(KEY), name=SECRET)
    await asyncio.wait([task])
    del task
    await asyncio.sleep(0)
    loop.call_exception_handler({"message": SECRET, "handle": SECRET})

    told = [event["event"] for event in page.events if event["event"] != "foreign"]
    assert ["process.loop_failed", "process.loop_failed", "process.loop_complained"] == told
    assert_tells_nothing(page)
    assert ("", "") == capfd.readouterr()


async def test_asyncio_in_debug_mode(page: Page) -> None:
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    loop.slow_callback_duration = 0.0

    async def slow(secret: str) -> str:
        await asyncio.sleep(0)
        return secret

    await loop.create_task(slow(SECRET), name=SECRET)
    loop.call_soon(str, SECRET)
    await asyncio.sleep(0.01)
    loop.set_debug(False)

    assert "asyncio" in {event["logger"] for event in page.events}
    assert_tells_nothing(page)


def test_warnings(page: Page) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"deprecated: {SECRET}", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)

    assert ["py.warnings"] == [event["logger"] for event in page.events]
    assert_tells_nothing(page)


def carriers_of(secret: str) -> Iterator[object]:
    yield secret
    yield secret.encode()
    yield {"nested": [secret]}
    yield SecretStr(secret)
    yield f"Bearer {secret}"
    yield f"token={secret}"
    yield f"https://x/?signature={secret}&x=1"
    yield f"-----BEGIN PRIVATE KEY-----\n{secret}"
    yield KeyError(secret)
    yield int.from_bytes(secret.encode())


@FORMATS
@pytest.mark.parametrize("secret", [KEY, SECRET, TOKEN], ids=["a key", "a secret", "a token"])
def test_a_fact_that_is_a_secret_after_all(logging_to: Callable[..., Page], fmt: str, secret: str) -> None:
    page = logging_to(fmt=fmt)

    for value in carriers_of(secret):
        for field in ("reason", "error", "where", "connection", "unlisted"):
            logging.getLogger("latchkey.test").error("mistake", extra={field: value})
        logging.getLogger("latchkey.test").error(value)
        logging.getLogger("latchkey.test").error("%s", value)
        logging.getLogger(f"latchkey.{value!r}").error("mistake")
        logging.getLogger("foreign").error(value, extra={"reason": value})

    assert_tells_nothing(page, at_least=90)


@pytest.fixture
def talkative() -> Iterator[None]:
    """Loggers that the service mutes, as loud as they come."""
    loggers = [logging.getLogger(name) for name in ("aiosqlite", "sqlalchemy.engine", "sqlalchemy.engine.Engine")]
    before = [(logger, logger.level, logger.filters[:]) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.filters.clear()
    yield
    for logger, level, filters in before:
        logger.setLevel(level)
        logger.filters[:] = filters


async def test_debug_of_every_library_that_is_given_secrets(page: Page, talkative: None) -> None:
    """What they print at DEBUG themselves, not what we imagine they print."""
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe", headers={"X-MBX-APIKEY": KEY})
    async with aiosqlite.connect(":memory:") as database:
        await database.execute("SELECT ?", (SECRET,))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT :secret"), {"secret": SECRET}).all()
    engine.dispose()

    assert {"aiosqlite", "sqlalchemy.engine.Engine"} <= {event["logger"] for event in page.events}
    assert_tells_nothing(page)


def test_a_library_with_a_handler_of_its_own_is_made_to_use_ours(logging_to: Callable[..., Page]) -> None:
    own = io.StringIO()
    library = logging.getLogger("a.library.with.a.handler")
    library.addHandler(logging.StreamHandler(own))

    page = logging_to()
    library.error(SECRET)

    assert "" == own.getvalue()
    assert_tells_nothing(page)


@FORMATS
def test_a_process_that_crashes(fmt: str) -> None:
    """The whole process, so that nothing of pytest's stands between: typer's own hook, the interpreter's last words."""
    program = f"""
import logging, typer
from bot.observability.logs import configure
app = typer.Typer(pretty_exceptions_enable=False)
@app.command()
def run(key: str) -> None:
    configure("DEBUG", {fmt!r})
    logging.getLogger("latchkey.process").info("process.started")
    try:
        raise ValueError(key)
    except ValueError as first:
        raise RuntimeError(key) from first
app()
"""
    ended = subprocess.run([sys.executable, "-c", program, KEY], capture_output=True, timeout=60, check=False)

    assert 1 == ended.returncode
    assert b"process.crashed" in ended.stderr
    assert b"RuntimeError" in ended.stderr
    assert 2 == len(ended.stderr.splitlines())
    assert None is canaries.Watcher().found_in(ended.stdout + ended.stderr)
    if fmt == "json":
        assert ["process.started", "process.crashed"] == [json.loads(x)["event"] for x in ended.stderr.splitlines()]


def test_a_keyboard_interrupt_is_no_crash(page: Page) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert [] == page.lines


def test_a_group_is_told_by_the_classes_in_it() -> None:
    assert "ExceptionGroup(ValueError, ExceptionGroup(KeyError))" == class_of(of_a_group())
    assert "ExceptionGroup(E0, E1, E2, E3, ...)" == class_of(
        ExceptionGroup("many", [type(f"E{number}", (Exception,), {})() for number in range(9)])
    )


def steps(error: BaseException) -> list[str]:
    return [frame.split(" ")[1] for frame in place_of(error).split(" > ") if frame]


def test_an_exception_is_told_by_its_innermost_frames() -> None:
    def one() -> None:
        raise LookupError

    def two() -> None:
        one()

    def three() -> None:
        two()

    with pytest.raises(LookupError) as caught:
        three()

    assert ["three", "two", "one"] == steps(caught.value)
    assert [] == steps(LookupError())


def test_an_exception_of_a_library_is_told_by_the_step_of_ours_that_met_it() -> None:
    formatter = OneLine(lambda _: str(json.loads("{")))

    with pytest.raises(json.JSONDecodeError) as caught:
        formatter.format(logging.makeLogRecord({"name": "latchkey", "levelname": "INFO"}))

    assert ["format", "raw_decode"] == steps(caught.value)
