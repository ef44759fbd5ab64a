"""A digest for whoever wants one: words and a picture, once, without a sound."""

from io import BytesIO

from PIL import Image

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import owning, until
from tests.acceptance.test_history import lived

DAY = 86400


async def wants(person: Person, often: str = "Daily") -> None:
    asked = await person.says("/digest")
    await person.sees("in words and one picture", after=asked)
    await person.taps(often)
    await person.sees("The next one comes")


async def a_day_later(service: Service) -> None:
    """The hour comes. What was due is put into the outbox once, however often one looks."""
    async with service.app.store.transaction() as tx:
        (choice,) = await tx.digests.due(service.clock.now() + 8 * DAY, 1)
    service.clock.advance(choice.next_at - service.clock.now() + 1)
    await service.app.services.digests.look()
    await service.app.services.digests.look()
    service.app.relay.wake()


async def test_nobody_gets_one_who_did_not_ask(service: Service, alice: Person) -> None:
    await owning(service, alice)
    service.clock.advance(8 * DAY)
    await service.app.services.digests.look()
    asked = await alice.says("/digest")
    shown = await alice.sees("in words and one picture", after=asked)
    assert shown.button_texts[0] == ["✓ Off", "Daily", "Weekly"]
    assert "photo" not in str([message.content for message in alice.screen()])


async def test_a_daily_one_has_words_and_a_picture_and_no_sound(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await lived(owned)
    await wants(alice)
    await a_day_later(service)
    digest = await alice.sees("The last 24 hours", timeout=15)
    assert "Main: worked" in digest.text
    assert "No key ends in the next 30 days" in digest.text
    file = service.sandbox.telegram.files.get(digest.content["photo"][-1]["file_id"])
    assert Image.open(BytesIO(file.content)).width == 1080
    (call,) = service.sandbox.telegram.calls.of("sendPhoto")
    assert call.params["disable_notification"] is True


async def test_a_weekly_one_at_a_chosen_hour(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await lived(owned)
    await wants(alice, "Weekly")
    await alice.taps("07")
    shown = await alice.sees("07:00 UTC")
    assert ["✓ 07"] == [text for row in shown.button_texts for text in row if "07" in text]
    await a_day_later(service)
    await alice.sees("The last 7 days", timeout=15)


async def test_it_comes_once_across_a_restart(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await lived(owned)
    await wants(alice)
    await a_day_later(service)
    await alice.sees("The last 24 hours", timeout=15)
    await service.stop()
    await service.start()
    await service.app.services.digests.look()
    await service.app.relay.look()
    assert len([message for message in alice.screen() if "The last 24 hours" in message.text]) == 1


async def test_a_picture_that_telegram_refuses_leaves_the_words(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await wants(alice)
    service.sandbox.telegram.faults.once("sendPhoto", 400, "Bad Request: IMAGE_PROCESS_FAILED")
    await a_day_later(service)
    digest = await alice.sees("The last 24 hours", timeout=15)
    assert "photo" not in digest.content


async def test_off_is_off(service: Service, alice: Person) -> None:
    await owning(service, alice)
    await wants(alice)
    await alice.taps("Off")
    await until(lambda: "The next one comes" not in alice.last().text)
    service.clock.advance(2 * DAY)
    await service.app.services.digests.look()
    await service.app.relay.look()
    assert not [message for message in alice.screen() if "The last 24 hours" in message.text]


async def test_it_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    await owning(service, ola)
    await ola.says("/digest")
    await ola.taps("Codziennie")
    await ola.sees("Następne przyjdzie")
    await a_day_later(service)
    await ola.sees("Ostatnie 24 godziny", timeout=15)
