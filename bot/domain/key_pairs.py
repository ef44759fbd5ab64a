"""Key pairs that we make, so that nobody types a secret: the exchange gets the public half, we keep the private."""

from dataclasses import dataclass
from enum import StrEnum


class PairKind(StrEnum):
    """What sort of pair an exchange takes."""

    ED25519 = "ed25519"
    RSA_2048 = "rsa-2048"
    AGENT = "agent"
    """secp256k1: the public half is an address to approve; what its owner sends in return is the account's address."""

    @property
    def comes_as_file(self) -> bool:
        """Whether the public half is too long for a button that copies (256 characters)."""
        return self is PairKind.RSA_2048


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A fresh pair. It has no readable form: neither ``repr`` nor ``str`` shows anything of the private half.

    Attributes:
        private: what signs, as the exchange's client takes it: PEM (PKCS #8), its lines ended by LF, nothing around it;
            of an agent ``0x`` and 64 hexadecimal digits, lower case.
        public: what is registered at the exchange: PEM (SubjectPublicKeyInfo); of an agent its address, ``0x`` and 40
            hexadecimal digits, lower case.
    """

    private: str
    public: str

    def __repr__(self) -> str:
        return "KeyPair(…)"
