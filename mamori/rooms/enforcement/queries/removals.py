"""Listings taken down for a breach in a time, and what is known of why: for sheets that go to an authority."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from mamori.grammar.sheet import Removals
from mamori.ground.market import facts as market
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.reasons import Source


def removals(since: datetime, until: datetime, *, kind: str, breach: str) -> Removals:
    """Count the measures of a kind for a breach that came into force from `since` to before `until`."""
    rows = Measure.objects.filter(
        kind=kind, finding__breach=breach, began_at__gte=since, began_at__lt=until
    ).order_by("pk")
    found = list(rows.values_list("ground", "finding__source", "target_ref", "state"))
    grounds = Counter(ground for ground, *_ in found if ground)
    sources = Counter(source for ground, source, *_ in found if not ground)
    known = market.categories_of({target for *_, target, _ in found})
    return Removals(
        on_ground=dict(grounds),
        asked=sources.pop(Source.AUTHORITY.value, 0),
        reported=sources.pop(Source.REPORT.value, 0),
        own=sources.total(),
        taken_back=sum(state == MeasureState.REVERSED for *_, state in found),
        categories=dict(Counter(known.get(target, "") for *_, target, _ in found)),
    )
