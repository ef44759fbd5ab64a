"""The key file is written whole or not at all: losing it loses every credential."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.vault import Keyring, KeyringError, MasterKey, load_keyring, new_keyring, save_keyring

# Runs in a process of its own, which kills itself at the n-th thing it asks of the operating system while saving.
# `os.fsync` raises no audit event by itself.
SAVES_AND_DIES = """
import base64, os, signal, sys
from pathlib import Path
from bot.vault import MasterKey, load_keyring, save_keyring

path, doomed = Path(sys.argv[1]), int(sys.argv[2])
ring = load_keyring(file=path, credential_dir=None, inline=None)
after = ring.add(MasterKey(7, bytes(range(32))))
seen = 0

def dies(event, arguments):
    global seen
    if event in ("open", "os.remove", "os.rename", "os.chown", "fsync"):
        seen += 1
        if seen == doomed:
            os.kill(os.getpid(), signal.SIGKILL)

fsync = os.fsync
os.fsync = lambda descriptor: (sys.audit("fsync"), fsync(descriptor))
sys.addaudithook(dies)
save_keyring(path, after)
"""


def loaded(path: Path) -> Keyring:
    return load_keyring(file=path, credential_dir=None, inline=None)


def test_a_saved_keyring_reads_back_as_it_was(tmp_path: Path) -> None:
    ring = new_keyring()
    newer = MasterKey.generate(apart_from=ring.terms)
    ring = ring.add(newer).promote(newer.term)
    save_keyring(tmp_path / "keyring.json", ring)
    assert ring == loaded(tmp_path / "keyring.json")


def test_only_its_owner_can_read_a_saved_keyring_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        save_keyring(tmp_path / "keyring.json", new_keyring())
    finally:
        os.umask(before)
    assert oct(0o400) == oct(stat.S_IMODE((tmp_path / "keyring.json").stat().st_mode))


def test_a_keyring_is_saved_over_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    save_keyring(path, new_keyring())
    second = new_keyring()
    save_keyring(path, second)
    assert second == loaded(path)
    assert [path] == list(tmp_path.iterdir())


def test_a_new_keyring_never_takes_the_place_of_an_existing_one(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    first = new_keyring()
    save_keyring(path, first)
    with pytest.raises(KeyringError, match="is there already, and its keys would be lost"):
        save_keyring(path, new_keyring(), replace=False)
    assert first == loaded(path)


def test_saving_through_a_symbolic_link_replaces_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    save_keyring(tmp_path / "real" / "keyring.json", new_keyring())
    link = tmp_path / "keyring.json"
    link.symlink_to(tmp_path / "real" / "keyring.json")
    second = new_keyring()
    save_keyring(link, second)
    assert link.is_symlink()
    assert second == loaded(tmp_path / "real" / "keyring.json")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_keyring_changed_by_root_still_belongs_to_the_service(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    save_keyring(path, new_keyring())
    os.chown(path, 4321, 4322)
    save_keyring(path, new_keyring())
    assert (path.stat().st_uid, path.stat().st_gid) == (4321, 4322)


def test_a_directory_that_is_not_there_is_said_to_be_the_trouble(tmp_path: Path) -> None:
    with pytest.raises(
        KeyringError, match=r"cannot be written safely .No such file or directory.: check the directory"
    ):
        save_keyring(tmp_path / "missing" / "keyring.json", new_keyring())


def test_a_keyring_is_on_the_disk_before_its_name_is_and_the_name_before_saving_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    fsync, rename = os.fsync, Path.replace

    def recorded_fsync(descriptor: int) -> None:
        asked.append("fsync of the directory" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "fsync of the file")
        fsync(descriptor)

    def recorded_rename(source: Path, target: Path) -> Path:
        asked.append("rename")
        return rename(source, target)

    monkeypatch.setattr("bot.vault.sources.os.fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_rename)
    save_keyring(tmp_path / "keyring.json", new_keyring())

    assert asked == ["fsync of the file", "rename", "fsync of the directory"]


def test_a_disk_that_fails_leaves_the_old_keyring_and_no_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keyring.json"
    first = new_keyring()
    save_keyring(path, first)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.vault.sources.os.fsync", full)
    with pytest.raises(KeyringError, match="No space left on device"):
        save_keyring(path, new_keyring())
    assert first == loaded(path)
    assert [path] == list(tmp_path.iterdir())


def test_killed_at_any_moment_of_saving_the_old_or_the_new_keyring_is_there(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    before = new_keyring()
    after = before.add(MasterKey(7, bytes(range(32))))
    found, exit_status = [], -signal.SIGKILL
    moment = 0

    while exit_status == -signal.SIGKILL:
        moment += 1
        save_keyring(path, before)
        exit_status = subprocess.run([sys.executable, "-c", SAVES_AND_DIES, path, str(moment)], check=False).returncode
        found.append({tuple(before.terms): "old", tuple(after.terms): "new"}[tuple(loaded(path).terms)])
        left = {entry.name: oct(stat.S_IMODE(entry.stat().st_mode)) for entry in tmp_path.iterdir()}
        assert left.items() <= {"keyring.json": "0o400", ".keyring.json.new": "0o400"}.items()

    assert exit_status == 0, "the last round was not killed any more"
    assert sorted(set(found), key=found.index) == ["old", "new"]
    assert len(found) >= 6
    assert {path} == set(tmp_path.iterdir()), "what a killed round left was cleared away by the next"
