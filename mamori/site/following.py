"""What a program does for the supervisor that started it: it says when it is ready, and ends when that one is gone."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys

READY, EXPECT = "ready", "expect"
"""What a program says: how many parts of it will be ready (one, unless it says so), and each that is."""

REFUSED = 2
"""The exit code of a refusal: whoever starts it again would be refused again."""

PR_SET_PDEATHSIG = 1


def tell(fd: int | None, word: str) -> None:
    """Say a word to whoever started this process, if anybody still listens."""
    if fd is None:
        return
    with contextlib.suppress(OSError):
        os.write(fd, f"{word}\n".encode())


def end_with_parent() -> None:
    """Let the kernel end this process when its parent is killed (Linux): nobody else would look after it."""
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died meanwhile
        os.kill(os.getpid(), signal.SIGTERM)
