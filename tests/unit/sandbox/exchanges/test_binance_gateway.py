"""What the simulated Binance checks of every request, and what it says when it refuses."""

import base64
import time
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.sandbox.exchanges.binance import BinanceSimulator
from tests.unit.sandbox.exchanges.trader import RESTRICTIONS, StillClock, Trader

VAGUE = "Invalid API-key, IP, or permissions for action."


async def test_a_good_key_with_a_good_signature_is_answered(binance: BinanceSimulator, trader: Trader) -> None:
    reply = await trader.asks(binance.account("k1"))
    assert (reply.status, reply.json["enableReading"]) == (200, True)
    assert reply.headers["Content-Type"] == "application/json;charset=UTF-8"


@pytest.mark.parametrize("key", [None, "short", "x" * 63 + "-", "x" * 65, "x" * 63 + "ы"])
async def test_a_key_that_cannot_be_one_is_told_so(trader: Trader, key: str | None) -> None:
    reply = await trader.sends("timestamp=1&signature=ab", RESTRICTIONS, key=key)
    assert reply.refusal == (401, -2014, "API-key format invalid.")


async def test_a_wrong_secret_is_a_wrong_signature_everywhere(binance: BinanceSimulator, trader: Trader) -> None:
    for path in (RESTRICTIONS, "/api/v3/account", "/fapi/v1/accountConfig"):
        reply = await trader.asks(binance.account("k1"), path, secret="z" * 64)
        assert reply.refusal == (400, -1022, "Signature for this request is not valid.")


async def test_an_old_secret_stops_signing_when_another_is_made(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    old = account.secret
    account.rotate_secret()
    assert (await trader.asks(account, secret=old)).refusal[1] == -1022
    assert (await trader.asks(account)).status == 200


async def test_the_signature_covers_the_bytes_as_they_were_sent(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    stamp = int(time.time() * 1000)
    good = await trader.asks(account, form={"recvWindow": 5000}, at_ms=stamp)
    assert good.status == 200
    tampered = await trader.asks(account, form={"recvWindow": 5000}, at_ms=stamp, signature="0" * 64)
    assert tampered.refusal[1] == -1022


async def test_the_documented_example_of_a_signature_is_accepted(clock: StillClock) -> None:
    # rest-api.md, "SIGNED Endpoint Examples": with the query and the body mixed there is no & between the two.
    from bot.sandbox.exchanges.signature import signed_with_secret  # noqa: PLC0415 - the one test that needs it

    secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j"
    query = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC"
    body = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"
    for payload, signature in (
        (f"{query}&{body}", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71"),
        (f"{query}{body}", "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77"),
    ):
        assert signed_with_secret(payload.encode(), signature.upper(), secret)
        assert not signed_with_secret(payload.encode() + b" ", signature, secret)


async def test_a_self_generated_ed25519_key_signs_in_base64(binance: BinanceSimulator, trader: Trader) -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    account = binance.account("k1")
    account.use_public_key(_pem(private.public_key()))
    payload = f"timestamp={int(time.time() * 1000)}"
    signature = quote(base64.b64encode(private.sign(payload.encode())), safe="")
    good = await trader.sends(f"{payload}&signature={signature}", RESTRICTIONS, key=account.api_key)
    assert good.status == 200
    bad = await trader.sends(f"recvWindow=5000&{payload}&signature={signature}", RESTRICTIONS, key=account.api_key)
    assert bad.refusal[1] == -1022
    assert (await trader.asks(account)).refusal[1] == -1022, "the old secret must not open it any more"


async def test_a_self_generated_rsa_key_signs_with_pkcs1(binance: BinanceSimulator, trader: Trader) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    account = binance.account("k1")
    account.use_public_key(_pem(private.public_key()))
    payload = f"timestamp={int(time.time() * 1000)}"
    signature = quote(base64.b64encode(private.sign(payload.encode(), padding.PKCS1v15(), SHA256())), safe="")
    good = await trader.sends(f"{payload}&signature={signature}", RESTRICTIONS, key=account.api_key)
    assert good.status == 200
    for forged in ("notbase64!", quote(base64.b64encode(b"x" * 256), safe="")):
        bad = await trader.sends(f"{payload}&signature={forged}", RESTRICTIONS, key=account.api_key)
        assert bad.refusal[1] == -1022


def _pem(key: ed25519.Ed25519PublicKey | rsa.RSAPublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize(
    ("early_ms", "sentence"),
    [
        (5_500, "Timestamp for this request is outside of the recvWindow."),
        (-1_500, "Timestamp for this request was 1000ms ahead of the server's time."),
    ],
)
async def test_a_request_from_another_time_is_refused(
    binance: BinanceSimulator, trader: Trader, early_ms: int, sentence: str
) -> None:
    reply = await trader.asks(binance.account("k1"), at_ms=int(time.time() * 1000) - early_ms)
    assert (400, -1021, sentence) == reply.refusal


async def test_a_wider_window_forgives_a_late_request_but_not_more_than_a_minute(
    binance: BinanceSimulator, trader: Trader
) -> None:
    account = binance.account("k1")
    late = int(time.time() * 1000) - 20_000
    assert (await trader.asks(account, form={"recvWindow": 30_000}, at_ms=late)).status == 200
    reply = await trader.asks(account, form={"recvWindow": 60_001}, at_ms=late)
    assert reply.refusal == (400, -1131, "recvWindow must be less than 60000")


async def test_moving_the_sandbox_clock_makes_no_request_stale(
    binance: BinanceSimulator, trader: Trader, clock: StillClock
) -> None:
    clock.time += 50 * 3600
    assert (await trader.asks(binance.account("k1"))).status == 200


@pytest.mark.parametrize(
    ("payload", "code", "sentence"),
    [
        ("", -1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed."),
        ("signature=ab", -1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."),
        (
            "timestamp=&signature=ab",
            -1102,
            "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
        ),
        (
            "timestamp=now&signature=ab",
            -1100,
            "Illegal characters found in parameter 'timestamp'; legal range is '^[0-9]{1,20}$'.",
        ),
        ("timestamp=1&timestamp=2&signature=ab", -1101, "Duplicate values for parameter 'timestamp' detected."),
        (
            "timestamp=1&signature=ab&symbol=BTCUSDT",
            -1104,
            "Not all sent parameters were read; read '2' parameter(s) but was sent '3'.",
        ),
        (
            "timestamp=1&recvWindow=5&signature=ab&symbol=BTCUSDT",
            -1101,
            "Too many parameters; expected '3' and received '4'.",
        ),
    ],
)
async def test_parameters_are_read_strictly(
    binance: BinanceSimulator, trader: Trader, payload: str, code: int, sentence: str
) -> None:
    reply = await trader.sends(payload, RESTRICTIONS, key=binance.account("k1").api_key)
    assert (400, code, sentence) == reply.refusal


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        (RESTRICTIONS, (400, -2008, "Invalid Api-Key ID.")),
        ("/api/v3/account", (401, -2015, VAGUE)),
        ("/fapi/v1/accountConfig", (401, -2015, f"{VAGUE[:-1]}, request ip: 127.0.0.1")),
    ],
)
async def test_a_revoked_key_is_a_stranger_until_it_is_restored(
    binance: BinanceSimulator, trader: Trader, path: str, refusal: tuple[int, int, str]
) -> None:
    account = binance.account("k1")
    assert (await trader.asks(account, path)).status == 200
    account.revoke()
    assert refusal == (await trader.asks(account, path)).refusal
    account.restore()
    assert (await trader.asks(account, path)).status == 200


async def test_sapi_can_be_made_as_vague_about_strangers_as_the_rest(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.revoke()
    binance.tells_unknown_keys = False
    assert (await trader.asks(account)).refusal == (401, -2015, VAGUE)


@pytest.mark.parametrize("environment", ["testnet", "demo"])
async def test_a_practice_key_works_where_practice_has_an_endpoint(
    binance: BinanceSimulator, trader: Trader, environment: str
) -> None:
    account = binance.account("k1", environment)
    assert (await trader.asks(account)).refusal[1] == -2008, "only live has /sapi, and it does not know this key"
    assert (await trader.asks(account, "/api/v3/account")).status == 200
    assert (await trader.asks(account, "/fapi/v3/balance")).status == 200


async def test_an_ip_list_lets_only_its_addresses_in(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    account.restrict_ips(["203.0.113.7", "203.0.113.8"])
    assert (await trader.asks(account)).refusal == (401, -2015, VAGUE)
    fapi = await trader.asks(account, "/fapi/v3/balance")
    assert f"{VAGUE[:-1]}, request ip: 127.0.0.1" == fapi.refusal[2]
    binance.caller_ip = "203.0.113.8"
    assert (await trader.asks(account)).json["ipRestrict"] is True
    binance.caller_ip = "127.0.0.1"
    account.unrestricted()
    assert (await trader.asks(account)).json["ipRestrict"] is False


async def test_suspending_a_holder_stops_every_key_they_have(binance: BinanceSimulator, trader: Trader) -> None:
    first = binance.account("k1")
    second = first.new_key()
    second.suspend()
    for account in (first, second):
        assert (await trader.asks(account)).refusal == (400, -3022, "You account's trading is banned.")
    first.unsuspend()
    assert (await trader.asks(second)).status == 200


async def test_a_path_that_does_not_exist_is_a_page_not_found(trader: Trader) -> None:
    reply = await trader.sends("", "/sapi/v1/account/nothing")
    assert (reply.status, reply.headers["Content-Type"], "404 Not Found" in reply.text) == (404, "text/html", True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v3/order"),
        ("DELETE", "/api/v3/order"),
        ("POST", "/fapi/v1/order"),
        ("POST", "/sapi/v1/capital/withdraw/apply"),
        ("POST", "/sapi/v1/asset/transfer"),
        ("POST", "/sapi/v1/sub-account/subAccountApi/ipRestriction"),
        ("PUT", "/something/else"),
    ],
)
async def test_whatever_would_change_something_is_recorded_and_refused(
    binance: BinanceSimulator, trader: Trader, method: str, path: str
) -> None:
    account = binance.account("k1")
    account.allow("enableWithdrawals", "permitsUniversalTransfer")
    before = {wallet: dict(assets) for wallet, assets in account.balances.items()}
    reply = await trader.asks(account, path, {"coin": "BTC", "amount": "0.1", "address": "bc1q"}, method=method)
    assert reply.status in {401, 404}
    assert [(method, path, account.api_key[-4:])] == [(m.method, m.path, m.key_tail) for m in binance.mutations]
    assert before == account.balances


async def test_reading_and_testing_an_order_is_no_mutation(binance: BinanceSimulator, trader: Trader) -> None:
    account = binance.account("k1")
    await trader.asks(account)
    await trader.asks(account, "/api/v3/order/test", {"symbol": "BTCUSDT", "side": "BUY"})
    assert binance.mutations == []
    assert [
        ("GET", RESTRICTIONS, account.api_key[-4:], 200, binance.calls[0].at),
        ("POST", "/api/v3/order/test", account.api_key[-4:], 400, binance.calls[1].at),
    ] == list(binance.calls)
