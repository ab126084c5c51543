"""Displays over JSON: the marketplace tells what a seller shows, reads how that stands, and what a buyer saw."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from ninja import Schema, Status

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import NO_NUL, Flag, Part, form, says
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.web.wording import language
from mamori.law.display import ITEMS, DisplayItem, Trait
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.actions.displays import DisplayTooLong, ItemTwice, NothingToDisplay
from mamori.rooms.display.actions.matter import NoSuchShop
from mamori.rooms.display.facts import ProofChannel, ProvenContact, ShownFact
from mamori.rooms.display.lifecycle import DisplayState
from mamori.rooms.display.rules import told
from mamori.rooms.display.rules.told import MOST_TEXT, MOST_WORDS, AddressKind, FaultKind


class NoDisplay(Refusal, code="no-display", status=404):
    """Given when there is no display to be read, or none for whom asks."""

    text = Text(
        "表示はまだありません。番号をご確認ください。注文が最初の表示より前のときも、お見せできるものはありません。",
        "There is no display yet. Please check the reference; of an order older than the first display there is none either.",
    )


TELLING = (NoSuchShop, NothingToDisplay, ItemTwice, DisplayTooLong)
READING = (NoDisplay,)


class NewItem(Part, frozen=True, kw_only=True):
    """What is shown under one item."""

    item: Annotated[
        DisplayItem,
        says("表示する事項", "what is displayed"),
        Meta(extra=form("、".join(DisplayItem), ", ".join(DisplayItem))),
    ]
    said: Annotated[
        str,
        says("表示する言葉", "its words"),
        Meta(
            max_length=MOST_WORDS,
            pattern=NO_NUL,
            extra=form(f"{MOST_WORDS:,}文字までの文章", f"words of at most {MOST_WORDS:,} characters"),
        ),
    ] = ""
    on_request: Annotated[
        Flag,
        says(
            "言葉の代わりに「請求があれば遅滞なく知らせる」とする",
            "given on request without delay, in place of words",
        ),
    ] = False


class NewDisplay(Part, frozen=True, kw_only=True):
    """What a seller shows by law: answers on its sales, item by item what is shown, and its own text as it stands."""

    traits: Annotated[
        tuple[Trait, ...],
        says("当てはまること", "what is true of its sales"),
        Meta(extra=form("、".join(Trait), ", ".join(Trait))),
    ] = ()
    items: Annotated[tuple[NewItem, ...], says("事項ごとの表示", "what is shown, item by item")] = ()
    place: Annotated[
        AddressKind,
        says("だれの住所と電話番号か", "whose address and telephone it is"),
        Meta(extra=form("own、platform、office のどれか", "one of own, platform, office")),
    ] = AddressKind.OWN
    text: Annotated[
        str,
        says(
            "出品者が書いた表示の全文。事項はここからも読み取る",
            "the seller's own text; items are read from it, too",
        ),
        Meta(
            max_length=MOST_TEXT,
            pattern=NO_NUL,
            extra=form(f"{MOST_TEXT:,}文字までの文章", f"words of at most {MOST_TEXT:,} characters"),
        ),
    ] = ""


class FaultShown(Schema):
    """Something to be put right, in a sentence to the seller.

    Not `sure` is what was only read from the seller's text, and may be misread: nothing follows from it by itself.
    """

    item: DisplayItem
    kind: FaultKind
    sure: bool
    text: str


class DisplayTaken(Schema):
    """How a display stands once it was told: its version, and what is to be put right."""

    seller_ref: str
    version: int
    state: DisplayState
    faults: list[FaultShown]


class ItemShown(Schema):
    """An item as buyers read it; `said` is null where it is given on request."""

    item: DisplayItem
    title: str
    said: str | None


class ProvenShown(Schema):
    """A contact that was proved to reach the seller, and when; null where it is not in the display, or given on request."""

    channel: ProofChannel
    at: datetime
    contact: str | None


class DisplayShown(Schema):
    """One version of a display; `text` is the seller's own, `proven` what was proved of the contacts that are shown now."""

    seller_ref: str
    version: int
    since: datetime
    items: list[ItemShown]
    text: str
    proven: list[ProvenShown]


def put_display(actor: Actor, seller: str, body: NewDisplay) -> Status[DisplayTaken]:
    """Let a seller show this from now on, and say what is to be put right; the same again changes nothing."""
    one = told.ShownDisplay(
        traits=body.traits,
        items=tuple(
            told.ShownItem(item=each.item, said=each.said, on_request=each.on_request) for each in body.items
        ),
        place=body.place,
        text=body.text,
    )
    written = displays.write_display(actor, seller_ref=seller, told=one)
    found = [
        FaultShown(item=each.item, kind=each.kind, sure=each.is_sure, text=each.text.in_(language()))
        for each in written.faults
    ]
    shown = DisplayTaken(seller_ref=seller, version=written.version, state=written.state, faults=found)
    return Status(200, shown)


def get_display(actor: Actor, seller: str) -> Status[DisplayShown]:
    """Read what a seller shows now; of a private person there is nothing to read."""
    del actor
    return Status(200, _shown(facts.public(seller), facts.proven(seller)))


def get_display_seen(actor: Actor, order: str) -> Status[DisplayShown]:
    """Read what the seller showed when somebody ordered; a party reads it of its own orders."""
    found = any_order(order) if actor.role is Role.MACHINE else own_order(actor, order)
    return Status(200, _shown(facts.seen(found)))


def own_order(actor: Actor, ref: str) -> OrderFact:
    """Return an order of the actor's own: as its buyer, or for its seller."""
    found = market.order(ref)
    if found is None or actor.whose not in (f"buyer:{found.buyer_ref}", f"seller:{found.seller_ref}"):
        raise NoDisplay
    return found


def any_order(ref: str) -> OrderFact:
    """Return an order."""
    found = market.order(ref)
    if found is None:
        raise NoDisplay
    return found


def _shown(found: ShownFact | None, proven: tuple[ProvenContact, ...] = ()) -> DisplayShown:
    if found is None or found.told is None:
        raise NoDisplay
    said = found.told.said
    return DisplayShown(
        seller_ref=found.seller_ref,
        version=found.version,
        since=found.since,
        items=[
            ItemShown(item=item, title=ITEMS[item].text.in_(language()), said=said.get(item))
            for item in DisplayItem
            if item in said or item in found.told.on_request
        ],
        text=found.text,
        proven=[ProvenShown(channel=one.channel, at=one.at, contact=one.contact or None) for one in proven],
    )
