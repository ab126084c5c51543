"""How a listing, a review or a seller's account stands, as the marketplace told, in words."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.ground.market.finding import find
from mamori.ground.market.kinds import MEASURES, Target
from mamori.ground.market.lines import ListingState, ReviewState
from mamori.ground.market.models import Seller
from mamori.ground.market.sellerlines import SellerState

GONE = frozenset({ListingState.GONE, ReviewState.GONE, SellerState.CLOSED})
USUAL = frozenset({ListingState.ON_OFFER, ReviewState.SHOWN, SellerState.ACTIVE})
TEXTS: dict[str, Text] = {
    SellerState.ACTIVE: Text("利用中", "active"),
    SellerState.SUSPENDED: Text("利用停止中", "suspended"),
    SellerState.CLOSED: Text("利用終了", "account closed"),
    ListingState.ON_OFFER: Text("出品中", "on offer"),
    ReviewState.SHOWN: Text("表示中", "shown"),
    ListingState.HIDDEN: Text("非表示", "hidden"),
    ListingState.GONE: Text("もうない", "gone"),
}
"""Reviews are hidden and gone in the same words as listings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFact:
    """How something stands; `is_gone` = no measure can concern it, `is_usual` = nothing has to be said of it."""

    text: Text
    is_gone: bool
    is_usual: bool


def state_of(seller: Seller, target: Target, ref: str) -> str:
    """Return how the seller's own listing, review or account stands; "" where it is not the seller's."""
    if target is Target.SELLER:
        return seller.state if ref == seller.pk else ""
    own = seller.listings if target is Target.LISTING else seller.reviews
    return own.filter(pk=ref).values_list("state", flat=True).first() or ""


def standing(target: Target, *, seller_ref: str, ref: str) -> StandingFact | None:
    """Return how a seller's listing, review or account stands; None where nobody told of it."""
    seller = find(Seller, seller_ref)
    state = state_of(seller, target, ref) if seller is not None else ""
    return StandingFact(text=TEXTS[state], is_gone=state in GONE, is_usual=state in USUAL) if state else None


def is_gone_for(kind: str, *, seller_ref: str, ref: str) -> bool | None:
    """Say whether a measure of that kind is needed no longer, because what it concerns is gone; None where it is unknown."""
    what = MEASURES[kind]
    found = standing(what.target, seller_ref=seller_ref, ref=ref)
    return None if found is None else found.is_gone and not what.even_if_gone
