"""What is not as usual at the marketplace of that which a finding names: hidden, suspended, gone."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import Target
from mamori.rooms.enforcement.models import Finding

NOT_TOLD = Text("通販サイトから聞いていない", "the marketplace has not told of it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """One thing, how it stands, and whether no measure can concern it any more."""

    what: Text
    ref: str
    state: Text
    is_gone: bool


def unusual(finding: Finding) -> tuple[Unusual, ...]:
    """Return of the listing, the review and the seller what is not as usual."""
    named = (
        (Target.LISTING, Text("商品", "Listing"), finding.listing_ref),
        (Target.REVIEW, Text("レビュー", "Review"), finding.review_ref),
        (Target.SELLER, Text("出品者", "Seller"), finding.seller_ref),
    )
    found = [
        (what, ref, market.standing(target, seller_ref=finding.seller_ref, ref=ref))
        for target, what, ref in named
        if ref
    ]
    return tuple(
        Unusual(
            what=what, ref=ref, state=fact.text if fact else NOT_TOLD, is_gone=fact is None or fact.is_gone
        )
        for what, ref, fact in found
        if fact is None or not fact.is_usual
    )
