import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.sandbox.control.person import Person
from bot.sandbox.events import Signal
from bot.sandbox.serving import serving
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

SECOND_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
DAY = 24 * 3600


async def test_an_update_stays_until_a_higher_offset_confirms_it(alice: Person, api: Api) -> None:
    await alice.says("one")
    await alice.says("two")
    first, second = await api.call("getUpdates")
    assert [update["message"]["text"] for update in (first, second)] == ["one", "two"]
    assert second["update_id"] == first["update_id"] + 1
    assert await api.call("getUpdates") == [first, second]
    assert await api.call("getUpdates", offset=second["update_id"]) == [second]
    assert await api.call("getUpdates", offset=second["update_id"] + 1) == []


async def test_a_limit_takes_the_oldest_and_a_negative_offset_keeps_the_newest(alice: Person, api: Api) -> None:
    for number in range(5):
        await alice.says(f"line {number}")
    assert [update["message"]["text"] for update in await api.call("getUpdates", limit=2)] == ["line 0", "line 1"]
    assert [update["message"]["text"] for update in await api.call("getUpdates", offset=-2)] == ["line 3", "line 4"]


async def test_a_long_poll_answers_as_soon_as_something_happens(alice: Person, api: Api) -> None:
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(api.call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        assert not poll.done()
        await alice.says("hello")
    assert [update["message"]["text"] for update in poll.result()] == ["hello"]


async def test_a_long_poll_without_news_ends_empty_after_its_timeout(api: Api) -> None:
    before = time.monotonic()
    assert await api.call("getUpdates", timeout=1) == []
    assert 0.9 <= time.monotonic() - before <= 3


async def test_a_second_poller_ends_the_first_with_409(alice: Person, api: Api) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(api.answer("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        second = tasks.create_task(api.answer("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        assert not second.done()
        await alice.says("hello")
    status, body = first.result()
    assert (status, body["description"]) == (409, SECOND_POLLER)
    assert second.result()[0] == 200


async def test_unconfirmed_presses_die_after_150_seconds_and_messages_after_a_day(
    sandbox: Sandbox, alice: Person, api: Api
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Pause", "callback_data": "p"}]]}
    await api.call("sendMessage", chat_id=alice.id, text="Card", reply_markup=keyboard)
    await alice.says("hello")
    await alice.taps("Pause")
    sandbox.clock.advance(149)
    assert [min(update) for update in await api.call("getUpdates")] == ["message", "callback_query"]
    sandbox.clock.advance(2)
    assert [min(update) for update in await api.call("getUpdates")] == ["message"]
    sandbox.clock.advance(DAY)
    assert await api.call("getUpdates") == []


async def test_only_the_kinds_asked_for_arrive_and_the_choice_is_remembered(alice: Person, api: Api) -> None:
    await api.call("getUpdates", allowed_updates=["edited_message"])
    hello = await alice.says("hello")
    await alice.edits(hello, "hello again")
    (update,) = await api.updates()
    assert update["edited_message"]["text"] == "hello again"
    await api.call("getUpdates", allowed_updates=[])
    await alice.says("hello")
    assert len(await api.updates()) == 1


async def test_a_person_who_blocks_the_bot_is_reported(alice: Person, api: Api) -> None:
    await alice.blocks_bot()
    await alice.unblocks_bot()
    changes = [update["my_chat_member"] for update in await api.updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert changes[0]["chat"]["id"] == alice.id


async def test_a_message_carries_what_it_answers_quotes_and_where_it_came_from(alice: Person, api: Api) -> None:
    asked = await alice.says("the key is abc, keep it")
    await alice.says("which?", reply_to=asked, quote="abc")
    await alice.says("forwarded", forward_from="Somebody")
    await alice.sends({"contact": {"phone_number": "+48123", "first_name": "Bob"}})
    _, reply, forward, contact = [update["message"] for update in await api.updates()]
    assert (reply["reply_to_message"]["text"], reply["quote"]["text"]) == ("the key is abc, keep it", "abc")
    assert forward["forward_origin"]["sender_user_name"] == "Somebody"
    assert contact["contact"]["phone_number"] == "+48123"


async def test_an_edited_caption_arrives_with_its_file(alice: Person, api: Api) -> None:
    document = await alice.sends_document("key.txt", b"bytes", caption="my key")
    await alice.edits(document, "my other key")
    _, update = await api.updates()
    edited = update["edited_message"]
    assert (edited["caption"], edited["document"]["file_name"], "text" in edited) == ("my other key", "key.txt", False)


async def test_an_album_is_several_messages_of_one_group(alice: Person, api: Api) -> None:
    await alice.sends_album([b"one", b"two"], caption="both")
    first, second = [update["message"] for update in await api.updates()]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("both", False)


# ------------------------------------------------------------------------------------------------------------- webhooks


class Receiver:
    """A bot that is called."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: list[int] = []
        self.answer_text = ""
        self.got: list[tuple[str, str | None]] = []
        self._arrival = Signal()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((update["message"]["text"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        self._arrival.notify()
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, text=self.answer_text)

    async def move(self, _: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": self.url})

    async def has(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.got) < count:
                await self._arrival.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    app.router.add_post("/moved", receiver.move)
    async with serving(app) as origin:
        receiver.url = f"{origin}/hook"
        yield receiver


async def test_a_webhook_gets_updates_with_its_secret(alice: Person, api: Api, receiver: Receiver) -> None:
    await alice.says("before")
    await api.call("setWebhook", url=receiver.url, secret_token="a-secret_1")
    await alice.says("after")
    await receiver.has(2)
    assert receiver.got == [("before", "a-secret_1"), ("after", "a-secret_1")]
    info = await api.call("getWebhookInfo")
    assert info["url"] == receiver.url


async def test_a_webhook_that_fails_is_called_again_until_it_answers_2xx(
    sandbox: Sandbox, alice: Person, api: Api, receiver: Receiver
) -> None:
    sandbox.telegram.webhook.first_delay = 0.02
    receiver.answers = [500, 404, 200]
    await api.call("setWebhook", url=receiver.url)
    await alice.says("one")
    await receiver.has(2)
    info = await api.call("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_message"].startswith("Wrong response from the webhook: ")
    await alice.says("two")
    await receiver.has(4)
    assert [text for text, _ in receiver.got] == ["one", "one", "one", "two"]


async def test_a_redirect_is_a_failure_and_the_secret_does_not_travel_on(
    sandbox: Sandbox, alice: Person, api: Api, receiver: Receiver
) -> None:
    sandbox.telegram.webhook.first_delay = 0.02
    await api.call("setWebhook", url=receiver.url.replace("/hook", "/moved"), secret_token="a-secret_1")
    await alice.says("one")
    await asyncio.sleep(0.1)
    assert receiver.got == []
    assert (await api.call("getWebhookInfo"))["last_error_message"] == "Wrong response from the webhook: 307"


async def test_while_a_webhook_is_set_nobody_can_poll(api: Api, receiver: Receiver) -> None:
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(api.answer("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        await api.call("setWebhook", url=receiver.url)
    assert polling.result()[1]["description"] == "Conflict: terminated by setWebhook request"
    assert await api.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await api.call("deleteWebhook")
    assert await api.call("getUpdates") == []


async def test_updates_can_be_dropped_when_the_way_changes(alice: Person, api: Api) -> None:
    await alice.says("old news")
    await api.call("deleteWebhook", drop_pending_updates=True)
    assert await api.call("getUpdates") == []


async def test_a_webhook_is_https_or_on_loopback(sandbox: Sandbox, api: Api) -> None:
    refusal = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert await api.refused("setWebhook", url="http://example.com/hook") == refusal
    assert sandbox.telegram.violations == [f"setWebhook: {refusal}"]


async def test_a_method_call_in_a_webhooks_answer_is_reported_since_it_would_be_lost(
    sandbox: Sandbox, alice: Person, api: Api, receiver: Receiver
) -> None:
    receiver.answer_text = '{"method": "sendMessage", "chat_id": 1, "text": "lost"}'
    await api.call("setWebhook", url=receiver.url)
    await alice.says("one")
    await alice.says("two")
    await receiver.has(2)
    assert set(sandbox.telegram.violations) == {"webhook: a method call in the answer is not performed by the sandbox"}
