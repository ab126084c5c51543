"""What somebody reported and staff found to be so becomes a finding, in staff's own words, and of nobody who reported."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.law.measures import LISTING_HIDDEN
from mamori.rooms.enforcement.actions.deciding import decide
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.fitness import Wish
from mamori.rooms.enforcement.rules.reasons import Source, Unheard
from mamori.rooms.enforcement.subject import Subject

__all__ = ("find_reported", "hide_at_once")


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

    :raises StepNotYours, BreachUnknown, SubjectUnknown, NoWords: as their sentences say.
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


def hide_at_once(hand: Hand, *, finding: int, because: Text, reason: str) -> int:
    """Hide the listing of a finding because of a danger that cannot wait, and return the measure's number.

    The seller is told at once and heard afterwards; where the policy answers otherwise a lead or counsel alone may do it, and
    `because` is what the seller reads of it.

    :raises Refusal: as `decide` says.
    """
    assert LISTING_HIDDEN.days is not None
    wish = Wish(
        measure=LISTING_HIDDEN.code,
        days=LISTING_HIDDEN.days.usual,
        reason=reason,
        unheard=Unheard.DANGER,
        why_other=because,
    )
    return decide(hand, finding=finding, wish=wish)
