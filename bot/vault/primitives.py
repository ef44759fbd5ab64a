"""What every format of the vault is made of: keys from keys, bytes from fields, AES-GCM that answers with a value."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
"""Every symmetric key of the vault is an AES-256 key."""

NONCE_BYTES = 12
"""96 bits, the size for which GCM uses the nonce as it is instead of hashing it (NIST SP 800-38D, 8.2)."""

LONGEST_FIELD = 0xFFFF
"""A framed field's length is written in two bytes."""

TAG_BYTES = 16
"""The full GCM tag; we never truncate it."""


def derive(material: bytes, *, info: bytes, length: int = KEY_BYTES, salt: bytes | None = None) -> bytes:
    """HKDF-SHA512 (RFC 5869): `length` bytes that reveal nothing of `material` or of what another `info` yields."""
    return HKDF(SHA512(), length, salt, info).derive(material)


def framed(*fields: str | bytes) -> bytes:
    """Joins fields, each behind its length in bytes as a big-endian u16, so that no two lists of fields read alike.

    Without the lengths ("ab", "c") and ("a", "bc") would authenticate each other.

    Raises:
        ValueError: a field is longer than 65,535 bytes.
    """
    frames = bytearray()
    for field in fields:
        encoded = field.encode() if isinstance(field, str) else field
        if len(encoded) > LONGEST_FIELD:
            raise ValueError("a field of associated data is longer than 65,535 bytes")
        frames += len(encoded).to_bytes(2)
        frames += encoded
    return bytes(frames)


def decrypt(cipher: AESGCM, nonce: bytes, sealed: bytes, associated: bytes) -> bytes | None:
    """AES-GCM, with None where the tag does not fit.

    A value instead of an exception, so that `CannotUnseal` is raised by a frame that holds no key and with no other
    exception behind it: a traceback that prints local variables then has none to print.
    """
    try:
        return cipher.decrypt(nonce, sealed, associated)
    except InvalidTag:
        return None
