"""What a group hears, and when: its administrators choose it in the group itself."""

import pytest

from bot.domain.failures import Severity
from bot.sandbox.control.person import ANONYMOUS, Person
from bot.telegram.group_alert_screens import Tap
from bot.usecases.control_storage import ChatSettings
from tests.acceptance.conftest import Service
from tests.acceptance.owning import until
from tests.acceptance.sharing import Circle, a_circle
from tests.acceptance.test_control_of_alerts import HOUR, SOON, night_falls, stays_silent, time_passes


async def chosen(circle: Circle) -> ChatSettings:
    return await circle.service.app.services.choose.of_chat(circle.group.id)


async def test_administrators_choose_with_buttons(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    group = circle.group
    await alice.says("/alerts", group=group)
    shown = await alice.sees("What I send to this group", group=group)
    for part in ("I send: everything", "Quiet hours: off", "not chosen", "/alerts 22:30-7:15"):
        assert part in shown.text
    await alice.taps_on(shown, "What I send")
    await until(lambda: "What shall I send here?" in shown.text)
    await alice.taps_on(shown, "warnings")
    await until(lambda: "I send: warnings and what is critical" in shown.text)
    await alice.taps_on(shown, "Quiet hours: switch on")
    await until(lambda: "Quiet hours begin once I know the time zone" in shown.text)
    await alice.taps_on(shown, "More cities")
    await until(lambda: any("Singapore" in text for row in shown.button_texts for text in row))
    await alice.taps_on(shown, "Singapore")
    await until(lambda: "Quiet from 22:00 to 07:00" in shown.text)
    assert "Singapore, where it is" in shown.text
    await alice.taps_on(shown, "From 22:00")
    await until(lambda: "From when is it quiet?" in shown.text)
    await alice.taps_on(shown, "07:00")
    await alice.sees_toast("the same hour")
    await alice.taps_on(shown, "23:00")
    await until(lambda: "Quiet from 23:00 to 07:00" in shown.text)
    await alice.taps_on(shown, "To 07:00")
    await until(lambda: "Until when" in shown.text)
    await alice.taps_on(shown, "06:00")
    await until(lambda: "Quiet from 23:00 to 06:00" in shown.text)
    await alice.taps_on(shown, "Let critical ones wait too")
    await until(lambda: "What is critical waits too" in shown.text)
    expected = ChatSettings(
        Severity.WARNING,
        quiet=True,
        quiet_start=23 * 60,
        quiet_end=6 * 60,
        critical_passes=False,
        zone="Asia/Singapore",
    )
    assert expected == await chosen(circle)
    await alice.taps_on(shown, "Let critical ones through")
    await until(lambda: "comes all the same" in shown.text)
    await alice.taps_on(shown, "Quiet hours: switch off")
    await until(lambda: "Quiet hours: off" in shown.text)
    for person in (alice, circle.operator, circle.subscriber):
        assert ChatSettings() == await service.app.services.choose.of_chat(person.id), (
            "a group chooses for itself alone"
        )


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("22:30-7:15", "Quiet hours begin once I know the time zone"),
        ("Mumbai", "Kolkata, where it is"),
        ("san", "Is it one of these?"),
        ("22:30", "Quiet hours have two ends"),
        ("25:00-7:00", "No clock ever shows that time"),
        ("7:00-7:00", "it would be quiet all day"),
        ("whatever", "I could not read that"),
    ],
)
async def test_what_follows_the_command_is_understood_or_answered(
    service: Service, alice: Person, typed: str, answer: str
) -> None:
    circle = await a_circle(service, alice)
    await alice.says(f"/alerts {typed}", group=circle.group)
    await alice.sees(answer, group=circle.group)


async def test_hours_and_zone_by_command_switch_quiet_hours_on(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await alice.says("/alerts warszawa", group=circle.group)
    zone = await alice.sees("Warsaw, where it is", group=circle.group)
    await alice.says("/alerts 22:30-7:15", group=circle.group)
    await alice.sees("Quiet from 22:30 to 07:15", group=circle.group, after=zone)
    kept = await chosen(circle)
    assert (True, 22 * 60 + 30, 7 * 60 + 15) == (kept.quiet, kept.quiet_start, kept.quiet_end)


async def test_whoever_is_no_administrator_may_look_and_change_nothing(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    group, oscar = circle.group, circle.operator
    await oscar.says("/alerts", group=group)
    shown = await oscar.sees("What I send to this group", group=group)
    await oscar.says("/alerts 22:30-7:15", group=group)
    await oscar.sees("An administrator of this group has to decide that", group=group)
    for tap in Tap:
        press = await oscar.presses_data(shown, f"ga:{tap.value}:critical")
        await until(lambda press=press: press.answer is not None)  # type: ignore[misc] # bound at once
        assert press.answer is not None
        assert "An administrator of this group has to decide that" in press.answer.text
        assert press.answer.is_alert
    assert ChatSettings() == await chosen(circle)
    assert "What I send to this group" in shown.text, "nor does it turn the pages for everybody"
    group.promote(oscar)
    await oscar.taps_on(shown, "What I send")
    await until(lambda: "What shall I send here?" in shown.text)
    group.demote(oscar)
    await oscar.taps_on(shown, "only what is critical")
    await oscar.sees_toast("An administrator of this group has to decide that")
    assert ChatSettings() == await chosen(circle), "it counts what somebody is when they press"


async def test_nobody_hides_behind_the_group(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await alice.says("/alerts", group=circle.group)
    shown = await alice.sees("What I send to this group", group=circle.group)
    nobody = Person(service.sandbox.telegram, ANONYMOUS)
    press = await nobody.presses_data(shown, "ga:set-least:critical")
    await until(lambda: press.answer is not None)
    assert press.answer is not None
    assert "cannot see who you are" in press.answer.text
    assert ChatSettings() == await chosen(circle)


@pytest.mark.parametrize(
    "data",
    [
        "ga:set-least:loud",
        "ga:set-from:24",
        "ga:set-from:-1",
        "ga:set-from:x",
        "ga:set-from",
        "ga:set-zone:Europe/Atlantis",
        "ga:set-zone:../../etc/passwd",
        "ga:set-zone1",
        "ga:zone:x",
        "ga:everything",
        "ga:on:" + "x" * 50,
    ],
)
async def test_forged_buttons_change_nothing(service: Service, alice: Person, data: str) -> None:
    circle = await a_circle(service, alice)
    await alice.says("/alerts", group=circle.group)
    shown = await alice.sees("What I send to this group", group=circle.group)
    press = await alice.presses_data(shown, data)
    await until(lambda: press.answer is not None)
    assert press.answer is not None
    assert press.answer.text
    assert ChatSettings() == await chosen(circle)


async def test_a_groups_button_does_nothing_in_private(service: Service, alice: Person) -> None:
    await alice.says("/help")
    shown = await alice.sees("How this works")
    await alice.presses_data(shown, "ga:set-least:critical")
    await alice.sees_toast("I do not know this button")
    assert ChatSettings() == await service.app.services.choose.of_chat(alice.id)


async def test_a_group_that_hears_of_nothing_has_nothing_to_choose(service: Service, alice: Person) -> None:
    group = service.sandbox.group("Desk", owner=alice)
    group.add(service.sandbox.bot)
    await alice.says("/alerts", group=group)
    await alice.sees("This group hears of no connection yet", group=group)
    circle = await a_circle(service, alice)
    await alice.says("/alerts", group=circle.group)
    shown = await alice.sees("What I send to this group", group=circle.group)
    await service.app.services.hear.leave_all(circle.group.id)
    await alice.taps_on(shown, "Quiet hours: switch on")
    await alice.sees_toast("hears of no connection any more")


async def test_a_group_sleeps_through_an_outage_while_its_owner_hears(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    group = circle.group
    await alice.says("/alerts UTC", group=group)
    zone = await alice.sees("UTC, where it is", group=group)
    await alice.says("/alerts 22:30-7:15", group=group)
    await alice.sees("Quiet from 22:30 to 07:15", group=group, after=zone)
    await night_falls(service)
    service.binance.faults.down()
    await alice.sees("Binance is down", timeout=SOON)
    await stays_silent(alice, absences=1)
    assert [] == [message for message in group.messages() if "is down" in message.text]
    await time_passes(service, 8 * HOUR + 16 * 60)
    await alice.sees("Binance is down", timeout=SOON, group=group)


async def test_a_group_keeps_its_choices_when_it_becomes_a_supergroup(service: Service, alice: Person) -> None:
    circle = await a_circle(service, alice)
    await alice.says("/alerts Tokyo", group=circle.group)
    await alice.sees("Tokyo, where it is", group=circle.group)
    old = circle.group.id
    circle.group.migrate()
    for _ in range(200):
        if (await chosen(circle)).zone == "Asia/Tokyo":
            break
        await service.clock.sleep(0.02)
    assert (await chosen(circle)).zone == "Asia/Tokyo"
    assert circle.group.id != old
