"""After a restore: what the record calls destroyed is destroyed again, and what only the keys call so is recorded.

Record and keys come back from two archives, and either may be the older: the younger one's word holds.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from mamori.ground.declared import erasing
from mamori.ground.ledger import erasures, receipts
from mamori.ground.ledger.models import ActContent
from mamori.ground.ledger.moment import text_of
from mamori.ground.seal import actions as seal
from mamori.ground.seal import facts as seals

type Told = Callable[[seals.ShreddedKey, dict[str, Any]], int]
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


def account_again(shreddings: list[ActContent], *, at: datetime, told: Told) -> int:
    """Record each shredding that the keys know of and these acts do not, and erase with it; return how many there were."""
    opener = seals.Opener()
    known = {payload.get("key") for row in shreddings if (payload := _payload(row, opener)) is not None}
    missing = [key for key in seals.shredded_keys() if key.number not in known]
    for key in missing:
        with transaction.atomic():
            erasures.begin(subject=key.subject, key=key.number, at=at, told=_bound(told, key))
    return len(missing)


def _bound(told: Told, key: seals.ShreddedKey) -> erasures.Told:
    return lambda payload: told(key, payload | {"shredded_at": text_of(key.at)})


def _payload(row: ActContent, opener: seals.Opener) -> dict[str, Any] | None:
    try:
        content, _ = receipts.opened(row, opener)
    except seals.SealBroken:
        return None
    payload: dict[str, Any] | None = None if content is None else content["payload"]
    return payload
