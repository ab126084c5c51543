"""The way back of a run that is ordered and has no file: what it would have paid is decided anew and goes with the next."""

from __future__ import annotations

from collections.abc import Sequence

from mamori.grammar.hand import Hand
from mamori.ground.declared import memory
from mamori.japan import written
from mamori.rooms.payouts import effects, records, situations
from mamori.rooms.payouts.actions.runs import BATCH, record_run, the_run
from mamori.rooms.payouts.inputs import Kept
from mamori.rooms.payouts.lifecycle import RUN, RunState, TransferState
from mamori.rooms.payouts.models import Payout, Transfer

BECAUSE = "run-called-off"


def call_off_run(hand: Hand, *, run: int, reason: Kept) -> None:
    """Call off a run that has no file yet, for good; told again, it goes on with what was left when it was cut off.

    Ordering takes one hand, so that this does; what two people let go stays let go.
    """
    reason = written.reasoned(reason)
    with memory.act():
        found = the_run(run, lock=True)
        if found.state != RunState.CALLED_OFF:
            found.state = RUN.take("call_off", RunState(found.state), hand.role).value
            found.closed_at = hand.at
            found.save(update_fields=("state", "closed_at"))
            record_run(hand, found, "call_off_run", reason, count=found.count, total=found.total)
    while refs := _payees(run):
        with memory.act():
            _free(hand, run, refs)


def _payees(run: int) -> list[str]:
    """Return some of the sellers to whom something of the run is still ordered."""
    rows = Transfer.objects.filter(run=run, state=TransferState.ORDERED.value).order_by("account__payee")
    return list(rows.values_list("account__payee", flat=True).distinct()[:BATCH])


def _free(hand: Hand, run: int, refs: Sequence[str]) -> None:
    """Put back what two people let go and the yen of tests; take back the rest, and let the gate answer on it anew."""
    records.lock(refs)
    ordered = Transfer.objects.filter(run=run, account__payee__in=refs, state=TransferState.ORDERED.value)
    anew = list(ordered.filter(payout__isnull=False, agreed=False).values_list("pk", "payout"))
    back = {"state": TransferState.TAKEN_BACK.value, "closed_at": hand.at, "because": BECAUSE}
    ordered.filter(pk__in=[transfer for transfer, _ in anew]).update(**back)
    ordered.update(state=TransferState.READY.value, run=None)
    rows = list(Payout.objects.filter(pk__in={payout for _, payout in anew}).order_by("id"))
    effects.decide(hand, rows, situations.gate(refs, hand.at), verb="reconsider")
