"""A display taken as one: what its form says, what its own text says beside it, and what of its faults is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mamori.law.display import DisplayItem, SellerKind
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.checks.listed import unlike_offers
from mamori.rooms.display.rules.shown import (
    AskedOf,
    DisplayFault,
    FaultKind,
    OnOffer,
    RegisteredSeller,
    ShownWords,
)
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import DisplayTold

NO_TEXT = ShownWords(values={})
SEVERAL = 3
"""A text that says fewer things of a display is a greeting, and hides nothing."""


def whole(told: DisplayTold, text: ShownWords) -> ShownWords:
    """Return what stands under each item: the form's word first, and what the seller's own text adds, or contradicts."""
    said = told.said
    values = {
        item: tuple(dict.fromkeys(filter(None, (said.get(item, ""), *text.values.get(item, ())))))
        for item in DisplayItem
        if item in said or item in text.values
    }
    return replace(text, values=values, on_request=(told.on_request | text.on_request) - said.keys())


def said_in(told: DisplayTold) -> ShownWords:
    """Return what a display says: its form, and what is read from its text."""
    return whole(told, read(told.text) if told.text else NO_TEXT)


def weighed(
    told: DisplayTold, registered: RegisteredSeller, asked: AskedOf, offers: Sequence[OnOffer] = ()
) -> tuple[DisplayFault, ...]:
    """Return what is wrong with a display, and of each whether it is sure.

    Sure is what the form alone shows; that something is missing is not, while it may stand in a text that says several things of
    a display, nor that it does not agree with goods on offer.  Nothing is asked of a private person, so that nothing is wrong
    with what it says.
    """
    if asked.seller is SellerKind.PRIVATE:
        return ()
    text = read(told.text) if told.text else NO_TEXT
    shown = whole(told, text)
    found = faults(shown, registered, asked)
    wrong = {one.item for one in found}
    unlike = tuple(one for one in unlike_offers(shown, asked, offers) if one.item not in wrong)
    if len(text.values) < SEVERAL:
        return (*found, *unlike)
    alone = faults(whole(told, NO_TEXT), registered, asked)
    sure = {one.code for one in alone if one.kind is not FaultKind.MISSING}
    return (*(one if one.code in sure else one.unsure() for one in found), *unlike)
