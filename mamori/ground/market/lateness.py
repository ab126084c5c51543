"""What the marketplace carried out after it had declined it: taken, or kept as told late where another took its place."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mamori.grammar.hand import Hand
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import notes, refunds
from mamori.ground.market.events import InstructionToldLate
from mamori.ground.market.instructing import left_of
from mamori.ground.market.instructions import InstructionFact, fact_of
from mamori.ground.market.issuing import call_back, record, said
from mamori.ground.market.kinds import LABEL, OF_ORDERS, REFUND, Target
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.models import Instruction
from mamori.ground.outbox import actions as outbox

_OF_A_BUYER = (REFUND.code, LABEL.code)


def is_taken_over(row: Instruction) -> bool:
    """Say whether something took the place of what was declined: of the same matter, or another refund, or of the same money.

    Of a measure nothing does: it is a switch, and whatever is answered is put right by itself.
    """
    order = row.order
    if row.target != Target.ORDER or order is None:
        return False
    if _in_its_place(row).exists():
        return True
    what = OF_ORDERS[row.kind]
    left = left_of(order, what) + (order.refunded_elsewhere if what is REFUND else 0)
    return row.amount > left


def keep(hand: Hand, row: Instruction, note: str) -> InstructionFact:
    """Keep it as told late: what took its place in its matter and waits is called back, and a person looks.

    What was granted in another matter is not called back: whether it is the same money only a person can say.
    """
    if row.told_late_at is not None:
        return fact_of(row)
    row.told_late_at = hand.at
    row.note = notes.sealed(row, note)
    row.save(update_fields=["told_late_at", "note"])
    waiting = list(_in_its_place(row).filter(IS_OPEN))
    for other in waiting:
        if other.about == row.about:
            other.order = row.order
            call_back(hand, other)
    paid_back = refunds.count_beside(row, waiting)
    record(hand, row, "market.tell_late", InstructionToldLate(**said(row)), reason=note)
    if paid_back:
        outbox.publish(paid_back, at=hand.at)
    return fact_of(row)


def _in_its_place(row: Instruction) -> QuerySet[Instruction]:
    """Return what was given for the same after it was declined, in its matter; or as a refund of its order in another."""
    kinds = _OF_A_BUYER if row.kind in _OF_A_BUYER else (row.kind,)
    same = Q(about=row.about, kind__in=kinds)
    if row.kind == REFUND.code:
        same |= Q(order=row.order, kind=REFUND.code) & ~Q(state=InstructionState.REFUSED)
    later = Instruction.objects.filter(same, issued_at__gte=row.closed_at)
    return later.exclude(pk=row.pk).order_by("issued_at", "ref")
