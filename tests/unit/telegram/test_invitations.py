"""Tokens, and how they travel."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.secrets import find_secrets
from bot.telegram.invitations import _PRESS, PAYLOAD, invitation_keyboard, link_of, share_url
from bot.telegram.texts import Texts
from bot.usecases.share import hash_of, new_token

SAY = Texts().of("en")
TOKENS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz234567", min_size=24, max_size=24)


def test_tokens_are_of_the_shape_that_is_read() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(_PRESS.fullmatch(f"iv:{token}:yes") for token in tokens)


@given(TOKENS)
def test_no_token_looks_like_a_secret_wherever_it_is_put(token: str) -> None:
    """The guard would delete the message that brings it, and the invited would never be asked."""
    for text in (token, f"/start {PAYLOAD}{token}", link_of("latchkey_bot", token), f"iv:{token}:yes"):
        assert find_secrets([text]) == frozenset()


@given(TOKENS)
def test_links_and_buttons_are_within_telegrams_bounds(token: str) -> None:
    assert len(PAYLOAD + token) <= 64
    assert share_url(link_of("latchkey_bot", token), "come & see").count("&") == 1
    for row in invitation_keyboard(SAY, token).inline_keyboard:
        assert all(len((button.callback_data or "").encode()) <= 64 for button in row)


@given(TOKENS)
def test_a_hash_is_not_its_token(token: str) -> None:
    assert token not in hash_of(token)
    assert len(hash_of(token)) == 64
