"""A key that ends soon, as its owner hears of it."""

import time

from bot.sandbox.control.person import Person
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning

DAY = 86400.0


async def ending_in(owned: Owned, days: float) -> None:
    """The exchange names an end, and the watch has read it."""
    owned.account.expires(int((time.time() + days * DAY) * 1000))
    for _ in range(300):
        said = (await owned.now()).report.expires_at
        if said is not None and abs(said - time.time() - days * DAY) < 600:
            return
        await owned.service.clock.sleep(0.02)
    raise AssertionError("the watch has not read the key's end")


async def restarted(service: Service) -> None:
    """Looks at all keys anew, as every start does."""
    await service.stop()
    await service.start()


def reminders(person: Person) -> list[str]:
    said = [message.text for message in person.chat.messages.values() if message.from_bot]
    return [text.split("\n")[0] for text in said if "the key ends within" in text]


async def test_a_reminder_comes_once_with_a_way_to_rotate_and_again_nearer_the_end(
    service: Service, alice: Person
) -> None:
    main = await owning(service, alice)
    await ending_in(main, 6.5)
    await restarted(service)
    told = await alice.sees("Main: the key ends within 7 days")
    assert "🔁 Rotate" in [text for row in told.button_texts for text in row]
    await restarted(service)
    await alice.says("/connections")
    await alice.sees("Your connections")
    assert ["⏳ Main: the key ends within 7 days"] == reminders(alice)
    await ending_in(main, 0.9)
    await restarted(service)
    await alice.sees("Main: the key ends within a day")
    assert ["⏳ Main: the key ends within 7 days", "⏳ Main: the key ends within a day"] == reminders(alice)
    calls = [call.params for call in service.sandbox.telegram.calls.of("sendMessage")]
    silent = [str(p.get("disable_notification")) for p in calls if "the key ends" in str(p.get("text"))]
    assert ["true", "none"] == [said.lower() for said in silent]
    await alice.taps_on(told, "Rotate")
    await alice.sees("A new key for Main")
