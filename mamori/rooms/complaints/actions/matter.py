"""The kind of matter that a complaint is: found locked, recorded of nobody, its clocks settled."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from mamori.grammar.event import Event
from mamori.grammar.hand import STAFF, Hand, Role
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.declared.casekinds import Lead
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Kind, Performance
from mamori.ground.matters.seen import changed
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import actions as sealing
from mamori.law.complaints import ComplaintReason
from mamori.rooms.complaints.acts import COMPLAINT_ACTS, COMPLAINT_CASE
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.lifecycle import COMPLAINT
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries.complaints import NoSuchComplaint, about_complaint, is_hidden
from mamori.rooms.complaints.queries.sealed import place_of, subject_of
from mamori.rooms.complaints.queries.things import found_by
from mamori.rooms.complaints.rules import ReportSaid, is_asked_again, of_complaint, urgent_since

UNSEEN = frozenset(
    {
        *("report", "add", "danger", "leave_mail", "confirm_mail", "tell", "remind"),
        *("take", "take_back", "scan", "line_up", "read"),
    }
)
"""What may happen while somebody decides: a flood of reports must not keep a decision from being made."""
SEEN = {kind: text for kind, text in COMPLAINT_ACTS.items() if kind.partition(".")[2] not in UNSEEN}


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
        raise changed(about_complaint(number), SEEN)
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


def enter(row: Complaint) -> None:
    """Let a new complaint be found among cases; no shop is named there, so that nothing that lists a shop's cases shows it."""
    cases.open(
        kind=COMPLAINT_CASE.code,
        about=about_complaint(row.pk),
        title=ComplaintReason(row.reason).text.ja,
        buyer_ref="",
        seller_ref="",
        order_ref="",
        at=row.received_at,
        **found_by(row),
    )


def _settle(act: Performance[Complaint]) -> None:
    row, name, hidden = act.matter, about_complaint(act.matter.pk), is_hidden(act.matter)
    settled = settlement.settle({name: of_complaint(row, hidden=hidden)}, at=act.hand.at, why=act.verb)
    due, lead = settled.next_due(), settled.lead()
    if row.due_at != due:
        row.due_at = due
        row.save(update_fields=("due_at",))
    asks, urgent = [one.what for one in settled.asked[name]], urgent_since(row, hidden=hidden)
    if act.verb in UNSEEN and _stands(name, lead, asks, urgent):
        return  # one more report changes nothing of its case
    cases.update(
        about=name,
        state=row.state,
        lead=lead,
        closed_at=None if is_asked_again(row) else row.decided_at,
        urgent_since=urgent,
        attention=next(iter(asks), None),
        asks=asks,
    )


def _stands(name: str, lead: Lead | None, asks: Collection[str], urgent: datetime | None) -> bool:
    """Say whether its case says all that already."""
    case, due = case_facts.case_of(name), (lead.kind, lead.due_at) if lead else ("", None)
    known = (case.urgent_since, (case.due_kind, case.next_due_at), case_facts.asked(name))
    return known == (urgent, due, frozenset(asks))


COMPLAINTS: Kind[Complaint, int] = Kind(
    chart=COMPLAINT,
    find=_find,
    case=lambda row: about_complaint(row.pk),
    record=_record,
    settle=_settle,
)
