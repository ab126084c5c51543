"""What a finding or an appeal rests on, as pages list it, and which file somebody may open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.ground.cases import facts as cases
from mamori.ground.vault import facts as vault
from mamori.ground.web.uploads import FileShown, file_shown
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.models import AppealFile, Evidence
from mamori.rooms.enforcement.queries.appeal import appeal_behind
from mamori.rooms.enforcement.queries.matter import finding_behind

FILE, CASE = "file", "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One thing that a matter rests on: a file, or a case by its number; `is_of_room` = that case is a finding, too."""

    by_seller: bool
    at: datetime
    file: FileShown | None = None
    case: str = ""
    is_of_room: bool = False


def pieces_of(finding: int) -> tuple[Piece, ...]:
    """Return what a finding and the seller's view rest on, in order; acts are in the record and not listed."""
    rows = list(Evidence.objects.filter(finding=finding, kind__in=(FILE, CASE)).order_by("id"))
    files = vault.files([uuid.UUID(row.ref) for row in rows if row.kind == FILE], named=True)
    return tuple(
        Piece(
            by_seller=row.by_seller,
            at=row.at,
            file=file_shown(row.pk, files[uuid.UUID(row.ref)]) if row.kind == FILE else None,
            case=row.ref if row.kind == CASE else "",
            is_of_room=row.kind == CASE and cases.behind(row.ref)[0].startswith("enforcement."),
        )
        for row in rows
    )


def files_of(appeal: int) -> tuple[FileShown, ...]:
    """Return the files of an appeal, in order."""
    rows = list(AppealFile.objects.filter(appeal=appeal).order_by("number"))
    files = vault.files([row.file for row in rows], named=True)
    return tuple(file_shown(row.number, files[row.file]) for row in rows)


def file_behind(hand: Hand, number: str, which: int) -> uuid.UUID:
    """Return the file of that number of the finding or appeal behind a case number, for whoever may see that."""
    if cases.behind(number)[0] == "enforcement.appeal":
        of_appeal = AppealFile.objects.filter(appeal=appeal_behind(hand, number), number=which).first()
        if of_appeal is None:
            raise NotThere()
        return of_appeal.file
    piece = Evidence.objects.filter(finding=finding_behind(hand, number), pk=which, kind=FILE).first()
    if piece is None:
        raise NotThere()
    return uuid.UUID(piece.ref)
