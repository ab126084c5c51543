"""What is done with files: taken in, kept, dropped, scanned again, erased; and legal holds put and lifted."""

from __future__ import annotations

from mamori.ground.vault.taking import (
    FileEmpty as FileEmpty,
    FileNotTaken as FileNotTaken,
    FileTooLarge as FileTooLarge,
    HeicNotTaken as HeicNotTaken,
    LaidGone as LaidGone,
    NoRoom as NoRoom,
    Ready as Ready,
    Taken as Taken,
    TooManyAtOnce as TooManyAtOnce,
    TooManyFiles as TooManyFiles,
    Upload as Upload,
    clear_laid as clear_laid,
    drop as drop,
    keep as keep,
    laid as laid,
    laid_beside as laid_beside,
    lay_beside as lay_beside,
    lay_by as lay_by,
    prepare as prepare,
    ready_files as ready_files,
    take_in as take_in,
)
from mamori.ground.vault.tending import (
    EraseNotYours as EraseNotYours,
    HoldDaysUnfit as HoldDaysUnfit,
    HoldNotYours as HoldNotYours,
    HoldReasonNeeded as HoldReasonNeeded,
    LogsOnly as LogsOnly,
    NothingToHold as NothingToHold,
    erase as erase,
    erase_of as erase_of,
    extend as extend,
    hold as hold,
    hold_open as hold_open,
    lapse as lapse,
    let_go as let_go,
    lift as lift,
    purge_files as purge_files,
    purge_locked as purge_locked,
    rescan as rescan,
    sweep as sweep,
)
from mamori.ground.vault.workshop import TooManyPages as TooManyPages
