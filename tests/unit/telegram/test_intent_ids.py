"""Dialogs that a person opens within one second are told apart."""

from aiogram_dialog.api.entities import Stack
from aiogram_dialog.api.entities.stack import _STACK_LIMIT

from bot.telegram.dialogs.intent_ids import use_random_intent_ids
from bot.telegram.dialogs.states import Home

PEOPLE = 100


def test_no_two_dialogs_of_one_moment_share_an_id() -> None:
    use_random_intent_ids()
    ids = [Stack().push(Home.connections, None).id for _ in range(PEOPLE * _STACK_LIMIT)]
    assert len(set(ids)) == PEOPLE * _STACK_LIMIT


def test_an_id_leaves_room_for_what_a_button_says() -> None:
    use_random_intent_ids()
    assert len(Stack().push(Home.connections, None).id.encode()) == 8
