"""Draws a sheet of history: strips of cells, latency as bars, the last changes, a legend."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from PIL import Image

from bot.domain.history import Cell, State
from bot.pictures.paper import (
    BAR,
    COLOURS,
    FADED,
    FIGURE,
    INK,
    INNER,
    LINE,
    MARGIN,
    PANEL,
    PEAK,
    SMALL,
    TITLE,
    WORDS,
    Paper,
    font,
)
from bot.usecases.pictures import Latency, Sheet

TALL, LOW = 150, 64
"""Pixels of the cells of a strip that is alone, and of one among several."""
CHART = 170
THINNEST = 14
"""Pixels that the shortest trouble gets: what is too short to be seen would be lied about."""
GAP = 22
SECTION = 44
STACK = (State.UP, State.PAUSED, State.UNKNOWN, State.ERROR, State.REAUTH)
"""From the bottom of a cell to its top."""
NICE = (1, 2, 3, 5, 8)


def drawn(sheet: Sheet) -> bytes:
    """The sheet as a PNG."""
    paper = Paper(_height(sheet))
    y = _head(paper, sheet, MARGIN)
    y = _strips(paper, sheet, y)
    if sheet.latency is not None:
        y = _latency(paper, sheet.latency, y)
    if sheet.changes:
        y = _changes(paper, sheet, y)
    _foot(paper, sheet, y)
    out = BytesIO()
    # A few hundred colours at most: a palette makes it a third as large, and no eye sees it.
    paper.image.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()


# --------------------------------------------------------------------------------------------------------------- parts

_HEAD, _HEAD_WITHOUT_FIGURE = 164, 130
_STRIP_TITLE = 46
_TICKS = 48
_CHANGE = 50
_LEGEND_LINE = 44


def _height(sheet: Sheet) -> int:
    cells = TALL if len(sheet.strips) == 1 else LOW
    height = MARGIN + _head_of(sheet) + len(sheet.strips) * (_STRIP_TITLE + cells + GAP) - GAP + _TICKS
    if sheet.latency is not None:
        height += SECTION + _STRIP_TITLE + CHART
    if sheet.changes:
        height += SECTION + _STRIP_TITLE + len(sheet.changes) * _CHANGE
    legend = len(list(_lines_of_legend(sheet.legend)))
    return height + SECTION + legend * _LEGEND_LINE + _LEGEND_LINE + MARGIN


def _head(paper: Paper, sheet: Sheet, y: int) -> int:
    """The title on the left, the one number on the right."""
    figure = paper.words(MARGIN + INNER, y - 14, sheet.figure, FIGURE, anchor="r", bold=True)
    paper.words(MARGIN + INNER, y + 92, sheet.figure_says, SMALL, colour=FADED, anchor="r", width=INNER // 2)
    room = INNER - figure - 2 * GAP
    paper.words(MARGIN, y + 8, sheet.title, TITLE, width=room, bold=True)
    below = 92 if sheet.figure else 72
    paper.words(MARGIN, y + below, sheet.subtitle, SMALL, colour=FADED, width=INNER // 2 - GAP)
    return y + _head_of(sheet)


def _head_of(sheet: Sheet) -> int:
    return _HEAD if sheet.figure else _HEAD_WITHOUT_FIGURE


def _strips(paper: Paper, sheet: Sheet, y: int) -> int:
    height = TALL if len(sheet.strips) == 1 else LOW
    for number, strip in enumerate(sheet.strips):
        if number:
            y += GAP
        value = paper.words(MARGIN + INNER, y, strip.value, WORDS, anchor="r", width=INNER // 2)
        paper.words(MARGIN, y, strip.name, WORDS, width=INNER - value - GAP)
        y += _STRIP_TITLE
        for (left, right), cell in zip(_columns(len(strip.cells)), strip.cells, strict=True):
            _cell(paper, cell, left, right, y, y + height)
        y += height
    for place, words in sheet.ticks:
        x = MARGIN + round(place * INNER)
        paper.box(x - 1, y + 4, x + 2, y + 12, LINE)
        paper.words(_kept_inside(x, words), y + 14, words, SMALL, colour=FADED, anchor="m")
    return y + _TICKS


def _kept_inside(x: int, words: str) -> int:
    half = round(font(SMALL).getlength(words) / 2)
    return min(max(x, MARGIN + half), MARGIN + INNER - half)


def _columns(count: int) -> Iterator[tuple[int, int]]:
    """Where each of so many cells begins and ends: whole pixels, with a gap between two."""
    gap = 6 if count < 40 else 3  # noqa: PLR2004 - few cells are wide
    edges = [MARGIN + round(number * (INNER + gap) / count) for number in range(count + 1)]
    for left, right in pairwise(edges):
        yield left, right - gap


def _cell(paper: Paper, cell: Cell, left: int, right: int, top: int, bottom: int) -> None:
    """Each state in proportion, and no trouble too thin to be seen; a time that was not there is an empty place."""
    paper.box(left, top, right, bottom, PANEL, radius=3)
    whole = sum(cell.seconds.values())
    if not whole:
        return
    floor = float(bottom)
    for state, height in _heights(cell, bottom - top):
        if state is State.UNKNOWN:
            paper.hatched(left, floor - height, right, floor)
        else:
            paper.box(left, floor - height, right, floor, COLOURS[state])
        floor -= height


def _heights(cell: Cell, room: int) -> Sequence[tuple[State, float]]:
    whole = sum(cell.seconds.values())
    there = [state for state in STACK if cell.seconds[state]]
    heights = {state: cell.seconds[state] / whole * room for state in there}
    for state in there:
        if state in {State.ERROR, State.REAUTH} and heights[state] < THINNEST:
            largest = max(there, key=lambda each: heights[each])
            heights[largest] -= THINNEST - heights[state]
            heights[state] = THINNEST
    return [(state, heights[state]) for state in there]


def _latency(paper: Paper, latency: Latency, y: int) -> int:
    y += SECTION
    value = paper.words(MARGIN + INNER, y, latency.value, SMALL, colour=FADED, anchor="r", width=INNER * 2 // 3)
    paper.words(MARGIN, y, latency.name, WORDS, width=INNER - value - GAP)
    y += _STRIP_TITLE
    bottom = y + CHART
    seen = [cell.latency for cell in latency.cells if cell.latency]
    # One answer that took long must not press all others flat: it is cut off, and said in words.
    slowest, slow_mean = max((each for _, each in seen), default=1), max((mean for mean, _ in seen), default=1)
    top = _nice(min(slowest * 1.05, slow_mean * 3.0))
    for part in (1.0, 0.5):
        paper.box(MARGIN, bottom - CHART * part, MARGIN + INNER, bottom - CHART * part + 2, LINE)
    for (left, right), cell in zip(_columns(len(latency.cells)), latency.cells, strict=True):
        if cell.latency is not None:
            mean, highest = (min(1.0, each / top) * CHART for each in cell.latency)
            stem = max(2, (right - left) // 4)
            middle = (left + right - stem) // 2
            paper.box(middle, bottom - highest, middle + stem, bottom, PEAK)
            paper.box(left, bottom - max(mean, 4), right, bottom, BAR)
    paper.box(MARGIN, bottom, MARGIN + INNER, bottom + 2, LINE)
    words = f"{top} ms"
    wide = round(font(SMALL).getlength(words))
    paper.box(MARGIN, y + 6, MARGIN + wide + 14, y + 44, PANEL, radius=6)
    paper.words(MARGIN + 7, y + 8, words, SMALL, colour=INK)
    return bottom


def _nice(milliseconds: float) -> int:
    """The next round number."""
    scale = 10
    while True:
        for step in NICE:
            if step * scale >= milliseconds:
                return step * scale
        scale *= 10


def _changes(paper: Paper, sheet: Sheet, y: int) -> int:
    y += SECTION
    paper.words(MARGIN, y, sheet.changes_title, WORDS)
    y += _STRIP_TITLE
    for state, words in sheet.changes:
        paper.dot(MARGIN, y + 11, 22, COLOURS[state])
        paper.words(MARGIN + 40, y + 4, words, WORDS - 2, colour=FADED, width=INNER - 40)
        y += _CHANGE
    return y


def _foot(paper: Paper, sheet: Sheet, y: int) -> None:
    y += SECTION
    for line in _lines_of_legend(sheet.legend):
        x = MARGIN
        for state, words in line:
            _sample(paper, state, x, y + 5)
            x += 36 + paper.words(x + 36, y, words, SMALL, colour=FADED) + 34
        y += _LEGEND_LINE
    paper.words(MARGIN, y + 6, sheet.footer, SMALL - 3, colour=FADED)


def _sample(paper: Paper, state: State, x: int, y: int) -> None:
    if state is State.UNKNOWN:
        paper.hatched(x, y, x + 24, y + 24)
    else:
        paper.box(x, y, x + 24, y + 24, COLOURS[state], radius=5)


def _lines_of_legend(legend: Sequence[tuple[State, str]]) -> Iterator[list[tuple[State, str]]]:
    """As many on a line as fit."""
    line: list[tuple[State, str]] = []
    used = 0
    for state, words in legend:
        wide = 36 + round(font(SMALL).getlength(words)) + 34
        if line and used + wide > INNER + 34:
            yield line
            line, used = [], 0
        line.append((state, words))
        used += wide
    if line:
        yield line
