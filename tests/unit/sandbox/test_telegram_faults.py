import contextlib
import time

import aiohttp
import pytest

from bot.sandbox.control.person import Person
from bot.sandbox.world import Sandbox
from tests.unit.sandbox.bot_api import Api


async def test_a_fault_hits_once_and_only_its_method(sandbox: Sandbox, alice: Person, api: Api) -> None:
    sandbox.telegram.faults.once("sendMessage", 400, "Bad Request: no luck today")
    await api.call("getMe")
    assert await api.refused("sendMessage", chat_id=alice.id, text="hi") == "Bad Request: no luck today"
    await api.call("sendMessage", chat_id=alice.id, text="hi")
    assert len(alice.screen()) == 1
    assert sandbox.telegram.violations == []


async def test_a_flood_says_how_long_to_wait(sandbox: Sandbox, alice: Person, api: Api) -> None:
    sandbox.telegram.faults.once("sendMessage", retry_after=7, times=2)
    for _ in range(2):
        status, body = await api.answer("sendMessage", chat_id=alice.id, text="hi")
        assert (status, body["description"], body["parameters"]) == (
            429,
            "Too Many Requests: retry after 7",
            {"retry_after": 7},
        )
    await api.call("sendMessage", chat_id=alice.id, text="hi")


async def test_a_dropped_call_has_no_effect_and_a_lost_answer_has(sandbox: Sandbox, alice: Person, api: Api) -> None:
    for number, how in enumerate(("drop", "after")):
        sandbox.telegram.faults.once("sendMessage", drop=how == "drop", after=how == "after")
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.answer("sendMessage", chat_id=alice.id, text=how)
        assert len(alice.screen()) == number
    assert alice.last().text == "after"
    assert [call.code for call in sandbox.telegram.calls] == [0, 0]


async def test_weather_hits_a_share_of_the_calls_until_it_clears(sandbox: Sandbox, alice: Person, api: Api) -> None:
    sandbox.telegram.faults.now_and_then("sendMessage", 0.5, lost_answers=0.25)
    assert sandbox.telegram.faults.names() == ["sendMessage: 50% of the calls fail"]
    for _ in range(100):
        with contextlib.suppress(aiohttp.ClientConnectionError):
            await api.answer("sendMessage", chat_id=alice.id, text="hi")
    codes = [call.code for call in sandbox.telegram.calls]
    assert {200, 429, 502, 0} == set(codes)
    assert 30 < codes.count(200) < 70
    assert codes.count(200) < len(alice.screen()) < codes.count(200) + codes.count(0), "some took effect all the same"
    sandbox.telegram.faults.clear()
    for _ in range(20):
        await api.call("sendMessage", chat_id=alice.id, text="hi")


async def test_a_slow_call_succeeds_late(sandbox: Sandbox, alice: Person, api: Api) -> None:
    sandbox.telegram.faults.once("sendMessage", delay=0.2)
    before = time.monotonic()
    await api.call("sendMessage", chat_id=alice.id, text="hi")
    assert time.monotonic() - before >= 0.2
    assert sandbox.telegram.calls[-1].milliseconds >= 200


async def test_any_method_may_be_hit_but_polling_only_by_name(sandbox: Sandbox, api: Api) -> None:
    sandbox.telegram.faults.once("*", 502, "Bad Gateway", times=None)
    await api.call("getUpdates")
    assert await api.refused("getMe") == "Bad Gateway"
    assert await api.refused("getChat", chat_id=1) == "Bad Gateway"
    sandbox.telegram.faults.clear()
    sandbox.telegram.faults.once("getUpdates", 409, "Conflict: somebody")
    await api.call("getMe")
    assert await api.refused("getUpdates") == "Conflict: somebody"
