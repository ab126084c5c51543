"""What should stand about every matter of enforcement."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from mamori.ground.matters.standing import Stands

ROOM = "mamori.rooms.enforcement"
CALLED_FROM = tuple(
    f"{ROOM}.{one}" for one in ("actions", "actions.policy", "actions.policy_drafting", "contact_findings")
)


def should() -> dict[str, Iterable[Stands]]:
    """Return what should stand about every matter of the room."""
    models = import_module(f"{ROOM}.models")
    rules = import_module(f"{ROOM}.rules.standing")
    records = import_module(f"{ROOM}.records")
    found: dict[str, Iterable[Stands]] = {}
    for finding in models.Finding.objects.prefetch_related("measures"):
        found |= records.should(finding, finding.measures.all())
    for appeal in models.Appeal.objects.all():
        found[f"enforcement.appeal:{appeal.pk}"] = rules.of_appeal(appeal)
    for row in models.Policy.objects.all():
        found[f"enforcement.policy:{row.number}"] = rules.of_policy(row)
    return found
