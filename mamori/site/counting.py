"""Where the processes count together: in memory rather than on the disk, which may fill up under what they have mapped."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client knows the folder."""
MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it, for its owner only


def fresh(home: Path) -> Path:
    """Return an empty folder for this house and this process; what processes that are gone left behind is removed.

    :raises OSError: when it cannot be made.
    """
    if os.access(MEMORY, os.W_OK):
        name = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:12]
        place, stem = MEMORY, f"mamori-{os.getuid()}-{name}-"
    else:
        place, stem = home / "run", "metrics-"
    for folder in place.glob(f"{stem}*"):
        if not _runs(folder.name.removeprefix(stem)):
            shutil.rmtree(folder, ignore_errors=True)
    folder = place / f"{stem}{os.getpid()}"
    folder.mkdir(mode=0o700, parents=True)
    return folder


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
