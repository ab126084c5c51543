"""What is kept of the marketplace's records, as the lines that would tell them again, and patches made whole (RFC 7396)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import Fault, FieldMissing, Part, convert, faults, refusal_of
from mamori.ground.market import mirror, parties
from mamori.ground.market.lines import (
    AgeBand,
    BuyerLine,
    GoodsCondition,
    Item,
    ListingLine,
    ListingState,
    Nature,
    OrderLine,
    ReviewLine,
    ReviewState,
    ScreenLine,
    SoldAs,
)
from mamori.ground.market.models import Buyer, Listing, Order, Review, Screen, Seller, is_sound
from mamori.ground.market.outcomes import PersonErased, RecordUnknown
from mamori.ground.market.sellerlines import (
    ContactsLine,
    Line,
    Patch,
    SellerLine,
    SellerState,
    Told,
    VerificationLine,
    name_of_ref,
)
from mamori.ground.seal import facts as seals

# What is kept of the marketplace's records, as the lines that would tell them again.


class RecordErased(Refusal, code="record-erased", status=410):
    """Given when a record is asked for whose person was erased on purpose."""

    text = Text(
        "「{ref}」の個人データは消去済みです。お返しできるものは残っていません。",
        "The personal data of “{ref}” was erased. Nothing is left that could be given back.",
    )


def record(kind: type[Line], ref: str) -> dict[str, Any]:
    """Return the record as the marketplace told it, with every field but its reference and what is never read back."""
    found = known(kind, [ref]) if is_sound(ref) else {}
    if ref not in found:
        raise RecordUnknown(what=kind.title, ref=ref)
    line = found[ref]
    if line is None:
        raise RecordErased(ref=ref)
    return as_body(line)


def records(
    kind: type[Line], *, after: str = "", limit: int, **where: str | None
) -> list[tuple[str, dict[str, Any] | None]]:
    """Return records in the order of their references, those after one, as `record` gives them back; None where erased."""
    wanted = {name: value for name, value in where.items() if value is not None}
    rows = _KEPT[kind][0]._default_manager.filter(pk__gt=after, **wanted).order_by("pk")[:limit]
    return [(ref, as_body(line) if line is not None else None) for ref, line in _lines(kind, rows).items()]


def as_body(line: Line) -> dict[str, Any]:
    """Return a line as the body that would tell it: every field by its name, moments in UTC."""
    left_out = {name_of_ref(type(line)), *line.hidden}
    return {name: value for name, value in _whole(line).items() if name not in left_out}


def _whole(value: Any) -> Any:
    if isinstance(value, Part):
        fields = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        return {name: _whole(getattr(value, field)) for name, field in fields}
    if isinstance(value, tuple):
        return [_whole(item) for item in value]
    if isinstance(value, datetime):
        value = value.astimezone(UTC)
    return msgspec.to_builtins(value)


def known(kind: type[Line], refs: Collection[str], *, locked: bool = False) -> Mapping[str, Line | None]:
    """Return of each of these records that is known the line that would tell it, None where its person was erased."""
    rows = _KEPT[kind][0]._default_manager.filter(pk__in=refs)
    return _lines(kind, rows.select_for_update().order_by("pk") if locked else rows)


def _lines(kind: type[Line], found: Iterable[Any]) -> dict[str, Line | None]:
    """Return the rows as lines by their reference, in the same order; the keys of persons are fetched in one look."""
    model, line_of = _KEPT[kind]
    rows = list(found)
    if model not in (Seller, Buyer):
        return {row.pk: line_of(kind, row) for row in rows}
    opener = seals.Opener().fetch(bytes(row.sealed) for row in rows)
    return {row.pk: _of_person(kind, row, opener) for row in rows}


def _of_person(kind: type[Line], row: Seller | Buyer, opener: seals.Opener | None = None) -> Line | None:
    contact = parties.person_opened(row, opener)
    if contact is None:
        return None
    told = {name: getattr(contact, name) for name in kind.__struct_fields__ if hasattr(contact, name)}
    if kind is SellerLine and isinstance(row, Seller):
        told |= {"country": row.country, "state": SellerState(row.state), "unpaid": row.unpaid}
        told |= _status(contact)
    return kind(**told, ref=row.ref)


def _status(contact: parties.Contact) -> dict[str, Any]:
    last = contact.statuses[-1] if contact.statuses else None
    if last is None or last.private is None:
        return {"private": None}
    return {"private": last.private, "private_since": last.since, "private_by": last.by}


def _of_listing(kind: type[Line], row: Listing) -> Line:
    names = ("ref", "name", "price", "code", "category", "url", "brand", "model", "gtin", "listed_at")
    told = {name: getattr(row, name) for name in names}
    nature = Nature(row.nature) if row.nature else None
    told |= {"seller": row.seller_id, "nature": nature, "pictures": tuple(row.pictures)}
    told["condition"] = GoodsCondition(row.condition) if row.condition else None
    return kind(**told | {"state": ListingState(row.state)})


def _of_order(kind: type[Line], row: Order) -> Line:
    names = (
        "ref", "amount", "ordered_at", "seen_at", "charged_back", "cancelled_at", "unsent", "completed_at", "received_on",
        "as_business",
    )  # fmt: skip
    told = {name: getattr(row, name) for name in names}
    told |= {
        "buyer": row.buyer_id,
        "seller": row.seller_id,
        "items": tuple(_item(item) for item in row.items),
    }
    told |= {
        "sold_as": SoldAs(row.sold_as) if row.sold_as else None,
        "age": AgeBand(row.age) if row.age else None,
    }
    return kind(**told | {"refunded": row.refunded_amount, "instructed": row.refunded_instructed})


def _item(kept: Mapping[str, Any]) -> Item:
    return Item(**{name: kept[name] for name in Item.__struct_fields__ if name in kept})


def _of_review(kind: type[Line], row: Review) -> Line:
    told = {name: getattr(row, name) for name in ("ref", "stars", "posted_at")}
    told |= {
        "listing": row.listing_id,
        "seller": row.seller_id,
        "order": row.order_id,
        "author": row.author_id,
    }
    return kind(**told | {"state": ReviewState(row.state), "text": mirror.words_opened(row)})


def _of_screen(kind: type[Line], row: Screen) -> Line | None:
    told: dict[str, Any] = {"ref": row.order_id, "text": mirror.screen_opened(row)}
    return kind(**told) if told["text"] is not None else None


_KEPT: dict[type[Line], tuple[type[Any], Callable[[type[Line], Any], Line | None]]] = {
    SellerLine: (Seller, _of_person),
    VerificationLine: (Seller, _of_person),
    ContactsLine: (Seller, _of_person),
    BuyerLine: (Buyer, _of_person),
    ListingLine: (Listing, _of_listing),
    OrderLine: (Order, _of_order),
    ScreenLine: (Screen, _of_screen),
    ReviewLine: (Review, _of_review),
}
"""Of each kind of record that is kept where it lies, and how it is told again."""


def faults_of(given: Mapping[str, Any], kind: type[Line], ref: str) -> list[Fault]:
    """Return what is wrong with a patch as it stands; what it leaves out is not missing, what null would remove may be."""
    found = faults({**given, name_of_ref(kind): ref}, kind)
    found = [one for one in found if not isinstance(one, FieldMissing) or _outermost(one) in given]
    never = [name for name in kind.never_null if name in given and given[name] is None]
    return [*found, *(refusal_of(kind, f"null - at `$.{name}`") for name in never)]


def _outermost(fault: FieldMissing) -> str:
    return str(fault.values["field"]).partition("[")[0].partition(".")[0]


def made_whole(kind: type[Line], lines: Sequence[Told]) -> list[Line | Refusal]:
    """Return each line whole, or why it cannot be: the records that are patched are locked and read at once."""
    patched = [line.ref for line in lines if isinstance(line, Patch)]
    if not patched:
        return [line for line in lines if isinstance(line, Line)]
    kept = known(kind, patched, locked=True)
    return [_made_whole(line, kept) if isinstance(line, Patch) else line for line in lines]


def _made_whole(patch: Patch, kept: Mapping[str, Line | None]) -> Line | Refusal:
    if patch.ref not in kept and not patch.adds:
        return RecordUnknown(what=patch.kind.title, ref=patch.ref)
    before = kept.get(patch.ref)
    if before is None and patch.ref in kept:
        return PersonErased(ref=patch.ref)
    try:
        if before is None:
            return convert({**patch.given, name_of_ref(patch.kind): patch.ref}, patch.kind)
        return merged(before, patch.given) if patch.changes else before
    except Refusal as refusal:
        return refusal


def merged(before: Line, given: Mapping[str, Any]) -> Line:
    """Return the record with what is given: null removes, and what is tied to a value that changes goes with the old one."""
    kind = type(before)
    kept = {name: value for name, value in msgspec.to_builtins(before).items() if name not in kind.unmerged}
    kept.pop("kind")
    line = convert({**kept, **given}, kind)
    for name, others in kind.tied.items():
        if name in given and getattr(line, name) != getattr(before, name):
            for other in others:
                kept.pop(other, None)
    return convert({**kept, **given}, kind)
