"""What a report is about: the thing that the marketplace or the house knows by what was typed, and whose that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.rooms.complaints.models import Complaint
from mamori.rooms.complaints.rules import ReportTold, is_named, references
from mamori.rooms.contact import facts as contact
from mamori.rooms.contact.facts import MessageFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingReported:
    """What is reported: by one name the same thing is known again; references are "" where the marketplace knows none."""

    name: str
    seller: str = ""
    listing: str = ""
    review: str = ""


def thing_of(told: ReportTold, ref: str) -> ThingReported:
    """Return what is reported; what nobody can name is known by the `ref` of its report, and a matter of its own."""
    find = FINDERS.get(told.what)
    if find and (found := find(references(told.where))):
        return found
    name = (
        seals.blind("complaints_complaint.thing", told.where).hex()
        if is_named(told.what, told.where)
        else ref
    )
    return ThingReported(name=f"{told.what.value}:{name}")


def shop_behind(where: str) -> ThingReported | None:
    """Return the goods, the review or the shop that staff name, or nothing where the marketplace told of none."""
    typed = references(where)
    return _listing(typed) or _review(typed) or _shop(typed)


def message_of(thing: str) -> MessageFact | None:
    """Return the message that is reported, where that is a message which the house has carried."""
    what, _, ref = thing.partition(":")
    return contact.message(ref) if what == ReportedWhat.MESSAGE else None


def message_name(one: MessageFact) -> str:
    """Return what a message is called: its case, and its number there."""
    return f"{one.case} #{one.number}"


def _listing(typed: Collection[str]) -> ThingReported | None:
    known = market.listings(typed)
    found = [known[each] for each in typed if each in known]
    return (
        ThingReported(name=f"listing:{found[0].ref}", seller=found[0].seller_ref, listing=found[0].ref)
        if found
        else None
    )


def _shop(typed: Collection[str]) -> ThingReported | None:
    known = market.sellers(typed)
    found = [each for each in typed if each in known]
    return ThingReported(name=f"seller:{found[0]}", seller=found[0]) if found else None


def _review(typed: Collection[str]) -> ThingReported | None:
    for one in filter(None, map(market.review, typed)):
        return ThingReported(
            name=f"review:{one.ref}", seller=one.seller_ref, listing=one.listing_ref, review=one.ref
        )
    return None


def _message(typed: Collection[str]) -> ThingReported | None:
    """Return a message and the seller who wrote it, nobody where a buyer did; never the goods, which tell who read it."""
    for one in filter(None, map(contact.message, typed)):
        return ThingReported(name=f"message:{one.ref}", seller=one.seller_ref if one.by_seller else "")
    return None


FINDERS: Mapping[ReportedWhat, Callable[[Collection[str]], ThingReported | None]] = {
    ReportedWhat.LISTING: _listing,
    ReportedWhat.SHOP: _shop,
    ReportedWhat.REVIEW: _review,
    ReportedWhat.MESSAGE: _message,
}
"""What is found by what was typed.  An advertisement is not: whose name it bears need not be whose it is."""


def found_by(row: Complaint) -> Mapping[str, str]:
    """Return by what else a complaint is found among cases, and with whose erasure that goes: its goods and its shop."""
    known = market.listing(row.listing_ref) if row.listing_ref else None
    names = (known.name if known else "", market.shop_names([row.seller_ref]).get(row.seller_ref, ""))
    reason = ComplaintReason(row.reason).text.en
    return {
        "subject": f"seller:{row.seller_ref}" if row.seller_ref else "",
        "called": " ".join((reason, row.seller_ref, row.listing_ref, *names)),
    }
