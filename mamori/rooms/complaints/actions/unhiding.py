"""Goods that were hidden provisionally can be seen again: a danger that is told of them stands first at once."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.matters.performance import perform
from mamori.rooms.complaints.actions.matter import COMPLAINTS
from mamori.rooms.complaints.models import Complaint


def hear_unhidden(hand: Hand, *, listing: str) -> None:
    """Settle anew what waits about goods and tells of a danger: its clock and its place rest on whether they are hidden."""
    waiting = Complaint.objects.filter(IS_OPEN, listing_ref=listing, danger_at__isnull=False).order_by("pk")
    for number in waiting.values_list("pk", flat=True):
        with perform(hand, COMPLAINTS, number):
            pass
