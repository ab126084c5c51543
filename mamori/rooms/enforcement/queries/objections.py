"""What a seller can appeal against just now, measures and deductions alike, and how its appeals stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from mamori.ground.cases import facts as cases
from mamori.ground.matters.objections import Objectable
from mamori.law.measures import PAYOUT_HELD, PROVISIONAL_HIDING
from mamori.law.measures import measure as measure_of
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement import records
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.queries.appeal import DEDUCTION, may_appeal, of_seller
from mamori.rooms.enforcement.rules.standing import BITES

MOST = 50


def objections(seller_ref: str, *, at: datetime) -> tuple[Objectable, ...]:
    """Return what this seller can appeal against, then what it has appealed against, the newest first."""
    return (
        *_hidden(seller_ref),
        *_measures(seller_ref, at),
        *_deductions(seller_ref, at),
        *_made(seller_ref),
    )


def _hidden(seller_ref: str) -> Iterator[Objectable]:
    """Yield what is provisionally hidden: it is objected to on the finding's page, where the seller gives its view."""
    rows = Measure.objects.filter(kind=PROVISIONAL_HIDING.code, seller_ref=seller_ref, state__in=BITES)
    found = list(
        rows.filter(finding__closed_at__isnull=True).select_related("finding").order_by("-id")[:MOST]
    )
    numbers = cases.numbers_of([records.about(row.finding) for row in found])
    for row in found:
        number = numbers[records.about(row.finding)]
        path = reverse("enforcement_seller:matter", args=(number,))
        yield Objectable(title=PROVISIONAL_HIDING.title, number=number, path=f"{path}#view", until=None)


def _measures(seller_ref: str, at: datetime) -> Iterator[Objectable]:
    rows = Measure.objects.filter(seller_ref=seller_ref).select_related("finding")
    in_time = rows.filter(Q(appeal_until__gte=at) | Q(kind=PAYOUT_HELD.code, closed_at__isnull=True))
    found = [row for row in in_time.order_by("-id")[:MOST] if may_appeal(row.pk, at)]
    numbers = cases.numbers_of([records.about(row.finding) for row in found])
    for row in found:
        number = numbers[records.about(row.finding)]
        yield Objectable(
            title=measure_of(row.kind).title,
            number=number,
            path=reverse("enforcement_seller:appealing", args=(number, row.pk)),
            until=None if row.appeal_until is None or row.appeal_until < at else row.appeal_until,
        )


def _deductions(seller_ref: str, at: datetime) -> Iterator[Objectable]:
    made = Appeal.objects.filter(seller_ref=seller_ref, recovery__isnull=False)
    standing = set(made.exclude(state=AppealState.WITHDRAWN).values_list("recovery", flat=True))
    for one in contact.deductions(seller_ref, at=at):
        if one.id not in standing:
            yield Objectable(
                title=DEDUCTION.fill(amount=f"{one.amount:,}"),
                number=one.case,
                path=reverse("enforcement_seller:appealing-money", args=(one.case,)),
                until=one.appeal_until,
            )


def _made(seller_ref: str) -> Iterator[Objectable]:
    for row in of_seller(seller_ref, MOST):
        yield Objectable(
            title=row.against,
            number=row.number,
            path=reverse("enforcement_seller:appeal", args=(row.number,)),
            until=row.due.due_at if row.due else None,
            stands=row.state_text,
        )
