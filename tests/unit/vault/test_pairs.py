"""Key pairs as exchanges and ccxt want them."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from bot.domain.key_pairs import PairKind
from bot.vault import KeyPairMaker

MADE = sorted(KeyPairMaker.kinds)
ED25519_AT_MOST = 120
"""Characters: ccxt takes a longer PEM for an RSA key."""
COPIED_AT_ONCE = 256
"""Characters that a button copies."""


@pytest.mark.parametrize("kind", MADE)
def test_the_halves_belong_together(kind: PairKind) -> None:
    pair = KeyPairMaker().make(kind)
    private, public = load_pem_private_key(pair.private.encode(), None), load_pem_public_key(pair.public.encode())

    def raw(key: object) -> bytes:
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined,no-any-return]

    assert raw(private.public_key()) == raw(public)


@pytest.mark.parametrize("kind", MADE)
def test_lines_end_with_lf_and_nothing_is_around(kind: PairKind) -> None:
    pair = KeyPairMaker().make(kind)

    for half in (pair.private, pair.public):
        assert half == half.strip()
        assert "\r" not in half
        assert half.startswith("-----BEGIN P")
        assert half.endswith(" KEY-----")
    assert "PRIVATE KEY" in pair.private
    assert "PRIVATE" not in pair.public


def test_an_ed25519_pair_is_short_enough_for_ccxt_and_for_a_button_that_copies() -> None:
    pair = KeyPairMaker().make(PairKind.ED25519)

    assert isinstance(load_pem_private_key(pair.private.encode(), None), Ed25519PrivateKey)
    assert len(pair.private) <= ED25519_AT_MOST
    assert len(pair.public) <= COPIED_AT_ONCE


def test_an_rsa_pair_has_2048_bits_and_comes_as_a_file() -> None:
    pair = KeyPairMaker().make(PairKind.RSA_2048)
    key = load_pem_private_key(pair.private.encode(), None)

    assert isinstance(key, RSAPrivateKey)
    assert 2048 == key.key_size
    assert 65537 == key.public_key().public_numbers().e
    assert len(pair.public) > COPIED_AT_ONCE
    assert [PairKind.RSA_2048] == [kind for kind in MADE if kind.comes_as_file]


@pytest.mark.parametrize("kind", MADE)
def test_no_two_pairs_are_the_same(kind: PairKind) -> None:
    maker = KeyPairMaker()

    assert maker.make(kind).public != maker.make(kind).public


def test_a_pair_has_no_readable_form() -> None:
    pair = KeyPairMaker().make(PairKind.ED25519)

    assert repr(pair) == str(pair) == f"{pair}" == "KeyPair(…)"


def test_a_kind_that_nobody_can_make_yet_is_refused() -> None:
    with pytest.raises(KeyError):
        KeyPairMaker().make(PairKind.AGENT)
