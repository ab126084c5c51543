"""Pages on which leads and counsel see the headings of the guideline with what runs, answer on practices, and publish answers."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.text import Text
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.calendar import JAPAN
from mamori.law.guideline import HEADINGS_FROM, UNREAD
from mamori.rooms.disclosure.decisions import answers as decisions
from mamori.rooms.disclosure.lifecycle import DECIDERS
from mamori.rooms.disclosure.queries import answers, guideline
from mamori.rooms.disclosure.queries.answers import AnswerPage, NoSuchPracticeAnswer
from mamori.rooms.disclosure.queries.measures import BY_CODE
from mamori.rooms.disclosure.views.measureforms import OwnAnswerForm, PracticeAnswerForm

TEMPLATE = "disclosure/staff/answer_duty.html"


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show each heading with its practices: what runs of them, what shows it, what is answered, and what waits."""
    del case_page
    shown = {
        "unread": UNREAD,
        "from": HEADINGS_FROM,
        "headings": guideline.headings(request.received_at),
        "own": answers.answered(request.received_at)[1],
        "waiting": answers.waiting(),
        "practices": BY_CODE,
    }
    return render(request, "disclosure/staff/guideline.html", shown)


@open_to(*DECIDERS)
def propose(request: Visit, code: str, case_page: str) -> HttpResponse:
    """Answer on a practice, or tell of something else."""
    del case_page
    practice = "" if code == decisions.OWN.slug else code
    if practice and practice not in BY_CODE:
        raise NoSuchPracticeAnswer
    today = request.received_at.astimezone(JAPAN).date()
    return decide(
        request,
        decisions.PROPOSE if practice else decisions.OWN,
        None,
        again=lambda: None,
        key=practice,
        back=reverse("disclosure_staff:guideline"),
        template=TEMPLATE,
        beside=partial(_beside, practice) if practice else None,
        form=partial(PracticeAnswerForm if practice else OwnAnswerForm, practice=practice, today=today),
        flash=True,
    )


def _beside(practice: str, shown: None) -> tuple[Section, ...]:
    """Return what is declared of a practice, beside the form that answers on it."""
    del shown
    return sections("disclosure/staff/practice", (PagePart.FACTS,), {"one": BY_CODE[practice]})


@open_to(*DECIDERS)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an answer as it would be read, and what can be decided on it."""
    del case_page
    hand = hand_of(request)
    shown = answers.answer_of(hand, number)
    asked = decisions.BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            decisions.DECISIONS,
            shown,
            hand.role,
            partial(_address, number),
            form=by_verb,
            initial=_seen(shown),
        ),
        others=others(decisions.DECISIONS, shown, hand.role),
        done=just_done(hand, answers.about_answer(number), asked.done if asked else None),
    )
    frame = MatterFrame(
        title=_title(shown),
        named="",
        ref="",
        back=reverse("disclosure_staff:guideline"),
        back_text=guideline.TITLE,
    )
    return show_matter(request, page, frame)


def _title(shown: AnswerPage) -> Text:
    found = shown.answer.title or BY_CODE[shown.answer.practice].text
    return guideline.ANSWER_TITLE.fill(title=found)


def _seen(shown: AnswerPage) -> dict[str, Any]:
    """Return which state of an answer a form shows."""
    return {"version": shown.answer.version}


def _sections(shown: AnswerPage) -> tuple[Section, ...]:
    told: dict[str, Any] = {"one": shown.answer, "practice": BY_CODE.get(shown.answer.practice)}
    return sections("disclosure/staff/answer", (PagePart.FACTS,), told)


def _address(number: int, slug: str) -> str:
    if slug == decisions.PUBLISH.slug:
        return reverse("disclosure_staff:answer-publish", args=(number,))
    return reverse("disclosure_staff:answer-duty", args=(number, slug))


@open_to(*DECIDERS)
def duty(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an answer, but for the one that needs a fresh proof."""
    del case_page
    if slug == decisions.PUBLISH.slug:
        raise NoSuchPracticeAnswer
    return _decide(request, number, slug)


@open_to(*DECIDERS, step_up=decisions.PUBLISH.step_up)
def publish(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Publish an answer; whoever does has proven itself just before."""
    del case_page
    return _decide(request, number, decisions.PUBLISH.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchPracticeAnswer
    return decide(
        request,
        decision,
        answers.answer_of(hand, number),
        again=lambda: answers.answer_of(hand, number),
        key=number,
        back=reverse("disclosure_staff:answer", args=(number,)),
        template=TEMPLATE,
        beside=_sections,
        initial=_seen,
        refused=(NoSuchPracticeAnswer,),
    )
