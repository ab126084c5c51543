"""What a seller showed when somebody ordered, to be taken away as PDF/A-3: for the buyer, the seller and staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Role
from mamori.ground.market.facts import OrderFact
from mamori.ground.web import papers
from mamori.ground.web.access import STAFF, open_to
from mamori.ground.web.operator import operator
from mamori.ground.web.papers import FileInside
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.display.bundle.queries import bundle, paper
from mamori.rooms.display.endpoints import NoDisplay, any_order, own_order


@open_to(Role.BUYER, *SELLERS)
def of_own(request: Visit, order: str) -> HttpResponse:
    """Give it to the buyer of an order, and to its seller."""
    actor = actor_of(request)
    found = own_order(actor, order)
    return bundle_pdf(request, found, with_screen=actor.whose == f"buyer:{found.buyer_ref}")


@open_to(*STAFF)
def of_any(request: Visit, order: str, case_page: str) -> HttpResponse:
    """Give it to staff."""
    del case_page
    return bundle_pdf(request, any_order(order), with_screen=False)


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
