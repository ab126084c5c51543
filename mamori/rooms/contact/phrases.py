"""A seller's own usual texts: sealed, few, and with one place only, the order's number."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals
from mamori.rooms.contact.models import Phrase

MOST = 20
ORDER = "{order}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseFact:
    """A usual text as its seller sees it."""

    id: str
    name: str
    words: str


def phrases(seller_ref: str) -> tuple[PhraseFact, ...]:
    """Return the seller's usual texts, the oldest first; none once the seller was erased."""
    opener = seals.Opener()
    found = []
    for row in Phrase.objects.filter(seller_ref=seller_ref).order_by("at", "pk"):
        try:
            plain = opener.unseal(
                subject=f"seller:{seller_ref}", place=_place(row.pk), sealed=bytes(row.sealed)
            )
        except seals.Shredded:
            continue
        found.append(PhraseFact(id=str(row.pk), **json.loads(plain)))
    return tuple(found)


def sealed(key: uuid.UUID, *, seller_ref: str, name: str, words: str) -> bytes:
    """Return name and words sealed with the seller's key."""
    plain = json.dumps({"name": name, "words": words}, ensure_ascii=False).encode()
    return sealing.seal(subject=f"seller:{seller_ref}", place=_place(key), plain=plain)


def filled(words: str, order: str) -> str:
    """Put the number of the order, or of the goods, where it belongs; nothing else is ever filled in."""
    return words.replace(ORDER, order)


def _place(key: uuid.UUID) -> seals.Place:
    return seals.Place("contact_phrase", str(key), "sealed")
