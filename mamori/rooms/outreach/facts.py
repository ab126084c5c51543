"""What others may ask: whether a seller was told something and has not answered."""

from __future__ import annotations

from mamori.rooms.outreach.models import WAITS, SellerTold


def is_awaited(seller_ref: str) -> bool:
    """Say whether a seller was told something and has not answered."""
    return SellerTold.objects.filter(WAITS, seller_ref=seller_ref).exists()
