"""A display that was not put right in time becomes a finding; a person decides on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.law.breaches import DISPLAY
from mamori.rooms.display.facts import named
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject

__all__ = ["display_missed"]


def display_missed(hand: Hand, *, seller_ref: str, faults: Collection[str], since: datetime) -> None:
    """Find that what was wrong with a seller's display was not put right in time."""
    items = named(faults)
    told = spoken(since)
    find(
        hand,
        breach=DISPLAY.code,
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller=seller_ref),
        facts=(
            Text(
                f"特定商取引法に基づく表示の不備（{items.ja}）を{told.ja}に知らせたが、期限までに直らなかった。",
                f"The seller was told on {told.en} what is wrong with its display ({items.en}) and did not put it right in time.",
            ),
        ),
        origin=f"display.display:{seller_ref}/{since.isoformat()}",
        source=Source.DISPLAY,
        automated=True,
    )
