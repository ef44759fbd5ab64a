"""Private keys of every kind and in every writing; none of them opens anything."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

_Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

EC_KEY = ec.derive_private_key(0x1234567890ABCDEF << 128 | 0xFEDCBA9876543210, ec.SECP256R1())
OTHER_EC_KEY = ec.derive_private_key(0xABCDEF << 200 | 0x77, ec.SECP256R1())
ED25519_KEY = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RSA_KEY = rsa.generate_private_key(65537, 2048)


def pem_of(key: _Private, form: PrivateFormat, lock: KeySerializationEncryption | None = None) -> str:
    """As OpenSSL writes it, without the line break at its end."""
    return key.private_bytes(Encoding.PEM, form, lock or NoEncryption()).decode().strip()


def without_public_half(number: int) -> tuple[str, str]:
    """SEC 1 and PKCS #8 of a key on P-256 that leaves its public half out, as both may (RFC 5915)."""
    secret = number.to_bytes(32, "big")
    sec1 = bytes.fromhex("303102010104 20".replace(" ", "")) + secret + bytes.fromhex("a00a06082a8648ce3d030107")
    head = "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420"
    return _pem("EC PRIVATE KEY", sec1), _pem("PRIVATE KEY", bytes.fromhex(head) + secret)


def _pem(what: str, der: bytes) -> str:
    body = base64.b64encode(der).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join([f"-----BEGIN {what}-----", *lines, f"-----END {what}-----"])


SEC1 = pem_of(EC_KEY, PrivateFormat.TraditionalOpenSSL)
PKCS8 = pem_of(EC_KEY, PrivateFormat.PKCS8)
OTHER_SEC1 = pem_of(OTHER_EC_KEY, PrivateFormat.TraditionalOpenSSL)
BARE_SEC1, BARE_PKCS8 = without_public_half(0x5A5A << 100 | 0x1234567)

_SECRET = BestAvailableEncryption(b"a toy's password")
OF_OTHER_KINDS = {
    "rsa, pkcs8": pem_of(RSA_KEY, PrivateFormat.PKCS8),
    "rsa, pkcs1": pem_of(RSA_KEY, PrivateFormat.TraditionalOpenSSL),
    "ed25519": pem_of(ED25519_KEY, PrivateFormat.PKCS8),
    "ed25519, openssh": pem_of(ED25519_KEY, PrivateFormat.OpenSSH),
    "another curve, sec1": pem_of(ec.derive_private_key(7, ec.SECP256K1()), PrivateFormat.TraditionalOpenSSL),
    "another curve, pkcs8": pem_of(ec.derive_private_key(7, ec.SECP384R1()), PrivateFormat.PKCS8),
    "encrypted": pem_of(EC_KEY, PrivateFormat.PKCS8, _SECRET),
    "encrypted in the old way": pem_of(EC_KEY, PrivateFormat.TraditionalOpenSSL, _SECRET),
    "public": EC_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
}
