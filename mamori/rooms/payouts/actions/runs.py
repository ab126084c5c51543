"""A payout run: lines taken, what may be paid ordered once, the file written and verified; cut off anywhere, it goes on there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.refs import leads_elsewhere
from mamori.ground.ledger import actions as ledger
from mamori.japan.bankdays import bank_day_from, why_banks_close
from mamori.japan.calendar import JAPAN
from mamori.japan.zengin.writing import MOST_PAYMENTS, MOST_TOTAL, NotABankDay
from mamori.rooms.payouts import details, effects, payer, records, situations
from mamori.rooms.payouts.actions.requests import Asked, decide_all
from mamori.rooms.payouts.lifecycle import RUN, RunState, TransferState
from mamori.rooms.payouts.models import Account, Line, Payout, Run, Transfer
from mamori.rooms.payouts.refusals import PayoutRefWrong
from mamori.rooms.payouts.rules.reference import is_ref

BATCH = 500
MOST_DAYS = 60
"""A file names the day without its year, so that it cannot lie far ahead."""


class RunDiffers(Refusal, code="run-differs", status=409):
    """Given when a run is begun again for another day."""

    text = Text(
        "作業「{run}」は{day}の振込として始まっています。同じ日で続けるか、別の名前を付けてください。",
        "The run “{run}” was begun for {day}. Please go on with that day, or give it another name.",
    )


class DayWrong(Refusal, code="run-day-wrong", status=422):
    """Given when a run is to pay on a day that is over, or far ahead."""

    text = Text(
        "振込日{day}にはできません。今日から{most}日先までの、銀行の営業日にしてください。",
        "{day} cannot be the day of payment. Please choose a day on which banks are open, from today to {most} days ahead.",
    )


class NoSuchRun(Refusal, code="no-such-run", status=404):
    """Given when there is no run of that name."""

    text = Text(
        "作業「{run}」は見つかりません。名前を確かめてください。",
        "There is no run “{run}”. Please check its name.",
    )


class RunClosed(Refusal, code="run-closed", status=409):
    """Given when lines come for a run of which it is fixed what it pays."""

    text = Text(
        "作業「{run}」は、支払うものがもう決まっています。足りない行は、新しい名前の作業で送ってください。",
        "What the run “{run}” pays is fixed already. Please send further lines in a run of a new name.",
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a run: its number from 1, and what is asked for, or what is wrong with it."""

    number: int
    asked: Asked | None
    refusal: Refusal | None = None


def begin_run(hand: Hand, *, ref: str, pays_on: date) -> int:
    """Begin a run for the day on which the bank pays, or go on with the one of that name; return its row."""
    if not is_ref(ref):
        raise PayoutRefWrong(ref=ref[:64])
    known = Run.objects.filter(ref=ref).first()
    if known is not None:
        if known.pays_on != pays_on:
            raise RunDiffers(run=ref, day=known.pays_on.isoformat())
        return known.pk
    if leads_elsewhere(ref):
        raise PayoutRefWrong(ref=ref[:64])
    today = hand.at.astimezone(JAPAN).date()
    if not today <= pays_on <= today + timedelta(days=MOST_DAYS):
        raise DayWrong(day=pays_on.isoformat(), most=MOST_DAYS)
    why = why_banks_close(pays_on)
    if why is not None:
        raise NotABankDay(day=pays_on.isoformat(), why=why, next=bank_day_from(pays_on).isoformat())
    parts = payer.said(hand.at)
    payer.sender_of(parts)
    with memory.act():
        run, is_new = Run.objects.get_or_create(
            ref=ref, defaults={"pays_on": pays_on, "payer": parts, "begun_at": hand.at}
        )
        if is_new:
            record_run(hand, run, "begin_run")
    return run.pk


def take_lines(hand: Hand, *, run: int, rows: Sequence[Row]) -> None:
    """Answer on each line of a run and keep what was asked; a line that was taken already is left as it is."""
    with memory.act():
        found = the_run(run, lock=True)
        if found.state != RunState.TAKING:
            raise RunClosed(run=found.ref)
        asked = [row.asked for row in rows if row.asked is not None]
        _, refused = decide_all(hand, asked=asked)
        places = iter(range(len(asked)))
        lines = [_line(found, row, refused.get(next(places)) if row.asked else row.refusal) for row in rows]
        kept = set(
            found.lines.filter(number__in=[row.number for row in rows]).values_list("number", flat=True)
        )
        Line.objects.bulk_create(line for line in lines if line.number not in kept)


def _line(run: Run, row: Row, refusal: Refusal | None) -> Line:
    asked = row.asked
    return Line(
        run=run,
        number=row.number,
        payout_ref=_kept(asked.ref) if asked else "",
        seller_ref=_kept(asked.seller_ref) if asked else "",
        amount=max(-(2**63), min(asked.amount, 2**63 - 1)) if asked else 0,
        refused=refusal.code if refusal else "",
        values={name: str(value) for name, value in refusal.values.items()} if refusal else {},
    )


def _kept(ref: str) -> str:
    """Return a reference as it can be kept, whatever somebody wrote."""
    return ref.replace("\0", "")[:64]


def add_lines(hand: Hand, *, run: int, asked: Sequence[Asked]) -> None:
    """Answer on more lines of a run, numbered on from the last; a payout that stands in the run already is not taken twice."""
    with memory.act():
        the_run(run, lock=True)
        mine = Line.objects.filter(run=run)
        known = set(
            mine.filter(payout_ref__in=[one.ref for one in asked]).values_list("payout_ref", flat=True)
        )
        last = mine.aggregate(last=Max("number"))["last"] or 0
        new = [one for one in asked if one.ref not in known]
        take_lines(hand, run=run, rows=[Row(last + at, one) for at, one in enumerate(new, start=1)])


def order_run(hand: Hand, *, run: int) -> None:
    """Fix what a run pays: all that is ready, each asked once more; in batches, so that a run cut off goes on."""
    the_run(run)
    for refs in _ready_sellers():
        with memory.act():
            found = the_run(run, lock=True)
            if found.state != RunState.TAKING:  # whoever was quicker has fixed it
                return
            more = _order(hand, found, refs)
            found.count, found.total = found.count + len(more), found.total + sum(one.amount for one in more)
            found.save(update_fields=("count", "total"))
    with memory.act():
        found = the_run(run, lock=True)
        if (
            found.state == RunState.TAKING and found.count
        ):  # a run of nothing stays open for what is ready later
            found.state = RUN.take("order", RunState(found.state), Role.MACHINE).value
            found.save(update_fields=("state",))
            record_run(hand, found, "order_run", count=found.count, total=found.total)


def the_run(run: int, *, lock: bool = False) -> Run:
    """Return the run."""
    rows = Run.objects.select_for_update() if lock else Run.objects.all()
    found = rows.filter(pk=run).first()
    if found is None:
        raise NoSuchRun(run=run)
    return found


def _ready_sellers() -> Iterator[list[str]]:
    """Return the sellers to whom something is ready to go, batch by batch."""
    ready = Transfer.objects.filter(state=TransferState.READY.value)
    refs = sorted(set(ready.values_list("account__payee", flat=True)))
    for at in range(0, len(refs), BATCH):
        yield refs[at : at + BATCH]


def _order(hand: Hand, run: Run, refs: Sequence[str]) -> list[Transfer]:
    """Order what is ready of these sellers and still right, as far as the file has room; return it."""
    records.lock(refs)
    _ask_again(hand, refs)
    fit: list[Transfer] = []
    total = run.total
    for one in _payable(hand, refs):
        if run.count + len(fit) >= MOST_PAYMENTS or total + one.amount > MOST_TOTAL:
            break
        fit.append(one)
        total += one.amount
    Transfer.objects.filter(pk__in=[one.pk for one in fit]).update(run=run, state=TransferState.ORDERED.value)
    return fit


def _ask_again(hand: Hand, refs: Sequence[str]) -> None:
    """Ask the gate again on what is ready: between its word and the file something may have come up."""
    known = sorted(situations.known(refs))
    rows = Payout.objects.filter(
        payee__in=known, transfers__state=TransferState.READY.value, transfers__agreed=False
    )
    found = list(rows.distinct().order_by("id"))
    if found:
        effects.decide(hand, found, situations.gate(known, hand.at), verb="reconsider")


def _ready(refs: Sequence[str]) -> tuple[list[Transfer], dict[int, details.Details]]:
    """Return what is ready of these sellers, and their open accounts by the row's id."""
    rows = Transfer.objects.filter(state=TransferState.READY.value, account__payee__in=refs)
    open_ = Account.objects.filter(payee__in=refs, closed_at__isnull=True)
    return list(rows.order_by("id")), details.opened_all(open_.values_list(*details.COLUMNS, named=True))


def _payable(hand: Hand, refs: Sequence[str]) -> list[Transfer]:
    """Return what is ready and can be written; what cannot is taken back, and what was decided anew by that looked up again."""
    ready, accounts = _ready(refs)
    fit = {one.pk for one in ready if _is_payable(one, accounts.get(one.account_id))}
    if len(fit) < len(ready):
        for one in ready:
            if one.pk not in fit:
                _take_back(hand, one)
        ready, accounts = _ready(refs)
        fit = {one.pk for one in ready if _is_payable(one, accounts.get(one.account_id))}
    return [one for one in ready if one.pk in fit]


def _take_back(hand: Hand, transfer: Transfer) -> None:
    """Take back what cannot be written: its account, bank, branch or seller is no more, and it waits for another account."""
    transfer.refresh_from_db()
    if transfer.state != TransferState.READY:
        return
    Account.objects.filter(pk=transfer.account_id, closed_at__isnull=True).update(bounced_at=hand.at)
    effects.close(transfer, "take_back", hand.at, because="account-gone")
    gate = situations.gate([transfer.account.payee_id], hand.at)
    effects.decide(hand, [transfer.payout] if transfer.payout else [], gate, verb="reconsider")


def _is_payable(transfer: Transfer, holds: details.Details | None) -> bool:
    try:
        return holds is not None and bool(holds.paid(transfer.amount, transfer.pk))
    except Refusal:
        return False


def record_run(hand: Hand, run: Run, verb: str, reason: str = "", **more: object) -> None:
    """Put an act on a run on record."""
    ledger.record(
        hand,
        kind=f"payouts.{verb}",
        subject=ledger.MARKET,
        about=f"payouts.run:{run.ref}",
        reason=reason,
        payload={"run": run.ref, "pays_on": run.pays_on.isoformat(), **more},
    )
