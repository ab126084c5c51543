"""The draft as a small operator reads it: at most nine lines, each put right in its place, its checks and effect beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement import actions, policies
from mamori.rooms.enforcement.actions.policy_drafting import NoSuchRow
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.policyforms import ReasonForm, RowAnswerForm, initial
from mamori.rooms.enforcement.queries.policy import Draft
from mamori.rooms.enforcement.queries.shortly import ShortTable, short_table
from mamori.rooms.enforcement.rules.table import Table
from mamori.rooms.enforcement.views.policy.answering import attempt, done
from mamori.rooms.enforcement.views.policy.draft import of_the_draft, the_draft, weighed

USUAL = Severity.SERIOUS
"""What is shown first: of breaches that weigh so much each next time tells."""


def shortly(request: Visit, table: Table, *, since: Table | None = None) -> dict[str, Any]:
    """Return what a page shows of a table shortly, for the severity that its address names."""
    named = request.GET.get("severity", "")
    severity = Severity(named) if named in SEVERITY_TEXTS else USUAL
    return {
        "short": short_table(table, severity, at=request.received_at, since=since),
        "severities": SEVERITY_TEXTS.items(),
    }


@open_to(Role.LEAD, Role.COUNSEL)
def draft(request: Visit) -> HttpResponse:
    """Show the draft shortly, and ask for its approval."""
    found, status = the_draft(editable=False), 200
    if found.state is PolicyState.PROPOSED:
        return HttpResponseRedirect(reverse("enforcement_policy:proposal"))
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"edited": found.edited})
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.propose_policy(
                hand_of(request),
                number=found.number,
                edited=form.cleaned_data["edited"],
                reason=form.cleaned_data["reason"],
            ),
            reverse("enforcement_policy:proposal"),
            "proposed",
        )
        if not isinstance(answer, int):
            return answer
        status, found = answer, the_draft()
        form.show_anew(found.edited)
    return _page(request, found, {"form": form, "done": done(request)}, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def answer(request: Visit, row: str) -> HttpResponse:
    """Check or save what a row answers, on the page of the draft itself; the cases for which it is meant stay."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("enforcement_policy:draft"))
    found, status = the_draft(), 200
    standing = found.table.row(row)
    if standing is None:
        raise NoSuchRow()
    form = RowAnswerForm(request.POST, name=row, when=standing.when)
    if "check" not in request.POST:
        led = attempt(
            form, lambda: _save(request, found, form), reverse("enforcement_policy:draft"), "saved", row=row
        )
        if not isinstance(led, int):
            return HttpResponseRedirect(f"{led.url}&{request.META.get('QUERY_STRING', '')}")
        status, found = led, the_draft(editable=False)
        form.show_anew(found.edited)
    if form.is_valid():
        rows = tuple(form.row() if one.name == row else one for one in found.table.rows)
        found = replace(found, table=replace(found.table, rows=rows))
    return _page(
        request,
        found,
        {"form": ReasonForm(initial={"edited": found.edited}), "opened": form, "is_tried": form.is_valid()},
        status=422 if form.errors and status == 200 else status,
    )


def _save(request: Visit, found: Draft, form: RowAnswerForm) -> None:
    edited = form.cleaned_data["edited"]
    actions.put_row(hand_of(request), number=found.number, edited=edited, row=form.row())


def _page(request: Visit, found: Draft, more: dict[str, Any], *, status: int) -> HttpResponse:
    before = policies.in_force(request.received_at)
    shown = weighed(request, found) | shortly(request, found.table, since=before.table) | more
    shown["lines"] = _lines(found, shown["short"], more.get("opened"))
    return render(request, "enforcement/policy/draft.html", shown, status=status)


def _lines(
    found: Draft, short: ShortTable, opened: RowAnswerForm | None
) -> list[tuple[Any, list[Any], bool]]:
    """Return each line with the forms of its rows, and whether they stand open: those of what was just sent."""
    lines, place = [], 0
    for line in short.lines:
        forms, is_open = [], False
        for behind in line.behind:
            place += 1
            if opened is not None and opened.name == behind.row.name:
                form, opened, is_open = opened, None, True
            else:
                first = initial(behind.row) | {"edited": found.edited}
                form = RowAnswerForm(name=behind.row.name, when=behind.row.when, initial=first)
            form.auto_id = f"id_{place}_%s"
            forms.append((behind, form))
        lines.append((line, forms, is_open))
    return lines
