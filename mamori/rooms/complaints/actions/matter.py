"""The kind of matter that a complaint is: found locked, recorded of nobody, its clocks settled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing
from mamori.rooms.complaints.acts import COMPLAINT_ACTS
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.lifecycle import COMPLAINT
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint, about_complaint
from mamori.rooms.complaints.queries.sealed import place_of, subject_of
from mamori.rooms.complaints.rules import ReportSaid, of_complaint

UNSEEN = frozenset(
    {
        *("report", "add", "danger", "leave_mail", "confirm_mail", "tell", "remind"),
        *("take", "scan", "line_up"),
    }
)
"""What may happen while somebody decides: a flood of reports must not keep a decision from being made."""


def nobody(hand: Hand) -> Hand:
    """Return the same hand without a name: who reports is known to nobody, signed in or not."""
    return replace(hand, by="anonymous", role=Role.ANONYMOUS, request="")


def sealed(row: ComplaintReport, said: ReportSaid) -> bytes:
    """Return what a report says, sealed with its own key."""
    plain = msgspec.json.encode(said, order="sorted")
    return sealing.seal(subject=subject_of(row.ref), place=place_of(row.ref), plain=plain)


def decided(row: Complaint) -> ComplaintDecided:
    """Return the news that it was decided, or that more are to be told: the worker tells who reported."""
    return ComplaintDecided(subject=about_complaint(row.pk), complaint=row.pk)


def _find(hand: Hand, number: int, version: int | None) -> Complaint:
    row = Complaint.objects.select_for_update().filter(pk=number).first()
    if row is None or hand.role not in STAFF | {Role.ANONYMOUS, Role.MACHINE}:
        raise NoSuchComplaint
    if version is not None and version != row.version:
        raise changed(about_complaint(number), COMPLAINT_ACTS)
    return row


def _record(act: Performance[Complaint], verb: str, *events: Event, reason: str = "", **told: Any) -> int:
    if verb not in UNSEEN:
        act.matter.version += 1
        act.save("version")
    for event in events:
        outbox.publish(event, at=act.hand.at)
    return ledger.record(
        act.hand,
        kind=f"complaints.{verb}",
        subject=ledger.MARKET,
        about=about_complaint(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Complaint]) -> None:
    name = about_complaint(act.matter.pk)
    settlement.settle({name: of_complaint(act.matter)}, at=act.hand.at, why=act.verb)


COMPLAINTS: Kind[Complaint, int] = Kind(
    chart=COMPLAINT,
    find=_find,
    case=lambda row: about_complaint(row.pk),
    record=_record,
    settle=_settle,
)
