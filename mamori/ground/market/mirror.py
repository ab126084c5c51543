"""Many lines of one kind written at once: what is new, what changed, what is refused.  Each ref at most once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.refs import leads_elsewhere
from mamori.ground.market import persons, refunds
from mamori.ground.market.events import OrderCancelled, OrderPaidBack, SellerRegistered
from mamori.ground.market.lines import BuyerLine, Line, ListingLine, OrderLine, ReviewLine, SellerLine
from mamori.ground.market.models import Buyer, Listing, Order, Seller
from mamori.ground.market.verification import method_over
from mamori.ground.outbox import actions as outbox
from mamori.ground.seal import facts as seals
from mamori.ground.terms import actions as terms
from mamori.japan.calendar import JAPAN
from mamori.law.identification import METHODS


class Change(StrEnum):
    """What a line did."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


type Outcome = Change | Refusal


class ReferenceUnknown(Refusal):
    """Given when a line refers to something that nobody has told us of."""

    code = "reference-unknown"
    status = 422
    text = Text(
        "{what}「{ref}」がまだ登録されていません。{what}の行を取り込んでから、もう一度取り込んでください。",
        "The {what} “{ref}” is not known. Please import the {what} first, then this line again.",
    )


class SellerDiffers(Refusal):
    """Given when an order or a review names another seller than its listing."""

    code = "seller-differs"
    status = 422
    text = Text(
        "出品者「{seller}」は、商品「{listing}」またはその注文の出品者「{owner}」と違います。どちらかを直してください。",
        "The seller “{seller}” is not “{owner}”, who sells the listing “{listing}” or its order. Please correct either.",
    )


class CancellationUnclear(Refusal):
    """Given when an order is cancelled before it was placed, or unsent without having been cancelled."""

    code = "cancellation-unclear"
    status = 422
    text = Text(
        "「cancelled_at」は注文の日時(ordered_at)より後にしてください。「unsent」は「cancelled_at」と一緒に書いてください。",
        "“cancelled_at” must not lie before “ordered_at”, and “unsent” needs “cancelled_at”. Please correct them.",
    )


class CompletionUnclear(Refusal):
    """Given when an order's business was over before it began."""

    code = "completion-unclear"
    status = 422
    text = Text(
        "「completed_at」は注文の日時(ordered_at)より後にしてください。",
        "“completed_at” must not lie before “ordered_at”. Please correct it.",
    )


class VerificationUnclear(Refusal):
    """Given when it is said half how a registered name was verified, or by a method that does not serve for whom it names."""

    code = "verification-unclear"
    status = 422
    text = Text(
        "「verified_by」と「verified_at」、「legal_name」と「registered_as」は一緒に書いてください。"
        "「verified_until」は確かめた日以降の日にし、方法は登録の種類(個人・法人)に合うものにしてください。",
        "“verified_by” and “verified_at” need each other, “legal_name” and “registered_as”. “verified_until” must not lie "
        "before “verified_at”, and the method must be one that serves for a person or a company, as registered.",
    )


class DateAhead(Refusal):
    """Given when something is said to have happened later than now."""

    code = "date-ahead"
    status = 422
    text = Text(
        "「{field}」が今より後の日時です。起きたことの日時を書いてください。",
        "“{field}” lies in the future. Please give the moment at which it happened.",
    )


class RefLeadsElsewhere(Refusal):
    """Given when something new is told under a reference that cannot stand in an address; what is known already stays usable."""

    code = "ref-leads-elsewhere"
    status = 422
    text = Text(
        "番号「{ref}」は使えません。「.」「..」や前後が空の / は、アドレスの中で別の場所を指します。別の番号にしてください。",
        "“{ref}” cannot be a reference: “.”, “..” and a slash with nothing beside it lead elsewhere in an address. "
        "Please use another one.",
    )


class PersonErased(Refusal):
    """Given when a line would bring back personal data that was erased on purpose."""

    code = "person-erased"
    status = 409
    text = Text(
        "「{ref}」の個人データは消去済みのため、取り込みません。市場の側でも書き出しから外してください。",
        "The personal data of “{ref}” was erased and is not taken in again. Please leave it out of the export.",
    )


def write_sellers(hand: Hand, lines: Sequence[SellerLine]) -> list[Outcome]:
    """Write sellers and the clauses they accepted; whose check of a registered name is news, is told upward.

    A name that nobody says to have checked is nobody's news, nor what it is changed to.
    """
    refused = {line.ref: fault for line in lines if (fault := _fault_of(line, hand.at)) is not None}
    taken = [line for line in lines if line.ref not in refused]
    outcomes, befores, afters = _write_persons(Seller, "seller", taken, hand.at)
    outcomes |= refused
    for line in lines:
        if not isinstance(outcomes[line.ref], Change):
            continue
        before, after = befores.get(line.ref) or persons.Contact(), afters[line.ref]
        is_checked = before.verified_by is not None or after.verified_by is not None
        if is_checked and before.registered != after.registered:
            news_of_it = SellerRegistered(subject=f"market.seller:{line.ref}", seller_ref=line.ref)
            outbox.publish(news_of_it, at=hand.at)
        news = [
            terms.accept(
                seller_ref=line.ref,
                clause=accepted.clause,
                version=accepted.version,
                at=accepted.at,
                source="market",
                hand=hand,
            )
            for accepted in line.accepted
        ]
        if any(news):
            terms.catch_up(seller_ref=line.ref, at=hand.at)
        if any(news) and outcomes[line.ref] is Change.UNCHANGED:
            outcomes[line.ref] = Change.CHANGED
    return [outcomes[line.ref] for line in lines]


def _fault_of(line: SellerLine, at: datetime) -> Refusal | None:
    """Return what is wrong with what a seller accepted or how it was verified."""
    if any(accepted.at > at for accepted in line.accepted):
        return DateAhead(field="accepted.at")
    if line.verified_at is not None and line.verified_at > at:
        return DateAhead(field="verified_at")
    if not _is_clear(line):
        return VerificationUnclear()
    return method_over(line)


def _is_clear(line: SellerLine) -> bool:
    """Say whether what is told of a verification is whole, and its method serves for whom is registered."""
    if line.verified_by is None or line.verified_at is None:
        return line.verified_by is None and line.verified_at is None and line.verified_until is None
    until = line.verified_until
    if until is not None and until < line.verified_at.astimezone(JAPAN).date():
        return False
    serves = METHODS[line.verified_by].serves
    return bool((line.legal_name or "").strip()) and line.registered_as in serves


def write_buyers(hand: Hand, lines: Sequence[BuyerLine]) -> list[Outcome]:
    """Write buyers."""
    outcomes, _, _ = _write_persons(Buyer, "buyer", lines, hand.at)
    return [outcomes[line.ref] for line in lines]


def _write_persons(
    model: type[Seller] | type[Buyer],
    owner: persons.Owner,
    lines: Sequence[SellerLine | BuyerLine],
    at: datetime,
) -> tuple[dict[str, Outcome], dict[str, persons.Contact], dict[str, persons.Contact]]:
    """Write them, and return what each line did, what was known of whom before, and what is known by now."""
    found: Any = (
        model._default_manager.select_for_update()
        .order_by("ref")
        .filter(ref__in=[line.ref for line in lines])
    )
    known: dict[str, Any] = {row.ref: row for row in found}
    opener = seals.Opener().fetch(bytes(row.sealed) for row in known.values())
    outcomes: dict[str, Outcome] = {}
    befores: dict[str, persons.Contact] = {}
    afters: dict[str, persons.Contact] = {}
    news: dict[str, persons.Contact] = {}
    plains: dict[str, dict[str, Any]] = {}
    for line in lines:
        row = known.get(line.ref)
        before = persons.unseal(owner, line.ref, row.sealed, opener) if row is not None else None
        if row is None and leads_elsewhere(line.ref):
            outcomes[line.ref] = RefLeadsElsewhere(ref=line.ref)
            continue
        if row is not None and before is None:
            outcomes[line.ref] = PersonErased(ref=line.ref)
            continue
        contact = afters[line.ref] = persons.contact_of(line, before, at)
        plain = plains[line.ref] = told_or_kept(line, row or model(), *_PLAIN[model])
        if before is not None:
            befores[line.ref] = before
        if before == contact and all(getattr(row, name) == value for name, value in plain.items()):
            outcomes[line.ref] = Change.UNCHANGED
            continue
        outcomes[line.ref] = Change.CHANGED if row else Change.ADDED
        news[line.ref] = contact
    sealed = persons.seal_all(owner, news)
    rows = [
        model(ref=ref, has_contact=contact.is_reachable, sealed=sealed[ref], **plains[ref])
        for ref, contact in news.items()
    ]
    _upsert(model, rows)
    return outcomes, befores, afters


_PLAIN: dict[type[Any], tuple[str, ...]] = {Seller: ("state", "unpaid", "country"), Buyer: ()}
"""What is kept unsealed, as it says nothing of a person."""


def told_or_kept(line: Line, before: Any, *names: str) -> dict[str, Any]:
    """Return of each of these what the line tells or, where it leaves it out, what was told before."""
    told = {name: getattr(line, name) for name in names}
    return {
        name: getattr(before, name) if value is None else value.value if isinstance(value, StrEnum) else value
        for name, value in told.items()
    }


def write_listings(hand: Hand, lines: Sequence[ListingLine]) -> list[Outcome]:
    """Write listings of known sellers."""
    del hand
    sellers = _known(Seller, {line.seller for line in lines})

    def row_of(line: ListingLine, before: Listing | None) -> Listing:
        if line.seller not in sellers:
            raise ReferenceUnknown(what=SellerLine.title, ref=line.seller)
        return Listing(
            ref=line.ref,
            seller_id=line.seller,
            name=line.name,
            price=line.price,
            **told_or_kept(line, before or Listing(), "code", "category", "state"),
        )

    return write_rows(Listing, lines, row_of)


def write_orders(hand: Hand, lines: Sequence[OrderLine]) -> list[Outcome]:
    """Write orders of known buyers and sellers over known listings of that seller."""
    buyers = _known(Buyer, {line.buyer for line in lines})
    sellers = _known(Seller, {line.seller for line in lines})
    listings = Listing.objects.in_bulk({item.listing for line in lines for item in line.items})
    news: list[OrderCancelled | OrderPaidBack] = []

    def row_of(line: OrderLine, before: Order | None) -> Order:
        _check_order(line, buyers, sellers, listings, hand.at)
        items = [{**msgspec.to_builtins(item), "name": listings[item.listing].name} for item in line.items]
        if not items and before and before.seller_id == line.seller:
            items = before.items
        gone = _cancelled(line, before)
        known = refunds.told(line, before)
        order = Order(
            ref=line.ref,
            buyer_id=line.buyer,
            seller_id=line.seller,
            items=items,
            amount=line.amount,
            refunded_elsewhere=known.elsewhere,
            refunded_instructed=known.instructed,
            ordered_at=line.ordered_at,
            completed_at=line.completed_at or (before.completed_at if before else None),
            **told_or_kept(line, before or Order(), "charged_back"),
            **gone,
        )
        if before:
            refunds.hold(line.ref, known.held)
            news.extend(_news_of(order, before))
        return order

    outcomes = write_rows(Order, lines, row_of)
    for event in news:
        outbox.publish(event, at=hand.at)
    return outcomes


def _cancelled(line: OrderLine, before: Order | None) -> dict[str, Any]:
    """Return whether and how the order was cancelled: what was told once stays until it is told otherwise.

    :raises CancellationUnclear: when it does not fit.
    """
    if line.cancelled_at is None and before is not None and before.cancelled_at is not None:
        return {"cancelled_at": before.cancelled_at, "unsent": line.unsent or before.unsent}
    if line.unsent if line.cancelled_at is None else line.cancelled_at < line.ordered_at:
        raise CancellationUnclear
    return {"cancelled_at": line.cancelled_at, "unsent": line.unsent}


def _news_of(order: Order, before: Order) -> Iterator[OrderCancelled | OrderPaidBack]:
    """Yield what is told: a known order turns out cancelled, or never sent, or its money went back on another way."""
    is_new = before.cancelled_at is None
    if order.cancelled_at is not None and (is_new or order.unsent > before.unsent):
        about = f"market.order:{order.pk}"
        yield OrderCancelled(subject=about, order_ref=order.pk, unsent=order.unsent, is_new=is_new)
    if order.refunded_elsewhere > before.refunded_elsewhere or order.charged_back > before.charged_back:
        yield refunds.paid_back(order)


def _check_order(
    line: OrderLine, buyers: set[str], sellers: set[str], listings: dict[Any, Listing], at: datetime
) -> None:
    if line.ordered_at > at:
        raise DateAhead(field="ordered_at")
    for field in ("cancelled_at", "completed_at"):
        told = getattr(line, field)
        if told is not None and told > at:
            raise DateAhead(field=field)
    if line.completed_at is not None and line.completed_at < line.ordered_at:
        raise CompletionUnclear
    if line.buyer not in buyers:
        raise ReferenceUnknown(what=BuyerLine.title, ref=line.buyer)
    if line.seller not in sellers:
        raise ReferenceUnknown(what=SellerLine.title, ref=line.seller)
    for item in line.items:
        if item.listing not in listings:
            raise ReferenceUnknown(what=ListingLine.title, ref=item.listing)
        if (owner := listings[item.listing].seller_id) != line.seller:
            raise SellerDiffers(seller=line.seller, listing=item.listing, owner=owner)


def write_rows[L: (ListingLine, OrderLine, ReviewLine)](
    model: type[Any], lines: Sequence[L], row_of: Callable[[L, Any], Any]
) -> list[Outcome]:
    """Write what is new or changed of one kind; `row_of` makes a row of a line, or refuses it."""
    found = model.objects.select_for_update().order_by("ref").filter(ref__in=[line.ref for line in lines])
    known = {row.ref: row for row in found}
    outcomes: list[Outcome] = []
    rows = []
    for line in lines:
        before = known.get(line.ref)
        try:
            if before is None and leads_elsewhere(line.ref):
                raise RefLeadsElsewhere(ref=line.ref)
            row = row_of(line, before)
        except Refusal as refusal:
            outcomes.append(refusal)
            continue
        if before is not None and _values(before) == _values(row):
            outcomes.append(Change.UNCHANGED)
            continue
        rows.append(row)
        outcomes.append(Change.CHANGED if before is not None else Change.ADDED)
    _upsert(model, rows)
    return outcomes


def _values(row: Any) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def _known(model: type[Seller] | type[Buyer], refs: set[str]) -> set[str]:
    found: Any = model._default_manager.filter(ref__in=refs)
    return set(found.values_list("ref", flat=True))


def _upsert(model: type[Any], rows: list[Any]) -> None:
    rows.sort(key=lambda row: row.ref)  # the same order everywhere, or two imports could wait for each other
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    memory.forget("market.order", "market.buyer", "market.seller")
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["ref"], update_fields=columns)
