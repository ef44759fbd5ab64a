"""BIP-39 recovery phrases: runs of words from one of the lists.

A checksum is not asked for: a phrase with one word mistyped opens the wallet to whoever tries the neighbours. What
keeps prose out is that the lists hold no word shorter than three letters, so that in ordinary sentences twelve words in
a row from one list do not occur. Read from BIP-39 and its word lists (see ``../wordlists/LICENSE``).
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

_FOLDER = Path(__file__).parent.parent / "wordlists"
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile("[\u0300-\u036f\u3099\u309a]")

LENGTHS: Final = frozenset({12, 15, 18, 21, 24})
"""How many words a phrase has."""

_SHORTEST = min(LENGTHS)
_HINTED = 11
"""A run this long is enough after a word such as "seed": one word was lost in copying."""

_VARIED = 10
"""Different words among twelve, unless the checksum is right: "moon moon moon …" is talk, and of random phrases fewer
than one in a thousand repeats itself more."""

_TELLING = 4
"""BIP-39 words are told apart by their first four letters; a mistyped word usually keeps them."""

_JOINT = re.compile(
    r"[\s,;|•·*>\"'`\[\]–—-]{1,24}|\.\s{1,8}"  # noqa: RUF001  -- dashes of every length are typed
    r"|[\s,;|•·*>\"'`\[\].–—-]{0,12}[(#№]?\d{1,2}[\s,|.):#\]\"'`–—-]{0,6}",  # noqa: RUF001
)
"""What stands between the words of a phrase, numbers included; what stands between the words of code does not."""

_HINT = re.compile(
    r"seed|phrase|mnemonic|recover|backup|wallet|fraz|odzysk|portfel|wiederherst|sicherung|semilla|frase|recupera"
    r"|récup|фраз|сид|мнемон|кошел|восстанов|助记词|助記詞|恢复|恢復|钱包|錢包|kurtarma|obnov",
)
_HINT_REACH = 80
"""Characters before a run in which a hint is looked for."""


def _folded(text: str) -> str:
    """Lower case, without accents: as the lists and people's keyboards can be compared."""
    text = text.casefold()
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _read_lists() -> list[dict[str, int]]:
    lists = []
    for path in sorted(_FOLDER.glob("*.txt")):
        words = path.read_text(encoding="utf-8").split()
        lists.append({_folded(word): place for place, word in enumerate(words)})
    return lists


# Read when imported, not when first needed: the first message after a start must not wait for the disk.
_PLACES = _read_lists()
_LISTS = [(places, frozenset(word[:_TELLING] for word in places if len(word) >= _TELLING)) for places in _PLACES]
_ANY_LIST = frozenset[str]().union(*_PLACES)
_ANY_START = frozenset[str]().union(*(starts for _, starts in _LISTS))


def has_seed_phrase(text: str) -> bool:
    """Whether the text holds a recovery phrase, whatever stands between its words: numbers, commas, line breaks.

    Args:
        text: as ``characters.plain`` leaves it.
    """
    folded = _folded(text)
    matches = list(_WORD.finditer(folded))
    for start, end in _stretches([match[0] for match in matches]):
        for run in _unbroken(folded, matches[start:end]):
            before = folded[max(0, run[0].start() - _HINT_REACH) : run[0].end()]
            hinted = _HINT.search(before) is not None
            words = [match[0] for match in run]
            if any(_is_phrase(words, places, starts, hinted=hinted) for places, starts in _LISTS):
                return True
    return _has_unspaced_phrase(folded, matches)


def is_of_phrase_words(text: str) -> bool:
    """Whether a text is nothing but words that a phrase may hold, mistyped ones among them: perhaps a part of one.

    Args:
        text: as ``characters.plain`` leaves it.
    """
    words = _WORD.findall(_folded(text))
    return bool(words) and all(word in _ANY_LIST or word[:_TELLING] in _ANY_START for word in words)


def _unbroken(folded: str, matches: Sequence[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The words cut where something stands between two that does not stand between the words of a phrase."""
    runs = [[matches[0]]]
    for before, match in pairwise(matches):
        if _JOINT.fullmatch(folded, before.end(), match.start()):
            runs[-1].append(match)
        else:
            runs.append([match])
    return [run for run in runs if len(run) >= _HINTED]


def _stretches(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words of any list follow each other, with single strange words between: cheap, and empty for most texts."""
    stretches = []
    start, known, strange = 0, 0, 0
    for place, word in enumerate([*words, "", ""]):
        if word in _ANY_LIST:
            if not known:
                start = place
            known, strange = known + 1, 0
        elif known:
            strange += 1
            if strange > 1:
                if known >= _HINTED:
                    stretches.append((start, min(place, len(words))))
                known, strange = 0, 0
    return stretches


def _is_phrase(words: Sequence[str], places: dict[str, int], starts: frozenset[str], *, hinted: bool) -> bool:
    """Whether a stretch has a phrase of this one list: a long enough run, or one that a mistyped word cuts in two."""
    if sum(map(places.__contains__, words)) < _HINTED:
        return False
    run: list[str] = []
    whole_before = 0
    """Words of the run that stand before its mistyped word."""
    typed = 0
    """1 if there is one."""
    for word in [*words, ""]:
        if word in places:
            run.append(word)
            long_enough = len(run) + typed >= _SHORTEST or (hinted and len(run) >= _HINTED)
            if long_enough and len(set(run[-_SHORTEST:])) >= _VARIED:
                return True
            continue
        if not typed and _checksum_holds(run, places):
            return True
        if run and word[:_TELLING] in starts:
            run, whole_before, typed = run[whole_before:], len(run) - whole_before, 1
        else:
            run, whole_before, typed = [], 0, 0
    return False


def _checksum_holds(words: Sequence[str], places: dict[str, int]) -> bool:
    """BIP-39: eleven bits a word; the last bits are the beginning of the SHA-256 of the others."""
    if len(words) not in LENGTHS or len(set(words)) == 1:
        return False
    bits = 0
    for word in words:
        bits = bits << 11 | places[word]
    check_length = len(words) // 3
    entropy = (bits >> check_length).to_bytes(check_length * 4, "big")
    return bits & ((1 << check_length) - 1) == hashlib.sha256(entropy).digest()[0] >> (8 - check_length)


def _has_unspaced_phrase(folded: str, matches: Sequence[re.Match[str]]) -> bool:
    """A Chinese phrase written without spaces: its characters are those of any sentence, so the checksum decides."""
    for match in matches:
        characters = match[0]
        if len(characters) not in LENGTHS or characters.isascii():
            continue
        if _HINT.search(folded[max(0, match.start() - _HINT_REACH) : match.start()]) is None:
            continue
        for places in _PLACES:
            if all(character in places for character in characters) and _checksum_holds(characters, places):
                return True
    return False
