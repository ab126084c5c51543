"""The decision as an accessible PDF with its number and receipt, for who asked and for staff who send it by letter."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpResponse

from mamori.ground.post import facts as post
from mamori.ground.web.operator import operator
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.disclosure import actions
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.paper import paper_of

SOURCE = Path(__file__).parents[1] / "templates" / "disclosure" / "letter.typ"
STANDARDS = ("a-3a", "ua-1")


def letter_of(request: Visit, number: int) -> HttpResponse:
    """Return the letter of a request that was decided; where something was disclosed that is recorded, so it is a POST."""
    hand, at = hand_of(request), request.received_at
    page = queries.request_of(hand, number)
    if page.decided_at is None:
        raise actions.NoSuchInfoRequest
    given = actions.receive(hand, request=number, how="paper") if page.is_given else {}
    made = post.typeset(
        SOURCE,
        {"paper": paper_of(page, given, operator=operator(at).name)},
        at=at,
        standards=STANDARDS,
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="decision-{page.case}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
