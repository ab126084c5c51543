"""An erasure in batches: the key goes first and in one moment; what was sealed with it is accounted for, a little at a time.

Whatever dies in the middle, the row of the erasure says how far it is, and whoever works next goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mamori.ground.declared import erasing
from mamori.ground.declared.erasing import AT_ONCE
from mamori.ground.ledger.content import row_digest
from mamori.ground.ledger.models import ActContent, Erasure
from mamori.ground.seal import facts as seals

type Told = Callable[[dict[str, Any]], int]
"""Records what a batch reached, and returns the act's number."""


@dataclass(frozen=True, slots=True)
class _Batch:
    payload: dict[str, Any]
    after: int
    is_last: bool


def begin(*, subject: str, key: int, at: datetime, told: Told) -> int:
    """Do the first batch in the transaction that destroyed the key; return its act's number."""
    batch = _batch(subject, key, 0, at)
    act = told(batch.payload)
    if not batch.is_last:
        Erasure.objects.create(subject=subject, key=key, act=act, after=batch.after, begun_at=at)
    return act


def go_on(*, at: datetime, told: Callable[[Erasure, dict[str, Any]], int]) -> int:
    """Do one more batch of the oldest erasure that is under way; return how many, 0 when none is."""
    with transaction.atomic():
        open_ones = Erasure.objects.order_by("pk")
        if connection.vendor == "postgresql":
            open_ones = open_ones.select_for_update(skip_locked=True)
        found = open_ones.first()
        if found is None:
            return 0
        batch = _batch(found.subject, found.key, found.after, at)
        told(found, batch.payload)
        if batch.is_last:
            found.delete()
        else:
            found.after = batch.after
            found.save(update_fields=["after"])
        return 1


def _batch(subject: str, key: int, after: int, at: datetime) -> _Batch:
    """Account for the next contents that the key sealed, and let the erasers go on."""
    rows = list(ActContent.objects.filter(subject=subject, act__gt=after).order_by("act")[:AT_ONCE])
    lost = [
        [row.pk, row_digest(act=row.pk, subject=subject, about=row.about, sealed=bytes(row.sealed))]
        for row in rows
        if seals.key_of(bytes(row.sealed)) == key
    ]
    reached = erasing.erase(subject, at)
    is_last = len(rows) < AT_ONCE and all(count < AT_ONCE for count in reached.values())
    payload: dict[str, Any] = {"contents": lost, "key": key, "reached": reached}
    if not is_last:
        payload["goes_on"] = True
    return _Batch(payload, rows[-1].pk if rows else after, is_last)
