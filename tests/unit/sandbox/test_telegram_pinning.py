import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.telegram.people import People
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


async def test_what_is_unpinned_or_deleted_is_no_longer_on_top(alice: Person, api: Api) -> None:
    await alice.says("hello")
    ids = [(await api.call("sendMessage", chat_id=alice.id, text=text))["message_id"] for text in ("a", "b", "c")]
    for number in ids:
        await api.call("pinChatMessage", chat_id=alice.id, message_id=number)
    assert await api.call("unpinChatMessage", chat_id=alice.id) is True
    assert alice.chat.pinned == ids[:2]
    assert await api.call("unpinChatMessage", chat_id=alice.id, message_id=ids[0]) is True
    assert alice.chat.pinned == [ids[1]]
    await api.call("deleteMessage", chat_id=alice.id, message_id=ids[1])
    assert alice.chat.pinned == []
    refused = await api.refused("unpinChatMessage", chat_id=alice.id)
    assert refused == "Bad Request: message to unpin not found"


async def test_people_pin_too_and_in_a_group_only_who_may(sandbox: Sandbox, alice: Person) -> None:
    bob = sandbox.person("Bob")
    group = sandbox.group("Desk", owner=alice)
    group.add(bob)
    said = await bob.says("rules of the house", group=group)
    people = People(sandbox.telegram)
    with pytest.raises(ValueError, match="Bob may not pin messages in Desk"):
        people.pins(said, bob.user)
    people.pins(said, alice.user)
    assert group.chat.pinned == [said.message_id]
    people.unpins(said, alice.user)
    assert group.chat.pinned == []
