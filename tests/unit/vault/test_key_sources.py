"""Where master keys are found, which source wins, and the one sentence for each thing that can be wrong with them."""

import base64
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.vault import CREDENTIAL_NAME, Keyring, KeyringError, load_keyring, new_keyring

KEY = bytes(range(32))
KEY_TEXT = base64.b64encode(KEY).decode()
OTHER_TEXT = base64.b64encode(bytes(range(32, 64))).decode()


def written(path: Path, text: str | bytes, mode: int = 0o400) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def from_file(path: Path) -> Keyring:
    return load_keyring(file=path, credential_dir=None, inline=None)


def from_environment(text: str) -> Keyring:
    return load_keyring(file=None, credential_dir=None, inline=text)


def materials(ring: Keyring) -> list[bytes]:
    return [key.material for key in ring.terms.values()]


def keyring_text(**changes: Any) -> str:
    document = {
        "version": 1,
        "primary": 7,
        "keys": [{"id": 7, "key": KEY_TEXT, "created": "2026-01-31T09:30:00+00:00"}],
    }
    return json.dumps(document | changes)


def test_a_bare_key_is_a_keyring_of_one_with_the_same_id_each_time(tmp_path: Path) -> None:
    ring = from_file(written(tmp_path / "key", KEY_TEXT + "\n"))
    assert materials(ring) == [KEY]
    assert ring == from_environment(f"  {KEY_TEXT}\n")
    assert ring.primary != from_environment(OTHER_TEXT).primary


def test_a_keyring_file_holds_several_keys_and_says_which_is_primary(tmp_path: Path) -> None:
    keys = [{"id": 7, "key": KEY_TEXT, "created": "2026-01-31T09:30:00+00:00"}, {"id": 8, "key": OTHER_TEXT}]
    ring = from_file(written(tmp_path / "keyring.json", keyring_text(keys=keys, primary=8), 0o600))
    assert (list(ring.terms), ring.primary) == ([7, 8], 8)
    assert [datetime(2026, 1, 31, 9, 30, tzinfo=UTC), None] == [key.created for key in ring.terms.values()]


def test_a_date_without_a_zone_is_utc() -> None:
    ring = from_environment(keyring_text(keys=[{"id": 7, "key": KEY_TEXT, "created": "2026-01-31T09:30:00"}]))
    assert datetime(2026, 1, 31, 9, 30, tzinfo=UTC) == ring.terms[7].created


def test_a_file_written_by_an_editor_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert materials(from_file(written(tmp_path / "key", b"\xef\xbb\xbf" + KEY_TEXT.encode() + b"\r\n"))) == [KEY]


# ---------------------------------------------------------------------------------------------------- which source wins


def test_the_systemd_credential_wins_over_the_file_and_the_file_over_the_environment(tmp_path: Path) -> None:
    texts = [base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3)]
    written(tmp_path / CREDENTIAL_NAME, texts[0])
    file = written(tmp_path / "file", texts[1])
    both = load_keyring(file=file, credential_dir=tmp_path, inline=texts[2])
    without_credential = load_keyring(file=file, credential_dir=tmp_path / "elsewhere", inline=texts[2])
    assert materials(both) == [b"\1" * 32]
    assert materials(without_credential) == [b"\2" * 32]


def test_a_credential_directory_with_other_credentials_only_is_passed_over(tmp_path: Path) -> None:
    written(tmp_path / "tls-certificate", "…")
    assert materials(load_keyring(file=None, credential_dir=tmp_path, inline=KEY_TEXT)) == [KEY]


def test_a_credential_that_systemd_opened_to_the_unit_by_an_access_list_is_accepted(tmp_path: Path) -> None:
    written(tmp_path / CREDENTIAL_NAME, KEY_TEXT, 0o440)
    assert materials(load_keyring(file=None, credential_dir=tmp_path, inline=None)) == [KEY]


def test_a_credential_open_to_everybody_is_refused(tmp_path: Path) -> None:
    written(tmp_path / CREDENTIAL_NAME, KEY_TEXT, 0o444)
    with pytest.raises(KeyringError, match="open to other users"):
        load_keyring(file=None, credential_dir=tmp_path, inline=None)


def test_a_file_that_was_named_but_is_missing_is_not_made_up_for_by_the_environment(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match=r"cannot be read .No such file or directory.: check the path"):
        load_keyring(file=tmp_path / "missing", credential_dir=None, inline=KEY_TEXT)


@pytest.mark.parametrize("inline", [None, "", "  \n"])
def test_without_any_source_the_remedy_names_both_settings(inline: str | None) -> None:
    with pytest.raises(KeyringError, match=r"LATCHKEY_MASTER_KEY_FILE .*LATCHKEY_MASTER_KEY to the output of `openssl"):
        load_keyring(file=None, credential_dir=None, inline=inline)


# --------------------------------------------------------------------------------------------------------- who may read


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_file_of_its_owner_alone_is_accepted(tmp_path: Path, mode: int) -> None:
    assert materials(from_file(written(tmp_path / "key", KEY_TEXT, mode))) == [KEY]


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o640, 0o644, 0o620, 0o602, 0o610, 0o601])
def test_a_file_open_to_anybody_else_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path / "key", KEY_TEXT, mode)
    with pytest.raises(KeyringError) as refused:
        from_file(path)
    expected = (
        f"The master key file {path} is open to other users (mode {mode:04o}):"
        f" run `chmod 400 {path}` (for a Docker secret: set its uid and `mode: 0400`)."
    )
    assert expected == str(refused.value)


def test_the_permissions_that_count_are_those_of_the_file_behind_a_link(tmp_path: Path) -> None:
    written(tmp_path / "real", KEY_TEXT, 0o644)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(KeyringError, match="open to other users"):
        from_file(tmp_path / "link")


def test_a_directory_or_a_pipe_is_not_waited_for_but_refused(tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", mode=0o600)
    for name in ("directory", "pipe"):
        with pytest.raises(KeyringError, match=f"{name} (is not a file|cannot be read)"):
            from_file(tmp_path / name)


def test_a_file_far_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="too large to be a keyring"):
        from_file(written(tmp_path / "video", b"{" + b" " * 70_000))


# ------------------------------------------------------------------------------------------------------ what is in them


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not base64!", "A master key in the environment is not base64"),
        (KEY_TEXT[:-1], "A master key in the environment is not base64"),
        (base64.urlsafe_b64encode(b"\xff" * 32).decode(), "A master key in the environment is not base64"),
        (base64.b64encode(b"short").decode(), "is 5 bytes and must be 32: make one with `openssl rand -base64 32`"),
        (base64.b64encode(bytes(64)).decode(), "is 64 bytes and must be 32"),
        (f"{KEY_TEXT}\n{OTHER_TEXT}", "is not base64"),
        ("\udcff", "is not base64"),
        ("{", "The keyring in the environment is damaged: restore it"),
        ('{"a":' * 20_000, "is damaged"),
        (keyring_text()[:-1], "is damaged"),
        ("{}", "is not of version 1"),
        (keyring_text(version=2), "is not of version 1: use the Latchkey that wrote it, or a newer one"),
        (keyring_text(keys={}), "is damaged"),
        (keyring_text(primary="7"), "is damaged"),
        (keyring_text(primary=True), "is damaged"),
        (keyring_text(primary=9), "primary is 00000009, but it holds no such key"),
        (keyring_text(keys=[]), "primary is 00000007, but it holds no such key"),
        (keyring_text(keys=[{"id": 7}]), "lacks its `id` or `key`"),
        (keyring_text(keys=["key"]), "lacks its `id` or `key`"),
        (keyring_text(keys=[{"id": True, "key": KEY_TEXT}]), "lacks its `id` or `key`"),
        (keyring_text(keys=[{"id": 0, "key": KEY_TEXT}]), "must be a number from 1 to 4294967295"),
        (keyring_text(keys=[{"id": 7, "key": "…"}]), "is not base64"),
        (keyring_text(keys=[{"id": 7, "key": KEY_TEXT}] * 2), "two keys with the id 00000007"),
        (keyring_text(keys=[{"id": 7, "key": KEY_TEXT, "created": "soon"}]), "has no proper date in `created`"),
        (keyring_text(keys=[{"id": 7, "key": KEY_TEXT, "created": 5}]), "has no proper date in `created`"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence_that_quotes_no_key(text: str, sentence: str) -> None:
    with pytest.raises(KeyringError) as refused:
        from_environment(text)
    assert sentence in str(refused.value)
    assert KEY_TEXT[:12] not in str(refused.value)
    assert str(refused.value).endswith((".", "out."))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty: put the output of"),
        (b" \n", "is empty"),
        (KEY, "not base64"),
        (b"\xff\xfe" * 20, "is not text"),
    ],
)
def test_a_file_that_holds_no_text_is_refused_by_its_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = written(tmp_path / "key", content)
    with pytest.raises(KeyringError, match=sentence) as refused:
        from_file(path)
    assert str(path) in str(refused.value)


def test_a_new_keyring_can_be_given_its_birthday() -> None:
    birthday = datetime(2026, 5, 4, tzinfo=UTC)
    ring = new_keyring(birthday)
    assert birthday == ring.terms[ring.primary].created
