"""The control API, as the page and the tour use it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api

KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Pause", "callback_data": "pause", "style": "danger"}],
        [{"text": "Open", "url": "https://example.com"}, {"text": "IP", "copy_text": {"text": "203.0.113.7"}}],
    ]
}


class Page:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> Any:
        async with self.session.get(path) as response:
            assert response.status == 200
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(path, json=body) as response:
            answer = await response.json()
            assert (response.status, answer.get("error") if isinstance(answer, dict) else None) == (200, None)
            return answer

    async def refused(self, path: str, **body: Any) -> tuple[int, str]:
        async with self.session.post(path, json=body) as response:
            return response.status, (await response.json())["error"]


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession(sandbox.page_url) as session:
        yield Page(session)


async def test_the_state_shows_the_whole_world(sandbox: Sandbox, alice: Person, page: Page) -> None:
    desk = sandbox.group("Desk", owner=alice)
    sandbox.exchanges["binance"].account("k1")
    state = await page.get("/api/state")
    assert state["bot"]["id"] == sandbox.bot.id
    assert state["people"] == [{"id": alice.id, "name": "Alice", "language": "en", "blocked": False}]
    assert [(chat["id"], chat["title"]) for chat in state["chats"]] == [(alice.id, "Alice"), (desk.id, "Desk")]
    assert state["exchanges"]["binance"]["accounts"][0]["name"] == "k1"
    assert {"name", "label", "fields"} == state["telegram"]["fault_menu"][0].keys()
    assert sandbox.token not in json.dumps(state)


async def test_every_exchange_of_the_catalogue_is_there_with_its_own_switches(sandbox: Sandbox, page: Page) -> None:
    for exchange in sandbox.exchanges.values():
        for environment in exchange.rules.key_style.environments:
            exchange.account(f"a {environment} key", environment)
    shown = (await page.get("/api/state"))["exchanges"]
    assert list(shown) == list(ADAPTERS)
    for exchange, panel in shown.items():
        profile, style = adapter_of(exchange).PROFILE, sandbox.exchanges[exchange].rules.key_style
        worlds = {world for environments in profile.worlds.values() for world in environments}
        assert {account["environment"] for account in panel["accounts"]} == worlds
        for account in panel["accounts"]:
            assert account["switches"] == style.switches
            assert account["labels"] == style.labels
        assert (panel["title"], panel["faults"]) == (profile.title, [])
        assert {"down", "maintenance", "rate_limit", "ban", "geo_block", "clock_skew"} <= {
            fault["name"] for fault in panel["fault_menu"]
        }


async def test_the_panel_turns_the_switch_that_matters_most_at_every_exchange(sandbox: Sandbox, page: Page) -> None:
    for name, exchange in sandbox.exchanges.items():
        withdraw = exchange.rules.key_style.poses["withdraw"]
        assert not any(exchange.account("k1").permissions[each] for each in withdraw)
        await page.post(f"/api/exchanges/{name}/accounts/k1", set=dict(withdraw))
        assert withdraw.items() <= exchange.account("k1").permissions.items()


async def test_somebody_on_the_page_talks_to_the_bot(alice: Person, page: Page, api: Api) -> None:
    said = await page.post(f"/api/chats/{alice.id}/send", **{"as": alice.id, "text": "hello"})
    (update,) = await api.updates()
    assert (update["message"]["text"], update["message"]["from"]["id"]) == ("hello", alice.id)
    await page.post(f"/api/chats/{alice.id}/edit", **{"as": alice.id, "message_id": said["id"], "text": "hello again"})
    await page.post(f"/api/chats/{alice.id}/send", **{"as": alice.id, "text": "yes", "reply_to": said["id"]})
    edit, reply = await api.updates()
    assert edit["edited_message"]["text"] == "hello again"
    assert reply["message"]["reply_to_message"]["message_id"] == said["id"]


async def test_messages_come_with_html_and_buttons(alice: Person, page: Page, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="<b>1 &lt; 2</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    (message,) = await page.get(f"/api/chats/{alice.id}/messages?as={alice.id}")
    assert (message["text"], message["html"]) == ("1 < 2", "<b>1 &lt; 2</b>")
    assert message["from"]["is_bot"] is True
    assert message["buttons"] == [
        [{"text": "Pause", "kind": "callback", "data": "pause", "style": "danger"}],
        [
            {"text": "Open", "kind": "url", "url": "https://example.com"},
            {"text": "IP", "kind": "copy", "copy": "203.0.113.7"},
        ],
    ]


async def test_a_deleted_message_is_a_ghost_without_words(alice: Person, page: Page, api: Api) -> None:
    secret = await alice.sends_document("secret-name.txt", b"bytes", caption="very-secret")
    await api.call("deleteMessage", chat_id=alice.id, message_id=secret.message_id)
    messages = await page.get(f"/api/chats/{alice.id}/messages?as={alice.id}")
    assert messages[0]["deleted"]["by"] == "bot"
    async with page.session.get("/api/transcript") as response:
        told = await response.text()
    assert "secret" not in json.dumps(messages) + told


async def test_a_press_waits_for_its_toast(alice: Person, page: Page, api: Api) -> None:
    await api.call("sendMessage", chat_id=alice.id, text="Card", reply_markup=KEYBOARD)
    place = {"as": alice.id, "message_id": alice.last().message_id, "row": 0, "column": 0}
    async with asyncio.TaskGroup() as tasks:
        press = tasks.create_task(page.post(f"/api/chats/{alice.id}/press", **place))
        (update,) = await api.updates(timeout=5)
        await api.call(
            "answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Paused", show_alert=True
        )
    assert press.result() == {"toast": {"text": "Paused", "alert": True}}


async def test_files_are_uploaded_and_shown_again(alice: Person, page: Page, api: Api) -> None:
    form = aiohttp.FormData({"as": str(alice.id), "caption": "see"})
    form.add_field("file", b"\x89PNG", filename="chart.png", content_type="image/png")
    async with page.session.post(f"/api/chats/{alice.id}/upload", data=form) as response:
        view = await response.json()
    async with page.session.get(view["photo"]) as response:
        assert (await response.read(), response.content_type) == (b"\x89PNG", "image/png")
    (update,) = await api.updates()
    assert update["message"]["caption"] == "see"


async def test_a_picture_that_takes_the_place_of_words_is_shown(alice: Person, page: Page, api: Api) -> None:
    sent = await api.call("sendMessage", chat_id=alice.id, text="Drawing")
    media = {"type": "photo", "media": "attach://drawn", "caption": "A day"}
    form = aiohttp.FormData({"chat_id": str(alice.id), "message_id": str(sent["message_id"])})
    form.add_field("media", json.dumps(media))
    form.add_field("drawn", b"\x89PNG", filename="day.png")
    async with api.session.post(api.url("editMessageMedia"), data=form) as response:
        assert (response.status, (await response.json())["ok"]) == (200, True)
    (view,) = await page.get(f"/api/chats/{alice.id}/messages?as={alice.id}")
    assert (view["text"], view["edited"]) == ("A day", True)
    async with page.session.get(view["photo"]) as response:
        assert (await response.read(), response.content_type) == (b"\x89PNG", "image/png")


async def test_people_come_change_and_block(sandbox: Sandbox, page: Page, api: Api) -> None:
    karol = await page.post("/api/people", name="Karol", language="pl")
    changed = await page.post(f"/api/people/{karol['id']}", language="en", blocked=True)
    assert changed == {"id": karol["id"], "name": "Karol", "language": "en", "blocked": True}
    assert await api.refused("sendMessage", chat_id=karol["id"], text="hi") == "Forbidden: bot was blocked by the user"
    assert sandbox.person("Karol").id == karol["id"]


async def test_the_exchange_is_controlled_without_being_known(sandbox: Sandbox, page: Page) -> None:
    await page.post("/api/exchanges/binance/accounts", name="k1", environment="live")
    await page.post("/api/exchanges/binance/accounts/k1", set={"enableWithdrawals": True})
    assert sandbox.exchanges["binance"].account("k1").permissions["enableWithdrawals"] is True
    status, reason = await page.refused("/api/exchanges/binance/accounts/nobody", set={})
    assert status == 404
    assert "nobody" in reason
    assert (await page.refused("/api/exchanges/mtgox/accounts", name="k1"))[0] == 404


async def test_telegrams_faults_are_armed_and_cleared(alice: Person, page: Page, api: Api) -> None:
    for item in (await page.get("/api/state"))["telegram"]["fault_menu"]:
        answer = await page.post("/api/telegram/faults", name=item["name"])
        assert answer["faults"] != []
        assert await page.post("/api/telegram/faults", clear=True) == {"faults": []}
    await page.post("/api/telegram/faults", name="flood", method="sendMessage", seconds=9)
    status, body = await api.answer("sendMessage", chat_id=alice.id, text="hi")
    assert (status, body["parameters"]) == (429, {"retry_after": 9})
    assert (await page.refused("/api/telegram/faults", name="earthquake"))[0] == 400


async def test_the_clock_is_moved_from_the_page(sandbox: Sandbox, page: Page) -> None:
    before = sandbox.clock.now()
    answer = await page.post("/api/clock", advance=3600)
    assert 3600 <= answer["now"] - before < 3660


async def test_calls_are_listed_from_where_one_left_off(alice: Person, page: Page, api: Api) -> None:
    await api.call("getMe")
    await api.call("sendMessage", chat_id=alice.id, text="two\nlines")
    first, second = await page.get("/api/calls?after=0")
    assert (first["method"], second["method"], second["summary"]) == ("getMe", "sendMessage", "two lines")
    assert await page.get(f"/api/calls?after={first['serial']}") == [second]


async def test_events_stream_as_they_happen_and_resume(alice: Person, page: Page, sandbox: Sandbox) -> None:
    async with page.session.get("/api/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        await alice.says("hello")
        event = await stream.content.readuntil(b"\n\n")
    serial, data = event.decode().removeprefix("id: ").split("\ndata: ")
    assert json.loads(data) == {"serial": int(serial), "kind": "message", "chat_id": alice.id, "message_id": 1}
    await alice.says("again")
    async with page.session.get("/api/events", headers={"Last-Event-ID": serial}) as stream:
        await stream.content.readuntil(b"\n\n")
        resumed = await stream.content.readuntil(b"\n\n")
    assert json.loads(resumed.decode().partition("data: ")[2])["message_id"] == 2


async def test_mistakes_are_answered_with_a_sentence(alice: Person, page: Page) -> None:
    place = f"/api/chats/{alice.id}"
    assert await page.refused("/api/chats/5/send", text="x") == (404, "there is no chat 5")
    assert await page.refused(f"{place}/send", text="x") == (404, "“as” is missing or unknown")
    assert await page.refused(f"{place}/send", **{"as": 7, "text": "x"}) == (404, "there is no person 7")
    assert (await page.refused(f"{place}/send", **{"as": alice.id, "text": ""}))[0] == 400
    assert await page.refused(f"{place}/delete", **{"as": alice.id, "message_id": 9}) == (404, "this message is gone")


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_other_sites_get_nothing(page: Page, headers: dict[str, str]) -> None:
    async with page.session.get("/api/state", headers=headers) as response:
        assert response.status == 403


async def test_the_page_is_served_and_locked_down(page: Page) -> None:
    async with page.session.get("/") as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "<title>" in await response.text()


async def test_stopping_does_not_wait_for_those_who_listen() -> None:
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as session:
        async with Sandbox() as sandbox:
            stream = await session.get(f"{sandbox.page_url}/api/events")
            async with asyncio.TaskGroup() as tasks:
                api = Api(session, sandbox.telegram_url, sandbox.token)
                poll = tasks.create_task(api.call("getUpdates", timeout=30))
                await asyncio.sleep(0.05)
                before = loop.time()
                sandbox.telegram.updates.close()
            stream.close()
        assert loop.time() - before < 2
    assert poll.result() == []


async def test_ports_can_be_chosen(unused_port: int) -> None:
    async with Sandbox(page=False, telegram_port=unused_port) as sandbox:
        assert sandbox.telegram_url == f"http://127.0.0.1:{unused_port}"
        assert sandbox.page_url == ""


async def test_every_exchange_has_a_port_of_its_own() -> None:
    async with Sandbox(page=False) as sandbox:
        assert sandbox.exchange_urls == {name: venue.origin for name, venue in sandbox.exchanges.items()}
        assert len(set(sandbox.exchange_urls.values())) == len(sandbox.exchanges) > 1


@pytest.fixture
async def unused_port() -> int:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with server:
        return int(server.sockets[0].getsockname()[1])
