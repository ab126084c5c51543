"""What lies sealed with a seller's key in this room, opened."""

from __future__ import annotations

from mamori.ground.seal import facts as seals
from mamori.ground.seal.facts import Place


def opened(seller_ref: str, place: Place, sealed: bytes | memoryview) -> bytes | None:
    """Return what lies there, or nothing once the seller's key is destroyed."""
    return seals.opened(subject=f"seller:{seller_ref}", place=place, sealed=sealed)
