"""Who signed an action of Hyperliquid's, found out without the library that signed it.

An action is packed (MessagePack), hashed together with its nonce, and the hash is signed as typed data (EIP-712) of a
"phantom agent" (hyperliquid-python-sdk, signing.py). The signature leads back to the signer's public key (SEC 1,
4.1.6). Only a few lines of each are needed here.
"""

from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256K1, EllipticCurvePublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bot.sandbox.exchanges.ethereum import keccak256

Point = tuple[int, int] | None
"""On secp256k1; None is the point at infinity."""

_P: Final = 2**256 - 2**32 - 977
_ORDER: Final = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
_BASE: Final = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
"""The curve y² = x³ + 7 (SEC 2, 2.4.1)."""


def signer_of(action: object, nonce: int, signature: Mapping[str, Any], *, live: bool) -> str:
    """The address of whoever signed an action: ``0x`` and 40 hexadecimal digits, lower case.

    Raises:
        InvalidSignature: if the public key found does not verify the signature after all.
    """
    digest = _digest(action, nonce, b"a" if live else b"b")
    r, s, v = int(signature["r"], 16), int(signature["s"], 16), int(signature["v"])
    assert v in {27, 28}
    x, y = _public_key(digest, r, s, odd=v == 28)
    key = EllipticCurvePublicNumbers(x, y, SECP256K1()).public_key()
    key.verify(encode_dss_signature(r, s), digest, ECDSA(Prehashed(SHA256())))
    return "0x" + keccak256(x.to_bytes(32) + y.to_bytes(32))[-20:].hex()


def _digest(action: object, nonce: int, source: bytes) -> bytes:
    connection = keccak256(_packed(action) + nonce.to_bytes(8) + b"\x00")  # no vault
    domain_type = b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    domain = keccak256(
        keccak256(domain_type) + keccak256(b"Exchange") + keccak256(b"1") + (1337).to_bytes(32) + bytes(32)
    )
    agent = keccak256(keccak256(b"Agent(string source,bytes32 connectionId)") + keccak256(source) + connection)
    return keccak256(b"\x19\x01" + domain + agent)


def _packed(value: object) -> bytes:
    """As MessagePack has small values."""
    match value:
        case bool():
            return b"\xc3" if value else b"\xc2"
        case int() if 0 <= value < 128:
            return bytes([value])
        case str() if len(value) < 32:
            return bytes([0xA0 | len(value)]) + value.encode()
        case list() if len(value) < 16:
            return bytes([0x90 | len(value)]) + b"".join(map(_packed, value))
        case dict() if len(value) < 16:
            pairs = (_packed(name) + _packed(each) for name, each in value.items())
            return bytes([0x80 | len(value)]) + b"".join(pairs)
        case _:
            raise ValueError("nothing so large is signed here")


def _public_key(digest: bytes, r: int, s: int, *, odd: bool) -> tuple[int, int]:
    y = pow(r**3 + 7, (_P + 1) // 4, _P)
    nonce_point = (r, y if y % 2 == odd else _P - y)
    minus_z = -int.from_bytes(digest) % _ORDER
    found = _times(pow(r, -1, _ORDER), _plus(_times(s, nonce_point), _times(minus_z, _BASE)))
    assert found is not None
    return found


def _plus(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % _P == 0:
        return None
    slope = 3 * x1 * x1 * pow(2 * y1, -1, _P) if one == other else (y2 - y1) * pow(x2 - x1, -1, _P)
    x = (slope * slope - x1 - x2) % _P
    return x, (slope * (x1 - x) - y1) % _P


def _times(number: int, point: Point) -> Point:
    total: Point = None
    while number:
        if number & 1:
            total = _plus(total, point)
        point = _plus(point, point)
        number >>= 1
    return total
