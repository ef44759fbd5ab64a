"""The whole service with its updates by webhook: the same conversation, and nothing lost between stop and start."""

import socket

import aiohttp
import pytest
from aiogram.methods import GetWebhookInfo

from bot.sandbox.control.person import Person
from bot.telegram.webhook import SECRET_HEADER
from tests.acceptance.conftest import Service
from tests.acceptance.owning import until
from tests.acceptance.walk import connects, gives, to_the_question

SECRET = "w" * 40


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
async def hooked(unstarted: Service) -> Service:
    """The service, running by webhook and known to Telegram."""
    bind = free_address()
    await unstarted.start(webhook_url=f"http://{bind}/telegram", webhook_secret=SECRET, webhook_bind=bind)
    await until(lambda: unstarted.sandbox.telegram.webhook.url == f"http://{bind}/telegram", 10)
    return unstarted


async def test_a_key_is_connected_and_watched(hooked: Service) -> None:
    alice, key = hooked.person("Alice"), hooked.key()
    await connects(alice, key)
    assert hooked.sandbox.telegram.calls.of("getUpdates") == []
    key.allow("enableWithdrawals")
    alert = await alice.sees("Withdrawal enabled", timeout=15)
    await alice.taps_on(alert, "Keep paused")
    await alice.sees_toast("stays paused")


async def test_what_comes_after_a_stop_is_kept_by_telegram_and_secrets_among_it_go(hooked: Service) -> None:
    alice, key = hooked.person("Alice"), hooked.key()
    await to_the_question(alice)
    await hooked.stop()
    pasted = await alice.says(f"{key.api_key}\n{key.secret}")
    assert pasted.visible
    await hooked.start()
    await alice.sees_gone(pasted, timeout=10)
    await settled(alice)
    if "I was restarted" in alice.last().text:
        await gives(alice, key)
    await alice.taps("Main", timeout=10)
    await alice.sees("is connected", timeout=10)


async def settled(person: Person) -> None:
    """Whichever is first: the new question, or the answer to the old one, which then needs no new one."""
    await until(lambda: any(words in person.last().text for words in ("I was restarted", "Got the key")), 10)


async def test_after_a_crash_telegram_delivers_what_it_got_no_answer_for(hooked: Service) -> None:
    alice, key = hooked.person("Alice"), hooked.key()
    await to_the_question(alice)
    await hooked.crash()
    pasted = await alice.says(f"{key.api_key}\n{key.secret}")
    await hooked.start()
    await alice.sees_gone(pasted, timeout=30)


async def test_nobody_without_the_secret_says_anything_to_it(hooked: Service) -> None:
    alice = hooked.person("Alice")
    await alice.says("/start")
    await alice.sees("I watch your exchange keys")
    said = len(hooked.sandbox.telegram.calls.of("sendMessage"))
    forged = {
        "update_id": 999_999_999,
        "message": {
            "message_id": 999_999,
            "date": 1,
            "text": "/connections",
            "chat": {"id": alice.id, "type": "private"},
            "from": {"id": alice.id, "is_bot": False, "first_name": "Alice"},
        },
    }
    url = hooked.sandbox.telegram.webhook.url
    async with aiohttp.ClientSession() as http:
        for headers in ({}, {SECRET_HEADER: "x" * 40}):
            async with http.post(url, json=forged, headers=headers) as answer:
                assert answer.status == 401
    await alice.says("/help")
    await alice.sees("How this works")
    assert len(hooked.sandbox.telegram.calls.of("sendMessage")) == said + 1


async def test_stopped_it_takes_its_webhook_away(hooked: Service) -> None:
    assert (await hooked.app.bot(GetWebhookInfo())).url
    await hooked.stop()
    assert not hooked.sandbox.telegram.webhook.url
