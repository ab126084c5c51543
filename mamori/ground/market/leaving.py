"""Buyers and sellers who are gone: with whom nothing has happened for so long that the operator's rule lets their keys go."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import actions as ledger
from mamori.ground.ledger import facts as records
from mamori.ground.market.models import Buyer, Order, Seller
from mamori.ground.seal import actions as sealing
from mamori.ground.seal import facts as seals

PAGE = 500
WHY = "retention.market.persons"


def shred_gone(hand: Hand, over: datetime, limit: int) -> int:
    """Destroy the keys of persons whose last order and last record lie before `over`; return how many.

    Who has an open case, is under a hold or still to be paid, or never ordered or sold anything, stays.
    """
    gone = 0
    for side, model in (("buyer", Buyer), ("seller", Seller)):
        after = ""
        while gone < limit:
            page = model._default_manager.filter(pk__gt=after).order_by("pk")
            refs = list(page.values_list("pk", flat=True)[:PAGE])
            if not refs:
                break
            after = refs[-1]
            there = seals.living(
                [f"{side}:{ref}" for ref in refs]
            )  # who is erased already is not asked about again
            for ref in _long_gone(side, [ref for ref in refs if f"{side}:{ref}" in there], over):
                if gone < limit and _shredded(hand, side, ref, over):
                    gone += 1
    return gone


def _long_gone(side: str, refs: list[str], over: datetime) -> list[str]:
    """Return those of the refs that had orders, though none since `over`."""
    orders = Order.objects.filter(**{f"{side}__in": refs})
    had = set(orders.values_list(f"{side}_id", flat=True).distinct())
    still = set(orders.filter(ordered_at__gte=over).values_list(f"{side}_id", flat=True).distinct())
    return sorted(had - still)


def _shredded(hand: Hand, side: str, ref: str, over: datetime) -> bool:
    subject = f"{side}:{ref}"
    try:
        with transaction.atomic():
            sealing.keep_from_sealing(subject)
            last = records.last_at(subject)
            if last is None or last >= over or cases.count_open(**{f"{side}_ref": ref}):
                return False
            ledger.shred(hand, subject=subject, reason=WHY)
    except Refusal:  # under a hold, or something has to end before
        return False
    return True
