"""The pages for counsellors of consumer centres: the door, what they asked, and the papers that a consumer allows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from mamori.grammar.hand import Hand, Role
from mamori.ground.matters.decision import just_done
from mamori.ground.people import actions as people
from mamori.ground.people.facts import CODES, CODES_FOR_ONE
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import EVERYONE, open_to, takes
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm, WordsField
from mamori.ground.web.signing.origin import neighbourhood
from mamori.ground.web.signing.visitors import come_by_button
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import said
from mamori.law.counselling import COUNSELLOR_ANSWER, ConsentGiven, ConsentLasts, ConsentTo
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.counselling import decisions
from mamori.rooms.complaints.counselling.inputs import MOST
from mamori.rooms.complaints.counselling.queries import consultations as queries
from mamori.rooms.complaints.counselling.queries import counsellors
from mamori.rooms.complaints.counselling.queries.consultations import (
    ConsultationShown,
    NoSuchConsultation,
    about_consultation,
)
from mamori.rooms.complaints.counselling.queries.counsellors import CounsellorOver
from mamori.rooms.complaints.counselling.rules import ConsultationTold
from mamori.rooms.complaints.views.forms import choice_of
from mamori.rooms.contact.facts import threads_of_order
from mamori.rooms.contact.views.record import record_pdf
from mamori.rooms.display.facts import seen_version
from mamori.rooms.display.views.bundle import bundle_pdf


class CentreMailForm(HouseForm):
    """Where a link is sent."""

    mail = forms.EmailField(
        label=said("センターのメールアドレス", "Your mail address at the centre"), max_length=254
    )


class ConsultForm(HouseForm):
    """For whom, about which order, what is asked, and what the consumer allows."""

    consumer = forms.CharField(label=said("相談者のお名前", "The consumer's name"), max_length=100)
    order = forms.CharField(
        label=said("注文番号（わかるとき）", "Order number, if it is known"),
        help_text=said(
            "注文番号があると、ご本人に確かめたうえで、注文のときの表示ややり取りの資料を渡せます。",
            "With it the papers of that order can be handed over once the consumer has confirmed it.",
        ),
        max_length=64,
        required=False,
    )
    words = WordsField(
        label=said("相談の内容と、運営者に求めること", "What it is about, and what the operator should do"),
        most=MOST,
        rows=8,
    )
    consent = choice_of(said("ご本人が同意したこと", "What the consumer agreed to"), ConsentTo)
    given = choice_of(said("どのように同意を得たか", "How consent was given"), ConsentGiven)
    lasts = choice_of(said("いつまでの同意か", "Until when"), ConsentLasts)

    def clean(self) -> dict[str, Any]:
        """Return all of it as one value."""
        given = super().clean() or {}
        return {"told": ConsultationTold(**given)} if not self.errors else given


@contextmanager
def _counted(request: Visit, hand: Hand, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Count a link that is asked for: from one network, and for one address."""
    near = neighbourhood(request)
    people.count(CODES, near, at=request.taken_at)
    people.count(CODES_FOR_ONE, f"{near} counsellor:{given['mail'].lower()}", at=request.taken_at)
    yield given


@open_to(*EVERYONE)
@never_cache
def door(request: Visit) -> HttpResponse:
    """Lead a counsellor who may come in to their page; else mail a link, and say the same to everybody."""
    if counsellors.is_here(hand_of(request)):
        return HttpResponseRedirect(reverse("complaints_centres:mine"))
    return decide(
        request,
        decisions.ASK_LINK,
        request.GET.get("done", ""),
        again=str,
        back=reverse("complaints_centres:door"),
        template="complaints/centres/door.html",
        form=CentreMailForm,
        prepare=partial(_counted, request),
    )


@open_to(*EVERYONE)
@never_cache
def enter(request: Visit, token: str) -> HttpResponse:
    """Let a counsellor come in by the link that was mailed."""
    take = partial(actions.enter_centre, token=token, at=request.taken_at, request=request.number)
    return come_by_button(request, "complaints/centres/enter.html", take, reverse("complaints_centres:mine"))


@open_to(Role.COUNSELLOR)
def mine(request: Visit) -> HttpResponse:
    """List what a counsellor asked."""
    hand = hand_of(request)
    told = {"consultations": queries.own_consultations(hand)} | terms.filled(
        {"within": COUNSELLOR_ANSWER}, at=hand.at
    )
    return _drawn(request, "complaints/centres/mine.html", told)


@open_to(Role.COUNSELLOR)
def consult(request: Visit) -> HttpResponse:
    """Ask for a consumer."""
    found = queries.own_consultations(hand_of(request))
    answer = decide(
        request,
        decisions.CONSULT,
        found,
        again=lambda: found,
        back=reverse("complaints_centres:mine"),
        template="complaints/centres/consult.html",
        form=ConsultForm,
        flash=True,
        refused=(CounsellorOver,),
    )
    add_never_cache_headers(answer)
    return answer


@open_to(Role.COUNSELLOR)
def one(request: Visit, number: int) -> HttpResponse:
    """Show a counsellor what they asked, the answers, and which papers they may take."""
    hand = hand_of(request)
    shown = queries.consultation_of(hand, number)
    decision = decisions.BY_SLUG.get(request.GET.get("done", ""))
    page = {
        "page": shown,
        "done": just_done(hand, about_consultation(number), decision.done if decision else None),
        "can": [each for each in decisions.OF_COUNSELLOR if each.is_open_to(hand.role, shown)],
        "threads": _threads(shown) if shown.may_words else (),
        "has_display": shown.order is not None and shown.may_order and seen_version(shown.order) > 0,
    }
    return _drawn(request, "complaints/centres/one.html", page)


@open_to(Role.COUNSELLOR)
def act(request: Visit, number: int, slug: str) -> HttpResponse:
    """Let a counsellor write more, or end it."""
    decision, hand = {each.slug: each for each in decisions.OF_COUNSELLOR}.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchConsultation
    return decide(
        request,
        decision,
        queries.consultation_of(hand, number),
        again=partial(queries.consultation_of, hand, number),
        key=number,
        back=reverse("complaints_centres:one", args=(number,)),
        template="complaints/centres/act.html",
        form=by_verb(decision),
        initial=lambda page: {"version": page.version},
        refused=(NoSuchConsultation, CounsellorOver),
    )


@open_to(Role.COUNSELLOR)
@takes("POST")
def display(request: Visit, number: int) -> HttpResponse:
    """Hand over what the shop displayed when it was ordered; that it was taken is recorded."""
    hand = hand_of(request)
    shown = queries.consultation_of(hand, number)
    if shown.order is None or not shown.may_order:
        raise actions.ConsentAwaited
    paper = bundle_pdf(request, shown.order, with_screen=False)
    actions.take_bundle(hand, consultation=number, what=ConsentTo.ORDER)
    return paper


@open_to(Role.COUNSELLOR)
@takes("POST")
def record(request: Visit, number: int, thread: str) -> HttpResponse:
    """Hand over the record of a conversation about the order; that it was taken is recorded."""
    hand = hand_of(request)
    shown = queries.consultation_of(hand, number)
    if shown.order is None or not shown.may_words:
        raise actions.ConsentAwaited
    if thread not in _threads(shown):
        raise NoSuchConsultation
    paper = record_pdf(buyer=shown.order.buyer_ref, number=thread, at=hand.at)
    actions.take_bundle(hand, consultation=number, what=ConsentTo.WORDS)
    return paper


def _threads(shown: ConsultationShown) -> tuple[str, ...]:
    """Return the case numbers of what the consumer wrote about the order."""
    if shown.order is None:
        return ()
    return tuple(one.case for one in threads_of_order(shown.order.ref, shown.order.buyer_ref))


def _drawn(request: Visit, template: str, page: dict[str, Any]) -> HttpResponse:
    answer = render(request, template, page)
    add_never_cache_headers(answer)
    return answer
