"""Looks, after every test, whether a secret was left: in a log, on the standard streams, in a file, in a call.

Secrets are those of ``canaries`` and every key and secret that a simulated exchange of the test ever gave out. What the
sandbox knows in its memory, and shows on its own control page, is not looked at: the exchange has to know its keys.
"""

import io
import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.domain.key_pairs import KeyPair, PairKind
from bot.observability.logs import OneLine, as_json
from bot.sandbox.exchanges.account import Account, Accounts
from bot.sandbox.telegram.state import Telegram
from bot.vault import KeyPairMaker
from tests.canaries import MARK, Watcher, pieces_of_pem

MOST_SECRETS = 40
"""Of an exchange that gave out thousands of keys, the first and the last are looked for."""

LARGEST_FILE = 64 * 1024 * 1024


class Watch:
    """Over one test.

    Attributes:
        folder: the test's ``tmp_path``; None if it has none.
        given_out: keys and secrets of simulated exchanges, and private halves of pairs that we made.
        telegrams: every simulated Telegram that was made.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.given_out: list[str] = []
        self.telegrams: list[Telegram] = []
        self._log = io.StringIO()

    @contextmanager
    def over(self) -> Iterator[None]:
        """Listens to every logger at DEBUG, and puts back what a test changes of logging and of Python's hooks."""
        root, ours = logging.getLogger(), logging.getLogger("latchkey")
        before = root.handlers[:]
        levels, loud = (root.level, ours.level), logging.raiseExceptions
        hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        handler = logging.StreamHandler(self._log)
        handler.setFormatter(OneLine(as_json))
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        _OPEN.append(self)
        try:
            yield
        finally:
            _OPEN.remove(self)
            logging.captureWarnings(capture=False)
            sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
            logging.raiseExceptions = loud
            root.setLevel(levels[0])
            ours.setLevel(levels[1])
            for added in [each for each in root.handlers if each not in before]:
                root.removeHandler(added)

    def leak(self) -> str | None:
        """Where a secret was left, and in which form; None if nowhere."""
        watcher = self._watcher()
        for place, content in self._places():
            form = watcher.found_in(content)
            if form is not None:
                return f"a secret was left in {place}, {form}"
        return None

    def leak_in(self, place: str, content: str) -> str | None:
        """The same of one text that the test wrote elsewhere."""
        form = self._watcher().found_in(content.encode(errors="replace")) if content else None
        return None if form is None else f"a secret was left in {place}, {form}"

    def _places(self) -> Iterator[tuple[str, bytes]]:
        log = self._log.getvalue()
        if log:
            yield "the log", log.encode()
        for telegram in self.telegrams:
            for call in telegram.calls:
                if call.params:
                    yield f"a call of {call.method}", _as_sent(call.params)
        if self.folder is not None and self.folder.is_dir():
            for file in self.folder.rglob("*"):
                if file.is_file() and not file.is_symlink() and 0 < file.stat().st_size <= LARGEST_FILE:
                    yield f"the file {file.relative_to(self.folder)}", file.read_bytes()

    def _watcher(self) -> Watcher:
        known = list(dict.fromkeys(self.given_out))
        half = MOST_SECRETS // 2
        return Watcher([MARK, *(known if len(known) <= MOST_SECRETS else known[:half] + known[-half:])])


def _as_sent(params: dict[str, Any]) -> bytes:
    return json.dumps(params, default=str, ensure_ascii=False).encode(errors="replace")


_OPEN: list[Watch] = []
"""Watches of tests under way: one, unless a test makes its own."""


def keep_an_eye_on_sandboxes() -> None:
    """From now on, every simulated Telegram and every key given out is known to the watches under way."""
    begin, add, invent, make = Telegram.__init__, Accounts._add, Accounts.invent_secret, KeyPairMaker.make

    def __init__(telegram: Telegram, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it takes its place
        begin(telegram, *args, **kwargs)
        for watch in _OPEN:
            watch.telegrams.append(telegram)

    def _add(books: Accounts, *args: Any, **kwargs: Any) -> Account:
        account = add(books, *args, **kwargs)
        for watch in _OPEN:
            watch.given_out += [account.api_key, account.secret]
        return account

    def invent_secret(books: Accounts, name: str) -> str:
        secret = invent(books, name)
        for watch in _OPEN:
            watch.given_out.append(secret)
        return secret

    def make_pair(maker: KeyPairMaker, kind: PairKind) -> KeyPair:
        pair = make(maker, kind)
        for watch in _OPEN:
            watch.given_out += [pair.private] if kind is PairKind.AGENT else pieces_of_pem(pair.private)
        return pair

    make_pair.__name__ = make.__name__
    replacements: tuple[tuple[type, Callable[..., Any]], ...] = (
        (Telegram, __init__),
        (Accounts, _add),
        (Accounts, invent_secret),
        (KeyPairMaker, make_pair),
    )
    for owner, function in replacements:
        setattr(owner, function.__name__, function)
