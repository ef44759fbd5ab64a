"""What is drawn with: colours, the font, and words that never leave their place."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from bot.domain.history import State

FONT: Final = Path(__file__).parent / "fonts" / "DejaVuSansCondensed.ttf"
"""Bundled: what comes with Pillow has no Polish letters. Its licence is beside it."""

WIDTH: Final = 1080
"""Pixels; a phone shows them at about a third."""
MARGIN: Final = 52
INNER: Final = WIDTH - 2 * MARGIN

TITLE, FIGURE, WORDS, SMALL = 50, 92, 33, 29
"""Sizes of letters in pixels; the smallest is about ten points on a phone."""

# A dark sheet of its own: the same in a dark chat and a light one. Contrasts are to GROUND.
GROUND: Final = (24, 31, 42)
PANEL: Final = (35, 44, 58)
INK: Final = (240, 244, 248)  # 15 : 1
FADED: Final = (164, 176, 190)  # 7.5 : 1
LINE: Final = (62, 74, 92)
BAR: Final = (104, 170, 255)
PEAK: Final = (66, 100, 148)
COLOURS: Final = {
    State.UP: (58, 181, 108),
    State.PAUSED: (92, 140, 222),
    State.ERROR: (255, 190, 61),
    State.REAUTH: (244, 67, 84),
    State.UNKNOWN: (84, 96, 114),
}
"""Told apart by their lightness too, for those who see no red or green."""

Colour = tuple[int, int, int]
ELLIPSIS = "…"


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at this size."""
    return ImageFont.truetype(str(FONT), size)


@lru_cache(maxsize=4096)
def _is_drawable(character: str) -> bool:
    """Whether the font has it: what it lacks would be an empty box."""
    small = font(SMALL)
    return character.isspace() or bytes(small.getmask(character)) != bytes(small.getmask("\U0010ffff"))


def drawable(words: str) -> str:
    """The words without what the font lacks, an emoji say."""
    return " ".join("".join(c for c in words if c.isprintable() and _is_drawable(c)).split())


def fitted(words: str, size: int, width: int) -> str:
    """As much of the words as fits into so many pixels."""
    words = drawable(words)
    if font(size).getlength(words) <= width:
        return words
    while words and font(size).getlength(words + ELLIPSIS) > width:
        words = words[:-1]
    return words.rstrip() + ELLIPSIS


class Paper:
    """A sheet to draw on. Coordinates are pixels from the left top corner; words hang from their top line."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH, height), GROUND)
        self._pen = ImageDraw.Draw(self.image)

    def words(
        self,
        x: int,
        y: int,
        words: str,
        size: int,
        *,
        colour: Colour = INK,
        anchor: str = "l",
        width: int = INNER,
        bold: bool = False,
    ) -> int:
        """Writes a line, cut to ``width``; ``anchor`` is ``l``, ``m`` or ``r``. Returns how wide it came out."""
        line = fitted(words, size, width)
        stroke = 1 if bold else 0
        self._pen.text((x, y), line, colour, font(size), anchor=f"{anchor}a", stroke_width=stroke, stroke_fill=colour)
        return round(font(size).getlength(line))

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, *, radius: int = 0) -> None:
        """A filled box, up to and without its right and bottom edges."""
        if right - left < 1 or bottom - top < 1:
            return
        corners = (round(left), round(top), round(right) - 1, round(bottom) - 1)
        if radius:
            self._pen.rounded_rectangle(corners, radius, colour)
        else:
            self._pen.rectangle(corners, colour)

    def hatched(self, left: float, top: float, right: float, bottom: float) -> None:
        """A box of which nothing is known: an outline with a dot of nothing in it."""
        self.box(left, top, right, bottom, PANEL)
        for y in range(round(top) + 3, round(bottom) - 2, 9):
            self.box(left, y, right, y + 3, COLOURS[State.UNKNOWN])

    def dot(self, x: int, y: int, size: int, colour: Colour) -> None:
        """A round dot with its corner here."""
        mask = Image.new("L", (size * 4, size * 4), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, size * 4 - 1, size * 4 - 1), 255)
        self.image.paste(colour, (x, y), mask.resize((size, size), Image.Resampling.LANCZOS))
