"""Somebody who may know is asked on account of a finding, before or after it is decided upon."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.matters.performance import perform
from mamori.rooms.enforcement import records
from mamori.rooms.enforcement.access import subject_of
from mamori.rooms.enforcement.clarifications.actions import clarify
from mamori.rooms.enforcement.clarifications.rules import ToClarify
from mamori.rooms.enforcement.matters import FINDINGS

__all__ = ("ask_around",)


def ask_around(hand: Hand, *, finding: int, asked: ToClarify, version: int | None = None) -> None:
    """Ask the seller, the maker, the importer or the holder of a right; what comes later than a decision may show a mistake."""
    with perform(hand, FINDINGS, finding, version=version) as act:
        of = subject_of(act.matter)
        number = clarify(
            hand, about=records.about(act.matter), seller=of.seller, listing=of.listing, asked=asked
        )
        act.record("ask_around", clarification=number, whom=asked.whom.value)
