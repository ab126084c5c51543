"""A formal notice on the desk: its kind and dates, and its words only once a party has shown them, each look recorded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

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
from mamori.rooms.contact.views.staff.cases import case_of
from mamori.rooms.contact.views.staff.private import private_matter


def formal_panel(request: Visit, case: CaseFact, formal: Formal, **read: Any) -> MatterPage:
    """Return the page of a notice: kind, dates and state, and its words only where they were `read` just now."""
    shown = {
        "case": case,
        "formal": formal,
        "title": formally.declared(formal).title,
        "state": FORMAL.states[FormalState(formal.state)],
        "answer": formals.answer_clock(formal),
        "counted": formals.reckoned_of(formal),
        "bought": bought(market.order(formal.order_ref)),
        "may_hear": request.presence.role in TAKERS and formal.closed_at is None,
        "number": case.number,
    } | read
    parts = {PagePart.FILE: "formal_words", PagePart.FACTS: "formal", PagePart.DEEDS: "formal_deeds"}
    return MatterPage(
        sections=tuple(
            Section(part=part, template=f"contact/staff/{name}.html", shown=shown)
            for part, name in parts.items()
        )
    )


@open_to(*STAFF)
def words(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show a notice with its words, once, after a POST where a party has shown them; record the look."""
    case = case_of(number)
    formal = formals.behind(case)
    if formal is None:
        raise NothingHere()
    read: dict[str, Any] = {}
    if request.method == "POST":
        try:
            said, replies = actions.look_formal(hand_of(request), formal=formal.pk)
            files = formal_files(hand_of(request), formal)
            read = {"looked": True, "said": said, "replies": replies, "files": files}
        except Refusal as refusal:
            read = {"refusal": refusal}
    status = read["refusal"].status if "refusal" in read else 200
    page, title = formal_panel(request, case, formal, **read), formally.declared(formal).title
    return private_matter(request, page, title, number=case.number, case_page=case_page, status=status)
