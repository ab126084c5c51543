"""What a matter is about, as both sides know it: the goods' names, the shop's, and what its seller is registered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mamori.grammar.businesstime import day_text
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ListingFact, OrderFact
from mamori.japan.calendar import JAPAN
from mamori.japan.written import on_one_line
from mamori.rooms.contact.models import Thread
from mamori.rooms.contact.rules import registered as rules
from mamori.rooms.contact.rules.registered import Registered, Shown

# What a matter is about, as both sides know it: the goods' names and the shop's name, never a contact.


NAMELESS_SHOP = Text("出品者", "the seller")
_CANCELLED = Text("{day}に取り消されています", "cancelled on {day}")
_CANCELLED_UNSENT = Text(
    "{day}に、商品が送られないまま取り消されています", "cancelled on {day}, before the goods were sent"
)
NAMELESS_GOODS = Text("商品", "the goods")


def same(name: str) -> Text:
    """Return a name, which is the same in both languages, on one line."""
    return Text(on_one_line(name), on_one_line(name))


def heading(text: Text) -> Text:
    """Return a declared wording as it stands alone on a page: in English with a capital."""
    return Text(text.ja, text.en[:1].upper() + text.en[1:])


def shop_name(seller_ref: str) -> Text:
    """Return the name that a buyer sees."""
    seller = market.seller(seller_ref)
    return same(seller.name) if seller and seller.name.strip() else NAMELESS_SHOP


def shops_of(threads: Sequence[Thread]) -> dict[str, Text]:
    """Return the names of the threads' shops, by the seller's reference."""
    refs = {thread.seller_ref for thread in threads}
    known = market.shop_names(refs)
    return {ref: same(known[ref]) if ref in known else NAMELESS_SHOP for ref in refs}


def order_name(order: OrderFact | None) -> Text:
    """Return the name of the first goods, and that there are more."""
    names = [item.name for item in order.items if item.name.strip()] if order else []
    if not names:
        return NAMELESS_GOODS
    if len(names) == 1:
        return same(names[0])
    first = on_one_line(names[0])
    return Text(f"{first} ほか{len(names) - 1}点", f"{first} and {len(names) - 1} more")


def cancelled_text(order: OrderFact | None) -> Text | None:
    """Say on which day an order was cancelled, and that the goods were not sent where that is known; else nothing."""
    if order is None or order.cancelled_at is None:
        return None
    said = _CANCELLED_UNSENT if order.unsent else _CANCELLED
    return said.fill(day=day_text(order.cancelled_at.astimezone(JAPAN).date()))


def goods_name(thread: Thread) -> Text:
    """Return what the thread is about."""
    return goods_names([thread])[thread.pk]


def goods_names(threads: Sequence[Thread]) -> dict[int, Text]:
    """Return what each thread is about, by its id, in two looks."""
    orders = market.orders({thread.order_ref for thread in threads if thread.order_ref})
    listings = market.listings({thread.listing_ref for thread in threads if thread.listing_ref})
    return {
        thread.pk: order_name(orders.get(thread.order_ref))
        if thread.order_ref
        else listing_name(listings.get(thread.listing_ref))
        for thread in threads
    }


def listing_name(listing: ListingFact | None) -> Text:
    """Return the name of goods on offer."""
    return same(listing.name) if listing and listing.name.strip() else NAMELESS_GOODS


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredShown:
    """The lines to show, what is missing from them, and whether the seller is no business or where it is stays untold."""

    lines: tuple[Shown, ...]
    missing: tuple[Text, ...]
    private: bool
    withheld: bool = False

    @property
    def missing_text(self) -> Text:
        """Say what is missing in one breath."""
        return Text(
            "・".join(text.ja for text in self.missing), ", ".join(text.en.lower() for text in self.missing)
        )


def registered_of(seller_ref: str) -> Registered:
    """Return what is registered; of a seller that is not known, or was erased, nothing."""
    seller = market.seller(seller_ref)
    if seller is None:
        return Registered()
    contact = seller.contact
    return Registered(
        shop=contact.name,
        **{line.field: getattr(contact, line.field) for line in rules.LINES if line.field != "shop"},
        invoice_number=contact.invoice_number,
        private=contact.private,
        protected=contact.protected,
    )


def registered(seller_ref: str) -> RegisteredShown:
    """Return what a buyer is shown of the seller."""
    known = registered_of(seller_ref)
    return RegisteredShown(
        lines=rules.shown(known),
        missing=rules.missing(known),
        private=known.private,
        withheld=known.protected,
    )


def unshown(seller_ref: str) -> tuple[Shown, ...]:
    """Return what the seller itself reads of its registration beside what buyers are shown."""
    return rules.unshown(registered_of(seller_ref))
