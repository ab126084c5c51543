"""Pages on which people of the operator read figures and the register of improvements, and staff go on with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from mamori.grammar.hand import INSIDE, STAFF
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision, just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers, others, sections
from mamori.ground.web import pictures
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import by_verb, decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.matterpage import MatterFrame, show_matter
from mamori.ground.web.readinglists import show
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.months import month_of
from mamori.rooms.insight.actions import NoSuchImprovement
from mamori.rooms.insight.actions.matter import about_improvement
from mamori.rooms.insight.decisions import improvements as decisions
from mamori.rooms.insight.lists import IMPROVEMENT_LIST
from mamori.rooms.insight.queries import improvements as queries
from mamori.rooms.insight.queries.figures import figure_choices
from mamori.rooms.insight.queries.improvements import ImprovementShown
from mamori.rooms.insight.rules.figures import figure_named, months_until
from mamori.rooms.insight.views.forms import ChangeForm, GiveForm, PublicForm, SeenForm, written_in

MONTHS_OFFERED = 24


@open_to(*INSIDE)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """List every improvement, the newest first."""
    template = "insight/staff/listed.html"
    more = {"may_note": request.presence.role in STAFF}
    return show(request, IMPROVEMENT_LIST, case_page=case_page, template=template, more=more)


@open_to(*STAFF)
def note(request: Visit, case_page: str) -> HttpResponse:
    """Let staff note what was seen; the address may name what is counted, and the month."""
    del case_page
    at, now = request.received_at, month_of(request.received_at)
    months = [str(one) for one in months_until(now, MONTHS_OFFERED)[::-1]]
    named = figure_named(urlencode([(k, v) for k, v in request.GET.items() if k != "month"]))
    month = request.GET.get("month", "")
    begun = {"figure": named.code if named else "", "month": month if month in months else months[0]}
    return decide(
        request,
        decisions.NOTE,
        None,
        again=lambda: None,
        back=reverse("insight_staff:improvements"),
        template="insight/staff/note.html",
        form=partial(SeenForm, figures=figure_choices(now, at=at), months=months),
        initial=lambda shown: begun,
        flash=True,
    )


@open_to(*INSIDE)
def one(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Show an improvement: what was seen, who owns it, what was changed, before and after, and what can be done."""
    del case_page
    hand = hand_of(request)
    shown = queries.improvement_of(hand, number)
    done = decisions.BY_SLUG.get(request.GET.get("done", ""))
    page = MatterPage(
        sections=_sections(shown),
        offers=offers(
            decisions.OF_IMPROVEMENT,
            shown,
            hand.role,
            partial(_address, number),
            form=partial(_form, at=request.received_at),
            initial=written_in(shown),
        ),
        others=others(decisions.OF_IMPROVEMENT, shown, hand.role),
        done=just_done(hand, about_improvement(number), done.done if done else None),
    )
    frame = MatterFrame(
        title=Text(shown.title, shown.title),
        named="",
        ref="",
        back=reverse("insight_staff:improvements"),
        back_text=Text("改善の一覧", "All improvements"),
    )
    return show_matter(request, page, frame, template="insight/staff/improvement.html")


@open_to(*STAFF)
def act(request: Visit, number: int, slug: str, case_page: str) -> HttpResponse:
    """Show or make a decision on an improvement, but for the one that needs a fresh proof."""
    del case_page
    if slug == decisions.PUBLISH.slug:
        raise NoSuchImprovement
    return _decide(request, number, slug)


@open_to(*decisions.PUBLISH.roles, step_up=decisions.PUBLISH.step_up)
def publish(request: Visit, number: int, case_page: str) -> HttpResponse:
    """Publish it; whoever does has proven themselves just before."""
    del case_page
    return _decide(request, number, decisions.PUBLISH.slug)


def _decide(request: Visit, number: int, slug: str) -> HttpResponse:
    decision, hand = decisions.BY_SLUG.get(slug), hand_of(request)
    if decision is None:
        raise NoSuchImprovement
    return decide(
        request,
        decision,
        queries.improvement_of(hand, number),
        again=partial(queries.improvement_of, hand, number),
        key=number,
        back=reverse("insight_staff:one", args=(number,)),
        template="insight/staff/act.html",
        beside=_sections,
        form=_form(decision, at=request.received_at),
        initial=written_in,
        refused=(NoSuchImprovement,),
    )


def _form(decision: Decision[ImprovementShown], *, at: datetime) -> Callable[..., HouseForm]:
    match decision.slug:
        case decisions.GIVE.slug:
            return partial(GiveForm, at=at)
        case decisions.CHANGE.slug:
            return ChangeForm
        case decisions.PUBLISH.slug:
            return PublicForm
    return by_verb(decision)


def _address(number: int, slug: str) -> str:
    if slug == decisions.PUBLISH.slug:
        return reverse("insight_staff:publish", args=(number,))
    return reverse("insight_staff:act", args=(number, slug))


def _sections(shown: ImprovementShown) -> tuple[Section, ...]:
    """Return what is shown of an improvement, on its page and beside each decision on it."""
    drawing = (
        pictures.counts("compared", shown.figure, shown.by_month) if shown.figure and shown.by_month else None
    )
    given = {"page": shown, "picture": drawing}
    return sections("insight/staff/improvement", (PagePart.WORK, PagePart.FACTS, PagePart.HISTORY), given)
