"""Payout runs to read: which there were, and of one every line with why it is not paid."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.hand import Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit
from mamori.rooms.payouts.queries import runs

HEADS = (Role.LEAD, Role.COUNSEL)


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
