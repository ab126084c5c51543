"""Who may see a request, and by what it is known."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.rooms.disclosure.models import SellerRequest

CASE = "disclosure.request"


class NoSuchInfoRequest(Refusal, code="no-such-disclosure", status=404):
    """Given when there is no such request for this hand."""

    text = Text(
        "この開示請求は見つかりません。番号をご確認ください。",
        "There is no such request. Please check its number.",
    )


def may_see(hand: Hand, row: SellerRequest) -> bool:
    """Say whether a hand may deal with a request: who asks, whose information it is about once it is heard, staff, a clock."""
    if hand.is_staff or hand.by.startswith("machine:"):
        return True
    if hand.is_sellers(row.seller_ref):
        return bool(row.seller_ref) and is_told(row)
    return bool(row.buyer_ref) and hand.by == f"buyer:{row.buyer_ref}"


def is_told(row: SellerRequest) -> bool:
    """Say whether the seller was told of it."""
    return row.asked_view_at is not None


def about(number: int) -> str:
    """Return the name under which acts, clocks and the case index know a request."""
    return f"{CASE}:{number}"
