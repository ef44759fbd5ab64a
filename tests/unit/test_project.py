"""What the files around the code promise: the lock, the image, the explained settings, the commands in the README."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from dotenv import dotenv_values

from bot.commands import cli
from bot.commands.health import health
from bot.lifecycle import DRAIN
from bot.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).parents[2]

LOCKS = pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])

REGISTRIES = re.compile(
    r"\b(?:py" r"pi|test\.py" r"pi)\.org\b|python" r"hosted\.org|registry\.npm" r"js|npm" r"js\.org"
)
"""In pieces, so that this file does not name what it looks for."""

MACHINES = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+|opt/\w+|tmp/\w+)(?:/|\b)|\.\./shared\b")
"""Paths that are there on one machine only."""


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """Every file that belongs to the project, if it is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    if listed.returncode != 0:
        pytest.skip("this is no checkout: what belongs to the project cannot be told")
    found = {}
    for name in listed.stdout.split("\0"):
        try:
            found[name] = text_of(name)
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return found


# ------------------------------------------------------------------------------------------------------ tracked files


def hits(tracked: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    me = Path(__file__).relative_to(ROOT).as_posix()
    return [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
        for name, text in tracked.items()
        for hit in pattern.finditer(text)
        if name != me
    ]


def test_no_file_names_the_host_of_a_package_registry(tracked: dict[str, str]) -> None:
    assert 100 < len(tracked)
    assert [] == hits(tracked, REGISTRIES)


def test_no_file_names_a_path_of_somebodys_machine(tracked: dict[str, str]) -> None:
    assert [] == hits(tracked, MACHINES)


def test_what_is_looked_for_would_be_found() -> None:
    examples = {"a": "see https://py" + "pi.org/simple\n", "b": "cd " + "/work/" + "main"}

    assert ["a:1: py" + "pi.org"] == hits(examples, REGISTRIES)
    assert ["b:1: /work" + "/"] == hits(examples, MACHINES)


def test_no_file_with_settings_or_data_belongs_to_the_project(tracked: dict[str, str]) -> None:
    assert {".env.example"} == {name for name in tracked if Path(name).name.startswith(".env")}
    assert [] == [name for name in tracked if name.endswith((".db", ".db-wal", ".pem", ".key"))]


# ----------------------------------------------------------------------------------------------------------- commands


def commands() -> set[str]:
    group = typer.main.get_command(cli)
    return set(getattr(group, "commands", {}))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", ".ci/run", ".env.example", "SECURITY.md", "CHANGELOG.md"]
)
def test_every_command_that_is_written_down_exists(page: str) -> None:
    if not (ROOT / page).exists():
        pytest.skip(f"there is no {page} yet")
    text = text_of(page)

    made = set(re.findall(r"(?:^|`|&& )make ([a-z-]+)", text, re.MULTILINE))
    run = set(re.findall(r"python -m bot ([a-z]+)", text))

    assert set() == made - targets()
    assert set() == run - commands()


def test_the_readme_begins_with_two_commands() -> None:
    (first, *_) = re.findall(r"```sh\n(.*?)```", text_of("README.md"), re.DOTALL)

    assert ["make demo", "make test"] == [line.partition("#")[0].strip() for line in first.splitlines() if line]


def test_every_target_says_what_it_does() -> None:
    said = set(re.findall(r"^([a-z-]+):.*?## \S", text_of("Makefile"), re.MULTILINE))

    assert {"demo", "tour", "test", "check", "bench", "lock"} <= said
    assert set() == targets() - said


# ----------------------------------------------------------------------------------------------------------- settings


def explained() -> dict[str, str]:
    """Every setting in .env.example, those that are commented out as well."""
    lines = re.findall(rf"^#?({PREFIX}[A-Z_]+)=(.*)$", text_of(".env.example"), re.MULTILINE)
    assert len(lines) == len(dict(lines)), "a setting is there twice"
    return dict(lines)


def test_every_setting_is_explained_and_nothing_else() -> None:
    assert {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} == set(explained())


def test_what_is_explained_is_the_default_or_an_example_that_fits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in explained().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LATCHKEY_BOT_TOKEN", "123456:ABC-DEF-ghi-jkl-mno-pqr-stu")
    monkeypatch.setenv("LATCHKEY_WEBHOOK_SECRET", "w" * 32)

    shown = load_settings()

    for name in ("telegram_api_url", "check_interval", "log_level", "log_format", "webhook_bind", "data_dir"):
        assert Settings.model_fields[name].default == getattr(shown, name), name


def test_a_copy_of_the_example_lacks_nothing_but_the_token() -> None:
    filled = {name for name, value in dotenv_values(ROOT / ".env.example").items() if value}

    assert {"LATCHKEY_MASTER_KEY_FILE"} == filled


# --------------------------------------------------------------------------------------------------------------- lock


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of every package in a lock."""
    found: dict[str, tuple[str, int]] = {}
    for line in text_of(lock).replace("\\\n", " ").splitlines():
        if line.strip():
            match = re.fullmatch(
                r"([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)( ; [^-]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", line
            )
            assert match is not None, f"{lock}: not a pinned and hashed package: {line[:80]}"
            found[match[1]] = match[2], match[4].count("--hash")
    return found


@LOCKS
def test_every_line_of_the_lock_is_pinned_and_hashed(lock: str) -> None:
    assert 40 < len(pins(lock))
    assert all(hashes for _, hashes in pins(lock).values())


def test_what_is_tested_is_what_is_installed() -> None:
    service, tests = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {} == {name: pin for name, pin in service.items() if tests.get(name) != pin}


def names(requirements: list[str]) -> Iterator[str]:
    for requirement in requirements:
        match = re.match(r"[A-Za-z0-9._-]+", requirement)
        assert match is not None
        yield re.sub(r"[._]", "-", match[0]).lower()


def test_every_dependency_is_in_its_lock() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))

    assert set() == set(names(project["project"]["dependencies"])) - set(pins("requirements.lock"))
    assert set() == set(names(project["dependency-groups"]["dev"])) - set(pins("requirements-dev.lock"))


def download(requirements: str, folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    (folder / "requirements.lock").write_text(requirements)
    return subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--retries", "0", "--timeout", "10",
         "--require-hashes", "-r", "requirements.lock", "-d", "."],
        cwd=folder, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip


def test_an_install_with_a_wrong_hash_fails(tmp_path: Path) -> None:
    """Threat 25: a package that is not the one that was locked is not installed."""
    (small,) = re.findall(r"^iniconfig==.*(?:\n    .*)+", text_of("requirements-dev.lock"), re.MULTILINE)
    as_locked = download(small.rstrip(" \\") + "\n", tmp_path / "as-locked")
    if as_locked.returncode != 0:
        pytest.skip("no package index is within reach, so nothing can be installed at all")
    another = re.sub(r"sha256:[0-9a-f]{8}", "sha256:00000000", small)
    without = small.partition(" ")[0]

    swapped, unhashed = download(another, tmp_path / "swapped"), download(without, tmp_path / "unhashed")

    assert another != small
    assert 0 != swapped.returncode
    assert "DO NOT MATCH THE HASHES" in swapped.stderr
    assert 0 != unhashed.returncode
    assert "Hashes are required" in unhashed.stderr


# -------------------------------------------------------------------------------------------------------------- image


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, in order, each on one line."""
    text = re.sub(r"^\s*#.*\n", "", text_of("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines()) if word]


def last(instruction: str) -> str:
    return next(rest for word, rest in reversed(instructions()) if word == instruction)


def image_settings() -> dict[str, str]:
    return dict(re.findall(r"(LATCHKEY_[A-Z_]+)=(\S+)", last("ENV")))


def test_the_image_runs_as_somebody_without_rights() -> None:
    user = last("USER")

    assert user not in {"root", "0", ""}
    assert re.search(rf"useradd .*--shell \S*nologin {user}\b", text_of("Dockerfile"))
    order = [word for word, _ in instructions()]
    assert order.index("USER") > max(i for i, word in enumerate(order) if word in {"COPY", "RUN"})


def test_the_image_installs_only_what_the_lock_names_and_copies_only_what_runs() -> None:
    stages = [rest for word, rest in instructions() if word == "FROM"]
    copied = [rest for word, rest in instructions() if word == "COPY"]

    assert 2 == len(stages)
    assert not [stage for stage in stages if stage.endswith(":latest") or ":" not in stage]
    assert "--require-hashes" in text_of("Dockerfile")
    assert ["requirements.lock .", "--from=build /venv /venv", "bot bot"] == copied
    assert "ADD" not in {word for word, _ in instructions()}
    assert {".env", ".git", "data"} <= set(text_of(".dockerignore").split())


def test_the_image_keeps_its_data_in_a_volume_of_its_user() -> None:
    volume = last("VOLUME")

    assert volume == image_settings()["LATCHKEY_DATA_DIR"]
    assert re.search(rf"install -d -o {last('USER')} -m 0700 {volume}\b", text_of("Dockerfile"))


def test_the_image_looks_after_its_health_where_the_service_tells_it() -> None:
    check = last("HEALTHCHECK")

    assert 'CMD ["python", "-m", "bot", "health"]' in check
    assert "LATCHKEY_HTTP_BIND" in image_settings()
    assert 1 == health("http://127.0.0.1:9/healthz")


def test_the_image_sets_only_settings_that_there_are_and_no_secret() -> None:
    settings = image_settings()

    assert set(settings) <= set(explained())
    assert set() == set(settings) & {f"{PREFIX}{name}" for name in ("BOT_TOKEN", "MASTER_KEY", "WEBHOOK_SECRET")}


def docker_run() -> str:
    """The command in the README, on one line."""
    (line,) = re.findall(r"^docker run (.*)$", text_of("README.md").replace("\\\n", " "), re.MULTILINE)
    return str(line)


def test_run_as_the_readme_says_the_container_finds_its_key_and_its_data() -> None:
    """With the settings of a copied example, which docker puts over the image's, and -e over both."""
    asked = dict(re.findall(r" -e (LATCHKEY_[A-Z_]+)=(\S+)", docker_run()))
    copied = {name: value for name, value in dotenv_values(ROOT / ".env.example").items() if value}
    mounted = {into for _, into in re.findall(r' -v "?([^:\s]+):([^:"\s]+)', docker_run())}

    effective = image_settings() | copied | asked

    assert {effective["LATCHKEY_MASTER_KEY_FILE"], effective["LATCHKEY_DATA_DIR"]} == mounted
    assert "--env-file .env " in docker_run()


def test_run_as_the_readme_says_the_key_belongs_to_the_images_user_and_a_stop_has_its_time() -> None:
    (user,) = re.findall(r"--uid (\d+)", text_of("Dockerfile"))
    (seconds,) = re.findall(r"--stop-timeout (\d+)", docker_run())

    assert f"chown {user} master-key.json" in text_of("README.md")
    assert 2 * DRAIN <= float(seconds)


def test_the_image_is_stopped_as_the_service_wants_it() -> None:
    assert "SIGTERM" == last("STOPSIGNAL")
    assert ('["python", "-m", "bot"]', '["run"]') == (last("ENTRYPOINT"), last("CMD"))
