"""Where the log stands and who signs it: the folder, its lock, its key."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger.note import NoteBroken, Signer, read_head
from mamori.ground.ledger.tiles import Store
from mamori.ground.seal import facts as seal


class LogDamaged(Refusal, code="ledger.damaged", status=409):
    """What stands on disk or in the tables is not what was signed."""

    text = Text(
        "記録が、最後に署名したものと一致しません({place})。署名を止めました。`mamori ledger verify` で場所を確かめ、"
        "控えから戻してください。",
        "The log is not the one that was signed last ({place}). Nothing more is signed. Find the place with "
        "`mamori ledger verify`, and put it back from your backup.",
    )


class OtherLog(Refusal, code="ledger.other_log", status=424):
    """The signed heads carry another name than the settings: the settings are wrong, not the log."""

    text = Text(
        "この記録の名前は「{found}」ですが、MAMORI_LOG_ORIGIN は「{asked}」です。名前を元に戻してください。",
        "This log is called “{found}”, but MAMORI_LOG_ORIGIN says “{asked}”. Set it back to the log's name.",
    )


def must_fit(note: str) -> None:
    """See that a signed head is of the log that the settings name, and by the key that lies here."""
    found = note.partition("\n")[0]
    if found != settings.LOG_ORIGIN:
        raise OtherLog(found=found, asked=settings.LOG_ORIGIN)
    try:
        read_head(note, signer().verifier)
    except NoteBroken:
        raise seal.KeyWrong(path=seal.key_file(seal.Key.LOG)) from None


def store() -> Store:
    """Return the folder of the log."""
    return Store(Path(settings.LOG))


def signer() -> Signer:
    """Return the log's key under the log's name."""
    return Signer(settings.LOG_ORIGIN, seal.key(seal.Key.LOG))


def checkpoint_file() -> Path:
    """Return where the newest checkpoint stands for everybody to copy."""
    return Path(settings.LOG) / "checkpoint"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the log's folder against other processes; the system lets go of it when the holder dies."""
    folder = Path(settings.LOG)
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
