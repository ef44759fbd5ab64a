from typing import Any

import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

KEYBOARD = {"inline_keyboard": [[{"text": "Pause", "callback_data": "pause:1"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TWO_DAYS = 48 * 3600


async def test_a_message_arrives_with_its_text_parsed_and_its_keyboard(alice: Person, api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text=" <b>Hi</b> ", parse_mode="HTML", reply_markup=KEYBOARD)
    assert sent["text"] == "Hi"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert alice.last().button_texts == [["Pause"]]
    assert alice.last().message_id == sent["message_id"]


async def test_an_edit_changes_what_is_seen_and_drops_a_keyboard_not_given_again(alice: Person, api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text="Checking", reply_markup=KEYBOARD)
    await api.call("editMessageText", chat_id=alice.id, message_id=sent["message_id"], text="Connected")
    message = alice.last()
    assert (message.text, message.edited, message.earlier) == ("Connected", True, ["Checking"])
    assert message.buttons == []


async def test_an_edit_that_changes_nothing_is_refused(alice: Person, api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text="Same", reply_markup=KEYBOARD)
    place = {"chat_id": alice.id, "message_id": sent["message_id"]}
    assert await api.refused("editMessageText", **place, text="Same", reply_markup=KEYBOARD) == NOT_MODIFIED
    assert await api.refused("editMessageReplyMarkup", **place, reply_markup=KEYBOARD) == NOT_MODIFIED
    await api.call("editMessageReplyMarkup", **place)
    assert alice.last().buttons == []


async def test_only_own_and_present_messages_can_be_edited(alice: Person, api: Api) -> None:
    hers = await alice.says("mine")
    place = {"chat_id": alice.id, "message_id": hers.message_id}
    assert await api.refused("editMessageText", **place, text="x") == "Bad Request: message can't be edited"
    await api.call("deleteMessage", **place)
    assert await api.refused("editMessageText", **place, text="x") == "Bad Request: message to edit not found"


async def test_the_bot_deletes_a_persons_message_once(alice: Person, api: Api) -> None:
    secret = await alice.says("my secret")
    place = {"chat_id": alice.id, "message_id": secret.message_id}
    assert await api.call("deleteMessage", **place) is True
    await alice.sees_gone(secret)
    assert secret.deleted_by == "bot"
    assert await api.refused("deleteMessage", **place) == "Bad Request: message to delete not found"


async def test_a_message_older_than_two_days_can_not_be_deleted(sandbox: Sandbox, alice: Person, api: Api) -> None:
    old = await alice.says("my secret")
    sandbox.clock.advance(TWO_DAYS - 60)
    young = await alice.says("another")
    sandbox.clock.advance(120)
    refusal = await api.refused("deleteMessage", chat_id=alice.id, message_id=old.message_id)
    assert refusal == "Bad Request: message can't be deleted for everyone"
    await api.call("deleteMessage", chat_id=alice.id, message_id=young.message_id)


async def test_many_are_deleted_at_once_and_missing_ones_are_skipped(alice: Person, api: Api) -> None:
    messages = [await alice.says(f"line {number}") for number in range(3)]
    ids = [message.message_id for message in messages]
    await api.call("deleteMessages", chat_id=alice.id, message_ids=[*ids, 999])
    assert alice.screen() == []


async def test_one_too_old_message_saves_the_others_too(sandbox: Sandbox, alice: Person, api: Api) -> None:
    old = await alice.says("old")
    sandbox.clock.advance(TWO_DAYS + 1)
    young = await alice.says("young")
    ids = [young.message_id, old.message_id]
    await api.refused("deleteMessages", chat_id=alice.id, message_ids=ids)
    assert alice.screen() == [old, young]


async def test_a_reply_needs_its_message_unless_told_otherwise(alice: Person, api: Api) -> None:
    asked = await alice.says("how is it?")
    reply = {"message_id": asked.message_id}
    answered = await api.call("sendMessage", chat_id=alice.id, text="fine", reply_parameters=reply)
    assert answered["reply_to_message"]["text"] == "how is it?"
    await alice.deletes(asked)
    refusal = await api.refused("sendMessage", chat_id=alice.id, text="fine", reply_parameters=reply)
    assert refusal == "Bad Request: message to be replied not found"
    forgiving = reply | {"allow_sending_without_reply": True}
    await api.call("sendMessage", chat_id=alice.id, text="fine", reply_parameters=forgiving)


async def test_a_bot_cannot_write_to_who_blocked_it_never_wrote_or_does_not_exist(
    sandbox: Sandbox, alice: Person, api: Api
) -> None:
    await alice.blocks_bot()
    stranger = sandbox.person("Stranger", started=False)
    refusals = [await api.refused("sendMessage", chat_id=who, text="hello") for who in (alice.id, stranger.id, 42)]
    assert refusals == [
        "Forbidden: bot was blocked by the user",
        "Forbidden: bot can't initiate conversation with a user",
        "Bad Request: chat not found",
    ]
    await alice.unblocks_bot()
    await stranger.says("/start")
    await api.call("sendMessage", chat_id=alice.id, text="hello")
    await api.call("sendMessage", chat_id=stranger.id, text="hello")


@pytest.mark.parametrize(
    ("method", "extra", "refusal"),
    [
        ("editMessageCaption", {"caption": "x"}, "Bad Request: there is no caption in the message to edit"),
        ("setMessageReaction", {"message_id": 999}, "Bad Request: message to react not found"),
    ],
)
async def test_what_a_text_does_not_have_cannot_be_changed(
    alice: Person, api: Api, method: str, extra: dict[str, Any], refusal: str
) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text="words")
    params = {"chat_id": alice.id, "message_id": sent["message_id"]} | extra
    assert await api.refused(method, **params) == refusal


async def test_a_press_is_answered_within_150_seconds_or_never(sandbox: Sandbox, alice: Person, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="Card", reply_markup=KEYBOARD)
    first, second = await alice.taps("pause"), await alice.taps("PAUSE")
    await api.call("answerCallbackQuery", callback_query_id=first.id, text="Paused", show_alert=True)
    toast = await alice.sees_toast("Paused")
    assert (toast.text, toast.is_alert) == ("Paused", True)
    sandbox.clock.advance(151)
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await api.refused("answerCallbackQuery", callback_query_id=second.id) == too_old
    assert await api.refused("answerCallbackQuery", callback_query_id="77") == too_old


async def test_a_forged_press_on_a_deleted_message_comes_with_an_inaccessible_one(alice: Person, api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text="Card", reply_markup=KEYBOARD)
    card = alice.last()
    await api.call("deleteMessage", chat_id=alice.id, message_id=sent["message_id"])
    await alice.presses_data(card, "rotate:someone-else")
    (update,) = await api.updates()
    query = update["callback_query"]
    assert (query["data"], query["message"]["date"]) == ("rotate:someone-else", 0)


async def test_message_ids_are_shared_by_private_chats_and_small_groups(sandbox: Sandbox, alice: Person) -> None:
    desk = sandbox.group("Desk", owner=alice)
    first, second = await alice.says("one"), await alice.says("two", group=desk)
    assert second.message_id == first.message_id + 1
    desk.migrate()
    assert (await alice.says("here", group=desk)).message_id == 2  # after the note about the migration


async def test_limits_refuse_the_second_message_in_a_second_when_enforced(
    sandbox: Sandbox, alice: Person, api: Api
) -> None:
    sandbox.telegram.limits.enforced = True
    await api.call("sendMessage", chat_id=alice.id, text="one")
    status, body = await api.answer("sendMessage", chat_id=alice.id, text="two")
    assert (status, body["parameters"]) == (429, {"retry_after": 1})
    assert body["description"] == "Too Many Requests: retry after 1"
    sandbox.clock.advance(1)
    await api.call("sendMessage", chat_id=alice.id, text="two")


async def test_a_group_takes_twenty_messages_a_minute(sandbox: Sandbox, alice: Person, api: Api) -> None:
    desk = sandbox.group("Desk", owner=alice)
    desk.add(sandbox.bot)
    sandbox.telegram.limits.enforced = True
    for number in range(20):
        await api.call("sendMessage", chat_id=desk.id, text=f"alert {number}")
        sandbox.clock.advance(1)
    status, body = await api.answer("sendMessage", chat_id=desk.id, text="one too many")
    assert status == 429
    assert 30 <= body["parameters"]["retry_after"] <= 40
