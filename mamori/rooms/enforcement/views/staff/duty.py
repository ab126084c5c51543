"""One page for each decision of staff: what the policy answers and why, what will be touched, one form, one button."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.hand import STAFF, Hand
from mamori.grammar.measure import Measure
from mamori.grammar.refusal import Refusal
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import HouseForm
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.measures import MEASURES
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import fitting, forms, policies
from mamori.rooms.enforcement.decidingforms import DecideForm
from mamori.rooms.enforcement.finding import NotThere
from mamori.rooms.enforcement.forms import refuse
from mamori.rooms.enforcement.judging import Judged, judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.matter import MatterShown, MeasureShown, matter_of
from mamori.rooms.enforcement.queries.standing import unusual
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.views.staff.duties import BY_SLUG, Asked, Duty, duties_of


@open_to(*STAFF)
def duty(request: Visit, number: str, slug: str, case_page: str, measure: int = 0) -> HttpResponse:
    """Show or do one of the things that staff can do with a finding or a measure.

    :raises NotThere: when there is no such thing, or no such case.
    """
    hand, page = hand_of(request), BY_SLUG.get(slug)
    matter = matter_of(hand, number)
    about = next((one for one in matter.measures if one.id == measure), None)
    if page is None or bool(page.of_measure) != (about is not None):
        raise NotThere()
    asked = _asked(request, page, matter, about)
    back, form = case_page.format(number=number), _form(request, page, asked, hand)
    if request.method != "POST":
        if not any(one.duty is page and one.measure == about for one in duties_of(matter, hand)):
            return HttpResponseRedirect(back)
        return _show(request, page, asked, form, back)
    if not form.is_valid():
        return _show(request, page, asked, form, back, status=422)
    try:
        page.do(hand, replace(asked, version=form.cleaned_data["version"]), form.cleaned_data)
    except NotThere:
        raise
    except Refusal as refusal:
        asked = _asked(request, page, matter_of(hand, number), about)
        status = refuse(form, refusal, asked.matter.version)
        return _show(request, page, asked, form, back, status=status)
    return HttpResponseRedirect(f"{back}?done={slug}")


def _asked(request: Visit, page: Duty, matter: MatterShown, measure: MeasureShown | None) -> Asked:
    """Return what the duty is about; the policy is asked only where a measure is decided on."""
    asked = Asked(matter=matter, measure=measure, version=None)
    if page.slug not in ("decide", "approve"):
        return asked
    finding = Finding.objects.get(pk=matter.id)
    asked = replace(asked, finding=finding)
    return replace(asked, judged=judge(finding, request.received_at)) if page.slug == "decide" else asked


def _form(request: Visit, page: Duty, asked: Asked, hand: Hand) -> HouseForm:
    data = request.POST if request.method == "POST" else None
    initial: dict[str, Any] = {"version": asked.matter.version}
    if asked.finding is not None and asked.judged is not None:
        answer = asked.judged.answer
        initial |= {"measure": answer.measure, "days": answer.days}
        return DecideForm(
            data,
            initial=initial,
            possible=_possible(asked.finding, asked.judged),
            heard=asked.finding.heard_at is not None,
            other=bounds.may_deviate(hand.role),
            in_english=forms.reads_english(asked.finding.seller_ref),
        )
    if page.slug == "lift":
        return forms.LiftForm(data, initial=initial, endings=asked.measure.endings if asked.measure else ())
    if page.slug == "evidence":
        return forms.EvidenceForm(data, request.FILES if data else None, initial=initial)
    kinds = {
        "dismiss": forms.DismissForm,
        "cured": forms.ReasonForm,
        "uncured": forms.UncuredForm,
        "send-back": forms.ReasonForm,
        "view-read": forms.ReasonForm,
        "review": forms.ReasonForm,
    }
    return kinds.get(page.slug, forms.VersionForm)(data, initial=initial)


def _possible(finding: Finding, judged: Judged) -> dict[Measure, int]:
    """Return the measures that could touch what the finding names and is there, each with the points that it would bring."""
    policy = policies.version(judged.policy)
    named = (one for one in MEASURES if not (need := bounds.needed_target(one)) or getattr(finding, need))
    fit = (one for one in named if fitting.suits(one, finding))
    there = (one for one in fit if fitting.is_gone(one, finding) is False)
    return {one: policy.points_for(judged.situation, one.code) for one in there}


def _show(
    request: Visit, page: Duty, asked: Asked, form: HouseForm, back: str, *, status: int = 200
) -> HttpResponse:
    shown = {
        "page": page,
        "lead": page.lead_after if page.lead_after and asked.matter.closed_at else page.lead,
        "matter": asked.matter,
        "measure": asked.measure,
        "form": form,
        "back": back,
        "unusual": unusual(asked.finding) if asked.finding else (),
        "judged": asked.judged,
        "answer": measure_of(asked.judged.answer.measure) if asked.judged else None,
    }
    return render(request, "enforcement/staff/duty.html", shown, status=status)
