"""The gate's answer put into effect: what goes becomes a transfer, what waits says why and until when, both on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger.actions import Done
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.deadlines import PAYOUT_COUNSEL, PAYOUT_END, PAYOUT_LOOK, PAYOUT_REVIEW
from mamori.rooms.payouts import keeping, notices
from mamori.rooms.payouts.events import PayoutDecided
from mamori.rooms.payouts.judging import Gate, Situation
from mamori.rooms.payouts.lifecycle import LIVE, PAYOUT, TRANSFER, PayoutState, TransferState
from mamori.rooms.payouts.models import Payout, Transfer
from mamori.rooms.payouts.rules.gate import Answer, Verdict, Waits
from mamori.rooms.payouts.rules.reasons import Code, Reason

DECIDED = (
    "waits",
    "reasons",
    "clause",
    "clause_version",
    "act",
    "decided_at",
    "waiting_since",
    "review_at",
    "ends_at",
    "version",
    "state",
)


@dataclass(slots=True)
class Step:
    """One payout on its way through a decision: what the gate said, what of it is out already, and what it was before."""

    row: Payout
    answer: Answer
    out: int
    before: PayoutState
    ready: Transfer | None
    situation: Situation
    waited: int
    why: frozenset[str]

    @property
    def is_new(self) -> bool:
        """Say whether it is answered on for the first time."""
        return self.before is PayoutState.ASKED

    @property
    def released(self) -> int:
        """Return all that was let go by now."""
        return self.out + self.answer.release

    @property
    def verdict(self) -> Verdict:
        """Return the answer on the payout as a whole."""
        return verdict_of(self.row)

    @property
    def is_news(self) -> bool:
        """Say whether the answer differs from what stands in the row."""
        if self.is_new:
            return True
        ready = self.ready.amount if self.ready else 0
        same = (self.answer.waits, self.answer.release) == (self.row.waits, ready)
        return (
            not same or _kept(self.answer.reasons) != self.row.reasons or _moved(self.ready, self.situation)
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
    for step in steps:
        _see_to(step, hand.at)
    return [step.row for step in steps]


def verdict_of(row: Payout) -> Verdict:
    """Return the gate's newest answer in one word."""
    if not row.waits:
        return Verdict.RELEASE
    if row.waits < row.amount:
        return Verdict.PARTIAL
    return Verdict.HOLD if row.state == PayoutState.HELD else Verdict.REVIEW


def reasons_of(row: Payout) -> tuple[Reason, ...]:
    """Return the reasons that a row keeps."""
    return tuple(Reason(code=Code(one["code"]), amount=one["amount"], ref=one["ref"]) for one in row.reasons)


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
                why=_names(row.reasons),
            )
        )
    return steps


def _moved(ready: Transfer | None, situation: Situation) -> bool:
    """Say whether what is ready would go to an account that is in use no more."""
    return ready is not None and (situation.account is None or ready.account_id != situation.account.pk)


def _put(step: Step, at: datetime) -> None:
    """Put the answer into the row."""
    row, found = step.row, step.answer
    row.waits, row.reasons, row.decided_at = found.waits, _kept(found.reasons), at
    row.version += 1
    row.clause = found.clause.code if found.clause else ""
    row.clause_version = found.clause.version if found.clause else 0
    if not found.waits:
        row.waiting_since = row.review_at = row.ends_at = None
        if row.state not in (PayoutState.RELEASED, PayoutState.PAID):
            _take(row, "release")
        return
    row.waiting_since = row.waiting_since or at
    if row.state == PayoutState.COUNSEL:
        return
    if found.way is Waits.HOLD:
        _take(row, "hold")
        row.review_at, row.ends_at = _until(step, at)
    else:
        _take(row, "doubt")
        row.review_at = keeping.due(PAYOUT_LOOK, at)


def _until(step: Step, at: datetime) -> tuple[datetime, datetime]:
    """Return when a hold is looked at again and when it ends: a measure's own days where nothing else holds.

    While money waits its end stays where it was set first: no new reason makes a hold longer.
    """
    row, measures = step.row, step.situation.measures
    ends = row.ends_at or keeping.due(PAYOUT_END, at)
    if step.answer.reasons and all(reason.code is Code.MEASURE for reason in step.answer.reasons):
        ends = max((one.ends_at for one in measures if one.ends_at is not None), default=ends)
    return min(keeping.due(PAYOUT_REVIEW, at), ends), ends


def _take(row: Payout, name: str) -> None:
    row.state = PAYOUT.take(name, PayoutState(row.state), Role.MACHINE).value


def _names(kept: Sequence[dict[str, Any]]) -> frozenset[str]:
    return frozenset(one["code"] for one in kept)


def _kept(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    return [{"code": one.code.value, "amount": one.amount, "ref": one.ref} for one in reasons]


def _act(step: Step, verb: str) -> Done:
    row = step.row
    return Done(
        kind=f"payouts.{verb}",
        subject=keeping.subject(row.payee_id),
        about=keeping.about(row),
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
        if ready is not None and ready.amount == amount and not _moved(ready, step.situation):
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


def _see_to(step: Step, at: datetime) -> None:
    """Let clocks run, tell the seller and the marketplace, and show staff what waits for them; what goes at once is quiet."""
    row = step.row
    if not row.waits and not step.waited:
        return
    _clocks(step, at)
    _show(row, at)
    _tell(step, at)
    outbox.publish(
        PayoutDecided(
            subject=keeping.about(row),
            payout=row.ref,
            seller_ref=row.payee_id,
            verdict=step.verdict.value,
            released=step.released,
            waits=row.waits,
            reasons=",".join(reason.code.value for reason in step.answer.reasons),
            decision=row.act,
        ),
        at=at,
    )


def _clocks(step: Step, at: datetime) -> None:
    row = step.row
    if step.is_new:
        _first_clocks(row, at)
    elif not row.waits:
        keeping.stop(row, at, "released")
    elif row.state == PayoutState.HELD:
        keeping.stop(row, at, "held", PAYOUT_LOOK)
        if step.before is not PayoutState.HELD:
            keeping.start(PAYOUT_REVIEW, row, at)
            keeping.start_once(PAYOUT_END, row, at)
    elif row.state == PayoutState.REVIEW:
        keeping.stop(row, at, "a person looks", PAYOUT_REVIEW)
        if needs_look(row):
            keeping.start_once(PAYOUT_LOOK, row, at)
        else:
            keeping.stop(row, at, "the name is looked at", PAYOUT_LOOK)


def _first_clocks(row: Payout, at: datetime) -> None:
    """Start the clocks of a payout that waits from the first: none of it can run yet."""
    if row.state == PayoutState.HELD:
        keeping.begin(PAYOUT_REVIEW, row, at)
        keeping.begin(PAYOUT_END, row, at)
    elif needs_look(row):
        keeping.begin(PAYOUT_LOOK, row, at)


def needs_look(row: Payout) -> bool:
    """Say whether the payout itself needs a person: where only a name is in doubt, that look has a case of its own."""
    return {one["code"] for one in row.reasons} != {Code.NAME_DOUBT.value}


def _show(row: Payout, at: datetime) -> None:
    asks = {PayoutState.REVIEW: "look", PayoutState.COUNSEL: "end"}
    is_quiet = row.state == PayoutState.REVIEW and not needs_look(row)
    keeping.show(
        row,
        at,
        state=row.state,
        attention=asks.get(PayoutState(row.state), ""),
        is_over=not row.waits or is_quiet,
    )


def _tell(step: Step, at: datetime) -> None:
    row, waits = step.row, step.row.waits
    if waits < step.waited:
        went = step.waited - waits
        keeping.tell(
            row.payee_id, notices.GOES_ON, row, at, payout=row.ref, amount=f"{went:,}", left=f"{waits:,}"
        )
    elif row.state != PayoutState.COUNSEL and (waits > step.waited or step.why != _names(row.reasons)):
        _tell_waiting(row, step.answer.reasons, at)


def _tell_waiting(row: Payout, reasons: Sequence[Reason], at: datetime) -> None:
    assert row.review_at is not None
    said: dict[str, Any] = {
        "payout": row.ref,
        "amount": f"{row.waits:,}",
        "reasons": _joined([reason.code.words.title for reason in _each_once(reasons)]),
        "todo": _joined([reason.code.words.todo for reason in _each_once(reasons)], "", " "),
        "review": spoken(row.review_at),
    }
    if row.state != PayoutState.HELD:
        keeping.tell(row.payee_id, notices.LOOKED_AT, row, at, **said)
        return
    assert row.ends_at is not None
    clause = terms.wording(row.clause, row.clause_version)
    said |= {
        "clause": clause.title if clause else Text(row.clause, row.clause),
        "version": row.clause_version,
        "end": spoken(row.ends_at),
    }
    keeping.tell(row.payee_id, notices.HELD, row, at, **said)


def _each_once(reasons: Sequence[Reason]) -> list[Reason]:
    return list({reason.code: reason for reason in reasons}.values())


def _joined(texts: Sequence[Text], ja: str = "、", en: str = ", ") -> Text:
    return Text(ja.join(text.ja for text in texts), en.join(text.en for text in texts))


def start_counsel(row: Payout, at: datetime) -> None:
    """Let counsel's clock run for a payout that is handed over, and show it."""
    keeping.stop(row, at, "handed to counsel")
    keeping.start(PAYOUT_COUNSEL, row, at)
    _show(row, at)
