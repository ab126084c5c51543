"""Sellers: what they may do now and what hinders them, what they did lately as figures, and that they are told of new terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When
from django.db.models.functions import Concat

from mamori.grammar.clearance import Doing, Hinders, PayoutClearance, Vouches
from mamori.grammar.text import Text
from mamori.ground.market.events import ClearanceChanged
from mamori.ground.market.lines import GoodsCondition, ListingState, ReviewState
from mamori.ground.market.models import Impediment, Listing, Order, Review, Seller, is_sound
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.ground.terms.events import TellingGoesOn, TermsAnnounced
from mamori.law.hidden import MONTH_DAYS

# What a seller may do now, why not and until when: one answer, read in one look.


COLUMNS = (
    "about",
    "what",
    "code",
    "category",
    "listing",
    "in_part",
    "vouches",
    "ja",
    "en",
    "todo_ja",
    "todo_en",
    "since",
    "until",
)
SQL = (
    f"SELECT {', '.join(f'said.{name}' for name in COLUMNS)} FROM market_seller "  # noqa: S608  # no value is in it
    "LEFT JOIN market_impediment said ON said.seller_id = market_seller.ref AND said.listing IN ('', %s) "
    "WHERE market_seller.ref = %s ORDER BY said.id"
)
"""Written by hand, for it is asked before every listing and every payout: to put it together took longer than to answer it."""
_ORDER = tuple(Doing)
"""In which order what hinders is said: what is about all first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HindranceFact:
    """One thing that a seller may not do, why by a word and in words, and what it can do; `room` says so."""

    what: Doing
    code: str
    category: str
    listing: str
    in_part: bool
    text: Text
    todo: Text
    room: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceFact:
    """What a seller may do at a moment; `is_vouched` = somebody answers for whether its money goes."""

    seller_ref: str
    hindrances: tuple[HindranceFact, ...]
    is_vouched: bool

    def _is_hindered(self, *doings: Doing) -> bool:
        return any(one.what in doings for one in self.hindrances)

    @property
    def may_sell(self) -> bool:
        """Say whether what it has on offer may stay there and be sold."""
        return not self._is_hindered(Doing.SELLING)

    @property
    def may_list(self) -> bool:
        """Say whether it may offer anything new at all."""
        return not self._is_hindered(Doing.SELLING, Doing.LISTING)

    @property
    def closed_categories(self) -> tuple[str, ...]:
        """Return the categories in which it may not offer anything."""
        return tuple(one.category for one in self.hindrances if one.what is Doing.CATEGORY)

    @property
    def payout(self) -> PayoutClearance:
        """Say whether its money may be paid."""
        found = [one for one in self.hindrances if one.what is Doing.PAYOUT]
        if any(not one.in_part for one in found):
            return PayoutClearance.HELD
        if not self.is_vouched:
            return PayoutClearance.NOT_TOLD
        return PayoutClearance.PART if found else PayoutClearance.CLEAR

    def may_list_in(self, category: str) -> bool:
        """Say whether it may offer something new in a category; one that nobody closed to it is open."""
        return self.may_list and category not in self.closed_categories

    def may_offer(self, listing: str) -> bool:
        """Say whether a listing that was asked for may be on offer."""
        closed = any(one.what is Doing.OFFER and one.listing == listing for one in self.hindrances)
        return self.may_sell and not closed


def clearance(seller_ref: str, *, at: datetime, listing: str = "") -> ClearanceFact | None:
    """Return what a seller may do, with what is said of one listing; None when nobody told of the seller.

    What ended by then hinders no more, also before the clock that ends it has fired; what is to come does not yet.
    """
    if not is_sound(seller_ref) or not is_sound(listing):
        return None
    with connection.cursor() as cursor:
        cursor.execute(SQL, [listing, seller_ref])
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        return None
    found = [row for row in rows if row["about"] is not None and _counts(row, at)]
    found.sort(key=lambda row: _ORDER.index(row["what"]))
    return ClearanceFact(
        seller_ref=seller_ref,
        hindrances=tuple(_fact(row) for row in found if not row["vouches"]),
        is_vouched=any(row["vouches"] and row["what"] == Doing.PAYOUT for row in found),
    )


def _moment(value: datetime | None) -> datetime | None:
    """Return a moment as it was written: SQLite gives it without its offset, which is none."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _counts(row: dict[str, Any], at: datetime) -> bool:
    row["since"], row["until"] = _moment(row["since"]), _moment(row["until"])
    return bool(row["since"] <= at and (row["until"] is None or at < row["until"]))


def _fact(row: dict[str, Any]) -> HindranceFact:
    return HindranceFact(
        what=Doing(row["what"]),
        code=row["code"],
        category=row["category"],
        listing=row["listing"],
        in_part=bool(row["in_part"]),
        text=Text(row["ja"], row["en"]),
        todo=Text(row["todo_ja"], row["todo_en"]),
        room=row["about"].partition(".")[0],
        since=row["since"],
        until=row["until"],
    )


# What hinders sellers is settled: rows come and go as the rules of rooms say, and the marketplace is told in the same act.


type Said = Hinders | Vouches
type _Key = tuple[str, str, str, str, str]

SAID = ("seller_id", "in_part", "vouches", "ja", "en", "todo_ja", "todo_en", "until")
"""What a row says besides its key and since when."""
ERASED = Text("求めにより、この出品者の内容は消去されました。", "This seller was erased on request.")
NO_MORE = Text(
    "この出品者としては、もう何もできません。お手続きはいりません。",
    "Nothing can be done as this seller any more. There is nothing to do.",
)


def settle_clearance(should: Mapping[str, Iterable[Said]], *, at: datetime) -> None:
    """Let exactly this hinder sellers on account of these matters, which the caller has locked; what changes is told.

    What begins later is kept from now on and told by the act that settles the matter then.
    """
    stood = {_key(row): row for row in Impediment.objects.filter(about__in=should)}
    wanted = {_key(row): row for row in _rows(should, at, stood)}
    new = [row for key, row in wanted.items() if row is not stood.get(key)]
    over = [row for key, row in stood.items() if row is not wanted.get(key)]
    begun = [row for row in wanted.values() if row.told_at is None and row.since <= at]
    started = [row.pk for row in begun if row.pk]
    for row in begun:
        row.told_at = at
    if over:
        Impediment.objects.filter(pk__in=[row.pk for row in over]).delete()
    if new:
        Impediment.objects.bulk_create(new)
    if started:
        Impediment.objects.filter(pk__in=started).update(told_at=at)
    _publish([*(row for row in over if row.told_at is not None), *begun], at)


def close_erased(subject: str, at: datetime, limit: int) -> int:
    """Say of a seller whose key is destroyed that it may do nothing any more; return how many rows that took."""
    del limit
    side, _, ref = subject.partition(":")
    about = f"market.{subject}"
    if side != "seller" or Impediment.objects.filter(about=about).exists():
        return 0
    if not Seller.objects.filter(pk=ref).exists():
        return 0
    said = [
        Hinders(what, "erased", ERASED, seller=ref, todo=NO_MORE, since=at)
        for what in (Doing.SELLING, Doing.PAYOUT)
    ]
    settle_clearance({about: said}, at=at)
    return len(said)


def _rows(
    should: Mapping[str, Iterable[Said]], at: datetime, stood: Mapping[_Key, Impediment]
) -> Iterable[Impediment]:
    """Yield what should stand: the row that does, where it says the same, else a new one."""
    for about, said in should.items():
        for one in said:
            row = _row(about, one, at)
            there = stood.get(_key(row))
            yield there if there is not None and _says(there, one) == _says(row, one) else row


def _row(about: str, one: Said, at: datetime) -> Impediment:
    row = Impediment(about=about, seller_id=one.seller, what=one.what.value, since=at)
    if isinstance(one, Vouches):
        row.vouches = True
        return row
    row.code, row.category, row.listing, row.in_part = one.code, one.category, one.listing, one.in_part
    row.ja, row.en, row.todo_ja, row.todo_en = one.text.ja, one.text.en, one.todo.ja, one.todo.en
    row.since, row.until = one.since or at, one.until
    return row


def _says(row: Impediment, one: Said) -> tuple[object, ...]:
    """Return what has to be the same, since when too where the matter keeps it."""
    keeps = isinstance(one, Hinders) and one.since is not None
    return (row.since if keeps else None, *(getattr(row, name) for name in SAID))


def _key(row: Impediment) -> _Key:
    return row.about, row.what, row.code, row.category, row.listing


def _publish(rows: Iterable[Impediment], at: datetime) -> None:
    """Publish each change of one seller's doing once."""
    changed = dict.fromkeys((row.seller_id, row.what, row.category, row.listing) for row in rows)
    news = [
        ClearanceChanged(
            subject=f"market.clearance:{ref}", seller_ref=ref, what=what, category=category, listing=listing
        )
        for ref, what, category, listing in changed
    ]
    if news:
        outbox.publish_all(news, at=at)


# What sellers did lately, as figures: put on offer, sold, reviewed.  Counted by the database, many sellers in one look.


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
    listed = _counted(Listing.objects.filter(seller__in=refs, listed_at__gt=at - MONTH, listed_at__lte=at))
    reviews = Review.objects.filter(seller__in=refs, posted_at__gt=at - MONTH, posted_at__lte=at)
    reviewed = _counted(reviews.exclude(state=ReviewState.GONE))
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


def _counted(rows: Any) -> dict[str, int]:
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


AT_A_TIME = 20


def terms_announced(event: TermsAnnounced, at: datetime) -> None:
    """Begin to tell the sellers."""
    _publish_terms(event.change, "", at)


def telling_goes_on(event: TellingGoesOn, at: datetime) -> None:
    """Tell the next ones."""
    _publish_terms(event.change, event.after, at)


def _publish_terms(change: int, after: str, at: datetime) -> None:
    refs = list(
        Seller.objects.filter(ref__gt=after).order_by("ref").values_list("ref", flat=True)[:AT_A_TIME]
    )
    living = set(seals.living([f"seller:{ref}" for ref in refs]))
    terms.notify_change(change=change, sellers=[ref for ref in refs if f"seller:{ref}" in living], at=at)
    if len(refs) == AT_A_TIME:
        news = TellingGoesOn(subject=f"terms.change:{change}", change=change, after=refs[-1])
        outbox.publish(news, at=at)
