"""Who reads what was written with the centre, and what of it waits for an answer.  Pure decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from unicodedata import normalize

from mamori.grammar.actor import SELLERS, STAFF, Role
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.rooms.contact.rules.proposals import Side


class Readers(StrEnum):
    """Who may read a message beside the centre."""

    BUYER = "buyer"
    SELLER = "seller"
    BOTH = "both"

    @property
    def text(self) -> Text:
        """Return whom a message is for."""
        return _READERS[self]

    def reach(self, side: Side) -> bool:
        """Say whether this side may read it; the centre reads all that is written to it."""
        return side is Side.CENTRE or self in (Readers.BOTH, side)


_READERS = {
    Readers.BUYER: Text("購入者", "the buyer"),
    Readers.SELLER: Text("出品者", "the seller"),
    Readers.BOTH: Text("購入者と出品者の両方", "buyer and seller"),
}
OF_PARTY = {
    Side.BUYER: (Readers.BUYER, Readers.BOTH),
    Side.SELLER: (Readers.SELLER, Readers.BOTH),
}
"""Whom a party lets read what it writes to the centre: nobody else first."""


def reader_of(role: Role) -> Side | None:
    """Return as which side a role reads, whoever helps a buyer as the buyer; nothing for a machine."""
    if role in STAFF:
        return Side.CENTRE
    if role in SELLERS:
        return Side.SELLER
    return Side.BUYER if role in (Role.BUYER, Role.HELPER) else None


class CentreSent(Protocol):
    """What of a message decides whether it waits for an answer."""

    by_side: str
    readers: str
    at: datetime


def unanswered[Message: CentreSent](messages: Iterable[Message]) -> dict[Side, Message]:
    """Return the oldest message of each party, in the order in which they were sent, to which the centre has not written back."""
    waits: dict[Side, Message] = {}
    for one in messages:
        if one.by_side != Side.CENTRE:
            waits.setdefault(Side(one.by_side), one)
        else:
            waits = {side: asked for side, asked in waits.items() if not Readers(one.readers).reach(side)}
    return waits


PLACE = regex(r"[{｛]\s{0,3}([A-Za-zＡ-Ｚａ-ｚ]{1,20})\s{0,3}[}｝]")
"""What may be a place of a usual text, also as a Japanese keyboard may write it."""
PLACES = frozenset({"order", "goods", "shop", "due"})
"""The places that there are; other words in braces are somebody's own, such as a name of goods."""


def unfilled(said: str) -> str | None:
    """Return a place of a usual text that nothing has filled, such as {due}, {DUE} or ｛due｝; nothing where there is none."""
    found = (one for one in PLACE.finditer(said) if normalize("NFKC", one[1]).casefold() in PLACES)
    return next((one[0] for one in found), None)
