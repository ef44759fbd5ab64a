"""How a keyring is written down: one bare base64 line, or JSON with several keys. See `sources` for an example.

Strict on purpose: a keyring that is understood in part is a key that is missing in part. Every refusal is one sentence
with a remedy, and quotes nothing of the text it refuses.
"""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any

from bot.vault.keyring import Keyring, KeyringError, MasterKey, name_of
from bot.vault.primitives import KEY_BYTES

VERSION = 1
MAKE_ONE = "`openssl rand -base64 32`"


def parse_keyring(content: bytes, source: str) -> Keyring:
    """Reads either form; `source` is how the sentences of refusal call the place it came from.

    Raises:
        KeyringError: it is empty, neither form, of a newer version, or a key in it is not 32 bytes of base64.
    """
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise KeyringError(
            f"The master key in {source} is not text: it must be base64, as {MAKE_ONE} prints it.",
        ) from None
    if not text:
        raise KeyringError(f"The master key in {source} is empty: put the output of {MAKE_ONE} there.")
    if text.startswith("{"):
        return _parse_json(text, source)
    key = MasterKey.from_bare(_key_bytes(text, source))
    return Keyring([key], key.term)


def render_keyring(keyring: Keyring) -> bytes:
    """The JSON form: `parse_keyring(render_keyring(ring), …) == ring`."""
    keys = [
        {
            "id": key.term,
            "key": base64.b64encode(key.material).decode(),
            **({"created": key.created.isoformat()} if key.created else {}),
        }
        for key in keyring.terms.values()
    ]
    return json.dumps({"version": VERSION, "primary": keyring.primary, "keys": keys}, indent=2).encode() + b"\n"


def _parse_json(text: str, source: str) -> Keyring:
    broken = KeyringError(f"The keyring in {source} is damaged: restore it from its backup.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise broken from None
    if document.get("version") != VERSION:
        raise KeyringError(
            f"The keyring in {source} is not of version {VERSION}: use the Latchkey that wrote it, or a newer one.",
        )
    entries, primary = document.get("keys"), document.get("primary")
    if not isinstance(entries, list) or not _is_term(primary):
        raise broken
    keys = [_parse_key(entry, source) for entry in entries]
    return Keyring(keys, primary)


def _parse_key(entry: Any, source: str) -> MasterKey:
    match entry:
        case {"id": int(term), "key": str(key)} if _is_term(term):
            return MasterKey(term, _key_bytes(key, source), _moment(entry.get("created"), term, source))
    raise KeyringError(f"A key in the keyring {source} lacks its `id` or `key`: restore the keyring from its backup.")


def _key_bytes(text: str, source: str) -> bytes:
    try:
        material = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeyringError(
            f"A master key in {source} is not base64: it must be {KEY_BYTES} bytes, as {MAKE_ONE} prints them.",
        ) from None
    if len(material) != KEY_BYTES:
        raise KeyringError(
            f"A master key in {source} is {len(material)} bytes and must be {KEY_BYTES}: make one with {MAKE_ONE}.",
        )
    return material


def _moment(text: Any, term: int, source: str) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise KeyringError(
            f"The key {name_of(term)} in {source} has no proper date in `created`: correct it or leave it out.",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_term(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
