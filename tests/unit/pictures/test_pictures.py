"""A picture of history: right to the pixel where it matters, readable, and drawn where nobody waits."""

import threading
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.domain.history import HOUR, Rollup, Span, State, look_back
from bot.pictures.drawing import PillowPictures
from bot.pictures.history import THINNEST, drawn
from bot.pictures.paper import COLOURS, FADED, GROUND, INK, INNER, WIDTH, WORDS, drawable, fitted, font
from bot.usecases.pictures import Latency, Sheet, Strip

HERE = 500_000
NOW = HERE * HOUR + 1800.0


def sheet(*rollups: Rollup, span: Span = Span.DAY, strips: int = 1) -> Sheet:
    cells = look_back(rollups, (), span, NOW, 0.0).cells
    return Sheet(
        title="Main",
        subtitle="Binance · Spot",
        figure="99.87 %",
        figure_says="of that time the key worked",
        strips=[Strip(f"Number {n}", "100 %", cells) for n in range(strips)],
        ticks=((0.0, "00:00"), (1.0, "23:00")),
        legend=((State.UP, "works"),),
        latency=None,
        changes_title="",
        changes=(),
        footer="27 Nov, 14:02",
    )


def image(of: Sheet) -> Image.Image:
    return Image.open(BytesIO(drawn(of))).convert("RGB")


def pixels(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """How many are about this colour; a palette may be off by a little."""
    data = picture.tobytes()
    triples = zip(data[::3], data[1::3], data[2::3], strict=True)
    return sum(max(abs(a - b) for a, b in zip(each, colour, strict=True)) <= 4 for each in triples)


def well(hour: int, **seconds: int) -> Rollup:
    return Rollup(hour, 1, 60, 60, 6000, 300, up=HOUR - sum(seconds.values()), **seconds)


def test_a_picture_is_as_wide_as_promised_and_small_enough_to_send() -> None:
    for span in Span:
        png = drawn(sheet(*(well(HERE - n) for n in range(24)), span=span))
        assert png.startswith(b"\x89PNG")
        assert len(png) < 100_000
        assert Image.open(BytesIO(png)).width == WIDTH


def test_one_bad_second_of_an_hour_is_seen() -> None:
    calm, bad = (image(sheet(well(HERE - 5, **trouble))) for trouble in ({}, {"reauth": 1}))
    column = INNER // 24 - 6
    assert pixels(calm, COLOURS[State.REAUTH]) == 0
    assert pixels(bad, COLOURS[State.REAUTH]) >= column * (THINNEST - 1)


def test_one_bad_minute_of_ninety_days_is_seen() -> None:
    bad = image(sheet(well(HERE - 600, error=60), span=Span.QUARTER))
    assert pixels(bad, COLOURS[State.ERROR]) >= (INNER // 90 - 3) * (THINNEST - 1)


@pytest.mark.parametrize("state", [State.PAUSED, State.ERROR, State.REAUTH])
def test_each_state_takes_as_much_of_a_cell_as_of_its_time(state: State) -> None:
    half = image(sheet(well(HERE - 5, **{state.value: 1800})))
    assert pixels(half, COLOURS[state]) == pytest.approx(pixels(half, COLOURS[State.UP]) - 24 * 24, rel=0.1)


def test_what_nobody_watched_is_not_shown_as_well() -> None:
    nothing = replace(sheet(), legend=((State.UNKNOWN, "not watched"),))
    assert pixels(image(nothing), COLOURS[State.UP]) == 0
    assert pixels(image(nothing), COLOURS[State.UNKNOWN]) > 1000


def test_a_digest_has_a_strip_for_each() -> None:
    rows = [well(HERE - n) for n in range(24)]
    two, five = (image(replace(sheet(*rows, strips=n), figure="")) for n in (2, 5))
    assert five.height > two.height
    assert pixels(five, COLOURS[State.UP]) > 2 * pixels(two, COLOURS[State.UP])


def test_everything_there_can_be_at_once_is_drawn() -> None:
    cells = sheet(*(well(HERE - n, error=n, paused=n, reauth=n) for n in range(24))).strips[0].cells
    full = replace(
        sheet(),
        strips=(Strip("A name", "100 %", cells),),
        legend=tuple((state, "words that are long " * 2) for state in State),
        latency=Latency("Answer time", "usually 84 ms", cells),
        changes_title="Last changes",
        changes=tuple((state, "W" * 200) for state in State),
    )
    assert image(full).height > image(sheet()).height


def test_latency_without_an_answer_is_an_empty_chart() -> None:
    empty = Latency("Answer time", "", sheet().strips[0].cells)
    assert image(replace(sheet(), latency=empty)).height > image(sheet()).height


# ------------------------------------------------------------------------------------------------------------- reading


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """As the Web Content Accessibility Guidelines define it."""

    def light(colour: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in colour]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_words_and_states_stand_out_from_the_ground() -> None:
    assert contrast(INK, GROUND) > 7
    assert contrast(FADED, GROUND) > 4.5
    for state in (State.UP, State.PAUSED, State.ERROR, State.REAUTH):
        assert contrast(COLOURS[state], GROUND) > 3, state


def test_every_letter_of_both_languages_is_in_the_font() -> None:
    letters = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż„”…·–%0123456789"  # noqa: RUF001 - what sentences are made of
    assert drawable(letters + letters.upper()) == letters + letters.upper()


def test_what_the_font_lacks_is_left_out() -> None:
    assert drawable("🚀 To the\u200b moon 🚀") == "To the moon"
    assert drawable("🚀") == ""


@pytest.mark.parametrize("words", ["W" * 300, "Zażółć gęślą jaźń " * 20, "", " "])
def test_words_never_leave_their_place(words: str) -> None:
    assert font(WORDS).getlength(fitted(words, WORDS, 400)) <= 400


# ------------------------------------------------------------------------------------------------------------- drawing


async def test_it_is_drawn_off_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    drew: list[str] = []

    def note(of: Sheet) -> bytes:
        drew.append(threading.current_thread().name)
        return drawn(of)

    monkeypatch.setattr("bot.pictures.history.drawn", note)
    with PillowPictures() as pictures:
        assert (await pictures.draw(sheet())).startswith(b"\x89PNG")
    assert drew != []
    assert all(name.startswith("pictures") for name in drew)
