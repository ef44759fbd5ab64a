"""No key and no credential is in a repr, an exception, or a traceback, not even in one that prints local variables."""

import base64
import json
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.vault import (
    CannotUnseal,
    EphemeralBox,
    Keyring,
    KeyringError,
    MasterKey,
    RecordContext,
    Vault,
    load_keyring,
)
from bot.vault.fingerprints import Fingerprints

KEK = b"CANARY-MASTER-KEY-0123456789-ABC"
CREDENTIAL = b"CANARY-CREDENTIAL-PLAINTEXT"
RING = Keyring([MasterKey(7, KEK)], 7)


def shapes_of(secret: bytes) -> Iterator[str]:
    """As it is, in hex, in base64 with any alignment, and as a list of numbers."""
    yield repr(secret)[2:14]
    yield secret.hex()[:16]
    for shift in range(3):
        yield base64.b64encode(bytes(shift) + secret).decode()[4:18]
    yield ", ".join(map(str, secret[:6]))


def shown_in(text: str, *secrets: bytes) -> list[str]:
    return [shape for secret in secrets for shape in shapes_of(secret) if shape in text]


def everything_about(problem: BaseException) -> str:
    """What the most talkative reporter could print: the whole chain, its attributes, and every frame's variables.

    The frames of this test itself, which made the secrets, are left out.
    """
    told = []
    seen: BaseException | None = problem
    while seen is not None:
        told += [repr(seen), str(seen), repr(seen.args), repr(vars(seen))]
        report = traceback.TracebackException.from_exception(seen, capture_locals=True, compact=False)
        told += [str(frame.locals) for frame in report.stack if frame.filename != __file__]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(told)


def problem_of(call: Callable[[], object]) -> BaseException:
    try:
        call()
    except Exception as problem:  # noqa: BLE001 - any of them must keep quiet
        return problem
    pytest.fail("it was expected to fail")


def test_the_search_finds_a_secret_that_is_there() -> None:
    def leaks() -> None:
        exec(compile("key = kek\nraise ValueError(7)", "leaky.py", "exec"), {"kek": KEK})  # noqa: S102

    assert shown_in(everything_about(problem_of(leaks)), KEK) == ["CANARY-MASTE"]
    assert len(shown_in(KEK.hex(), KEK)) == 1
    assert len(shown_in(base64.b64encode(b"12" + KEK).decode(), KEK)) == 1


def test_no_object_shows_what_it_holds() -> None:
    vault = Vault(RING, "deployment-7")
    vault.adopt_pepper(vault.new_pepper())
    objects = [RING, RING.terms[7], RING.terms, vault, EphemeralBox(), Fingerprints(KEK), RING.check_values()]
    assert shown_in("".join(f"{thing!r}{thing!s}" for thing in objects), KEK) == []


@pytest.mark.parametrize("offset", [0, 4, 5, 9, 41, 53, 101, 133, 145, -1])
def test_a_record_that_does_not_open_shows_neither_keys_nor_credential(context: RecordContext, offset: int) -> None:
    vault = Vault(RING, "deployment-7")
    record = bytearray(vault.seal(CREDENTIAL, context))
    record[offset] ^= 1
    problem = problem_of(lambda: vault.unseal(bytes(record), context))
    assert isinstance(problem, CannotUnseal)
    assert shown_in(everything_about(problem), KEK, CREDENTIAL) == []


def test_a_record_that_does_not_open_shows_not_even_its_own_data_key(
    context: RecordContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    dek = b"CANARY-DATA-KEY-0123456789-ABCDE"
    drawn = iter([dek, bytes(32), bytes(12), bytes(12)])
    monkeypatch.setattr("bot.vault.sealing.secrets.token_bytes", lambda _length: next(drawn))
    vault = Vault(RING, "deployment-7")
    record = vault.seal(CREDENTIAL, context)
    problem = problem_of(lambda: vault.unseal(record[:-1] + bytes([record[-1] ^ 1]), context))
    assert shown_in(everything_about(problem), KEK, CREDENTIAL, dek) == []


def test_a_box_that_does_not_open_shows_nothing() -> None:
    openers: list[Vault | EphemeralBox] = [Vault(RING, "deployment-7"), EphemeralBox()]
    for opener in openers:
        blob = opener.box("draft", CREDENTIAL, b"chat 1")
        problem = problem_of(lambda opener=opener, blob=blob: opener.unbox("draft", blob, b"chat 2"))  # type: ignore[misc]
        assert shown_in(everything_about(problem), KEK, CREDENTIAL) == []


def test_a_keyring_that_is_refused_shows_none_of_its_keys(tmp_path: Path) -> None:
    key = base64.b64encode(KEK).decode()
    entry = {"id": 7, "key": key}
    broken = [
        key[:-3],
        key + key,
        json.dumps({"version": 1, "primary": 7, "keys": [entry]})[:-1],
        json.dumps({"version": 2, "primary": 7, "keys": [entry]}),
        json.dumps({"version": 1, "primary": 8, "keys": [entry]}),
        json.dumps({"version": 1, "primary": 7, "keys": [entry, entry]}),
        json.dumps({"version": 1, "primary": 7, "keys": [entry | {"id": 0}]}),
        json.dumps({"version": 1, "primary": 7, "keys": [entry | {"created": key}]}),
        json.dumps({"version": 1, "primary": 7, "keys": [entry, {"key": key}]}),
    ]
    for text in broken:
        path = tmp_path / "key"
        path.write_text(text)
        path.chmod(0o600)
        inline = problem_of(lambda text=text: load_keyring(file=None, credential_dir=None, inline=text))  # type: ignore[misc]
        file = problem_of(lambda path=path: load_keyring(file=path, credential_dir=None, inline=None))  # type: ignore[misc]
        assert [KeyringError, KeyringError] == [type(inline), type(file)]
        assert shown_in(everything_about(inline) + everything_about(file), KEK, key.encode()) == []


def test_a_keyring_that_cannot_be_changed_shows_none_of_its_keys() -> None:
    other = MasterKey(8, b"CANARY-OTHER-KEY-0123456789-ABCD")
    attempts: list[Callable[[], object]] = [
        lambda: RING.retire(7),
        lambda: RING.promote(9),
        lambda: RING.add(MasterKey(8, KEK)),
        lambda: RING.verify_check_values(Keyring([other], 8).check_values()),
        lambda: RING.verify_check_values({7: other.check_value}),
    ]
    for attempt in attempts:
        assert shown_in(everything_about(problem_of(attempt)), KEK, other.material) == []
