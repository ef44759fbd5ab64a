"""Telegram's limits: what may go now, and what must wait."""

from bot.telegram.pace import ALL, Pace

ALICE, BOB, CAROL, DAVE, GROUP = 1, 2, 3, 4, -5


async def test_at_first_everything_may_go() -> None:
    pace = Pace()
    assert (pace.room(), pace.closed()) == (ALL[0], set())


async def test_each_message_takes_room_and_closes_its_chat_for_a_second() -> None:
    pace = Pace()
    await pace.take(ALICE)
    assert (pace.room(), pace.closed()) == (ALL[0] - 1, {ALICE})


async def test_a_turn_that_was_taken_is_not_waited_for_again() -> None:
    pace = Pace()
    for chat_id in (ALICE, BOB):
        await pace.take(chat_id)
        await pace.wait(chat_id)
    assert pace.room() == ALL[0] - 2


async def test_a_chat_is_closed_until_a_second_after_the_message_is_known_to_be_there() -> None:
    pace = Pace()
    pace.went_well(ALICE)
    assert pace.closed() == {ALICE}


async def test_a_chat_rests_as_long_as_telegram_asks_and_no_other_does() -> None:
    pace = Pace()
    pace.refused(ALICE, 30)
    assert (pace.closed(), pace.room()) == ({ALICE}, ALL[0])


async def test_three_refusals_in_a_row_are_meant_for_all() -> None:
    pace = Pace()
    for chat_id in (ALICE, BOB, CAROL):
        assert pace.room() == ALL[0]
        pace.refused(chat_id, 30)
    assert pace.room() == 0


async def test_refusals_between_which_something_went_well_are_meant_for_their_chats() -> None:
    pace = Pace()
    for chat_id in (ALICE, BOB, CAROL):
        pace.refused(chat_id, 30)
        pace.went_well(DAVE)
    assert pace.room() == ALL[0]
    assert {ALICE, BOB, CAROL} < set(pace.closed())


async def test_one_chat_that_is_refused_again_and_again_is_still_one_chat() -> None:
    pace = Pace()
    for _ in range(5):
        pace.refused(ALICE, 30)
    assert pace.room() == ALL[0]


async def test_a_refusal_that_is_over_rests_nobody() -> None:
    pace = Pace()
    pace.refused(ALICE, 0)
    assert pace.closed() == set()


async def test_a_group_gets_two_at_once_and_then_waits() -> None:
    pace = Pace()
    for _ in range(2):
        await pace.wait(GROUP)
    assert GROUP in pace.closed()
