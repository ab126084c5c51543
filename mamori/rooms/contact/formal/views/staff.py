"""Formal notices on the desk: read once a party has shown them; taken down from a caller and called settled, read out first."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse

from mamori.grammar.actor import STAFF
from mamori.grammar.formal import Sold
from mamori.grammar.refusal import Refusal
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.matters.page import MatterPage, PagePart, Section
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import language, localized
from mamori.japan.calendar import JAPAN
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import actions
from mamori.rooms.contact.attached import formal_files
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries as formals, records
from mamori.rooms.contact.formal.forms import CallerNoticeForm
from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.formal.rules import explained
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.history import bought
from mamori.rooms.contact.views.staff import told as replies
from mamori.rooms.contact.views.staff.callers import TAKERS, helper, taken_address
from mamori.rooms.contact.views.staff.cases import case_of, private, private_matter, read_back


def formal_panel(request: Visit, case: CaseFact, formal: Formal, **read: Any) -> MatterPage:
    """Return the page of a notice: kind, dates and state, and its words only where they were `read` just now."""
    shown = {
        "case": case,
        "formal": formal,
        "title": records.declared(formal).title,
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
def read(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Show a notice with its words, once, after a POST where a party has shown them; record the look."""
    case = case_of(number)
    formal = formals.behind(case)
    if formal is None:
        raise NothingHere()
    read: dict[str, Any] = {}
    if request.method == "POST":
        try:
            said, replies = actions.look_formal(actor_of(request), formal=formal.pk)
            files = formal_files(actor_of(request), formal)
            read = {"looked": True, "said": said, "replies": replies, "files": files}
        except Refusal as refusal:
            read = {"refusal": refusal}
    status = read["refusal"].status if "refusal" in read else 200
    page, title = formal_panel(request, case, formal, **read), records.declared(formal).title
    return private_matter(request, page, title, number=case.number, case_page=case_page, status=status)


def notice(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take down what a caller declares, show its exact text to be read out, and send what was confirmed."""
    found = actions.the_check(actor_of(request), check)
    today = request.received_at.astimezone(JAPAN).date()
    order = market.order(found.order_ref) if found.order_ref else None
    form = CallerNoticeForm(request.POST if request.method == "POST" else None, today=today, order=order)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if request.POST.get("step") == "change":
            status = 200
        else:
            try:
                return _read_out(request, check, form)
            except Refusal as refusal:
                form.add_error(None, localized(refusal.sentence))
                status = refusal.status
    sold = records.sold(order.seller_ref, order) if order else Sold()
    told_about = [explained(one, sold) for one in FORMAL_NOTICES]
    shown = {"form": form, "check": check, "order": found.order_ref, "notices": told_about}
    return private(request, "caller_notice", shown, status)


def _read_out(request: Visit, check: str, form: CallerNoticeForm) -> HttpResponse:
    actor = actor_of(request)
    what: dict[str, Any] = {"check": check, "declared": form.declared, "lang": language()}

    def send(confirmed: str) -> str:
        may_read = form.cleaned_data["may_read"]
        formal = actions.send_formal_for_caller(actor, read_back=confirmed, may_read=may_read, **what)
        return taken_address(records.number_of(formal))

    text = partial(actions.text_for_caller, actor, **what)
    return read_back(request, "caller_notice_read", {"check": check}, text=text, take=send)


def settled(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Show the words to be read out of the settled `?notice=`, and take what was confirmed."""
    actor, number = actor_of(request), request.GET.get("notice", "")[:64]
    actions.the_check(actor, check)
    what: dict[str, Any] = {"check": check, "formal": formals.formal_of(actor, number).pk, "lang": language()}

    def settle(confirmed: str) -> str:
        actions.settle_formal_for_caller(actor, read_back=confirmed, **what)
        return taken_address(number)

    text = partial(actions.settling_for_caller, actor, **what)
    return read_back(request, "caller_settled", {"check": check}, text=text, take=settle)


BY_SLUG = {"proposal": replies.proposal, "helper": helper, "notice": notice, "settled": settled}


@open_to(*TAKERS)
def heard(request: Visit, check: str, slug: str, case_page: str) -> HttpResponse:
    """Take down one of the things beside words that a caller who was checked may say."""
    if slug not in BY_SLUG:
        raise NothingHere()
    return BY_SLUG[slug](request, check, case_page)
