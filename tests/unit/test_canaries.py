"""The watch over all other tests finds what it is there to find."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.sandbox.exchanges.account import Accounts, KeyStyle
from tests import canaries
from tests.canaries import MARK, Watcher
from tests.canary_watch import Watch

ROOT = Path(__file__).parents[2]
KEY = canaries.api_key("found")
STRANGER = "s9Kd0fLw3Zx8Qm1Vt6Yb4Nc7Rj2Hg5Pe" * 2

DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in a sentence": "the key {} was refused".format,
    "its first part": lambda key: key[:30],
    "its second part": lambda key: key[20:50],
    "backwards": lambda key: key[::-1],
    "in a query": lambda key: quote(f"key={key}&"),
    "percent-encoded": lambda key: "".join(f"%{byte:02x}" for byte in key.encode()),
    "in JSON": lambda key: json.dumps({"key": key}),
    "in JSON escapes": lambda key: "".join(f"\\u{ord(letter):04x}" for letter in key),
    "in hex": lambda key: key.encode().hex(),
    "in upper-case hex": lambda key: key.encode().hex().upper(),
    "as bytes": lambda key: repr(b"\x00" + key.encode()),
    "in base64": lambda key: base64.b64encode(key.encode()).decode(),
    "in base64, one in": lambda key: base64.b64encode(b"x" + key.encode() + b"y").decode(),
    "in base64, two in": lambda key: base64.b64encode(b"xx" + key.encode()).decode(),
    "in base64, amid JSON": lambda key: base64.b64encode(json.dumps({"api_key": key}).encode()).decode(),
    "in URL-safe base64": lambda key: base64.urlsafe_b64encode(b"\xff" + key.encode()).decode(),
}


@pytest.mark.parametrize("key", [KEY, STRANGER], ids=["marked", "unmarked"])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_a_secret_is_found_whatever_it_is_dressed_as(disguise: Callable[[str], str], key: str) -> None:
    text = f"before {disguise(key)} after".encode()

    assert None is Watcher([]).found_in(text)
    assert Watcher([key]).found_in(text) is not None


def test_nothing_is_found_where_nothing_is() -> None:
    innocent = "".join(f"{number:x} " for number in range(50_000)).encode() + base64.b64encode(bytes(range(256)) * 100)

    assert None is Watcher([MARK, KEY]).found_in(innocent)
    assert None is Watcher().found_in(KEY[-4:].encode()), "the tail may be shown"


def test_keys_look_like_those_of_binance() -> None:
    keys = [canaries.api_key("a"), canaries.secret("a"), canaries.api_key("b")]

    assert all(re.fullmatch(r"[A-Za-z0-9]{64}", key) for key in keys)
    assert 3 == len(set(keys))
    assert keys[0] == canaries.api_key("a")


def test_keys_that_a_simulated_exchange_gives_out_are_known() -> None:
    watch = Watch(None)
    with watch.over():
        books = Accounts(style=KeyStyle({}), seed=1, now=lambda: 0.0, on_change=lambda _: None)
        account = books.open("k1")
        first = account.secret
        account.rotate_secret()
        another = account.new_key()

    known = {account.api_key, first, account.secret, another.api_key, another.secret}
    assert known == set(watch.given_out)
    assert all(watch.leak_in("somewhere", f"x{secret}x") for secret in known)


LEAKING = """
import logging, sys, json, base64, pytest
from pathlib import Path
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.telegram.state import Telegram
from bot.sandbox.world import TOKEN
from tests import canaries
KEY = canaries.api_key("leaking")

def test_quiet(tmp_path): (tmp_path / "file").write_text("nothing")
def test_logs_text_that_our_handler_withholds(): logging.getLogger("ccxt").warning("key %s", KEY)
def test_prints(): print(f"key={KEY}")
def test_prints_on_standard_error(): print(base64.b64encode(KEY.encode()).decode(), file=sys.stderr)
def test_logs_a_word_that_our_handler_lets_pass():
    logging.getLogger("latchkey.x").debug("said", extra={"reason": canaries.passphrase()})
def test_writes_a_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "x.db-wal").write_bytes(KEY.encode())
@pytest.fixture
def closing(tmp_path):
    yield
    (tmp_path / "late").write_text(KEY)
def test_writes_a_file_while_it_closes(closing): pass
@pytest.fixture
def cleaning(tmp_path):
    yield
    (tmp_path / "early").unlink()
def test_writes_a_file_that_its_fixture_removes(cleaning, tmp_path): (tmp_path / "early").write_text(KEY)
def test_sends_it():
    telegram = Telegram(SandboxClock(), EventLog(), TOKEN)
    telegram.calls.record("sendMessage", {"text": KEY}, at=0.0, code=200, milliseconds=1.0)
@pytest.mark.writes_secrets("to see that it may")
def test_may_print(): print(KEY)
"""


def test_a_test_that_leaves_a_secret_fails_and_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "test_leaking.py").write_text(LEAKING)

    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "--show-capture=no",
         "-rA", str(tmp_path / "test_leaking.py"), "--rootdir", str(ROOT), "-c", str(ROOT / "pyproject.toml")],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    told = [line for line in ended.stdout.splitlines() if line.startswith("a secret was left in ")]
    assert sorted(
        f"a secret was left in {place}"
        for place in (
            "the log, as it is",
            "standard output, as it is",
            "standard error, in base64",
            "the file deep/x.db-wal, as it is",
            "the file late, as it is",
            "the file early, as it is",
            "a call of sendMessage, as it is",
        )
    ) == sorted(told)
    failed = {
        line.split("::")[1].split(" ")[0] for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))
    }
    assert {
        "test_logs_a_word_that_our_handler_lets_pass",
        "test_prints",
        "test_prints_on_standard_error",
        "test_writes_a_file",
        "test_writes_a_file_while_it_closes",
        "test_writes_a_file_that_its_fixture_removes",
        "test_sends_it",
    } == failed
