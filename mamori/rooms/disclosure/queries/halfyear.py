"""How many requests for a seller's information came in a half-year, and how they stood when it was settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from mamori.grammar.figures import Unit, rank, span
from mamori.japan.months import HalfYear
from mamori.rooms.disclosure.lifecycle import GIVEN, DisclosureState
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.rules.halfyear import DECIDED, OUTCOMES, PERCENTS, RequestCounts
from mamori.rooms.disclosure.rules.measures import settled_at

ENDED = {*(one.value for one in GIVEN), DisclosureState.REFUSED.value, DisclosureState.WITHDRAWN.value}


def requests_counted(half: HalfYear) -> RequestCounts:
    """Count the requests that came in a half-year, as they stood when its last month was settled."""
    asof = settled_at(half.months[-1])
    rows = list(request_rows(half))
    outcomes = Counter(_outcome(state, closed_at, asof) for state, _, closed_at, _ in rows)
    took = sorted(
        closed_at - received_at
        for state, received_at, closed_at, _ in rows
        if closed_at is not None and _outcome(state, closed_at, asof) in DECIDED
    )
    grounds = Counter(
        element
        for state, _, closed_at, elements in rows
        if _outcome(state, closed_at, asof) == "refused"
        for element in elements
    )
    ranks = {code: took[rank(percent, len(took)) - 1] for code, percent in PERCENTS.items() if took}
    return RequestCounts(
        outcomes={one: outcomes[one] for one in OUTCOMES},
        refused_on=dict(grounds),
        took={code: span(one, Unit.DAYS) for code, one in ranks.items()},
    )


def _outcome(state: str, closed_at: datetime | None, asof: datetime) -> str:
    return state if state in ENDED and closed_at is not None and closed_at <= asof else "open"


def request_rows(half: HalfYear) -> Iterator[tuple[str, datetime, datetime | None, list[str]]]:
    """Yield of each request of a half-year its state, when it came and ended, and on what it was refused."""
    rows = SellerRequest.objects.filter(received_at__gte=half.since, received_at__lt=half.until)
    yield from rows.order_by("id").values_list("state", "received_at", "closed_at", "refused_on")
