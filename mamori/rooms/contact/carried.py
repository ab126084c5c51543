"""Files that wait on the disk while their sender looks once more at the words: sealed into the form, stored in no table."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.vault.actions import Ready, Taken
from mamori.ground.web import sealed
from mamori.rooms.contact.models import Attachment, FormalFile

WAIT = timedelta(minutes=45)
"""How long they wait: less than the hour after which the vault sweeps what no table knows."""


class FilesGone(Refusal, code="files-gone", status=422):
    """Given when files waited too long for the words that they belong to."""

    text = Text(
        "時間がたったため、写真や書類を選び直してください。文章はそのまま残っています。",
        "The files have waited too long. Please choose them again; your words are still here.",
    )


class _Box(msgspec.Struct, frozen=True):
    """What lies in the form: since when, and the files with their keys."""

    at: datetime
    files: tuple[Taken, ...]


def pack(hand: Hand, ready: Ready) -> str:
    """Return files as a form can carry them and nobody can read them; empty without files."""
    if not ready.files:
        return ""
    box = msgspec.json.encode(_Box(hand.at, ready.files)).decode()
    return sealed.seal(box, about=_about(hand))


def unpack(hand: Hand, text: str) -> Ready:
    """Return the files that a form of this hand carried; those that were attached meanwhile are left out."""
    if not text:
        return Ready()
    opened = sealed.unseal(text, about=_about(hand))
    box = msgspec.json.decode(opened, type=_Box) if isinstance(opened, str) else None
    if box is None or not timedelta(0) <= hand.at - box.at < WAIT:
        raise FilesGone()
    ids = [file.id for file in box.files]
    known = {
        file
        for table in (Attachment, FormalFile)
        for file in table.objects.filter(file__in=ids).values_list("file", flat=True)
    }
    return Ready(tuple(file for file in box.files if file.id not in known))


def _about(hand: Hand) -> str:
    return f"contact.carried:{hand.by}"
