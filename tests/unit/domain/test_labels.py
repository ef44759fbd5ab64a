"""What a trader may call a connection."""

# ruff: noqa: RUF001  -- look-alike letters are the point

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.labels import (
    LONGEST,
    CleanLabel,
    LabelProblem,
    LabelWarning,
    RefusedLabel,
    clean_label,
    suggest_labels,
    visible_length,
)
from tests.unit.domain.hostile_labels import broken, hidden, mixed
from tests.unit.domain.real_shaped_secrets import Draw

CORPUS = [*mixed(), *(written for written, _ in hidden()), *broken()]


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(CORPUS) == 500


@pytest.mark.parametrize(
    "label",
    [
        "Binance Futures Main",
        "moje główne",
        "Основной счёт",
        "主账户",
        "📈 scalping",
        "Łódź 2",
        "1",
        "β-tests",
        "São Paulo",
    ],
)
def test_a_good_label_stays_as_it_is(label: str) -> None:
    assert clean_label(label) == CleanLabel(label)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Main  ", "Main"),
        ("Main\nsecond line", "Main second line"),
        ("Main \t\u00a0\u3000 2", "Main 2"),
        ("Ｍａｉｎ", "Main"),
        ("Ma\u200bin\u202e", "Main"),
        ("ﬁnal", "final"),
        ("e\u0301t\u0301", "ét\u0301"),
        ("a" + "\u0315" * 40, "a" + "\u0315" * 3),
    ],
)
def test_a_label_is_cleaned(raw: str, clean: str) -> None:
    assert clean_label(raw) == CleanLabel(clean)


@pytest.mark.parametrize("raw", ["", "   ", "\u200b\u202e", "\n\n", "\u0301\u0301", "\u3164", "\U0001f3fb"])
def test_a_label_of_nothing_is_refused(raw: str) -> None:
    assert clean_label(raw) == RefusedLabel(LabelProblem.EMPTY)


def test_a_label_may_have_32_characters_and_no_more() -> None:
    assert clean_label("a" * 32) == CleanLabel("a" * 32)
    assert clean_label("a" * 33) == RefusedLabel(LabelProblem.TOO_LONG, 33)


@pytest.mark.parametrize(
    ("text", "length"), [("né", 2), ("e\u0301\u0302", 1), ("👍🏽", 1), ("🇵🇱🇩🇪", 2), ("漢字", 2), ("", 0)]
)
def test_characters_are_counted_as_people_count_them(text: str, length: int) -> None:
    assert visible_length(text) == length


@pytest.mark.parametrize("secret", [Draw(41).of(64), " ".join(Draw(42).words("english", 12))], ids=["key", "phrase"])
def test_a_secret_is_no_label(secret: str) -> None:
    assert clean_label(secret) == RefusedLabel(LabelProblem.LOOKS_LIKE_SECRET)


def test_a_word_of_two_alphabets_is_warned_of() -> None:
    warned = frozenset({LabelWarning.MIXED_SCRIPTS})
    expected = [CleanLabel(unicodedata.normalize("NFKC", label), warned) for label in mixed()]
    assert [clean_label(label) for label in mixed()] == expected


@pytest.mark.parametrize("label", ["Binance основной", "Главный Bot", "BTC μ", "Main Счёт 2"])
def test_words_of_different_alphabets_side_by_side_are_not_warned_of(label: str) -> None:
    assert getattr(clean_label(label), "warnings", None) == frozenset()


def test_what_nobody_sees_is_taken_out() -> None:
    assert [clean_label(written) for written, _ in hidden()] == [CleanLabel(seen) for _, seen in hidden()]


def test_no_hostile_label_breaks_a_line_or_hides_a_character() -> None:
    shown = [answer.text for raw in CORPUS if isinstance(answer := clean_label(raw), CleanLabel)]
    hiding = [text for text in shown if any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} for each in text)]
    assert (len(shown) > 450, hiding, max(map(len, shown)) <= LONGEST * 4) == (True, [], True)


@given(st.text(max_size=80))
def test_cleaning_a_clean_label_changes_nothing(raw: str) -> None:
    answer = clean_label(raw)
    if isinstance(answer, CleanLabel):
        assert clean_label(answer.text) == answer
        assert 1 <= visible_length(answer.text) <= LONGEST


@pytest.mark.parametrize(
    ("market", "environment", "best"),
    [
        ("spot", "live", "Binance Spot Main"),
        ("linear", "live", "Binance Futures Main"),
        ("inverse", "live", "Binance Coin Futures Main"),
        ("linear", "testnet", "Binance Futures Testnet"),
        ("spot", "demo", "Binance Spot Demo"),
    ],
)
def test_the_best_suggestion_says_exchange_market_and_world(market: str, environment: str, best: str) -> None:
    assert suggest_labels("Binance", market, environment, set())[0] == best


def test_a_taken_label_is_suggested_with_the_next_number() -> None:
    taken = {"binance futures main", "Binance Futures Main 2"}
    assert suggest_labels("Binance", "linear", "live", taken)[0] == "Binance Futures Main 3"


@given(
    st.text("abcdefghij ", min_size=1, max_size=40).map(str.strip).filter(bool),
    st.sampled_from(["spot", "linear", "inverse"]),
    st.sampled_from(["live", "testnet", "demo"]),
    st.integers(0, 30),
)
def test_suggestions_are_free_different_and_clean(name: str, market: str, environment: str, rounds: int) -> None:
    name = " ".join(name.split())
    taken: set[str] = set()
    for _ in range(rounds):
        taken.add(suggest_labels(name, market, environment, taken)[0])
    suggested = suggest_labels(name, market, environment, taken)
    assert len(taken) == rounds
    assert {label.casefold() for label in suggested}.isdisjoint({label.casefold() for label in taken})
    assert len(set(suggested)) == len(suggested)
    assert [clean_label(label) for label in suggested] == [CleanLabel(label) for label in suggested]
