"""What should stand about every matter of enforcement."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from mamori.ground.matters.standing import Stands

ROOM = "mamori.rooms.enforcement"
MEASURES = ("measures.actions.deciding", "measures.actions.hiding", "measures.actions.standing")
FEATURES = ("findings.actions", "appeals.actions", "policy.actions", "clarifications.actions", *MEASURES)
CALLED_FROM = tuple(f"{ROOM}.{one}" for one in FEATURES)


def should() -> dict[str, Iterable[Stands]]:
    """Return what should stand about every matter of the room."""
    models = import_module(f"{ROOM}.models")
    rules = import_module(f"{ROOM}.rules.standing")
    records = import_module(f"{ROOM}.findings.matter")
    found: dict[str, Iterable[Stands]] = {}
    for finding in models.Finding.objects.prefetch_related("measures"):
        found |= records.should(finding, finding.measures.all())
    for appeal in models.Appeal.objects.all():
        found[f"enforcement.appeal:{appeal.pk}"] = rules.of_appeal(appeal)
    for row in models.Policy.objects.all():
        found[f"enforcement.policy:{row.number}"] = rules.of_policy(row)
    return found
