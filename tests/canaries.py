"""Recognisable secrets, and every form in which one of them could be found again.

A canary has the shape of the thing it stands for (a Binance key is 64 letters and digits) and holds a mark that no
other text of this session holds. The mark is in it more than once, so that a piece of it is recognised too.
"""

import base64
import hashlib
import os
import secrets
import string
from collections.abc import Iterable, Iterator

ALPHABET = string.ascii_letters + string.digits

_SESSION = os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(16)
"""pytest-xdist's workers must agree: they compare the names of their tests."""


def _noise(about: str) -> str:
    digest = hashlib.sha256(f"{_SESSION}/{about}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest)


MARK = f"Cn{_noise('mark')[:12]}"
"""This session's. Fourteen letters and digits: nothing else says them by chance."""

KEY_LENGTH = 64
SHORTEST = 12
"""Characters of a secret that are looked for. Shorter ones would be found everywhere."""


def api_key(name: str) -> str:
    """A key as Binance gives them out; the same one for the same name."""
    return _canary("key", name)


def secret(name: str) -> str:
    """The secret of the key of that name."""
    return _canary("secret", name)


def passphrase() -> str:
    """A passphrase as people choose them."""
    return f"{MARK}-horse-battery"


def _canary(kind: str, name: str) -> str:
    # Ends in letters of its own: the last four characters of a key may be shown.
    tail = _noise(f"{kind}/{name}")
    return f"{MARK}{tail[:10]}{MARK}{tail[10:]}"[:KEY_LENGTH].ljust(KEY_LENGTH, "x")


def pieces_of_pem(pem: str) -> list[str]:
    """What is secret in a private key: a few lines of it, without what every key of its kind begins with."""
    _, first, *others = [line for line in pem.splitlines() if line]
    return [first[len(first) // 2 :], *(line for line in others[:3] if not line.startswith("-"))]


class Watcher:
    """Knows secrets, and finds them in bytes whatever they are dressed as."""

    def __init__(self, known: Iterable[str] = (MARK,)) -> None:
        self._needles: dict[bytes, str] = {}
        for text in known:
            self.learn(text)

    def learn(self, text: str) -> None:
        """From now on, finds this secret: whole, or the greater part of its beginning or of its middle."""
        if len(text) < SHORTEST:
            return
        for piece in _pieces(text):
            for form, needle in forms(piece):
                self._needles.setdefault(needle, form)

    def found_in(self, haystack: bytes) -> str | None:
        """How a secret is written in these bytes; None if there is none."""
        return next((form for needle, form in self._needles.items() if needle in haystack), None)


def _pieces(text: str) -> set[str]:
    """A canary's mark is found wherever it stands; of other secrets two pieces do, neither of them the tail."""
    if MARK in text:
        return {MARK}
    third = max(SHORTEST, len(text) // 3)
    return {text[:third], text[third : 2 * third] if len(text) >= 3 * SHORTEST else text}


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """A text as it is, and as it looks inside of something encoded."""
    raw = text.encode()
    yield "as it is", raw
    yield "backwards", raw[::-1]
    yield "in UTF-16", text.encode("utf-16-le")
    yield "in hex", raw.hex().encode()
    yield "in hex", raw.hex().upper().encode()
    yield "percent-encoded", "".join(f"%{byte:02X}" for byte in raw).encode()
    yield "percent-encoded", "".join(f"%{byte:02x}" for byte in raw).encode()
    yield "in JSON escapes", "".join(f"\\u{ord(letter):04x}" for letter in text).encode()
    yield "in Python escapes", "".join(f"\\x{byte:02x}" for byte in raw).encode()
    for alignment in range(3):
        yield "in base64", _inside_base64(raw, alignment, b"+/")
        yield "in base64", _inside_base64(raw, alignment, b"-_")


def _inside_base64(raw: bytes, alignment: int, altchars: bytes) -> bytes:
    """What base64 makes of it when it begins at such an offset: without the letters that its neighbours share."""
    encoded = base64.b64encode(b"\0" * alignment + raw, altchars)
    first = (0, 2, 3)[alignment]
    last = (alignment + len(raw)) * 8 // 6
    return encoded[first:last]
