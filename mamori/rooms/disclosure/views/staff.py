"""Pages of staff: the part of a case's page, its decisions, what came by letter, the letter that goes out, the procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import STAFF
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseFact, Wish
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to, takes
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.disclosure.decisions.staff import (
    AGREE,
    BY_SLUG,
    COMPLETE,
    DECISIONS,
    ENTER,
    HEARD,
    PROPOSE,
)
from mamori.rooms.disclosure.lists import REQUESTS
from mamori.rooms.disclosure.queries import requests as queries
from mamori.rooms.disclosure.queries.access import NoSuchInfoRequest, about
from mamori.rooms.disclosure.queries.requests import InfoRequestShown
from mamori.rooms.disclosure.rules.letter import letter
from mamori.rooms.disclosure.views.forms import CameForm, EnterForm, HeardForm, ProposeForm
from mamori.rooms.disclosure.views.letters import letter_of
from mamori.rooms.display import facts as display

OTHER_CASES = 5


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page: elements with evidence, what was bought and shown, the view, what can be done."""
    hand = hand_of(request)
    page = queries.behind_case(hand, case.number)
    slug = request.GET.get("done", "")
    return MatterPage(
        sections=_sections(page, case_page=case_page),
        offers=offers(
            DECISIONS,
            page,
            hand.role,
            partial(_address, case.number),
            form=partial(_form, page),
            initial=_initial(page),
        ),
        done=just_done(hand, about(page.number), BY_SLUG[slug].done if slug in BY_SLUG else None),
    )


def _sections(page: InfoRequestShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of a request, on its page and beside each decision on it."""
    orders = [one for one in map(market.order, page.orders) if one]
    near = [
        one
        for order in orders
        for one in cases.view(Wish(order_ref=order.ref), limit=OTHER_CASES).cases
        if one.number != page.case
    ]
    shown = {
        "page": page,
        "orders": [(one, display.seen_version(one)) for one in orders],
        "near": [(one, case_page.format(number=one.number)) for one in near],
        "letter": letter(page.findings),
    }
    return sections("disclosure/staff/request", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), shown)


def _address(number: str, slug: str) -> str:
    if slug == AGREE.slug:
        return reverse("disclosure_staff:agree", args=(number,))
    return reverse("disclosure_staff:duty", args=(number, slug))


@open_to(*STAFF)
def duty(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions of staff about a request, but for the one that needs a fresh proof."""
    if slug == AGREE.slug:
        raise NoSuchInfoRequest
    return _decide(request, number, slug, case_page)


@open_to(*AGREE.roles, step_up=AGREE.step_up)
def agree(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Agree to what another person proposed; whoever does has proven itself just before."""
    return _decide(request, number, AGREE.slug, case_page)


def _decide(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    decision, hand = BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchInfoRequest
    page = queries.behind_case(hand, number)
    return decide(
        request,
        decision,
        page,
        again=lambda: queries.behind_case(hand, number),
        key=page.number,
        back=case_page.format(number=number),
        template="disclosure/staff/duty.html",
        beside=partial(_sections, case_page=case_page),
        form=_form(page, decision),
        initial=_initial,
        refused=(NoSuchInfoRequest,),
    )


def _form(page: InfoRequestShown, decision: Decision[InfoRequestShown]) -> Callable[..., HouseForm]:
    """Return what a decision asks: of what came later, only what the request does not say yet; each item that is at stake."""
    if decision is COMPLETE:
        return partial(CameForm, known=page.known)
    of_page = {HEARD.slug: HeardForm, PROPOSE.slug: ProposeForm}.get(decision.slug)
    return partial(of_page, page=page) if of_page else by_verb(decision)


def _initial(page: InfoRequestShown) -> Mapping[str, Any]:
    known = page.known
    return {
        "version": page.version,
        "identity": known.identity,
        "authority": known.authority,
        "signed": known.signed,
        "is_minor": known.is_minor,
        "searched": known.searched,
        "elsewhere": any(not one.on_site for one in known.orders),
        "by_operator": any(one.by_operator for one in known.orders),
        "assigned": known.assigned,
    }


@open_to(*STAFF)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every request, the newest first."""
    return show(request, REQUESTS, case_page=case_page, template="disclosure/staff/listed.html")


@open_to(*STAFF)
def enter(request: Visit, case_page: str) -> HttpResponse:
    """Enter a request as it came by letter, mail or on the agency's form."""
    del case_page
    return decide(
        request,
        ENTER,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:listed"),
        template="disclosure/staff/enter.html",
        form=EnterForm,
        flash=True,
    )


@open_to(*STAFF)
@takes("POST")
def paper(request: Visit, number: str, case_page: str) -> HttpResponse:
    """Give staff the decision as a PDF, to send it by letter."""
    del case_page
    return letter_of(request, queries.behind_case(hand_of(request), number).number)
