"""The same verbs on a clock or in the worker, each done by the machine; and what is over goes."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import actions as cases
from mamori.ground.clocks.actions import Fired
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import facts as seals
from mamori.law.calls import COMPLAINT_CALL
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION
from mamori.law.counselling import CONSENT_ENDS, COUNSELLOR_ANSWER
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.counselling import actions
from mamori.rooms.complaints.counselling.queries import about_consultation, subject_of, who_is
from mamori.rooms.complaints.events import ComplaintDecided
from mamori.rooms.complaints.models import Complaint, Consultation, Counsellor
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.rules import HIDDEN_CLOCK, UNREAD_KEY
from mamori.rooms.enforcement.events import ClarificationEnded, ListingUnhidden

# The same verbs on a clock, and what is over goes.


CONSULTATIONS_ENDED, COUNSELLORS_ENDED = (
    "retention.complaints.consultations",
    "retention.complaints.counsellors",
)


def consent_ran_out(fired: Fired) -> None:
    """Ring for a consent whose time is over."""
    actions.lapse_consent(fired.actor, consultation=int(fired.about.rpartition(":")[2]))


def counsellor_waits(fired: Fired) -> None:
    """Ring for a counsellor whom nobody has answered."""
    actions.remind_consultation(fired.actor, consultation=int(fired.about.rpartition(":")[2]))


def erase_consultations(actor: Actor, over: datetime, limit: int) -> int:
    """Erase so many that ended before `over`: the key of each is destroyed; what is held stays."""
    rows = Consultation.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(actor, rows, limit=limit, reason=CONSULTATIONS_ENDED, whose=_whose, wipe=_wipe)


def erase_counsellors(actor: Actor, over: datetime, limit: int) -> int:
    """Forget who so many were whose time was over before `over`, and of whom no consultation is left to read."""
    left = Consultation.objects.filter(said__isnull=False).values("counsellor")
    rows = Counsellor.objects.filter(until__lt=over, said__isnull=False).exclude(pk__in=left)

    def wipe(row: Counsellor) -> None:
        row.said, row.mark, row.link, row.invitation = None, b"", None, None
        row.ended_at = row.ended_at or actor.at
        row.save(update_fields=("said", "mark", "link", "invitation", "ended_at"))

    return ledger.shred_each(
        actor,
        rows.order_by("pk"),
        limit=limit,
        reason=COUNSELLORS_ENDED,
        whose=lambda row: (who_is(row),),
        wipe=wipe,
    )


def erase_consultations_of(subject: str, at: datetime, limit: int) -> int:
    """Hear that a buyer's key is destroyed; end and erase so much of what was asked for them; return how much.

    What is held by its own number stays, ended; notes go even where the words went with their time before.
    """
    side, _, ref = subject.partition(":")
    if side != "buyer" or not ref:
        return 0
    actor = Actor(by="machine:erasing", role=Role.MACHINE, at=at, via="worker")
    gone = 0
    for row in Consultation.objects.filter(buyer_ref=ref).order_by("pk").iterator(chunk_size=200):
        if row.closed_at is None:
            actions.withdraw_consent(actor, consultation=row.pk)
        cases.erase_notes_on(actor, about_consultation(row.pk))
        if row.said is None or seals.held((subject_of(row), about_consultation(row.pk))):
            continue
        ledger.shred(actor, subject=subject_of(row), reason=CONSULTATIONS_ENDED)
        _wipe(row)
        gone += 1
        if gone == limit:
            break
    return gone


def _wipe(row: Consultation) -> None:
    row.said = None
    row.save(update_fields=("said",))


def _whose(row: Consultation) -> tuple[str, ...]:
    """Return whose key it is, and by what a hold may mean it."""
    return subject_of(row), *consultation_held_by(row)


def consultation_held_by(row: Consultation) -> tuple[str, ...]:
    """Return by what a hold may mean a consultation: its own name, and the consumer."""
    return about_consultation(row.pk), *((f"buyer:{row.buyer_ref}",) if row.buyer_ref else ())


# The same verbs on a clock or in the worker: each is done by the machine.


def complaint_waits(fired: Fired) -> None:
    """Ring for a complaint that nobody has decided."""
    complaints.remind_complaint(fired.actor, complaint=int(fired.about.partition(":")[2]))


def danger_stands(fired: Fired) -> None:
    """Ring again for a danger that stands, or that nobody has read of."""
    number = int(fired.about.partition(":")[2])
    complaints.remind_danger(fired.actor, complaint=number, unread=fired.key == UNREAD_KEY)


def complaint_decided(event: ComplaintDecided, at: datetime) -> None:
    """Tell whoever reported what came of it, or of a danger that it goes on."""
    actor = Actor(by="machine:complaints/tell", role=Role.MACHINE, at=at, via="worker")
    telling.notify_reporters(actor, complaint=event.complaint)
    telling.line_up_calls(actor, complaint=event.complaint)


def clarification_ended(event: ClarificationEnded, at: datetime) -> None:
    """Go on with the complaint that waited for an answer; what other rooms asked is theirs."""
    kind, _, number = event.about.rpartition(":")
    if kind == "complaints.complaint":
        actor = Actor(by="machine:complaints/heard", role=Role.MACHINE, at=at, via="worker")
        complaints.hear_answers(actor, complaint=int(number))


def listing_unhidden(event: ListingUnhidden, at: datetime) -> None:
    """Put first again the dangers of goods that a provisional hiding hides no longer."""
    actor = Actor(by="machine:complaints/unhidden", role=Role.MACHINE, at=at, via="worker")
    complaints.hear_unhidden(actor, listing=event.target_ref)


def erase_reports(actor: Actor, over: datetime, limit: int) -> int:
    """Erase reports whose time is over."""
    return reporting.erase_reports(actor, over=over, limit=limit)


def erase_sheets(actor: Actor, over: datetime, limit: int) -> int:
    """Forget the numbers of sheets whose time is over."""
    return reporting.erase_sheets(actor, over=over, limit=limit)


def erase_care(actor: Actor, over: datetime, limit: int) -> int:
    """Erase the words of records of abuse whose time is over."""
    return complaints.erase_care(actor, over=over, limit=limit)


def held_by(about: str) -> tuple[str, ...]:
    """Return by which names a hold means the matter of a case of this room; of any other, by its own."""
    kind, _, number = about.partition(":")
    if kind == "complaints.complaint":
        return reporting.held_by(Complaint.objects.get(pk=int(number)))
    if kind == "complaints.consultation":
        return consultation_held_by(Consultation.objects.get(pk=int(number)))
    return (about,)


def call_waits(fired: Fired) -> None:
    """Ring for somebody who waits to be called back."""
    telling.remind_call(fired.actor, back=int(fired.about.partition(":")[2]))


RINGS = {
    COMPLAINT_DANGER.code: danger_stands,
    HIDDEN_CLOCK: danger_stands,
    COMPLAINT_DECISION.code: complaint_waits,
    COMPLAINT_CALL.code: call_waits,
    CONSENT_ENDS: consent_ran_out,
    COUNSELLOR_ANSWER.code: counsellor_waits,
}
