"""A reviewer's decisions about an appeal: made on its page, and sent here, where what was refused comes back beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse

from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.appealforms import form_for
from mamori.rooms.enforcement.decisions.appeals import decision_of
from mamori.rooms.enforcement.queries.appeal import AppealShown, appeal_of
from mamori.rooms.enforcement.rules.bounds import DECIDERS
from mamori.rooms.enforcement.views.staff.panel import of_appeal


@open_to(*DECIDERS)
def decision(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions of a reviewer."""

    def show() -> AppealShown:
        return appeal_of(hand_of(request), number)

    page = show()
    made = decision_of(slug, page)
    if made is None:
        raise NotThere()
    return decide(
        request,
        made,
        page,
        again=show,
        key=page.id,
        back=case_page.format(number=number),
        template="enforcement/staff/appeal_decision.html",
        beside=partial(of_appeal, hand_of(request), case_page=case_page),
        form=form_for(page, made),
        initial=_initial,
        refused=(NotThere,),
    )


def _initial(page: AppealShown) -> Mapping[str, Any]:
    return {"version": page.version}
