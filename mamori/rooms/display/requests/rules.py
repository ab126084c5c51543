"""What a buyer may ask for that a display leaves out, and what of it is given at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.standing import said_in
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay

REACHED = (DisplayItem.ADDRESS, DisplayItem.PHONE)
"""Where the display shows another's of these, a buyer may ask for the seller's own."""
WHO = frozenset(
    {DisplayItem.NAME, DisplayItem.RESPONSIBLE, DisplayItem.JAPAN_OFFICE, DisplayItem.MAIL, *REACHED}
)
"""Who and where the seller is."""


def requestable(on_request: Collection[DisplayItem], place: AddressKind) -> tuple[DisplayItem, ...]:
    """Return what a buyer may ask for, in the order of the items: what is given on request, and what is shown of another."""
    of_another = () if place is AddressKind.OWN else REACHED
    return tuple(item for item in DisplayItem if item in on_request or item in of_another)


def askable_items(told: ShownDisplay) -> tuple[DisplayItem, ...]:
    """Return what a buyer may ask for of a display, also what only its text says is given on request."""
    return requestable(said_in(told).on_request, told.place)


def leaves_out(told: ShownDisplay) -> bool:
    """Say whether there is anything to ask for; the text is read only where the form leaves nothing out."""
    return bool(requestable(told.on_request, told.place) or askable_items(told))


def held(
    asked: Collection[DisplayItem],
    place: AddressKind,
    *,
    offered: Collection[DisplayItem],
    registered: Mapping[DisplayItem, str],
    given: Mapping[DisplayItem, str],
    is_protected: bool,
    doubted: Collection[DisplayItem] = (),
) -> dict[DisplayItem, str]:
    """Return what is given at once: what is `registered`, or what the seller has `given` to somebody before.

    So is only what its form says is `offered` on request: what was read from its text may be misread.  Nothing is given by
    machine of a seller under protection, nor what is `doubted`, nor the own address and telephone of one who shows another's;
    and who and where the seller is comes from the registration alone, as an earlier answer may be of a place that it has left.
    """
    if is_protected:
        return {}
    kept_back = frozenset(REACHED) if place is not AddressKind.OWN else frozenset[DisplayItem]()
    known = {
        item: registered.get(item) or ("" if item in WHO else given.get(item, ""))
        for item in asked
        if item in offered and item not in kept_back and item not in doubted
    }
    return {item: words for item, words in known.items() if words}
