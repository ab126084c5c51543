"""What differs between two versions of a display, side by side: item by item, and the seller's own text."""

from __future__ import annotations

from dataclasses import dataclass

from mamori.grammar.text import Text
from mamori.law.display import ITEMS, DisplayItem
from mamori.rooms.display.facts import ON_REQUEST
from mamori.rooms.display.rules.told import DisplayTold


@dataclass(frozen=True, slots=True)
class Pair:
    """The same place in two versions; `title` is None for the text."""

    title: Text | None
    before: Text | str
    after: Text | str


def beside(before: DisplayTold, after: DisplayTold) -> tuple[Pair, ...]:
    """Return what differs, in the order of the page."""
    pairs = [Pair(ITEMS[item].text, _words(before, item), _words(after, item)) for item in DisplayItem]
    return tuple(one for one in (*pairs, Pair(None, before.text, after.text)) if one.before != one.after)


def _words(told: DisplayTold, item: DisplayItem) -> Text | str:
    return told.said.get(item) or (ON_REQUEST if item in told.on_request else "")
