"""Alerts and the buttons under them: pressed in time, too late, twice, by the wrong person, in the wrong place."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from aiogram.types import Update

from bot.domain.failures import Failure, Trouble
from bot.sandbox.control.person import ANONYMOUS, CHANNEL_BOT, Person
from bot.sandbox.telegram.messages import Message
from bot.telegram.alert_keyboard import Action
from bot.telegram.alert_rendering import AlertRenderer
from bot.usecases.delivery import Alert, Kind, OutboxItem
from bot.usecases.ports import Person as Known
from bot.usecases.posting import facts_of
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until
from tests.unit.telegram.hostile_labels import hostile_labels

ACTIONS = [action.value for action in Action]


def data_of(alert: Message, action: str) -> str:
    """What the button of this action carries; made up from another's if the alert does not show it now."""
    data = next(button.data for row in alert.buttons for button in row if button.data)
    return f"{data.rsplit(':', 1)[0]}:{action}"


async def state_of(owned: Owned) -> tuple[object, ...]:
    """Everything that a press could change."""
    connection = await owned.now()
    health = connection.health
    return (health.gate, health.paused_by, connection.label, len(await owned.flips()), await owned.muted_until())


# ----------------------------------------------------------------------------------------------------- in the best case


async def test_a_right_to_withdraw_is_told_and_its_end_answers_the_alert(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    for part in (
        f"Binance · Spot · key …{owned.account.api_key[-4:]}",
        "Withdrawal enabled",
        "is paused",
        "What to do",
    ):
        assert part in alert.text
    owned.account.forbid("enableWithdrawals")
    over = await alice.sees("works again", timeout=15)
    assert over.reply_to is alert
    assert "Trading through it goes on" in over.text
    await until(lambda: [["Details"]] == alert.button_texts)


async def test_pause_and_resume_follow_each_other_under_the_alert(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await alice.taps_on(alert, "Keep paused")
    await alice.sees_toast("stays paused now until you resume")
    await alice.sees("is paused by you")
    await until(lambda: alert.button_texts[0][0] == "▶️ Resume")
    await alice.taps_on(alert, "Resume")
    await alice.sees_toast("as soon as it is")
    await until(lambda: alert.button_texts[0][0] == "⏸ Keep paused")


async def test_a_persons_pause_outlives_the_trouble_and_can_be_ended_where_that_is_told(
    service: Service, alice: Person
) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await alice.taps_on(alert, "Keep paused")
    await alice.sees_toast("stays paused")
    owned.account.forbid("enableWithdrawals")
    over = await alice.sees("works again", timeout=15)
    assert "stays paused" in over.text
    await alice.taps_on(over, "Resume")
    await alice.sees_toast("Trading goes on")
    await until(lambda: [["Details"]] == over.button_texts)
    assert (await owned.now()).health.gate.value == "open"


async def test_check_now_brings_the_alert_up_to_date_in_place(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await alice.taps_on(alert, "Check now")
    await alice.sees_toast("Checking")
    still = await alice.sees("still so")
    assert still is alert


async def test_details_and_rotate_open_below_and_leave_the_alert_as_it_is(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    before = alert.button_texts
    await alice.taps_on(alert, "Details")
    await alice.sees("What the key may do", after=alert)
    await alice.taps_on(alert, "Rotate")
    await alice.sees("A new key for Main", after=alert)
    assert before == alert.button_texts


async def test_mute_says_until_when(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await alice.taps_on(alert, "Mute")
    await alice.sees_toast("For how long?")
    shown = await alice.sees("1 hour: until 20")
    assert "\n• 8 hours: until 20" in shown.text
    await alice.taps_on(alert, "1 h")
    await alice.sees_toast("Muted until 20")
    until_when = await owned.muted_until()
    assert until_when is not None
    assert 3540 < until_when - service.clock.now() <= 3600


async def test_alerts_speak_polish_to_whoever_does(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await ola.says("/help")
    await ola.sees("Jak to działa")
    owned = await owning(service, ola)
    owned.account.allow("enableWithdrawals")
    alert = await ola.sees("niebezpieczne uprawnienie", timeout=15)
    await ola.taps_on(alert, "Zostaw wstrzymane")
    await ola.sees_toast("dopóki nie wznowisz")


# ------------------------------------------------------------------------------------------------------------- too late


async def test_months_later_on_a_vanished_connection(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    pressed = [data_of(alert, action) for action in ACTIONS]
    await service.app.services.manage.disconnect(alice.id, (await owned.now()).id)
    service.clock.advance(90 * 86_400)
    for data in pressed:
        assert "no longer there" in await answer_to(alice, alert, data)
    await until(lambda: alert.button_texts == [])


async def test_weeks_later_when_the_trouble_is_long_over(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    keep_paused = data_of(alert, "pause")
    owned.account.forbid("enableWithdrawals")
    await alice.sees("works again", timeout=15)
    service.clock.advance(14 * 86_400)
    await alice.presses_data(alert, keep_paused)
    await alice.sees_toast("Nothing new goes through")
    await until(lambda: [["▶️ Resume"], ["Details"]] == alert.button_texts)


async def test_a_press_under_a_message_that_was_deleted_still_gets_its_answer(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await alice.deletes(alert)
    await alice.presses_data(alert, data_of(alert, "pause"))
    await alice.sees_toast("stays paused")


# ------------------------------------------------------------------------------------------------------- twice, at once


async def test_a_hundred_presses_at_once_have_one_effect(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    flips = len(await owned.flips())
    presses = [service.sandbox.telegram.callbacks.open(alice.user, alert, data_of(alert, "pause")) for _ in range(100)]
    front, bot = service.app.front, service.app.bot
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
    answers = [press.answer.text for press in presses if press.answer]
    assert len(answers) == 100
    assert len([answer for answer in answers if "stays paused now" in answer]) == 1
    assert len([answer for answer in answers if "Already paused by you" in answer]) == 99
    health = (await owned.now()).health
    assert ("paused", "person") == (health.gate, health.paused_by)
    assert flips == len(await owned.flips())


async def test_many_presses_of_check_now_ask_the_exchange_once(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    service.binance.faults.latency(1.0)
    for _ in range(5):
        await alice.presses_data(alert, data_of(alert, "check"))
    for _ in range(4):
        await alice.sees_toast("Already checking")
    await alice.sees("still so")


# -------------------------------------------------------------------------------------------------- by the wrong person

Actor = Callable[[Service, Owned], Awaitable[tuple[Person, Message]]]
"""Somebody, and a message of the bot in whose name their forged client presses."""


async def a_stranger(service: Service, _owned: Owned) -> tuple[Person, Message]:
    bob = service.person("Bob")
    await bob.says("/help")
    return bob, await bob.sees("How this works")


async def somebody_with_connections_of_their_own(service: Service, _owned: Owned) -> tuple[Person, Message]:
    carol = service.person("Carol")
    await owning(service, carol, name="carols", label="Carols")
    return carol, carol.last()


async def the_owner_in_a_group(service: Service, owned: Owned) -> tuple[Person, Message]:
    return owned.person, await posted_in_a_group(service, owned.person)


async def a_member_of_the_owners_group(service: Service, owned: Owned) -> tuple[Person, Message]:
    return service.person("Dave"), await posted_in_a_group(service, owned.person)


async def an_anonymous_admin(service: Service, owned: Owned) -> tuple[Person, Message]:
    return Person(service.sandbox.telegram, ANONYMOUS), await posted_in_a_group(service, owned.person)


async def a_channel(service: Service, owned: Owned) -> tuple[Person, Message]:
    return Person(service.sandbox.telegram, CHANNEL_BOT), await posted_in_a_group(service, owned.person)


async def answer_to(person: Person, message: Message, data: str) -> str:
    press = await person.presses_data(message, data)
    await until(lambda: press.answer is not None)
    assert press.answer is not None
    return press.answer.text


async def posted_in_a_group(service: Service, owner: Person) -> Message:
    group = service.sandbox.group("Desk", owner=owner)
    group.add(service.sandbox.bot)
    group.add(service.person("Dave"))
    await owner.says("/help", group=group)
    return await owner.sees("I work in private", group=group)


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (a_stranger, "not your connection"),
        (somebody_with_connections_of_their_own, "not your connection"),
        (the_owner_in_a_group, "private chat only"),
        (a_member_of_the_owners_group, "private chat only"),
        (an_anonymous_admin, "cannot see who you are"),
        (a_channel, "cannot see who you are"),
    ],
)
async def test_nobody_but_the_owner_in_private_moves_anything(
    service: Service, alice: Person, actor: Actor, words: str
) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    await until_quiet(owned)
    before = await state_of(owned)
    person, message = await actor(service, owned)
    for action in ACTIONS:
        assert words in await answer_to(person, message, data_of(alert, action)), action
    assert before == await state_of(owned)


async def test_the_owner_gets_an_answer_to_everything(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await owned.alerted()
    for action in ACTIONS:
        assert await answer_to(alice, alert, data_of(alert, action)), action


@pytest.mark.parametrize(
    "data",
    [
        "al:AAAAAAAAAAAAAAAA:pause",
        "al::pause",
        "al:x",
        "al:x:fly",
        "co:00000000000000000000000000000000:details",
        "co:x:pause",
        "al:" + "\U0001f4a3" * 10 + ":pause",
        "something else",
        "…",
    ],
)
async def test_data_that_was_made_up_gets_an_answer_and_does_nothing(
    service: Service, alice: Person, data: str
) -> None:
    owned = await owning(service, alice)
    before = await state_of(owned)
    assert await answer_to(alice, alice.last(), data)
    assert before == await state_of(owned)


# ------------------------------------------------------------------------------------------------------- hostile labels


async def test_five_hundred_hostile_labels_all_arrive(service: Service, alice: Person) -> None:
    """Over HTTP, by the strict Telegram: past the sender's pace, which is not what is tried here."""
    owned = await owning(service, alice)
    connection = await owned.now()
    services = service.app.services
    render = AlertRenderer(services.texts, services.profiles, services.clock)
    alert = Alert("a" * 16, connection.id, alice.id, "invalid_key", 0.0, 1)
    labels = hostile_labels()
    for label in labels:
        facts = facts_of(replace(connection, label=label), Trouble(Failure.INVALID_KEY, reason=label))
        item = OutboxItem(1, alice.id, Kind.ALERT, facts | {"gate": "paused", "since": 0.0}, 0.0, 0.0)
        told = render(item, alert, Known(alice.id, "Alice"))
        await service.app.bot.send_message(alice.id, told.html, reply_markup=told.keyboard)
    shown = [message.text for message in alice.screen() if "the key stopped working" in message.text]
    assert len(labels) == len(shown)
    assert all(f"Binance · Spot · key {connection.key_tail}" in text for text in shown)


async def until_quiet(owned: Owned) -> None:
    """Waits until the watch has no more to say: the gate is paused, the flips are written."""
    while (await owned.now()).health.gate.value != "paused":  # noqa: ASYNC110 - as above, in the store
        await asyncio.sleep(0.02)
