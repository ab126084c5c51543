"""Whether a payee may be paid is said of those who were payees before it was, and anew of all when the ground for it moved."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.declared import memory
from mamori.rooms.payouts import records, situations
from mamori.rooms.payouts.models import Payee

__all__ = ["say_clearances", "say_clearances_anew"]

AT_ONCE = 100


def say_clearances_anew() -> None:
    """Let it be said anew of every payee: what the gate rests on has changed for all."""
    Payee.objects.filter(unsaid=False).update(unsaid=True)


def say_clearances(at: datetime, *, limit: int = AT_ONCE) -> int:
    """Say of some payees of whom it was not said yet, or has to be anew, what hinders them; return of how many."""
    with memory.act():
        refs = list(Payee.objects.filter(unsaid=True).order_by("pk").values_list("pk", flat=True)[:limit])
        if refs:
            records.lock(refs)
            situations.settle_clearance(situations.gate(sorted(situations.known(refs)), at))
            Payee.objects.filter(pk__in=refs).update(unsaid=False)
    return len(refs)
