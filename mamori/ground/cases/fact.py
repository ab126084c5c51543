"""A case as others see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mamori.ground.cases.models import Case
from mamori.ground.cases.number import number_of
from mamori.ground.declared import memory


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A case as others see it; `assignee` is empty while it is nobody's."""

    id: int
    number: str
    kind: str
    about: str
    title: str
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    attention: str | None
    assignee: str
    opened_at: datetime
    next_due_at: datetime | None
    closed_at: datetime | None
    urgent_since: datetime | None = None
    due_kind: str = ""

    def is_late(self, at: datetime) -> bool:
        """Say whether what it leads with is over: a promise that was missed and is not kept, or a clock that is due."""
        return self.closed_at is None and self.next_due_at is not None and self.next_due_at <= at


def found(about: str) -> Case | None:
    """Return the row of the case about that matter, which an act reads once; None where there is none.

    None also for what no name can be: NUL, at which a database stumbles.
    """
    return (
        None
        if "\0" in about
        else memory.of("cases.case", about, lambda: Case.objects.filter(about=about).first())
    )


def row_of(about: str) -> Case:
    """Return the row of the case about that matter, as `found` does.

    :raises LookupError: when there is none (a bug of the room, not a refusal).
    """
    case = found(about)
    if case is None:
        raise LookupError(about)
    return case


def fact_of(case: Case) -> CaseFact:
    """Return a case's row as others see it."""
    return CaseFact(
        id=case.pk,
        number=number_of(case.pk),
        kind=case.kind,
        about=case.about,
        title=case.title,
        buyer_ref=case.buyer_ref,
        seller_ref=case.seller_ref,
        order_ref=case.order_ref,
        state=case.state,
        attention=case.attention,
        assignee=case.assignee,
        opened_at=case.opened_at,
        next_due_at=case.next_due_at,
        closed_at=case.closed_at,
        urgent_since=case.urgent_since,
        due_kind=case.due_kind,
    )
