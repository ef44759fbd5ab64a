"""In groups: a secret is deleted where the bot may, and people are told where it may not."""

from collections.abc import Awaitable, Callable

import pytest

from bot.sandbox.control.group import Group
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.chats import Status
from bot.sandbox.telegram.messages import Message
from bot.sandbox.world import Sandbox
from bot.telegram.anonymous import RefuseAnonymous
from bot.usecases.delivery import Kind
from tests.integration.intake.house import API_KEY, House


@pytest.mark.parametrize("author", ["owner", "administrator", "member"])
@pytest.mark.parametrize(
    ("status", "rights", "may_delete"),
    [
        ("administrator", {"can_delete_messages": True}, True),
        ("administrator", {"can_delete_messages": False}, False),
        ("member", {}, False),
    ],
    ids=["may delete", "administrator without the right", "plain member"],
)
async def test_rights_and_roles(
    house: House,
    sandbox: Sandbox,
    alice: Person,
    bob: Person,
    author: str,
    status: Status,
    rights: dict[str, bool],
    may_delete: bool,  # noqa: FBT001 - a matrix
) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status=status, rights=rights)
    group.add(bob, status="administrator" if author == "administrator" else "member")
    await house.start()
    speaker = alice if author == "owner" else bob
    pasted = await speaker.says(f"here is the key {API_KEY}", group=group)
    [told] = await house.told(Kind.SECRET_REMOVED if may_delete else Kind.DELETE_BY_HAND)
    assert (told.chat_id, told.args["group"], told.args["user_id"]) == (group.id, True, speaker.id)
    assert pasted.visible is not may_delete
    if not may_delete:
        assert told.args["reason"] == "no_rights"
    assert API_KEY not in str(told.args)


async def by_edit(person: Person, group: Group) -> list[Message]:
    message = await person.says("my settings:", group=group)
    await person.edits(message, f"my settings: {API_KEY}")
    return [message]


async def by_quoting_it(person: Person, group: Group) -> list[Message]:
    message = await person.says("look", group=group)
    return [message, await person.says("this?", group=group, reply_to=message, quote=API_KEY)]


WAYS: dict[str, Callable[[Person, Group], Awaitable[list[Message]]]] = {
    "an edit": by_edit,
    "a quote, with the message it quotes": by_quoting_it,
    "a caption, with its album": lambda person, group: person.sends_album(
        [b"one", b"two"], caption=f"key {API_KEY}", group=group
    ),
    "a file by its name": lambda person, group: together(person.sends_document("id_rsa", b"\x00", group=group)),
    "what is in a file": lambda person, group: together(
        person.sends_document("bot.env", f"API_KEY={API_KEY}".encode(), group=group)
    ),
    "what is in a file, with its album": lambda person, group: person.sends_files(
        {"readme.txt": b"how to run it", "bot.env": f"API_KEY={API_KEY}".encode()}, group=group
    ),
    "a forward": lambda person, group: together(person.says(f"key: {API_KEY}", group=group, forward_from="A friend")),
    "a recovery phrase": lambda person, group: together(
        person.says("legal winner thank year wave sausage worth useful legal winner thank yellow", group=group)
    ),
    "a poll": lambda person, group: together(
        person.sends({"poll": {"id": "1", "question": "whose?", "options": [{"text": API_KEY}]}}, group=group)
    ),
}


async def together(sending: Awaitable[Message]) -> list[Message]:
    return [await sending]


@pytest.mark.parametrize("way", WAYS)
async def test_in_whatever_way_it_comes(house: House, sandbox: Sandbox, alice: Person, bob: Person, way: str) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    group.add(bob)
    await house.start()
    talk = await alice.says("good morning", group=group)
    for message in await WAYS[way](bob, group):
        await bob.sees_gone(message, group=group)
    [told] = await house.told(Kind.SECRET_REMOVED)
    assert (told.chat_id, told.args["user_id"]) == (group.id, bob.id)
    assert talk.visible


async def test_kicked_out_the_author_is_told_in_private(house: House, sandbox: Sandbox, alice: Person) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await alice.says(API_KEY, group=group)
    group.remove(sandbox.bot)
    await house.start()
    [told] = await house.told(Kind.DELETE_BY_HAND)
    assert (told.chat_id, told.args["reason"], told.args["message_id"]) == (alice.id, "unreachable", None)


async def test_ordinary_talk_in_a_group_stays(house: House, sandbox: Sandbox, alice: Person) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.start()
    said = await alice.says("long BTC at 64000, stop 61500", group=group)
    await alice.sees("heard 29 characters", group=group)
    assert said.visible


async def test_a_question_in_private_says_nothing_about_a_group(house: House, sandbox: Sandbox, alice: Person) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.start()
    await house.questions.open(alice.id, alice.id)
    said = await alice.says("hello all", group=group)
    await alice.sees("heard 9 characters", group=group)
    assert said.visible


async def test_whoever_hides_behind_a_group_or_a_channel_is_told_why_not(
    house: House, sandbox: Sandbox, alice: Person
) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.open()
    house.dispatcher.message.outer_middleware(RefuseAnonymous(house.said))
    house.tasks.spawn("poller", house.poller.run())
    await alice.says("/connect", group=group, anonymous=True)
    await alice.says("/connect", group=group, as_channel="Signals")
    await alice.says("just talking", group=group, anonymous=True)
    await alice.says("/help", group=group)
    await alice.sees("heard 5 characters", group=group)
    await house.until(lambda: len(house.said.notices) == 2)
    assert house.said.notices == [("anonymous", group.id)] * 2
    assert [heard for heard in house.notebook.heard if heard] == ["/help"]  # joining comes as a message without words


async def test_an_anonymous_administrators_key_goes_too(house: House, sandbox: Sandbox, alice: Person) -> None:
    group = sandbox.group("Desk", owner=alice, kind="supergroup")
    group.add(sandbox.bot, status="administrator", rights={"can_delete_messages": True})
    await house.start()
    pasted = await alice.says(API_KEY, group=group, anonymous=True)
    await alice.sees_gone(pasted, group=group)
