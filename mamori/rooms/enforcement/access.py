"""How this room finds and locks what it acts on, the finding first: one lock for the whole matter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.web.signing import seconds
from mamori.ground.web.signing.seconds import is_second
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import DECIDERS
from mamori.rooms.enforcement.subject import Subject
from mamori.rooms.enforcement.versions import must_be_as_seen

__all__ = [
    "SHOWN_TO_SELLER",
    "ChangedMeanwhile",
    "NotThere",
    "is_second",
    "is_sellers",
    "is_told",
    "may_see",
    "somebody_else",
    "subject_of",
    "the_finding",
    "the_measure",
]
SHOWN_TO_SELLER = frozenset(MeasureState) - {MeasureState.PROPOSED, MeasureState.REJECTED}
"""What is only proposed, or was not approved, is no decision: the seller is not told of it."""


class NotThere(Refusal, code="nothing-to-enforce", status=404):
    """Given when there is nothing of that number for this hand."""

    text = Text(
        "お探しの件は見つかりません。番号をご確認のうえ、相談窓口にお問い合わせください。",
        "Nothing of that number was found. Please check it, or ask the customer centre.",
    )


def somebody_else(than: Collection[str], at: datetime) -> bool:
    """Say whether there is anybody who decides besides these people ("staff:7"), whom none of them brought in."""
    return seconds.somebody_else(than, roles=DECIDERS, at=at)


def is_sellers(hand: Hand, seller_ref: str) -> bool:
    """Say whether the hand is this seller's, its own or a delegate's."""
    if hand.role is Role.SELLER:
        return hand.by == f"seller:{seller_ref}"
    whose, _, name = hand.by.rpartition("/")
    return hand.role is Role.DELEGATE and bool(name) and whose == f"seller:{seller_ref}"


def may_see(hand: Hand, seller_ref: str) -> bool:
    """Say whether something of this seller's concerns the hand: the seller, its delegates, staff, a machine."""
    if hand.role is Role.MACHINE:
        return hand.by.startswith("machine:")
    return hand.is_staff or is_sellers(hand, seller_ref)


def subject_of(finding: Finding) -> Subject:
    """Return what a finding is about, as it was told."""
    return Subject(
        seller=finding.seller_ref,
        listing=finding.listing_ref,
        review=finding.review_ref,
        order=finding.order_ref,
        category=finding.category,
    )


def the_finding(hand: Hand, finding: int, version: int | None = None) -> Finding:
    """Return the finding, locked; with a `version`, as it was when the form was opened."""
    return _locked(hand, Finding.objects.filter(pk=finding), version)


def the_measure(hand: Hand, measure: int, version: int | None = None) -> Measure:
    """Return the measure with its finding, which is locked; `version` is the finding's."""
    locked = _locked(hand, Finding.objects.filter(measures=measure), version)
    found = Measure.objects.select_for_update().get(pk=measure)
    found.finding = locked
    return found


def _locked(hand: Hand, wanted: QuerySet[Finding], version: int | None) -> Finding:
    found = wanted.select_for_update(of=("self",)).first()
    if found is None or not may_see(hand, found.seller_ref):
        raise NotThere()
    if version != found.version:
        must_be_as_seen(hand, f"enforcement.finding:{found.pk}", None if version is None else version - 1)
    return found


def is_told(finding: Finding) -> bool:
    """Say whether the seller was asked about it, or told of a measure."""
    if finding.asked_at is not None or finding.heard_at is not None:
        return True
    return any(measure.state in SHOWN_TO_SELLER for measure in finding.measures.all())
