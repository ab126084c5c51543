"""What is done with files: taken in, kept, dropped, scanned again, erased."""

from __future__ import annotations

from mamori.ground.vault.sniffing import Kind
from mamori.ground.vault.storing import NoRoom
from mamori.ground.vault.taking import (
    FileEmpty,
    FileNotTaken,
    FileTooLarge,
    HeicNotTaken,
    Taken,
    TooManyFiles,
    drop,
    keep,
    take_in,
)
from mamori.ground.vault.workshop import FileLocked, FileTooHeavy, FileUnreadable, TooManyPages

__all__ = [
    "FileEmpty",
    "FileLocked",
    "FileNotTaken",
    "FileTooHeavy",
    "FileTooLarge",
    "FileUnreadable",
    "HeicNotTaken",
    "Kind",
    "NoRoom",
    "Taken",
    "TooManyFiles",
    "TooManyPages",
    "drop",
    "keep",
    "take_in",
]
