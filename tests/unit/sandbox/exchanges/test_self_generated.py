"""A self-generated key in the sandbox: what a person does with a public key on the exchange's key page."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.domain.key_pairs import PairKind
from bot.sandbox.clock import SandboxClock
from bot.sandbox.events import EventLog
from bot.sandbox.exchanges.catalogue import SIMULATORS
from bot.sandbox.exchanges.venue import Venue
from bot.vault import KeyPairMaker

ED25519, RSA = (KeyPairMaker().make(kind) for kind in (PairKind.ED25519, PairKind.RSA_2048))
WALLET_KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"
AGENT = "0x2c7536e3605d9c16a7a3d7b1898e529396a65c23"
"""A private key and its address as the documentation of web3.js prints them."""


def venue(exchange: str) -> Venue:
    made = SIMULATORS[exchange](SandboxClock(), EventLog())
    made.account("k1")
    return made


async def register(exchange: Venue, pem: str) -> dict[str, Any]:
    """As the page does."""
    return await exchange.control("accounts/k1", {"public_key": pem})


def pem_of(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.parametrize(
    ("exchange", "pem"), [("binance", ED25519.public), ("binance", RSA.public), ("bybit", RSA.public)]
)
async def test_a_public_key_goes_in_and_an_api_key_comes_out(exchange: str, pem: str) -> None:
    here = venue(exchange)

    made = await register(here, f"  {pem}\r\n")

    first = here.accounts.named("k1")
    assert ("k1-2", first.uid) == (made["name"], made["uid"])
    assert made["api_key"] not in (None, "", first.api_key)
    assert made["secret"] is None
    assert made["public_key"] == pem
    assert first.public_key is None


@pytest.mark.parametrize(
    ("exchange", "pem", "wanted"),
    [
        ("bybit", ED25519.public, "paste RSA in PEM format"),
        ("bybit", "MIIBIjANBgkqh", "paste RSA in PEM format"),
        ("binance", "", "paste Ed25519 or RSA"),
        ("binance", ED25519.private, "paste Ed25519 or RSA"),
        ("binance", pem_of(ec.generate_private_key(ec.SECP256R1())), "paste Ed25519 or RSA"),
        ("binance", pem_of(rsa.generate_private_key(65537, 1024)), "paste Ed25519 or RSA"),  # noqa: S505 - it is refused
        ("hyperliquid", RSA.public, "paste the address of the API wallet"),
        ("hyperliquid", WALLET_KEY, "paste the address of the API wallet"),
        ("okx", RSA.public, "makes its keys itself"),
    ],
)
async def test_anything_else_is_refused(exchange: str, pem: str, wanted: str) -> None:
    here = venue(exchange)

    with pytest.raises(ValueError, match=wanted):
        await register(here, pem)

    assert ["k1"] == [account.name for account in here.accounts]


async def test_at_hyperliquid_an_address_goes_in_and_is_an_agent_of_the_account() -> None:
    here = venue("hyperliquid")

    made = await register(here, f" {AGENT.upper().replace('X', 'x')} ")

    first = here.accounts.named("k1")
    assert ("k1-2", first.uid, first.api_key) == (made["name"], made["uid"], made["api_key"])
    assert (None, AGENT) == (made["secret"], made["public_key"])


@pytest.mark.parametrize("again", [AGENT, AGENT.upper().replace("X", "x")])
async def test_an_address_is_approved_once_and_never_that_of_an_account(again: str) -> None:
    here = venue("hyperliquid")
    await register(here, AGENT)
    here.accounts.named("k1-2").revoke()

    for address in (again, here.accounts.named("k1").api_key):
        with pytest.raises(ValueError, match="used already"):
            await register(here, address)


async def test_the_page_offers_it_where_it_can_be_had() -> None:
    exchanges = ("binance", "bybit", "hyperliquid", "okx")
    accounts = {each: venue(each).panel()["accounts"][0] for each in exchanges}

    assert {"binance", "bybit", "hyperliquid"} == {each for each in exchanges if accounts[each]["takes_public_key"]}
    assert {"hyperliquid"} == {each for each in exchanges if accounts[each]["takes_address"]}
