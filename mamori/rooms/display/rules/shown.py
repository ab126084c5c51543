"""What a seller shows, what it is registered as, and what is wrong with it, as the rules of this room know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mamori.grammar.text import Text
from mamori.law.display import ITEMS, DisplayItem, SellerKind, Trait


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
