"""Makes an exchange's words fit to be shown: nothing in them may be a secret, a link or a control character.

Exchanges echo what they were sent: keys, passphrases, whole signed queries (seen in bodies that ccxt passes on).
"""

import base64
import re
import string
import unicodedata
from typing import Final
from urllib.parse import quote, quote_plus

from bot.domain.connection import Credential

LONGEST: Final = 160
"""Characters of a reason."""
GONE: Final = "…"

_PIECE: Final = 8
"""Characters of a secret that already count as the secret: exchanges cut what they echo."""
_URL: Final = re.compile(r"\b[a-z][a-z0-9+.-]{1,10}://\S+|\bwww\.\S+", re.IGNORECASE)
_QUERY: Final = re.compile(
    r"\b(signature|sign|api[-_ ]?key|access[-_ ]?key|secret|passphrase|(?:access_|refresh_)?token|timestamp|nonce)\b"
    r"[\"']?\s*[=:]\s*[\"']?[^\s&\"',;}]+",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"(?=[A-Za-z0-9+/=_-]*\d)[A-Za-z0-9+/=_-]{20,}|[A-Za-z+/=_-]{32,}")
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
"""Unlike ``str.lower`` it keeps every character in its place."""
_SPACE: Final = re.compile(r"\s+")


def scrub(words: str, credential: Credential | None) -> str | None:
    """An exchange's words without anything that could be a secret, at most 160 characters; None if nothing is left."""
    # Longer than any honest sentence: the rest would only be work.
    clean = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in words[:2000])
    if credential is not None:
        clean = _without(credential, clean)
    for pattern in (_URL, _QUERY, _TOKEN):
        clean = pattern.sub(GONE, clean)
    clean = _SPACE.sub(" ", clean).strip()
    if len(clean) > LONGEST:
        clean = clean[: LONGEST - 1].rstrip() + GONE
    return clean if clean.strip(f"{GONE} .,:;") else None


def _without(credential: Credential, words: str) -> str:
    hidden = bytearray(len(words))
    lower = words.translate(_LOWER)
    for value in (credential.api_key, credential.secret, credential.passphrase):
        for form in _forms(value) if value else ():
            _hide(form.translate(_LOWER), lower, hidden)
    pieces: list[str] = []
    for character, hide in zip(words, hidden, strict=True):
        if not hide:
            pieces.append(character)
        elif not pieces or pieces[-1] != GONE:
            pieces.append(GONE)
    return "".join(pieces)


def _forms(value: str) -> set[str]:
    raw = value.encode("utf-8", "surrogatepass")
    encoded = base64.b64encode(raw).decode()
    urlsafe = base64.urlsafe_b64encode(raw).decode()
    return {value, raw.hex(), encoded, encoded.rstrip("="), urlsafe.rstrip("="), quote(raw, safe=""), quote_plus(raw)}


def _hide(form: str, words: str, hidden: bytearray) -> None:
    """Marks every place where the words show the form, or a piece of it."""
    size = min(_PIECE, len(form))
    for start in range(len(words) - size + 1):
        if words[start : start + size] in form:
            hidden[start : start + size] = b"\x01" * size
