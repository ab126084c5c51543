"""What buyers may still have to be refunded for a seller, as far as it can be taken back: remedies, recoveries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from mamori.ground.market import facts as market
from mamori.ground.market.facts import InstructionFact, OrderFact
from mamori.ground.terms import facts as terms
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON, REMEDY_CEILING
from mamori.rooms.contact.models import Recovery, Remedy
from mamori.rooms.contact.rules.eligibility import Paid, at_stake


def paid_of(order: OrderFact, instruction: InstructionFact | None) -> Paid:
    """Return what an order's money is to a refund; what is in the total of that very refund is its own."""
    is_in_it = instruction is not None and instruction.counted
    return Paid(
        amount=order.amount,
        refunded=order.refunded_amount,
        own=instruction.amount if instruction is not None and is_in_it else 0,
        charged_back=order.charged_back,
    )


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """An open trouble's number and how much the seller may have to bear of its refund at most.  Yen."""

    trouble: int
    seller_ref: str
    amount: int


def claims(seller_refs: Collection[str], *, at: datetime) -> dict[str, tuple[ClaimFact, ...]]:
    """Return what stands open against many sellers in one look, the oldest first; nothing where recovery is switched off."""
    is_on, ceiling, most = terms.settings(RECOVERY_ON, REMEDY_CEILING, RECOVERY_CEILING, at=at)
    if not is_on:
        return {}
    found = [*_remedies(seller_refs, ceiling=ceiling, most=most), *_recoveries(seller_refs)]
    of: dict[str, tuple[ClaimFact, ...]] = {}
    for claim in sorted(found, key=lambda claim: claim.trouble):
        if claim.amount:
            of[claim.seller_ref] = (*of.get(claim.seller_ref, ()), claim)
    return of


def _remedies(seller_refs: Collection[str], *, ceiling: int, most: int) -> Iterator[ClaimFact]:
    """Return the refunds that are considered or under way: what was granted or wished, never more than is left."""
    found = Remedy.objects.filter(trouble__thread__seller_ref__in=seller_refs, closed_at__isnull=True)
    thread = "trouble__thread__"
    columns = (
        "trouble_id",
        f"{thread}seller_ref",
        f"{thread}order_ref",
        "amount",
        "wished_amount",
        "instruction",
    )
    rows = list(found.values_list(*columns))
    orders = market.orders({order for _, _, order, *_ in rows})
    told = market.instructions([instruction for *_, instruction in rows if instruction])
    for trouble, seller_ref, order_ref, granted, wished, instruction in rows:
        order = orders.get(order_ref)
        if order is not None:
            paid = paid_of(order, told.get(instruction))
            may_be = at_stake(paid, granted=granted, wished=wished, ceiling=ceiling)
            yield ClaimFact(trouble, seller_ref, min(may_be, most))


def _recoveries(seller_refs: Collection[str]) -> Iterator[ClaimFact]:
    rows = Recovery.objects.filter(clause_version__gt=0, seller_ref__in=seller_refs, closed_at__isnull=True)
    for trouble, seller_ref, amount, most in rows.values_list(
        "remedy__trouble_id", "seller_ref", "amount", "most"
    ):
        yield ClaimFact(trouble, seller_ref, amount or most)
