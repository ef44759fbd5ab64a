"""Keys whose pair we made: who takes them, what ccxt makes of them, and what becomes of a PEM where none is wanted."""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.connection import Credential, Environment
from bot.domain.exchange import ExchangeProfile
from bot.domain.failures import ExchangeTrouble, Failure
from bot.domain.key_pairs import PairKind
from bot.domain.pasting import Field, PasteProblem, read_paste
from bot.exchanges import binance, bybit, hyperliquid, library
from bot.exchanges.client import ExchangeClient
from bot.exchanges.registry import ADAPTERS, adapter_of
from bot.sandbox.exchanges import ethereum
from bot.sandbox.exchanges.signature import signed_with_private_key
from bot.telegram.texts import LOCALES, Texts
from bot.vault import KeyPairMaker
from tests.agent_signatures import signer_of
from tests.unit.exchanges.test_client import StillClock

MAKER = KeyPairMaker(ethereum.address_of)
PAIRS = {kind: MAKER.make(kind) for kind in MAKER.kinds}
PEMS = sorted(MAKER.kinds - {PairKind.AGENT})
TAKING = [exchange for exchange in ADAPTERS if adapter_of(exchange).PROFILE.own_pairs]
HMAC_ONLY = [exchange for exchange in ADAPTERS if not adapter_of(exchange).PROFILE.shape.secret.pem]
"""Where no private key is ever pasted."""
NEVER_PEM = [exchange for exchange in HMAC_ONLY if not adapter_of(exchange).DIALECT.signs_with_pem]
LANGUAGES = sorted(path.name for path in LOCALES.iterdir())


def profile_of(exchange: str) -> ExchangeProfile:
    return adapter_of(exchange).PROFILE


def environments_of(exchange: str) -> set[Environment]:
    return {environment for worlds in profile_of(exchange).worlds.values() for environment in worlds}


# -------------------------------------------------------------------------------------------------------- the catalogue


def test_binance_and_hyperliquid_take_a_pair_everywhere_and_bybit_where_it_is_known() -> None:
    assert {"binance", "bybit", "hyperliquid"} <= set(TAKING)
    assert {PairKind.ED25519} == set(profile_of("binance").own_pairs.values())
    assert {Environment.LIVE, Environment.TESTNET} == set(profile_of("bybit").own_pairs)
    assert {PairKind.AGENT} == set(profile_of("hyperliquid").own_pairs.values())
    assert environments_of("hyperliquid") == set(profile_of("hyperliquid").own_pairs)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exchange", TAKING)
def test_where_one_that_takes_them_is_not_known_to_its_guide_says_why_none_is_offered(
    exchange: str, language: str
) -> None:
    say, profile = Texts().of(language), profile_of(exchange)
    for environment in environments_of(exchange):
        facts = {"environment": environment.value, "purpose": "trade", "boxes": "", "danger_boxes": "", "ip_count": 1}
        steps = "".join(say(f"guide-{exchange}-{step}", **facts) for step in range(1, profile.guide_steps + 1))

        assert ("Self-generated" in steps) == (environment not in profile.own_pairs)


@pytest.mark.parametrize("exchange", TAKING)
def test_what_is_offered_can_be_made_and_signed_with(exchange: str) -> None:
    offered = profile_of(exchange).own_pairs

    assert set(offered) <= environments_of(exchange)
    assert set(offered.values()) <= MAKER.kinds
    assert adapter_of(exchange).DIALECT.signs_with_pem != (PairKind.AGENT in offered.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exchange", ADAPTERS)
def test_the_steps_that_read_differently_are_written_and_no_others(exchange: str, language: str) -> None:
    guide = (Path(LOCALES) / language / f"guide-{exchange}.ftl").read_text()
    written = {int(number) for number in re.findall(rf"^guide-{exchange}-own-(\d+) =", guide, re.MULTILINE)}

    assert profile_of(exchange).own_steps == written
    assert written <= set(range(1, profile_of(exchange).guide_steps + 1))
    assert bool(written) == bool(profile_of(exchange).own_pairs)


# -------------------------------------------------------------------------------------------------------------- signing


def client(exchange: str, environment: Environment = Environment.LIVE) -> ExchangeClient:
    return ExchangeClient(adapter_of(exchange).DIALECT, environment, None, StillClock())


@pytest.mark.parametrize("environment", Environment)
def test_at_binance_ccxt_signs_with_ed25519(environment: Environment) -> None:
    pair = PAIRS[PairKind.ED25519]

    signed = client("binance", environment).sign(binance.SPOT_ACCOUNT, Credential("k" * 64, pair.private))

    query = urlsplit(signed.url).query
    payload, _, _ = query.rpartition("&signature=")
    (signature,) = parse_qs(query)["signature"]
    assert signed_with_private_key(payload.encode(), signature, pair.public)
    assert not signed_with_private_key(payload.encode() + b" ", signature, pair.public)


def test_at_bybit_ccxt_signs_with_rsa() -> None:
    pair = PAIRS[PairKind.RSA_2048]

    signed = client("bybit").sign(bybit.KEY_INFO, Credential("k" * 18, pair.private))

    headers = signed.headers or {}
    payload = f"{headers['X-BAPI-TIMESTAMP']}{'k' * 18}{headers['X-BAPI-RECV-WINDOW']}{urlsplit(signed.url).query}"
    assert signed_with_private_key(payload.encode(), headers["X-BAPI-SIGN"], pair.public)


_ORDER = {"a": 0, "b": True, "p": "100.5", "s": "0.1", "r": False, "t": {"limit": {"tif": "Gtc"}}}


@pytest.mark.parametrize("environment", [Environment.LIVE, Environment.TESTNET])
@pytest.mark.parametrize(
    "action", [{"type": "noop"}, {"type": "order", "orders": [_ORDER], "grouping": "na"}], ids=["noop", "order"]
)
def test_at_hyperliquid_what_ccxt_signs_leads_back_to_the_address_that_was_approved(
    environment: Environment, action: dict[str, object]
) -> None:
    """Nothing is sent: our probes sign nothing there. Other programs trade with the key, by the same library."""
    pair = KeyPairMaker(hyperliquid.address_of).make(PairKind.AGENT)
    trading = library.load("hyperliquid")({"privateKey": pair.private, "walletAddress": "0x" + "7" * 40})
    trading.set_sandbox_mode(environment is Environment.TESTNET)
    nonce = 1_764_000_000_123

    signature = trading.sign_l1_action(action, nonce)

    live = environment is Environment.LIVE
    assert pair.public == signer_of(action, nonce, signature, live=live)
    assert pair.public != signer_of(action, nonce + 1, signature, live=live)
    assert pair.public != signer_of(action, nonce, signature, live=not live)


def test_the_private_half_stays_in_the_client_for_the_length_of_a_signature() -> None:
    here = client("bybit")

    here.sign(bybit.KEY_INFO, Credential("k" * 18, PAIRS[PairKind.RSA_2048].private))

    assert ("", "", "") == (here._ccxt.apiKey, here._ccxt.secret, here._ccxt.password)
    assert not [name for name, value in vars(here._ccxt).items() if "PRIVATE KEY" in repr(value)]


def test_signing_with_rsa_does_not_prove_the_primes_each_time() -> None:
    """The proof takes 50 to 150 ms, in which nothing else runs."""
    library.load("bybit")
    pem = PAIRS[PairKind.RSA_2048].private
    here, credential = client("bybit"), Credential("k" * 18, pem)
    here.sign(bybit.KEY_INFO, credential)
    thorough: Callable[..., object] = sys.modules["ccxt.base.exchange"].load_pem_private_key.func

    def least(work: Callable[[], object]) -> float:
        took = []
        for _ in range(3):
            since = time.perf_counter()
            work()
            took.append(time.perf_counter() - since)
        return min(took)

    assert least(lambda: here.sign(bybit.KEY_INFO, credential)) < least(lambda: thorough(pem.encode(), None)) / 2


@pytest.mark.parametrize("exchange", NEVER_PEM)
@pytest.mark.parametrize("kind", PEMS)
def test_elsewhere_a_pem_is_refused_before_ccxt_would_use_its_text_as_a_secret(exchange: str, kind: PairKind) -> None:
    here = client(exchange)
    reading = next(value for value in vars(adapter_of(exchange)).values() if _is_signed_question(value))

    with pytest.raises(ExchangeTrouble) as refused:
        here.sign(reading, Credential("k" * 32, PAIRS[kind].private, "passphrase"))

    assert Failure.MALFORMED_CREDENTIAL is refused.value.trouble.failure


def _is_signed_question(value: object) -> bool:
    api = str(getattr(value, "api", ""))
    return hasattr(value, "bucket") and "public" not in api.lower()


# -------------------------------------------------------------------------------------------------------------- pasting

DRESSED: dict[str, Callable[[str], str]] = {
    "as it is": lambda pem: pem,
    "with carriage returns": lambda pem: pem.replace("\n", "\r\n"),
    "in one line": lambda pem: pem.replace("\n", " "),
    "with the line ends spelled out": lambda pem: pem.replace("\n", "\\n"),
    "its body alone": lambda pem: re.sub(r"-----[^-]+-----", "", pem).strip(),
    "with longer dashes": lambda pem: pem.replace("--", "—"),
}


@pytest.mark.parametrize("exchange", HMAC_ONLY)
@pytest.mark.parametrize("dress", DRESSED)
@pytest.mark.parametrize("kind", PEMS)
def test_a_pem_pasted_for_a_secret_is_told_and_nothing_of_it_is_taken(
    exchange: str, dress: str, kind: PairKind
) -> None:
    shape = profile_of(exchange).shape
    pem = DRESSED[dress](PAIRS[kind].private)

    reading = read_paste(pem, shape, Field.SECRET, {Field.API_KEY: "k" * 64})

    assert PasteProblem.PEM_WHERE_HMAC_EXPECTED is reading.problem
    assert {Field.API_KEY} == set(reading.found)
