"""Formal notices on the desk: read once a party has shown them; taken down from a caller and called settled, read out first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mamori.grammar.formal import Sold
from mamori.grammar.hand import STAFF
from mamori.grammar.refusal import Refusal
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.matters.page import MatterPage, PagePart, Section
from mamori.ground.web.access import open_to
from mamori.ground.web.once import form_key, new_token, once
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import language, told
from mamori.japan.calendar import JAPAN
from mamori.law.formal import FORMAL_NOTICES
from mamori.rooms.contact import actions, words
from mamori.rooms.contact.actions.callers import NotReadBack
from mamori.rooms.contact.attached import formal_files
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.formal import queries as formals
from mamori.rooms.contact.formal import records
from mamori.rooms.contact.formal.forms import CallerNoticeForm
from mamori.rooms.contact.formal.lifecycle import FORMAL, FormalState
from mamori.rooms.contact.formal.queries import formal_of
from mamori.rooms.contact.formal.rules import explained
from mamori.rooms.contact.models import Formal
from mamori.rooms.contact.queries.bought import bought
from mamori.rooms.contact.views.staff.callers import TAKERS
from mamori.rooms.contact.views.staff.cases import case_of
from mamori.rooms.contact.views.staff.private import private, private_matter


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
            said, replies = actions.look_formal(hand_of(request), formal=formal.pk)
            files = formal_files(hand_of(request), formal)
            read = {"looked": True, "said": said, "replies": replies, "files": files}
        except Refusal as refusal:
            read = {"refusal": refusal}
    status = read["refusal"].status if "refusal" in read else 200
    page, title = formal_panel(request, case, formal, **read), records.declared(formal).title
    return private_matter(request, page, title, number=case.number, case_page=case_page, status=status)


OURS = frozenset({"csrfmiddlewaretoken", "token", "text", "step", "read_back"})
"""What the pages fill in themselves; what the agent took down is carried from the one to the other."""


@open_to(*TAKERS)
def notice(request: Visit, check: str, case_page: str) -> HttpResponse:
    """Take down what a caller declares, show its exact text to be read out, and send what was confirmed."""
    found = actions.the_check(hand_of(request), check)
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
                form.add_error(None, told(refusal.sentence))
                status = refusal.status
    sold = records.sold(order.seller_ref, order) if order else Sold()
    told_about = [explained(one, sold) for one in FORMAL_NOTICES]
    shown = {"form": form, "check": check, "order": found.order_ref, "notices": told_about}
    return private(request, "caller_notice", shown, status)


def _read_out(request: Visit, check: str, form: CallerNoticeForm) -> HttpResponse:
    """Show the text to be read out, or send it where it was confirmed as it stands.

    :raises Refusal: as the actions do.
    """
    hand, lang, refusal = hand_of(request), language(), None
    text = actions.text_for_caller(hand, check=check, declared=form.declared, lang=lang)
    if request.POST.get("step") == "send":

        def do() -> str:
            formal = actions.send_formal_for_caller(
                hand,
                check=check,
                declared=form.declared,
                lang=lang,
                read_back=request.POST.get("text", "") if request.POST.get("read_back") else "",
                may_read=form.cleaned_data["may_read"],
            )
            return reverse("contact_staff:taken", args=(records.number_of(formal),))

        try:
            return HttpResponseRedirect(once(hand, form_key(request), do))
        except NotReadBack as refused:
            refusal = refused
    shown: dict[str, object] = {
        "check": check,
        "text": text,
        "digest": words.digest(text),
        "refusal": refusal,
        "fields": [(name, one) for name, all_ in request.POST.lists() if name not in OURS for one in all_],
        "token": request.POST.get("token") or new_token(),
    }
    return private(request, "caller_notice_read", shown, refusal.status if refusal else 200)


@open_to(*TAKERS)
def settled(request: Visit, check: str, number: str, case_page: str) -> HttpResponse:
    """Show the words to be read out, and take what was confirmed."""
    hand, lang, refusal = hand_of(request), language(), None
    actions.the_check(hand, check)
    formal = formal_of(hand, number).pk
    token = request.POST.get("token") or new_token()
    if request.method == "POST":

        def do() -> str:
            actions.settle_formal_for_caller(
                hand,
                check=check,
                formal=formal,
                lang=lang,
                read_back=request.POST.get("text", "") if request.POST.get("read_back") else "",
            )
            return reverse("contact_staff:taken", args=(number,))

        try:
            return HttpResponseRedirect(once(hand, token, do))
        except NotReadBack as refused:
            refusal = refused
    text = actions.settling_for_caller(hand, check=check, formal=formal, lang=lang)
    shown = {"check": check, "text": text, "digest": words.digest(text), "refusal": refusal, "token": token}
    return private(request, "caller_settled", shown, refusal.status if refusal else 200)
