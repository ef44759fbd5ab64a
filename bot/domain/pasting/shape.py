"""How the credential of one exchange looks: plain data, stated next to its adapter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.pasting.pem import KeyKind, is_pem


class Field(StrEnum):
    """A part of a credential, in the order in which it is asked for."""

    API_KEY = "api_key"
    SECRET = "secret"  # noqa: S105  -- the name of a field
    PASSPHRASE = "passphrase"  # noqa: S105  -- the name of a field
    BEGUN = "begun"
    """No part of a credential, and never asked for: the beginning of a secret whose rest comes in another message."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """How one field looks.

    Attributes:
        pattern: what a whole value matches.
        characters: what each character of it matches; tells a wrong length from wrong characters.
        lengths: the lengths that were seen, in characters, shortest first.
        pem: the kinds of private key in PEM that it may be besides; none where a PEM is refused.
        is_address: whether it is the address of a wallet: then one is no mistake here.
        is_hex: whether it is a hexadecimal number, in either case, with or without 0x: it is kept in lower case with
            it, so that the same number is the same value.
    """

    pattern: re.Pattern[str]
    characters: re.Pattern[str]
    lengths: tuple[int, ...]
    pem: frozenset[KeyKind] = frozenset()
    is_address: bool = False
    is_hex: bool = False

    @classmethod
    def of(cls, characters: str, *lengths: int) -> "FieldShape":
        """A field of these characters, a regular expression such as ``[A-Za-z0-9]``, in one of these lengths."""
        either = "|".join(f"(?:{characters}){{{length}}}" for length in lengths)
        return cls(re.compile(either), re.compile(characters), tuple(sorted(lengths)))

    @classmethod
    def between(cls, characters: str, shortest: int, longest: int) -> "FieldShape":
        """A field of these characters, any length from ``shortest`` to ``longest``."""
        pattern = re.compile(f"(?:{characters}){{{shortest},{longest}}}")
        return cls(pattern, re.compile(characters), (shortest, longest))

    def fits(self, value: str) -> bool:
        """Whether a value is one of these."""
        return self.pattern.fullmatch(value) is not None or is_pem(value, self.pem)

    def kept(self, value: str) -> str:
        """A whole value in the form in which it is kept."""
        return "0x" + value.lower().removeprefix("0x") if self.is_hex else value

    def has_right_characters(self, value: str) -> bool:
        """Whether nothing is wrong with a value but, perhaps, its length."""
        return all(self.characters.fullmatch(character) for character in value)


PASSPHRASE = FieldShape.between(r"\S", 1, 64)
"""A passphrase is chosen by people; the exchange alone knows its rules."""


@dataclass(frozen=True, slots=True)
class CredentialShape:
    """The fields of an exchange's credential and how each looks.

    Attributes:
        refused_kind: keys that the exchange gives out too, of a kind that is never taken.
        download: where the exchange lets people download a key as a JSON object: what the members are called that hold
            a field, the likeliest first.
    """

    api_key: FieldShape
    secret: FieldShape
    passphrase: FieldShape | None = None
    refused_kind: re.Pattern[str] | None = None
    download: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields in the order in which they are asked for."""
        return (Field.API_KEY, Field.SECRET) + (() if self.passphrase is None else (Field.PASSPHRASE,))

    @property
    def key_and_secret_look_alike(self) -> bool:
        """Whether only their order or a label tells the key from the secret."""
        return self.api_key.pattern == self.secret.pattern

    def of(self, field: Field) -> FieldShape:
        """How a field looks."""
        return {
            Field.API_KEY: self.api_key,
            Field.SECRET: self.secret,
            Field.PASSPHRASE: self.passphrase or PASSPHRASE,
        }[field]
