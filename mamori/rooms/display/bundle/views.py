"""What a seller showed when somebody ordered, to be taken away as PDF/A-3: for the buyer, the seller and staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from mamori.ground.market.facts import OrderFact
from mamori.ground.web import papers
from mamori.ground.web.operator import operator
from mamori.ground.web.papers import FileInside
from mamori.ground.web.signs import Visit
from mamori.rooms.display.bundle.queries import bundle, paper
from mamori.rooms.display.endpoints import NoDisplay


def bundle_pdf(request: Visit, found: OrderFact, *, with_screen: bool) -> HttpResponse:
    """Return what was displayed for an order, to be saved; the caller answers for the right to it."""
    at = request.received_at
    one = bundle(found, at=at, with_screen=with_screen)
    if one is None:
        raise NoDisplay
    page = request.build_absolute_uri(reverse("public:receipts"))
    files = (
        FileInside(
            name="seen.json",
            content=one.seen,
            relationship="data",
            description="The exact data of this paper",
        ),
        FileInside(
            name="receipts.json",
            content=one.receipts,
            relationship="supplement",
            description="The receipts of this paper, for mamori_verify.py",
        ),
    )
    whole = paper(one, operator=operator(at).name, page=page)
    return papers.answer(whole, at=at, name=f"display-{found.ref}", files=files)
