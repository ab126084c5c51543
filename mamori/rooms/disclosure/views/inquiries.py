"""Pages on which leads and counsel enter inquiries and decide on them, and the table by which everybody routes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import INSIDE, Hand
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.inputs import inputs_of
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.calendar import JAPAN
from mamori.law.inquiries import INQUIRIES
from mamori.law.kept import listed as in_words
from mamori.rooms.disclosure.decisions import inquiries as decisions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.lists import INQUIRY_LIST
from mamori.rooms.disclosure.queries import inquiries as queries
from mamori.rooms.disclosure.queries.inquiries import InquiryShown, NoSuchInquiry
from mamori.rooms.disclosure.rules.inquiries import deciders_of
from mamori.rooms.disclosure.views.inquiryforms import CorrectForm, EnterInquiryForm, OfferForm, written_in


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every inquiry, the newest first, with how many came this year: the register, which can be saved as a table."""
    now = request.received_at.astimezone(JAPAN)
    year = now.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    more = {"year": now.year, "counts": queries.counted(year, now)}
    template = "disclosure/staff/inquiries.html"
    return show(request, INQUIRY_LIST, case_page=case_page, template=template, more=more)


@open_to(*INSIDE)
def table(request: Visit, case_page: str) -> HttpResponse:
    """Show everybody of the operator which inquiry rests on what, who decides, and what may never be given on it."""
    del case_page
    kinds = [
        (kind, rule, deciders_of(kind), in_words(rule.may), in_words(rule.never))
        for kind, rule in INQUIRIES.items()
    ]
    return render(request, "disclosure/staff/inquiry_table.html", {"kinds": kinds})


@open_to(*DECIDERS)
def enter(request: Visit, case_page: str) -> HttpResponse:
    """Enter an inquiry as it came."""
    del case_page
    return decide(
        request,
        decisions.ENTER,
        None,
        again=lambda: None,
        key="",
        back=reverse("disclosure_staff:inquiries"),
        template="disclosure/staff/inquiry_enter.html",
        form=EnterInquiryForm,
        flash=True,
    )


@open_to(*DECIDERS)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an inquiry, what may be given on its ground and what never, and what can be decided."""
    del case_page
    hand = hand_of(request)
    shown = queries.inquiry_of(hand, number)
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            decisions.DECISIONS,
            shown,
            hand.role,
            partial(_address, number),
            form=partial(_form, shown),
            initial=written_in(shown),
        ),
        done=_done(hand, shown, request.GET.get("done", "")),
    )
    frame = MatterFrame(
        title=shown.rule.title,
        named=shown.said.by,
        ref=shown.said.paper,
        back=reverse("disclosure_staff:inquiries"),
        back_text=Text("照会の一覧", "All inquiries"),
    )
    return show_matter(request, page, frame)


def _sections(shown: InquiryShown) -> tuple[Section, ...]:
    """Return what is shown of an inquiry, on its page and beside each decision on it."""
    return sections("disclosure/staff/inquiry", (PagePart.FACTS, PagePart.HISTORY), {"page": shown})


def _done(hand: Hand, shown: InquiryShown, slug: str) -> Text | None:
    """Return what this hand did last, where the address claims it."""
    mine = [act.verb for act in shown.past if act.hand == hand.by]
    decision = decisions.BY_SLUG.get(slug)
    return decision.done.get(mine[-1]) if decision and mine else None


def _address(number: int, slug: str) -> str:
    if slug == decisions.AGREE.slug:
        return reverse("disclosure_staff:inquiry-agree", args=(number,))
    return reverse("disclosure_staff:inquiry-duty", args=(number, slug))


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an inquiry, but for the one that needs a fresh proof."""
    del case_page
    if slug == decisions.AGREE.slug:
        raise NoSuchInquiry
    return _decide(request, number, slug)


@open_to(*DECIDERS, step_up=decisions.AGREE.step_up)
def agree(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Agree to what is proposed; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, decisions.AGREE.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchInquiry
    shown = queries.inquiry_of(hand, number)
    return decide(
        request,
        decision,
        shown,
        again=lambda: queries.inquiry_of(hand, number),
        key=number,
        back=reverse("disclosure_staff:inquiry", args=(number,)),
        template="disclosure/staff/inquiry_duty.html",
        beside=_sections,
        form=_form(shown, decision),
        initial=written_in,
        refused=(NoSuchInquiry,),
    )


def _form(shown: InquiryShown, decision: Decision[InquiryShown]) -> Callable[..., HouseForm]:
    """Return what a decision asks: the whole paper where it is corrected, what may be given where it is offered."""
    if decision is decisions.CORRECT:
        return CorrectForm
    if decision is decisions.OFFER:
        _, why = inputs_of(decision.verb)["reason"]
        return partial(OfferForm, may=shown.within, why=why.label)
    return by_verb(decision)
