"""What a case asks of the centre now, read from how the matter stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mamori.grammar.hand import Hand
from mamori.ground.clocks.facts import ClockFact
from mamori.law.deadlines import REMEDY_DECISION, RETURN_INSPECTION
from mamori.rooms.contact.beside import is_under_way, proposals_of
from mamori.rooms.contact.lifecycle import (
    GiveBackState,
    MediationState,
    ProposalState,
    RecoveryState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.models import GiveBack, Mediation, Recovery, Thread, Trouble
from mamori.rooms.contact.models.beside import is_fresh
from mamori.rooms.contact.rules.asks import DANGER, OF_CALLS, UNTAKEN
from mamori.rooms.contact.rules.calling import Whom

OF_CLOCKS = {REMEDY_DECISION.code: "decide-remedy", RETURN_INSPECTION.code: "inspect-return"}
"""What somebody at the centre has to do while a clock of that kind runs."""


def computed(
    hand: Hand, thread: Thread, trouble: Trouble | None, running: Iterable[ClockFact], before: Iterable[str]
) -> frozenset[str]:
    """Return what an open thread or trouble asks; `before` is what it asked until now."""
    found = {OF_CLOCKS[clock.kind] for clock in running if clock.kind in OF_CLOCKS}
    if trouble and trouble.in_danger:
        found.add(DANGER)
    if is_fresh(thread.pk):
        return frozenset(found)
    return frozenset(found | set(_undone(thread, trouble)) | set(_calls(hand, trouble, before)))


def computed_of(recovery: Recovery) -> frozenset[str]:
    """Return what an open recovery asks, or one of which money is not back yet."""
    if recovery.state == RecoveryState.HEARD:
        return frozenset({"decide-recovery"})
    stalled = GiveBack.objects.filter(recovery=recovery, state=GiveBackState.STALLED)
    return frozenset({"give-back-stalled"} if stalled.exists() else ())


def _undone(thread: Thread, trouble: Trouble | None) -> Iterator[str]:
    if trouble and is_under_way(trouble):
        return  # what the operator refunds nobody else owes
    if thread.state == ThreadState.MISSED:
        yield "answer-missed"
    if trouble and trouble.state == TroubleState.OVERDUE:
        yield "resolution-missed"
    if trouble and Mediation.objects.filter(trouble=trouble, state=MediationState.OPEN).exists():
        is_agreed = any(one.state == ProposalState.ACCEPTED for one in proposals_of(trouble))
        is_paid = trouble.paid_back_at is not None and thread.state == ThreadState.ANSWERED
        yield from () if is_agreed or is_paid else (UNTAKEN,)


def _calls(hand: Hand, trouble: Trouble | None, before: Iterable[str]) -> Iterator[str]:
    owed = trouble and trouble.calls.filter(whom=Whom.SELLER, closed_at__isnull=True, not_before__lte=hand.at)
    if owed and owed.exists():
        yield next((one for one in before if one in OF_CALLS), OF_CALLS[0])
