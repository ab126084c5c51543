"""Listings taken down for a breach in a time, and what is known of why: for sheets that go to an authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.reasons import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Removals:
    """Listings taken down in a time for one kind of breach, a listing as often as it was, and what is known of why.

    `on_ground`: how many rest on each request under law; of the others `asked` came from an authority, `reported` from a report,
    and `own` from neither.  `categories` are the marketplace's, "" where the listing has none.  `taken_back` were reversed since.
    """

    on_ground: Mapping[str, int]
    asked: int
    reported: int
    own: int
    taken_back: int
    categories: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many there were."""
        return sum(self.on_ground.values()) + self.asked + self.reported + self.own


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
