"""Files that only who runs the house may read, however the machine makes files otherwise."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = ("", "-wal", "-shm", "-journal", ".gate")
"""What a database on SQLite is made of, by the ending of its name; SQLite makes its own like the first."""


def opened(name: str, flags: int) -> int:
    """Open a file for its owner alone, also one that was there before: an `opener` for `open`."""
    file = os.open(name, flags, 0o600)
    os.fchmod(file, 0o600)
    return file


def make(path: Path) -> None:
    """Make an empty file for its owner alone where there is none."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def close_database(path: Path) -> None:
    """Close a database that others could read until now, and what lies beside it."""
    for ending in BESIDE:
        file = path.with_name(f"{path.name}{ending}")
        if file.exists() and file.stat().st_mode & 0o077:
            file.chmod(0o600)
