"""Recognising a value without keeping it: keyed HMACs that stay the same for as long as the deployment lives.

Master keys rotate, fingerprints must not: they are compared for years. So they hang on a random pepper of 32 bytes,
which is stored boxed under the master key like anything else, and reboxed at rotation, but itself never changes.
Without the pepper a fingerprint says nothing, not even to somebody who has the value and wants to know whose it is.
"""

import hmac

from bot.vault.primitives import KEY_BYTES, derive, framed

PEPPER_BYTES = KEY_BYTES


class Fingerprints:
    """The fingerprints of one pepper: 64 hex digits of HMAC-SHA256, under a key of its own for each kind of value."""

    def __init__(self, pepper: bytes) -> None:
        self._api_key_key = derive(pepper, info=b"latchkey/v1/fingerprint")
        self._account_key = derive(pepper, info=b"latchkey/v1/account")

    def api_key(self, exchange: str, api_key: str) -> str:
        """Of an API key at an exchange."""
        return _hmac(self._api_key_key, exchange, api_key)

    def account(self, exchange: str, uid: str) -> str:
        """Of an account id at an exchange."""
        return _hmac(self._account_key, exchange, uid)


def _hmac(key: bytes, exchange: str, value: str) -> str:
    # What is pasted may hold any code point, a lone surrogate too. A strict encoder would raise an error that carries
    # the whole value with it.
    return hmac.digest(key, framed(exchange, value.encode(errors="surrogatepass")), "sha256").hex()
