"""The machine: the data folder, what may be read of our memory, and the addresses we listen on."""

import asyncio
import os
import resource
import shutil
import socket
import stat
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import aiohttp

from bot.commands.checkup.finding import Finding, bad, caution, good
from bot.commands.health import page_at
from bot.commands.privacy import is_dumpable, keep_memory_private
from bot.settings import PREFIX, Settings

_LEAST_SPACE: Final = 100 * 1024 * 1024
_ADVISED_SPACE: Final = 1024 * 1024 * 1024
_PATIENCE: Final = 5.0
_SWAPS: Final = Path("/proc/swaps")


def data_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the folder is there or can be made, is ours alone, can be written to, and has room."""
    folder, about = settings.data_dir.absolute(), "data folder"
    if not folder.exists():
        yield _can_be_made(folder)
        return
    if not folder.is_dir():
        yield bad(about, f"{folder} is not a folder", f"Set {PREFIX}DATA_DIR to a folder.")
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as refused:
        yield bad(
            about,
            f"{folder} cannot be written to ({refused.strerror})",
            f"Give it to this user: chown {_me()} {folder}",
        )
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield caution(about, f"{folder} is open to other users (mode {mode:04o})", f"Run chmod 700 {folder}")
    else:
        yield good(about, f"{folder} can be written to, by this user alone")
    free = shutil.disk_usage(folder).free
    says = f"{free / 1024**3:.1f} GB free"
    if free < _LEAST_SPACE:
        yield bad("disk", says, "Make room: without any, nothing can be kept and no key is taken.")
    elif free < _ADVISED_SPACE:
        yield caution("disk", says, "Make room before it runs out.")
    else:
        yield good("disk", says)


def _can_be_made(folder: Path) -> Finding:
    parent = next(above for above in folder.parents if above.exists())
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return good("data folder", f"{folder} is not there yet; the first start makes it")
    return bad(
        "data folder",
        f"{folder} cannot be made: {parent} cannot be written to",
        f"Make it and give it to this user, or set {PREFIX}DATA_DIR to another folder.",
    )


def _me() -> str:
    return str(os.geteuid())


def memory() -> Iterator[Finding]:
    """Whether keys could leave our memory for a disk. Does to this process what ``run`` does, and reads it back."""
    about = "memory"
    keep_memory_private()
    if resource.getrlimit(resource.RLIMIT_CORE) != (0, 0) or is_dumpable():
        yield bad(about, "core dumps cannot be switched off here", "Set LimitCORE=0 for the service.")
    elif sys.platform == "linux":
        yield good(about, "no core dumps, and closed to other processes")
    else:
        yield good(about, "no core dumps")
    if _swaps():
        yield caution(
            "swap",
            "is on: what is in memory may be written to a disk",
            "Encrypt the swap, or switch it off: swapoff -a",
        )


def _swaps() -> bool:
    try:
        return len(_SWAPS.read_text().splitlines()) > 1  # the first line is a heading
    except OSError:
        return False


async def addresses(settings: Settings, *, running: bool) -> AsyncIterator[Finding]:
    """Whether what we listen on is free, or answers as ours."""
    if settings.http_bind is None:
        yield good("health page", f"is off; {PREFIX}HTTP_BIND would switch it on")
    elif (taken := _taken(settings.http_bind)) is None:
        yield good("health page", f"{settings.http_bind} is free")
    elif running:
        yield await _serving(settings.http_bind)
    else:
        yield bad("health page", f"{settings.http_bind} {taken}", f"Set {PREFIX}HTTP_BIND to another address or port.")
    if settings.webhook_url is None:
        return
    taken = _taken(settings.webhook_bind)
    if taken is None or running:
        yield good(
            "webhook address", f"{settings.webhook_bind} is {'free' if taken is None else 'in use by the service'}"
        )
    else:
        yield bad("webhook address", f"{settings.webhook_bind} {taken}", f"Set {PREFIX}WEBHOOK_BIND to another.")


def _taken(bind: str) -> str | None:
    """Why it cannot be listened on; None if it can."""
    host, _, port = bind.rpartition(":")
    host = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as refused:
        return f"cannot be listened on ({(refused.strerror or 'no such host').lower()})"
    return None


async def _serving(bind: str) -> Finding:
    about, remedy = "health page", "Look at its log."
    try:
        async with (
            asyncio.timeout(_PATIENCE),
            aiohttp.ClientSession() as session,
            session.get(page_at(bind), allow_redirects=False) as answer,
        ):
            parts = await answer.json()
            waiting = sorted(name for name, ready in parts.items() if ready is False and name != "ready")
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError):
        return bad(about, f"the service is running, but {bind} does not answer as its health page", remedy)
    if waiting:
        return bad(about, f"the service is running, but not ready: {', '.join(waiting)}", remedy)
    return good(about, f"the service is running and ready at {bind}")
