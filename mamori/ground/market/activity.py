"""What sellers did lately, as figures: put on offer, sold, reviewed.  Counted by the database, many sellers in one look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When
from django.db.models.functions import Concat

from mamori.ground.market.lines import GoodsCondition, ListingState, ReviewState
from mamori.ground.market.models import Listing, Order, Review
from mamori.law.hidden import MONTH_DAYS

MONTH = timedelta(days=MONTH_DAYS)
YEAR = timedelta(days=365)
MOST_CATEGORIES = 200
"""Of one seller no more categories are told than this, those with most on offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryCount:
    """How many listings a seller has on offer in one category, as the marketplace calls it.

    `new` are told to be new, `used` to be used; `alike` is the most of one model (GTIN, or brand and model).
    """

    category: str
    on_offer: int
    new: int = 0
    used: int = 0
    alike: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerActivity:
    """What a seller did until a moment: in 30 days, in 365, and what is on offer.  Yen; cancelled and charged back do not count.

    `undated` listings on offer were told without the moment since which they are, and are not among `listed_month`.
    """

    on_offer: int = 0
    undated: int = 0
    listed_month: int = 0
    sold_month: int = 0
    sold_year: int = 0
    orders_month: int = 0
    reviews_month: int = 0
    categories: tuple[CategoryCount, ...] = ()

    @property
    def new(self) -> int:
        """Return how many on offer are told to be new."""
        return sum(one.new for one in self.categories)

    @property
    def used(self) -> int:
        """Return how many on offer are told to be used."""
        return sum(one.used for one in self.categories)

    @property
    def alike(self) -> int:
        """Return the most on offer of one model."""
        return max((one.alike for one in self.categories), default=0)


def activity(seller_ref: str, *, at: datetime) -> SellerActivity:
    """Return what one seller did until a moment."""
    return activities([seller_ref], at=at)[seller_ref]


def activities(refs: Collection[str], *, at: datetime) -> Mapping[str, SellerActivity]:
    """Return what each of these sellers did until a moment, in five looks for all.

    What is on offer is what is so now: of a moment that is past only what was listed, sold and reviewed is told.
    """
    offered, sold = _offered(refs), _sold(refs, at)
    listed = _counts(Listing.objects.filter(seller__in=refs, listed_at__gt=at - MONTH, listed_at__lte=at))
    reviews = Review.objects.filter(seller__in=refs, posted_at__gt=at - MONTH, posted_at__lte=at)
    reviewed = _counts(reviews.exclude(state=ReviewState.GONE))
    return {
        ref: SellerActivity(
            on_offer=sum(one["total"] for one in offered[ref].values()),
            undated=sum(one["undated"] for one in offered[ref].values()),
            listed_month=listed.get(ref, 0),
            sold_month=sold[ref]["month"],
            sold_year=sold[ref]["year"],
            orders_month=sold[ref]["orders"],
            reviews_month=reviewed.get(ref, 0),
            categories=_categories(offered[ref]),
        )
        for ref in refs
    }


def _counts(rows: Any) -> dict[str, int]:
    return dict(rows.order_by().values_list("seller").annotate(Count("pk")))


def _offered(refs: Collection[str]) -> Mapping[str, dict[str, dict[str, int]]]:
    """Return of each seller and category what is on offer: all, told new, told used, undated, and the most of one model."""
    on_offer = Listing.objects.filter(seller__in=refs, state=ListingState.ON_OFFER).order_by()
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    counts = on_offer.values_list("seller", "category").annotate(
        total=Count("pk"),
        new=Count("pk", filter=Q(condition=GoodsCondition.NEW)),
        used=Count("pk", filter=Q(condition=GoodsCondition.USED)),
        undated=Count("pk", filter=Q(listed_at=None)),
    )
    for seller, category, *figures in counts:
        found[seller][category] = dict(zip(_FIGURES, (*figures, 0), strict=True))
    model = Case(
        When(~Q(gtin=""), then=F("gtin")),
        default=Concat("brand", Value("\n"), "model"),
        output_field=CharField(),
    )
    alike = on_offer.exclude(gtin="", model="").values_list("seller", "category", model)
    for seller, category, _, many in alike.annotate(many=Count("pk")).filter(many__gte=2).iterator():
        one = found[seller].get(category)
        if one is not None:  # what was put on offer between the two looks is seen tomorrow
            one["alike"] = max(one["alike"], many)
    return found


_FIGURES = ("total", "new", "used", "undated", "alike")


def _categories(offered: Mapping[str, Mapping[str, int]]) -> tuple[CategoryCount, ...]:
    counts = (
        CategoryCount(
            category=category, on_offer=one["total"], new=one["new"], used=one["used"], alike=one["alike"]
        )
        for category, one in offered.items()
    )
    return tuple(sorted(counts, key=lambda one: (-one.on_offer, one.category))[:MOST_CATEGORIES])


def _sold(refs: Collection[str], at: datetime) -> Mapping[str, Mapping[str, int]]:
    orders = Order.objects.filter(
        seller__in=refs,
        ordered_at__gt=at - YEAR,
        ordered_at__lte=at,
        cancelled_at=None,
        charged_back=False,
    )
    lately = Q(ordered_at__gt=at - MONTH)
    sums = orders.order_by().values_list("seller")
    found = {
        seller: {"year": year, "month": month or 0, "orders": many}
        for seller, year, month, many in sums.annotate(
            year=Sum("amount"), month=Sum("amount", filter=lately), many=Count("pk", filter=lately)
        )
    }
    return defaultdict(lambda: {"year": 0, "month": 0, "orders": 0}, found)
