"""Faults of the world around the service, as people and operators meet them. docs/threat-model.md lists them all."""

import asyncio
import base64
import contextlib
import json
import re
import secrets
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.domain.health import Status
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.store import SqlStore
from bot.store.sqlite import PRAGMAS, pragma
from bot.usecases.storage import StoreUnavailable
from bot.vault import new_keyring, save_keyring
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until
from tests.acceptance.walk import to_the_question
from tests.prefork import Command, Prefork, prefork_server

ROOT = Path(__file__).parents[2]

# ------------------------------------------------------------------------------------------------- the service itself


@pytest.fixture(scope="module")
def prefork() -> Iterator[Prefork]:
    with prefork_server() as server:
        yield server


def settings_of(service: Service, folder: Path, **others: str) -> dict[str, str]:
    key_file = folder / "master-key.json"
    if not key_file.exists():
        save_keyring(key_file, new_keyring())
    named = {
        "BOT_TOKEN": service.sandbox.token,
        "TELEGRAM_API_URL": service.sandbox.telegram_url,
        "EXCHANGE_URLS": json.dumps(service.sandbox.exchange_urls),
        "DATA_DIR": str(folder / "data"),
        "MASTER_KEY_FILE": str(key_file),
    } | others
    return {f"LATCHKEY_{name}": value for name, value in named.items() if value}


async def running(prefork: Prefork, service: Service, folder: Path, **others: str) -> Command:
    """`python -m bot run`, until it fetches updates."""
    fetched = len(service.sandbox.telegram.calls.of("getUpdates"))
    await service.person("Knocker").says("anybody there?")
    environment = settings_of(service, folder, **others)
    process = await prefork.start("run", environment=environment, folder=folder, output=folder / "screen")
    await until(lambda: len(service.sandbox.telegram.calls.of("getUpdates")) > fetched, 30)
    return process


async def test_sigterm_ends_it_in_order_and_what_it_had_no_time_for_is_done_after_the_next_start(
    unstarted: Service, tmp_path: Path, prefork: Prefork
) -> None:
    process = await running(prefork, unstarted, tmp_path)
    people = [unstarted.person(f"Person {number}") for number in range(40)]
    for person in people:
        await person.says("/start")
    process.send(signal.SIGTERM)
    asked = time.monotonic()
    assert await process.ended() == 0
    assert time.monotonic() - asked < 12
    process = await running(prefork, unstarted, tmp_path)
    for person in people:
        await person.sees("", timeout=15)
    process.send(signal.SIGTERM)
    assert await process.ended() == 0


async def test_the_process_leaves_no_core_dump(unstarted: Service, tmp_path: Path, prefork: Prefork) -> None:
    process = await running(prefork, unstarted, tmp_path)
    limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")  # noqa: ASYNC240 - in memory
    process.send(signal.SIGTERM)
    assert await process.ended() == 0
    found = re.search(r"Max core file size +(\S+) +(\S+)", limits)
    assert found is not None
    assert found.groups() == ("0", "0")


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_no_other_process_of_the_same_user_may_read_its_memory() -> None:
    """Read back with PR_GET_DUMPABLE (3); a process that is not dumpable cannot be traced, nor its memory be opened."""
    code = (
        "import ctypes; from bot.commands.run import keep_memory_private as keep;"
        "ask = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0);"
        "before = ask(); keep(); print(before, ask())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["1", "0"]


# -------------------------------------------------------------------------------------------------------- master keys


@pytest.mark.parametrize("key", ["missing", "no key at all", "too short", "another one"])
async def test_without_the_right_master_key_it_refuses_to_start_in_one_sentence(
    unstarted: Service, tmp_path: Path, prefork: Prefork, key: str
) -> None:
    process = await running(prefork, unstarted, tmp_path)  # a database that is sealed under the first key
    process.send(signal.SIGTERM)
    assert await process.ended() == 0
    told = {
        "missing": {"MASTER_KEY_FILE": str(tmp_path / "nowhere.json")},
        "no key at all": {"MASTER_KEY_FILE": ""},
        "too short": {"MASTER_KEY_FILE": "", "MASTER_KEY": base64.b64encode(b"short").decode()},
        "another one": {"MASTER_KEY_FILE": "", "MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode()},
    }[key]
    environment = settings_of(unstarted, tmp_path, **told)
    process = await prefork.start("run", environment=environment, folder=tmp_path, output=tmp_path / "refusal")
    assert await process.ended() == 2
    *_, sentence = process.screen.strip().splitlines()
    assert "Traceback" not in process.screen
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "key" in sentence


# ---------------------------------------------------------------------------------------------------------------- disk


async def test_the_running_database_has_every_setting_that_a_power_cut_asks_for(service: Service) -> None:
    engine = service.app.store._engine
    assert (await pragma(engine, "synchronous"))[0] == 2  # FULL: simulated power cuts lost no acknowledged commit
    assert (await pragma(engine, "journal_mode"))[0] == "wal"
    assert (await pragma(engine, "secure_delete"))[0] == 1
    assert set(PRAGMAS) >= {"synchronous", "journal_mode", "secure_delete"}


async def nothing_more_fits(store: SqlStore) -> None:
    """As on a full disk: the file may grow no more, and what is free in it is used up."""
    (pages,) = await pragma(store._engine, "page_count")
    await pragma(store._engine, f"max_page_count={pages}")
    for size in (100_000, 10_000, 1_000, 100, 10):
        with contextlib.suppress(StoreUnavailable):
            for number in count():
                async with store.transaction() as tx:
                    await tx.meta.put(f"ballast of {size}: {number}", b"x" * size)


async def test_on_a_full_disk_keys_are_refused_with_a_clear_message_and_deleted_all_the_same(
    service: Service, alice: Person
) -> None:
    await alice.says("/help")
    await alice.sees("/connections")
    await nothing_more_fits(service.app.store)
    pasted: list[Message] = []
    while not [message for message in alice.screen() if "keep anything safe right now" in message.text]:
        assert len(pasted) < 200  # a few rows still find room in pages that are not quite full
        key = service.key(f"k{len(pasted)}")
        pasted.append(await alice.says(f"{key.api_key}\n{key.secret}"))
        await alice.sees_gone(pasted[-1])
    assert service.sandbox.telegram.updates.count > 0  # not confirmed: Telegram keeps what we cannot
    assert [message for message in pasted if message.visible] == []
    await pragma(service.app.store._engine, "max_page_count=1000000")
    await until(lambda: service.sandbox.telegram.updates.count == 0, 40)


# ------------------------------------------------------------------------------------------------------------ absences


async def test_back_after_more_than_a_day_whoever_was_asked_for_a_key_is_told_what_to_delete(
    service: Service, alice: Person
) -> None:
    await to_the_question(alice)
    await service.stop()
    service.sandbox.clock.advance(25 * 3600)
    service.clock.advance(25 * 3600)
    await service.start()
    told = await alice.sees("I was away for", timeout=10)
    assert "delete that message yourself" in told.text


async def test_a_press_that_an_absence_cut_off_is_not_carried_out_but_answered_with_fresh_buttons(
    service: Service, alice: Person
) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    home = await alice.sees("Main")
    await until(lambda: not service.app.worker._running)  # what was seen is kept a blink later
    for method in ("answerCallbackQuery", "editMessageText"):
        service.sandbox.telegram.faults.once(method, delay=30)  # the handler gets no further than this
    await alice.taps_on(home, "Main")
    await until(lambda: service.sandbox.telegram.updates.count == 0)  # it is kept, and confirmed to Telegram
    await service.crash()
    service.sandbox.telegram.faults.clear()
    for clock in (service.sandbox.clock, service.clock):
        clock.advance(151)
    await service.start()
    told = await alice.sees("the button you pressed did nothing", timeout=15)
    fresh = await alice.sees("Your connections", after=told)
    assert not [message for message in alice.screen() if "What the key may do" in message.text]
    await alice.taps_on(fresh, "Main")
    await alice.sees(f"…{owned.account.api_key[-4:]}", after=told)


async def test_a_press_under_an_alert_is_carried_out_after_a_crash(service: Service, alice: Person) -> None:
    """The ids in its buttons look like keys, and are none: such a press is kept like any other."""
    owned = await owning(service, alice)
    alert = await owned.alerted()
    service.sandbox.telegram.faults.once("sendMessage", delay=30)
    await alice.says("/help")  # what comes after it has to wait
    await alice.taps_on(alert, "Keep paused")
    await until(lambda: service.sandbox.telegram.updates.count == 0)
    assert (await owned.now()).health.paused_by == "watch"
    await service.crash()
    service.sandbox.telegram.faults.clear()
    await service.start()
    async with asyncio.timeout(15):
        while (await owned.now()).health.paused_by != "person":  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.05)


async def test_a_press_that_telegram_no_longer_has_leaves_buttons_that_work(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    home = await alice.sees("Main")
    await service.stop()
    await alice.taps_on(home, "Main")
    for clock in (service.sandbox.clock, service.clock):
        clock.advance(151)
    await service.start()
    await alice.taps_on(home, "Main")
    await alice.sees(f"…{owned.account.api_key[-4:]}")


# ---------------------------------------------------------------------------------------------------- Telegram is busy


@pytest.mark.parametrize(
    "fault",
    [
        {"retry_after": 1},
        {"code": 502, "description": "Bad Gateway"},
        {"drop": True},
    ],
    ids=["429", "502", "dropped"],
)
async def test_an_alert_survives_a_telegram_that_refuses(
    service: Service, alice: Person, fault: dict[str, object]
) -> None:
    owned = await owning(service, alice)
    service.sandbox.telegram.faults.once("sendMessage", times=2, **fault)  # type: ignore[arg-type] # one of three
    alert = await owned.alerted()
    owned.account.forbid("enableWithdrawals")
    await alice.sees("works again", timeout=15)
    told = [message.text for message in alice.screen() if message.from_bot and "dangerous right" in message.text]
    assert len(told) == 1
    assert alert.visible


async def has_status(owned: Owned, status: Status) -> None:
    async with asyncio.timeout(10):
        while (await owned.now()).health.status is not status:  # noqa: ASYNC110 - the store tells nobody
            await asyncio.sleep(0.05)


async def test_news_keep_their_order_through_an_outage_of_telegram(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    service.sandbox.telegram.faults.once("sendMessage", 502, "Bad Gateway", times=None)
    owned.account.allow("enableWithdrawals")
    await has_status(owned, Status.REAUTH_NEEDED)
    owned.account.forbid("enableWithdrawals")
    await has_status(owned, Status.CONNECTED)
    service.sandbox.telegram.faults.clear()
    over = await alice.sees("works again", timeout=40)
    told = await alice.sees("Withdrawal enabled", timeout=1)
    assert told.message_id < over.message_id


async def test_somebody_who_blocked_the_bot_is_given_up_and_marked(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.blocks_bot()
    sent = len(service.sandbox.telegram.calls.of("sendMessage"))
    owned.account.allow("enableWithdrawals")
    await until(lambda: len(service.sandbox.telegram.calls.of("sendMessage")) > sent, 15)
    await asyncio.sleep(3)
    tried = list(service.sandbox.telegram.calls.of("sendMessage"))[sent:]
    assert [call.code for call in tried] == [403]
    async with service.app.store.transaction() as tx:
        person = await tx.people.get(alice.id)
    assert person is not None
    assert not person.reachable


# ------------------------------------------------------------------------------------------------------ exchanges fail


@pytest.mark.parametrize("trouble", ["down", "down as json", "garbage", "reset", "truncated", "maintenance"])
async def test_an_exchange_that_is_down_makes_no_key_invalid(service: Service, alice: Person, trouble: str) -> None:
    owned = await owning(service, alice)
    faults = service.binance.faults
    troubles: dict[str, Callable[[], object]] = {
        "down": lambda: faults.down(503),
        "down as json": lambda: faults.down(500, html=False),
        "garbage": faults.garbage,
        "reset": faults.reset,
        "truncated": faults.truncated,
        "maintenance": faults.maintenance,
    }
    troubles[trouble]()
    told = await alice.sees("Binance is down", timeout=20)
    assert "not to blame" in told.text
    assert (await owned.now()).health.status is Status.ERROR
    faults.clear()
    await alice.sees("Binance is back", timeout=20)
    assert {flip.new for flip in await owned.flips()} <= {"error", "connected", "paused", "open"}


# -------------------------------------------------------------------------------------------------------- supply chain


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_of_a_lock_is_pinned_to_a_version_and_to_hashes(lock: str) -> None:
    entries = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    loose = [
        entry for entry in entries if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert loose == []
    assert len(entries) > 40


def test_what_sets_up_asks_for_hashes() -> None:
    for name in ("Makefile", "Dockerfile"):
        installs = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "pip install" in line]
        locked = [line for line in installs if "-r requirements" in line]
        assert locked != [], name
        assert [line for line in locked if "--require-hashes" not in line] == [], name


def test_a_package_with_another_hash_is_not_installed(tmp_path: Path) -> None:
    wheel = tmp_path / "harmless-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("harmless.py", "")
        package.writestr("harmless-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: harmless\nVersion: 1.0\n")
        package.writestr(
            "harmless-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        package.writestr("harmless-1.0.dist-info/RECORD", "")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"harmless @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--dry-run", "--require-hashes"]
    told = subprocess.run([*pip, "-r", str(lock)], capture_output=True, text=True, check=False)
    assert told.returncode != 0
    assert "DO NOT MATCH THE HASHES" in told.stderr
