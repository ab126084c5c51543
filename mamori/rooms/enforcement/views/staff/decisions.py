"""One page for each decision of staff: one form and one button, and beside them what is alleged and what the policy answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.http import HttpResponse

from mamori.grammar.hand import STAFF, Hand
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.decisions.findings import BY_SLUG, DecisionShown
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.views.files import ready
from mamori.rooms.enforcement.views.staff.asking import form_for, initial
from mamori.rooms.enforcement.views.staff.panel import of_finding


@open_to(*STAFF)
def decision(request: Visit, number: str, slug: str, case_page: str, measure: int = 0) -> HttpResponse:
    """Show or make one of the decisions of staff about a finding or a measure."""
    made = BY_SLUG.get(slug)
    if made is None or (made.key == "measure") != bool(measure):
        raise NotThere()

    def show() -> DecisionShown:
        return _shown(request, number, measure)

    shown = show()
    return decide(
        request,
        made,
        shown,
        again=show,
        key=measure or shown.matter.id,
        back=case_page.format(number=number),
        template="enforcement/staff/decision.html",
        beside=lambda about: of_finding(about.hand, about.matter, case_page=case_page),
        form=form_for(shown, made),
        initial=initial,
        prepare=partial(_with_files, shown.matter.seller_ref),
        refused=(NotThere,),
    )


def _shown(request: Visit, number: str, measure: int) -> DecisionShown:
    """Return what is decided about."""
    hand = hand_of(request)
    matter = matter_of(hand, number)
    about = next((one for one in matter.measures if one.id == measure), None)
    if measure and about is None:
        raise NotThere()
    return DecisionShown(hand=hand, matter=matter, measure=about)


@contextmanager
def _with_files(seller_ref: str, hand: Hand, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make the files that were brought ready before the act begins."""
    if "attached" not in given:
        yield given
        return
    with ready(hand, seller_ref, given["attached"]) as files:
        yield {"ready": files, "version": given["version"]}
