"""A secret that is a private key in PEM: found in a paste however it was bent, told by kind, written as it should be.

Chat clients lengthen the dashes of its marks, programs turn its line breaks into a backslash and an n, and forms lose
them. What never changes is the base64 between the marks, and the DER in it (ITU-T X.690) says in its first bytes how
long it is: so the key is read from there, and the marks only say where to look. Only the outer structure is read: the
kind of key, and whether it is whole. Whether the numbers in it make a key is found out when something is signed.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.secrets.private_keys import PEM_BODY


class KeyKind(StrEnum):
    """A kind of private key; the value is what people call it."""

    ECDSA = "ECDSA"
    """On the curve P-256, as SEC 1 (RFC 5915) or PKCS #8 (RFC 5958)."""
    ED25519 = "Ed25519"
    RSA = "RSA"
    OTHER = "other"
    """Another curve, an encrypted key, a public key, a certificate."""


@dataclass(frozen=True, slots=True)
class Pem:
    """A key that was found.

    Attributes:
        kind: None if it is not whole.
        text: as it should be written: two marks, lines of 64 characters, no line break at the end. Of a key that ends
            with its message, what is there of it.
        goes_on: it ends with its message: the rest may come in the next one.
    """

    kind: KeyKind | None
    text: str = field(repr=False)
    goes_on: bool = False


_DASHES = "[-–—‐‑‒―−]{0,6}"  # noqa: RUF001  -- chat clients lengthen the dashes
_MARK = rf"[ \t]?{_DASHES}[ \t]?"
_START = re.compile(
    rf"{_MARK}BEGIN (?P<what>[A-Z0-9 ]{{0,30}}?)(?P<whose>PRIVATE KEY|PUBLIC KEY|CERTIFICATE){_DASHES}"
    rf"|(?P<bare>{PEM_BODY.pattern})"
)
_END_MARK = rf"{_MARK}END [A-Z0-9 ]{{0,40}}{_DASHES}(?:\\{{1,4}}[nrt])*"
_END = re.compile(rf"(?:\s|\\{{1,4}}[nrt])*{_END_MARK}")
_NEXT_END = re.compile(_END_MARK)
_PIECE = re.compile(r"(?:\s|>|\\{1,4}[nrt])*([A-Za-z0-9+/]+)")
_PADDING = re.compile(r"(?:\s|\\{1,4}[nrt])*={1,2}")
_FOREIGN = re.compile("ENCRYPTED|OPENSSH|PGP")
_LOCKED = re.compile(r"(?:\s|\\{1,4}[nrt])*Proc-Type:")
"""A password in the old form (RFC 1421)."""
_TAIL = re.compile(r"(?:\s|\\{1,4}[nrt])*")
_ONLY_BODY = re.compile(r"(?:[A-Za-z0-9+/=\s]|\\{1,4}[nrt])*")
_ONLY_AFTER = re.compile(r"[\s\"'`,}]*")
_TELLING = re.compile(r"[A-Za-z0-9+/]{20}")
"""Of a part of a body: words like "thanks" are made of the same characters."""

_LONGEST = 4_096
"""Characters of base64; an RSA key of 4096 bits has some 3,200."""
_LINE = 64

_SEQUENCE, _INTEGER, _OCTETS, _OID, _PARAMETERS = 0x30, 0x02, 0x04, 0x06, 0xA0
_P256 = bytes.fromhex("2a8648ce3d030107")
_EC = bytes.fromhex("2a8648ce3d0201")
_BY_OID = {bytes.fromhex("2b6570"): KeyKind.ED25519, bytes.fromhex("2a864886f70d010101"): KeyKind.RSA}
_P256_BYTES = 32
_ENDLESS = 0x80
"""A length that is not told in advance: BER, not DER."""


def cut_pems(seen: str) -> tuple[list[Pem], str]:
    """The keys in a text, and the text without them."""
    found: list[Pem] = []
    rest: list[str] = []
    at = 0
    while (start := _START.search(seen, at)) is not None:
        rest.append(seen[at : start.start()])
        pem, at = _read(seen, start)
        found.append(pem)
    return found, " ".join([*rest, seen[at:]])


def continues_pem(seen: str) -> bool:
    """Whether a message can be the rest of a key that another one began."""
    end = _NEXT_END.search(seen)
    body, after = (seen[: end.start()], seen[end.end() :]) if end else (seen, "")
    if not _ONLY_BODY.fullmatch(body) or not _ONLY_AFTER.fullmatch(after):
        return False
    return end is not None or _TELLING.search(body) is not None


def is_pem(value: str, kinds: frozenset[KeyKind]) -> bool:
    """Whether a value is a key of one of these kinds, written as it should be."""
    if not kinds or "PRIVATE KEY" not in value:
        return False
    found, _ = cut_pems(value)
    return len(found) == 1 and found[0].kind in kinds and found[0].text == value


# -------------------------------------------------------------------------------------------------------------- reading


def _read(seen: str, start: re.Match[str]) -> tuple[Pem, int]:
    """The key that starts there, and where the text goes on."""
    at = start.start("bare") if start["bare"] is not None else start.end()
    if (
        start["whose"] in ("PUBLIC KEY", "CERTIFICATE")
        or _FOREIGN.search(start["what"] or "")
        or _LOCKED.match(seen, at)
    ):
        end = _NEXT_END.search(seen, at)
        return Pem(KeyKind.OTHER, ""), end.end() if end else len(seen)
    body, at = _body(seen, at)
    end = _END.match(seen, at)
    at = end.end() if end else at
    der = _decoded(body)
    if der is not None:
        kind = _kind_of(der)
        return Pem(kind, _written(kind, der, body)), at
    goes_on = end is None and _TAIL.fullmatch(seen, at) is not None and len(seen) - start.start() <= _LONGEST
    return Pem(None, seen[start.start() :] if goes_on else "", goes_on), at


def _body(seen: str, at: int) -> tuple[str, int]:
    """The base64 of one key from here, as far as it goes, and where it ends: never beyond the length it tells."""
    body = ""
    while len(body) < _LONGEST and (piece := _PIECE.match(seen, at)) is not None:
        needed = _characters(body + piece[1])
        missing = len(piece[1]) if needed is None else min(len(piece[1]), needed - len(body))
        body, at = body + piece[1][:missing], piece.start(1) + missing
        if needed is not None and len(body) >= needed:
            break
        if _END.match(seen, at):
            break
    padding = _PADDING.match(seen, at)
    return body, padding.end() if padding else at


def _characters(body: str) -> int | None:
    """How many characters of base64, without padding, the key has; None if its first bytes do not tell."""
    head = _bytes_of(body[:8])
    size = _size(head)
    return None if size is None else (size * 8 + 5) // 6


def _decoded(body: str) -> bytes | None:
    """The DER; None if something is missing or too much."""
    if _characters(body) != len(body):
        return None
    return _bytes_of(body)


def _bytes_of(body: str) -> bytes:
    whole = body if len(body) % 4 != 1 else body[:-1]
    try:
        return base64.b64decode(whole + "=" * (-len(whole) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _written(kind: KeyKind, der: bytes, body: str) -> str:
    if kind is not KeyKind.ECDSA:
        return ""
    what = "EC PRIVATE KEY" if _is_sec1(der) else "PRIVATE KEY"
    padded = body + "=" * (-len(body) % 4)
    lines = (padded[start : start + _LINE] for start in range(0, len(padded), _LINE))
    return "\n".join([f"-----BEGIN {what}-----", *lines, f"-----END {what}-----"])


# ------------------------------------------------------------------------------------------------------------------ DER


class _NotDerError(ValueError):
    """Bytes that are not what they should be. Holds nothing of them."""


def _kind_of(der: bytes) -> KeyKind:
    """The kind of key in a whole DER structure."""
    try:
        parts = list(_parts(next(_parts(der, _SEQUENCE))[1]))
        return _kind_of_parts(parts)
    except (_NotDerError, StopIteration, IndexError):
        return KeyKind.OTHER


def _kind_of_parts(parts: list[tuple[int, bytes]]) -> KeyKind:
    tags = [tag for tag, _ in parts]
    if tags[:2] == [_INTEGER, _OCTETS]:  # SEC 1
        return _curve(parts[1][1], next((value for tag, value in parts if tag == _PARAMETERS), b""))
    if tags[:2] == [_INTEGER, _INTEGER]:  # PKCS #1
        return KeyKind.RSA
    if tags[:3] == [_INTEGER, _SEQUENCE, _OCTETS]:  # PKCS #8
        return _wrapped(list(_parts(parts[1][1])), parts[2][1])
    return KeyKind.OTHER


def _wrapped(algorithm: list[tuple[int, bytes]], key: bytes) -> KeyKind:
    if algorithm[:2] != [(_OID, _EC), (_OID, _P256)]:
        return _BY_OID.get(algorithm[0][1], KeyKind.OTHER)
    inner = list(_parts(next(_parts(key, _SEQUENCE))[1]))
    return _of_length(inner[1][1]) if [tag for tag, _ in inner[:2]] == [_INTEGER, _OCTETS] else KeyKind.OTHER


def _curve(number: bytes, parameters: bytes) -> KeyKind:
    return _of_length(number) if parameters and next(_parts(parameters)) == (_OID, _P256) else KeyKind.OTHER


def _of_length(number: bytes) -> KeyKind:
    return KeyKind.ECDSA if len(number) == _P256_BYTES else KeyKind.OTHER


def _is_sec1(der: bytes) -> bool:
    """Whether it is SEC 1, where the number follows its version; in PKCS #8 the algorithm does."""
    return [tag for tag, _ in _parts(next(_parts(der))[1])][:2] == [_INTEGER, _OCTETS]


def _parts(der: bytes, expected: int | None = None) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element, one after the other."""
    while der:
        size = _size(der, expected or der[0])
        if size is None or size > len(der):
            raise _NotDerError
        yield der[0], der[_header(der) : size]
        der = der[size:]


def _size(der: bytes, expected: int = _SEQUENCE) -> int | None:
    """Bytes of the first element with its header; None if it is of another kind, or its header is not whole."""
    if len(der) < 2 or der[0] != expected or der[1] == _ENDLESS:  # noqa: PLR2004  -- a tag and a length
        return None
    header = _header(der)
    if len(der) < header or header > 4:  # noqa: PLR2004  -- 64 KiB are more than any key has
        return None
    return header + (der[1] if header == 2 else int.from_bytes(der[2:header], "big"))  # noqa: PLR2004


def _header(der: bytes) -> int:
    """Bytes of an element's tag and length."""
    return 2 + (der[1] & 0x7F if der[1] & 0x80 else 0)
