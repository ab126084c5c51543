"""A display that was not put right, or a contact that was not proved, becomes a finding; a person decides on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from mamori.grammar.hand import Hand
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.japan.spoken import spoken
from mamori.law.breaches import DISPLAY_MISSING
from mamori.rooms.display.facts import ProofChannel, named
from mamori.rooms.enforcement.actions.findings import find
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject

__all__ = ["contact_unproven", "display_missed", "request_missed"]


def display_missed(hand: Hand, *, seller_ref: str, faults: Collection[str], since: datetime) -> None:
    """Find that what was wrong with a seller's display was not put right in time."""
    items = named(faults)
    told = spoken(since)
    fact = Text(
        f"特定商取引法に基づく表示の不備（{items.ja}）を{told.ja}に知らせたが、期限までに直らなかった。",
        f"The seller was told on {told.en} what is wrong with its display ({items.en}) and did not put it right in time.",
    )
    _find(hand, seller_ref, fact, origin=f"display.display:{seller_ref}/{since.isoformat()}")


def contact_unproven(hand: Hand, *, seller_ref: str, channel: str, since: datetime) -> None:
    """Find that it was not proved that a contact in a seller's display reaches it, though it was asked and questioned."""
    by, told = ProofChannel(channel).text, spoken(since)
    fact = Text(
        f"表示の連絡先（{by.ja}）に連絡が届くことを確かめるよう求め、{told.ja}にまだ確かめられていないことを知らせたが、期限までに確かめられなかった。",
        f"The seller was asked to prove that the contact it shows ({by.en}) reaches it, was told on {told.en} that it "
        "was not proved yet, and did not prove it in time.",
    )
    _find(hand, seller_ref, fact, origin=f"display.proof:{channel}:{seller_ref}/{since.isoformat()}")


def request_missed(
    hand: Hand, *, seller_ref: str, version: int, items: Collection[str], since: datetime
) -> None:
    """Find, once for a version of its display, that a seller did not give in time what it gives on request."""
    asked, told = named(items), spoken(since)
    fact = Text(
        f"「請求があれば知らせる」と表示した事項（{asked.ja}）を{told.ja}に購入者が請求したが、期限までに知らせなかった。",
        f"A buyer asked on {told.en} for what the display gives on request ({asked.en}), and it was not given in time.",
    )
    _find(hand, seller_ref, fact, origin=f"display.requests:{seller_ref}/{version}")


def _find(hand: Hand, seller_ref: str, fact: Text, *, origin: str) -> None:
    find(
        hand,
        breach=DISPLAY_MISSING.code,
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller=seller_ref),
        facts=(fact,),
        origin=origin,
        source=Source.DISPLAY,
        automated=True,
    )
