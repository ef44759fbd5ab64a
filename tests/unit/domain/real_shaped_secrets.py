"""Credentials in every exchange's shape, wallets' keys and phrases, drawn from a seed; none of them ever existed."""

# ruff: noqa: RUF001  -- people write in their own letters

import base64
import random
import string
import unicodedata
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.secrets import SecretKind

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
WORD_LISTS = Path(__file__).parents[3] / "bot" / "domain" / "wordlists"


class Draw(random.Random):
    """A seeded source of things that look like credentials."""

    def of(self, length: int, alphabet: str = ALNUM) -> str:
        return "".join(self.choices(alphabet, k=length))

    def hex(self, length: int) -> str:
        return self.of(length, HEX)

    def base64(self, size: int) -> str:
        return base64.b64encode(self.randbytes(size)).decode()

    def base64url(self, size: int) -> str:
        return base64.urlsafe_b64encode(self.randbytes(size)).decode().rstrip("=")

    def uuid(self) -> str:
        return str(uuid.UUID(bytes=self.randbytes(16), version=4))

    def words(self, language: str, count: int) -> list[str]:
        return self.sample((WORD_LISTS / f"{language}.txt").read_text(encoding="utf-8").split(), count)


Pair = Callable[[Draw], tuple[str, str]]

EXCHANGES: Mapping[str, Pair] = {
    "binance": lambda draw: (draw.of(64), draw.of(64)),
    "bybit": lambda draw: (draw.of(18), draw.of(36)),
    "okx": lambda draw: (draw.uuid(), draw.hex(32).upper()),
    "kucoin": lambda draw: (draw.hex(24), draw.uuid()),
    "kraken": lambda draw: (draw.base64(42), draw.base64(64)),
    "coinbase": lambda draw: (f"organizations/{draw.uuid()}/apiKeys/{draw.uuid()}", draw.base64(64)),
    "gate": lambda draw: (draw.hex(32), draw.hex(64)),
    "bitget": lambda draw: (f"bg_{draw.hex(32)}", draw.hex(64)),
    "mexc": lambda draw: (f"mx0vgl{draw.of(12)}", draw.hex(32)),
    "deribit": lambda draw: (draw.of(8), draw.base64url(32)),
    "htx": lambda draw: (_htx(draw), _htx(draw)),
    "bitmex": lambda draw: (draw.base64url(18), draw.base64url(36)),
    "phemex": lambda draw: (draw.uuid(), draw.base64url(64)),
    "cryptocom": lambda draw: (draw.of(22), f"cxakp_{draw.of(22)}"),
    "gemini": lambda draw: (f"account-{draw.of(20)}", draw.of(28)),
    "bingx": lambda draw: (draw.of(80), draw.of(80)),
    "woo": lambda draw: (draw.base64(16), draw.of(32, string.ascii_uppercase + string.digits)),
    "hyperliquid": lambda draw: (f"0x{draw.hex(40)}", f"0x{draw.hex(64)}"),
    "krakenfutures": lambda draw: (draw.base64(42), draw.base64(64)),
}


def _htx(draw: Draw) -> str:
    return "-".join((draw.hex(8), draw.hex(8), draw.hex(8), draw.hex(5)))


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


FORMS: Mapping[str, Callable[[str, str], str]] = {
    "two lines": lambda key, secret: f"{key}\n{secret}",
    "a space": lambda key, secret: f"{key} {secret}",
    "labels": lambda key, secret: f"API Key: {key} Secret: {secret}",
    "labels on lines": lambda key, secret: f"API Key\n{key}\nSecret Key\n{secret}",
    "json": lambda key, secret: f'{{"apiKey": "{key}", "secret": "{secret}"}}',
    "environment": lambda key, secret: f"EXCHANGE_API_KEY={key}\nEXCHANGE_API_SECRET={secret}",
    "code": lambda key, secret: f"ccxt.exchange({{'apiKey': '{key}', 'secret': '{secret}'}})",
    "polish": lambda key, secret: f"mój klucz API: {key}, tajny klucz: {secret}",
    "german": lambda key, secret: f"API-Schlüssel: {key}\nGeheimer Schlüssel: {secret}",
    "russian": lambda key, secret: f"вот ключ: {key} и секрет: {secret}",
    "chinese": lambda key, secret: f"API密钥：{key}\n密钥：{secret}",
    "quoted": lambda key, secret: f"“{key}” “{secret}”",
    "markdown": lambda key, secret: f"`{key}`\n`{secret}`",
    "zero-width": lambda key, secret: f"{key[:4]}\u200b{key[4:]}\n{secret[:7]}\u200d{secret[7:]}",
    "full width": lambda key, secret: f"key {full_width(key)} secret {full_width(secret)}",
    "link": lambda key, secret: f"https://bot.example.org/connect?api_key={key}&secret={secret}",
}

TRUE_ALONE = ("binance", "kraken", "bingx", "phemex", "htx", "mexc", "gate", "bitget")
"""Exchanges whose secret is known for one by itself, in any talk."""


@dataclass(frozen=True)
class Planted:
    name: str
    text: str
    kinds: frozenset[SecretKind]


def exchange_keys() -> Iterator[Planted]:
    """Every exchange's pair in every form."""
    draw = Draw(1)
    for exchange, pair in EXCHANGES.items():
        # Hyperliquid's credential is a wallet's address and its private key.
        for form, write in FORMS.items():
            of_wallet = exchange == "hyperliquid" and form != "link"
            kinds = frozenset({SecretKind.PRIVATE_KEY if of_wallet else SecretKind.EXCHANGE_KEY})
            yield Planted(f"{exchange}, {form}", write(*pair(draw)), kinds)


def lone_secrets() -> Iterator[Planted]:
    """A secret by itself, in talk, wrapped, at the end of a long message."""
    draw = Draw(2)
    kinds = frozenset({SecretKind.EXCHANGE_KEY})
    for exchange in TRUE_ALONE:
        yield Planted(f"{exchange}, alone", EXCHANGES[exchange](draw)[1], kinds)
        yield Planted(f"{exchange}, in talk", f"it says {EXCHANGES[exchange](draw)[1]} is wrong??", kinds)
        yield Planted(f"{exchange}, late", "so I was saying, " * 100 + EXCHANGES[exchange](draw)[1], kinds)
    for width in (8, 16, 20, 32, 40):
        yield Planted(f"binance, wrapped at {width}", wrapped(draw.of(64), width), kinds)
    token = f"{draw.of(10, '123456789')}:{draw.base64url(27)[:35]}"
    yield Planted("bot token", token, kinds)
    yield Planted("bot token in a link", f"https://api.telegram.org/bot{token}/getMe", kinds)
    yield Planted("passphrase", "Passphrase: Tr4ding-2024!", kinds)
    yield Planted("short key alone", draw.of(18), kinds)
    yield Planted("uuid called a secret", f"secret: {draw.uuid()}", kinds)


def wallet_keys() -> Iterator[Planted]:
    draw = Draw(3)
    kinds = frozenset({SecretKind.PRIVATE_KEY})
    pem = f"-----BEGIN EC PRIVATE KEY-----\n{wrapped(draw.base64(118), 64)}\n-----END EC PRIVATE KEY-----"
    yield Planted("pem", pem, kinds)
    yield Planted("pem with long dashes", pem.replace("-----", "—–"), kinds)
    yield Planted("pem on one line", pem.replace("\n", "\\n"), kinds)
    yield Planted("ed25519 body", "MC4CAQAwBQYDK2VwBCIEI" + draw.of(43), kinds)
    yield Planted("ethereum", f"0x{draw.hex(64)}", kinds)
    yield Planted("hex of a wallet", f"my metamask wallet: {draw.hex(64)}", kinds)
    yield Planted("wif", "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn", kinds)
    yield Planted("uncompressed wif", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", kinds)
    yield Planted(
        "extended", "xprv" + draw.of(107, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"), kinds
    )
    yield Planted("solana", draw.of(88, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"), kinds)
    yield Planted("solana file", str([draw.randrange(256) for _ in range(64)]), kinds)
    yield Planted("stellar", "SB" + draw.of(54, string.ascii_uppercase + "234567"), kinds)


LANGUAGES = tuple(sorted(path.stem for path in WORD_LISTS.glob("*.txt")))


def seed_phrases() -> Iterator[Planted]:
    """Every language and length, checksum or not, in the ways people write a phrase down."""
    draw = Draw(4)
    kinds = frozenset({SecretKind.SEED_PHRASE})
    for language in LANGUAGES:
        for count in (12, 15, 18, 21, 24):
            yield Planted(f"{language}, {count}", " ".join(draw.words(language, count)), kinds)
        words = draw.words(language, 12)
        yield Planted(f"{language}, numbered", " ".join(f"{at}. {word}" for at, word in enumerate(words, 1)), kinds)
        yield Planted(f"{language}, lines", "\n".join(f"{at}) {word}" for at, word in enumerate(words, 1)), kinds)
        yield Planted(f"{language}, commas", ", ".join(word.capitalize() for word in words), kinds)
    words = draw.words("english", 12)
    yield Planted("capitals", " ".join(words).upper(), kinds)
    yield Planted("full width", full_width(" ".join(words)), kinds)
    yield Planted("zero-width between", "\u200b".join(words), kinds)
    yield Planted("zero-width within", " ".join(f"{word[:2]}\u200c{word[2:]}" for word in words), kinds)
    yield Planted("json", str(words).replace("'", '"'), kinds)
    yield Planted("table", "\n".join(f"| {at} | {word} |" for at, word in enumerate(words, 1)), kinds)
    yield Planted("in talk", f"help, is my wallet safe? {' '.join(words)} thank you so much", kinds)
    yield Planted("one mistyped", " ".join([*words[:5], words[5][:4] + "xx", *words[6:]]), kinds)
    yield Planted("one lost", f"my seed: {' '.join(words[:11])}", kinds)
    yield Planted("repeated words, right checksum", "abandon " * 11 + "about", kinds)
    french = unicodedata.normalize("NFKD", " ".join(draw.words("french", 12)))
    yield Planted("no accents", "".join(each for each in french if not unicodedata.combining(each)), kinds)


def planted() -> Iterator[Planted]:
    yield from exchange_keys()
    yield from lone_secrets()
    yield from wallet_keys()
    yield from seed_phrases()
