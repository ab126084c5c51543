"""What the public figures of some months are counted from, row by row: moments and states, and nothing that names anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import BooleanField, Case, F, Q, Value, When

from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared.exported import ExportedRow, exported
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState
from mamori.rooms.contact.models import (
    IS_QUESTION,
    WAS_AGREED,
    WAS_DECIDED,
    Call,
    Formal,
    Proposal,
    Remedy,
    Thread,
    Trouble,
)
from mamori.rooms.contact.queries.figures import FIRST_DUE, KEPT_OR_NOT
from mamori.rooms.contact.queries.settled import ANSWER_CLOCKS


def settled_rows(since: datetime, until: datetime) -> Iterator[ExportedRow]:
    """Yield of each row its kind and what is counted of it, for what lies from `since` to before `until`."""

    def within(field: str) -> Q:
        return Q(**{f"{field}__gte": since, f"{field}__lt": until})

    troubles = Trouble.objects.filter(within("opened_at")).annotate(
        first_due=FIRST_DUE, mediated_at=F("mediation__opened_at")
    )
    yield from exported("trouble", troubles, "opened_at", "first_due", "closed_at", "state", "mediated_at")
    for done_at, due_at, rang in clock_facts.over(ANSWER_CLOCKS, why="answered", since=since, until=until):
        yield "answer", {"done_at": done_at, "due_at": due_at, "rang": rang}
    yield from exported("question", Thread.objects.filter(IS_QUESTION, within("opened_at")), "opened_at")
    refunds = Remedy.objects.filter(within("closed_at"), state=RemedyState.DONE)
    yield from exported("refund", refunds.annotate(opened=F("trouble__opened_at")), "opened", "closed_at")
    promises = Call.objects.filter(WAS_DECIDED, within("promised_at"))
    yield from exported("promise", promises, "promised_at", "kept")
    agreements = Proposal.objects.filter(WAS_AGREED, within("due_at"), state__in=KEPT_OR_NOT)
    was_kept = Case(
        When(state=ProposalState.KEPT, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    yield from exported("agreement", agreements.annotate(was_kept=was_kept), "due_at", "was_kept")
    yield from exported("formal", Formal.objects.filter(within("arrived_at")), "arrived_at")
