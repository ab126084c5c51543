"""What is done with files: taken in, kept, dropped, scanned again, erased; and legal holds put and lifted."""

from __future__ import annotations

from mamori.ground.vault.holding import (
    HoldDaysUnfit,
    HoldNotYours,
    HoldReasonNeeded,
    LogsOnly,
    NothingToHold,
    extend,
    hold,
    hold_open,
    lapse,
    let_go,
    lift,
)
from mamori.ground.vault.preparing import Ready, TooManyAtOnce, Upload, prepare, ready_files
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
from mamori.ground.vault.tending import (
    EraseNotYours,
    erase,
    erase_of,
    purge_files,
    purge_locked,
    rescan,
    sweep,
)
from mamori.ground.vault.workshop import FileLocked, FileTooHeavy, FileUnreadable, TooManyPages

__all__ = [
    "EraseNotYours",
    "FileEmpty",
    "FileLocked",
    "FileNotTaken",
    "FileTooHeavy",
    "FileTooLarge",
    "FileUnreadable",
    "HeicNotTaken",
    "HoldDaysUnfit",
    "HoldNotYours",
    "HoldReasonNeeded",
    "Kind",
    "LogsOnly",
    "NoRoom",
    "NothingToHold",
    "Ready",
    "Taken",
    "TooManyAtOnce",
    "TooManyFiles",
    "TooManyPages",
    "Upload",
    "drop",
    "erase",
    "erase_of",
    "extend",
    "hold",
    "hold_open",
    "keep",
    "lapse",
    "let_go",
    "lift",
    "prepare",
    "purge_files",
    "purge_locked",
    "ready_files",
    "rescan",
    "sweep",
    "take_in",
]
