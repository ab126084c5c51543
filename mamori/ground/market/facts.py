"""What the mirror answers: a seller, a buyer, a listing, an order, an instruction, as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import persons
from mamori.ground.market.kinds import Target
from mamori.ground.market.lifecycle import InstructionState
from mamori.ground.market.models import Buyer, Instruction, Listing, Order, Seller
from mamori.ground.market.persons import Contact
from mamori.ground.seal import facts as seals

__all__ = [
    "BuyerFact",
    "Contact",
    "InstructionFact",
    "InstructionState",
    "ItemFact",
    "ListingFact",
    "OrderFact",
    "SellerFact",
    "Target",
    "buyer",
    "instruction",
    "instructions",
    "instructions_done",
    "instructions_out",
    "listing",
    "listings",
    "order",
    "orders",
    "orders_of",
    "seller",
    "shop_names",
]


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


class SellerFact(_PersonFact):
    """A seller; its name is the shop's."""

    __slots__ = ()


class BuyerFact(_PersonFact):
    """A buyer."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFact:
    """Goods on offer.  Yen."""

    ref: str
    seller_ref: str
    name: str
    price: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """One line of an order, with the name that the goods had when it was told.  Yen for one."""

    listing: str
    name: str
    quantity: int = 1
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """An order.  Yen; `unsent` = cancelled before the goods were sent, else nobody said so."""

    ref: str
    buyer_ref: str
    seller_ref: str
    items: tuple[ItemFact, ...]
    amount: int
    refunded_amount: int
    charged_back: bool
    ordered_at: datetime
    cancelled_at: datetime | None = None
    unsent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionFact:
    """An instruction to the marketplace.  Yen; `times` counts how often it was given; `order_ref` is empty of a measure.

    `undoes` is the measure that it takes back; `undone_at` is when its own matter ceased to want a measure.
    """

    ref: str
    kind: str
    target: Target
    target_ref: str
    seller_ref: str
    order_ref: str
    number: int | None
    amount: int
    detail: str
    until: datetime | None
    about: str
    state: InstructionState
    times: int
    tracking: str
    undoes: str
    issued_at: datetime
    undone_at: datetime | None
    recalled_at: datetime | None
    closed_at: datetime | None


def _row[Kind: Model](kind: type[Kind], ref: str) -> Kind | None:
    """Return the row; None also for what no reference can be, such as NUL, at which a database stumbles."""
    if not (ref.isascii() and ref.isprintable()):
        return None
    return kind._default_manager.filter(pk=ref).first()


def seller(ref: str) -> SellerFact | None:
    """Return the seller, or None."""
    row = _row(Seller, ref)
    if row is None:
        return None
    contact = persons.unseal("seller", ref, row.sealed)
    return SellerFact(
        ref=ref,
        contact=contact or Contact(),
        has_contact=row.has_contact and contact is not None,
        erased=contact is None,
    )


def shop_names(refs: Iterable[str]) -> dict[str, str]:
    """Return the shops' names in one look; a seller that is not known, nameless or erased is left out."""
    wanted = {ref for ref in refs if ref.isascii() and ref.isprintable()}
    rows = list(Seller.objects.filter(pk__in=wanted)) if wanted else []
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    found = ((row.ref, persons.unseal("seller", row.ref, row.sealed, opener)) for row in rows)
    return {ref: contact.name for ref, contact in found if contact is not None and contact.name.strip()}


def buyer(ref: str) -> BuyerFact | None:
    """Return the buyer, or None."""
    row = _row(Buyer, ref)
    if row is None:
        return None
    contact = persons.unseal("buyer", ref, row.sealed)
    return BuyerFact(
        ref=ref,
        contact=contact or Contact(),
        has_contact=row.has_contact and contact is not None,
        erased=contact is None,
    )


def listing(ref: str) -> ListingFact | None:
    """Return the listing, or None."""
    row = _row(Listing, ref)
    return _listing(row) if row else None


def listings(refs: Collection[str]) -> dict[str, ListingFact]:
    """Return these listings by their reference, in one look."""
    return {row.ref: _listing(row) for row in Listing.objects.filter(pk__in=refs)} if refs else {}


def _listing(row: Listing) -> ListingFact:
    return ListingFact(ref=row.ref, seller_ref=row.seller_id, name=row.name, price=row.price, code=row.code)


def order(ref: str) -> OrderFact | None:
    """Return the order, or None."""
    row = _row(Order, ref)
    return _order(row) if row else None


def orders(refs: Collection[str]) -> dict[str, OrderFact]:
    """Return these orders by their reference, in one look."""
    return {row.ref: _order(row) for row in Order.objects.filter(pk__in=refs)} if refs else {}


def orders_of(buyer_ref: str, *, limit: int = 20) -> tuple[OrderFact, ...]:
    """Return the buyer's newest orders."""
    rows = Order.objects.filter(buyer=buyer_ref).order_by("-ordered_at", "-ref")
    return tuple(_order(row) for row in rows[:limit])


def _order(row: Order) -> OrderFact:
    return OrderFact(
        ref=row.ref,
        buyer_ref=row.buyer_id,
        seller_ref=row.seller_id,
        items=tuple(ItemFact(**item) for item in row.items),
        amount=row.amount,
        refunded_amount=row.refunded_amount,
        charged_back=row.charged_back,
        ordered_at=row.ordered_at,
        cancelled_at=row.cancelled_at,
        unsent=row.unsent,
    )


def instruction(ref: str) -> InstructionFact | None:
    """Return the instruction, or None."""
    row = _row(Instruction, ref)
    return fact_of(row) if row else None


def instructions(refs: Collection[str]) -> dict[str, InstructionFact]:
    """Return these instructions by their number, in one look."""
    return {row.ref: fact_of(row) for row in Instruction.objects.filter(pk__in=refs)} if refs else {}


def instructions_done(
    *, kind: str, about: str, since: datetime, until: datetime
) -> tuple[InstructionFact, ...]:
    """Return the instructions of a kind that were confirmed in that time, for matters whose name begins so."""
    rows = Instruction.objects.filter(
        kind=kind,
        about__startswith=about,
        state=InstructionState.CONFIRMED,
        closed_at__gte=since,
        closed_at__lt=until,
    )
    return tuple(fact_of(row) for row in rows.order_by("closed_at", "ref"))


def instructions_out(
    *, about: str, target: Target | None = None, before: datetime | None = None, limit: int | None = None
) -> tuple[InstructionFact, ...]:
    """Return what waits for the marketplace's answer, the oldest first, for matters whose name begins so.

    `before` leaves out what was given then or later.
    """
    rows = Instruction.objects.filter(IS_OPEN, about__startswith=about)
    if target is not None:
        rows = rows.filter(target=target)
    if before is not None:
        rows = rows.filter(issued_at__lt=before)
    return tuple(fact_of(row) for row in rows.order_by("issued_at", "ref")[:limit])


def fact_of(row: Instruction) -> InstructionFact:
    """Return an instruction's row as others see it."""
    return InstructionFact(
        ref=row.ref,
        kind=row.kind,
        target=Target(row.target),
        target_ref=row.target_ref,
        seller_ref=row.seller_id,
        order_ref=row.order_id or "",
        number=row.number,
        amount=row.amount,
        detail=row.detail,
        until=row.until,
        about=row.about,
        state=InstructionState(row.state),
        times=row.times,
        tracking=row.tracking,
        undoes=row.undoes_id or "",
        issued_at=row.issued_at,
        undone_at=row.undone_at,
        recalled_at=row.recalled_at,
        closed_at=row.closed_at,
    )
