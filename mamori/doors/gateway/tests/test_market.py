"""The marketplace tells sellers, buyers, listings, orders, and confirms instructions."""

from __future__ import annotations

from mamori.doors.gateway.tests.conftest import EARLY, Software

ORDER = {"buyer": "B-1", "seller": "S-1", "amount": 8000, "ordered_at": EARLY.isoformat()}


def test_what_is_new_is_201_and_the_same_again_is_200(shop: Software) -> None:
    first = shop.call("PUT", "/sellers/S-1", {"name": "山の店"})
    again = shop.call("PUT", "/sellers/S-1", {"name": "山の店"})
    other = shop.call("PUT", "/sellers/S-1", {"name": "川の店"})

    assert (first.status_code, first.json()) == (201, {"ref": "S-1", "change": "added"})
    assert (again.status_code, again.json()) == (200, {"ref": "S-1", "change": "unchanged"})
    assert (other.status_code, other.json()) == (200, {"ref": "S-1", "change": "changed"})
