"""Every text of one update in; the kinds of secret found out."""

from collections.abc import Iterable

from bot.domain.characters import ZERO_WIDTH, plain
from bot.domain.secrets.kinds import SecretKind
from bot.domain.secrets.private_keys import has_private_key
from bot.domain.secrets.seed_phrases import has_seed_phrase
from bot.domain.secrets.tokens import find_in_tokens

__all__ = ["SecretKind", "find_secrets"]


def find_secrets(texts: Iterable[str]) -> frozenset[SecretKind]:
    """The kinds of secret in the texts of one Telegram update.

    Args:
        texts: every string a person can fill: text, caption, quote, contact name, poll options, file name, link
            targets, button texts. Keys are looked for in each by itself; a seed phrase also across all of them, since
            the options of a poll or the fields of a contact can hold a word each.
    """
    written = [text for text in texts if text]
    found: set[SecretKind] = set()
    for text in map(plain, written):
        if has_private_key(text):
            found.add(SecretKind.PRIVATE_KEY)
        found |= find_in_tokens(text)
    if _has_seed_phrase(written):
        found.add(SecretKind.SEED_PHRASE)
    return frozenset(found)


def _has_seed_phrase(written: list[str]) -> bool:
    together = "\n".join(written)
    if has_seed_phrase(plain(together)):
        return True
    # A zero-width space may hide within a word or stand for the space between two: both readings are tried.
    return ZERO_WIDTH.search(together) is not None and has_seed_phrase(plain(ZERO_WIDTH.sub(" ", together)))
