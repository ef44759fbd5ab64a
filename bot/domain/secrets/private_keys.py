"""Private keys that show by their form alone, whatever is written around them."""

import re

_PEM = re.compile(r"BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY")
"""The dashes are left out: chat clients turn them into long ones."""

PEM_BODY = re.compile(
    r"(?<![A-Za-z0-9+/])"
    r"(?:MC4CAQAwBQYDK2V[a-z]BCIE|MHcCAQEEI|MDECAQEEI|MIG[HT]AgEAMBMGBy|MEECAQAwEwYH|MIG2AgEAMBAGBy"
    r"|MII[A-Z][a-z0-9A-Z+/]{2}IBADAN|MII[A-Z][a-z0-9A-Z+/]{2}IBAAKC)",
)
"""How the base64 of Ed25519, EC and RSA private keys (PKCS #8, SEC 1, PKCS #1) begins, for a body pasted alone."""

_EXTENDED = re.compile(r"(?<![A-Za-z0-9])[a-zA-Z]prv[1-9A-HJ-NP-Za-km-z]{100,112}(?![A-Za-z0-9])")
"""BIP-32 extended private keys: xprv, and yprv, zprv, tprv … of SLIP-132."""

_STELLAR = re.compile(r"(?<![A-Za-z0-9])S[A-D][A-Z2-7]{54}(?![A-Za-z0-9])")
"""Stellar secret seeds (StrKey version 18 << 3)."""

_NOSTR_AND_AGE = re.compile(
    r"(?<![A-Za-z0-9])(?:nsec1|AGE-SECRET-KEY-1)[02-9ac-hj-np-zAC-HJ-NP-Z]{50,60}(?![A-Za-z0-9])"
)

_SOLANA_FILE = re.compile(r"\[\s{0,4}(?:\d{1,3}\s{0,4},\s{0,4}){63}\d{1,3}\s{0,4},?\s{0,4}\]")
"""Solana's key file: an array of 64 bytes."""

_UNMISTAKABLE = (
    ("PRIVATE KEY", _PEM),
    ("M", PEM_BODY),
    ("prv", _EXTENDED),
    ("S", _STELLAR),
    ("1", _NOSTR_AND_AGE),
    ("[", _SOLANA_FILE),
)
"""Each with a text that it contains: looking for that first is ten times faster, and every message comes by here."""


def has_private_key(text: str) -> bool:
    """Whether the text holds a PEM private key, an extended private key, or a wallet's key file.

    Keys that look like other things (hexadecimal, WIF, base58) are judged with their surroundings, by ``tokens``.
    """
    return any(part in text and pattern.search(text) for part, pattern in _UNMISTAKABLE)
