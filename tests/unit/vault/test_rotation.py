"""Master keys rotate: add, promote, reseal, retire. Whenever it is cut short, every credential still opens."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.vault import (
    CannotUnseal,
    Keyring,
    MasterKey,
    RecordContext,
    UnsealFailure,
    Vault,
    load_keyring,
    new_keyring,
    save_keyring,
)

CREDENTIAL = b'{"api_key":"an-api-key","secret":"its-secret"}'
DEPLOYMENT = "deployment-7"


@pytest.fixture
def rotated(keyring: Keyring) -> Keyring:
    newer = MasterKey.generate(apart_from=keyring.terms)
    return keyring.add(newer).promote(newer.term)


def test_a_resealed_record_holds_the_same_credential_under_the_primary_key(
    vault: Vault, rotated: Keyring, context: RecordContext
) -> None:
    record = vault.seal(CREDENTIAL, context)
    resealed = Vault(rotated, DEPLOYMENT).reseal(record, context)
    assert resealed is not None
    assert rotated.primary == Vault(rotated, DEPLOYMENT).term_of(resealed)
    assert Vault(rotated, DEPLOYMENT).unseal(resealed, context) == CREDENTIAL


def test_resealing_touches_the_term_and_the_wrap_and_nothing_else(
    vault: Vault, rotated: Keyring, context: RecordContext
) -> None:
    record = vault.seal(CREDENTIAL, context)
    resealed = Vault(rotated, DEPLOYMENT).reseal(record, context)
    assert resealed is not None
    assert record[9:41] == resealed[9:41], "message id"
    assert record[101:] == resealed[101:], "commitment, data nonce and data"
    assert record[41:53] != resealed[41:53], "wrap nonce"


def test_what_is_under_the_primary_key_already_is_left_as_it_is(vault: Vault, context: RecordContext) -> None:
    assert vault.reseal(vault.seal(CREDENTIAL, context), context) is None


def test_a_resealed_record_opens_with_the_new_key_alone(vault: Vault, rotated: Keyring, context: RecordContext) -> None:
    resealed = Vault(rotated, DEPLOYMENT).reseal(vault.seal(CREDENTIAL, context), context)
    assert resealed is not None
    new_alone = Keyring([rotated.terms[rotated.primary]], rotated.primary)
    assert Vault(new_alone, DEPLOYMENT).unseal(resealed, context) == CREDENTIAL


def test_a_key_that_was_added_opens_but_does_not_seal_before_it_is_promoted(
    keyring: Keyring, context: RecordContext
) -> None:
    waiting = keyring.add(MasterKey.generate(apart_from=keyring.terms))
    vault = Vault(waiting, DEPLOYMENT)
    assert keyring.primary == vault.term_of(vault.seal(CREDENTIAL, context))


def test_what_was_not_resealed_before_its_key_retired_is_of_an_unknown_term(
    keyring: Keyring, vault: Vault, rotated: Keyring, context: RecordContext
) -> None:
    record = vault.seal(CREDENTIAL, context)
    retired = Vault(rotated.retire(keyring.primary), DEPLOYMENT)
    for attempt in (retired.unseal, retired.reseal):
        with pytest.raises(CannotUnseal) as refused:
            attempt(record, context)
        assert UnsealFailure.UNKNOWN_TERM is refused.value.reason


@pytest.mark.parametrize("offset", [9, 41, 53, 100, 101, 132])
def test_a_damaged_record_is_not_resealed(vault: Vault, rotated: Keyring, context: RecordContext, offset: int) -> None:
    damaged = bytearray(vault.seal(CREDENTIAL, context))
    damaged[offset] ^= 1
    with pytest.raises(CannotUnseal, match="tampered"):
        Vault(rotated, DEPLOYMENT).reseal(bytes(damaged), context)


def test_damage_to_the_data_is_still_noticed_after_resealing(
    vault: Vault, rotated: Keyring, context: RecordContext
) -> None:
    damaged = bytearray(vault.seal(CREDENTIAL, context))
    damaged[-1] ^= 1
    resealed = Vault(rotated, DEPLOYMENT).reseal(bytes(damaged), context)
    assert resealed is not None
    with pytest.raises(CannotUnseal, match="tampered"):
        Vault(rotated, DEPLOYMENT).unseal(resealed, context)


def test_a_record_is_resealed_in_its_own_place_only(vault: Vault, rotated: Keyring, context: RecordContext) -> None:
    record = vault.seal(CREDENTIAL, context)
    with pytest.raises(CannotUnseal, match="tampered"):
        Vault(rotated, DEPLOYMENT).reseal(record, replace(context, owner_id=1))


# ---------------------------------------------------------------------------------------------- killed while it rotates


class Deployment:
    """A key file and a table of records, as they would be found after a kill: nothing is kept in memory."""

    def __init__(self, directory: Path, contexts: list[RecordContext]) -> None:
        self.key_file = directory / "keyring.json"
        self.contexts = contexts
        save_keyring(self.key_file, new_keyring())
        self.old_term = self.keyring().primary
        self.records = [self.vault().seal(credential_of(context), context) for context in contexts]

    def keyring(self) -> Keyring:
        return load_keyring(file=self.key_file, credential_dir=None, inline=None)

    def vault(self) -> Vault:
        return Vault(self.keyring(), DEPLOYMENT)

    def rotation(self) -> Iterator[Callable[[], None]]:
        """The steps of a whole rotation, each of which is on disk once it returned."""
        yield lambda: save_keyring(
            self.key_file, self.keyring().add(MasterKey.generate(apart_from=self.keyring().terms))
        )
        yield lambda: save_keyring(self.key_file, self.keyring().promote(self.newest_term()))
        for row in range(len(self.records)):
            yield lambda row=row: self.reseal(row)  # type: ignore[misc]
        yield lambda: save_keyring(self.key_file, self.keyring().retire(self.old_term))

    def newest_term(self) -> int:
        return next(term for term in self.keyring().terms if term != self.old_term)

    def reseal(self, row: int) -> None:
        resealed = self.vault().reseal(self.records[row], self.contexts[row])
        if resealed is not None:
            self.records[row] = resealed

    def opened(self) -> list[bytes]:
        vault = self.vault()
        return [vault.unseal(record, context) for record, context in zip(self.records, self.contexts, strict=True)]


def credential_of(context: RecordContext) -> bytes:
    return f'{{"secret":"of {context.connection_id}"}}'.encode()


def test_every_credential_opens_after_each_step_of_a_rotation(tmp_path: Path, context: RecordContext) -> None:
    contexts = [replace(context, connection_id=f"c-{row}") for row in range(5)]
    expected = [credential_of(place) for place in contexts]
    deployment = Deployment(tmp_path, contexts)

    for step in deployment.rotation():
        step()
        assert expected == deployment.opened()

    assert [deployment.old_term] != list(deployment.keyring().terms)
    assert {deployment.keyring().primary} == {deployment.vault().term_of(record) for record in deployment.records}


def test_a_rotation_that_was_cut_short_goes_on_where_it_stopped(tmp_path: Path, context: RecordContext) -> None:
    contexts = [replace(context, connection_id=f"c-{row}") for row in range(5)]
    deployment = Deployment(tmp_path, contexts)
    for step, _ in zip(deployment.rotation(), range(4), strict=False):
        step()
    half_done = list(deployment.records)

    for row in range(len(contexts)):
        deployment.reseal(row)

    assert half_done[:2] == deployment.records[:2], "those done before are not done again"
    assert [credential_of(place) for place in contexts] == deployment.opened()
