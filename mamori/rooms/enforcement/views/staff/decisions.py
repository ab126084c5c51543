"""One page for each decision of staff: one form and one button, and beside them what is alleged and what the policy answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpResponse

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.measure import Measure
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement import fitness, forms, policies
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.decisionforms import DecideForm
from mamori.rooms.enforcement.decisions.findings import BY_SLUG, DecisionShown
from mamori.rooms.enforcement.judgement import Judged, judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.views.files import ready
from mamori.rooms.enforcement.views.staff.panel import of_finding


@open_to(*STAFF)
def decision(request: Visit, number: str, slug: str, case_page: str, measure: int = 0) -> HttpResponse:
    """Show or make one of the decisions of staff about a finding or a measure.

    :raises NotThere: when there is no such thing, or no such case.
    """
    made = BY_SLUG.get(slug)
    if made is None or (made.key == "measure") != bool(measure):
        raise NotThere()

    def show() -> DecisionShown:
        return _shown(request, slug, number, measure)

    shown = show()
    return decide(
        request,
        made,
        shown,
        again=show,
        key=measure or shown.matter.id,
        back=case_page.format(number=number),
        template="enforcement/staff/decision.html",
        beside=lambda about: of_finding(about.hand, about.matter, case_page=case_page),
        form=_form(slug, shown),
        initial=_initial,
        prepare=partial(_with_files, shown.matter.seller_ref),
        refused=(NotThere,),
    )


def _shown(request: Visit, slug: str, number: str, measure: int) -> DecisionShown:
    """Return what is decided about; the policy is asked only where a measure is decided on."""
    hand = hand_of(request)
    matter = matter_of(hand, number)
    about = next((one for one in matter.measures if one.id == measure), None)
    if measure and about is None:
        raise NotThere()
    shown = DecisionShown(hand=hand, matter=matter, measure=about)
    if slug in ("decide", "approve"):
        shown = replace(shown, finding=Finding.objects.get(pk=matter.id))
    if slug == "decide" and shown.finding:
        shown = replace(shown, judged=judge(shown.finding, request.received_at))
    return shown


def _form(slug: str, shown: DecisionShown) -> Callable[..., HouseForm] | None:
    """Return the form where an input alone cannot ask it: what is possible depends on the matter, or files are brought."""
    if shown.finding and shown.judged:
        return partial(
            DecideForm,
            possible=_possible(shown.finding, shown.judged),
            heard=shown.finding.heard_at is not None,
            other=bounds.may_deviate(shown.hand.role),
            in_english=forms.reads_english(shown.finding.seller_ref),
        )
    if slug == "lift" and shown.measure:
        return partial(forms.LiftForm, endings=shown.measure.endings)
    return forms.EvidenceForm if slug == "evidence" else None


def _initial(shown: DecisionShown) -> Mapping[str, Any]:
    first: dict[str, Any] = {"version": shown.matter.version}
    if shown.judged:
        first |= {"measure": shown.judged.answer.measure, "days": shown.judged.answer.days}
    return first


@contextmanager
def _with_files(seller_ref: str, hand: Hand, given: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make the files that were brought ready before the act begins."""
    if "attached" not in given:
        yield given
        return
    with ready(hand, seller_ref, given["attached"]) as files:
        yield {"ready": files, "version": given["version"]}


def _possible(finding: Finding, judged: Judged) -> dict[Measure, int]:
    """Return the measures that could touch what the finding names and is there, each with the points that it would bring."""
    policy = policies.version(judged.policy)
    named = (one for one in MEASURES if not (need := bounds.needed_target(one)) or getattr(finding, need))
    fit = (one for one in named if fitness.suits(one, finding))
    there = (one for one in fit if fitness.is_gone(one, finding) is False)
    return {one: policy.points_for(judged.situation, one.code) for one in there}
