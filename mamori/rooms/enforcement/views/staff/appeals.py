"""A reviewer's decisions about an appeal, each on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.appealforms import EndedOutcomeForm, MoneyOutcomeForm, OutcomeForm
from mamori.rooms.enforcement.decisions.appeals import decision_of
from mamori.rooms.enforcement.queries.appeal import AppealShown, appeal_of
from mamori.rooms.enforcement.rules.bounds import DECIDERS


@open_to(*DECIDERS)
def decision(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions of a reviewer.

    :raises NotThere: when there is no such thing, or no such appeal.
    """

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
        form=_outcome(page) if slug == "decide" else None,
        initial=_initial,
        refused=(NotThere,),
    )


def _outcome(page: AppealShown) -> Callable[..., HouseForm]:
    """Return the form for what can be decided: yen that go back, or what becomes of the measure where it still stands."""
    if page.is_of_money:
        return MoneyOutcomeForm
    return OutcomeForm if page.stands else EndedOutcomeForm


def _initial(page: AppealShown) -> Mapping[str, Any]:
    return {"version": page.version}
