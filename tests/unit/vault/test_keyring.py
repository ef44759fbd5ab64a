import base64

import pytest

from bot.vault import Keyring, KeyringError, MasterKey, WrongMasterKey, load_keyring, new_keyring

ONE = MasterKey(0x11, bytes(range(32)))
TWO = MasterKey(0x22, bytes(range(32, 64)))
THREE = MasterKey(0x33, bytes(range(64, 96)))


def test_a_new_keyring_has_one_random_key_which_seals() -> None:
    ring = new_keyring()
    assert [ring.primary] == list(ring.terms)
    assert len(ring.terms[ring.primary].material) == 32
    assert ring.terms[ring.primary].created is not None
    assert ring.terms[ring.primary].material != (other := new_keyring()).terms[other.primary].material


def test_adding_promoting_and_retiring_give_new_rings_and_leave_the_old_ones() -> None:
    first = Keyring([ONE], ONE.term)
    added = first.add(TWO)
    promoted = added.promote(TWO.term)
    retired = promoted.retire(ONE.term)
    assert (list(first.terms), first.primary) == ([0x11], 0x11)
    assert (list(added.terms), added.primary) == ([0x11, 0x22], 0x11)
    assert (list(promoted.terms), promoted.primary) == ([0x11, 0x22], 0x22)
    assert (list(retired.terms), retired.primary) == ([0x22], 0x22)


def test_a_rings_keys_cannot_be_changed_from_outside() -> None:
    ring = Keyring([ONE], ONE.term)
    with pytest.raises(TypeError):
        ring.terms[0x22] = TWO  # type: ignore[index]
    with pytest.raises(AttributeError):
        ring.primary = 0x22  # type: ignore[misc]


def test_the_primary_cannot_be_retired() -> None:
    with pytest.raises(KeyringError, match=r"00000011 is the primary.*promote another key first"):
        Keyring([ONE, TWO], ONE.term).retire(ONE.term)


@pytest.mark.parametrize("verb", ["promote", "retire"])
def test_a_key_that_is_not_there_is_neither_promoted_nor_retired(verb: str) -> None:
    with pytest.raises(KeyringError, match="holds no key 00000033: it holds 00000011, 00000022"):
        getattr(Keyring([ONE, TWO], ONE.term), verb)(THREE.term)


def test_two_keys_cannot_share_an_id() -> None:
    with pytest.raises(KeyringError, match="two keys with the id 00000011"):
        Keyring([ONE], ONE.term).add(MasterKey(ONE.term, TWO.material))
    with pytest.raises(KeyringError, match="two keys with the id 00000022"):
        Keyring([ONE, TWO], ONE.term).add(TWO)


def test_one_key_cannot_have_two_ids() -> None:
    with pytest.raises(KeyringError, match="same key under two ids"):
        Keyring([ONE], ONE.term).add(MasterKey(TWO.term, ONE.material))


def test_the_primary_must_be_one_of_the_keys() -> None:
    with pytest.raises(KeyringError, match="primary is 00000022, but it holds no such key"):
        Keyring([ONE], TWO.term)


@pytest.mark.parametrize("term", [0, -1, 2**32])
def test_an_id_must_fit_four_bytes_and_not_be_zero(term: int) -> None:
    with pytest.raises(KeyringError, match="number from 1 to 4294967295"):
        MasterKey(term, bytes(range(32)))


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_must_have_32_bytes(length: int) -> None:
    with pytest.raises(KeyringError, match=f"must be 32 bytes, but one has {length}"):
        MasterKey(1, b"x" * length)


def test_a_generated_id_is_neither_zero_nor_one_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([0, 0x11, 0x22])
    monkeypatch.setattr("bot.vault.keyring.secrets.randbits", lambda _bits: next(drawn))
    assert MasterKey.generate(apart_from={0x11: ONE}).term == 0x22


# ----------------------------------------------------------------------------------------------------- key check values


def test_check_values_differ_by_key_and_show_none_of_it() -> None:
    values = Keyring([ONE, TWO], ONE.term).check_values()
    assert list(values) == [0x11, 0x22]
    assert values[0x11] != values[0x22]
    assert [len(value) for value in values.values()] == [64, 64]
    assert ONE.material.hex() not in str(values)


def test_the_keys_a_database_was_sealed_under_pass() -> None:
    ring = Keyring([ONE, TWO], ONE.term)
    ring.verify_check_values(ring.check_values())


def test_any_keyring_fits_a_new_database() -> None:
    Keyring([ONE], ONE.term).verify_check_values({})


def test_a_key_that_the_database_has_not_heard_of_yet_is_no_trouble() -> None:
    Keyring([ONE, TWO], TWO.term).verify_check_values(Keyring([ONE], ONE.term).check_values())


def test_a_missing_key_is_told_with_what_to_do() -> None:
    with pytest.raises(WrongMasterKey) as refused:
        Keyring([TWO], TWO.term).verify_check_values(Keyring([ONE], ONE.term).check_values())
    expected = (
        "The database was sealed under the master key 00000011, but the one given is 00000022:"
        " put the original key file back, or restore its backup."
    )
    assert expected == str(refused.value)


def test_another_key_under_the_same_id_is_told_with_what_to_do() -> None:
    impostor = Keyring([MasterKey(ONE.term, TWO.material)], ONE.term)
    with pytest.raises(WrongMasterKey) as refused:
        impostor.verify_check_values(Keyring([ONE], ONE.term).check_values())
    expected = (
        "The master key 00000011 is not the key that the database was sealed under, though it bears its id:"
        " put the original key file back, or restore its backup."
    )
    assert expected == str(refused.value)


def test_one_missing_key_of_several_is_enough_to_refuse() -> None:
    with pytest.raises(WrongMasterKey, match="under the master key 00000022"):
        Keyring([ONE], ONE.term).verify_check_values(Keyring([ONE, TWO], ONE.term).check_values())


def test_two_bare_keys_are_told_apart_by_the_ids_made_from_them() -> None:
    first, second = (
        load_keyring(file=None, credential_dir=None, inline=base64.b64encode(key.material).decode())
        for key in (ONE, TWO)
    )
    with pytest.raises(WrongMasterKey):
        second.verify_check_values(first.check_values())
