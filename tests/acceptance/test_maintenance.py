"""Hours in which one expects trouble: planned by hand, listed, removed."""

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning


async def plans(person: Person, *taps: str) -> None:
    asked = await person.says("/maintenance")
    await person.sees("Maintenance windows", after=asked)
    for tap in ("New window", *taps):
        await person.taps(tap)


async def test_from_now_on_in_four_taps_and_away_again_in_one(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await plans(alice, "Main", "Now, 1 h")
    await alice.sees_toast("Planned")
    await alice.sees("🔧 Main\n")
    await alice.sees("Open now, until")
    await alice.taps("🗑 Remove: Main")
    await alice.sees_toast("Removed")
    await alice.sees("None is planned")


async def test_later_and_for_everything_at_an_exchange(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await plans(alice, "Everything at Binance", "Later, once")
    await alice.sees("When does it begin?")
    await alice.says("some day")
    await alice.sees("I cannot read that")
    await alice.says("2040-12-24 02:30")
    await alice.taps("8 h")
    shown = await alice.sees("Everything at Binance\n")
    assert "2040-12-24 02:30 UTC, for 8 h" in shown.text


async def test_every_week(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await plans(alice, "Main", "Every week", "Tuesday")
    await alice.sees("At what time does it begin?")
    await alice.says("02:30")
    await alice.taps("2 h")
    shown = await alice.sees("Tuesday at 02:30 (UTC), for 2 h")
    assert "Next: " in shown.text


async def test_it_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await owning(service, ola)
    await ola.says("/maintenance")
    await ola.taps("Nowe okno")
    await ola.taps("Wszystko na Binance")
    await ola.taps("Teraz, 2 h")
    await ola.sees("Otwarte, do")


async def test_whoever_hears_of_nothing_is_told_so(service: Service, alice: Person) -> None:
    await alice.says("/maintenance")
    await alice.taps("New window")
    await alice.sees_toast("nothing to plan for yet")
