import struct

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from bot.vault import (
    BoxClosed,
    CannotUnseal,
    EphemeralBox,
    Keyring,
    MasterKey,
    PepperMissing,
    RecordContext,
    UnsealFailure,
    Vault,
)

KEK = bytes(range(32))
TERM = 0x1A2B3C4D
RING = Keyring([MasterKey(TERM, KEK)], TERM)
CONTENT = b'{"update_id":1}'


def reason_for(opener: Vault | EphemeralBox, purpose: str, blob: bytes, bound_to: bytes) -> UnsealFailure | None:
    try:
        opener.unbox(purpose, blob, bound_to)
    except CannotUnseal as refused:
        return refused.reason
    return None


def u16(*fields: bytes) -> bytes:
    return b"".join(struct.pack(">H", len(field)) + field for field in fields)


def test_a_box_reads_as_its_description_says() -> None:
    blob = Vault(RING, "deployment-7").box("inbox", CONTENT, b"row 1")
    box_key = HKDF(SHA512(), 32, None, u16(b"latchkey/v1/box", b"inbox")).derive(KEK)
    bound = blob[:9] + u16(b"latchkey/box/v1", b"deployment-7", b"inbox", b"row 1")
    assert blob[:9] == b"TKB1\x01\x1a\x2b\x3c\x4d"
    assert 9 + 12 + len(CONTENT) + 16 == len(blob)
    assert AESGCM(box_key).decrypt(blob[9:21], blob[21:], bound) == CONTENT


@given(purpose=st.text(max_size=20), content=st.binary(max_size=2000), bound_to=st.binary(max_size=200))
def test_whatever_is_boxed_is_unboxed(purpose: str, content: bytes, bound_to: bytes) -> None:
    vault, draft = Vault(RING, "deployment-7"), EphemeralBox()
    assert content == vault.unbox(purpose, vault.box(purpose, content, bound_to), bound_to)
    assert content == draft.unbox(purpose, draft.box(purpose, content, bound_to), bound_to)


@pytest.mark.parametrize("kind", ["vault", "ephemeral"])
def test_a_box_changed_in_any_byte_cut_or_extended_does_not_open(kind: str) -> None:
    opener: Vault | EphemeralBox = Vault(RING, "deployment-7") if kind == "vault" else EphemeralBox()
    blob = opener.box("inbox", CONTENT, b"row 1")
    changed = [blob[:at] + bytes([blob[at] ^ bit]) + blob[at + 1 :] for at in range(len(blob)) for bit in range(1, 256)]
    cut = [blob[:length] for length in range(len(blob))]
    extended = [blob + bytes(length) for length in range(1, 40)]
    reasons = [reason_for(opener, "inbox", mutant, b"row 1") for mutant in [*changed, *cut, *extended]]
    expected_of_changed = [UnsealFailure.NOT_A_RECORD] * 4 * 255
    expected_of_changed += [UnsealFailure.UNKNOWN_SUITE] * 255
    expected_of_changed += [UnsealFailure.UNKNOWN_TERM] * 4 * 255
    expected_of_changed += [UnsealFailure.TAMPERED] * (len(blob) - 9) * 255
    expected_of_cut = [UnsealFailure.NOT_A_RECORD] * 37 + [UnsealFailure.TAMPERED] * len(CONTENT)
    assert expected_of_changed + expected_of_cut + [UnsealFailure.TAMPERED] * 39 == reasons


@pytest.mark.parametrize(("purpose", "bound_to"), [("ip-list", b"row 1"), ("inbox", b"row 2"), ("inboxr", b"ow 1")])
def test_a_box_opens_for_its_own_purpose_and_place_only(purpose: str, bound_to: bytes) -> None:
    openers: list[Vault | EphemeralBox] = [Vault(RING, "deployment-7"), EphemeralBox()]
    for opener in openers:
        blob = opener.box("inbox", CONTENT, b"row 1")
        assert reason_for(opener, purpose, blob, bound_to) is UnsealFailure.TAMPERED


def test_a_box_of_another_deployment_under_the_same_key_does_not_open() -> None:
    blob = Vault(RING, "deployment-8").box("inbox", CONTENT, b"")
    assert reason_for(Vault(RING, "deployment-7"), "inbox", blob, b"") is UnsealFailure.TAMPERED


def test_a_record_is_no_box_and_a_box_no_record(vault: Vault, context: RecordContext) -> None:
    record, blob = vault.seal(CONTENT, context), vault.box("inbox", CONTENT * 20, b"")
    assert reason_for(vault, "inbox", record, b"") is UnsealFailure.NOT_A_RECORD
    with pytest.raises(CannotUnseal, match="not_a_record"):
        vault.unseal(blob, context)


def test_reboxing_moves_the_same_content_under_the_primary_key(vault: Vault, keyring: Keyring) -> None:
    newer = MasterKey.generate(apart_from=keyring.terms)
    rotated = Vault(keyring.add(newer).promote(newer.term), "deployment-7")
    blob = vault.box("ip-list", b"203.0.113.7", b"c-1")
    reboxed = rotated.rebox("ip-list", blob, b"c-1")
    assert reboxed is not None
    assert (keyring.primary, newer.term) == (rotated.term_of(blob), rotated.term_of(reboxed))
    assert b"203.0.113.7" == rotated.unbox("ip-list", blob, b"c-1") == rotated.unbox("ip-list", reboxed, b"c-1")
    assert rotated.rebox("ip-list", reboxed, b"c-1") is None
    assert reason_for(vault, "ip-list", reboxed, b"c-1") is UnsealFailure.UNKNOWN_TERM


# ------------------------------------------------------------------------------------------------------ ephemeral boxes


def test_a_closed_ephemeral_box_has_forgotten_everything() -> None:
    drafts = EphemeralBox()
    blob = drafts.box("draft", CONTENT, b"chat 1")
    drafts.close()
    drafts.close()
    assert reason_for(drafts, "draft", blob, b"chat 1") is UnsealFailure.UNKNOWN_TERM
    with pytest.raises(BoxClosed, match="its key is gone"):
        drafts.box("draft", CONTENT, b"chat 1")


def test_no_other_process_opens_an_ephemeral_box(vault: Vault) -> None:
    blob = EphemeralBox().box("draft", CONTENT, b"chat 1")
    assert reason_for(EphemeralBox(), "draft", blob, b"chat 1") is UnsealFailure.TAMPERED
    assert reason_for(vault, "draft", blob, b"chat 1") is UnsealFailure.UNKNOWN_TERM


# --------------------------------------------------------------------------------------------------------- fingerprints


def test_a_fingerprint_is_the_same_after_a_restart_and_after_master_keys_rotated(
    vault: Vault, keyring: Keyring
) -> None:
    pepper = vault.new_pepper()
    vault.adopt_pepper(pepper)
    before = vault.fingerprint("binance", "an-api-key")

    newer = MasterKey.generate(apart_from=keyring.terms)
    rotating = Vault(keyring.add(newer).promote(newer.term), "deployment-7")
    reboxed = rotating.rebox_pepper(pepper)
    assert reboxed is not None
    new_alone = Vault(Keyring([newer], newer.term), "deployment-7")
    new_alone.adopt_pepper(reboxed)

    assert before == new_alone.fingerprint("binance", "an-api-key")
    assert new_alone.rebox_pepper(reboxed) is None


def test_fingerprints_tell_keys_exchanges_kinds_and_deployments_apart(vault: Vault) -> None:
    vault.adopt_pepper(vault.new_pepper())
    other = Vault(RING, "deployment-7")
    other.adopt_pepper(other.new_pepper())
    prints = [
        vault.fingerprint("binance", "an-api-key"),
        vault.fingerprint("binance", "another-api-key"),
        vault.fingerprint("bybit", "an-api-key"),
        vault.fingerprint("binancea", "n-api-key"),
        vault.account("binance", "an-api-key"),
        other.fingerprint("binance", "an-api-key"),
        vault.fingerprint("binance", "a lone surrogate \ud800"),
    ]
    assert len(prints) == len(set(prints))
    assert {64} == {len(bytes.fromhex(value)) * 2 for value in prints}


def test_no_fingerprint_is_made_before_the_stored_pepper_is_adopted(vault: Vault) -> None:
    for recognise in (vault.fingerprint, vault.account):
        with pytest.raises(PepperMissing, match="no pepper was adopted"):
            recognise("binance", "an-api-key")


def test_an_ordinary_box_is_not_taken_for_a_pepper(vault: Vault) -> None:
    with pytest.raises(CannotUnseal, match="tampered"):
        vault.adopt_pepper(vault.box("inbox", bytes(32), b""))
