"""The master keys (KEKs), each known by its term, and which of them seals today.

A keyring never changes: `add`, `promote` and `retire` return another one. Master keys rotate as add → promote → reseal
everything → retire; at each point in between every record opens under a key of the ring, so a kill loses nothing.

About wiping: Python cannot zero a `bytes` object. It is immutable, the interpreter copies it freely, and the garbage
collector returns its memory unwiped. A master key is therefore in this process's memory for as long as the process
lives; what keeps it there is the operating system (no core dumps, no debugger, no swap), not this module. What this
module does promise is that a key is never in a `repr`, an exception or a traceback's text.
"""

import hmac
import secrets
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Self

from bot.vault.primitives import KEY_BYTES

HIGHEST_TERM = 0xFFFF_FFFF
"""A term is four bytes of a record's header. Zero is left to boxes that no master key seals."""

_CHECK_LABEL = b"latchkey/v1/key-check-value"


class KeyringError(Exception):
    """The master keys cannot be used as they are. Its text is one sentence with the remedy, for a person; no key."""


class WrongMasterKey(KeyringError):  # noqa: N818 - named for what the operator reads, as are the other refusals
    """These are not the master keys that the database was sealed under. Starting would only break things."""


def name_of(term: int) -> str:
    """A term as people see it in messages and in `keys` commands: eight hex digits."""
    return f"{term:08x}"


@dataclass(frozen=True, slots=True)
class MasterKey:
    """One master key: 32 bytes, the term it is known by, and since when (None where the source does not say).

    Raises:
        KeyringError: the term is not of 1…2³²-1, or the key is not 32 bytes.
    """

    term: int
    material: bytes = field(repr=False)
    created: datetime | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.term <= HIGHEST_TERM:
            raise KeyringError(
                f"A master key's id must be a number from 1 to {HIGHEST_TERM}: correct it in the keyring."
            )
        if len(self.material) != KEY_BYTES:
            raise KeyringError(
                f"A master key must be {KEY_BYTES} bytes, but one has {len(self.material)}:"
                " make one with `openssl rand -base64 32`.",
            )

    @classmethod
    def generate(cls, *, apart_from: Container[int] = (), created: datetime | None = None) -> Self:
        """A new random key under a random term that `apart_from` does not hold; created now unless told otherwise.

        Terms are random rather than counted, so that two rings that grew apart (a restored backup, a copied
        deployment) do not give one name to two keys.
        """
        term = 0
        while term == 0 or term in apart_from:
            term = secrets.randbits(32)
        return cls(term, secrets.token_bytes(KEY_BYTES), created or datetime.now(UTC))

    @classmethod
    def from_bare(cls, material: bytes) -> Self:
        """A key that came without a term (one base64 line): its term follows from the key, the same each time."""
        term = int.from_bytes(hmac.digest(material, _CHECK_LABEL, "sha256")[:4])
        return cls(term or 1, material)

    @property
    def check_value(self) -> str:
        """The key check value, hex: tells whether a key is the same one. Public; it reveals nothing of the key."""
        return hmac.digest(self.material, _CHECK_LABEL, "sha256").hex()


@dataclass(frozen=True, slots=True, init=False)
class Keyring:
    """Several master keys, one of which is primary: it seals, all of them open.

    Attributes:
        terms: the keys by their term, in the order they were added. Read-only.
        primary: the term that seals.
    """

    terms: Mapping[int, MasterKey]
    primary: int

    def __init__(self, keys: Iterable[MasterKey], primary: int) -> None:
        """Makes a ring of `keys`.

        Raises:
            KeyringError: two keys share a term, one key has two terms, or the primary is none of them.
        """
        held = list(keys)
        terms = {key.term: key for key in held}
        # Set before anything is refused: what reports a refusal may print this object.
        object.__setattr__(self, "terms", MappingProxyType(terms))
        object.__setattr__(self, "primary", primary)
        if len(terms) != len(held):
            twice, _ = Counter(key.term for key in held).most_common(1)[0]
            raise KeyringError(f"The keyring has two keys with the id {name_of(twice)}: remove one of them.")
        if len({key.material for key in held}) != len(held):
            raise KeyringError("The keyring has the same key under two ids: remove one of them.")
        if primary not in terms:
            raise KeyringError(
                f"The keyring's primary is {name_of(primary)}, but it holds no such key: correct `primary`."
            )

    def add(self, key: MasterKey) -> "Keyring":
        """This ring and one more key, which opens but does not seal until it is promoted.

        Save the ring before the check value is stored: a ring may hold a key that the database has not heard of,
        never the other way round.

        Raises:
            KeyringError: the ring has this term, or this key, already.
        """
        return Keyring((*self.terms.values(), key), self.primary)

    def promote(self, term: int) -> "Keyring":
        """This ring with another primary.

        Raises:
            KeyringError: the ring holds no such key.
        """
        self._must_hold(term)
        return Keyring(self.terms.values(), term)

    def retire(self, term: int) -> "Keyring":
        """This ring without one of its keys. What is still sealed under it can never be opened again.

        The ring does not know what is sealed under which term: the caller makes sure that nothing is left. Forget the
        stored check value first and save the ring after, so that a kill in between does not stop the next start.

        Raises:
            KeyringError: the ring holds no such key, or it is the primary.
        """
        self._must_hold(term)
        if term == self.primary:
            raise KeyringError(
                f"The key {name_of(term)} is the primary, which seals every new record: promote another key first.",
            )
        return Keyring((key for key in self.terms.values() if key.term != term), self.primary)

    def check_values(self) -> dict[int, str]:
        """The key check value of each term: public, to be kept in the database and verified at every start."""
        return {term: key.check_value for term, key in self.terms.items()}

    def verify_check_values(self, stored: Mapping[int, str]) -> None:
        """Makes sure that this ring opens what the database holds. An empty `stored` is a new database: all is well.

        Raises:
            WrongMasterKey: a key that the database was sealed under is missing, or another key bears its id.
        """
        missing = [term for term in stored if term not in self.terms]
        if missing:
            raise WrongMasterKey(
                f"The database was sealed under the master key {', '.join(map(name_of, missing))}, but the one given is"
                f" {', '.join(map(name_of, self.terms))}: put the original key file back, or restore its backup.",
            )
        changed = [term for term, check_value in stored.items() if self.terms[term].check_value != check_value]
        if changed:
            raise WrongMasterKey(
                f"The master key {', '.join(map(name_of, changed))} is not the key that the database was sealed under,"
                " though it bears its id: put the original key file back, or restore its backup.",
            )

    def _must_hold(self, term: int) -> None:
        if term not in self.terms:
            raise KeyringError(
                f"The keyring holds no key {name_of(term)}: it holds {', '.join(map(name_of, self.terms))}.",
            )
