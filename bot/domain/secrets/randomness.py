"""How random a run of characters looks.

Shannon entropy alone cannot tell a key from a long file name. What can is how often the kind of character (upper case,
lower case, digit) changes from one to the next: in random letters and digits six times in ten, in words and dates
rarely, since words and numbers come in blocks.
"""

import re
import string
from math import log2

_KIND = str.maketrans(
    string.ascii_lowercase + string.ascii_uppercase + string.digits,
    "a" * 26 + "A" * 26 + "0" * 10,
    "-_+/=",
)
_WORD = re.compile("a{3,}")
_RUN = re.compile("a+|A+|0+")


def entropy(text: str) -> float:
    """Shannon entropy in bits a character: 3.6 for 32 random hexadecimal digits, 4.6 for 36 letters and digits."""
    length = len(text)
    return log2(length) - sum(count * log2(count) for count in map(text.count, set(text)) if count > 1) / length


def kinds(text: str) -> str:
    """``a``, ``A`` or ``0`` for each letter and digit; separators are left out."""
    return text.translate(_KIND)


def changes(of_kinds: str) -> float:
    """The share of neighbours that differ in kind: 0.62 expected of random mixed case, 0.40 of one case with digits."""
    if len(of_kinds) < 2:  # noqa: PLR2004  -- a single character has no neighbour
        return 0.0
    return (len(_RUN.findall(of_kinds)) - 1) / (len(of_kinds) - 1)


def share_in_words(of_kinds: str) -> float:
    """The share of characters in lower-case runs of three and more, as words in camel case have them."""
    return sum(len(run) for run in _WORD.findall(of_kinds)) / max(1, len(of_kinds))
