"""What staff bore and how their employer saw to it: for who bore it and for leads, never for a consumer or a seller."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mamori.grammar.hand import HEADS, STAFF, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.matters.history import PastAct, past_of
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.web.signing.seconds import is_second
from mamori.law.care import CONDUCT, CareTaken, ConductKind, ConductRule
from mamori.rooms.complaints.acts import CARE_ACTS
from mamori.rooms.complaints.lifecycle import CARE, CareState
from mamori.rooms.complaints.models import CallSheet, CareRecord, Complaint
from mamori.rooms.complaints.queries.callers import about_sheet
from mamori.rooms.complaints.queries.complaints import about_complaint

RECORDS = "/desk/complaints/care/"
FLAG_CASE = f"{RECORDS}flag/?case={{number}}"
"""Where staff read the records, and where they note what they bore on a case."""


class NoSuchCare(Refusal):
    """Given when there is no such record for this hand, or no such matter."""

    code = "no-such-care"
    status = 404
    text = Text(
        "この記録、または記録しようとした案件が見つかりません。番号をご確認ください。記録を見られるのは、受けた本人と責任者・法務担当です。",
        "There is no such record, or no such matter: please check the number. A record is for who bore it, leads and counsel.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CareShown:
    """A record of abuse: what it was, about which matter, what was done on the call and for who bore it."""

    number: int
    about: str
    path: str
    conduct: ConductKind
    staff: str
    at: datetime
    warned_at: datetime | None
    ended_at: datetime | None
    care: Text | None
    cared_by: str
    state: CareState
    version: int
    due: datetime | None
    is_other: bool
    past: tuple[PastAct, ...] = field(repr=False)
    said: str = field(repr=False)

    @property
    def is_open(self) -> bool:
        """Say whether a lead is to see to it."""
        return self.state is CareState.OPEN

    @property
    def rule(self) -> ConductRule:
        """Return what is said upon it."""
        return CONDUCT[self.conduct]

    @property
    def may_end(self) -> bool:
        """Say whether the call may be ended now."""
        return self.warned_at is not None or self.rule.at_once

    @property
    def state_text(self) -> Text:
        """Say how it stands."""
        return CARE.states[self.state]


def about_care(number: int) -> str:
    """Return the name under which acts and clock of a record are known."""
    return f"complaints.care:{number}"


def subject_of_care(ref: str) -> str:
    """Return whose key seals the words of a record."""
    return f"care:{ref}"


def said_place(ref: str) -> Place:
    """Return where they lie."""
    return Place("complaints_carerecord", ref, "said")


def may_see(hand: Hand, row: CareRecord) -> bool:
    """Say whether a record is for this hand: who bore it, and those who answer for them."""
    return hand.role in HEADS or (hand.role in STAFF and people.subject_of(hand) == row.staff)


def about_what(complaint: str, sheet: str, case: str) -> str:
    """Return the name of the matter that an address or a form names, "" where there is none."""
    if complaint.isdecimal() and len(complaint) < 10:
        return about_complaint(int(complaint))
    if sheet.isdecimal() and len(sheet) < 10:
        return about_sheet(int(sheet))
    return next((one.about for one in cases.by_numbers([case]).values()), "")


def is_there(about: str) -> bool:
    """Say whether there is such a matter: one of this room's, or any case of the centre."""
    kind, _, number = about.partition(":")
    if kind == "complaints.complaint":
        return Complaint.objects.filter(pk=int(number)).exists()
    if kind == "complaints.callsheet":
        return CallSheet.objects.filter(pk=int(number)).exists()
    return bool(about) and cases.is_entered(about)


def page_of_matter(about: str) -> str:
    """Return where staff read the matter."""
    kind, _, number = about.partition(":")
    if kind == "complaints.complaint":
        return f"/desk/complaints/{number}/"
    if kind == "complaints.callsheet":
        return f"/desk/complaints/calls/{number}/"
    return f"/desk/cases/{cases.case_of(about).number}/"


def care_of(hand: Hand, number: int) -> CareShown:
    """Return a record for who bore it, a lead or counsel."""
    row = CareRecord.objects.filter(pk=number).first()
    if row is None or not may_see(hand, row):
        raise NoSuchCare
    names = people.names()
    plain = seals.opened(subject=subject_of_care(row.ref), place=said_place(row.ref), sealed=row.said)
    return CareShown(
        number=row.pk,
        about=row.about,
        path=page_of_matter(row.about),
        conduct=ConductKind(row.conduct),
        staff=people.called(row.staff, names),
        at=row.at,
        warned_at=row.warned_at,
        ended_at=row.ended_at,
        care=CareTaken(row.care).text if row.care else None,
        cared_by=people.called(row.cared_by, names) if row.cared_by else "",
        state=CareState(row.state),
        version=row.version,
        due=clocks.next_due(about_care(number)),
        is_other=is_second(hand, than=row.staff),
        past=past_of(about_care(number), CARE_ACTS),
        said=(plain or b"").decode(),
    )


def last_flagged(hand: Hand) -> int:
    """Return the record that this hand made last."""
    return CareRecord.objects.filter(staff=people.subject_of(hand)).latest("pk").pk


@dataclass(frozen=True, slots=True, kw_only=True)
class CareBrief:
    """That something was borne on a matter: what and when, and the address of its record for whom that is for."""

    address: str
    conduct: Text
    at: datetime


def care_about(hand: Hand, about: str) -> tuple[CareBrief, ...]:
    """Return what was borne on a matter, the newest first, so that whoever takes the next call is prepared."""
    rows = CareRecord.objects.filter(about=about).order_by("-pk")[:20] if hand.role in STAFF else ()
    return tuple(
        CareBrief(
            address=f"{RECORDS}{row.pk}/" if may_see(hand, row) else "",
            conduct=ConductKind(row.conduct).text,
            at=row.at,
        )
        for row in rows
    )
