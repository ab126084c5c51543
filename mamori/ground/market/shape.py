"""What the database holds of an instruction's shape, read from the declared kinds."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import BaseConstraint, CheckConstraint, F, Q

from mamori.ground.market.kinds import INSTRUCTIONS, MEASURES, UNDOING, Amount, Target


def shape_constraints(table: str) -> list[BaseConstraint]:
    """Return the constraints: a kind's target, order and seller, amount, detail, end, and what it undoes."""
    undoing = Q(kind__in=sorted(kind.code for kind in UNDOING.values()))
    measure = Q(kind__in=sorted(MEASURES))
    needed, cap = (_kinds(amount=amount) for amount in (Amount.NEEDED, Amount.CAP))
    detailed = Q(kind__in=sorted(kind.code for kind in INSTRUCTIONS if kind.detail))
    held = {
        "target": reduce(or_, (Q(target=target.value) & _kinds(target=target) for target in Target)),
        "order": Q(target="order", order__isnull=False, target_ref=F("order"))
        | (~Q(target="order") & Q(order__isnull=True)),
        "seller": ~Q(target="seller") | Q(target_ref=F("seller")),
        "number": Q(target="order", number__isnull=True) | (~Q(target="order") & Q(number__isnull=False)),
        "amount": (needed & Q(amount__gt=0)) | cap | (~(needed | cap) & Q(amount=0)),
        "detail": (detailed & ~Q(detail="")) | (~detailed & Q(detail="")),
        "until": Q(until__isnull=True) | (measure & Q(until__gt=F("issued_at"))),
        "undoes": (undoing & Q(undoes__isnull=False)) | (~undoing & Q(undoes__isnull=True)),
        "undone": Q(undone_at__isnull=True) | measure,
    }
    return [CheckConstraint(condition=rule, name=f"{table}_{name}_fits") for name, rule in held.items()]


def _kinds(**wanted: object) -> Q:
    """Return the condition that the kind is one of those declared so."""
    found = (
        kind.code
        for kind in INSTRUCTIONS
        if all(getattr(kind, name) == value for name, value in wanted.items())
    )
    return Q(kind__in=sorted(found))
