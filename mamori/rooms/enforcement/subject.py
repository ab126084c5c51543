"""What a finding is about: a seller, and of it a listing, a review, an order or a category of goods."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """References of the marketplace; "" where it concerns the seller as a whole."""

    seller: str
    listing: str = ""
    review: str = ""
    order: str = ""
    category: str = ""
