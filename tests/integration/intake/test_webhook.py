"""By webhook: Telegram gets its 200 only for what is on disk."""

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO

import aiohttp
import pytest
from aiogram.methods import GetWebhookInfo, SetWebhook

from bot.sandbox.control.person import Person
from bot.sandbox.serving import serving
from bot.sandbox.world import Sandbox
from bot.telegram.intake_state import Intruder
from bot.telegram.webhook import LARGEST_BODY, SECRET_HEADER, Webhook, WebhookEndpoint
from bot.usecases.delivery import Kind
from bot.usecases.storage import Store
from tests.integration.intake.house import API_KEY, House
from tests.integration.intake.test_nothing_is_lost import Unwilling

TOKEN = "the-secret-of-the-webhook"
FOREIGN = "http://127.0.0.1:9/somebody-else"


class Hooked:
    """A house that takes its updates by webhook."""

    def __init__(self, house: House, url: str, disk: Unwilling) -> None:
        self.house = house
        self.url = url
        self.disk = disk
        self.webhook = Webhook(
            bot=house.bot,
            store=house.store,
            key_intake=house.key_intake,
            contact=house.contact,
            clock=house.clock,
            url=url,
            secret=TOKEN,
        )

    async def post(self, body: bytes, secret: str | None = TOKEN) -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.url, data=BytesIO(body), headers=headers) as response,
        ):
            return response.status


@pytest.fixture
async def hooked(house: House) -> AsyncIterator[Hooked]:
    disk: list[Unwilling] = []

    def wrap(store: Store) -> Store:
        disk.append(Unwilling(store))
        return disk[0]

    await house.open(wrap=wrap)
    endpoint = WebhookEndpoint(house.intake, house.contact, TOKEN)
    async with serving(endpoint.routes("/hook"), 0) as origin:
        yield Hooked(house, f"{origin}/hook", disk[0])
        await house.crash()


async def test_updates_arrive_and_secrets_vanish(hooked: Hooked, alice: Person) -> None:
    await hooked.webhook.look()
    await alice.says("hello")
    await alice.sees("heard 5 characters")
    pasted = await alice.says(API_KEY)
    await alice.sees_gone(pasted)
    await hooked.webhook.stop()
    assert (await hooked.house.bot(GetWebhookInfo())).url == ""


@pytest.mark.parametrize("secret", [None, "", "wrong", TOKEN + "x", "\u00fcber"])
async def test_without_the_secret_nothing_is_taken(hooked: Hooked, secret: str | None) -> None:
    assert await hooked.post(b'{"update_id": 1}', secret) == 401
    assert hooked.house.metrics.updates == []


async def test_what_is_no_update_is_refused(hooked: Hooked) -> None:
    assert await hooked.post(b"not json") == 400
    assert await hooked.post(b"x" * (LARGEST_BODY + 1)) == 413
    assert await hooked.post(b'["no", "update"]') == 200  # nothing Telegram should repeat for ever
    assert hooked.house.metrics.updates == []


async def test_a_repeated_update_has_one_effect(hooked: Hooked, alice: Person) -> None:
    await alice.says("once")
    raw = hooked.house.sandbox.telegram.updates.pending()[0].to_json()
    body = json.dumps(raw).encode()
    assert [await hooked.post(body), await hooked.post(body)] == [200, 200]
    await alice.sees("heard 4 characters")
    await hooked.house.settled()
    assert hooked.house.notebook.heard == ["once"]


async def test_while_nothing_can_be_kept_telegram_is_told_to_come_again(
    hooked: Hooked, sandbox: Sandbox, alice: Person
) -> None:
    await hooked.webhook.look()
    sandbox.telegram.webhook.first_delay = 0.05
    hooked.disk.full = True
    pasted = await alice.says(API_KEY)
    await alice.sees_gone(pasted)
    assert sandbox.telegram.updates.count == 1
    assert await hooked.post(b'{"update_id": 1}') == 503
    hooked.disk.full = False
    await hooked.house.told(Kind.SECRET_REMOVED)
    await hooked.house.until(lambda: sandbox.telegram.updates.count == 0)


async def test_while_too_much_is_in_memory_telegram_is_held_back_but_no_secret_waits(
    hooked: Hooked, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.lanes.MOST_WAITING", 1)
    await alice.says("wait for it")
    pasted = await alice.says(API_KEY)
    waits, secret = (json.dumps(raw.to_json()).encode() for raw in hooked.house.sandbox.telegram.updates.pending())
    held = [hooked.house.tasks.spawn("held", hooked.post(body)) for body in (waits, secret)]
    await alice.sees_gone(pasted)
    assert [answer.done() for answer in held] == [False, False]
    hooked.house.notebook.let_go.set()
    assert await asyncio.gather(*held) == [200, 200]


async def test_a_foreign_webhook_stays_and_closes_key_intake(hooked: Hooked) -> None:
    await hooked.house.bot(SetWebhook(url=FOREIGN))
    await hooked.webhook.look()
    assert hooked.house.key_intake.closed_because is Intruder.FOREIGN_WEBHOOK
    await hooked.webhook.stop()
    assert (await hooked.house.bot(GetWebhookInfo())).url == FOREIGN


async def test_a_webhook_taken_over_later_is_noticed_at_the_next_look(hooked: Hooked) -> None:
    await hooked.webhook.look()
    await hooked.house.bot(SetWebhook(url=FOREIGN))
    await hooked.webhook.look()
    assert hooked.house.key_intake.closed_because is Intruder.FOREIGN_WEBHOOK


async def test_an_address_that_we_set_before_is_ours_to_change(hooked: Hooked) -> None:
    await hooked.webhook.look()
    moved = Webhook(
        bot=hooked.house.bot,
        store=hooked.house.store,
        key_intake=hooked.house.key_intake,
        contact=hooked.house.contact,
        clock=hooked.house.clock,
        url="http://127.0.0.1:9/our-new-address",
        secret=TOKEN,
    )
    await moved.look()
    assert hooked.house.key_intake.closed_because is None
    assert (await hooked.house.bot(GetWebhookInfo())).url == "http://127.0.0.1:9/our-new-address"
