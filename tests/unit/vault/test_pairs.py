"""Key pairs as exchanges and ccxt want them."""

import re

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from bot.domain.key_pairs import PairKind
from bot.sandbox.exchanges.ethereum import address_of
from bot.vault import KeyPairMaker, pairs

MADE = sorted(KeyPairMaker().kinds)
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


# --------------------------------------------------------------------------------------------------------------- agents


def test_an_agent_is_a_private_key_and_its_address() -> None:
    pair = KeyPairMaker(address_of).make(PairKind.AGENT)

    assert re.fullmatch("0x[0-9a-f]{64}", pair.private)
    assert re.fullmatch("0x[0-9a-f]{40}", pair.public)
    assert address_of(pair.private) == pair.public
    assert not PairKind.AGENT.comes_as_file


def test_an_agent_s_private_key_has_all_its_digits_however_small_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "generate_private_key", lambda curve: derive_private_key(0xABC, curve))

    assert "0x" + "0" * 61 + "abc" == KeyPairMaker(address_of).make(PairKind.AGENT).private


def test_no_two_agents_are_the_same() -> None:
    maker = KeyPairMaker(address_of)

    assert maker.make(PairKind.AGENT).public != maker.make(PairKind.AGENT).public


def test_without_somebody_who_knows_addresses_no_agents_are_made() -> None:
    assert set(PairKind) == KeyPairMaker(address_of).kinds
    assert set(PairKind) - {PairKind.AGENT} == KeyPairMaker().kinds
    with pytest.raises(KeyError):
        KeyPairMaker().make(PairKind.AGENT)
