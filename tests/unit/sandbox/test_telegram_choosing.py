"""The keyboard under the text field and the chooser: as strict as the rest, and told to the bot as Telegram does."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

PEOPLE = {"text": "A person", "request_users": {"request_id": 7, "user_is_bot": False, "request_name": True}}
GROUPS = {
    "text": "A group",
    "request_chat": {"request_id": 8, "chat_is_channel": False, "bot_is_member": True, "request_title": True},
}
KEYBOARD = "reply_markup.keyboard"


def keyboard(*buttons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"text": "Whom?", "reply_markup": {"keyboard": [list(buttons)], **more}}


@pytest.fixture
async def asked(sandbox: Sandbox, alice: Person, api: Api) -> Person:
    await api.call("sendMessage", chat_id=alice.id, **keyboard(PEOPLE, GROUPS, one_time_keyboard=True))
    return alice


async def test_a_person_is_chosen_and_a_one_time_keyboard_goes(sandbox: Sandbox, asked: Person, api: Api) -> None:
    bob = sandbox.person("Bob")
    assert asked.keyboard() == [["A person", "A group"]]
    await asked.picks(bob)
    [update] = await api.updates()
    assert update["message"]["users_shared"] == {
        "request_id": 7,
        "users": [{"user_id": bob.id, "first_name": "Bob"}],
    }
    assert asked.keyboard() == []


async def test_only_groups_that_the_button_asks_for_are_offered(sandbox: Sandbox, asked: Person, api: Api) -> None:
    bob = sandbox.person("Bob")
    theirs, without_bot = sandbox.group("Theirs", owner=bob), sandbox.group("Mine", owner=asked)
    theirs.add(sandbox.bot)
    for group in (theirs, without_bot):
        with pytest.raises(ValueError, match="does not offer"):
            await asked.picks(group)
    without_bot.add(sandbox.bot)
    await asked.picks(without_bot)
    shared = [update["message"]["chat_shared"] for update in await api.updates() if "chat_shared" in str(update)]
    assert shared == [{"request_id": 8, "chat_id": without_bot.id, "title": "Mine"}]


async def test_a_keyboard_is_taken_away(asked: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=asked.id, text="Done", reply_markup={"remove_keyboard": True})
    assert asked.keyboard() == []


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        (
            PEOPLE | {"request_contact": True},
            f"can't parse keyboard button: request_contact and request_users in one button ({KEYBOARD})",
        ),
        (
            {"text": "x", "request_users": {"request_id": 7, "max_quantity": 11}},
            f"max_quantity must be from 1 to 10 ({KEYBOARD}[0][0].request_users.max_quantity)",
        ),
        (
            {"text": "x", "request_users": {"request_id": 2**31}},
            f"request_id must be a 32-bit number ({KEYBOARD}[0][0].request_users.request_id)",
        ),
        (
            {"text": "x", "request_chat": {"request_id": 7}},
            f'field "{KEYBOARD}[0][0].request_chat.chat_is_channel" is required',
        ),
        (
            {"text": "x", "request_users": {"request_id": 7, "tall": True}},
            f'KeyboardButtonRequestUsers has no field "tall" (in {KEYBOARD}[0][0].request_users)',
        ),
    ],
)
async def test_a_malformed_button_is_refused_and_noted(
    sandbox: Sandbox, alice: Person, api: Api, button: dict[str, Any], reason: str
) -> None:
    assert await api.refused("sendMessage", chat_id=alice.id, **keyboard(button)) == f"Bad Request: {reason}"
    assert sandbox.telegram.violations == [f"sendMessage: Bad Request: {reason}"]


async def test_each_request_of_a_message_has_its_number(sandbox: Sandbox, alice: Person, api: Api) -> None:
    twice = keyboard(PEOPLE, PEOPLE)
    assert "must be unique" in await api.refused("sendMessage", chat_id=alice.id, **twice)
    sandbox.telegram.violations.clear()


async def test_a_group_is_asked_for_nobody(sandbox: Sandbox, alice: Person, api: Api) -> None:
    group = sandbox.group("Desk", owner=alice)
    group.add(sandbox.bot)
    assert "private chats only" in await api.refused("sendMessage", chat_id=group.id, **keyboard(PEOPLE))
    sandbox.telegram.violations.clear()


async def test_the_page_may_see_the_keyboard_and_choose(sandbox: Sandbox, asked: Person, api: Api) -> None:
    bob = sandbox.person("Bob")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.page_url}/api/state") as answer:
            chats = (await answer.json())["chats"]
        [[people, groups]] = next(chat["keyboard"] for chat in chats if chat["id"] == asked.id)
        assert (people["kind"], [one["name"] for one in people["offers"]]) == ("person", ["Alice", "Bob"])
        assert (groups["kind"], groups["offers"]) == ("group", [])
        choice = {"as": asked.id, "row": 0, "column": 0, "target": bob.id}
        async with session.post(f"{sandbox.page_url}/api/chats/{asked.id}/pick", json=choice) as answer:
            assert (await answer.json())["service"] == "You chose Bob"
    assert [update["message"]["users_shared"]["request_id"] for update in await api.updates()] == [7]
