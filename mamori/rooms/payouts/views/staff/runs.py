"""Payout runs: which there were, of one every line with why it is not paid, and the end of one that has no file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.wording import told
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.queries import runs
from mamori.rooms.payouts.staffforms import CallOffForm

HEADS = (Role.LEAD, Role.COUNSEL)
CALLED_OFF = Text(
    "作業を取りやめました。支払うはずだったものは、次の作業で支払われます。",
    "The run is called off. What it would have paid goes with the next run.",
)


@open_to(*HEADS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the runs, the newest first."""
    return render(request, "payouts/staff/runs.html", {"page": runs.runs(request.GET.get("cursor", ""))})


@open_to(*HEADS)
def report(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Show the report of a run; with `show=held` or `show=refused` only such lines.

    :raises NoSuchRun: when there is none.
    """
    found = runs.run_of(run)
    show = runs.Show.of(request.GET.get("show", ""))
    page = runs.lines(run, show=show, cursor=request.GET.get("cursor", ""))
    shown = {"run": found, "page": page, "show": show, "tabs": runs.tabs(run)}
    return render(request, "payouts/staff/run.html", shown)


@open_to(*HEADS)
def call_off(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Ask why a run that has no file is called off, and call it off; any other is only shown.

    :raises NoSuchRun: when there is none.
    """
    found = runs.run_of(run)
    back = reverse("payouts_staff:run", args=(run,))
    if not found.may_call_off:
        return HttpResponseRedirect(back)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.call_off_run(hand_of(request), run=run, reason=form.cleaned_data["reason"])
        messages.success(request, told(CALLED_OFF))
        return HttpResponseRedirect(back)
    shown = {"run": found, "form": form, "back": back}
    return render(request, "payouts/staff/call_off.html", shown, status=422 if form.is_bound else 200)
