"""Where the processes count together: in memory rather than on the disk, which may fill up under what they have mapped."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client knows the folder."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it, for its owner only


def folder(home: Path, process: int) -> Path:
    """Return the folder of a house that this process began."""
    if os.access(MEMORY, os.W_OK):
        name = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:12]
        return MEMORY / f"mamori-{os.getuid()}-{name}-{process}"
    return home / "run" / f"metrics-{process}"


def fresh(home: Path) -> Path:
    """Return an empty folder for this house and this process; what processes that are gone left behind is removed.

    :raises OSError: when it cannot be made.
    """
    mine = folder(home, os.getpid())
    stem = mine.name.removesuffix(f"{os.getpid()}")
    for other in mine.parent.glob(f"{stem}*"):
        if not _runs(other.name.removeprefix(stem)):
            shutil.rmtree(other, ignore_errors=True)
    mine.mkdir(mode=0o700, parents=True)
    return mine


def begin(home: Path) -> None:
    """Choose the folder, empty, unless a supervisor has chosen it already."""
    if SHARED not in os.environ:
        os.environ[SHARED] = str(fresh(home))


def _runs(pid: str) -> bool:
    """Say whether another process of that number is there."""
    if not pid.isdecimal() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
