"""The record of a conversation as PDF/A-3, to be shown to a consumer centre: for its buyer and whom the buyer lets read it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from mamori.grammar.hand import Hand, Role
from mamori.ground.web import papers
from mamori.ground.web.access import open_to
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact.queries.paper import paper
from mamori.rooms.contact.views.buyer import READERS


@open_to(*READERS)
def saved(request: Visit, number: str) -> HttpResponse:
    """Give the record to its buyer, or as much of it as the page shows to whoever helps."""
    return _file(hand_of(request), number)


def record_pdf(*, buyer: str, number: str, at: datetime) -> HttpResponse:
    """Return the record of a conversation as its buyer sees it at that moment, to be saved; the caller answers for the right.

    `buyer` is the marketplace's reference of the buyer (`B-1`), `number` the case number as it is shown.
    """
    return _file(Hand(by=f"buyer:{buyer}", role=Role.BUYER, at=at, via="record"), number)


def _file(hand: Hand, number: str) -> HttpResponse:
    whole = paper(hand, number, operator=operator(hand.at).name)
    return papers.answer(whole, at=hand.at, name=f"record-{whole['foot']}")
