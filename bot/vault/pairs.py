"""Makes key pairs: the ``KeyPairs`` port.

A private half is written as ccxt wants it: PEM with its lines ended by LF and nothing around it, or, of an agent, hex.
With carriage returns an Ed25519 key, 118 characters, is longer than 120, and ccxt takes it for an RSA one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import SECP256K1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.domain.key_pairs import KeyPair, PairKind

_PUBLIC_EXPONENT: Final = 65537

AddressOf = Callable[[str], str]
"""The address that follows from a private key on secp256k1, hex."""


def _new_rsa() -> RSAPrivateKey:
    return generate_rsa(_PUBLIC_EXPONENT, 2048)


_AS_PEM: Final[Mapping[PairKind, Callable[[], Ed25519PrivateKey | RSAPrivateKey]]] = {
    PairKind.ED25519: Ed25519PrivateKey.generate,
    PairKind.RSA_2048: _new_rsa,
}


class KeyPairMaker:
    """Makes pairs. An RSA one takes up to a second of one processor: call it in a thread.

    Args:
        address_of: how the chain's exchanges name the holder of a key, which is theirs to know; without it no agents
            are made.

    Attributes:
        kinds: what it can make.
    """

    def __init__(self, address_of: AddressOf | None = None) -> None:
        self._address_of = address_of
        self.kinds = frozenset(_AS_PEM) | ({PairKind.AGENT} if address_of else set())

    def make(self, kind: PairKind) -> KeyPair:
        """A pair that nobody has seen.

        Raises:
            KeyError: of a kind that it cannot make.
        """
        if kind is PairKind.AGENT and self._address_of is not None:
            return _new_agent(self._address_of)
        key = _AS_PEM[kind]()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return KeyPair(private.decode().strip(), public.decode().strip())


def _new_agent(address_of: AddressOf) -> KeyPair:
    """All 64 digits, leading zeros too: ccxt finds another address for a shorter number."""
    private = f"0x{generate_private_key(SECP256K1()).private_numbers().private_value:064x}"
    return KeyPair(private, address_of(private))
