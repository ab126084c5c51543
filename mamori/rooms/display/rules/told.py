"""What a seller tells of its display, item by item and in a text of its own, and what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import msgspec

from mamori.grammar.text import Text
from mamori.law.display import ITEMS, DisplayItem, SellerKind, Trait

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


class ShownItem(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown under an item, or that it is given on request."""

    item: DisplayItem
    said: str = ""
    on_request: bool = False


class ShownDisplay(msgspec.Struct, frozen=True, kw_only=True):
    """A whole display as it is told and kept."""

    traits: tuple[Trait, ...] = ()
    items: tuple[ShownItem, ...] = ()
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


def tidied(told: ShownDisplay) -> ShownDisplay:
    """Return it in one form, so that the same told twice is the same: items in the law's order, empty ones left out."""
    places = {item: place for place, item in enumerate(DisplayItem)}
    items = [
        ShownItem(item=one.item, said="" if one.on_request else one.said.strip(), on_request=one.on_request)
        for one in told.items
        if one.said.strip() or one.on_request
    ]
    return ShownDisplay(
        traits=tuple(trait for trait in Trait if trait in told.traits),
        items=tuple(sorted(items, key=lambda one: places[one.item])),
        place=told.place,
        text=told.text.replace("\r\n", "\n").strip(),
    )


# What a seller shows, what it is registered as, and what is wrong with it, as the rules of this room know them.


class FaultKind(StrEnum):
    """What may be wrong with an item."""

    MISSING = "missing"
    PLACEHOLDER = "placeholder"
    MISMATCH = "mismatch"
    VAGUE = "vague"
    UNFIT = "unfit"
    NOT_OMITTABLE = "not_omittable"
    LISTED = "listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayFault:
    """Something wrong with an item, in a sentence to the seller that says what to do; `said` is what stands there.

    It `is_sure` where the form itself shows it.  What was only read from the seller's own text may have been misread: nothing
    follows from it by itself.
    """

    item: DisplayItem
    kind: FaultKind
    text: Text
    said: str = ""
    is_sure: bool = True

    def unsure(self) -> DisplayFault:
        """Return the same as what may be misread."""
        return replace(self, is_sure=False)

    @property
    def code(self) -> str:
        """Return it in a word for software, which `item_of` takes apart: "phone:missing"."""
        return f"{self.item}:{self.kind}"


def item_of(code: str) -> DisplayItem:
    """Return with which item something is wrong."""
    return DisplayItem(code.partition(":")[0])


def named(faults: Iterable[str]) -> Text:
    """Return the items of these faults ("phone:missing") in words."""
    return Text.listed(ITEMS[item_of(one)].text for one in faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWords:
    """What stands in a display, item by item, and what it says is given on request; several values were found in a text.

    `beside` is what a text says of an item away from its label, where it may say the contrary; `text` is all of it, in which a
    name may stand in the middle of a sentence; `shop` are names that are no registered ones.
    """

    values: Mapping[DisplayItem, tuple[str, ...]]
    on_request: frozenset[DisplayItem] = frozenset()
    beside: Mapping[DisplayItem, tuple[str, ...]] = field(default_factory=dict)
    shop: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredSeller:
    """Who the seller is as the marketplace registered it; empty where nobody told."""

    name: str = ""
    representative: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    fax: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOffer:
    """Goods that a seller has on offer: the name under which buyers find them, and whether they are goods to be sent."""

    name: str
    is_goods: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """Of whom it is asked, and what the operator has chosen: whether a free mail address may stand as the contact."""

    seller: SellerKind
    traits: frozenset[Trait] = field(default_factory=frozenset)
    free_mail: bool = True
