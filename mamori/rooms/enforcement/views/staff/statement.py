"""A statement of reasons to take along: the fields of the EU's schema, exactly as they were sealed with what was sent."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from mamori.grammar.hand import STAFF
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.queries.matter import matter_of


@open_to(*STAFF)
def statement(request: Visit, number: str, measure: int, case_page: str) -> HttpResponse:
    """Hand out the statement of a measure as JSON in the fields of Regulation (EU) 2022/2065's transparency database.

    :raises NotThere: when there is no such measure, or its statement was erased with the seller's key.
    """
    del case_page
    matter = matter_of(hand_of(request), number)
    given = next((one.statement for one in matter.measures if one.id == measure), None)
    if given is None:
        raise NotThere()
    answer = JsonResponse(given.dsa, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="statement-{number}-{measure}.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer
