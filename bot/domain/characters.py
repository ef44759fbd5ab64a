"""What a person sees of a text, and nothing else.

Phones, chat clients and exchanges' web pages add characters nobody sees: byte order marks, soft hyphens, zero-width
spaces, bidi marks. They break a pasted key, hide one from the guard, and let one label pass for another.
"""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
"""Characters that stand between letters and take no room: a space to whoever typed them, nothing to whoever reads."""

_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, but for tab and line breaks
    "\u00ad\u034f\u061c\u180b-\u180f"  # soft hyphen, grapheme joiner, Arabic letter mark, Mongolian selectors
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800"  # fillers and blanks that are letters by category
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f"  # zero-width and bidi
    "\ud800-\udfff"  # halves of a pair, which JSON can carry and UTF-8 cannot
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb"  # variation selectors, byte order mark, interlinear marks
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    "\U000e0000-\U000e0fff"  # tags and more variation selectors
    "]",
)


def plain(text: str) -> str:
    """Compatibility-composed (NFKC), without invisible characters, every line break as one newline.

    Full-width letters become ordinary ones, a no-break space a space. What is seen stays as it is.
    """
    if not text.isascii():
        text = _LINE_BREAK.sub("\n", text)
        text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))
