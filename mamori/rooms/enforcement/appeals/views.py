"""A seller's appeal on its page, and the reviewer's decisions about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.decision import Done, just_done
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.forms import VersionForm, refuse
from mamori.ground.web.signs import Visit, actor_of
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.appeals.decisions import decision_of, form_of_appeal
from mamori.rooms.enforcement.appeals.queries import (
    DEDUCTION,
    AppealShown,
    appeal_of,
    number_against_recovery,
    recovery_behind,
)
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import NotThere, is_sellers
from mamori.rooms.enforcement.findings.queries import files_of, matter_of
from mamori.rooms.enforcement.findings.views import ViewForm, WordsForm, of_appeal, ready
from mamori.rooms.enforcement.models import Appeal
from mamori.rooms.enforcement.rules.bounds import DECIDERS

# A seller's appeal: made on the page of what it is against, then a page of its own with what both sides say.


MADE = Text("異議の申出を受け付けました。", "We have your appeal.")
WRITTEN = Text("書き足しました。", "It was added.")
DONE: dict[str, Done] = {
    "made": {"appeal": MADE, "add_to_appeal": MADE},
    "written": {"write_appeal": WRITTEN, "add_to_appeal": WRITTEN},
    "withdrawn": {"withdraw_appeal": Text("取り下げました。", "It was withdrawn.")},
}


@open_to(*SELLERS)
def make(request: Visit, number: str, measure: int) -> HttpResponse:
    """Ask for the reasons of an appeal against a measure, and take it."""
    actor = actor_of(request)
    matter = matter_of(actor, number)
    against = next((one for one in matter.measures if one.id == measure), None)
    if against is None:
        raise NotThere()
    back = reverse("enforcement_seller:matter", args=(matter.number,))
    return _make(
        request,
        matter.number,
        against.title,
        back,
        lambda given: appeals.appeal(actor, measure=measure, said=given["said"], version=given["version"]),
        version=lambda: matter_of(actor, number).version,
    )


@open_to(*SELLERS)
def make_of_money(request: Visit, number: str) -> HttpResponse:
    """Ask for the reasons of an appeal against a deduction, and take it; one that was made is shown instead."""
    actor = actor_of(request)
    found = recovery_behind(number)
    if found is None or not is_sellers(actor, found.seller_ref):
        raise NotThere()
    if request.method != "POST" and (made := number_against_recovery(found.id)):
        return HttpResponseRedirect(reverse("enforcement_seller:appeal", args=(made,)))
    if not found.is_taken:
        raise NotThere()
    title = DEDUCTION.fill(amount=f"{found.amount:,}")
    return _make(
        request,
        found.case,
        title,
        "",
        lambda given: appeals.appeal_recovery(actor, recovery=found.id, said=given["said"]),
    )


def _make(
    request: Visit,
    number: str,
    against: Text,
    back: str,
    take: Callable[[dict[str, Any]], int],
    *,
    version: Callable[[], int] | None = None,
) -> HttpResponse:
    """Ask for the reasons and take them; with a `version`, of what stands behind the decision, as the seller saw it."""
    kind, first = (ViewForm, {"version": version()}) if version else (WordsForm, {})
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form, status = kind(*data, initial=first), 200
    if data:
        status = 422
        if form.is_valid():
            try:
                actor, given = actor_of(request), form.cleaned_data
                with (
                    ready(actor, actor.whose.removeprefix("seller:"), given["attached"]) as files,
                    memory.act(),
                ):
                    made = take(given)
                    findings.add_to_appeal(actor, appeal=made, ready=files)
                address = reverse("enforcement_seller:appeal", args=(_number(made),))
                return HttpResponseRedirect(f"{address}?done=made")
            except NotThere:
                raise
            except Refusal as refusal:
                status = refuse(form, refusal, version=version() if version else 0)
    shown = {"number": number, "against": against, "back": back, "form": form}
    return render(request, "enforcement/seller/appealing.html", shown, status=status)


@open_to(*SELLERS)
def shown(request: Visit, number: str) -> HttpResponse:
    """Show an appeal, and let the seller add to it or take it back."""
    actor = actor_of(request)
    page = appeal_of(actor, number)
    first = {"version": page.version}
    form: ViewForm | VersionForm = ViewForm(initial=first)
    status = 200
    if request.method == "POST":
        withdraws = request.POST.get("act") == "withdraw"
        form = VersionForm(request.POST) if withdraws else ViewForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            try:
                return HttpResponseRedirect(f"{request.path}?done={_do(actor, page, form.cleaned_data)}")
            except NotThere:
                raise
            except Refusal as refusal:
                page = appeal_of(actor, number)
                status = refuse(form, refusal, version=page.version)
    given = {
        "page": page,
        "files": files_of(page.id),
        "form": form,
        "more": form if isinstance(form, ViewForm) else ViewForm(initial={"version": page.version}),
        "done": just_done(actor, f"enforcement.appeal:{page.id}", DONE.get(request.GET.get("done", ""))),
    }
    return render(request, "enforcement/seller/appeal.html", given, status=status)


def _do(actor: Actor, page: AppealShown, given: dict[str, Any]) -> str:
    """Withdraw the appeal, or add to it what was written; return what was done."""
    if "said" not in given:
        appeals.withdraw_appeal(actor, appeal=page.id, version=given["version"])
        return "withdrawn"
    with ready(actor, page.seller_ref, given["attached"]) as files, memory.act():
        appeals.write_appeal(actor, appeal=page.id, said=given["said"], version=given["version"])
        findings.add_to_appeal(actor, appeal=page.id, ready=files)
    return "written"


def _number(appeal: int) -> str:
    return appeal_records.number(Appeal.objects.get(pk=appeal))


@open_to(*DECIDERS)
def decision(request: Visit, number: str, slug: str, case_page: str) -> HttpResponse:
    """Show or make one of the decisions of a reviewer."""

    def show() -> AppealShown:
        return appeal_of(actor_of(request), number)

    page = show()
    made = decision_of(slug, page)
    if made is None:
        raise NotThere()
    return decide(
        request,
        made,
        page,
        again=show,
        key=page.id,
        back=case_page.format(number=number),
        template="enforcement/staff/appeal_decision.html",
        beside=partial(of_appeal, actor_of(request), case_page=case_page),
        form=form_of_appeal(page, made),
        initial=_initial,
        refused=(NotThere,),
    )


def _initial(page: AppealShown) -> Mapping[str, Any]:
    return {"version": page.version}
