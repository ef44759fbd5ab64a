"""A recovery phrase sent a few words at a time: the guard puts two and two together."""

from collections.abc import Iterable
from typing import Any

import pytest

from bot.telegram.drips import APART, MOST
from bot.telegram.guard import Guard
from tests.unit.domain.ordinary_talk import ORDINARY
from tests.unit.telegram.test_guard import ALICE, GROUP, NOW, SEED, Json, gone, guard, update

WORDS = SEED.split()


def said(number: int, text: str, *, at: float | None = None, **content: Any) -> Json:
    raw = update(number=number, text=text, **content)
    raw["message"]["date"] = NOW + int(number if at is None else at)
    return raw


def numbers(watch: Guard, messages: Iterable[Json]) -> list[int]:
    """The ids of what must vanish, as it becomes known."""
    return [number for raw in messages for _, number in gone(watch.examine(raw))]


def pieces(size: int) -> list[str]:
    return [" ".join(WORDS[start : start + size]) for start in range(0, len(WORDS), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
def test_a_phrase_in_pieces_is_a_phrase(size: int) -> None:
    parts = pieces(size)
    seen = numbers(guard(), (said(number, part) for number, part in enumerate(parts, 1)))
    assert seen == list(range(1, len(parts) + 1))


def test_it_is_called_what_it_is() -> None:
    watch = guard()
    *_, last = [watch.examine(said(number, part)) for number, part in enumerate(pieces(4), 1)]
    assert {deletion.why for deletion in last.deletions} == {"seed_phrase"}
    assert last.secret
    assert last.withheld


def test_numbers_before_the_words_and_talk_between_them_change_nothing() -> None:
    watch, asked = guard(), []
    for number, word in enumerate(WORDS, 1):
        asked += [said(2 * number, f"{number}. {word}"), said(2 * number + 1, "ok, and what is the next one?")]
    assert sorted(numbers(watch, asked)) == [2 * number for number in range(1, 13)]


def test_one_mistyped_word_does_not_hide_it() -> None:
    words = [
        "abandon",
        "ability",
        "able",
        "about",
        "above",
        "absent",
        "absorbb",
        "abstract",
        "absurd",
        "abuse",
        "access",
        "accident",
    ]
    assert numbers(guard(), (said(number, word) for number, word in enumerate(words, 1))) == list(range(1, 13))


def test_the_second_half_of_a_long_phrase_goes_as_it_comes() -> None:
    watch = guard()
    first = numbers(watch, (said(number, word) for number, word in enumerate(WORDS, 1)))
    assert numbers(watch, (said(number, word) for number, word in enumerate(WORDS[:6], 13))) == list(range(13, 19))
    assert len(first) == 12


def test_they_may_come_in_another_order_than_they_were_sent() -> None:
    shuffled = [said(number, part) for number, part in enumerate(pieces(4), 1)]
    assert sorted(numbers(guard(), reversed(shuffled))) == [1, 2, 3]


def test_in_a_group_each_speaks_for_themselves() -> None:
    watch, group = guard(), {"id": GROUP, "type": "supergroup", "title": "Desk"}
    for number, part in enumerate(pieces(6), 1):
        person = {"id": ALICE + number, "is_bot": False, "first_name": "x"}
        raw = said(number, part, chat=group)
        raw["message"]["from"] = person
        assert gone(watch.examine(raw)) == []
    assert numbers(watch, (said(number, part, chat=group) for number, part in enumerate(pieces(6), 7))) == [7, 8]


def test_words_far_apart_in_time_are_no_phrase() -> None:
    watch, step = guard(), APART + 1
    assert numbers(watch, (said(n, part, at=n * step) for n, part in enumerate(pieces(6), 1))) == []


def test_nothing_is_remembered_of_ordinary_talk() -> None:
    watch = guard()
    assert numbers(watch, (said(number, line) for number, line in enumerate(ORDINARY, 1))) == []
    assert sum(len(row.drips) for row in watch._drips._rows.values()) <= MOST


def test_short_answers_are_talk_however_many() -> None:
    answers = [
        "yes",
        "no",
        "ok",
        "good",
        "thanks",
        "wait",
        "long",
        "short",
        "stop",
        "buy",
        "sell",
        "nice",
        "what",
        "now",
        "sure",
        "right",
    ]
    assert numbers(guard(), (said(number, word) for number, word in enumerate(answers * 5, 1))) == []
