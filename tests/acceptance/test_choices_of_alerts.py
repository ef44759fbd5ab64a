"""What a chat wants to hear, and when: chosen with a few taps or typed, for everything and for one connection."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning
from tests.acceptance.sharing import accepts, invites_by_link


async def test_quiet_hours_are_set_with_a_few_taps(service: Service, alice: Person) -> None:
    await alice.says("/alerts")
    shown = await alice.sees("Your alerts")
    for part in ("I send: everything", "Quiet hours: off", "Time zone: not chosen"):
        assert part in shown.text
    await alice.taps("Quiet hours: switch on")
    await alice.sees("Where are you?")
    typed = await alice.says("kalkutta or so")
    await alice.sees("I do not know that city")
    await alice.sees_gone(typed)
    await alice.says("Mumbai")
    on = await alice.sees("Quiet from 22:00 to 07:00")
    assert "Kolkata, where it is" in on.text
    assert "wakes you all the same" in on.text
    await alice.taps("From 22:00")
    await alice.sees("From when is it quiet?")
    await alice.taps("07:00")
    await alice.sees_toast("the same hour")
    await alice.taps("23:00")
    await alice.sees("Quiet from 23:00 to 07:00")
    await alice.taps("To 07:00")
    await alice.taps("06:00")
    await alice.sees("Quiet from 23:00 to 06:00")
    await alice.taps("Let critical ones wait too")
    await alice.sees("What is critical waits too")
    await alice.taps("What I send")
    await alice.taps("only what is critical")
    await alice.sees("I send: only what is critical")
    kept = await service.app.services.choose.of_chat(alice.id)
    assert ("critical", True, 23 * 60, 6 * 60, False, "Asia/Kolkata") == (
        kept.least,
        kept.quiet,
        kept.quiet_start,
        kept.quiet_end,
        kept.critical_passes,
        kept.zone,
    )
    await alice.taps("Quiet hours: switch off")
    await alice.sees("Quiet hours: off")


async def test_quiet_hours_are_typed_to_the_minute(service: Service, alice: Person) -> None:
    choose = service.app.services.choose
    await choose.zone(alice.id, "Europe/Warsaw")
    await choose.quiet(alice.id, on=True)
    await alice.says("/alerts")
    await alice.taps("From 22:00")
    await alice.sees("or type a time to the minute")
    for typed, answer in (
        ("when I am asleep", "I could not read that as a time"),
        ("25:00", "No clock ever shows that time"),
        ("7:00", "it would be quiet all day"),
    ):
        message = await alice.says(typed)
        shown = await alice.sees(answer)
        await alice.sees_gone(message)
        assert "From when is it quiet?" in shown.text, "one is asked on"
    kept = await choose.of_chat(alice.id)
    assert (22 * 60, 7 * 60) == (kept.quiet_start, kept.quiet_end), "nothing was lost"
    await alice.says("10:30 pm")
    await alice.sees("Quiet from 22:30 to 07:00")
    await alice.taps("To 07:00")
    asked = await alice.sees("Until when is it quiet?")
    assert "🤔" not in asked.text
    await alice.says("23.15 – 6.45")  # noqa: RUF001 - as a phone writes it
    await alice.sees("Quiet from 23:15 to 06:45")
    await alice.taps("From 23:15")
    await alice.says("nonsense")
    await alice.sees("I could not read that")
    await alice.taps("Back")
    await alice.taps("From 23:15")
    assert "🤔" not in (await alice.sees("From when is it quiet?")).text, "what was wrong is not said for ever"


async def test_a_zone_is_found_on_a_grid_of_cities(service: Service, alice: Person) -> None:
    await alice.says("/alerts")
    await alice.taps("Time zone")
    await alice.sees("Where are you?")
    await alice.taps("Warsaw")
    await alice.sees("Warsaw, where it is")
    assert (await service.app.services.choose.of_chat(alice.id)).zone == "Europe/Warsaw"


async def test_polish_is_spoken_in_one_zone_so_it_is_not_asked_for(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await ola.says("/alerts")
    await ola.sees("Twoje alerty")
    await ola.taps("Cisza nocna: włącz")
    await ola.sees("Cicho od 22:00 do 07:00")
    await ola.sees("Warsaw, teraz jest tam")


async def test_a_connection_may_have_a_choice_of_its_own(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await alice.says("/connections")
    await alice.taps("Main")
    await alice.taps("Alerts")
    await alice.sees("I send: everything, as everywhere")
    await alice.taps("Quiet hours, for everything")
    await alice.sees("Your alerts")
    await alice.taps("What I send")
    await alice.taps("warnings")
    await alice.sees("I send: warnings and what is critical")
    await alice.taps("Back")
    await alice.sees("I send: warnings and what is critical, as everywhere")
    await alice.taps("What I send")
    await alice.sees("What shall I send of Main?")
    await alice.taps("only what is critical")
    await alice.sees("I send: only what is critical")
    own = await service.app.services.choose.of_connection(alice.id, (await owned.now()).id)
    assert own.least == "critical"


async def test_who_only_hears_chooses_for_their_own_chat(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    bob = service.person("Bob")
    await accepts(bob, await invites_by_link(alice))
    await bob.says("/connections")
    await bob.taps("Main")
    await bob.sees("I send: everything, as everywhere")
    await bob.taps("What I send")
    await bob.sees("What shall I send of Main?")
    await bob.taps("only what is critical")
    await bob.sees("I send: only what is critical")
    choose, connection_id = service.app.services.choose, (await owned.now()).id
    assert "critical" == (await choose.of_connection(bob.id, connection_id)).least
    assert None is (await choose.of_connection(alice.id, connection_id)).least
    await service.app.services.share.remove(alice.id, connection_id, bob.id)
    await bob.taps("What I send")
    await bob.sees("no longer")
