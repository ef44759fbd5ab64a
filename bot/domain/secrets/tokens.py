"""Weighs every run of letters and digits that could be a credential, with what is written around it."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.domain.secrets import shapes
from bot.domain.secrets.context import Hint, Surroundings
from bot.domain.secrets.kinds import SecretKind
from bot.domain.secrets.links import link_carries_secret, split_links
from bot.domain.secrets.looks import DIGEST_LENGTH, LONG, SECRET_BY_ITSELF, SHORT, SOLANA_SIGNATURE, Look, look_of
from bot.domain.secrets.wrapped import has_wrapped_key

_TOKEN = re.compile(rf"[A-Za-z0-9+/_-]{{{SHORT},}}={{0,2}}")

_PASSPHRASE = re.compile(
    r"(?:pass[ _-]?phrase|кодовая фраза|口令)[\s:=\"'`*]{1,6}(?![<>])(?=\S{0,31}\d)(?=\S{0,31}[^\W\d])\S{8,32}(?!\S)",
    re.IGNORECASE,
)
"""The third part of some credentials: people choose it, so that only its label tells."""

_BETWEEN_PAIR = re.compile(r"[\s,;:|/\"'`*“”„«»]{1,12}")
_CODE_AFTER = re.compile(r"\(|\.[a-z_]")
"""What follows an identifier of a program."""

_FIELDS: Final = 3
"""Key, secret, passphrase: a message of more words than that says something besides."""

_LONGEST_ALONE: Final = 256


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def find_in_tokens(text: str) -> set[SecretKind]:
    """The kinds of secret among the text's tokens.

    Args:
        text: as ``characters.plain`` leaves it.
    """
    talk, links = split_links(text)
    tokens = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(talk)]
    found = _judge(talk, tokens)
    if (
        shapes.BOT_TOKEN.search(text)
        or _PASSPHRASE.search(text)
        or any(link_carries_secret(link) for link in links)
        or _has_kucoin_pair(talk, tokens)
        or has_wrapped_key(talk)
    ):
        found.add(SecretKind.EXCHANGE_KEY)
    return found


def _judge(talk: str, tokens: list[_Token]) -> set[SecretKind]:
    found: set[SecretKind] = set()
    if not tokens:
        return found
    surroundings = Surroundings(talk)
    alone = len(talk) <= _LONGEST_ALONE and len(talk.split()) <= _FIELDS
    cleared_until = -2 * DIGEST_LENGTH
    for token in tokens:
        told = surroundings.hint(token.start, token.end)
        # Asking costs less than looking, and most tokens are short.
        if len(token.text) < LONG and not (alone or told is Hint.LABELLED or shapes.CREDENTIAL.fullmatch(token.text)):
            continue
        look = look_of(token.text)
        # A list of transactions names them once, at its head.
        follows_a_digest = told is Hint.NOTHING and token.start - cleared_until <= DIGEST_LENGTH
        if look is Look.DIGEST and (told is Hint.HASH or follows_a_digest):
            cleared_until = token.end
        elif _is_secret(look, told, alone=alone) and not (
            look in {Look.SHORT_RANDOM, Look.DOUBTFUL} and _CODE_AFTER.match(talk, token.end)
        ):
            found.add(_kind(look, token, surroundings))
    return found


def _is_secret(look: Look, told: Hint, *, alone: bool) -> bool:
    if look in {Look.CREDENTIAL, Look.WALLET_KEY}:
        return True
    if look in {Look.IDENTIFIER, Look.DOUBTFUL}:
        return told is Hint.LABELLED
    if look is Look.SHORT_RANDOM:
        return told is Hint.LABELLED or (alone and told is not Hint.ORDER)
    return look in SECRET_BY_ITSELF and told is not Hint.ORDER


def _kind(look: Look, token: _Token, surroundings: Surroundings) -> SecretKind:
    hexadecimal = shapes.HEX.fullmatch(token.text) is not None
    if look is Look.WALLET_KEY or SOLANA_SIGNATURE.fullmatch(token.text):
        return SecretKind.PRIVATE_KEY
    if hexadecimal and token.text[:2] in {"0x", "0X"}:
        return SecretKind.PRIVATE_KEY
    if hexadecimal and len(token.text) == DIGEST_LENGTH and surroundings.speak_of_wallet(token.start):
        return SecretKind.PRIVATE_KEY
    return SecretKind.EXCHANGE_KEY


def _has_kucoin_pair(talk: str, tokens: list[_Token]) -> bool:
    """KuCoin's key and secret: 24 hexadecimal digits and a UUID, each of them ordinary, side by side telling."""
    for one, other in pairwise(tokens):
        pair = shapes.MONGO_ID.fullmatch(one.text) and shapes.UUID.fullmatch(other.text)
        reverse = shapes.UUID.fullmatch(one.text) and shapes.MONGO_ID.fullmatch(other.text)
        if (pair or reverse) and _BETWEEN_PAIR.fullmatch(talk, one.end, other.start):
            return True
    return False
