"""What should stand about every payout and account."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from mamori.ground.matters.standing import Stands

ROOM = "mamori.rooms.payouts"
CALLED_FROM = tuple(
    f"{ROOM}.{one}" for one in ("actions", "accounts.actions", "holds.actions", "runs.actions")
)


def should() -> dict[str, Iterable[Stands]]:
    """Return what should stand about every matter of the room."""
    models = import_module(f"{ROOM}.models")
    rules = import_module(f"{ROOM}.rules")
    matters = import_module(f"{ROOM}.matters")
    rows = models.Objection.objects.filter(answered_at__isnull=True)
    objected = dict(rows.values_list("payout_id", "at"))
    found = {
        matters.about(row): rules.of_payout(row, objected_at=objected.get(row.pk))
        for row in models.Payout.objects.all()
    }
    return found | {matters.about(row): rules.of_account(row) for row in models.Account.objects.all()}
