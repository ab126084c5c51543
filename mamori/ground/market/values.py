"""The frozen values in which the mirror answers: a seller, a buyer, a listing, a review, an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mamori.grammar.text import Text, yen
from mamori.ground.market.lines import AgeBand, GoodsCondition, ListingState, Nature, ReviewState, SoldAs
from mamori.ground.market.parties import Contact, private_at
from mamori.ground.market.sellerlines import SellerState

MOST = 1_000
NATURES = {
    Nature.GOODS: Text("商品", "goods"),
    Nature.SERVICE: Text("役務（サービス）", "a service"),
    Nature.RIGHT: Text("権利", "a right"),
}
NATURE_UNTOLD = Text("種類は通販サイトから聞いていない", "the marketplace has not told of what kind")
BOUGHT_AS = {
    True: Text("事業として買った", "bought as a business"),
    False: Text("消費者として買った", "bought as a consumer"),
    None: Text("通販サイトから聞いていない", "the marketplace has not told"),
}
SOLD_AS = {
    SoldAs.INDIVIDUAL: Text("個人（事業者ではない）", "individual, no business"),
    SoldAs.SOLE_TRADER: Text("個人事業主", "sole trader"),
    SoldAs.CORPORATION: Text("法人", "corporation"),
}
AGES = {
    AgeBand.UNDER_18: Text("18歳未満（未成年）", "under 18, a minor"),
    AgeBand.UNDER_20: Text("18・19歳", "18 or 19"),
    AgeBand.FROM_20: Text("20歳以上", "20 or more"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonFact:
    """Somebody on the marketplace; an erased one has an empty contact."""

    ref: str
    contact: Contact
    has_contact: bool
    erased: bool

    @property
    def name(self) -> str:
        """Return the name that the other side sees."""
        return self.contact.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerFact(_PersonFact):
    """A seller; its name is the shop's.  `country` is two letters, "" for Japan.

    `unpaid` yen are its proceeds, None where the marketplace did not tell.
    """

    state: SellerState = SellerState.ACTIVE
    country: str = ""
    unpaid: int | None = None

    @property
    def lang(self) -> str:
        """Return the language that it reads best; empty where nobody told, or it was erased."""
        return self.contact.lang

    @property
    def private(self) -> bool | None:
        """Return whether it is no business by the last word; None where nobody told, or it was erased."""
        return self.contact.statuses[-1].private if self.contact.statuses else None

    def was_private(self, at: datetime) -> bool | None:
        """Return whether it was no business at a moment; None where nobody told of that moment, or it was erased."""
        return private_at(self.contact.statuses, at)


class BuyerFact(_PersonFact):
    """A buyer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFact:
    """Goods, a service or a right on offer; `nature`, `condition` and `listed_at` are None where nobody told.  Yen."""

    ref: str
    seller_ref: str
    name: str
    price: int
    code: str
    category: str = ""
    url: str = ""
    brand: str = ""
    model: str = ""
    gtin: str = ""
    nature: Nature | None = None
    condition: GoodsCondition | None = None
    listed_at: datetime | None = None
    pictures: tuple[str, ...] = ()
    state: ListingState = ListingState.ON_OFFER

    @property
    def nature_text(self) -> Text:
        """Say which of goods, service and right it is, or that nobody told: grounds of law differ by it."""
        return NATURES[self.nature] if self.nature else NATURE_UNTOLD

    @property
    def page(self) -> str:
        """Return the address of its page where a link may lead there, else ""."""
        return self.url if leads_to_web(self.url) else ""

    @property
    def picture_pages(self) -> tuple[str, ...]:
        """Return the addresses of its pictures to which a link may lead; no page of ours loads them."""
        return tuple(url for url in self.pictures if leads_to_web(url))


def leads_to_web(url: str) -> bool:
    """Say whether an address that somebody told is one of the web and runs nothing."""
    return url.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFact:
    """A review of a listing; `order_ref` and `author_ref` are empty where the marketplace names none.

    `text` is empty where the marketplace told none, or its author was erased.
    """

    ref: str
    listing_ref: str
    seller_ref: str
    order_ref: str
    author_ref: str
    text: str
    stars: int
    posted_at: datetime
    state: ReviewState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEditFact:
    """What a review said until it was changed."""

    author_ref: str
    stars: int
    text: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerCounts:
    """What a measure against a seller would touch, each counted to `MOST`; `unpaid` yen, None where nobody told."""

    listings_on_offer: int
    orders_under_way: int
    unpaid: int | None

    @property
    def listings_text(self) -> Text:
        """Say how many listings are on offer."""
        return _counted(self.listings_on_offer)

    @property
    def orders_text(self) -> Text:
        """Say how many orders are under way."""
        return _counted(self.orders_under_way)

    @property
    def unpaid_text(self) -> Text:
        """Say how much is not paid out yet."""
        if self.unpaid is None:
            return Text("通販サイトから聞いていない", "the marketplace has not told")
        return yen(self.unpaid)


def _counted(number: int) -> Text:
    many = f"{number:,}"
    return Text(f"{many}件以上", f"{many} or more") if number >= MOST else Text(f"{many}件", many)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """One line of an order, with the name that the goods had when it was told.  Yen for one."""

    listing: str
    name: str
    quantity: int = 1
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """That a buyer bought something of a listing by an order."""

    order_ref: str
    buyer_ref: str
    listing_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """An order.  Yen; `unsent` = cancelled before the goods were sent, else nobody said so."""

    ref: str
    buyer_ref: str
    seller_ref: str
    items: tuple[ItemFact, ...]
    amount: int
    refunded_elsewhere: int
    refunded_instructed: int
    charged_back: bool
    ordered_at: datetime
    cancelled_at: datetime | None = None
    unsent: bool = False
    completed_at: datetime | None = None
    received_on: date | None = None
    as_business: bool | None = None
    sold_as: SoldAs | None = None
    age: AgeBand | None = None
    seen_at: datetime | None = None

    @property
    def shown_at(self) -> datetime:
        """Return the moment whose goods and display the buyer saw: the one that was told, else that of the order."""
        return self.seen_at or self.ordered_at

    @property
    def bought_as(self) -> Text:
        """Say whether it was bought as a business, or that nobody told: some rules are for consumers only."""
        return BOUGHT_AS[self.as_business]

    @property
    def sold_as_text(self) -> Text | None:
        """Say what its seller was then, None where nobody told."""
        return SOLD_AS[self.sold_as] if self.sold_as else None

    @property
    def age_text(self) -> Text | None:
        """Say how old its buyer was, None where nobody told."""
        return AGES[self.age] if self.age else None

    @property
    def refunded_amount(self) -> int:
        """Return all that went back, as far as we know: on instructions of ours and on other ways."""
        return self.refunded_elsewhere + self.refunded_instructed

    @property
    def left(self) -> int:
        """Return what has not gone back."""
        return max(0, self.amount - self.refunded_amount)

    @property
    def above(self) -> int:
        """Return what went back on top of all that was paid."""
        return max(0, self.refunded_amount - self.amount)
