"""Makes key pairs: the ``KeyPairs`` port.

The private half is PEM as ccxt wants it: lines ended by LF and nothing around it. With carriage returns an Ed25519 key,
118 characters, is longer than 120, and ccxt takes it for an RSA one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.domain.key_pairs import KeyPair, PairKind

_PUBLIC_EXPONENT: Final = 65537


def _new_rsa() -> RSAPrivateKey:
    return generate_private_key(_PUBLIC_EXPONENT, 2048)


_MAKERS: Final[Mapping[PairKind, Callable[[], Ed25519PrivateKey | RSAPrivateKey]]] = {
    PairKind.ED25519: Ed25519PrivateKey.generate,
    PairKind.RSA_2048: _new_rsa,
}


class KeyPairMaker:
    """Makes pairs. An RSA one takes up to a second of one processor: call it in a thread."""

    kinds = frozenset(_MAKERS)
    """What it can make."""

    def make(self, kind: PairKind) -> KeyPair:
        """A pair that nobody has seen.

        Raises:
            KeyError: of a kind that it cannot make.
        """
        key = _MAKERS[kind]()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return KeyPair(private.decode().strip(), public.decode().strip())
