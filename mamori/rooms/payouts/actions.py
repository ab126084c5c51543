"""The gate is asked, and its answer put into effect and told: new, upon news, and when banks have paid or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import leads_elsewhere
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger.actions import Done
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.japan.zengin.orders import MOST_YEN
from mamori.japan.zengin.returns import NEXT, Outcome, Returned, Why
from mamori.law.deadlines import PAYOUT_END, PAYOUT_LOOK, PAYOUT_REVIEW
from mamori.rooms.payouts import matters, notices, situations
from mamori.rooms.payouts.accounts import details
from mamori.rooms.payouts.events import PayoutDecided
from mamori.rooms.payouts.lifecycle import LIVE, PAYOUT, TRANSFER, PayoutState, TransferState
from mamori.rooms.payouts.matters import the_payout
from mamori.rooms.payouts.models import Account, Payee, Payout, Transfer
from mamori.rooms.payouts.refusals import (
    NoSuchPayout,
    PartUnsaid,
    PayoutAmountWrong,
    PayoutDiffers,
    PayoutRefIsNumber,
    PayoutRefWrong,
    SellerNotKnown,
)
from mamori.rooms.payouts.rules import ONLY_A_NAME, Code, Reason, Waits, is_ref, names, transfer_number
from mamori.rooms.payouts.situations import (
    Gate,
    PayoutFact,
    Situation,
    Step,
    as_json,
    facts_of,
    moved,
    settle_clearance,
)


def notify_answer(step: Step, at: datetime) -> None:
    """Tell the seller and the marketplace of an answer by which money waits, or waits no more."""
    row = step.row
    _notify(step, at)
    outbox.publish(
        PayoutDecided(
            subject=matters.about(row),
            payout=row.ref,
            seller_ref=row.payee_id,
            verdict=step.verdict.value,
            released=step.released,
            waits=row.waits,
            reasons=tuple(reason.code.value for reason in step.answer.reasons),
            decision=row.act,
        ),
        at=at,
    )


def _notify(step: Step, at: datetime) -> None:
    row, waits = step.row, step.row.waits
    if waits < step.waited:
        went = step.waited - waits
        matters.notify(
            row.payee_id, notices.GOES_ON, row, at, payout=row.ref, amount=f"{went:,}", left=f"{waits:,}"
        )
    elif row.state != PayoutState.COUNSEL and (waits > step.waited or step.why != names(row.reasons)):
        _notify_waiting(row, step.answer.reasons, at)


def _notify_waiting(row: Payout, reasons: Sequence[Reason], at: datetime) -> None:
    assert row.review_at is not None
    said: dict[str, Any] = {
        "payout": row.ref,
        "amount": f"{row.waits:,}",
        "reasons": _joined([reason.code.words.title for reason in _each_once(reasons)]),
        "todo": _joined([reason.code.words.todo for reason in _each_once(reasons)], "", " "),
        "review": spoken(row.review_at),
    }
    if row.state != PayoutState.HELD:
        matters.notify(row.payee_id, notices.LOOKED_AT, row, at, **said)
        return
    assert row.ends_at is not None
    clause = terms.wording(row.clause, row.clause_version)
    said |= {
        "clause": clause.title if clause else Text(row.clause, row.clause),
        "version": row.clause_version,
        "end": spoken(row.ends_at),
    }
    matters.notify(row.payee_id, notices.HELD, row, at, **said)


def _each_once(reasons: Sequence[Reason]) -> list[Reason]:
    return list({reason.code: reason for reason in reasons}.values())


def _joined(texts: Sequence[Text], ja: str = "、", en: str = ", ") -> Text:
    return Text(ja.join(text.ja for text in texts), en.join(text.en for text in texts))


# The gate's answer put into effect: what goes becomes a transfer, what waits says why and until when, both on record.


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


def decide(actor: Actor, rows: Sequence[Payout], gate: Gate, *, verb: str) -> list[Payout]:
    """Answer on payouts, new ones or such that wait, whose payees are locked; return those on which the answer is news."""
    steps = [step for step in _steps(rows, gate) if step.is_news]
    for step in steps:
        _put(step, actor.at)
    acts = ledger.record_all(actor, [_act(step, verb) for step in steps])
    for step, act in zip(steps, acts, strict=True):
        step.row.act = act
    Payout.objects.bulk_create(step.row for step in steps if step.is_new)
    Payout.objects.bulk_update([step.row for step in steps if not step.is_new], DECIDED)
    _let_go(steps, actor.at)
    shown = [step for step in steps if step.row.waits or step.waited]  # what goes at once is quiet
    new = {matters.about(step.row) for step in shown if step.is_new}
    matters.settle([step.row for step in shown], at=actor.at, why=verb, new=new)
    settle_clearance(gate)
    for step in shown:
        notify_answer(step, actor.at)
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
    row.waits, row.reasons, row.decided_at = found.waits, as_json(found.reasons), at
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
        review_at, row.ends_at = matters.due(PAYOUT_LOOK, at), row.ends_at or matters.due(PAYOUT_END, at)
    if row.state != step.before or row.review_at is None:  # another reason puts no look off
        row.review_at = review_at
    if row.state != step.before or step.why == ONLY_A_NAME:
        row.look_since = at


def _until(step: Step, at: datetime) -> tuple[datetime, datetime]:
    """Return when a hold is looked at again and when it ends: a measure's own days where nothing else holds.

    While money waits its end stays where it was set first: no new reason makes a hold longer.
    """
    row, measures = step.row, step.situation.measures
    ends = row.ends_at or matters.due(PAYOUT_END, at)
    if step.answer.reasons and all(reason.code is Code.MEASURE for reason in step.answer.reasons):
        ends = max((one.ends_at for one in measures if one.ends_at is not None), default=ends)
    return min(matters.due(PAYOUT_REVIEW, at), ends), ends


def _take(row: Payout, name: str) -> None:
    row.state = PAYOUT.take(name, PayoutState(row.state), Role.MACHINE).value


def _act(step: Step, verb: str) -> Done:
    row = step.row
    return Done(
        kind=f"payouts.{verb}",
        subject=matters.subject(row.payee_id),
        about=matters.about(row),
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
            close_transfer(ready, "take_back", at, because="decided-anew")
        if amount:
            assert step.situation.account is not None
            new.append(_transfer(step.row, step.situation, amount, at))
    Transfer.objects.bulk_create(new)


def _transfer(row: Payout, situation: Situation, amount: int, at: datetime) -> Transfer:
    state = TransferState.READY if row.by_run else TransferState.TOLD
    return Transfer(payout=row, account=situation.account, amount=amount, state=state.value, made_at=at)


def close_transfer(transfer: Transfer, name: str, at: datetime, *, because: str = "") -> None:
    """Take a step with a transfer that ends it, and say why."""
    transfer.state = TRANSFER.take(name, TransferState(transfer.state), Role.MACHINE).value
    transfer.closed_at, transfer.because = at, because
    transfer.save(update_fields=("state", "closed_at", "because"))


# The gate is asked: each payout answered once under its reference, and answered anew when what it rests on has changed.


AT_HOME = ("", "JP")
"""The countries of a seller that are not abroad: none told counts as Japan."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A payout that is asked for.  Yen; `by_run`: our file pays it, else the marketplace does on our word."""

    ref: str
    seller_ref: str
    amount: int
    by_run: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A payout that cannot be answered on, and why."""

    asked: Asked
    refusal: Refusal


def authorize(actor: Actor, *, asked: Asked) -> PayoutFact:
    """Answer on a payout: release, partial, review or hold; asked again, it is answered by how things stand now."""
    [answer] = authorize_all(actor, asked=[asked])
    if isinstance(answer, Refused):
        raise answer.refusal
    return answer


def authorize_all(actor: Actor, *, asked: Sequence[Asked]) -> list[PayoutFact | Refused]:
    """Answer on many payouts in one transaction, each as `authorize` would, in their order; a refusal stands for itself."""
    with memory.act():
        rows, refused = decide_all(actor, asked=asked)
        answers = facts_of(rows)
    return [
        Refused(one, refused[number]) if number in refused else answers[one.ref]
        for number, one in enumerate(asked)
    ]


def decide_all(actor: Actor, *, asked: Sequence[Asked]) -> tuple[list[Payout], dict[int, Refusal]]:
    """Decide on many payouts; return them, and by its place what is refused and why.

    Of two who ask for two sellers under one number at once, the second finds the first's on a second look.
    """
    try:
        return _decide_all(actor, asked)
    except IntegrityError:
        return _decide_all(actor, asked)


def _decide_all(actor: Actor, asked: Sequence[Asked]) -> tuple[list[Payout], dict[int, Refusal]]:
    refused = {number: fault for number, one in enumerate(asked) if (fault := wrong_with(one)) is not None}
    with memory.attempt():
        sellers = {one.seller_ref for number, one in enumerate(asked) if number not in refused}
        known = situations.known(sellers)
        matters.lock(known)
        rows = {row.ref: row for row in Payout.objects.filter(ref__in=[one.ref for one in asked])}
        old = [row for row in rows.values() if _may_move(row)]
        new: dict[str, Payout] = {}
        for number, one in enumerate(asked):
            if number in refused:
                continue
            row = rows.get(one.ref) or new.get(one.ref)
            if row is not None and not _is_same(row, one):
                refused[number] = PayoutDiffers(payout=one.ref)
            elif one.seller_ref not in known:
                refused[number] = SellerNotKnown(seller=one.seller_ref)
            elif (
                row is None and transfer_number(one.ref) is not None
            ):  # what was let through before is answered on
                refused[number] = PayoutRefIsNumber(ref=one.ref)
            elif row is None and leads_elsewhere(one.ref):
                refused[number] = PayoutRefWrong(ref=one.ref)
            elif row is None:
                new[one.ref] = _new(one, actor, abroad=known[one.seller_ref] not in AT_HOME)
        gate = situations.gate(known, actor.at)
        old = [row for row in old if row.payee_id in known]
        decide(actor, [*sorted(old, key=lambda row: row.pk), *new.values()], gate, verb="authorize")
    return [*rows.values(), *new.values()], refused


def reconsider(actor: Actor, *, seller_ref: str) -> None:
    """Answer anew on what waits of a seller and on what is ready and not ordered, the oldest first.

    Its accounts are compared with its registered name anew, also where nothing was asked for yet.  Of sellers for whom
    nothing was ever asked and no account told this room keeps no row, whatever it hears of them.
    """
    with memory.act():
        if not matters.is_known(seller_ref) or not situations.known([seller_ref]):
            return
        matters.lock([seller_ref])
        details.compare_open(seller_ref, actor.at)
        rows = Payout.objects.filter(payee=seller_ref).filter(
            Q(waiting_since__isnull=False)
            | Q(transfers__state=TransferState.READY.value, transfers__agreed=False)
        )
        found = list(rows.distinct().order_by("id"))
        decide(actor, found, situations.gate([seller_ref], actor.at), verb="reconsider")


def wrong_with(one: Asked) -> Refusal | None:
    """Return what is wrong with the form of what is asked for."""
    for ref in (one.ref, one.seller_ref):
        if not is_ref(ref):
            return PayoutRefWrong(ref=ref[:64])
    if not 1 <= one.amount <= MOST_YEN:
        return PayoutAmountWrong(amount=f"{one.amount:,}")
    return None


def _is_same(row: Payout, one: Asked) -> bool:
    return (row.payee_id, row.amount, row.by_run) == (one.seller_ref, one.amount, one.by_run)


def _may_move(row: Payout) -> bool:
    """Say whether an answer may still change: what is wholly out of our hands is answered as it was."""
    return row.waiting_since is not None or (row.by_run and row.closed_at is None)


def _new(one: Asked, actor: Actor, *, abroad: bool) -> Payout:
    return Payout(
        ref=one.ref,
        payee_id=one.seller_ref,
        amount=one.amount,
        waits=one.amount,
        by_run=one.by_run,
        abroad=abroad,
        asked_at=actor.at,
        decided_at=actor.at,
        act=0,
    )


# What became of transfers: the bank paid, or it could not and the money waits again until its account is put right.


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row of returns that names no transfer of ours that was ordered, or a payout that went in several."""

    line: int
    ref: str


def note_paid(actor: Actor, *, payout: str, part: int = 0) -> None:
    """Take in that a payout, or the part of that number, was paid; told twice, once counts."""
    with memory.act():
        row = the_payout(actor, payout)
        _paid(actor, _part(row, part), row)


def note_returned(actor: Actor, *, payout: str, why: Text, part: int = 0) -> None:
    """Take in that the bank sent back a payout, or the part of that number; nothing goes to that account again by itself.

    Told twice, once counts: a message that comes late never frees what was let go after it.
    """
    with memory.act():
        row = the_payout(actor, payout)
        transfer = _part(row, part)
        if transfer.state != TransferState.RETURNED:
            _returned(actor, transfer, row, why)


def _part(row: Payout, part: int) -> Transfer:
    went = row.transfers.exclude(state__in=(TransferState.READY, TransferState.TAKEN_BACK))
    found = list(went.filter(pk=part) if part else went.order_by("id")[:2])
    if not found:
        raise NoSuchPayout
    if len(found) > 1:
        raise PartUnsaid
    return found[0]


def note_returns(actor: Actor, *, rows: Sequence[Returned]) -> list[Unknown]:
    """Take in what a bank told of many transfers by their numbers; return the rows that are none of ours.

    Told twice, once counts.
    """
    unknown = []
    for said in rows:
        with memory.act():
            transfer = _transfer_called(said.ref)
            if transfer is None:
                unknown.append(Unknown(said.line, said.ref))
                continue
            matters.lock([transfer.account.payee_id])
            transfer.refresh_from_db()
            if said.outcome is Outcome.PAID:
                _paid(actor, transfer, transfer.payout)
            elif transfer.state != TransferState.RETURNED:
                why = NEXT[said.why or Why.OTHER][0]
                _returned(actor, transfer, transfer.payout, why)
    return unknown


def _transfer_called(ref: str) -> Transfer | None:
    """Return the transfer of a file that a bank means: by its twenty digits there, or by the payout where it is the only one.

    Twenty digits never mean a payout, though one of before may be called so.
    """
    rows = Transfer.objects.select_related("account", "payout").filter(run__isnull=False)
    ordered = rows.exclude(state=TransferState.TAKEN_BACK)
    number = transfer_number(ref)
    if number is not None:
        return ordered.filter(pk=min(number, 2**63 - 1)).first()
    found = list(ordered.filter(payout__ref=ref)[:2])
    return found[0] if len(found) == 1 else None


def _paid(actor: Actor, transfer: Transfer, row: Payout | None) -> None:
    if transfer.state not in (TransferState.ORDERED, TransferState.TOLD):
        return
    close_transfer(transfer, "pay", actor.at)
    if row is None:
        return
    open_ = row.transfers.filter(
        state__in=(TransferState.READY, TransferState.ORDERED, TransferState.TOLD)
    ).exists()
    if row.state == PayoutState.RELEASED and not open_:
        row.state = PAYOUT.take("pay", PayoutState(row.state), Role.MACHINE).value
        row.save(update_fields=("state",))
    _record(actor, transfer, row, "note_paid")


def _returned(actor: Actor, transfer: Transfer, row: Payout | None, why: Text) -> None:
    step = "return_after" if transfer.state == TransferState.PAID else "return"
    close_transfer(transfer, step, actor.at)
    Account.objects.filter(pk=transfer.account_id).update(bounced_at=actor.at)
    if row is None:
        account = transfer.account
        matters.notify(account.payee_id, notices.TEST_CAME_BACK, account, actor.at, why=why)
        reconsider(actor, seller_ref=account.payee_id)
        return
    matters.notify(
        row.payee_id, notices.CAME_BACK, row, actor.at, payout=row.ref, amount=f"{transfer.amount:,}", why=why
    )
    _record(actor, transfer, row, "note_returned")
    decide(actor, [row], situations.gate([row.payee_id], actor.at), verb="reconsider")


def _record(actor: Actor, transfer: Transfer, row: Payout, verb: str) -> None:
    matters.record(actor, row, verb, payout=row.ref, transfer=transfer.pk, amount=transfer.amount)


AT_ONCE = 100


def say_clearances_anew() -> None:
    """Let it be said anew of every payee: what the gate rests on has changed for all."""
    Payee.objects.filter(unsaid=False).update(unsaid=True)


def say_clearances(at: datetime, *, limit: int = AT_ONCE) -> int:
    """Say of some payees of whom it was not said yet, or has to be anew, what hinders them; return of how many."""
    with memory.act():
        refs = list(Payee.objects.filter(unsaid=True).order_by("pk").values_list("pk", flat=True)[:limit])
        if refs:
            matters.lock(refs)
            situations.settle_clearance(situations.gate(sorted(situations.known(refs)), at))
            Payee.objects.filter(pk__in=refs).update(unsaid=False)
    return len(refs)
