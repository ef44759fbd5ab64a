"""Files that are secrets by their name, and files that may hold one and are small enough to look into."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.usecases.ports import Deletion

LARGEST_SCAN = 64 * 1024
"""Bytes. Keys and seed phrases come in small files; larger ones are not fetched."""

_KEY_FILE = re.compile(
    r"""
      \.(pem|key|p8|p12|pfx|pkcs8|pkcs12|ppk|jks|bks|keystore|kdbx?|wallet)$
    | ^id_(rsa|dsa|ecdsa|ed25519)$
    | ^wallet\.(dat|json|txt)$
    | ^utc--\d{4}-\d\d-\d\d      # an Ethereum client's keystore
    | ^keystore\b.*\.json$
    | (seed|mnemonic|recovery)[ _-]?(phrase|words)?\.(txt|json|md)$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PUBLIC_HALF = re.compile(r"(\.pub|[._-]pub(lic)?([._-]?key)?\.(pem|key))$", re.IGNORECASE)
_TEXT_NAME = re.compile(
    r"\.(txt|text|csv|tsv|json|ya?ml|toml|ini|cfg|conf|config|env|properties|log|md|py|js|ts|sh|bat|ps1|xml|html?|rtf|asc)$"
    r"|^\.?env(\..*)?$|^[^.]+$",
    re.IGNORECASE,
)
_TEXT_TYPE = re.compile(
    r"^(text/.*|application/(json|xml|x-yaml|yaml|toml|x-sh|javascript|x-python.*))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SmallFile:
    """A file to look into."""

    file_id: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """A message whose file has to be looked into.

    Attributes:
        message: how it would be deleted; ``why`` is empty until something is found.
        album: its ``media_group_id``, if it is in one.
    """

    file: SmallFile
    message: Deletion
    album: str | None = None


def is_key_file(message: Mapping[str, Any]) -> bool:
    """True if the attached file is a private key, a key store or a wallet, by its name."""
    for attached in ("document", "audio", "video", "animation"):
        file = message.get(attached)
        name = file.get("file_name") if isinstance(file, Mapping) else None
        if isinstance(name, str) and _KEY_FILE.search(name.strip()) and not _PUBLIC_HALF.search(name.strip()):
            return True
    return False


def to_look_into(message: Mapping[str, Any]) -> SmallFile | None:
    """The attached document if it is text, as far as name and type tell, and at most 64 KiB."""
    document = message.get("document")
    if not isinstance(document, Mapping):
        return None
    file_id, size = document.get("file_id"), document.get("file_size")
    name, mime = str(document.get("file_name") or ""), str(document.get("mime_type") or "")
    if not isinstance(file_id, str) or not isinstance(size, int) or not 0 < size <= LARGEST_SCAN:
        return None
    return SmallFile(file_id) if _TEXT_TYPE.match(mime) or _TEXT_NAME.search(name.strip()) else None
