"""A seller's statement of a month: each recovery that moved in it or of which money went back, what, why, and the sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.japan.calendar import Month
from mamori.law.clauses import CLAUSES
from mamori.rooms.contact import keeping
from mamori.rooms.contact.lifecycle import GIVE_BACK, RECOVERY, GiveBackState, RecoveryState
from mamori.rooms.contact.models import Recovery
from mamori.rooms.contact.money import giveback_of
from mamori.rooms.contact.rules.reasons import DEDUCT_BECAUSE, DeductBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One recovery.  Yen; `review_at` is the next day of review while it is open."""

    number: str
    order_ref: str
    refunded: int
    deducted: int
    back: int
    back_state: Text | None
    back_at: datetime | None
    state: Text
    why: Text | None
    clause: Text | None
    clause_version: int
    opened_at: datetime
    decided_at: datetime | None
    closed_at: datetime | None
    review_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A month of one seller.  Yen: what was set off is settled, what is decided or is to go back waits for the marketplace."""

    month: Month
    rows: tuple[StatementRow, ...]
    set_off: int
    decided: int
    not_taken: int
    given_back: int
    to_give_back: int


def statement(seller_ref: str, month: Month) -> Statement:
    """Return the seller's statement of that month."""
    inside = Q()
    for moment in ("opened_at", "decided_at", "closed_at", "giveback__opened_at", "giveback__closed_at"):
        inside |= Q(**{f"{moment}__gte": month.since, f"{moment}__lt": month.until})
    found = list(
        Recovery.objects.filter(inside, seller_ref=seller_ref)
        .select_related("remedy__trouble__thread", "giveback")
        .order_by("opened_at", "id")
    )
    ended = [r for r in found if r.closed_at is not None and month.since <= r.closed_at < month.until]
    backs = [giving for giving in map(giveback_of, found) if giving is not None]
    settled = [recovery for recovery in ended if recovery.state == RecoveryState.SETTLED]
    return Statement(
        month=month,
        rows=tuple(_rows(found)),
        set_off=sum(recovery.amount for recovery in settled),
        decided=sum(recovery.amount for recovery in found if recovery.state == RecoveryState.CLAIMED),
        not_taken=sum(recovery.remedy.amount for recovery in ended)
        - sum(recovery.amount for recovery in settled),
        given_back=sum(
            one.amount
            for one in backs
            if one.closed_at
            and month.since <= one.closed_at < month.until
            and one.state == GiveBackState.DONE
        ),
        to_give_back=sum(giving.amount for giving in backs if giving.closed_at is None),
    )


def _rows(found: list[Recovery]) -> Iterable[StatementRow]:
    names = [keeping.about(recovery) for recovery in found]
    known = cases.cases_of(abouts=names) if names else {}
    due = clocks.clocks_next(names)
    titles = {clause.code: clause.title for clause in CLAUSES}
    for recovery, name in zip(found, names, strict=True):
        clock, giving = due.get(name), giveback_of(recovery)
        yield StatementRow(
            number=known[name].number,
            order_ref=recovery.remedy.trouble.thread.order_ref,
            refunded=recovery.remedy.amount,
            deducted=recovery.amount if recovery.state != RecoveryState.BORNE else 0,
            back=giving.amount if giving and giving.state != GiveBackState.NEEDLESS else 0,
            back_state=GIVE_BACK.states[GiveBackState(giving.state)] if giving else None,
            back_at=giving.closed_at if giving else None,
            state=RECOVERY.states[RecoveryState(recovery.state)],
            why=DEDUCT_BECAUSE[DeductBecause(recovery.because)] if recovery.because else None,
            clause=titles.get(recovery.clause),
            clause_version=recovery.clause_version,
            opened_at=recovery.opened_at,
            decided_at=recovery.decided_at,
            closed_at=recovery.closed_at,
            review_at=clock.due_at if clock else None,
        )
