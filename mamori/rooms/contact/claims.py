"""What buyers may still have to be refunded for a seller, as far as it can be taken back: remedies, recoveries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mamori.ground.market import facts as market
from mamori.ground.terms import facts as terms
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON, REMEDY_CEILING
from mamori.rooms.contact.models import Recovery, Remedy


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """An open trouble's number and how much the seller may have to bear of its refund at most.  Yen."""

    trouble: int
    seller_ref: str
    amount: int


def claims(seller_refs: Collection[str], *, at: datetime) -> dict[str, tuple[ClaimFact, ...]]:
    """Return what stands open against many sellers in one look, the oldest first; nothing where recovery is switched off."""
    if not terms.setting(RECOVERY_ON, at=at):
        return {}
    found = [*_remedies(seller_refs, at), *_recoveries(seller_refs)]
    of: dict[str, tuple[ClaimFact, ...]] = {}
    for claim in sorted(found, key=lambda claim: claim.trouble):
        if claim.amount:
            of[claim.seller_ref] = (*of.get(claim.seller_ref, ()), claim)
    return of


def _remedies(seller_refs: Collection[str], at: datetime) -> list[ClaimFact]:
    """Return the refunds that are considered or under way: what was granted or wished, else what is left of the price."""
    rows = Remedy.objects.select_related("trouble__thread").filter(
        trouble__thread__seller_ref__in=seller_refs, closed_at__isnull=True
    )
    most = min(terms.settings(REMEDY_CEILING, RECOVERY_CEILING, at=at))
    found = []
    for row in rows:
        thread = row.trouble.thread
        order = market.order(thread.order_ref)
        left = order.left if order else 0
        amount = row.amount or min(row.wished_amount or left, left)
        found.append(ClaimFact(row.trouble_id, thread.seller_ref, min(amount, most)))
    return found


def _recoveries(seller_refs: Collection[str]) -> list[ClaimFact]:
    rows = Recovery.objects.select_related("remedy").filter(
        Q(clause_version__gt=0), seller_ref__in=seller_refs, closed_at__isnull=True
    )
    return [ClaimFact(row.remedy.trouble_id, row.seller_ref, row.amount or row.most) for row in rows]
