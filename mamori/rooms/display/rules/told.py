"""What a seller tells of its display: answers to a few questions, item by item what it shows, and a text of its own."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from mamori.grammar.text import Text
from mamori.law.display import DisplayItem, Trait

MOST_WORDS = 1_000
MOST_TEXT = 40_000


class AddressKind(StrEnum):
    """Whose address and telephone stand in the display of a natural person."""

    OWN = "own"
    PLATFORM = "platform"
    OFFICE = "office"

    @property
    def text(self) -> Text:
        """Return it in words."""
        return _PLACES[self]


_PLACES = {
    AddressKind.OWN: Text("自分の住所と電話番号", "my own address and telephone"),
    AddressKind.PLATFORM: Text("通販サイトの住所と電話番号", "those of the marketplace"),
    AddressKind.OFFICE: Text(
        "バーチャルオフィスなどの住所と電話番号", "those of a virtual office or the like"
    ),
}


class ItemTold(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown under an item, or that it is given on request."""

    item: DisplayItem
    said: str = ""
    on_request: bool = False


class DisplayTold(msgspec.Struct, frozen=True, kw_only=True):
    """A whole display as it is told and kept."""

    traits: tuple[Trait, ...] = ()
    items: tuple[ItemTold, ...] = ()
    place: AddressKind = AddressKind.OWN
    text: str = ""

    @property
    def said(self) -> dict[DisplayItem, str]:
        """Return what stands under each item; what is given on request is not shown, whatever stands beside it."""
        return {one.item: one.said for one in self.items if one.said and not one.on_request}

    @property
    def on_request(self) -> frozenset[DisplayItem]:
        """Return what is given on request."""
        return frozenset(one.item for one in self.items if one.on_request)


def tidied(told: DisplayTold) -> DisplayTold:
    """Return it in one form, so that the same told twice is the same: items in the law's order, empty ones left out."""
    places = {item: place for place, item in enumerate(DisplayItem)}
    items = [
        ItemTold(item=one.item, said="" if one.on_request else one.said.strip(), on_request=one.on_request)
        for one in told.items
        if one.said.strip() or one.on_request
    ]
    return DisplayTold(
        traits=tuple(trait for trait in Trait if trait in told.traits),
        items=tuple(sorted(items, key=lambda one: places[one.item])),
        place=told.place,
        text=told.text.replace("\r\n", "\n").strip(),
    )
