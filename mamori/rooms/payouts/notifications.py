"""What seller and marketplace are told of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.rooms.payouts import notices, records
from mamori.rooms.payouts.events import PayoutDecided
from mamori.rooms.payouts.lifecycle import PayoutState
from mamori.rooms.payouts.models import Payout
from mamori.rooms.payouts.rules.reasons import Reason
from mamori.rooms.payouts.rules.standing import names
from mamori.rooms.payouts.step import Step


def tell(step: Step, at: datetime) -> None:
    """Tell the seller and the marketplace of an answer by which money waits, or waits no more."""
    row = step.row
    _tell(step, at)
    outbox.publish(
        PayoutDecided(
            subject=records.about(row),
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


def _tell(step: Step, at: datetime) -> None:
    row, waits = step.row, step.row.waits
    if waits < step.waited:
        went = step.waited - waits
        records.tell(
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
        records.tell(row.payee_id, notices.LOOKED_AT, row, at, **said)
        return
    assert row.ends_at is not None
    clause = terms.wording(row.clause, row.clause_version)
    said |= {
        "clause": clause.title if clause else Text(row.clause, row.clause),
        "version": row.clause_version,
        "end": spoken(row.ends_at),
    }
    records.tell(row.payee_id, notices.HELD, row, at, **said)


def _each_once(reasons: Sequence[Reason]) -> list[Reason]:
    return list({reason.code: reason for reason in reasons}.values())


def _joined(texts: Sequence[Text], ja: str = "、", en: str = ", ") -> Text:
    return Text(ja.join(text.ja for text in texts), en.join(text.en for text in texts))
