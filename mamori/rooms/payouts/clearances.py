"""Whether a payee may be paid is told on: after each word of the gate, and once of those who were payees before."""

from __future__ import annotations

from datetime import datetime

from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.rooms.payouts import records, situations
from mamori.rooms.payouts.models import Payee
from mamori.rooms.payouts.rules.hindering import of_payee
from mamori.rooms.payouts.situations import Gate

AT_ONCE = 100


def settle(gate: Gate) -> None:
    """Let hinder these payees, whose rows the caller has locked, what the gate says."""
    market.settle_clearance(
        {
            f"payouts.payee:{ref}": tuple(of_payee(ref, one.reasons, is_registered=one.is_registered))
            for ref, one in gate.situations.items()
        },
        at=gate.at,
    )


def say_anew() -> None:
    """Let it be said anew of every payee: what the gate rests on has changed for all."""
    Payee.objects.filter(unsaid=False).update(unsaid=True)


def say(at: datetime, *, limit: int = AT_ONCE) -> int:
    """Say of some payees of whom it was not said yet, or has to be anew, what hinders them; return of how many."""
    with memory.act():
        refs = list(Payee.objects.filter(unsaid=True).order_by("pk").values_list("pk", flat=True)[:limit])
        if refs:
            records.lock(refs)
            settle(situations.gate(sorted(situations.known(refs)), at))
            Payee.objects.filter(pk__in=refs).update(unsaid=False)
    return len(refs)
