"""Who a delegate is and how they are reached: sealed with the seller's key, opened for a fact."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mamori.ground.people.models import Delegate
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A delegate's name and mail address; empty once erased."""

    name: str = ""
    mail: str = ""


def seal(*, seller_ref: str, name: str, person: Person) -> bytes:
    """Return the person sealed."""
    plain = json.dumps({"name": person.name, "mail": person.mail}, ensure_ascii=False).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=_place(seller_ref, name), plain=plain)


def unseal(row: Delegate) -> Person:
    """Return the person, empty when the seller's key has been destroyed."""
    try:
        plain = seals.unseal(
            subject=f"seller:{row.seller_ref}",
            place=_place(row.seller_ref, row.name),
            sealed=bytes(row.sealed),
        )
    except seals.Shredded:
        return Person()
    return Person(**json.loads(plain))


def _place(seller_ref: str, name: str) -> seals.Place:
    return seals.Place("people_delegate", f"{seller_ref}/{name}", "sealed")
