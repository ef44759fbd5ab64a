"""Nothing but the very record in its very place opens: every mutant is refused, and for the reason that fits."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import chain, combinations
from typing import Any

import pytest

from bot.vault import CannotUnseal, Keyring, MasterKey, RecordContext, UnsealFailure, Vault

CREDENTIAL = b'{"api_key":"an-api-key","secret":"its-secret"}'

PARTS = {
    "magic": slice(0, 4),
    "suite": slice(4, 5),
    "term": slice(5, 9),
    "message id": slice(9, 41),
    "wrap nonce": slice(41, 53),
    "wrapped data key": slice(53, 101),
    "commitment": slice(101, 133),
    "data nonce": slice(133, 145),
    "data": slice(145, None),
}
RANDOM_PARTS = ["message id", "wrap nonce", "wrapped data key", "commitment", "data nonce", "data"]


def reason_for(vault: Vault, record: bytes, context: RecordContext) -> UnsealFailure | None:
    """Why it does not open; None if it does."""
    try:
        vault.unseal(record, context)
    except CannotUnseal as refused:
        return refused.reason
    return None


def with_every_byte_changed(record: bytes) -> Iterator[tuple[int, bytes]]:
    for offset, byte in enumerate(record):
        for other in range(256):
            if other != byte:
                yield offset, record[:offset] + bytes([other]) + record[offset + 1 :]


def spliced(record: bytes, other: bytes, parts: tuple[str, ...]) -> bytes:
    mutant = bytearray(record)
    for part in parts:
        mutant[PARTS[part]] = other[PARTS[part]]
    return bytes(mutant)


def some_but_not_all(parts: list[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(parts, size) for size in range(1, len(parts)))


def test_every_byte_changed_to_every_other_value_is_refused_for_the_reason_of_its_place(
    vault: Vault, context: RecordContext
) -> None:
    record = vault.seal(CREDENTIAL, context)
    reasons: dict[str, Counter[UnsealFailure | None]] = {part: Counter() for part in PARTS}
    part_at = {offset: part for part, place in PARTS.items() for offset in range(len(record))[place]}

    for offset, mutant in with_every_byte_changed(record):
        reasons[part_at[offset]][reason_for(vault, mutant, context)] += 1

    expected = {
        "magic": {UnsealFailure.NOT_A_RECORD: 4 * 255},
        "suite": {UnsealFailure.UNKNOWN_SUITE: 255},
        "term": {UnsealFailure.UNKNOWN_TERM: 4 * 255},
        "message id": {UnsealFailure.TAMPERED: 32 * 255},
        "wrap nonce": {UnsealFailure.TAMPERED: 12 * 255},
        "wrapped data key": {UnsealFailure.TAMPERED: 48 * 255},
        "commitment": {UnsealFailure.TAMPERED: 32 * 255},
        "data nonce": {UnsealFailure.TAMPERED: 12 * 255},
        "data": {UnsealFailure.TAMPERED: (len(CREDENTIAL) + 16) * 255},
    }
    assert expected == reasons
    assert sum(sum(counts.values()) for counts in reasons.values()) >= 20_000


def test_a_record_cut_anywhere_is_refused(vault: Vault, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    cut = [reason_for(vault, record[:length], context) for length in range(len(record))]
    assert [UnsealFailure.NOT_A_RECORD] * 161 + [UnsealFailure.TAMPERED] * len(CREDENTIAL) == cut


def test_a_record_with_bytes_lost_at_its_beginning_is_refused(vault: Vault, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    assert {UnsealFailure.NOT_A_RECORD} == {reason_for(vault, record[n:], context) for n in range(1, len(record) + 1)}


def test_a_record_with_bytes_lost_in_its_middle_is_refused(vault: Vault, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    mutants = [record[:a] + record[a + n :] for n in (1, 2, 16) for a in range(1, len(record) - n)]
    assert None not in {reason_for(vault, mutant, context) for mutant in mutants}


def test_a_record_with_bytes_added_at_either_end_is_refused(vault: Vault, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    added = [bytes(n) for n in range(1, 65)] + [record[:n] for n in range(1, 65)]
    assert {UnsealFailure.TAMPERED} == {reason_for(vault, record + more, context) for more in added}
    assert None not in {reason_for(vault, more + record, context) for more in added}


def test_parts_of_two_records_of_one_place_do_not_mix(vault: Vault, context: RecordContext) -> None:
    mine, other = vault.seal(CREDENTIAL, context), vault.seal(CREDENTIAL, context)
    mixed = [spliced(mine, other, parts) for parts in some_but_not_all(RANDOM_PARTS)]
    assert len(mixed) == 62
    assert {UnsealFailure.TAMPERED} == {reason_for(vault, mutant, context) for mutant in mixed}


def test_parts_of_two_owners_records_do_not_mix_in_either_ones_place(vault: Vault, context: RecordContext) -> None:
    others = replace(context, owner_id=987654321, connection_id="c-0002")
    mine, theirs = vault.seal(CREDENTIAL, context), vault.seal(CREDENTIAL, others)
    mixed = [spliced(mine, theirs, parts) for parts in some_but_not_all(RANDOM_PARTS)]
    refusals = {reason_for(vault, mutant, place) for mutant in mixed for place in (context, others)}
    assert {UnsealFailure.TAMPERED} == refusals


def test_a_record_opens_in_no_other_place(vault: Vault, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    elsewhere = RecordContext("deployment-8", "c-0002", 987654321, "bybit", "testnet", 4)
    names = [field.name for field in fields(RecordContext)]
    subsets = chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))
    moved = [replace(context, **{name: getattr(elsewhere, name) for name in subset}) for subset in subsets]
    assert len(moved) == 63
    assert {UnsealFailure.TAMPERED} == {reason_for(vault, record, place) for place in moved}


def test_two_fields_exchanged_are_another_place(vault: Vault) -> None:
    names = ["connection_id", "exchange", "environment"]
    context = RecordContext("deployment-7", "one", 5, "two", "three", 6)
    swaps = [{a: getattr(context, b), b: getattr(context, a)} for a, b in combinations(names, 2)]
    swaps.append({"owner_id": context.revision, "revision": context.owner_id})
    record = vault.seal(CREDENTIAL, context)
    assert [reason_for(vault, record, replace(context, **swap)) for swap in swaps] == [UnsealFailure.TAMPERED] * 4


@pytest.mark.parametrize(
    ("sealed_for", "opened_for"),
    [
        ({"exchange": "ab", "environment": "c"}, {"exchange": "a", "environment": "bc"}),
        ({"connection_id": "c1", "owner_id": 23}, {"connection_id": "c12", "owner_id": 3}),
        ({"environment": "live", "revision": 12}, {"environment": "live1", "revision": 2}),
    ],
)
def test_fields_that_run_together_to_the_same_text_are_another_place(
    vault: Vault, context: RecordContext, sealed_for: dict[str, Any], opened_for: dict[str, Any]
) -> None:
    record = vault.seal(CREDENTIAL, replace(context, **sealed_for))
    assert reason_for(vault, record, replace(context, **sealed_for)) is None
    assert reason_for(vault, record, replace(context, **opened_for)) is UnsealFailure.TAMPERED


def test_an_older_revision_put_back_does_not_open_as_the_newer(vault: Vault, context: RecordContext) -> None:
    before_rotation = vault.seal(CREDENTIAL, context)
    assert reason_for(vault, before_rotation, replace(context, revision=context.revision + 1)) is UnsealFailure.TAMPERED


def test_a_record_whose_term_is_rewritten_to_another_key_of_the_ring_is_refused(
    keyring: Keyring, context: RecordContext
) -> None:
    other = MasterKey.generate(apart_from=keyring.terms)
    vault = Vault(keyring.add(other), context.deployment_id)
    record = vault.seal(CREDENTIAL, context)
    mutant = record[:5] + other.term.to_bytes(4) + record[9:]
    assert vault.term_of(mutant) == other.term
    assert reason_for(vault, mutant, context) is UnsealFailure.TAMPERED


def test_a_record_of_another_ring_is_of_an_unknown_term(vault: Vault, context: RecordContext) -> None:
    stranger = MasterKey.generate()
    record = Vault(Keyring([stranger], stranger.term), context.deployment_id).seal(CREDENTIAL, context)
    assert reason_for(vault, record, context) is UnsealFailure.UNKNOWN_TERM


def test_a_record_of_another_key_under_the_same_term_is_refused(keyring: Keyring, context: RecordContext) -> None:
    impostor = MasterKey(keyring.primary, bytes(range(32)))
    record = Vault(Keyring([impostor], impostor.term), context.deployment_id).seal(CREDENTIAL, context)
    assert reason_for(Vault(keyring, context.deployment_id), record, context) is UnsealFailure.TAMPERED


def test_a_record_made_for_another_deployment_under_the_same_keys_is_refused(
    keyring: Keyring, vault: Vault, context: RecordContext
) -> None:
    theirs = replace(context, deployment_id="deployment-8")
    record = Vault(keyring, "deployment-8").seal(CREDENTIAL, theirs)
    assert reason_for(vault, record, theirs) is UnsealFailure.TAMPERED


@pytest.mark.parametrize("noise", [b"", b"TKV1", bytes(161), b"{}" * 200, b"TKB1" + bytes(300)])
def test_what_is_no_record_is_called_that(vault: Vault, context: RecordContext, noise: bytes) -> None:
    assert reason_for(vault, noise, context) is UnsealFailure.NOT_A_RECORD
