"""Erasures in batches, the key first and in one moment; and done again after a restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mamori.ground.declared import erasing
from mamori.ground.declared.erasing import AT_ONCE
from mamori.ground.ledger import log
from mamori.ground.ledger.formats import moment_text
from mamori.ground.ledger.log import row_digest
from mamori.ground.ledger.models import ActContent, Erasure
from mamori.ground.seal import actions as seal, facts as seals

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


type ToldAgain = Callable[[seals.ShreddedKey, dict[str, Any]], int]
"""Records that a key was destroyed, and returns the act's number."""


def shred_again(shreddings: list[ActContent], *, at: datetime) -> int:
    """Destroy each key that these acts say was destroyed and that came back with an older backup; return how many."""
    again = 0
    opener = seals.Opener()
    for row in shreddings:
        with transaction.atomic():
            if _destroy(row, opener):
                erasing.erase_all(row.about, at)
                again += 1
    return again


def _destroy(row: ActContent, opener: seals.Opener) -> bool:
    """Destroy what the act says was destroyed.

    Where even the key of the account itself is younger than the keys that came back, each key of that person which is older
    than it goes: whoever has a key after an erasure has it from after the erasure.
    """
    told, sealed_by = _payload(row, opener), seals.key_of(bytes(row.sealed))
    when = row.act.at
    if told is not None:
        number = told.get("key")
        return number is not None and seal.shred_key(subject=row.about, number=number, at=when)
    if sealed_by is not None and not seals.known([sealed_by]):
        return seal.shred_older(subject=row.about, than=sealed_by, at=when)
    return False  # changed by somebody: the verification names it


def account_again(shreddings: list[ActContent], *, at: datetime, told: ToldAgain) -> int:
    """Record each shredding that the keys know of and these acts do not, and erase with it; return how many there were."""
    opener = seals.Opener()
    known = {payload.get("key") for row in shreddings if (payload := _payload(row, opener)) is not None}
    missing = [key for key in seals.shredded_keys() if key.number not in known]
    for key in missing:
        with transaction.atomic():
            begin(subject=key.subject, key=key.number, at=at, told=_bound(told, key))
    return len(missing)


def _bound(told: ToldAgain, key: seals.ShreddedKey) -> Told:
    return lambda payload: told(key, payload | {"shredded_at": moment_text(key.at)})


def _payload(row: ActContent, opener: seals.Opener) -> dict[str, Any] | None:
    try:
        content, _ = log.receipt_opened(row, opener)
    except seals.SealBroken:
        return None
    payload: dict[str, Any] | None = None if content is None else content["payload"]
    return payload
