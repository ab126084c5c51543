"""A formal notice on the desk: its kind and dates, and its words only once a party has shown them, each look recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.matters.page import MatterPage, PagePart, Section
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.contact import actions, formally
from mamori.rooms.contact.attached import formal_files
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle.formal import FORMAL, FormalState
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries import formal as formals
from mamori.rooms.contact.queries.bought import bought
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import Back, case_of


def formal_panel(request: Visit, case: CaseFact, formal: Formal) -> MatterPage:
    """Return the part of the case page for a notice: kind, dates and state, never words."""
    shown = {
        "case": case,
        "formal": formal,
        "title": formally.declared(formal).title,
        "state": FORMAL.states[FormalState(formal.state)],
        "answer": formals.answer_clock(formal),
        "counted": formals.reckoned_of(formal),
        "bought": bought(market.order(formal.order_ref)),
        "may_hear": request.presence.role in TAKERS and formal.closed_at is None,
    }
    return MatterPage(
        sections=(
            Section(part=PagePart.FACTS, template="contact/staff/formal.html", shown=shown),
            Section(part=PagePart.DEEDS, template="contact/staff/formal_deeds.html", shown=shown),
        )
    )


@open_to(*STAFF)
def words(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show a notice's words once a party has shown them: a POST records the look and shows them once.

    :raises NothingHere: when there is no such notice.
    """
    case = case_of(number)
    formal = formals.behind(case)
    if formal is None:
        raise NothingHere()
    shown: dict[str, Any] = {"case": case, "formal": formal, "back": Back(case_page).to(case.number)}
    shown["title"] = formally.declared(formal).title
    status = 200
    if request.method == "POST":
        try:
            shown["said"], shown["replies"] = actions.look_formal(hand_of(request), formal=formal.pk)
            shown |= {"looked": True, "files": formal_files(hand_of(request), formal)}
        except Refusal as refusal:
            shown["refusal"], status = refusal, refusal.status
    answer = render(request, "contact/staff/formal_words.html", shown, status=status)
    add_never_cache_headers(answer)
    return answer
