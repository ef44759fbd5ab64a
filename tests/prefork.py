"""Commands as processes of their own, without the seconds that Python takes to import everything.

A server imports the service once and forks for each command that is asked for. What runs then is the unmodified
``python -m bot …`` with an environment, a folder and an output of its own, and it can be killed like any other process.

    python tests/prefork.py <socket>
"""

import asyncio
import contextlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PRELOADED = (
    "bot.app",
    "bot.commands",
    "bot.commands.doctor",
    "bot.commands.run",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)


@dataclass
class Command:
    """A command under way, or ended."""

    pid: int
    output: Path
    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter
    status: int | None = None
    """Its exit status; negative for the signal that ended it; None while it runs."""

    @property
    def screen(self) -> str:
        """What it wrote so far, on both streams."""
        return self.output.read_text()

    def send(self, number: signal.Signals) -> None:
        """A signal, unless it has ended."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def ended(self, patience: float = 60.0) -> int:
        """Waits for its end."""
        if self.status is None:
            line = await asyncio.wait_for(self._reader.readline(), patience)
            self.status = int(line)
            self._writer.close()
        return self.status


class Prefork:
    """The server, seen from a test."""

    def __init__(self, address: Path) -> None:
        self._address = address

    async def start(self, *argv: str, environment: Mapping[str, str], folder: Path, output: Path) -> Command:
        """``python -m bot *argv``. Of this process's environment it gets nothing but the path."""
        reader, writer = await asyncio.open_unix_connection(self._address)
        request = {
            "argv": argv,
            "environment": {"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
            "folder": str(folder),
            "output": str(output),
        }
        writer.write(json.dumps(request).encode() + b"\n")
        pid = int(await asyncio.wait_for(reader.readline(), 30))
        return Command(pid, output, reader, writer)


@contextmanager
def prefork_server() -> Iterator[Prefork]:
    """Starts one; it takes a few seconds to import everything."""
    with tempfile.TemporaryDirectory(prefix="latchkey-") as folder:
        address = Path(folder) / "prefork"
        command = [sys.executable, str(Path(__file__)), str(address)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as server:
            try:
                assert server.stdout is not None
                assert server.stdout.readline() == b"ready\n"
                yield Prefork(address)
            finally:
                server.terminate()


def serve(address: str) -> None:
    """Forks a supervisor for each connection, which forks the command, and says how it ended."""
    sys.path.insert(0, str(ROOT))
    for module in PRELOADED:
        __import__(module)
    # Supervisors need no burial.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    listener.close()
                    _supervise(connection)
                    os._exit(0)


def _supervise(connection: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with connection.makefile("rw") as line:
        request = json.loads(line.readline())
        pid = os.fork()
        if pid == 0:
            connection.close()
            _become(request)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            line.write(f"{pid}\n")
            line.flush()
            _, status = os.waitpid(pid, 0)
            line.write(f"{os.waitstatus_to_exitcode(status)}\n")
            line.flush()


def _become(request: dict[str, Any]) -> None:
    output = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["bot", *request["argv"]]
    status: object = 0
    try:
        runpy.run_module("bot", run_name="__main__")
    except SystemExit as leaving:
        status = leaving.code
    except BaseException:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0 if status is None else 1)


if __name__ == "__main__":
    serve(sys.argv[1])
