"""What a person sees of a text."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.characters import plain
from bot.domain.masking import mask_tail

VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Signs of Arabic, Syriac, Kaithi and Egyptian that have a shape of their own."""


def test_every_format_and_control_character_that_shows_nothing_is_taken_out() -> None:
    left = [
        f"{code:x}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cf", "Cc"}
        and code not in VISIBLE_FORMATS
        and plain(f"a{chr(code)}b") not in {"ab", "a\nb", "a\tb"}
    ]
    assert left == []


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one_newline(line_break: str) -> None:
    assert plain(f"a{line_break}b") == "a\nb"


def test_half_a_surrogate_pair_is_taken_out_so_that_the_text_can_be_stored() -> None:
    assert plain("a\ud83db").encode() == b"ab"


@given(st.text())
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_ordinary_letters_are_untouched(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("api_key", "shown"),
    [
        ("A" * 60 + "x7Qz", "…x7Qz"),
        ("abcdefghijkl", "…jkl"),
        ("abcdefgh", "…gh"),
        ("abcd", "…d"),
        ("abc", "…"),
        ("", "…"),
    ],
)
def test_a_key_is_named_by_its_end(api_key: str, shown: str) -> None:
    assert mask_tail(api_key) == shown


@given(st.text(max_size=100))
def test_never_more_than_a_quarter_of_a_key_is_shown(api_key: str) -> None:
    assert len(mask_tail(api_key)) - 1 <= min(4, len(api_key) / 4)
