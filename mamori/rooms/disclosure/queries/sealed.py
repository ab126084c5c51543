"""What lies sealed in a request, opened."""

from __future__ import annotations

import msgspec

from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.rules.said import RequestSaid

TABLE = "disclosure_sellerrequest"


def place_of(number: int, column: str) -> Place:
    """Return where a value of a request lies."""
    return Place(TABLE, str(number), column)


def opened[T](row: SellerRequest, column: str, kind: type[T], *, subject: str = "") -> T | None:
    """Return a value, or nothing where there is none, or its key is destroyed."""
    plain = seals.opened(
        subject=subject or row.sealed_for, place=place_of(row.pk, column), sealed=getattr(row, column)
    )
    return msgspec.json.decode(plain, type=kind) if plain is not None else None


def said_of(row: SellerRequest) -> RequestSaid:
    """Return the words of who asks, empty once they were erased."""
    return opened(row, "said", RequestSaid) or RequestSaid()


def of_seller(row: SellerRequest, column: str) -> dict[str, str] | None:
    """Return what lies sealed with the seller's key."""
    return opened(row, column, dict[str, str], subject=f"seller:{row.seller_ref}")
