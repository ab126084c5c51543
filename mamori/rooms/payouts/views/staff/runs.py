"""Payout runs: which there were, of one every line with why it is not paid, and the end of one that has no file."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import decide
from mamori.ground.web.signs import Visit
from mamori.rooms.payouts import actions
from mamori.rooms.payouts.queries import runs
from mamori.rooms.payouts.queries.runs import RunShown

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


CALL_OFF: Decision[RunShown] = Decision(
    slug="call-off",
    title=Text("この作業を取りやめますか", "Call this run off?"),
    lead=Text(
        "支払うものは決まっていますが、振込データはまだ作られていません。取りやめると、支払うはずだったものは改めて確かめられ、次の作業で"
        "支払われます。この作業のデータは、もう作れません。元には戻せません。",
        "It is fixed what this run pays, and its file was not made yet. Once it is called off, what it would have paid is looked "
        "at anew and goes with the next run. No file of this one can be made any more. It cannot be undone.",
    ),
    button=Text("取りやめる", "Call it off"),
    done=CALLED_OFF,
    verb=actions.call_off_run,
    key="run",
    act="payouts.call_off_run",
    roles=HEADS,
    is_there=lambda run: run.may_call_off,
    tone="grave",
)


@open_to(*HEADS)
def call_off(request: Visit, run: int, case_page: str) -> HttpResponse:
    """Ask why a run that has no file is called off, and call it off; any other is only shown.

    :raises NoSuchRun: when there is none.
    """
    back = reverse("payouts_staff:run", args=(run,))
    return decide(
        request,
        CALL_OFF,
        runs.run_of(run),
        key=run,
        back=back,
        template="payouts/staff/call_off.html",
        flash=True,
    )
