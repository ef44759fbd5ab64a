"""The detector that stands in front of every handler."""

import re
import time
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.secrets import SecretKind, find_secrets
from tests.unit.domain.ordinary_talk import ORDINARY
from tests.unit.domain.real_shaped_secrets import ALNUM, EXCHANGES, LANGUAGES, Draw, planted

SECRETS = tuple(planted())


def test_the_corpora_are_as_large_as_promised() -> None:
    assert (len(SECRETS) >= 400, len({secret.text for secret in SECRETS}) == len(SECRETS)) == (True, True)
    assert (len(ORDINARY) >= 350, len(set(ORDINARY)) == len(ORDINARY)) == (True, True)


def test_every_planted_secret_is_found_as_what_it_is() -> None:
    missed = [secret.name for secret in SECRETS if not secret.kinds <= find_secrets([secret.text])]
    assert missed == []


def test_ordinary_talk_raises_no_alarm() -> None:
    alarms = [text for text in ORDINARY if find_secrets([text])]
    assert alarms == []


def test_precision_and_recall_are_one_on_the_corpora() -> None:
    found = sum(bool(find_secrets([secret.text])) for secret in SECRETS)
    false_alarms = sum(bool(find_secrets([text])) for text in ORDINARY)
    assert (found / (found + false_alarms), found / len(SECRETS)) == (1.0, 1.0)


@pytest.mark.parametrize(("exchange", "recall"), [
    ("binance", 1.0), ("bybit", 0.98), ("okx", 1.0), ("kucoin", 1.0), ("kraken", 0.99), ("coinbase", 1.0),
    ("gate", 1.0),
    ("bitget", 1.0), ("mexc", 1.0), ("deribit", 0.97), ("htx", 1.0), ("bitmex", 0.98), ("phemex", 0.99),
    ("cryptocom", 1.0), ("gemini", 1.0), ("bingx", 1.0), ("woo", 0.95), ("hyperliquid", 1.0),
    ("krakenfutures", 0.99),
])  # fmt: skip
def test_a_pair_in_the_middle_of_talk_is_found(exchange: str, recall: float) -> None:
    # Without labels, and not alone: what is left is the look of the tokens. Measured over 400 pairs of each.
    draw = Draw(5)
    texts = [f"here you are {' '.join(EXCHANGES[exchange](draw))} ok?" for _ in range(400)]
    found = sum(bool(find_secrets([text])) for text in texts)
    assert found / 400 >= recall


def test_a_binance_secret_is_never_missed() -> None:
    draw = Draw(6)
    missed = [key for key in (draw.of(64) for _ in range(5000)) if not find_secrets([key])]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_eleven_words_are_a_phrase_only_where_one_is_spoken_of(language: str) -> None:
    words = " ".join(Draw(7).words(language, 11))
    assert find_secrets([words]) == frozenset()
    assert find_secrets([f"my seed phrase: {words}"]) == {SecretKind.SEED_PHRASE}


def test_a_phrase_spread_over_the_options_of_a_poll_is_found() -> None:
    assert find_secrets(["Which word?", *Draw(8).words("english", 12)]) == {SecretKind.SEED_PHRASE}


def test_a_key_in_any_text_of_an_update_is_found() -> None:
    key = Draw(9).of(64)
    assert find_secrets(["hello", "", "report.pdf", f"caption {key}"]) == {SecretKind.EXCHANGE_KEY}


def test_a_key_and_a_phrase_are_told_apart_and_both_told() -> None:
    draw = Draw(10)
    text = f"{draw.of(64)}\n{' '.join(draw.words('spanish', 24))}"
    assert find_secrets([text]) == {SecretKind.EXCHANGE_KEY, SecretKind.SEED_PHRASE}


def test_the_same_digits_are_a_secret_or_a_transaction_by_the_words_around_them() -> None:
    digits = Draw(11).hex(64)
    verdicts = {
        text: find_secrets([text.replace("…", digits)])
        for text in (
            "…",
            "secret …",
            "tx …",
            "… (txid)",
            "my wallet: …",
            "etherscan.io/tx/0x…",
            "0x…",
            "hash of my key …",
        )
    }
    assert verdicts == {
        "…": {SecretKind.EXCHANGE_KEY},
        "secret …": {SecretKind.EXCHANGE_KEY},
        "tx …": set(),
        "… (txid)": set(),
        "my wallet: …": {SecretKind.PRIVATE_KEY},
        "etherscan.io/tx/0x…": set(),
        "0x…": {SecretKind.PRIVATE_KEY},
        "hash of my key …": {SecretKind.EXCHANGE_KEY},
    }


def test_a_transaction_named_far_above_does_not_excuse_a_key() -> None:
    text = f"my transaction is fine. {'Lorem ipsum dolor sit amet. ' * 4}{Draw(12).hex(64)}"
    assert find_secrets([text]) == {SecretKind.EXCHANGE_KEY}


def test_nothing_written_is_no_secret() -> None:
    assert (find_secrets([]), find_secrets(["", "  \n"])) == (frozenset(), frozenset())


@given(st.lists(st.text(), max_size=4))
def test_no_text_makes_it_fail(texts: list[str]) -> None:
    assert find_secrets(texts) <= set(SecretKind)


@given(st.text(st.characters(categories=["Ll", "Zs", "Po"]), max_size=200))
def test_what_stands_around_a_key_on_other_lines_does_not_hide_it(talk: str) -> None:
    key = Draw(13).of(64)
    assert SecretKind.EXCHANGE_KEY in find_secrets([f"{talk}\n{key}\n{talk}"])


@given(st.integers(1, 63), st.sampled_from(["\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2066", "\ufe0f"]))
def test_an_invisible_character_does_not_hide_a_key(at: int, invisible: str) -> None:
    key = Draw(14).of(64)
    assert find_secrets([key[:at] + invisible + key[at:]]) == {SecretKind.EXCHANGE_KEY}


ADVERSARIAL = {
    "one letter": "a" * 4096,
    "two kinds": "A1" * 2048,
    "hosts": "a.b/" * 1024,
    "dots": "aaa." * 1024,
    "schemes": "a://" * 1024,
    "queries": "http://a.b/?" + "key=" * 1000,
    "users": "http://" + "a:" * 2000,
    "labels": "api key " * 512,
    "words of a phrase": "abandon " * 512,
    "words with gaps": "abandon zz " * 372,
    "pairs of words with gaps": "abandon ability zzz " * 200,
    "keys": f"{Draw(15).of(64)} " * 63,
    "short tokens": f"{Draw(16).of(17)} " * 227,
    "hex": "0123456789abcdef0123456789abcdef " * 124,
    "short hex": "507f1f77bcf86cd7 " * 240,
    "addresses": ("1" + "A" * 33 + " ") * 117,
    "arrays": "1, " * 1365,
    "brackets": "[1," * 1365,
    "token heads": "1234567890:" * 372,
    "passphrases": "passphrase: ab" * 290,
    "pem heads": "BEGIN " * 680,
    "extended heads": "xprv" * 1024,
    "lines": "Ab1Cd2\n" * 585,
    "line breaks": "\n" * 4096,
    "spaces": " " * 4096,
    "han": "的" * 4096,
    "zero-width": "ab\u200b" * 1365,
    "marks": "a\u0301" * 2048,
    "identifiers": "publicGetPublicApiMarketV1Ticker24hr " * 110,
}


def _seconds(text: str) -> float:
    def once() -> float:
        start = time.process_time()
        find_secrets([text])
        return time.process_time() - start

    return min(once() for _ in range(5))


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_no_message_takes_long(text: str) -> None:
    # 2 ms for any message on an idle machine; the allowance is for a busy one. Quadratic time would be 100 ms and more.
    assert _seconds(text[:4096]) < 0.010


@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL)
def test_time_grows_no_faster_than_the_text(text: str) -> None:
    small, large = _seconds(text * 2), _seconds(text * 16)
    assert large / max(small, 0.0005) < 8 * 2.5


@settings(max_examples=200)
@given(st.text(alphabet=ALNUM + " /:.-_=\n0123456789", max_size=4096))
def test_no_random_message_takes_long(text: str) -> None:
    start = time.process_time()
    find_secrets([text])
    assert time.process_time() - start < 0.050


def test_no_word_of_a_secret_is_in_what_it_answers() -> None:
    answer = repr(find_secrets(chain.from_iterable([secret.text] for secret in SECRETS)))
    assert re.findall(r"'(\w+)'", answer) == re.findall(r"'(exchange_key|private_key|seed_phrase)'", answer)
