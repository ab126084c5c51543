"""What somebody reported and staff found to be so becomes a finding, in staff's own words, and of nobody who reported."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.actions.hiding import hide_provisionally
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject

__all__ = ("find_reported", "hide_provisionally")


def find_reported(
    hand: Hand,
    *,
    breach: str,
    severity: Severity,
    harm: Reach,
    seller: str,
    listing: str,
    review: str,
    said: Text,
    origin: str,
) -> int:
    """Take in what was found upon a report and return the finding's number.

    It was found when staff found it: when it was reported would tell the seller who did.  Who reported is told by whoever took
    the report, so that no finding knows them.
    """
    return find(
        hand,
        breach=breach,
        severity=severity,
        harm=harm,
        subject=Subject(seller=seller, listing=listing, review=review),
        facts=(said,),
        origin=origin,
        source=Source.REPORT,
    )
