"""The same verbs on a clock, and what is over goes."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang
from mamori.ground.ledger import actions as ledger
from mamori.law.clarifications import CLARIFICATION_CLOCKS, CLARIFICATION_REMINDER, AskedWhom
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.clarifications.queries import subject_of
from mamori.rooms.enforcement.models import Clarification

WHY = "retention.enforcement.clarifications"


def answer_late(rang: Rang) -> None:
    """Ring for whoever has not answered yet."""
    actions.remind_clarification(rang.hand, clarification=int(rang.about.rpartition(":")[2]))


def answer_missed(rang: Rang) -> None:
    """Ring for an answer that did not come in time."""
    actions.lapse_clarification(rang.hand, clarification=int(rang.about.rpartition(":")[2]))


def erase_clarifications(hand: Hand, over: datetime, limit: int) -> int:
    """Erase so many that ended before `over`: the key of each is destroyed; what is held stays."""
    rows = Clarification.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(hand, rows, limit=limit, reason=WHY, whose=_whose, wipe=_wipe)


def erase_clarifications_of(subject: str, at: datetime, limit: int) -> int:
    """Hear that a seller's key is destroyed; return how many of what it was asked were erased with it, so many at most."""
    side, _, ref = subject.partition(":")
    if side != "seller":
        return 0
    hand = Hand(by="machine:erasing", role=Role.MACHINE, at=at, via="worker")
    rows = Clarification.objects.filter(seller_ref=ref, whom=AskedWhom.SELLER, said__isnull=False)
    found = list(rows.order_by("pk")[:limit])
    for row in found:
        ledger.shred(hand, subject=subject_of(row), reason=WHY)
        _wipe(row)
    return len(found)


def _wipe(row: Clarification) -> None:
    row.said, row.digest = None, None
    row.save(update_fields=("said", "digest"))


def _whose(row: Clarification) -> tuple[str, ...]:
    """Return whose key it is, and by what a hold may mean it: the matter that asked, and the shop that it is about."""
    return subject_of(row), row.about, *([f"seller:{row.seller_ref}"] if row.seller_ref else ())


RINGS = {one.code: answer_missed for one in CLARIFICATION_CLOCKS.values()} | {
    CLARIFICATION_REMINDER.code: answer_late
}
