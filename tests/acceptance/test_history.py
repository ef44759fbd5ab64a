"""What became of a connection: a picture in the chat, and the same in words under it."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import text

from bot.domain.connection import ConnectionId
from bot.domain.failures import Failure, Trouble
from bot.domain.health import Flip, Side
from bot.domain.history import Rollup
from bot.sandbox.control.person import Person
from bot.sandbox.telegram.messages import Message
from tests.acceptance.conftest import Service
from tests.acceptance.owning import Owned, owning, until

HOUR, DAY = 3600, 86400
BACK, ALL = "\u2039 Back", "\u2039 All connections"
ARABIC = "\u0627\u0644\u062d\u0633\u0627\u0628" * 5


def picture(service: Service, message: Message) -> Image.Image:
    """What Telegram shows of a message."""
    file = service.sandbox.telegram.files.get(message.content["photo"][-1]["file_id"])
    assert file.mime_type == "image/png"
    assert len(file.content) < 200_000
    return Image.open(BytesIO(file.content)).convert("RGB")


async def lived(owned: Owned, *, days: int = 20) -> None:
    """As if it had been watched for days: well, but for half an hour in error, and an hour and a day without us."""
    now = owned.service.app.services.clock.now()
    hour = int(now) // HOUR
    connection_id = ConnectionId(owned.id)
    rows = []
    for ago in range(1, days * 24):
        if ago == 3 or 24 * 5 <= ago < 24 * 6:
            continue  # the service was off
        error = 1800 if ago == 7 else 0
        rows.append((connection_id, Rollup(hour - ago, 1, 60, 60, 60 * 84, 412, up=HOUR - error, error=error)))
    down = Trouble(Failure.EXCHANGE_UNAVAILABLE, code="HTTP 503")
    async with owned.service.app.store.transaction() as tx:
        await tx.rollups.add(rows)
        await tx.flips.add(
            connection_id,
            [
                Flip(Side.STATUS, "connected", "error", now - 7 * HOUR, down),
                Flip(Side.STATUS, "error", "connected", now - 6.5 * HOUR),
            ],
        )
    async with owned.service.app.store._session() as session:  # no verb makes a connection older
        await session.change(text("UPDATE connections SET created_at = :at"), {"at": now - days * DAY})


async def opens_history(person: Person) -> Message:
    await person.says("/connections")
    await person.taps("Main")
    await person.taps("History")
    return await person.sees("last 24 hours")


async def test_the_picture_of_a_day_says_the_same_in_words(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await lived(owned)
    message = await opens_history(alice)
    for part in (
        "Main",
        "Binance · Spot",
        "The key worked 9",
        "of the time I watched, which was 9",
        "Answers usually take",
        "Last changes",
    ):
        assert part in message.text
    assert "🟠 not working: no proper answer" in message.text
    assert picture(service, message).width == 1080
    assert message.button_texts == [["✓ 24 h", "90 days"], [BACK], [ALL]]


async def test_a_second_press_changes_the_picture_instead_of_sending_another(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await lived(owned)
    day = await opens_history(alice)
    before, sent = picture(service, day), len(alice.screen())
    await alice.taps("90 days")
    quarter = await alice.sees("last 90 days")
    assert quarter.message_id == day.message_id
    assert len(alice.screen()) == sent
    assert picture(service, quarter).tobytes() != before.tobytes()
    assert "which was 9" in quarter.text
    assert len(service.sandbox.telegram.calls.of("editMessageMedia")) >= 1
    await alice.taps("24 h")
    assert (await alice.sees("last 24 hours")).message_id == day.message_id


async def test_back_leads_to_the_card_and_leaves_no_picture_behind(service: Service, alice: Person) -> None:
    await owning(service, alice)
    message = await opens_history(alice)
    await alice.taps("Back")
    await alice.sees("What the key may do")
    assert not message.visible
    assert not [shown for shown in alice.screen() if "photo" in shown.content]


async def test_the_picture_speaks_polish(service: Service) -> None:
    ola = service.person("Ola", "pl")
    owned = await owning(service, ola, label="Łódź")
    await lived(owned)
    await ola.says("/connections")
    await ola.taps("Łódź")
    await ola.taps("Historia")
    message = await ola.sees("ostatnie 24 godziny")
    assert "Klucz działał przez 9" in message.text
    assert "🟠 nie działa: brak poprawnej odpowiedzi" in message.text
    assert picture(service, message).width == 1080
    await ola.taps("90 dni")
    await ola.sees("ostatnie 90 dni")


async def test_what_the_watch_sees_is_in_the_history(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    connection_id = ConnectionId(owned.id)

    async def counted() -> Rollup:
        hour = int(service.app.services.clock.now()) // HOUR
        async with service.app.store.transaction() as tx:
            found = await tx.rollups.of(connection_id, hour - 1, hour)
        total = Rollup(hour)
        for rollup in found:
            total = total.plus(rollup)
        return total

    seen = await counted()
    for _ in range(100):
        if seen.up >= 2:
            break
        await service.clock.sleep(0.1)
        seen = await counted()
    assert seen.up >= 2
    assert seen.good == seen.probes >= 2
    assert seen.latency_max >= 1
    assert (seen.error, seen.reauth) == (0, 0)
    await owned.alerted()
    await service.app.services.checks.now(connection_id)
    await service.app.services.checks.now(connection_id)
    assert (await counted()).good < (await counted()).probes


async def test_a_history_that_is_open_when_its_connection_goes_says_so(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    await opens_history(alice)
    await service.app.services.manage.disconnect(alice.id, ConnectionId(owned.id))
    await alice.taps("90 days")
    gone = await alice.sees("no longer there")
    assert "photo" not in gone.content


async def test_nobody_else_sees_it(service: Service, alice: Person) -> None:
    owned = await owning(service, alice)
    message = await opens_history(alice)
    mallory = service.person("Mallory")
    await mallory.says("/help")
    await mallory.sees("/connections")
    forged = message.buttons[0][1].data
    assert forged is not None
    await mallory.presses_data(mallory.last(), forged)
    await until(lambda: len(service.sandbox.telegram.callbacks.answered(mallory.user)) > 0)
    assert not [shown for shown in mallory.screen() if "photo" in shown.content or "Main" in shown.text]
    assert owned.id not in forged
    assert (await owned.now()).owner_id == alice.id


@pytest.mark.parametrize("name", ["<b>&", "🚀🚀🚀", ARABIC, "W" * 32])
async def test_any_name_is_drawn(service: Service, alice: Person, name: str) -> None:
    owned = await owning(service, alice, label="Main")
    await service.app.services.manage.rename(alice.id, ConnectionId(owned.id), name)
    await alice.says("/connections")
    await alice.taps(name[:5])
    await alice.taps("History")
    assert picture(service, await alice.sees("last 24 hours")).width == 1080
