"""What staff bore and what was done for them: for who bore it and for leads, never for a consumer or a seller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.matters.history import PastAct, past_of
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.web.signing.seconds import is_second
from mamori.law.care import ConductKind
from mamori.rooms.complaints.acts import CARE_ACTS
from mamori.rooms.complaints.models import CareRecord

FLAG = "/desk/complaints/care/flag/?about={about}"
"""Where staff note what they bore on a case."""


class NoSuchCare(Refusal, code="no-such-care", status=404):
    """Given when there is no such record for this hand, or no such case."""

    text = Text(
        "この記録、または記録しようとした案件が見つかりません。記録を見られるのは、受けた本人と責任者・法務担当です。",
        "There is no such record, or no such matter. A record is for who bore it, leads and counsel.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CareShown:
    """A record of abuse: what it was, who bore it, what was done on the call and for them."""

    number: int
    conduct: Text
    staff: str
    at: datetime
    warned: bool
    ended: bool
    closed_at: datetime | None
    may_care: bool = False
    path: str = ""
    past: tuple[PastAct, ...] = field(default=(), repr=False)
    said: str = field(default="", repr=False)


def about_care(number: int) -> str:
    """Return the name under which acts of a record are known."""
    return f"complaints.care:{number}"


def subject_of(row: CareRecord) -> str:
    """Return whose key seals the words of a record."""
    return f"care:{row.ref}"


def place_of(row: CareRecord) -> Place:
    """Return where they lie."""
    return Place("complaints_carerecord", row.ref, "said")


def may_care(hand: Hand, row: CareRecord) -> bool:
    """Say whether the hand may note what was done for who bore it: a lead or counsel, and never themselves."""
    return hand.role in HEADS and is_second(hand, than=row.staff)


def is_there(about: str) -> bool:
    """Say whether a record may name that: a case of the centre, or none, as on a call of which nothing was taken yet."""
    return not about or cases.is_entered(about)


def records_for(hand: Hand) -> QuerySet[CareRecord]:
    """Return the records that are for this hand: to leads and counsel all, to anybody else their own."""
    rows = CareRecord.objects.all()
    if hand.role in HEADS:
        return rows
    return rows.filter(staff=people.subject_of(hand)) if hand.role in STAFF else rows.none()


def record_of(hand: Hand, number: int, *, locked: bool = False) -> CareRecord:
    """Return a record that is for this hand."""
    rows = records_for(hand).filter(pk=number)
    row = (rows.select_for_update() if locked else rows).first()
    if row is None:
        raise NoSuchCare
    return row


def rows_of(rows: Iterable[CareRecord], hand: Hand) -> list[CareShown]:
    """Return what the list tells of these; the words stay sealed."""
    del hand
    names = people.names()
    return [
        CareShown(
            number=row.pk,
            conduct=ConductKind(row.conduct).text,
            staff=people.called(row.staff, names),
            at=row.at,
            warned=row.warned,
            ended=row.ended,
            closed_at=row.closed_at,
        )
        for row in rows
    ]


def care_of(hand: Hand, number: int) -> CareShown:
    """Return a record, with its words, for who bore it, a lead or counsel."""
    row = record_of(hand, number)
    plain = seals.opened(subject=subject_of(row), place=place_of(row), sealed=row.said)
    return replace(
        rows_of([row], hand)[0],
        path=f"/desk/cases/{cases.case_of(row.about).number}/" if row.about else "",
        may_care=may_care(hand, row),
        past=past_of(about_care(number), CARE_ACTS),
        said=(plain or b"").decode(),
    )
