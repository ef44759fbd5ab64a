import base64
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.connection import Credential
from bot.exchanges.scrub import GONE, LONGEST, scrub

KEY = Credential("vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A", "NhqPtmdSJYdKjVHj")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Invalid API-key, IP, or permissions for action.", "Invalid API-key, IP, or permissions for action."),
        ("Filter failure: LOT_SIZE", "Filter failure: LOT_SIZE"),
        ("enableSpotAndMarginTrading is off", "enableSpotAndMarginTrading is off"),
        ("see https://x.y/z?signature=1 now", f"see {GONE} now"),
        ("see www.binance.com/terms", f"see {GONE}"),
        ("bad request: timestamp=1&signature=abc", f"bad request: {GONE}&{GONE}"),
        ("API key: short1 refused", f"{GONE} refused"),
        ("expired: access_token=1582628593469.1MbQ-J_4.CBP", f"expired: {GONE}"),
        ("invalid_token: token has expired", "invalid_token: token has expired"),
        ("order 8a6e0804-2bd0-4672-b79d-d97027f9071a unknown", f"order {GONE} unknown"),
        ("line\nbreak\tand\x1b[31mcolour\x00", "line break and [31mcolour"),
        ("right\u202eto left and\u200b hidden", "right to left and hidden"),
        ("", None),
        (" \n ", None),
        ("https://x.y", None),
    ],
)
def test_words_are_shown_without_links_tokens_and_control_characters(words: str, shown: str | None) -> None:
    assert scrub(words, None) == shown


def test_a_reason_is_cut_to_160_characters() -> None:
    reason = scrub("no " * 1000, None)

    assert reason is not None
    assert len(reason) <= LONGEST
    assert reason.endswith(GONE)


@pytest.mark.parametrize(
    "form",
    [
        KEY.api_key,
        KEY.secret,
        KEY.secret.upper(),
        KEY.secret.encode().hex(),
        KEY.secret.encode().hex().upper(),
        base64.b64encode(KEY.secret.encode()).decode(),
        base64.urlsafe_b64encode(KEY.secret.encode()).decode().rstrip("="),
        KEY.secret[3:12],
    ],
)
def test_a_credential_is_hidden_in_every_form_and_in_pieces(form: str) -> None:
    assert scrub(f"refused ({form}) for good", KEY) == f"refused ({GONE}) for good"


def test_a_short_passphrase_is_hidden_too() -> None:
    assert scrub("wrong passphrase hunter2!", Credential("k", "s", "hunter2!")) is not None
    assert "hunter2" not in (scrub("you sent hunter2!", Credential("k" * 9, "s" * 9, "hunter2!")) or "")


secrets = st.text(min_size=8, max_size=80)


@given(before=st.text(max_size=50), secret=secrets, after=st.text(max_size=50))
def test_no_secret_survives_among_any_words(before: str, secret: str, after: str) -> None:
    for form in (secret, quote(secret.encode("utf-8", "replace"), safe=""), secret.encode("utf-8", "replace").hex()):
        shown = scrub(before + form + after, Credential("another key", secret)) or ""

        assert form not in shown


@given(st.text(max_size=3000))
def test_what_is_shown_is_short_and_plain(words: str) -> None:
    shown = scrub(words, KEY)

    assert shown is None or 0 < len(shown) <= LONGEST
    assert {unicodedata.category(character)[0] for character in shown or ""} & {"C"} == set()
