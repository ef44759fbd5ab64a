from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api


async def test_a_pinned_message_is_on_top_and_a_note_says_so_also_to_the_bot(alice: Person, api: Api) -> None:
    await alice.says("hello")
    sent = await api.call("sendMessage", chat_id=alice.id, text="Card")
    place = {"chat_id": alice.id, "message_id": sent["message_id"]}
    assert await api.call("pinChatMessage", **place, disable_notification=True) is True
    assert alice.chat.pinned == [sent["message_id"]]
    (_, note) = await api.call("getUpdates")
    assert note["message"]["pinned_message"]["message_id"] == sent["message_id"]
    assert note["message"]["from"]["is_bot"] is True
    assert await api.call("pinChatMessage", **place) is True
    assert len(alice.screen()) == 3


async def test_what_is_not_there_cannot_be_pinned(alice: Person, api: Api) -> None:
    await alice.says("hello")
    refused = await api.refused("pinChatMessage", chat_id=alice.id, message_id=99_999)
    assert refused == "Bad Request: message to pin not found"


async def test_in_a_group_pinning_takes_the_right_to(sandbox: Sandbox, alice: Person, api: Api) -> None:
    group = sandbox.group("Desk", owner=alice)
    group.add(sandbox.bot)
    sent = await api.call("sendMessage", chat_id=group.id, text="Card")
    place = {"chat_id": group.id, "message_id": sent["message_id"]}
    refused = await api.refused("pinChatMessage", **place)
    assert refused == "Bad Request: not enough rights to manage pinned messages in the chat"
    group.promote(sandbox.bot, rights={"can_pin_messages": True})
    assert await api.call("pinChatMessage", **place) is True
