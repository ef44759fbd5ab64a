"""While a question for a secret is open, what its person says there vanishes; and the question outlives the process."""

from typing import Any

import pytest

from bot.telegram.guard import Guard
from bot.telegram.questions import OpenQuestions
from bot.usecases.storage import StoreUnavailable
from tests.unit.telegram.memory import MemoryStore, StandingClock
from tests.unit.telegram.test_guard import ALICE, BOT, NOW, PERSON, gone, message, update


async def asked(at: float = NOW) -> tuple[OpenQuestions, Guard, StandingClock]:
    clock = StandingClock(at)
    questions = OpenQuestions(MemoryStore(), clock)
    await questions.open(ALICE, ALICE)
    return questions, Guard(BOT, questions, clock, {"start", "cancel"}), clock


@pytest.mark.parametrize(
    "content",
    [
        {"text": "no"},
        {"text": "/hunter2"},
        {"text": "/cancel hunter2"},
        {"sticker": {"file_id": "x", "file_unique_id": "y"}},
        {"location": {"latitude": 1, "longitude": 1}},
        {"document": {"file_id": "x", "file_unique_id": "y", "file_name": "key.txt", "file_size": 5}},
    ],
)
async def test_while_a_question_is_open_everything_is_an_answer(content: dict[str, Any]) -> None:
    _, watch, _ = await asked()
    for kind in ("message", "edited_message"):
        seen = watch.examine(update(kind, **content))
        assert (gone(seen), seen.answer, seen.secret, seen.withheld) == ([(ALICE, 7)], True, True, False)
        assert (seen.deletions[0].why, seen.deletions[0].asked) == ("answer", True)


@pytest.mark.parametrize("text", ["/cancel", "/start", "/CANCEL", "/cancel@latchkey_bot", " /cancel "])
async def test_a_plain_command_is_no_answer(text: str) -> None:
    _, watch, _ = await asked()
    seen = watch.examine(update(text=text))
    assert (seen.deletions, seen.answer, seen.secret) == ((), False, False)


async def test_a_press_is_no_answer() -> None:
    _, watch, _ = await asked()
    press: dict[str, Any] = {"id": "1", "from": PERSON, "data": "back", "message": message(9, text="q")}
    press["message"]["from"] = {"id": BOT, "is_bot": True, "first_name": "Latchkey"}
    assert watch.examine({"update_id": 1, "callback_query": press}).deletions == ()


async def test_what_somebody_else_says_is_no_answer() -> None:
    _, watch, _ = await asked()
    raw = update(text="hello")
    raw["message"]["from"] = PERSON | {"id": 99}
    assert watch.examine(raw).deletions == ()


@pytest.mark.parametrize(("late", "is_answer"), [(-5, True), (0, True), (1, True), (2, False)])
async def test_an_answer_is_known_by_when_it_was_sent(late: int, is_answer: bool) -> None:  # noqa: FBT001
    questions, watch, clock = await asked()
    clock.time = NOW + 60
    await questions.close(ALICE, ALICE)
    raw = update(text="blue horse")
    raw["message"]["date"] = NOW + 60 + late
    assert watch.examine(raw).answer is is_answer


async def test_an_edit_counts_by_when_it_was_edited() -> None:
    questions, watch, _ = await asked()
    await questions.close(ALICE, ALICE)
    raw = update("edited_message", text="a typo mended")
    raw["edited_message"] |= {"date": NOW - 600, "edit_date": NOW + 30}
    assert not watch.examine(raw).answer


async def test_questions_outlive_the_process() -> None:
    store, clock = MemoryStore(), StandingClock(NOW)
    await OpenQuestions(store, clock).open(ALICE, ALICE)
    after = OpenQuestions(store, clock)
    await after.load()
    assert after.is_open(ALICE, ALICE)
    assert after.opened() == {(ALICE, ALICE)}
    await after.close(ALICE, ALICE)
    again = OpenQuestions(store, clock)
    await again.load()
    assert not again.is_open(ALICE, ALICE)
    assert again.awaits(ALICE, ALICE, NOW)


async def test_a_question_that_could_not_be_kept_is_not_open_and_one_that_could_not_be_closed_still_is() -> None:
    store = MemoryStore()
    questions = OpenQuestions(store, StandingClock(NOW))
    store.full = True
    with pytest.raises(StoreUnavailable):
        await questions.open(ALICE, ALICE)
    assert not questions.is_open(ALICE, ALICE)
    store.full = False
    await questions.open(ALICE, ALICE)
    store.full = True
    with pytest.raises(StoreUnavailable):
        await questions.close(ALICE, ALICE)
    assert questions.is_open(ALICE, ALICE)
