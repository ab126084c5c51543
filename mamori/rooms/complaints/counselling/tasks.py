"""The same verbs on a clock, and what is over goes."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import actions as cases
from mamori.ground.clocks.actions import Rang
from mamori.ground.ledger import actions as ledger
from mamori.ground.seal import facts as seals
from mamori.law.counselling import CONSENT_ENDS, COUNSELLOR_ANSWER
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.counselling.queries.consultations import about_consultation, subject_of
from mamori.rooms.complaints.counselling.queries.counsellors import who_is
from mamori.rooms.complaints.models import Consultation, Counsellor

CONSULTATIONS_ENDED, COUNSELLORS_ENDED = (
    "retention.complaints.consultations",
    "retention.complaints.counsellors",
)


def consent_ran_out(rang: Rang) -> None:
    """Ring for a consent whose time is over."""
    actions.lapse_consent(rang.hand, consultation=int(rang.about.rpartition(":")[2]))


def counsellor_waits(rang: Rang) -> None:
    """Ring for a counsellor whom nobody has answered."""
    actions.remind_consultation(rang.hand, consultation=int(rang.about.rpartition(":")[2]))


def erase_consultations(hand: Hand, over: datetime, limit: int) -> int:
    """Erase so many that ended before `over`: the key of each is destroyed; what is held stays."""
    rows = Consultation.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(hand, rows, limit=limit, reason=CONSULTATIONS_ENDED, whose=_whose, wipe=_wipe)


def erase_counsellors(hand: Hand, over: datetime, limit: int) -> int:
    """Forget who so many were whose time was over before `over`, and of whom no consultation is left to read."""
    left = Consultation.objects.filter(said__isnull=False).values("counsellor")
    rows = Counsellor.objects.filter(until__lt=over, said__isnull=False).exclude(pk__in=left)

    def wipe(row: Counsellor) -> None:
        row.said, row.mark, row.link, row.invitation = None, b"", None, None
        row.ended_at = row.ended_at or hand.at
        row.save(update_fields=("said", "mark", "link", "invitation", "ended_at"))

    return ledger.shred_each(
        hand,
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
    hand = Hand(by="machine:erasing", role=Role.MACHINE, at=at, via="worker")
    gone = 0
    for row in Consultation.objects.filter(buyer_ref=ref).order_by("pk").iterator(chunk_size=200):
        if row.closed_at is None:
            actions.withdraw_consent(hand, consultation=row.pk)
        cases.erase_notes_on(hand, about_consultation(row.pk))
        if row.said is None or seals.held((subject_of(row), about_consultation(row.pk))):
            continue
        ledger.shred(hand, subject=subject_of(row), reason=CONSULTATIONS_ENDED)
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
    return subject_of(row), *held_by(row)


def held_by(row: Consultation) -> tuple[str, ...]:
    """Return by what a hold may mean a consultation: its own name, and the consumer."""
    return about_consultation(row.pk), *((f"buyer:{row.buyer_ref}",) if row.buyer_ref else ())


RINGS = {CONSENT_ENDS: consent_ran_out, COUNSELLOR_ANSWER.code: counsellor_waits}
