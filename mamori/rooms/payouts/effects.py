"""The gate's answer put into effect: what goes becomes a transfer, what waits says why and until when, both on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger.actions import Done
from mamori.law.deadlines import PAYOUT_END, PAYOUT_LOOK, PAYOUT_REVIEW
from mamori.rooms.payouts import matters, notifications, records
from mamori.rooms.payouts.lifecycle import LIVE, PAYOUT, TRANSFER, PayoutState, TransferState
from mamori.rooms.payouts.models import Payout, Transfer
from mamori.rooms.payouts.rules.gate import Waits
from mamori.rooms.payouts.rules.reasons import Code
from mamori.rooms.payouts.rules.standing import ONLY_A_NAME, names
from mamori.rooms.payouts.situations import Gate, Situation, settle_clearance
from mamori.rooms.payouts.step import Step, kept, moved

DECIDED = (
    "waits",
    "reasons",
    "clause",
    "clause_version",
    "act",
    "decided_at",
    "waiting_since",
    "look_since",
    "review_at",
    "ends_at",
    "put_off_at",
    "version",
    "state",
)


def decide(hand: Hand, rows: Sequence[Payout], gate: Gate, *, verb: str) -> list[Payout]:
    """Answer on payouts, new ones or such that wait, whose payees are locked; return those on which the answer is news."""
    steps = [step for step in _steps(rows, gate) if step.is_news]
    for step in steps:
        _put(step, hand.at)
    acts = ledger.record_all(hand, [_act(step, verb) for step in steps])
    for step, act in zip(steps, acts, strict=True):
        step.row.act = act
    Payout.objects.bulk_create(step.row for step in steps if step.is_new)
    Payout.objects.bulk_update([step.row for step in steps if not step.is_new], DECIDED)
    _let_go(steps, hand.at)
    shown = [step for step in steps if step.row.waits or step.waited]  # what goes at once is quiet
    new = {records.about(step.row) for step in shown if step.is_new}
    matters.settle([step.row for step in shown], at=hand.at, why=verb, new=new)
    settle_clearance(gate)
    for step in shown:
        notifications.tell(step, hand.at)
    return [step.row for step in steps]


def _steps(rows: Sequence[Payout], gate: Gate) -> list[Step]:
    made: dict[int | None, list[Transfer]] = defaultdict(list)
    known = [row.pk for row in rows if not row._state.adding]
    if known:
        for transfer in Transfer.objects.filter(
            payout__in=known, state__in=sorted(state.value for state in LIVE)
        ):
            made[transfer.payout_id].append(transfer)
    steps = []
    for row in rows:
        mine = [] if row._state.adding else made[row.pk]
        ready = next((one for one in mine if one.state == TransferState.READY and not one.agreed), None)
        out = sum(one.amount for one in mine if one is not ready)
        found = gate.answer(row.payee_id, row.amount - out - row.settled_amount, payout=row.pk or 0)
        steps.append(
            Step(
                row=row,
                answer=found,
                out=out,
                before=PayoutState(row.state),
                ready=ready,
                situation=gate.situations[row.payee_id],
                waited=0 if row._state.adding else row.waits,
                why=names(row.reasons),
            )
        )
    return steps


def _put(step: Step, at: datetime) -> None:
    """Put the answer into the row."""
    row, found = step.row, step.answer
    row.waits, row.reasons, row.decided_at = found.waits, kept(found.reasons), at
    row.version += 1
    row.clause = found.clause.code if found.clause else ""
    row.clause_version = found.clause.version if found.clause else 0
    if not found.waits:
        row.waiting_since = row.look_since = row.review_at = row.ends_at = row.put_off_at = None
        if row.state not in (PayoutState.RELEASED, PayoutState.PAID):
            _take(row, "release")
        return
    row.waiting_since = row.waiting_since or at
    if row.state == PayoutState.COUNSEL:
        return
    if found.way is Waits.HOLD:
        _take(row, "hold")
        review_at, row.ends_at = _until(step, at)
    else:
        _take(row, "doubt")
        review_at, row.ends_at = records.due(PAYOUT_LOOK, at), row.ends_at or records.due(PAYOUT_END, at)
    if row.state != step.before or row.review_at is None:  # another reason puts no look off
        row.review_at = review_at
    if row.state != step.before or step.why == ONLY_A_NAME:
        row.look_since = at


def _until(step: Step, at: datetime) -> tuple[datetime, datetime]:
    """Return when a hold is looked at again and when it ends: a measure's own days where nothing else holds.

    While money waits its end stays where it was set first: no new reason makes a hold longer.
    """
    row, measures = step.row, step.situation.measures
    ends = row.ends_at or records.due(PAYOUT_END, at)
    if step.answer.reasons and all(reason.code is Code.MEASURE for reason in step.answer.reasons):
        ends = max((one.ends_at for one in measures if one.ends_at is not None), default=ends)
    return min(records.due(PAYOUT_REVIEW, at), ends), ends


def _take(row: Payout, name: str) -> None:
    row.state = PAYOUT.take(name, PayoutState(row.state), Role.MACHINE).value


def _act(step: Step, verb: str) -> Done:
    row = step.row
    return Done(
        kind=f"payouts.{verb}",
        subject=records.subject(row.payee_id),
        about=records.about(row),
        ground=row.clause,
        payload={
            "payout": row.ref,
            "amount": row.amount,
            "released": step.released,
            "waits": row.waits,
            "verdict": step.verdict.value,
            "reasons": row.reasons,
            "clause_version": row.clause_version,
            "account": step.situation.account.number if step.situation.account else 0,
        },
    )


def _let_go(steps: Sequence[Step], at: datetime) -> None:
    """Make the transfers of what goes; one that was ready and is not right any more is taken back."""
    new = []
    for step in steps:
        ready, amount = step.ready, step.answer.release
        if ready is not None and ready.amount == amount and not moved(ready, step.situation):
            continue
        if ready is not None:
            close(ready, "take_back", at, because="decided-anew")
        if amount:
            assert step.situation.account is not None
            new.append(_transfer(step.row, step.situation, amount, at))
    Transfer.objects.bulk_create(new)


def _transfer(row: Payout, situation: Situation, amount: int, at: datetime) -> Transfer:
    state = TransferState.READY if row.by_run else TransferState.TOLD
    return Transfer(payout=row, account=situation.account, amount=amount, state=state.value, made_at=at)


def close(transfer: Transfer, name: str, at: datetime, *, because: str = "") -> None:
    """Take a step with a transfer that ends it, and say why."""
    transfer.state = TRANSFER.take(name, TransferState(transfer.state), Role.MACHINE).value
    transfer.closed_at, transfer.because = at, because
    transfer.save(update_fields=("state", "closed_at", "because"))
