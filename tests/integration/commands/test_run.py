"""``python -m bot run`` as whatever looks after processes sees it: exit status, limits, and what it writes."""

import json
import signal
import socket
import sys
from pathlib import Path

import pytest

from bot.sandbox.world import Sandbox
from bot.vault import new_keyring, save_keyring
from tests.integration.commands.conftest import Operator, ready, running


async def test_it_stops_in_order_and_writes_one_json_object_per_line(operator: Operator, sandbox: Sandbox) -> None:
    operator.environment["LATCHKEY_LOG_LEVEL"] = "DEBUG"
    async with running(operator, sandbox) as service:
        pass

    events = [json.loads(line) for line in service.screen.splitlines()]
    told = [event["event"] for event in events]
    assert ["process.started", "process.stopping", "process.stopped"] == [e for e in told if e.startswith("process.")]
    assert all({"timestamp", "level", "event", "logger"} <= set(event) for event in events)
    assert not [part for part in sandbox.token.split(":") if len(part) > 12 and part in service.screen]


async def test_a_second_signal_changes_nothing(operator: Operator, sandbox: Sandbox) -> None:
    async with running(operator, sandbox) as service:
        service.send(signal.SIGINT)
        service.send(signal.SIGTERM)

    assert 0 == service.status


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_its_memory_is_closed(operator: Operator, sandbox: Sandbox) -> None:
    """Threat 10, read back from the kernel: no core dump, and its memory belongs to root however it was started."""
    async with running(operator, sandbox) as service:
        process = Path(f"/proc/{service.pid}")
        limits = process.joinpath("limits").read_text()
        owner = process.joinpath("mem").stat().st_uid

    (core,) = [line.split() for line in limits.splitlines() if line.startswith("Max core file size")]
    assert ["0", "0"] == core[4:6]
    assert 0 == owner


async def refused(operator: Operator, *says: str) -> None:
    """It does not start: exit status 2, one sentence for people, nothing that looks like a crash."""
    ended = await operator.runs("run")

    assert 2 == ended.status, ended.screen
    assert "Traceback" not in ended.screen
    assert "crashed" not in ended.screen
    *_, last = [line for line in ended.screen.splitlines() if "python -m bot doctor" not in line]
    assert [] == [each for each in says if each not in last], ended.screen


async def test_settings_that_do_not_fit(operator: Operator) -> None:
    operator.environment["LATCHKEY_CHECK_INTERVAL"] = "0"

    await refused(operator, "LATCHKEY_CHECK_INTERVAL", "greater than or equal to 1")
    assert (await operator.runs("run")).screen.endswith("Run python -m bot doctor: it says what to do about it.\n")


async def test_no_master_key(operator: Operator) -> None:
    operator.key_file.unlink()

    await refused(operator, "cannot be read")


async def test_another_master_key(operator: Operator, sandbox: Sandbox) -> None:
    async with running(operator, sandbox):
        pass
    save_keyring(operator.key_file, new_keyring())

    await refused(operator, "The database was sealed under the master key", "put the original key file back")


async def test_a_second_service_on_the_same_data(operator: Operator, sandbox: Sandbox) -> None:
    async with running(operator, sandbox):
        await refused(operator, "in use by another Latchkey process")


@pytest.mark.parametrize("setting", ["HTTP_BIND", "WEBHOOK_BIND"])
async def test_an_address_that_somebody_else_listens_on(operator: Operator, setting: str) -> None:
    operator.environment |= {"LATCHKEY_WEBHOOK_URL": "http://127.0.0.1:9/hook", "LATCHKEY_WEBHOOK_SECRET": "w" * 32}
    operator.environment |= {"LATCHKEY_HTTP_BIND": "127.0.0.1:0", "LATCHKEY_WEBHOOK_BIND": "127.0.0.1:0"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        operator.environment[f"LATCHKEY_{setting}"] = f"127.0.0.1:{taken.getsockname()[1]}"

        await refused(operator, f"LATCHKEY_{setting}", "Address already in use")


async def test_a_data_folder_that_cannot_be_made(operator: Operator) -> None:
    operator.environment["LATCHKEY_DATA_DIR"] = str(operator.key_file / "data")

    await refused(operator, "cannot be")


async def test_health_is_told_while_it_runs(operator: Operator, sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    operator.environment["LATCHKEY_HTTP_BIND"] = bind

    async with running(operator, sandbox):
        await ready(operator, bind)

    assert 1 == (await operator.runs("health", "--url", f"http://{bind}/healthz")).status
