from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.telegram.errors import BotApiError
from bot.sandbox.telegram.markup import parse_html, to_html, with_automatic


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp; &#33;", "plain <b> & !", []),
        ("a & b &unknown; &copy;", "a & b &unknown; &copy;", []),
        ("😀<b>x</b>", "😀x", [{"type": "bold", "offset": 2, "length": 1}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
        ("<B>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        (
            '<a href="https://x.example/?a=1&amp;b=2">go</a>',
            "go",
            [{"type": "text_link", "url": "https://x.example/?a=1&b=2", "offset": 0, "length": 2}],
        ),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"type": "pre", "language": "python", "offset": 0, "length": 1}],
        ),
        (
            '<tg-time unix="1700000000" format="r">now</tg-time>',
            "now",
            [{"type": "date_time", "unix_time": 1700000000, "date_time_format": "r", "offset": 0, "length": 3}],
        ),
        ("\n <b> x </b>\n", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ],
)
def test_markup_becomes_text_with_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("żó <script>x</script>", 'Unsupported start tag "script" at byte offset 5'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_markup_is_refused_with_the_place(source: str, complaint: str) -> None:
    with pytest.raises(BotApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"
    assert refusal.value.violation


def test_commands_mentions_and_links_are_found_but_not_inside_code() -> None:
    text, entities = parse_html("/start https://x.example, <code>/stop</code>")
    found = [
        (entity["type"], text[entity["offset"] :][: entity["length"]]) for entity in with_automatic(text, entities)
    ]
    assert found == [("bot_command", "/start"), ("url", "https://x.example"), ("code", "/stop")]


@pytest.mark.parametrize(
    "source",
    [
        "<b>a<i>b</i></b> &lt;x&gt; &amp;",
        "😀 <code>x</code><b>y</b>",
        '<a href="https://x.example/?a=1&amp;b=%22">go</a>',
        "<b><i>x</i></b>",
        "<blockquote expandable>a\n<b>b</b></blockquote>",
    ],
)
def test_the_page_gets_the_markup_back(source: str) -> None:
    assert to_html(*parse_html(source)) == source


@given(st.text(alphabet=st.sampled_from("<>&;/ab\"' =#x1😀\n"), max_size=40))
def test_whatever_comes_in_is_parsed_or_refused_and_nothing_of_it_turns_into_tags(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except BotApiError:
        return
    again = to_html(text, entities)
    assert parse_html(again) == (text, entities)
