"""What a payee is about to be paid, when somebody would erase it: asked under its lock, so that no run orders meanwhile."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.refusal import Refusal
from mamori.japan.calendar import JAPAN
from mamori.rooms.payouts.lifecycle import RunState, TransferState
from mamori.rooms.payouts.models import Payee, Transfer
from mamori.rooms.payouts.refusals import PayeeAwaitsMoney
from mamori.rooms.payouts.rules.owing import Going, keeps_payee

SHOWN = 3
_COLUMNS = ("pk", "payout__ref", "state", "run__state", "run__pays_on")


def stands_in_the_way(subject: str, at: datetime) -> Refusal | None:
    """Say that a seller cannot be erased while transfers to it are ready or ordered; nothing of anybody else."""
    side, _, ref = subject.partition(":")
    if side != "seller" or not list(Payee.objects.select_for_update().filter(pk=ref)):
        return None
    open_ = (TransferState.READY.value, TransferState.ORDERED.value)
    rows = Transfer.objects.filter(account__payee=ref, state__in=open_).order_by("id")
    today = at.astimezone(JAPAN).date()
    found = []
    for number, payout, state, run, pays_on in rows.values_list(*_COLUMNS):
        going = Going(
            state=TransferState(state),
            is_test=payout is None,
            run=RunState(run) if run else None,
            pays_on=pays_on,
        )
        if keeps_payee(going, today):
            found.append(payout or f"{number:020}")
    if not found:
        return None
    names = "、".join(found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    return PayeeAwaitsMoney(person=subject, payouts=names)
