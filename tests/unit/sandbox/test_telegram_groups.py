from typing import Any

import pytest

from bot.sandbox.control.group import Group
from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api


@pytest.fixture
def desk(sandbox: Sandbox, alice: Person) -> Group:
    return sandbox.group("Desk", owner=alice, kind="supergroup")


async def test_the_bot_learns_that_it_was_added_promoted_and_removed(
    sandbox: Sandbox, alice: Person, desk: Group, api: Api
) -> None:
    desk.add(sandbox.bot)
    desk.promote(sandbox.bot, rights={"can_delete_messages": True})
    desk.remove(sandbox.bot)
    changes = [update["my_chat_member"] for update in await api.updates() if "my_chat_member" in update]
    statuses = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert statuses == [("left", "member"), ("member", "administrator"), ("administrator", "kicked")]
    assert changes[1]["new_chat_member"]["can_delete_messages"] is True
    assert {change["from"]["id"] for change in changes} == {alice.id}


@pytest.mark.parametrize(
    ("kind", "status", "rights", "may"),
    [
        ("supergroup", "member", {}, False),
        ("supergroup", "administrator", {}, False),
        ("supergroup", "administrator", {"can_delete_messages": True}, True),
        ("group", "member", {}, False),
        ("group", "administrator", {}, True),
    ],
)
async def test_deleting_what_others_said_takes_the_right_to(
    sandbox: Sandbox, alice: Person, api: Api, kind: Any, status: Any, rights: dict[str, bool], *, may: bool
) -> None:
    desk = sandbox.group("Desk", owner=alice, kind=kind)
    desk.add(sandbox.bot, status=status, rights=rights)
    secret = await alice.says("my secret", group=desk)
    status_code, body = await api.answer("deleteMessage", chat_id=desk.id, message_id=secret.message_id)
    assert (status_code == 200, not secret.visible) == (may, may)
    if not may:
        assert body["description"] == "Bad Request: message can't be deleted"
    own = await api.call("sendMessage", chat_id=desk.id, text="mine")
    await api.call("deleteMessage", chat_id=desk.id, message_id=own["message_id"])


async def test_rights_are_read_back_as_they_are_now(sandbox: Sandbox, alice: Person, desk: Group, api: Api) -> None:
    bob, carol = sandbox.person("Bob"), sandbox.person("Carol")
    desk.add(sandbox.bot)
    desk.add(bob)
    desk.promote(bob, rights={"can_delete_messages": True})

    async def status(who: Person) -> str:
        member = await api.call("getChatMember", chat_id=desk.id, user_id=who.id)
        return str(member["status"])

    assert [await status(who) for who in (alice, bob, carol)] == ["creator", "administrator", "left"]
    administrators = await api.call("getChatAdministrators", chat_id=desk.id)
    assert [member["user"]["first_name"] for member in administrators] == ["Alice", "Bob"]
    desk.demote(bob)
    assert await status(bob) == "member"
    desk.leave(bob)
    assert await status(bob) == "left"
    with pytest.raises(ValueError, match="Bob is not in Desk"):
        await bob.says("still here?", group=desk)


async def test_changes_of_others_arrive_only_if_asked_for_and_seen_by_an_administrator(
    sandbox: Sandbox, desk: Group, api: Api
) -> None:
    bob = sandbox.person("Bob")
    await api.call("getUpdates", allowed_updates=["chat_member"])
    desk.add(sandbox.bot)
    desk.add(bob)
    assert await api.updates() == []
    desk.promote(sandbox.bot)
    desk.promote(bob)
    (update,) = await api.updates()
    assert update["chat_member"]["new_chat_member"]["user"]["id"] == bob.id


async def test_a_removed_bot_is_told_so_wherever_it_turns(sandbox: Sandbox, alice: Person, api: Api) -> None:
    desk = sandbox.group("Desk", owner=alice)
    assert await api.refused("sendMessage", chat_id=desk.id, text="hi") == "Bad Request: chat not found"
    desk.add(sandbox.bot)
    desk.remove(sandbox.bot)
    kicked = "Forbidden: bot was kicked from the group chat"
    assert await api.refused("sendMessage", chat_id=desk.id, text="hi") == kicked
    assert await api.refused("getChatMember", chat_id=desk.id, user_id=alice.id) == kicked
    desk.add(sandbox.bot)
    await api.call("leaveChat", chat_id=desk.id)
    left = "Forbidden: bot is not a member of the group chat"
    assert await api.refused("sendMessage", chat_id=desk.id, text="hi") == left


async def test_an_upgraded_group_names_its_successor(sandbox: Sandbox, alice: Person, api: Api) -> None:
    desk = sandbox.group("Desk", owner=alice)
    desk.add(sandbox.bot)
    await api.updates()
    old_id = desk.id
    desk.migrate()
    status, body = await api.answer("sendMessage", chat_id=old_id, text="hi")
    assert (status, body["description"], body["parameters"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": desk.id},
    )
    await api.call("sendMessage", chat_id=desk.id, text="hi")
    before, after = [update["message"] for update in await api.updates()]
    assert (before["chat"]["id"], before["migrate_to_chat_id"]) == (old_id, desk.id)
    assert (after["chat"]["id"], after["migrate_from_chat_id"]) == (desk.id, old_id)


async def test_who_hides_behind_the_group_or_a_channel_is_not_named(
    sandbox: Sandbox, alice: Person, desk: Group, api: Api
) -> None:
    desk.add(sandbox.bot)
    await api.updates()
    await alice.says("as the group", group=desk, anonymous=True)
    await alice.says("as a channel", group=desk, as_channel="News")
    anonymous, channel = [update["message"] for update in await api.updates()]
    assert (anonymous["from"]["username"], anonymous["sender_chat"]["id"]) == ("GroupAnonymousBot", desk.id)
    assert (channel["from"]["username"], channel["sender_chat"]["title"]) == ("Channel_Bot", "News")


async def test_with_privacy_mode_the_bot_hears_only_what_is_meant_for_it(
    sandbox: Sandbox, alice: Person, desk: Group, api: Api
) -> None:
    sandbox.telegram.privacy_mode = True
    desk.add(sandbox.bot)
    await api.updates()
    await api.call("sendMessage", chat_id=desk.id, text="Hello")
    hello = await alice.sees("Hello", group=desk)
    for text, reply_to in (("small talk", None), ("/status", None), ("@latchkey_sandbox_bot hi", None), ("ok", hello)):
        await alice.says(text, group=desk, reply_to=reply_to)
    heard = [update["message"]["text"] for update in await api.updates()]
    assert heard == ["/status", "@latchkey_sandbox_bot hi", "ok"]
    desk.promote(sandbox.bot)
    await alice.says("small talk", group=desk)
    assert "small talk" in [update["message"].get("text") for update in await api.updates() if "message" in update]
