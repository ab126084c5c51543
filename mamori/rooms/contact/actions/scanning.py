"""A party says whether a machine may look at what it writes; and what was found is counted, by kind and month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db.models import F

from mamori.grammar.hand import SELLERS, Hand, Role
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.japan.calendar import JAPAN
from mamori.japan.lures.kinds import Lure
from mamori.law.consents import SCANNING
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.models import LureCount, ScanningAnswer

type Outcome = Literal["shown", "kept"]


def answer_scanning(hand: Hand, *, agrees: bool) -> int:
    """Record a buyer's or seller's answer to the declared text and return the act's number, which is the receipt's."""
    party = hand.whose
    if not party.startswith(_PARTIES.get(hand.role, "?")):
        raise NothingHere()
    with memory.act():
        memory.forget("contact.scanning")
        ScanningAnswer.objects.create(party=party, version=SCANNING.version, agrees=agrees, at=hand.at)
        return ledger.record(
            hand,
            kind="contact.agree_scanning" if agrees else "contact.refuse_scanning",
            subject=party,
            about=f"contact.scanning:{party}",
            payload={"consent": SCANNING.code, "version": SCANNING.version},
        )


_PARTIES = {Role.BUYER: "buyer:", Role.SELLER: "seller:", Role.DELEGATE: "seller:"}


def count_lures(hand: Hand, lures: Iterable[Lure], outcome: Outcome) -> None:
    """Count each kind of find once; who wrote it, where and what it was is kept nowhere."""
    month = hand.at.astimezone(JAPAN).date().replace(day=1)
    side = "seller" if hand.role in SELLERS else "buyer"
    with memory.act():
        for kind in sorted({lure.kind for lure in lures}):
            row, _ = LureCount.objects.get_or_create(month=month, side=side, kind=kind)
            LureCount.objects.filter(pk=row.pk).update(**{outcome: F(outcome) + 1})
