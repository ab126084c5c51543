"""The same verbs on a clock or in the worker: each is done by the machine's hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang
from mamori.law.calls import COMPLAINT_CALL
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.actions import erasing
from mamori.rooms.complaints.counselling import tasks as counselling
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.models import Complaint, Consultation
from mamori.rooms.complaints.rules import HIDDEN_CLOCK, UNREAD_KEY
from mamori.rooms.enforcement.events import ClarificationEnded, ListingUnhidden


def complaint_waits(rang: Rang) -> None:
    """Ring for a complaint that nobody has decided."""
    actions.remind_complaint(rang.hand, complaint=int(rang.about.partition(":")[2]))


def danger_stands(rang: Rang) -> None:
    """Ring again for a danger that stands, or that nobody has read of."""
    number = int(rang.about.partition(":")[2])
    actions.remind_danger(rang.hand, complaint=number, unread=rang.key == UNREAD_KEY)


def complaint_decided(event: ComplaintDecided, at: datetime) -> None:
    """Tell whoever reported what came of it, or of a danger that it goes on."""
    hand = Hand(by="machine:complaints/tell", role=Role.MACHINE, at=at, via="worker")
    actions.tell_reporters(hand, complaint=event.complaint)
    actions.line_up_calls(hand, complaint=event.complaint)


def clarification_ended(event: ClarificationEnded, at: datetime) -> None:
    """Go on with the complaint that waited for an answer; what other rooms asked is theirs."""
    kind, _, number = event.about.rpartition(":")
    if kind == "complaints.complaint":
        hand = Hand(by="machine:complaints/heard", role=Role.MACHINE, at=at, via="worker")
        actions.hear_answers(hand, complaint=int(number))


def listing_unhidden(event: ListingUnhidden, at: datetime) -> None:
    """Put first again the dangers of goods that a provisional hiding hides no longer."""
    hand = Hand(by="machine:complaints/unhidden", role=Role.MACHINE, at=at, via="worker")
    actions.hear_unhidden(hand, listing=event.target_ref)


def erase_reports(hand: Hand, over: datetime, limit: int) -> int:
    """Erase reports whose time is over."""
    return actions.erase_reports(hand, over=over, limit=limit)


def erase_sheets(hand: Hand, over: datetime, limit: int) -> int:
    """Forget the numbers of sheets whose time is over."""
    return actions.erase_sheets(hand, over=over, limit=limit)


def erase_care(hand: Hand, over: datetime, limit: int) -> int:
    """Erase the words of records of abuse whose time is over."""
    return actions.erase_care(hand, over=over, limit=limit)


def held_by(about: str) -> tuple[str, ...]:
    """Return by which names a hold means the matter of a case of this room; of any other, by its own."""
    kind, _, number = about.partition(":")
    if kind == "complaints.complaint":
        return erasing.held_by(Complaint.objects.get(pk=int(number)))
    if kind == "complaints.consultation":
        return counselling.held_by(Consultation.objects.get(pk=int(number)))
    return (about,)


def call_waits(rang: Rang) -> None:
    """Ring for somebody who waits to be called back."""
    actions.remind_call(rang.hand, back=int(rang.about.partition(":")[2]))


RINGS = {
    COMPLAINT_DANGER.code: danger_stands,
    HIDDEN_CLOCK: danger_stands,
    COMPLAINT_DECISION.code: complaint_waits,
    COMPLAINT_CALL.code: call_waits,
    **counselling.RINGS,
}
