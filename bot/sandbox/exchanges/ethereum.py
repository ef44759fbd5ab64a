"""The address of an Ethereum private key: Keccak-256 of the public key on secp256k1, its last 20 bytes.

Keccak as it was submitted to NIST: the padding byte is 01, where ``hashlib.sha3_256`` has 06 (FIPS 202). Written out
here, so that the simulator agrees with nobody's client library by accident.
"""

from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256K1, derive_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_LANE: Final = 64
_MASK: Final = (1 << _LANE) - 1
_ROUNDS: Final = 24
_RATE: Final = 136
"""Bytes taken in at a time, of the 200 of the state."""
_ADDRESS_BYTES: Final = 20


@lru_cache(maxsize=4096)
def address_of(private_key: str) -> str:
    """``0x`` and 40 hexadecimal digits, lower case.

    Raises:
        ValueError: for what is no private key.
    """
    number = int(private_key.removeprefix("0x"), 16)
    public = derive_private_key(number, SECP256K1()).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return "0x" + keccak256(point[1:])[-_ADDRESS_BYTES:].hex()


def keccak256(message: bytes) -> bytes:
    """32 bytes."""
    padded = bytearray(message) + b"\x01"
    padded += b"\x00" * (-len(padded) % _RATE)
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for start in range(0, len(padded), _RATE):
        for at in range(_RATE // 8):
            word = padded[start + 8 * at : start + 8 * at + 8]
            lanes[at % 5][at // 5] ^= int.from_bytes(word, "little")
        lanes = _permuted(lanes)
    return b"".join(lanes[at % 5][at // 5].to_bytes(8, "little") for at in range(4))


def _permuted(lanes: list[list[int]]) -> list[list[int]]:
    """Keccak-f[1600]: theta, rho and pi, chi, iota, 24 times (FIPS 202, 3.2)."""
    register = 1
    for _ in range(_ROUNDS):
        column = [a ^ b ^ c ^ d ^ e for a, b, c, d, e in lanes]
        spread = [column[(x - 1) % 5] ^ _rotated(column[(x + 1) % 5], 1) for x in range(5)]
        lanes = [[lane ^ spread[x] for lane in lanes[x]] for x in range(5)]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(_ROUNDS):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], _rotated(current, (step + 1) * (step + 2) // 2)
        rows = [[lanes[x][y] for x in range(5)] for y in range(5)]
        lanes = [[rows[y][x] ^ (~rows[y][(x + 1) % 5] & rows[y][(x + 2) % 5]) for y in range(5)] for x in range(5)]
        for power in range(7):
            register = (register << 1) ^ ((register >> 7) * 0x171)
            if register & 2:
                lanes[0][0] ^= 1 << ((1 << power) - 1)
    return lanes


def _rotated(lane: int, by: int) -> int:
    by %= _LANE
    return (lane << by | lane >> (_LANE - by)) & _MASK
