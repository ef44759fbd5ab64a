"""Reading what people paste when asked for a credential."""

# ruff: noqa: RUF001  -- people write in their own letters

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pasting import CredentialShape, Field, FieldShape, PasteProblem, Reading, read_paste
from tests.unit.domain.real_shaped_secrets import ALNUM, Draw, full_width, wrapped

BINANCE = CredentialShape(FieldShape.of("[A-Za-z0-9]", 64), FieldShape.of("[A-Za-z0-9]", 64))
BYBIT = CredentialShape(FieldShape.of("[A-Za-z0-9]", 18), FieldShape.of("[A-Za-z0-9]", 36))
DERIBIT = CredentialShape(FieldShape.between("[A-Za-z0-9_-]", 8, 12), FieldShape.of("[A-Za-z0-9_-]", 32, 43))
OKX = CredentialShape(
    FieldShape(re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), re.compile("[0-9a-f-]"), (36,)),
    FieldShape.of("[0-9A-F]", 32),
    FieldShape.between(r"\S", 1, 64),
)

draw = Draw(21)
KEY, SECRET, OTHER = draw.of(64), draw.of(64), draw.of(64)
BYBIT_KEY, BYBIT_SECRET = draw.of(18), draw.of(36)
DERIBIT_KEY, DERIBIT_SECRET = draw.of(8), draw.base64url(32)
OKX_KEY, OKX_SECRET = draw.uuid(), draw.hex(32).upper()
BOTH = {Field.API_KEY: KEY, Field.SECRET: SECRET}
ONLY_KEY = {Field.API_KEY: KEY}


def read(text: str, expecting: Field = Field.API_KEY, have: dict[Field, str] | None = None) -> Reading:
    return read_paste(text, BINANCE, expecting, have or {})


ONE_KEY = {
    "bare": KEY,
    "spaces": f"   {KEY} \t ",
    "no-break spaces": f"\u00a0{KEY}\u00a0",
    "double quotes": f'"{KEY}"',
    "typographic quotes": f"“{KEY}”",
    "german quotes": f"„{KEY}“",
    "guillemets": f"«{KEY}»",
    "backticks": f"`{KEY}`",
    "code block": f"```\n{KEY}\n```",
    "bold": f"**{KEY}**",
    "trailing period": f"{KEY}.",
    "trailing comma": f"{KEY},",
    "byte order mark": f"\ufeff{KEY}",
    "zero-width within": f"{KEY[:9]}\u200b{KEY[9:30]}\u200d{KEY[30:]}",
    "bidi marks": f"\u202a{KEY}\u202c",
    "soft hyphens": f"{KEY[:32]}\u00ad{KEY[32:]}",
    "full width": full_width(KEY),
    "two lines": wrapped(KEY, 40),
    "four lines": wrapped(KEY, 16),
    "windows lines": wrapped(KEY, 32).replace("\n", "\r\n"),
    "english label": f"API Key: {KEY}",
    "label above": f"API Key\n{KEY}",
    "label with a note": f"API Key (HMAC): {KEY}",
    "assignment": f"api_key = '{KEY}'",
    "environment": f"BINANCE_API_KEY={KEY}",
    "polish": f"Klucz API: {KEY}",
    "german": f"API-Schlüssel: {KEY}",
    "spanish": f"Clave API: {KEY}",
    "russian": f"API-ключ: {KEY}",
    "chinese": f"API密钥：{KEY}",
    "talk": f"here is my key: {KEY} thanks!",
    "talk without a label": f"ok, {KEY}, done",
}


@pytest.mark.parametrize("text", ONE_KEY.values(), ids=ONE_KEY)
def test_a_key_is_read_however_it_was_pasted(text: str) -> None:
    assert read(text) == Reading(ONLY_KEY)


KEY_AND_SECRET = {
    "two lines": f"{KEY}\n{SECRET}",
    "blank line between": f"{KEY}\n\n{SECRET}",
    "space": f"{KEY} {SECRET}",
    "tab": f"{KEY}\t{SECRET}",
    "comma": f"{KEY},{SECRET}",
    "semicolon": f"{KEY}; {SECRET}",
    "colon": f"{KEY}:{SECRET}",
    "bar": f"{KEY} | {SECRET}",
    "both wrapped": f"{wrapped(KEY, 40)}\n{wrapped(SECRET, 40)}",
    "labels on one line": f"API Key: {KEY} Secret: {SECRET}",
    "labels on two lines": f"API Key: {KEY}\nSecret Key: {SECRET}",
    "labels above": f"API Key\n{KEY}\nSecret Key\n{SECRET}",
    "secret first": f"Secret Key: {SECRET}\nAPI Key: {KEY}",
    "only the secret labelled": f"{KEY}\nsecret: {SECRET}",
    "labelled and wrapped": f"API Key:\n{wrapped(KEY, 20)}\nSecret:\n{wrapped(SECRET, 20)}",
    "json": f'{{"apiKey": "{KEY}", "secret": "{SECRET}"}}',
    "json, secret first": f'{{"secret":"{SECRET}","apiKey":"{KEY}"}}',
    "python": f"exchange = ccxt.binance({{'apiKey': '{KEY}', 'secret': '{SECRET}'}})",
    "environment": f"export BINANCE_API_KEY={KEY}\nexport BINANCE_API_SECRET={SECRET}",
    "query": f"api_key={KEY}&secret={SECRET}",
    "polish": f"Klucz API: {KEY}\nTajny klucz: {SECRET}",
    "german": f"API-Schlüssel: {KEY}\nGeheimer Schlüssel: {SECRET}",
    "spanish": f"Clave API: {KEY}\nClave secreta: {SECRET}",
    "russian": f"API-ключ: {KEY}\nСекретный ключ: {SECRET}",
    "chinese": f"API密钥：{KEY}\n密钥：{SECRET}",
    "bullets": f"• Key: {KEY}\n• Secret: {SECRET}",
    "greeting": f"Hi! {KEY} {SECRET} Thanks a lot",
}


@pytest.mark.parametrize("text", KEY_AND_SECRET.values(), ids=KEY_AND_SECRET)
def test_key_and_secret_are_read_from_one_message(text: str) -> None:
    assert read(text) == Reading(BOTH)


def test_the_secret_is_read_when_the_key_is_known() -> None:
    assert read(SECRET, Field.SECRET, ONLY_KEY) == Reading(BOTH)


def test_the_key_pasted_again_with_its_secret_is_no_trouble() -> None:
    assert read(f"{KEY}\n{SECRET}", Field.SECRET, ONLY_KEY) == Reading(BOTH)


def test_a_labelled_pair_replaces_the_key_known_before() -> None:
    answer = read(f"API Key: {OTHER} Secret: {SECRET}", Field.SECRET, ONLY_KEY)
    assert answer == Reading({Field.API_KEY: OTHER, Field.SECRET: SECRET})


PROBLEMS = {
    "": (PasteProblem.EMPTY, None, None),
    " \u200b\ufeff ": (PasteProblem.EMPTY, None, None),
    "…": (PasteProblem.EMPTY, None, None),
    "/start": (PasteProblem.LOOKS_LIKE_COMMAND, None, None),
    "/cancel@latchkey_bot now": (PasteProblem.LOOKS_LIKE_COMMAND, None, None),
    "https://www.binance.com/en/my/settings/api-management": (PasteProblem.URL, None, None),
    "www.binance.com": (PasteProblem.URL, None, None),
    "API Key:": (PasteProblem.LOOKS_LIKE_LABEL_ONLY, None, None),
    "Klucz API": (PasteProblem.LOOKS_LIKE_LABEL_ONLY, None, None),
    "hello": (PasteProblem.TOO_SHORT, 64, 5),
    KEY[:-1]: (PasteProblem.TOO_SHORT, 64, 63),
    wrapped(KEY[:60], 30): (PasteProblem.TOO_SHORT, 64, 60),
    KEY + "a": (PasteProblem.TOO_LONG, 64, 65),
    KEY[:-1] + "ж": (PasteProblem.WRONG_CHARACTERS, None, None),
    KEY[:20] + "…" + KEY[-4:]: (PasteProblem.WRONG_CHARACTERS, None, None),
    "what should I do now?": (PasteProblem.WRONG_CHARACTERS, None, None),
    " ".join(draw.words("english", 12)): (PasteProblem.SEED_PHRASE, None, None),
    f"123456789:{draw.of(35)}": (PasteProblem.TELEGRAM_TOKEN, None, None),
    f"0x{draw.hex(40)}": (PasteProblem.WALLET_ADDRESS, None, None),
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa": (PasteProblem.WALLET_ADDRESS, None, None),
    f"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI{draw.of(43)}\n-----END PRIVATE KEY-----": (
        PasteProblem.PEM_WHERE_HMAC_EXPECTED,
        None,
        None,
    ),
    "MC4CAQAwBQYDK2VwBCIEI" + draw.of(43): (PasteProblem.PEM_WHERE_HMAC_EXPECTED, None, None),
    f"{KEY}\n{SECRET}\n{OTHER}": (PasteProblem.SEVERAL_CANDIDATES, None, None),
    f"API Key: {KEY}\nAPI Key: {OTHER}": (PasteProblem.SEVERAL_CANDIDATES, None, None),
}


@pytest.mark.parametrize(("text", "expected"), PROBLEMS.items(), ids=[text[:24] for text in PROBLEMS])
def test_a_paste_that_is_no_key_is_explained(text: str, expected: tuple[PasteProblem, int | None, int | None]) -> None:
    answer = read(text)
    assert (answer.problem, answer.expected_length, answer.got_length) == expected
    assert answer.found == {}


@pytest.mark.parametrize("text", [text for text in PROBLEMS if OTHER not in text])
def test_no_problem_loses_what_was_known_before(text: str) -> None:
    answer = read(text, Field.SECRET, {Field.API_KEY: OTHER})
    assert (answer.problem is not None, answer.found) == (True, {Field.API_KEY: OTHER})


def test_two_other_values_where_one_secret_was_asked_for_are_not_guessed_at() -> None:
    answer = read(f"{SECRET}\n{OTHER}", Field.SECRET, ONLY_KEY)
    assert answer == Reading(ONLY_KEY, PasteProblem.SEVERAL_CANDIDATES, Field.SECRET)


@pytest.mark.parametrize("text", [KEY, f"Secret: {KEY}", f"API Key: {KEY} Secret: {KEY}"])
def test_the_key_sent_for_the_secret_is_noticed(text: str) -> None:
    answer = read(text, Field.SECRET, ONLY_KEY)
    assert answer == Reading(ONLY_KEY, PasteProblem.KEY_EQUALS_SECRET, Field.SECRET)


def test_the_same_value_twice_is_kept_as_the_key_only() -> None:
    assert read(f"{KEY}\n{KEY}") == Reading(ONLY_KEY, PasteProblem.KEY_EQUALS_SECRET, Field.SECRET)


@pytest.mark.parametrize("text", [f"{KEY}\n{SECRET[:-1]}", f"API Key: {KEY} Secret: {SECRET[:-1]}"])
def test_a_good_key_is_kept_where_its_secret_was_cut(text: str) -> None:
    assert read(text) == Reading(ONLY_KEY, PasteProblem.TOO_SHORT, Field.SECRET, 64, 63)


def test_a_good_key_is_kept_where_its_secret_is_a_pem() -> None:
    answer = read(f"{KEY}\n-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----")
    assert answer == Reading(ONLY_KEY, PasteProblem.PEM_WHERE_HMAC_EXPECTED, Field.SECRET)


# ---------------------------------------------------------------------------------- where key and secret look different


def test_either_order_is_understood_where_the_shapes_differ() -> None:
    expected = Reading({Field.API_KEY: BYBIT_KEY, Field.SECRET: BYBIT_SECRET})
    assert read_paste(f"{BYBIT_KEY} {BYBIT_SECRET}", BYBIT, Field.API_KEY, {}) == expected
    assert read_paste(f"{BYBIT_SECRET}\n{BYBIT_KEY}", BYBIT, Field.API_KEY, {}) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{DERIBIT_KEY}\n{DERIBIT_SECRET}",
        f"Client ID: {DERIBIT_KEY}\nClient Secret: {DERIBIT_SECRET}",
        f"Client Id\n{DERIBIT_KEY}\nClient Secret\n{DERIBIT_SECRET}",
        f"client_id={DERIBIT_KEY}&client_secret={DERIBIT_SECRET}",
        f"here is my key {DERIBIT_KEY} and it goes with {DERIBIT_SECRET}",
        f"{DERIBIT_KEY}\n{wrapped(DERIBIT_SECRET, 20)}",
    ],
)
def test_a_key_as_short_as_a_word_is_told_from_the_words_around_it(text: str) -> None:
    both = {Field.API_KEY: DERIBIT_KEY, Field.SECRET: DERIBIT_SECRET}
    assert read_paste(text, DERIBIT, Field.API_KEY, {}) == Reading(both)


def test_a_secret_sent_for_the_key_is_noticed() -> None:
    for text in (BYBIT_SECRET, f"API Key: {BYBIT_SECRET}"):
        answer = read_paste(text, BYBIT, Field.API_KEY, {})
        assert answer == Reading({}, PasteProblem.LOOKS_LIKE_SECRET_NOT_KEY, Field.API_KEY)


def test_another_key_sent_for_the_secret_is_noticed() -> None:
    have = {Field.API_KEY: BYBIT_KEY}
    answer = read_paste(draw.of(18), BYBIT, Field.SECRET, have)
    assert answer == Reading(have, PasteProblem.LOOKS_LIKE_KEY_NOT_SECRET, Field.SECRET)


# -------------------------------------------------------------------------------------------------- with a passphrase

ALL_THREE = {Field.API_KEY: OKX_KEY, Field.SECRET: OKX_SECRET, Field.PASSPHRASE: "My:Pa;ss,1!"}


@pytest.mark.parametrize(
    "text",
    [
        f"{OKX_KEY}\n{OKX_SECRET}\nMy:Pa;ss,1!",
        f'apikey = "{OKX_KEY}"\nsecretkey = "{OKX_SECRET}"\nIP = ""\nPassphrase = "My:Pa;ss,1!"',
        f'{{"apiKey":"{OKX_KEY}","secret":"{OKX_SECRET}","password":"My:Pa;ss,1!"}}',
        f"{OKX_KEY}:{OKX_SECRET}:My:Pa;ss,1!",
    ],
)
def test_key_secret_and_passphrase_are_read_from_one_message(text: str) -> None:
    assert read_paste(text, OKX, Field.API_KEY, {}) == Reading(ALL_THREE)


def test_secret_and_passphrase_come_together_joined_by_a_colon() -> None:
    answer = read_paste(f"{OKX_SECRET}:My:Pa;ss,1!", OKX, Field.SECRET, {Field.API_KEY: OKX_KEY})
    assert answer == Reading(ALL_THREE)


@pytest.mark.parametrize("text", ["My:Pa;ss,1!", " My:Pa;ss,1!\n", '"My:Pa;ss,1!"', "Passphrase: My:Pa;ss,1!"])
def test_a_passphrase_keeps_every_character_its_author_chose(text: str) -> None:
    have = {Field.API_KEY: OKX_KEY, Field.SECRET: OKX_SECRET}
    assert read_paste(text, OKX, Field.PASSPHRASE, have) == Reading(ALL_THREE)


def test_the_secret_sent_for_the_passphrase_is_noticed() -> None:
    have = {Field.API_KEY: OKX_KEY, Field.SECRET: OKX_SECRET}
    answer = read_paste(OKX_SECRET, OKX, Field.PASSPHRASE, have)
    assert (answer.found, answer.problem) == (have, PasteProblem.KEY_EQUALS_SECRET)


# ------------------------------------------------------------------------------------------- an address and its agent

HEXADECIMAL = re.compile("[0-9a-fA-FxX]")
CHAIN = CredentialShape(
    FieldShape(re.compile("0[xX][0-9a-fA-F]{40}"), HEXADECIMAL, (42,), is_address=True, is_hex=True),
    FieldShape(re.compile("(?:0[xX])?[0-9a-fA-F]{64}"), HEXADECIMAL, (64, 66), is_hex=True),
)
ADDRESS, AGENT = f"0x{draw.hex(40)}", f"0x{draw.hex(64)}"
ADDRESS_AND_AGENT = {Field.API_KEY: ADDRESS, Field.SECRET: AGENT}


@pytest.mark.parametrize(
    "text",
    [
        f"{ADDRESS}\n{AGENT}",
        f"{AGENT} {ADDRESS}",
        f"{ADDRESS.upper()} {AGENT[2:].upper()}",
        f"Wallet address: {ADDRESS}\nPrivate key: {AGENT}",
        f"Adres: {ADDRESS}\nKlucz prywatny: {AGENT}",
        f"{ADDRESS}:{AGENT}",
        f'{{"walletAddress": "{ADDRESS}", "privateKey": "{AGENT}"}}',
    ],
)
def test_an_address_is_read_where_one_is_wanted_and_numbers_are_kept_in_one_form(text: str) -> None:
    assert read_paste(text, CHAIN, Field.API_KEY, {}) == Reading(ADDRESS_AND_AGENT)


@pytest.mark.parametrize(
    ("text", "expecting", "problem"),
    [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Field.API_KEY, PasteProblem.WRONG_CHARACTERS),
        (ADDRESS[:-1], Field.API_KEY, PasteProblem.TOO_SHORT),
        (AGENT, Field.API_KEY, PasteProblem.LOOKS_LIKE_SECRET_NOT_KEY),
        (f"0x{draw.hex(40)}", Field.SECRET, PasteProblem.WALLET_ADDRESS),
        (ADDRESS, Field.SECRET, PasteProblem.KEY_EQUALS_SECRET),
        (f"{ADDRESS} 0x{draw.hex(40)} {AGENT}", Field.API_KEY, PasteProblem.SEVERAL_CANDIDATES),
    ],
)
def test_another_address_than_the_one_that_is_wanted_is_explained(
    text: str, expecting: Field, problem: PasteProblem
) -> None:
    have = {Field.API_KEY: ADDRESS} if expecting is Field.SECRET else {}
    answer = read_paste(text, CHAIN, expecting, have)
    assert (answer.problem, answer.found) == (problem, have)


# ---------------------------------------------------------------------------------------------------------- properties

INVISIBLE = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2069", "\u0000"])
keys = st.text(ALNUM, min_size=64, max_size=64)


@given(keys, keys, st.sampled_from(list(KEY_AND_SECRET.values())))
def test_any_pair_is_read_in_any_form(key: str, secret: str, form: str) -> None:
    text = form
    for planted, value in ((KEY, key), (SECRET, secret)):
        for width in (40, 20, 64):
            text = text.replace(wrapped(planted, width), wrapped(value, width))
    expected = {Field.API_KEY: key, Field.SECRET: secret}
    assert key == secret or read(text).found == expected


@given(st.integers(1, 63), INVISIBLE, st.text(" \t\n\u00a0\u3000\"'“”`*", max_size=6))
def test_what_cannot_be_seen_or_only_surrounds_is_never_part_of_a_key(at: int, invisible: str, around: str) -> None:
    assert read(around + KEY[:at] + invisible + KEY[at:] + around) == Reading(ONLY_KEY)


@given(st.text(max_size=300), st.sampled_from(OKX.fields))
def test_whatever_is_sent_there_is_an_answer_and_nothing_is_lost(text: str, expecting: Field) -> None:
    have = {Field.API_KEY: OKX_KEY}
    answer = read_paste(text, OKX, expecting, have)
    assert answer.problem is not None or set(answer.found) > set(have) or expecting in answer.found
    assert answer.found[Field.API_KEY] == OKX_KEY or answer.problem is None


@pytest.mark.parametrize("text", ["{0}", "{0}\n{1}", "API key: {0}\nSecret: {1}", "my key is {0}, thanks"])
def test_a_key_of_a_kind_that_is_never_taken_is_told_as_that_and_nothing_beside_it_is_kept(text: str) -> None:
    shape = CredentialShape(BINANCE.api_key, BINANCE.secret, refused_kind=re.compile("master-[0-9A-Za-z]{20}"))
    refused = f"master-{KEY[:20]}"
    answer = read_paste(text.format(refused, SECRET), shape, Field.API_KEY, {})
    assert answer == Reading({}, PasteProblem.REFUSED_KIND, Field.API_KEY)
    assert read(refused).problem is not PasteProblem.REFUSED_KIND


def test_no_reading_shows_a_value() -> None:
    texts = [*ONE_KEY.values(), *KEY_AND_SECRET.values(), *PROBLEMS]
    shown = "".join(repr(read(text)) + str(read(text)) for text in texts)
    assert [value for value in (KEY, SECRET, OTHER, KEY[:20]) if value in shown] == []
