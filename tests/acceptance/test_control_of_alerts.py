"""Who has a say in alerts, and what becomes of it: acknowledging, muting, repeats, further chats, the night."""

from datetime import UTC, datetime

import pytest

from bot.domain.choices import UNTIL_RECOVERY
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from bot.usecases.delivery import Alert
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until
from tests.acceptance.sharing import accepts, invites_by_link, opens_sharing

MINUTE, HOUR = 60.0, 3600.0
SOON = 15.0
"""Seconds, on a machine that does much else."""


async def alert_of(owned: Owned) -> Alert:
    """As the store knows it, once it knows the message."""
    while True:
        async with owned.service.app.store.transaction() as tx:
            alert = (await tx.alerts.open_of(owned.id, owned.person.id))[-1]  # type: ignore[arg-type] # a NewType
        if alert.message_id is not None:
            return alert
        await owned.service.clock.sleep(0.05)


async def delivered(owned: Owned) -> Message:
    """An alert that the service knows to have arrived: only then is it told again."""
    message = await owned.alerted()
    await alert_of(owned)
    return message


async def everything_sent(service: Service) -> None:
    """What was sent is known to be: a crash before would send it again, as it must."""
    depth = 1
    while depth:
        async with service.app.store.transaction() as tx:
            depth, _ = await tx.outbox.waiting(service.clock.now())
        await service.clock.sleep(0.05)


def repeats(person: Person) -> list[Message]:
    return [message for message in person.screen() if "the dangerous right is still on the key" in message.text]


def absences_told(person: Person) -> list[str]:
    return [message.text for message in person.screen() if "I did not watch your keys" in message.text]


async def stays_silent(person: Person, seconds: float = 5.0, *, absences: int = 0) -> None:
    """The schedule looks every two seconds: after five it has looked.

    Args:
        person: who hears nothing.
        seconds: for how long.
        absences: how often time passed all at once by now. Nobody looked meanwhile, which is said once of each.
    """

    def heard() -> list[str]:
        return [message.text for message in person.screen() if "I did not watch your keys" not in message.text]

    before = heard()
    with pytest.raises(AssertionError, match="waited"):
        await person.sees("\0", timeout=seconds)
    assert before == heard()
    assert len(absences_told(person)) <= absences


async def time_passes(service: Service, seconds: float) -> None:
    """All at once, and in the same breath a tick: the pulse would take so long a pause for the schedule's death."""
    service.clock.advance(seconds)
    await service.app.dispatcher.tick()


async def night_falls(service: Service) -> None:
    """It is eleven in the evening, in UTC."""
    now = datetime.fromtimestamp(service.clock.now(), UTC)
    until_then = (23 * HOUR - (now.hour * HOUR + now.minute * MINUTE + now.second)) % (24 * HOUR)
    await time_passes(service, until_then)


# -------------------------------------------------------------------------------------------- acknowledging and repeats


async def test_an_alert_comes_again_until_somebody_acknowledges_it(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await delivered(owned)
    assert ["👀 Acknowledge"] in alert.button_texts
    await time_passes(service, 5 * MINUTE)
    first = await alice.sees("is still on the key", timeout=SOON)
    assert first.reply_to is alert
    for part in ("Binance · Spot · key …", "Withdrawal enabled", "For 5 min now", "again in 30 min", "Acknowledge"):
        assert part in first.text
    await time_passes(service, 30 * MINUTE)
    second = await alice.sees("is still on the key", after=first, timeout=SOON)
    assert "again in 4 h" in second.text
    await alice.taps_on(second, "Acknowledge")
    await alice.sees_toast("I will not repeat this one")
    await alice.sees("Acknowledged by Alice, 20")
    assert "Acknowledged by Alice" in alert.text, "the alert itself says so, wherever the button was pressed"
    await until(lambda: [["Details"]] == second.button_texts)
    assert ["👀 Acknowledge"] not in alert.button_texts
    await time_passes(service, 24 * HOUR)
    await stays_silent(alice, absences=3)
    assert 2 == len(repeats(alice))


async def test_what_was_acknowledged_is_watched_on_and_told_when_it_ends(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await delivered(owned)
    await alice.taps_on(alert, "Acknowledge")
    await alice.sees_toast("Acknowledged")
    await alice.sees("Acknowledged by Alice")
    await alice.taps_on(alert, "Check now")
    await alice.sees("still so")
    acknowledged, checked = alert.text.splitlines()[-2:]
    assert acknowledged.startswith("👀 Acknowledged by Alice"), "what a check finds does not take it away"
    assert checked.endswith("still so.")
    owned.account.forbid("enableWithdrawals")
    over = await alice.sees("It lasted", timeout=SOON)
    assert over.reply_to is alert
    owned.account.allow("enableWithdrawals")
    again = await alice.sees("dangerous right", after=over, timeout=SOON)
    assert ["👀 Acknowledge"] in again.button_texts, "an acknowledgement ends with its alert"


async def test_repeats_survive_a_crash_and_none_comes_twice(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await delivered(owned)
    await time_passes(service, 5 * MINUTE)
    await alice.sees("is still on the key", timeout=SOON)
    await everything_sent(service)
    await service.crash()
    service.clock.advance(30 * MINUTE)
    await service.start()
    await until(lambda: len(repeats(alice)) == 2, SOON)
    await stays_silent(alice, absences=2)
    assert 2 == len(repeats(alice))


# --------------------------------------------------------------------------------------------------------------- muting


async def test_the_four_mutes_and_the_way_back(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await service.app.services.choose.zone(alice.id, "Europe/Warsaw")
    alert = await delivered(owned)
    buttons = alert.button_texts
    await alice.taps_on(alert, "Mute…")
    asked = await alice.sees("tomorrow: until 20")
    assert asked is alert
    assert [["🔕 1 h", "🔕 8 h"], ["🔕 Until tomorrow 9:00"], ["🔕 Until it works"]] == (alert.button_texts[:-1])
    await alice.taps_on(alert, "t mute")
    await until(lambda: buttons == alert.button_texts)
    assert None is await owned.muted_until()

    for choice, toast in (
        ("8 h", "(Warsaw)"),
        ("Until tomorrow 9:00", "09:00 (Warsaw)"),
        ("Until it works", "until it works again"),
    ):
        await alice.taps_on(alert, "Mute…")
        await until(lambda: ["🔕 Until it works"] in alert.button_texts)
        await alice.taps_on(alert, choice)
        await alice.sees_toast(toast)
        await until(lambda: "🔕 Muted until" in alert.text)
        assert (await owned.muted_until() or 0) > service.clock.now() + MINUTE
        await alice.taps_on(alert, "Unmute")
        await alice.sees_toast("come through again")
        await until(lambda: "🔕 Muted" not in alert.text)
        assert (await owned.muted_until() or 0) <= service.clock.now()


async def test_a_mute_until_recovery_ends_by_itself(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await delivered(owned)
    await alice.taps_on(alert, "Mute…")
    await until(lambda: ["🔕 Until it works"] in alert.button_texts)
    await alice.taps_on(alert, "Until it works")
    await alice.sees("Muted until it works again")
    assert await owned.muted_until() == UNTIL_RECOVERY
    await time_passes(service, 5 * MINUTE)
    await stays_silent(alice, absences=1)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.sees("Alerts muted until it works again")
    owned.account.forbid("enableWithdrawals")
    await alice.sees("It lasted", timeout=SOON)
    assert (await owned.muted_until() or 0) <= service.clock.now()


async def test_from_the_card_one_mutes_only_what_can_be_muted(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Alerts")
    await alice.taps("Mute…")
    asked = await alice.sees("For how long?")
    assert ["🔕 Until it works"] not in asked.button_texts, "it works"
    await alice.taps("Until tomorrow 9:00")
    await alice.sees_toast("09:00 UTC")
    await alice.sees("Muted until")
    assert await owned.muted_until() is not None


async def test_a_mute_until_recovery_pressed_too_late_mutes_nothing(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await delivered(owned)
    await alice.taps_on(alert, "Mute…")
    await until(lambda: ["🔕 Until it works"] in alert.button_texts)
    data = next(button.data for row in alert.buttons for button in row if "Until it works" in button.text)
    owned.account.forbid("enableWithdrawals")
    await alice.sees("It lasted", timeout=SOON)
    await alice.presses_data(alert, str(data))
    await alice.sees_toast("nothing to mute")
    assert None is await owned.muted_until()


async def test_acknowledging_muting_and_pausing_are_three_things(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    alert = await delivered(owned)

    async def state() -> tuple[str | None, bool, bool]:
        """Who paused, whether it is acknowledged, whether it is muted."""
        health, acked = (await owned.now()).health, (await alert_of(owned)).acked_at is not None
        return health.paused_by, acked, (await owned.muted_until() or 0) > service.clock.now()

    assert ("watch", False, False) == await state()
    await alice.taps_on(alert, "Acknowledge")
    await alice.sees("Acknowledged by Alice")
    assert ("watch", True, False) == await state()
    await alice.taps_on(alert, "Keep paused")
    await alice.sees("is paused by you")
    assert ("person", True, False) == await state()
    await alice.taps_on(alert, "Mute…")
    await until(lambda: ["🔕 1 h", "🔕 8 h"] in alert.button_texts)
    await alice.taps_on(alert, "1 h")
    await alice.sees("🔕 Muted until")
    assert ("person", True, True) == await state()
    await alice.taps_on(alert, "Resume")
    await alice.sees_toast("as soon as it is")
    assert ("watch", True, True) == await state()
    await until(lambda: ["🔄 Check now", "🔔 Unmute"] in alert.button_texts)
    await alice.taps_on(alert, "Unmute")
    await alice.sees_toast("come through again")
    assert ("watch", True, False) == await state()


# ----------------------------------------------------------------------------------------------------------- escalation


async def test_somebody_else_hears_what_nobody_acknowledged_and_its_end(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await accepts(bob, await invites_by_link(alice))
    await opens_sharing(alice)
    await alice.taps("When Bob hears")
    asked = await alice.sees("When shall Bob hear?")
    assert [["✓ At once, of everything"], ["5 min"], ["15 min"], ["30 min"], ["1 h"], ["2 h"]] == asked.button_texts[
        :-1
    ]
    await alice.taps("15 min")
    shown = await alice.sees("if nobody has acknowledged it for 15 min")
    assert "I hand on: to Bob after 15 min" in shown.text
    await bob.says("/connections")
    await bob.taps("Main")
    await bob.sees("I tell you only of what is critical, if nobody has acknowledged it for 15 min")
    alert = await delivered(owned)
    assert "If nobody acknowledges it, I also tell Bob (20" in alert.text
    await time_passes(service, 14 * MINUTE)
    again = await alice.sees("is still on the key", timeout=SOON)
    assert "I also tell Bob (20" in again.text
    await stays_silent(bob, absences=1)
    await time_passes(service, MINUTE)
    told = await bob.sees("dangerous right", timeout=SOON)
    assert "Nobody has acknowledged this so far" in told.text
    await alice.taps_on(alert, "Mute…")
    await until(lambda: ["🔕 Until it works"] in alert.button_texts)
    assert "I also tell" not in alert.text, "there is nobody left to tell"
    await alice.taps_on(alert, "t mute")
    owned.account.forbid("enableWithdrawals")
    over = await bob.sees("It lasted", timeout=SOON)
    assert over.reply_to is told


async def test_nobody_else_hears_what_was_acknowledged_in_time(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await accepts(bob, await invites_by_link(alice))
    await service.app.services.choose.escalate(alice.id, (await owned.now()).id, bob.id, 15 * MINUTE)
    alert = await delivered(owned)
    await alice.taps_on(alert, "Acknowledge")
    await alice.sees_toast("Acknowledged")
    await time_passes(service, HOUR)
    await stays_silent(bob, absences=1)
    owned.account.forbid("enableWithdrawals")
    await alice.sees("It lasted", timeout=SOON)
    await stays_silent(bob, 2.0, absences=1)


# ---------------------------------------------------------------------------------------------------------- at night


async def test_an_outage_at_night_waits_for_the_morning_and_a_dead_key_does_not(
    service: Service, alice: Person
) -> None:
    owned = await owning(service, alice)
    choose = service.app.services.choose
    await choose.zone(alice.id, "UTC")
    await choose.quiet(alice.id, on=True)
    await night_falls(service)
    service.binance.faults.down()
    while not (await owned.now()).health.told:
        await service.clock.sleep(0.1)
    await stays_silent(alice, absences=1)
    await time_passes(service, 8 * HOUR)
    await alice.sees("Binance is down", timeout=SOON)
    service.binance.faults.clear()
    await alice.sees("Binance is back", timeout=SOON)
    await night_falls(service)
    await alice.says("/help")  # after so long a silence the service doubts its own network
    owned.account.allow("enableWithdrawals")
    await alice.sees("dangerous right", timeout=SOON)
