"""What keeps the keys in this process's memory inside of it (threat 10)."""

import ctypes
import resource
import sys

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
"""linux/prctl.h."""


def keep_memory_private() -> None:
    """No core dump, and no other process of this user may read our memory: master keys live in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)


def is_dumpable() -> bool:
    """Whether the kernel would still write or show this process's memory; False where it cannot be asked."""
    return sys.platform == "linux" and _prctl(_PR_GET_DUMPABLE, 0) != 0


def _prctl(option: int, value: int) -> int:
    return int(ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0))
