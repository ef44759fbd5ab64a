"""Sharing a connection: inviting by link and by chooser, accepting, and what is told to whom."""

import asyncio
from urllib.parse import parse_qs, urlsplit

import pytest
from aiogram.types import Update

from bot.domain.connection import ConnectionId
from bot.sandbox.control.person import ANONYMOUS, Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until
from tests.acceptance.sharing import a_circle, accepts, invites_by_link, opens_sharing

TWO_DAYS = 48 * 3600


def told_nothing_of_the_key(message: Message, owned: Owned) -> None:
    for row in message.buttons:
        assert [button for button in row if button.url] == []
    words = message.text + str(message.button_texts)
    assert owned.account.api_key[-4:] not in words
    assert "Rotate" not in words
    assert "Details" not in words


# ------------------------------------------------------------------------------------------------------------- by link


async def test_a_link_is_made_followed_and_accepted_and_the_owner_hears_of_it(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    link = await invites_by_link(alice)

    await bob.follows(link)
    invitation = await bob.sees("Alice invites you to hear of Main")
    assert "You control nothing" in invitation.text
    told_nothing_of_the_key(invitation, owned)
    await bob.taps("Accept")
    accepted = await bob.sees("You now hear of Main")
    assert accepted is invitation
    assert accepted.buttons == []
    await alice.sees("Bob now hears of Main")

    alert = await owned.alerted()
    heard = await bob.sees("Main: dangerous right on the key", timeout=15)
    assert "Binance · Spot" in heard.text
    assert "Its owner has been told too" in heard.text
    assert heard.button_texts == [["🔕 Mute…", "🚪 Leave"]]
    told_nothing_of_the_key(heard, owned)
    assert "Rotate" in str(alert.button_texts)
    owned.account.forbid("enableWithdrawals")
    over = await bob.sees("works again", timeout=15)
    assert over.reply_to is heard
    told_nothing_of_the_key(over, owned)
    await until(lambda: heard.buttons == [])


async def test_the_owner_can_send_the_link_on_with_telegrams_own_means(service: Service, alice: Person) -> None:
    await owning(service, alice)
    link = await invites_by_link(alice)
    (share,) = (await alice.sees("An invitation to hear of")).urls
    assert urlsplit(share).netloc == "t.me"
    assert parse_qs(urlsplit(share).query)["url"] == [link]


async def test_nothing_of_a_token_is_kept_but_a_hash(service: Service, alice: Person) -> None:
    await owning(service, alice)
    bob = service.person("Bob")
    link = await invites_by_link(alice)
    token = link.partition("=i_")[2].encode()
    await bob.follows(link)
    await bob.sees("invites you to hear of")
    on_disk = b"".join(p.read_bytes() for p in service.settings["data_dir"].rglob("*") if p.is_file())
    assert token not in on_disk


async def test_a_hundred_who_accept_at_once_are_one_who_hears(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    link = await invites_by_link(alice)
    crowd = [service.person(f"Fan {number}") for number in range(100)]
    token = link.partition("=i_")[2]
    front, bot = service.app.front, service.app.bot
    presses = []
    for fan in crowd:
        message = service.sandbox.telegram.post(fan.chat, service.sandbox.bot, {"text": "an invitation"})
        presses.append(service.sandbox.telegram.callbacks.open(fan.user, message, f"iv:{token}:yes"))
    await asyncio.gather(
        *(
            front.dispatcher.feed_update(
                bot,
                Update.model_validate(
                    {"update_id": 900_000_000 + number, "callback_query": press.to_json()}, context={"bot": bot}
                ),
            )
            for number, press in enumerate(presses)
        )
    )
    async with service.app.store.transaction() as tx:
        assert len(await tx.subscriptions.of_connection(ConnectionId(owned.id))) == 1
    assert len([press for press in presses if press.answer and "has been used" in press.answer.text]) == 99


async def test_links_that_no_longer_work_say_why(service: Service, alice: Person) -> None:
    await owning(service, alice)
    bob, carol = service.person("Bob"), service.person("Carol")

    used = await invites_by_link(alice)
    await accepts(bob, used)
    await carol.follows(used)
    await carol.sees("has been used")
    await bob.follows(await invites_by_link(alice))
    await bob.sees("You hear of this connection already")

    await opens_sharing(alice)
    await alice.taps("Take back: by link")
    await alice.sees_toast("Taken back")

    revoked = await invites_by_link(alice)
    await alice.taps("Take back: by link")
    await alice.sees_toast("Taken back")
    await carol.follows(revoked)
    await carol.sees("was taken back")

    late = await invites_by_link(alice)
    service.clock.advance(TWO_DAYS + 1)
    await carol.follows(late)
    await carol.sees("came to its end")

    await alice.follows(await invites_by_link(alice))
    await alice.sees("This is your own connection")
    assert not any("You now hear" in message.text for message in carol.screen())


@pytest.mark.parametrize("payload", ["i_", "i_" + "a" * 24, "i_" + "A" * 24, "i_" + "a" * 60, "i_%00"])
async def test_links_that_were_made_up_get_an_answer_and_do_nothing(
    service: Service, alice: Person, payload: str
) -> None:
    await owning(service, alice)
    bob = service.person("Bob")
    await bob.says(f"/start {payload}")
    await bob.sees("This invitation does not exist")


async def test_an_invitation_that_expires_between_looking_and_accepting_is_not_accepted(
    service: Service, alice: Person
) -> None:
    await owning(service, alice)
    bob = service.person("Bob")
    await bob.follows(await invites_by_link(alice))
    invitation = await bob.sees("invites you to hear of")
    service.clock.advance(TWO_DAYS + 1)
    await bob.taps("Accept")
    await bob.sees_toast("came to its end")
    await until(lambda: invitation.buttons == [])


async def test_declining_is_told_and_ends_the_invitation(service: Service, alice: Person) -> None:
    await owning(service, alice)
    bob, carol = service.person("Bob"), service.person("Carol")
    link = await invites_by_link(alice)
    await bob.follows(link)
    await bob.taps("Decline")
    await bob.sees("You hear nothing of Main")
    await alice.sees("Bob declined to hear of Main")
    await carol.follows(link)
    await carol.sees("has been used")


# ---------------------------------------------------------------------------------------------------------- by chooser


async def test_a_picked_person_is_asked_and_nothing_else_is_sent_before_they_accept(
    service: Service, alice: Person
) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await opens_sharing(alice)
    await alice.taps("Pick a person")
    await alice.taps("Also operate")
    await alice.sees("Whom shall I ask?")
    assert alice.keyboard() == [["👤 Choose a person"]]
    await alice.picks(bob)
    await alice.sees("I have asked Bob")
    assert alice.keyboard() == []
    shown = await alice.sees("Who hears of Main")
    assert "Bob · operator" in shown.text
    await bob.sees("Alice invites you to hear of Main")

    await owned.alerted()
    assert not any("dangerous right" in message.text for message in bob.screen())
    await bob.taps("Accept")
    await bob.sees("You may pause, resume and check it")
    await alice.sees("Bob now hears of Main")


async def test_who_has_not_started_the_bot_gets_a_link_that_works_for_them_alone(
    service: Service, alice: Person
) -> None:
    await owning(service, alice)
    bob, carol = service.sandbox.person("Bob", started=False), service.person("Carol")
    await opens_sharing(alice)
    await alice.taps("Pick a person")
    await alice.taps("Only hear")
    await alice.picks(bob)
    await alice.sees("Bob has not started me yet")
    (link,) = (await alice.sees("It works for Bob alone")).copy_texts
    await carol.follows(link)
    await carol.sees("This invitation is for somebody else")
    await accepts(bob, link)


async def test_a_picked_group_hears_once_one_of_its_administrators_agrees(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    group = service.sandbox.group("Desk", owner=alice)
    group.add(service.sandbox.bot)
    group.add(bob)
    await opens_sharing(alice)
    await alice.taps("Pick a group")
    await alice.picks(group)
    await alice.sees("I have asked in Desk")
    invitation = await bob.sees("Alice invites this group to hear of Main", group=group)
    await bob.taps("Accept", group=group)
    await bob.sees_toast("An administrator of this group")
    await Person(service.sandbox.telegram, ANONYMOUS).presses_data(invitation, str(invitation.buttons[0][0].data))
    assert (await alice.sees("invites this group", group=group)).buttons != []
    await alice.taps("Accept", group=group)
    await alice.sees("This group now hears of Main", group=group)

    await owned.alerted()
    heard = await bob.sees("dangerous right", group=group, timeout=15)
    told_nothing_of_the_key(heard, owned)


async def test_a_group_that_cannot_be_written_to_is_not_invited(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    group = service.sandbox.group("Desk", owner=alice)
    group.add(service.sandbox.bot)
    await opens_sharing(alice)
    await alice.taps("Pick a group")
    await alice.sees("In which group shall I ask?")
    service.sandbox.telegram.faults.once("sendMessage", 403, "Forbidden: bot was kicked from the group chat")
    await alice.picks(group)
    await alice.sees("I cannot write in Desk")
    async with service.app.store.transaction() as tx:
        assert await tx.invites.pending(ConnectionId(owned.id), service.clock.now()) == []


async def test_a_chooser_left_open_is_answered_and_taken_away(service: Service, alice: Person) -> None:
    await owning(service, alice)
    bob = service.person("Bob")
    await opens_sharing(alice)
    await alice.taps("Pick a person")
    await alice.taps("Only hear")
    await alice.sees("Whom shall I ask?")
    await alice.says("/connections")
    await alice.sees("Your connections")
    await alice.picks(bob)
    await alice.sees("nothing was done")
    assert alice.keyboard() == []
    assert not any("invites you" in message.text for message in bob.screen())


async def test_whoever_picks_themselves_is_told_that_they_hear_anyway(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await opens_sharing(alice)
    await alice.taps("Pick a person")
    await alice.taps("Only hear")
    await alice.picks(alice)
    await alice.sees("That is you")


# ------------------------------------------------------------------------------------------------------- what one sees


async def test_home_lists_what_is_shared_with_its_state_and_its_buttons_by_role(
    service: Service, alice: Person
) -> None:
    circle = await a_circle(service, alice)
    await circle.subscriber.says("/connections")
    home = await circle.subscriber.sees("Shared with you")
    assert "🟢 Main" in home.text
    assert "Binance · Spot · checked" in home.text
    await circle.subscriber.taps("Main")
    card = await circle.subscriber.sees("You hear of it")
    told_nothing_of_the_key(card, circle.owned)
    assert "Check now" not in str(card.button_texts)
    await circle.subscriber.taps("Mute…")
    await circle.subscriber.sees("For how long?")
    await circle.subscriber.taps("8 h")
    await circle.subscriber.sees("Alerts muted until")
    await circle.subscriber.taps("Unmute")
    await circle.subscriber.sees_toast("come through again")

    await circle.operator.says("/connections")
    await circle.operator.taps("Main")
    await circle.operator.sees("You are an operator of it")
    await circle.operator.taps("Pause")
    await circle.operator.sees_toast("Nothing new goes through")
    await circle.operator.sees("paused by hand")
    await alice.sees("Oscar paused Main")
    await alice.says("/connections")
    await alice.taps("⏸ Main")
    card = await alice.sees("Trading paused by an operator of yours")
    assert "⏸ trading paused, by an operator of yours" in card.text
    await circle.operator.taps("Check now")
    await circle.operator.sees_toast("Checking")
    await circle.operator.taps("Resume")
    await circle.operator.sees_toast("Trading goes on")
    await alice.sees("Oscar resumed Main")


async def test_muting_is_for_ones_own_chat_alone(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await circle.subscriber.says("/connections")
    await circle.subscriber.taps("Main")
    await circle.subscriber.taps("Mute…")
    await circle.subscriber.sees("For how long?")
    await circle.subscriber.taps("1 h")
    await circle.subscriber.sees_toast("Muted until")
    await circle.owned.alerted()
    await circle.operator.sees("dangerous right", timeout=15)
    await alice.sees("dangerous right", group=circle.group, timeout=15)
    assert not any("dangerous" in message.text for message in circle.subscriber.screen())
    assert await circle.owned.muted_until() is None


async def test_sharing_speaks_polish_to_whoever_does(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    ola = service.person("Ola", "pl")
    await ola.follows(await invites_by_link(alice))
    await ola.sees("Alice zaprasza Cię, by słyszeć o Main")
    await ola.taps("Zgoda")
    await ola.sees("Od teraz słyszysz o Main")
    await owned.alerted()
    heard = await ola.sees("niebezpieczne uprawnienie", timeout=15)
    assert heard.button_texts == [["🔕 Wycisz…", "🚪 Odejdź"]]
