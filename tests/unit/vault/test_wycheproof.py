"""The cipher underneath, against Project Wycheproof's vectors for our key, nonce and tag sizes."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.vault.primitives import decrypt

SUITE = json.loads((Path(__file__).parent / "vectors" / "wycheproof_aes_256_gcm.json").read_text())
VALID = [vector for vector in SUITE["tests"] if vector["result"] == "valid"]
INVALID = [vector for vector in SUITE["tests"] if vector["result"] == "invalid"]


def test_the_suite_is_whole_and_of_our_sizes() -> None:
    assert (len(VALID), len(INVALID)) == (39, 27)
    assert {(32, 12, 16)} == {
        tuple(len(bytes.fromhex(v[part])) for part in ("key", "iv", "tag")) for v in SUITE["tests"]
    }


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: f"tc{vector['tcId']}")
def test_a_valid_vector_is_made_and_opened(vector: dict[str, Any]) -> None:
    key, nonce, aad, message, sealed = parts_of(vector)
    assert sealed == AESGCM(key).encrypt(nonce, message, aad)
    assert message == decrypt(AESGCM(key), nonce, sealed, aad)


@pytest.mark.parametrize("vector", INVALID, ids=lambda vector: f"tc{vector['tcId']}")
def test_an_invalid_vector_does_not_open(vector: dict[str, Any]) -> None:
    key, nonce, aad, _, sealed = parts_of(vector)
    assert decrypt(AESGCM(key), nonce, sealed, aad) is None


def parts_of(vector: dict[str, Any]) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    sealed = vector["ct"] + vector["tag"]
    key, nonce, aad, message, ciphertext = map(
        bytes.fromhex, (vector["key"], vector["iv"], vector["aad"], vector["msg"], sealed)
    )
    return key, nonce, aad, message, ciphertext
