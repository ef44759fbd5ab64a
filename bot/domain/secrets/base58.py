"""Base58 as wallets write it: enough to tell an address, which is public, from a key, which is not."""

import hashlib
from typing import Final

BITCOIN: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE: Final = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"

_CHECK_LENGTH = 4


def decode(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """The bytes, or None where a character is not of the alphabet."""
    number = 0
    for character in text:
        digit = alphabet.find(character)
        if digit < 0:
            return None
        number = number * 58 + digit
    leading = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(leading) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def payload(text: str, alphabet: str = BITCOIN) -> bytes | None:
    """What a base58check text says, without its checksum; None where the checksum is wrong."""
    raw = decode(text, alphabet)
    if raw is None or len(raw) <= _CHECK_LENGTH:
        return None
    said, check = raw[:-_CHECK_LENGTH], raw[-_CHECK_LENGTH:]
    return said if hashlib.sha256(hashlib.sha256(said).digest()).digest()[:_CHECK_LENGTH] == check else None
