"""Payout runs: which there were, of one every line with why it is not paid, and the end of one that has no file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit
from mamori.rooms.payouts.access import DECIDERS
from mamori.rooms.payouts.decisions import CALL_OFF
from mamori.rooms.payouts.queries import runs


@open_to(*DECIDERS)
def listed(request: Visit, case_page: str) -> HttpResponse:
    """Show the runs, the newest first."""
    return render(request, "payouts/staff/runs.html", {"page": runs.runs(request.GET.get("cursor", ""))})


@open_to(*DECIDERS)
def report(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Show the report of a run; with `show=held` or `show=refused` only such lines."""
    found = runs.run_of(run)
    show = runs.Show.of(request.GET.get("show", ""))
    page = runs.lines(run, show=show, cursor=request.GET.get("cursor", ""))
    shown = {"run": found, "page": page, "show": show, "tabs": runs.tabs(run)}
    return render(request, "payouts/staff/run.html", shown)


@open_to(*DECIDERS)
def call_off(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Ask why a run that has no file is called off, and call it off; any other is only shown."""
    back = reverse("payouts_staff:run", args=(run,))
    return decide(
        request,
        CALL_OFF,
        runs.run_of(run),
        again=lambda: runs.run_of(run),
        key=run,
        back=back,
        template="payouts/staff/call_off.html",
        flash=True,
    )
