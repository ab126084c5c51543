"""Lists of staff: a seller's record, what the marketplace has not confirmed; and a new finding."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import STAFF, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market import facts as market
from mamori.ground.web.access import open_to
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.versions import renew
from mamori.ground.web.wording import told
from mamori.rooms.enforcement import actions, facts, lists
from mamori.rooms.enforcement.forms import FindForm
from mamori.rooms.enforcement.intake import AlreadyFound
from mamori.rooms.enforcement.kinds import FINDING_CASE
from mamori.rooms.enforcement.rules.bounds import DECIDERS
from mamori.rooms.enforcement.rules.reasons import Source
from mamori.rooms.enforcement.subject import Subject
from mamori.rooms.identity import facts as identity


@open_to(*lists.APPEALS.roles)
def appeals(request: Visit, case_page: str) -> HttpResponse:
    """Show the appeals that wait for their outcome, due first."""
    return show(request, lists.APPEALS, case_page=case_page)


@open_to(*lists.WAITING.roles)
def waiting(request: Visit, case_page: str) -> HttpResponse:
    """Show the measures and liftings that the marketplace has not confirmed, the oldest first."""
    more = {"is_lead": hand_of(request).role in DECIDERS}
    return show(
        request, lists.WAITING, case_page=case_page, template="enforcement/staff/waiting.html", more=more
    )


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show a seller's record: points, measures, what was told of it; to counsel alone that it is protected."""
    known = market.seller(ref)
    shown = {
        "ref": ref,
        "told": known.contact if known and not known.erased else None,
        "protected": known is not None and known.contact.protected and hand_of(request).role is Role.COUNSEL,
        "record": facts.record(ref, at=request.received_at),
        "identity": identity.identity(ref, at=request.received_at),
        "cases": [
            (one, FINDING_CASE.topic(one.title), case_page.format(number=one.number))
            for one in cases.cases_of(abouts=facts.abouts_of(ref)).values()
        ],
    }
    return render(request, "enforcement/staff/seller.html", shown)


@open_to(*STAFF)
def find(request: Visit, case_page: str) -> HttpResponse:
    """Take in a finding that a member of staff made."""
    if request.method != "POST":
        first = {"seller": request.GET.get("seller", "")[:64], "origin": uuid.uuid4().hex}
        return _form(request, FindForm(initial=first))
    form = FindForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    given = form.cleaned_data
    try:
        finding = actions.find(
            hand_of(request),
            breach=given["breach"],
            severity=Severity(given["severity"]),
            harm=Reach(given["harm"]),
            subject=Subject(
                seller=given["seller"],
                listing=given["listing"],
                review=given["review"],
                order=given["order"],
                category=given["category"],
            ),
            facts=(Text(given["facts"], given["facts_en"] or given["facts"]),),
            origin=f"staff:{given['origin']}",
            source=Source.STAFF,
            found_at=given["found_at"],
        )
    except Refusal as refusal:
        if isinstance(refusal, AlreadyFound):
            renew(form, "origin", uuid.uuid4().hex)
        form.add_error(None, told(refusal.sentence))
        return _form(request, form, status=refusal.status)
    number = cases.case_of(f"enforcement.finding:{finding}").number
    return HttpResponseRedirect(f"{case_page.format(number=number)}?done=found")


def _form(request: Visit, form: FindForm, *, status: int = 200) -> HttpResponse:
    return render(request, "enforcement/staff/find.html", {"form": form}, status=status)
