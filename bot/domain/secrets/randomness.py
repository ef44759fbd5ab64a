"""How random a run of characters looks.

Shannon entropy alone cannot tell a key from a long file name. What can is how often the kind of character (upper case,
lower case, digit) changes from one to the next: in random letters and digits six times in ten, in words and dates
rarely, since words and numbers come in blocks.
"""

import string
from collections import Counter
from math import log2

_KIND = str.maketrans(
    string.ascii_lowercase + string.ascii_uppercase + string.digits,
    "a" * 26 + "A" * 26 + "0" * 10,
)
_NOT_ALNUM = str.maketrans("", "", "-_+/=")


def entropy(text: str) -> float:
    """Shannon entropy in bits a character: 3.6 for 32 random hexadecimal digits, 4.6 for 36 random letters and digits."""
    length = len(text)
    return -sum(count / length * log2(count / length) for count in Counter(text).values())


def kinds(text: str) -> str:
    """``a``, ``A`` or ``0`` for each letter and digit; separators are left out."""
    return text.translate(_NOT_ALNUM).translate(_KIND)


def changes(of_kinds: str) -> float:
    """The share of neighbours that differ in kind: 0.62 expected of random mixed case, 0.40 of one case with digits."""
    if len(of_kinds) < 2:  # noqa: PLR2004  -- a single character has no neighbour
        return 0.0
    return sum(a != b for a, b in zip(of_kinds, of_kinds[1:], strict=False)) / (len(of_kinds) - 1)
