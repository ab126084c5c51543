"""What should stand about every matter of enforcement, and where something else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib import import_module

from mamori.ground.clocks.newest import Newest, newest
from mamori.ground.matters.changes import Changes, changes
from mamori.ground.matters.settlement import span
from mamori.ground.matters.standing import Stands, runs
from tests.settled.tally import Tally

ROOM = "mamori.rooms.enforcement"
CALLED_FROM = tuple(
    f"{ROOM}.{one}" for one in ("actions", "actions.policy", "actions.policy_drafting", "hearing_contact")
)


def should() -> dict[str, tuple[Stands, ...]]:
    """Return what should stand about every matter of the room."""
    models = import_module(f"{ROOM}.models")
    rules = import_module(f"{ROOM}.rules.standing")
    keeping = import_module(f"{ROOM}.keeping")
    found: dict[str, Iterable[Stands]] = {}
    for finding in models.Finding.objects.prefetch_related("measures"):
        found |= keeping.should(finding, finding.measures.all())
    for appeal in models.Appeal.objects.all():
        found[f"enforcement.appeal:{appeal.pk}"] = rules.of_appeal(appeal)
    for row in models.Policy.objects.all():
        found[f"enforcement.policy:{row.number}"] = rules.of_policy(row)
    return {about: tuple(stands) for about, stands in found.items()}


def differing(at: datetime, tally: Tally | None = None) -> Iterator[str]:
    """Say where something else stands than should, or lasts otherwise."""
    wanted, tally = should(), tally or Tally()
    stood: dict[str, list[Newest]] = {}
    for clock in newest(wanted):
        stood.setdefault(clock.about, []).append(clock)
    for about, stands in wanted.items():
        clocks = stood.get(about, [])
        if found := changes(stands, clocks, at=at):
            yield f"{about}: {_said(found)}"
        for one in runs(stands):
            for clock in clocks:
                if clock.done_at is None and (clock.kind, clock.started_at) == (one.code, one.since):
                    tally.compared(clock.kind)
                    if clock.duration != str(span(one)):
                        yield f"{about}: {clock.kind} lasts {clock.duration} and not {span(one)}"


def _said(found: Changes[Newest]) -> str:
    parts = {
        "start": [one.code for one in found.start],
        "stop": [one.kind for one in found.stop],
        "hold": [one.kind for one, _ in found.hold],
        "release": [one.kind for one in found.release],
        "reopen": [one.kind for one in found.reopen],
    }
    return ", ".join(f"{what} {' '.join(kinds)}" for what, kinds in parts.items() if kinds)
