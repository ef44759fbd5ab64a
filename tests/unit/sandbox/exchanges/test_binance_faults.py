"""Everything that can go wrong on the way to the simulated Binance, and its request limits."""

import asyncio
import time

import aiohttp
import pytest

from bot.sandbox.exchanges.binance import BinanceSimulator
from bot.sandbox.exchanges.faults import MENU
from tests.unit.sandbox.exchanges.trader import RESTRICTIONS, StillClock, Told, Trader


async def test_a_server_that_is_down_shows_a_proxys_page_until_it_is_up(
    binance: BinanceSimulator, trader: Trader
) -> None:
    account = binance.account("k1")
    binance.faults.down(502)
    for _ in range(2):
        reply = await trader.asks(account)
        assert (reply.status, reply.headers["Content-Type"]) == (502, "text/html")
        assert "502 Bad Gateway" in reply.text
    binance.faults.clear()
    assert (await trader.asks(account)).status == 200


async def test_a_server_can_also_be_down_in_json(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.down(500, html=False)
    assert (await trader.asks(binance.account("k1"))).refusal[:2] == (500, -1001)


async def test_maintenance_is_said_in_the_exchanges_words(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.maintenance()
    assert (await trader.asks(binance.account("k1"))).refusal == (503, 1, "System is under maintenance.")


@pytest.mark.parametrize(("status", "content"), [(451, "restricted location"), (403, "Request blocked")])
async def test_a_blocked_region_is_told_by_json_or_by_a_page(
    binance: BinanceSimulator, trader: Trader, status: int, content: str
) -> None:
    binance.faults.geo_block(by_wall=status == 403)
    reply = await trader.asks(binance.account("k1"))
    assert (reply.status, content in reply.text) == (status, True)


async def test_too_many_requests_and_a_ban_say_how_long_to_wait(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    binance.faults.rate_limit(retry_after=7, times=1)
    reply = await trader.asks(account)
    assert (reply.status, reply.headers["Retry-After"], reply.refusal[1]) == (429, "7", -1003)
    binance.faults.ban(retry_after=90)
    reply = await trader.asks(account)
    assert (reply.status, reply.headers["Retry-After"]) == (418, "90")
    until = int(reply.refusal[2].partition("banned until ")[2].partition(".")[0])
    assert abs(until / 1000 - time.time() - 90) < 2


async def test_a_fault_can_be_kept_to_one_account_or_one_path(binance: BinanceSimulator, trader: Trader) -> None:
    ill, well = binance.account("ill"), binance.account("well")
    binance.faults.down(account="ill")
    assert [(await trader.asks(each)).status for each in (ill, well)] == [503, 200]
    binance.faults.clear()
    binance.faults.down(path="/fapi")
    assert [(await trader.asks(well, path)).status for path in ("/fapi/v3/balance", RESTRICTIONS)] == [503, 200]


async def test_a_fault_can_pass_by_itself(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    fault = binance.faults.down(times=2)
    assert [(await trader.asks(account)).status for _ in range(3)] == [503, 503, 200]
    assert (fault.hits, binance.faults.names()) == (2, [])


async def test_a_slow_exchange_answers_late_and_right(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    binance.faults.latency(0.15)
    started = time.monotonic()
    assert (await trader.asks(account)).json["enableReading"] is True
    assert time.monotonic() - started >= 0.15


async def test_a_hanging_request_is_answered_once_the_fault_is_cleared(
    binance: BinanceSimulator, trader: Trader
) -> None:
    fault = binance.faults.hang()
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(trader.asks(binance.account("k1")))
        async with asyncio.timeout(5):
            while not fault.hits:  # noqa: ASYNC110 - the exchange has no reason to tell that somebody hangs
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert not waiting.done()
        binance.faults.clear("hang")
    assert waiting.result().status == 200


async def test_who_gives_up_on_a_hanging_request_leaves_nothing_behind(
    binance: BinanceSimulator, trader: Trader
) -> None:
    binance.faults.hang()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await trader.asks(binance.account("k1"))
    async with asyncio.timeout(5):
        while not binance.calls:  # noqa: ASYNC110 - nor that somebody gave up
            await asyncio.sleep(0.02)
    assert binance.calls[0].status == 0


async def test_a_connection_that_is_reset_is_an_error_of_the_client(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.reset()
    with pytest.raises(aiohttp.ClientError):
        await trader.asks(binance.account("k1"))
    assert binance.calls[-1].status == 0


async def test_a_truncated_answer_is_an_error_of_the_client(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.truncated()
    with pytest.raises(aiohttp.ClientPayloadError):
        await trader.asks(binance.account("k1"))


async def test_garbage_claims_to_be_json(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.garbage()
    account = binance.account("k1")
    async with trader.session.get(binance.origin + RESTRICTIONS, headers={"X-MBX-APIKEY": account.api_key}) as reply:
        assert (reply.status, reply.content_type) == (200, "application/json")
        with pytest.raises(UnicodeDecodeError):
            await reply.json()


async def test_a_redirect_points_elsewhere(binance: BinanceSimulator, trader: Trader) -> None:
    binance.faults.redirect("http://127.0.0.1:9/catch")
    reply = await trader.asks(binance.account("k1"))
    assert (reply.status, reply.headers["Location"]) == (302, "http://127.0.0.1:9/catch")


@pytest.mark.parametrize("seconds", [30.0, -30.0])
async def test_an_exchange_whose_clock_is_off_refuses_the_right_time(
    binance: BinanceSimulator, trader: Trader, seconds: float
) -> None:
    account = binance.account("k1")
    binance.faults.clock_skew(seconds)
    assert (await trader.asks(account)).refusal[1] == -1021
    its_time = (await trader.sends("", "/api/v3/time")).json["serverTime"]
    assert abs(its_time / 1000 - time.time() - seconds) < 2
    assert (await trader.asks(account, at_ms=its_time)).status == 200
    binance.faults.clear()
    assert (await trader.asks(account)).status == 200


async def test_every_answer_tells_the_weight_used_in_the_minute(
    binance: BinanceSimulator, trader: Trader, clock: StillClock
) -> None:
    account = binance.account("k1")
    await trader.asks(account, "/api/v3/account")
    assert (await trader.asks(account, "/api/v3/account")).headers["X-MBX-USED-WEIGHT-1M"] == "40"
    assert (await trader.asks(account)).headers["X-SAPI-USED-IP-WEIGHT-1M"] == "1"
    assert (await trader.asks(account, "/fapi/v3/balance")).headers["X-MBX-USED-WEIGHT-1M"] == "5"
    assert binance.weight == {"api": 40, "sapi/v1/account/apiRestrictions": 1, "fapi": 5}
    binance.caller_ip = "203.0.113.7"
    assert binance.weight == {}
    binance.caller_ip = "127.0.0.1"
    clock.time += 60
    assert binance.weight == {}


async def test_an_address_that_asks_too_much_is_told_to_wait_and_then_banned(
    binance: BinanceSimulator, trader: Trader, clock: StillClock
) -> None:
    binance.enforce_limits = True
    clock.time += 15
    assert [(await trader.sends("", "/api/v3/exchangeInfo")).status for _ in range(300)] == [200] * 300
    over = await trader.sends("", "/api/v3/ping")
    assert (over.status, over.headers["Retry-After"], over.refusal[1]) == (429, "46", -1003)
    assert "current limit is 6000 request weight per 1 MINUTE" in over.refusal[2]
    assert (await trader.sends("", "/fapi/v1/ping")).status == 200, "another budget"
    ignored = [(await trader.sends("", "/api/v3/ping")).status for _ in range(10)]
    assert ignored == [429] * 9 + [418]
    banned = await trader.sends("", "/fapi/v1/ping")
    assert (banned.status, banned.headers["Retry-After"]) == (418, "121"), "a ban is for the address, not for a path"
    binance.caller_ip = "203.0.113.7"
    assert (await trader.sends("", "/api/v3/ping")).status == 200, "nor for anybody else"
    binance.caller_ip = "127.0.0.1"
    clock.time += 120
    assert (await trader.sends("", "/api/v3/ping")).status == 200


async def test_a_second_ban_lasts_longer(binance: BinanceSimulator, clock: StillClock) -> None:
    binance.enforce_limits = True
    bans = []
    for _ in range(2):
        while (refused := binance.limits.charge("api", 2000, "127.0.0.1")[1]) is None or refused.status == 429:
            pass
        bans.append(refused.retry_after)
        clock.time += refused.retry_after + 60
    assert bans == [120, 240]


async def test_weight_is_only_counted_until_limits_are_enforced(binance: BinanceSimulator, trader: Trader) -> None:
    binance.limits.charge("api", 100_000, "127.0.0.1")
    assert (await trader.sends("", "/api/v3/ping")).status == 200


async def test_the_page_sees_accounts_and_faults(binance: BinanceSimulator) -> None:
    account = binance.account("k1")
    account.restrict_ips(["203.0.113.8", "203.0.113.7"])
    binance.faults.hang()
    binance.faults.clock_skew(5)
    panel = binance.panel()
    assert (panel["origin"], panel["faults"]) == (binance.origin, ["hang", "clock_skew"])
    (shown,) = panel["accounts"]
    assert shown.pop("labels")["enableWithdrawals"] == "Enable Withdrawals"
    assert shown == {
        "name": "k1",
        "environment": "live",
        "api_key": account.api_key,
        "secret": account.secret,
        "uid": account.uid,
        "switches": account.permissions,
        "ips": ["203.0.113.7", "203.0.113.8"],
        "public_key": None,
        "takes_public_key": True,
        "takes_address": False,
        "passphrase": None,
        "ends": True,
        "expires_ms": None,
        "revoked": False,
        "suspended": False,
    }
    latency = next(item for item in panel["fault_menu"] if item["name"] == "latency")
    assert [each["name"] for each in latency["fields"]] == ["seconds", "jitter", "account", "path", "times"]


async def test_the_page_changes_accounts(binance: BinanceSimulator) -> None:
    made = await binance.control("accounts", {"name": "k1", "environment": "testnet"})
    account = binance.account("k1")
    assert (made["api_key"], made["environment"]) == (account.api_key, "testnet")
    changed = await binance.control("accounts/k1", {"set": {"enableWithdrawals": True}})
    assert changed["switches"]["enableWithdrawals"] is True
    assert (await binance.control("accounts/k1", {"ips": ["203.0.113.7"]}))["ips"] == ["203.0.113.7"]
    assert (await binance.control("accounts/k1", {"ips": None}))["ips"] is None
    for action, revoked, suspended in (
        ("revoke", True, False),
        ("suspend", True, True),
        ("restore", False, True),
        ("unsuspend", False, False),
    ):
        state = await binance.control("accounts/k1", {"action": action})
        assert (state["revoked"], state["suspended"]) == (revoked, suspended)
    assert (await binance.control("accounts/k1", {"action": "new_key"}))["name"] == "k1-2"


async def test_the_page_switches_every_fault_of_the_menu_on_and_off(binance: BinanceSimulator) -> None:
    for item in MENU:
        assert await binance.control("faults", {"name": item.name}) == {"faults": [item.name]}
        assert await binance.control("faults", {"clear": True}) == {"faults": []}
    await binance.control("faults", {"name": "down", "status": "502", "html": False, "for": "k1", "times": 1})
    (fault,) = binance.faults.active
    assert (fault.account, fault.times) == ("k1", 1)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("nothing", {}),
        ("accounts/k2", {"action": "revoke"}),
        ("accounts/k1", {"set": {"enableMagic": True}}),
        ("accounts/k1", {"action": "new_key_please"}),
        ("accounts", {"environment": "live"}),
        ("faults", {"name": "earthquake"}),
        ("faults", {"name": "latency", "minutes": 2}),
        ("faults", {"name": "latency", "seconds": "two"}),
        ("faults", {"name": "down", "html": "yes"}),
    ],
)
async def test_what_makes_no_sense_on_the_page_is_refused(
    binance: BinanceSimulator, path: str, body: dict[str, object]
) -> None:
    binance.account("k1")
    with pytest.raises((LookupError, ValueError)):
        await binance.control(path, body)
    assert binance.faults.names() == []


async def test_every_change_is_told_to_the_page(binance: BinanceSimulator, told: Told, trader: Trader) -> None:
    account = binance.account("k1")
    changes = (account.revoke, account.omit_flags, binance.faults.maintenance, binance.faults.clear)
    for change in changes:
        told.events.clear()
        change()
        assert told.events == [{"kind": "state", "exchange": "binance"}]
    told.events.clear()
    await trader.asks(account)
    assert told.events == [], "a request is no change"
