"""Keys that a mail client, a PDF or a narrow note broke over lines."""

import re

from bot.domain.secrets import shapes
from bot.domain.secrets.looks import LONG, SECRET_BY_ITSELF, look_of

_LINE = re.compile(rf"[A-Za-z0-9+/_-]{{6,{LONG - 1}}}={{0,2}}")
"""Longer lines are judged by themselves."""

_AROUND = " \t\"'`*|>"
_SHORTEST_REST = 10
"""Of a key in two lines; a shorter second line is more likely a word of its own."""


def has_wrapped_key(talk: str) -> bool:
    """Whether lines of one token each, all of one width but the last, make a key together.

    The first line may begin with other words, such as a label.
    """
    block: list[str] = []
    for line in [*talk.split("\n"), ""]:
        bare = line.strip(_AROUND)
        token = bare if block else bare.rpartition(" ")[2]
        continues = _LINE.fullmatch(token) is not None and (not block or len(token) <= len(block[0]))
        if continues:
            block.append(token)
        if continues and len(token) == len(block[0]):
            continue
        if _is_key(block):
            return True
        block = []
    return False


def _is_key(block: list[str]) -> bool:
    joined = "".join(block)
    if len(block) < 2 or len(joined) < LONG or (len(block) == 2 and len(block[1]) < _SHORTEST_REST):  # noqa: PLR2004
        return False
    # Lists of voucher codes, in one case, look the same; only a hexadecimal or a mixed-case key is taken for one.
    mixed = not joined.isupper() and not joined.islower()
    return (mixed or shapes.HEX.fullmatch(joined) is not None) and look_of(joined) in SECRET_BY_ITSELF
