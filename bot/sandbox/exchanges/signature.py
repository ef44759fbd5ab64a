"""Checks a request's signature from the bytes that came over the wire.

The standard library and ``cryptography`` do the work, so that a mistake of the client library under test shows up here
instead of agreeing with itself.
"""

import base64
import binascii
import functools
import hashlib
import hmac
import re

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

_SMALLEST_RSA = 2048
"""Bits."""

AGENT = "agent"
"""What an address is that signs for an account, among the kinds of public keys."""
_ADDRESS = re.compile("0x[0-9a-f]{40}")


def signed_with_secret(payload: bytes, signature: str, secret: str) -> bool:
    """Whether a hexadecimal HMAC-SHA256, in either case, was made with the secret."""
    expected = hmac.digest(secret.encode(), payload, hashlib.sha256).hex()
    return hmac.compare_digest(expected.encode(), signature.lower().encode())


def signed_with_private_key(payload: bytes, signature: str, public_pem: str) -> bool:
    """Whether a base64 signature was made by the owner of a public key: Ed25519, or RSA with PKCS#1 v1.5 and SHA-256.

    Raises:
        ValueError: when the PEM is of neither kind; the sandbox was then set up wrongly.
    """
    try:
        raw = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    key = _public_key(public_pem)
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(raw, payload)
        else:
            key.verify(raw, payload, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


@functools.lru_cache(maxsize=1024)
def _public_key(pem: str) -> ed25519.Ed25519PublicKey | rsa.RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    if isinstance(key, (ed25519.Ed25519PublicKey, rsa.RSAPublicKey)):
        return key
    raise ValueError("only RSA and Ed25519 public keys can be registered")


def kind_of_public_key(pem: str) -> str | None:
    """``ed25519``, ``rsa`` of at least 2048 bits, ``agent``; None for anything else, a private key above all."""
    if _ADDRESS.fullmatch(pem.strip().lower()):
        return AGENT
    try:
        key = load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa" if key.key_size >= _SMALLEST_RSA else None
    return "ed25519" if isinstance(key, ed25519.Ed25519PublicKey) else None
