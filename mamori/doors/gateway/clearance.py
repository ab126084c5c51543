"""What a seller may do now, why not, until when, and what it can do about it: asked before it lists and before it is paid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import Part, Ref, form, says
from mamori.ground.market import facts as market
from mamori.ground.market.facts import ClearanceFact, Doing, HindranceFact, PayoutClearance
from mamori.ground.web.wording import language

type Category = Annotated[
    str, Meta(min_length=1, max_length=500, extra=form("1〜500文字", "1 to 500 characters"))
]

IN_CATEGORY = {
    True: Text(
        "この分野の出品を止めているものはありません。通販サイトにこの分野があるかは、確かめていません。",
        "Nothing keeps this seller from listing in this category. Whether your marketplace has it is not checked here.",
    ),
    False: Text("この分野には出品できません。", "This seller may not list in this category."),
}
OFFERED = {
    True: Text(
        "この商品の掲載を止めているものはありません。", "Nothing keeps this listing from being on offer."
    ),
    False: Text("この商品は掲載できません。", "This listing may not be on offer."),
}


UNTOLD = Text(
    "この商品は伝えられていません。新しい商品を出せるかをお答えします。",
    "Nobody told of this listing. The answer is on whether something new may be offered.",
)
NOT_ITS = Text("この商品は、この出品者のものではありません。", "This listing is not this seller's.")


class SellerNotTold(Refusal, code="seller-not-told", status=404):
    """Given when nobody told of the seller, or it is not the one who asks."""

    text = Text(
        "出品者「{seller}」は伝えられていません。番号を確かめるか、先に PUT /sellers/… で伝えてください。",
        "Nobody told of a seller “{seller}”. Please check its reference, or tell it first by PUT /sellers/….",
    )


class ClearanceAsked(Part, frozen=True, kw_only=True):
    """Besides all that is said of the seller: of which category, of which listing."""

    category: Annotated[Category | None, says("出品する分野", "the category to list in")] = None
    listing: Annotated[Ref | None, says("商品の ref", "the ref of the listing")] = None


class ClearanceHindrance(Schema):
    """One thing that hinders the seller: `code` is a fixed word (docs/how-to/ask-for-clearance.md lists all), `text` and
    `todo` are for people.

    `category` and `listing` narrow it, "" for all; `in_part` = only a part of the money waits; `room` says so.
    """

    what: Doing
    code: str
    category: str
    listing: str
    in_part: bool
    text: str
    todo: str
    room: str
    since: datetime
    until: datetime | None


class Narrowed(Schema):
    """The answer on the category or the listing that was asked about."""

    name: str
    may: bool
    text: str


class Clearance(Schema):
    """What a seller may do now.

    `may_sell`: what is on offer may stay there and be sold; `may_list`: something new may be offered, but for
    `closed_categories`; `payout`: `clear`, `part`, `held`, or `not_told` where nobody told of an account of it
    and no payout was asked for yet; one may be asked for all the same.
    """

    seller_ref: str
    may_sell: bool
    may_list: bool
    closed_categories: list[str]
    payout: PayoutClearance
    category: Narrowed | None
    listing: Narrowed | None
    hindrances: list[ClearanceHindrance]


def get_clearance(actor: Actor, seller: str, query: ClearanceAsked) -> Status[Clearance]:
    """Say what a seller may do now, why not, until when, and what it can do about it.

    A seller's own token reads only its own.  What is said of single listings is told of the one that is asked about.
    """
    is_own = actor.role is Role.MACHINE or actor.by == f"seller:{seller}"
    found = market.clearance(seller, at=actor.at, listing=query.listing or "") if is_own else None
    if found is None:
        raise SellerNotTold(seller=seller[:64])
    return Status(200, _shown(found, query))


def _shown(found: ClearanceFact, query: ClearanceAsked) -> Clearance:
    return Clearance(
        seller_ref=found.seller_ref,
        may_sell=found.may_sell,
        may_list=found.may_list,
        closed_categories=sorted(set(found.closed_categories)),
        payout=found.payout,
        category=_narrowed(query.category, found.may_list_in, IN_CATEGORY),
        listing=_of_listing(query.listing, found),
        hindrances=[_hindrance(one) for one in found.hindrances],
    )


def _narrowed(name: str | None, may: Callable[[str], bool], words: Mapping[bool, Text]) -> Narrowed | None:
    return None if name is None else Narrowed(name=name, may=may(name), text=words[may(name)].in_(language()))


def _of_listing(name: str | None, found: ClearanceFact) -> Narrowed | None:
    """Answer on one listing; of what is another seller's, or nobody told of, the answer says so."""
    if name is None:
        return None
    known = market.listing(name)
    if known is None:
        return Narrowed(name=name, may=found.may_list, text=UNTOLD.in_(language()))
    if known.seller_ref != found.seller_ref:
        return Narrowed(name=name, may=False, text=NOT_ITS.in_(language()))
    return _narrowed(name, found.may_offer, OFFERED)


def _hindrance(one: HindranceFact) -> ClearanceHindrance:
    return ClearanceHindrance(
        what=one.what,
        code=one.code,
        category=one.category,
        listing=one.listing,
        in_part=one.in_part,
        text=one.text.in_(language()),
        todo=one.todo.in_(language()),
        room=one.room,
        since=one.since,
        until=one.until,
    )
