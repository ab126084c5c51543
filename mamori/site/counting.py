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
    """Return an empty folder for this house.

    :raises OSError: when it cannot be made.
    """
    if os.access(MEMORY, os.W_OK):
        name = hashlib.sha256(str(home.absolute()).encode()).hexdigest()[:12]
        folder = MEMORY / f"mamori-{os.getuid()}-{name}"
    else:
        folder = home / "run" / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder
