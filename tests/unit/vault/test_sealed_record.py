"""The record, byte for byte, against a second writer and reader made from the text of the specification alone."""

import hashlib
import hmac
from collections.abc import Iterator
from itertools import count

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bot.vault import CannotUnseal, Keyring, MasterKey, RecordContext, Vault
from bot.vault.primitives import derive

KEK = bytes(range(32))
TERM = 0x1A2B3C4D
RING = Keyring([MasterKey(TERM, KEK)], TERM)
PLACE = RecordContext("deployment-7", "c-0001", 123456789, "binance", "live", 3)
CREDENTIAL = b'{"api_key":"AK","secret":"SK"}'

# A record that was written once and must open for as long as suite 1 exists: made by `write` below from a DEK of bytes
# D0, a message id of bytes A1, a wrap nonce of bytes B2 and a data nonce of bytes C3.
GOLDEN = bytes.fromhex("""
    544b5631011a2b3c4da1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1b2b2b2b2b2b2b2
    b2b2b2b2b26999cdd3b3d6f74d10cf17e957240dd8bdb8a1593c5860a28db956e0c2602a4a4180fe4bc7b53c793fcce5
    3e56b1fb202f37ce9e0e2ddec379895ebe4366bc0fd28a8fcde428d1ee6f04101145e03377c3c3c3c3c3c3c3c3c3c3c3
    c36791990c767017f1fabba647acc15a3471971e1b666f1f7df59706a2e6f99bbda4ac6f179de068e1dde0312e1b8d
""")


# ----------------------------------------------------------------------------- the specification, written a second time


def rfc5869_sha512(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    prk = hmac.new(salt or bytes(64), material, hashlib.sha512).digest()
    okm, block = b"", b""
    for number in count(1):
        if len(okm) >= length:
            break
        block = hmac.new(prk, block + info + bytes([number]), hashlib.sha512).digest()
        okm += block
    return okm[:length]


def ctx_of(place: RecordContext) -> bytes:
    fields = [
        "latchkey/credential/v1",
        place.deployment_id,
        place.connection_id,
        f"{place.owner_id}",
        place.exchange,
        place.environment,
        f"{place.revision}",
    ]
    return b"".join(bytes(divmod(len(field.encode()), 256)) + field.encode() for field in fields)


def write(
    plaintext: bytes,
    place: RecordContext,
    dek: bytes,
    message_id: bytes,
    nonces: tuple[bytes, bytes],
    *,
    committing_to: bytes | None = None,
) -> bytes:
    wrap_nonce, data_nonce = nonces
    encryption_key = rfc5869_sha512(dek, message_id, b"latchkey/v1/enc+commit", 64)[:32]
    commitment = rfc5869_sha512(committing_to or dek, message_id, b"latchkey/v1/enc+commit", 64)[32:]
    head = b"TKV1" + b"\x01" + bytes.fromhex("1a2b3c4d") + message_id
    wrapped = AESGCM(KEK).encrypt(wrap_nonce, dek, b"wrap" + head + ctx_of(place))
    bound = b"data" + b"TKV1" + b"\x01" + message_id + commitment + ctx_of(place)
    data = AESGCM(encryption_key).encrypt(data_nonce, plaintext, bound)
    return head + wrap_nonce + wrapped + commitment + data_nonce + data


def read(record: bytes, place: RecordContext) -> bytes:
    head, message_id = record[0:41], record[9:41]
    dek = AESGCM(KEK).decrypt(record[41:53], record[53:101], b"wrap" + head + ctx_of(place))
    okm = rfc5869_sha512(dek, message_id, b"latchkey/v1/enc+commit", 64)
    assert okm[32:] == record[101:133]
    bound = b"data" + record[0:5] + message_id + record[101:133] + ctx_of(place)
    return AESGCM(okm[:32]).decrypt(record[133:145], record[145:], bound)


# ---------------------------------------------------------------------------------------------------------------- tests


def test_the_golden_record_opens_for_ever() -> None:
    assert Vault(RING, "deployment-7").unseal(GOLDEN, PLACE) == CREDENTIAL


def test_the_specification_still_yields_the_golden_record() -> None:
    assert write(CREDENTIAL, PLACE, b"\xd0" * 32, b"\xa1" * 32, (b"\xb2" * 12, b"\xc3" * 12)) == GOLDEN


def test_what_the_vault_seals_reads_as_the_specification_says() -> None:
    record = Vault(RING, "deployment-7").seal(CREDENTIAL, PLACE)
    assert record[:9] == b"TKV1\x01\x1a\x2b\x3c\x4d"
    assert 161 + len(CREDENTIAL) == len(record)
    assert read(record, PLACE) == CREDENTIAL


def test_with_the_same_randomness_the_vault_writes_the_very_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Iterator[bytes] = iter([b"\xd0" * 32, b"\xa1" * 32, b"\xb2" * 12, b"\xc3" * 12])
    monkeypatch.setattr("bot.vault.sealing.secrets.token_bytes", lambda _length: next(drawn))
    assert Vault(RING, "deployment-7").seal(CREDENTIAL, PLACE) == GOLDEN


def test_a_record_that_commits_to_another_key_is_refused_though_every_tag_of_it_fits() -> None:
    parts = (b"\xd0" * 32, b"\xa1" * 32, (b"\xb2" * 12, b"\xc3" * 12))
    forged = write(CREDENTIAL, PLACE, *parts, committing_to=b"\xee" * 32)
    with pytest.raises(CannotUnseal, match="tampered"):
        Vault(RING, "deployment-7").unseal(forged, PLACE)


@given(
    plaintext=st.binary(max_size=2000),
    place=st.builds(
        RecordContext,
        deployment_id=st.just("deployment-7"),
        connection_id=st.text(max_size=50),
        owner_id=st.integers(-(2**63), 2**63),
        exchange=st.text(max_size=20),
        environment=st.text(max_size=20),
        revision=st.integers(0, 2**40),
    ),
)
def test_whatever_is_sealed_is_opened_by_both_readers(plaintext: bytes, place: RecordContext) -> None:
    vault = Vault(RING, "deployment-7")
    record = vault.seal(plaintext, place)
    assert plaintext == vault.unseal(record, place)
    assert plaintext == read(record, place)


def test_the_same_credential_never_seals_to_the_same_bytes_twice() -> None:
    vault = Vault(RING, "deployment-7")
    first, second = vault.seal(CREDENTIAL, PLACE), vault.seal(CREDENTIAL, PLACE)
    parts = [slice(9, 41), slice(41, 53), slice(53, 101), slice(101, 133), slice(133, 145), slice(145, None)]
    assert [part for part in parts if first[part] == second[part]] == []


def test_a_vault_seals_for_its_own_deployment_only() -> None:
    with pytest.raises(ValueError, match="another deployment"):
        Vault(RING, "deployment-8").seal(CREDENTIAL, PLACE)


def test_a_context_too_long_to_be_told_apart_is_refused() -> None:
    endless = RecordContext("deployment-7", "c" * 65_536, 1, "binance", "live", 1)
    with pytest.raises(ValueError, match=r"65,535 bytes"):
        Vault(RING, "deployment-7").seal(CREDENTIAL, endless)


@given(
    material=st.binary(max_size=100),
    salt=st.binary(max_size=200),
    info=st.binary(max_size=100),
    length=st.integers(1, 300),
)
def test_keys_are_derived_as_rfc_5869_says(material: bytes, salt: bytes, info: bytes, length: int) -> None:
    assert rfc5869_sha512(material, salt, info, length) == derive(material, salt=salt, info=info, length=length)


def test_this_files_own_derivation_is_hkdf() -> None:
    # The RFC's first test case with SHA-512, for which the RFC itself prints SHA-256 only; widely published.
    okm = rfc5869_sha512(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42)
    published = "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c1481579338da362cb8d9f925d7cb"
    assert published == okm.hex()
