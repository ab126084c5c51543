"""The lists of threads walk along their indexes: no plan scans the table or sorts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from conftest import plan
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market.models import Order
from mamori.rooms.contact.formal.queries import UNANSWERED
from mamori.rooms.contact.models import (
    IS_BUYERS_TURN,
    IS_SELLERS_TURN,
    WAS_AGREED,
    AlertedBuyer,
    Call,
    Formal,
    Proposal,
    Recovery,
    Thread,
)
from mamori.rooms.contact.models.alerts import TO_CLEAR, TO_REMIND, UNREACHED
from mamori.rooms.contact.queries import board, history

NOW, LATER = datetime(2026, 11, 16, 3, tzinfo=UTC), datetime(2026, 11, 16, 11, tzinfo=UTC)
pytestmark = pytest.mark.django_db


QUERIES = {
    "whom an alert reminds next": AlertedBuyer.objects.filter(TO_REMIND, alert=1).order_by("told_at", "id")[
        :100
    ],
    "who hears next that there is no danger": AlertedBuyer.objects.filter(TO_CLEAR, alert=1).order_by("pk")[
        :100
    ],
    "whom to call": AlertedBuyer.objects.filter(UNREACHED, alert=1).order_by("told_at", "id")[:51],
    "a buyer's warnings": AlertedBuyer.objects.filter(buyer_ref="B").order_by("-id")[:20],
    "a buyer's open threads": Thread.objects.filter(IS_OPEN, buyer_ref="B").order_by("-id")[:21],
    "a buyer's ended threads": Thread.objects.filter(~IS_OPEN, buyer_ref="B", id__lt=9).order_by("-id")[:21],
    "what a seller owes": Thread.objects.filter(IS_SELLERS_TURN, seller_ref="S").order_by(
        "seller_due_at", "id"
    )[:21],
    "what waits for buyers": Thread.objects.filter(IS_BUYERS_TURN, seller_ref="S").order_by("-id")[:21],
    "what has ended": Thread.objects.filter(~IS_OPEN, seller_ref="S").order_by("-id")[:21],
    "a seller's recoveries": Recovery.objects.filter(IS_OPEN, seller_ref="S").order_by("-id")[:21],
    "notices that wait before a seller": Formal.objects.filter(IS_OPEN, seller_ref="S").order_by("id")[:21],
    "notices that a seller has not answered": Formal.objects.filter(
        IS_OPEN, seller_ref="S", state__in=UNANSWERED
    ).order_by("id")[:21],
    "a seller's ended notices": Formal.objects.filter(~IS_OPEN, seller_ref="S").order_by("-id")[:21],
    "a buyer's ended notices": Formal.objects.filter(~IS_OPEN, buyer_ref="B").order_by("-id")[:21],
    "calls to be made now": board.calls_now(NOW).order_by(*board.BY_URGENCY)[:51],
    "calls to be made now, from a cursor on": board.calls_now(NOW)
    .filter(urgency__gte=1, due_at__gte=NOW)
    .order_by(*board.BY_URGENCY)[:51],
    "calls for later": board.calls_later(NOW).order_by(*board.BY_TIME)[:51],
    "a shop's last calls": Call.objects.filter(~IS_OPEN, seller_ref="S").order_by("-id")[:10],
    "the call that waits for a trouble": Call.objects.filter(IS_OPEN, trouble=1),
    "refunds that nobody has confirmed": board.unconfirmed_remedies()[:1000],
    "agreements that are over": Proposal.objects.filter(WAS_AGREED).order_by("due_at", "id")[:21],
    "a buyer's past": history.newest(buyer_ref="B")[:101],
    "a seller's past": history.newest(seller_ref="S")[:101],
    "a buyer's newest orders": Order.objects.filter(buyer="B").order_by("-ordered_at", "-ref")[:10],
}


@pytest.mark.parametrize("what", QUERIES)
def test_no_list_scans_or_sorts(what: str) -> None:
    found = plan(QUERIES[what].all())

    assert not re.search(r"TEMP B-TREE|\bSort\b|Seq Scan|^\d* ?SCAN \w+$", found, re.M), found
    assert re.search("index", found, re.I), found


def test_a_planted_sort_is_found() -> None:
    assert re.search(r"TEMP B-TREE|\bSort\b", plan(Thread.objects.filter(seller_ref="S").order_by("last_at")))
