"""Every way out of hearing of a connection: who goes is noticed, and told once to whom it concerns."""

import pytest

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.sharing import a_circle, accepts, invites_by_link, lets_in, opens_sharing


async def test_leaving_is_told_to_the_owner_and_ends_it(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await circle.subscriber.says("/connections")
    await circle.subscriber.taps("Main")
    await circle.subscriber.taps("Leave")
    await circle.subscriber.sees("Hear no more of Main?")
    await circle.subscriber.taps("Yes, leave")
    await circle.subscriber.sees_toast("You hear no more of Main")
    await alice.sees("Sue no longer hears of Main")
    await circle.operator.says("/leave")
    await circle.operator.sees("You hear no more of one connection")
    await alice.sees("Oscar no longer hears of Main")
    await circle.operator.says("/leave")
    await circle.operator.sees("Nobody shares a connection with this chat")
    assert set(await circle.subscriptions()) == {"Desk"}


async def test_a_group_leaves_by_its_administrators_word(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await circle.subscriber.says("/leave", group=circle.group)
    await circle.subscriber.sees("An administrator of this group", group=circle.group)
    await alice.says("/leave", group=circle.group)
    await alice.sees("This group hears no more of one connection", group=circle.group)
    await alice.sees("Desk no longer hears of Main")


async def test_whoever_is_removed_is_told_politely_and_their_buttons_work_no_more(
    service: Service, alice: Person
) -> None:
    circle = await a_circle(service, alice)
    await circle.owned.alerted()
    heard = await circle.operator.sees("dangerous right", timeout=15)
    await opens_sharing(alice, "🔴 Main")
    await alice.taps("Remove Oscar")
    await alice.sees_toast("Oscar no longer hears of it")
    await circle.operator.sees("You no longer hear of Main")
    await circle.operator.taps_on(heard, "Mute…")
    await circle.operator.sees_toast("You no longer hear of this connection")
    await until(lambda: heard.buttons == [])
    circle.owned.account.forbid("enableWithdrawals")
    await circle.subscriber.sees("works again", timeout=15)
    assert not any("works again" in message.text for message in circle.operator.screen())


async def test_blocking_is_noticed_at_once_and_told_once(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await circle.subscriber.blocks_bot()
    await alice.sees("Sue no longer hears of Main")
    await circle.owned.alerted()
    await circle.operator.sees("dangerous right", timeout=15)
    assert len([m for m in alice.screen() if "Sue no longer hears" in m.text]) == 1


async def test_a_permanent_error_ends_it_and_is_told_once(service: Service, alice: Person) -> None:
    """The note that the bot was blocked may be lost: Telegram keeps it for a day."""
    circle = await a_circle(service, alice)
    circle.subscriber.chat.blocked = True
    await circle.owned.alerted()
    await alice.sees("Sue no longer hears of Main", timeout=15)
    told = await alice.sees("I can send nothing there")
    circle.owned.account.forbid("enableWithdrawals")
    await circle.operator.sees("works again", timeout=15)
    assert [m for m in alice.screen() if "Sue no longer hears" in m.text] == [told]
    assert set(await circle.subscriptions()) == {"Oscar", "Desk"}


async def test_a_bot_taken_out_of_a_group_is_told_to_the_owner(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    circle.group.remove(service.sandbox.bot)
    await alice.sees("Desk no longer hears of Main")
    assert set(await circle.subscriptions()) == {"Oscar", "Sue"}


async def test_disconnecting_is_told_to_everybody_who_heard(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await service.app.services.manage.disconnect(alice.id, (await circle.owned.now()).id)
    for person in (circle.operator, circle.subscriber):
        await person.sees("Its owner has disconnected it")
    await alice.sees("Its owner has disconnected it", group=circle.group)
    await circle.subscriber.says("/connections")
    await circle.subscriber.sees("I watch your exchange keys")


@pytest.mark.parametrize("notice", ["by the note", "by the error"])
async def test_a_group_that_becomes_a_supergroup_goes_on_hearing(service: Service, alice: Person, notice: str) -> None:
    circle = await a_circle(service, alice)
    if notice == "by the error":
        service.sandbox.telegram.updates.put = lambda *_: None  # type: ignore[method-assign] # the notes are lost
    circle.group.migrate()
    circle.owned.account.allow("enableWithdrawals")
    heard = await alice.sees("dangerous right", group=circle.group, timeout=15)
    assert heard.chat.id == circle.group.id
    assert (await circle.subscriptions())["Desk"].chat_id == circle.group.id


async def test_who_left_can_be_invited_again(service: Service, alice: Person) -> None:
    await owning(service, alice)
    bob = service.person("Bob")
    await accepts(bob, await invites_by_link(alice))
    await bob.says("/leave")
    await bob.sees("You hear no more")
    await bob.follows(await invites_by_link(alice, operator=True))
    await bob.taps("Accept")
    await bob.sees("You may pause, resume and check it")


async def test_a_group_is_let_in_anew_after_it_was_left(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    circle.group.remove(service.sandbox.bot)
    await alice.sees("Desk no longer hears of Main")
    circle.group.add(service.sandbox.bot)
    await lets_in(alice, circle.group)
    assert set(await circle.subscriptions()) == {"Oscar", "Sue", "Desk"}
