"""What follows an answer: clocks that run, the case that staff see, what seller and marketplace are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.deadlines import PAYOUT_COUNSEL, PAYOUT_END, PAYOUT_LOOK, PAYOUT_REVIEW
from mamori.rooms.payouts import keeping, notices
from mamori.rooms.payouts.events import PayoutDecided
from mamori.rooms.payouts.lifecycle import PayoutState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.rules.reasons import Code, Reason
from mamori.rooms.payouts.rules.standing import names
from mamori.rooms.payouts.step import Step


def see_to(step: Step, at: datetime) -> None:
    """Let clocks run, tell the seller and the marketplace, and show staff what waits for them; what goes at once is quiet."""
    row = step.row
    if not row.waits and not step.waited:
        return
    _clocks(step, at)
    show(row, at)
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
        keeping.start_once(PAYOUT_END, row, at)
        if needs_look(row):
            keeping.start_once(PAYOUT_LOOK, row, at)
        else:
            keeping.stop(row, at, "the name is looked at", PAYOUT_LOOK)


def _first_clocks(row: Payout, at: datetime) -> None:
    """Start the clocks of a payout that waits from the first: none of it can run yet."""
    keeping.begin(PAYOUT_END, row, at)
    if row.state == PayoutState.HELD:
        keeping.begin(PAYOUT_REVIEW, row, at)
    elif needs_look(row):
        keeping.begin(PAYOUT_LOOK, row, at)


def needs_look(row: Payout) -> bool:
    """Say whether the payout itself needs a person: where only a name is in doubt, that look has a case of its own."""
    return {one["code"] for one in row.reasons} != {Code.NAME_DOUBT.value}


def show(row: Payout, at: datetime, *, is_looked_at: bool = False) -> None:
    """Show staff what a payout asks of them, the answer to an objection first; a look that was just taken is none."""
    asks = {PayoutState.REVIEW: "" if is_looked_at else "look", PayoutState.COUNSEL: "end"}
    is_objected = bool(row.waits) and row.objections.filter(answered_at__isnull=True).exists()
    is_quiet = row.state == PayoutState.REVIEW and not needs_look(row) and not is_objected
    keeping.show(
        row,
        at,
        state=row.state,
        attention="objection" if is_objected else asks.get(PayoutState(row.state), ""),
        is_over=not row.waits or is_quiet,
    )


def _tell(step: Step, at: datetime) -> None:
    row, waits = step.row, step.row.waits
    if waits < step.waited:
        went = step.waited - waits
        keeping.tell(
            row.payee_id, notices.GOES_ON, row, at, payout=row.ref, amount=f"{went:,}", left=f"{waits:,}"
        )
    elif row.state != PayoutState.COUNSEL and (waits > step.waited or step.why != names(row.reasons)):
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
    show(row, at)
