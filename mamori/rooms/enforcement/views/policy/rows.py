"""One row of the draft: written, copied, checked while it is typed, moved, and deleted once that is said twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.actions.policy_drafting import NoSuchRow, RowOutermost
from mamori.rooms.enforcement.policyforms import EditedForm, RowForm, initial
from mamori.rooms.enforcement.queries import policy as queries
from mamori.rooms.enforcement.queries.policy import Draft
from mamori.rooms.enforcement.rules import checks
from mamori.rooms.enforcement.rules.table import BAND_TEXTS, FIELDS, Row, Table, said
from mamori.rooms.enforcement.views.policy.answering import attempt
from mamori.rooms.enforcement.views.policy.checking import SAVE_FIRST, part
from mamori.rooms.enforcement.views.policy.draft import of_the_draft, the_draft

NEW = "new"


class DoForm(EditedForm):
    """Which way a row goes, with one touch."""

    do = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def row(request: Visit, row: str) -> HttpResponse:
    """Show a row, or a new one filled from a gap or another row; check it, or save it."""
    found, status = the_draft(editable=request.method != "POST"), 200
    name = found.table.next_name() if row == NEW else row
    if row != NEW and found.table.row(row) is None:
        raise NoSuchRow()
    form = RowForm(
        request.POST if request.method == "POST" else None,
        name=name,
        initial=_initial(request, found, row) | {"edited": found.edited},
    )
    checking = "check" in request.POST
    if request.method == "POST" and not checking:
        answer = attempt(
            form, lambda: _save(request, found, form), reverse("enforcement_policy:table"), "saved", row=name
        )
        if not isinstance(answer, int):
            return answer
        status = answer
        found = the_draft(editable=False)
        form.show_anew(found.edited)
    faults = _faults(found.table, form if form.is_bound else None, name)
    shown = {
        "form": form,
        "draft": found,
        "name": name,
        "is_new": row == NEW,
        "faults": faults,
        "kinds": checks.KIND_TEXTS,
        "note": SAVE_FIRST if faults else None,
        "unfit": form.is_bound and not form.is_valid(),
    }
    if "part" in request.POST:
        return JsonResponse(part(faults, form), json_dumps_params={"ensure_ascii": False})
    return render(request, "enforcement/policy/row.html", shown, status=200 if checking else status)


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def do(request: Visit, row: str) -> HttpResponse:
    """Move a row one place with one touch, and lead to where it stands now."""
    found, form = the_draft(), DoForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("enforcement_policy:table"))
    up, done = form.cleaned_data["do"] == "up", "moved"
    try:
        actions.move_row(
            hand_of(request), number=found.number, edited=form.cleaned_data["edited"], row=row, up=up
        )
    except RowOutermost:
        done = "first" if up else "last"
    return HttpResponseRedirect(f"{reverse('enforcement_policy:table')}?done={done}&row={row}#row-{row}")


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def drop(request: Visit, row: str) -> HttpResponse:
    """Show the row that is to be deleted and ask once more, and delete it."""
    found, status = the_draft(editable=request.method != "POST"), 200
    form = EditedForm(request.POST if request.method == "POST" else None, initial={"edited": found.edited})
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.drop_row(
                hand_of(request), number=found.number, edited=form.cleaned_data["edited"], row=row
            ),
            reverse("enforcement_policy:table"),
            "dropped",
            row=row,
        )
        if not isinstance(answer, int):
            return answer
        found, status = the_draft(editable=False), answer
        form.show_anew(found.edited)
    one = found.table.row(row)
    if one is None:
        raise NoSuchRow()
    shown = {"form": form, "draft": found, "line": queries.line(one), "words": said(one.when)}
    return render(request, "enforcement/policy/drop.html", shown, status=status)


def _save(request: Visit, found: Draft, form: RowForm) -> None:
    actions.put_row(
        hand_of(request),
        number=found.number,
        edited=form.cleaned_data["edited"],
        row=form.row(),
        after=form.cleaned_data["after"],
    )


def _initial(request: Visit, found: Draft, row: str) -> dict[str, Any]:
    """Return what the form begins with: the row, the one to copy, or the bands of a gap."""
    source = found.table.row(request.GET.get("copy", "") if row == NEW else row)
    if source is not None:
        return initial(source) | {"after": source.name}
    return {
        field.value: [band for band in request.GET.getlist(field.value) if band in BAND_TEXTS[field]]
        for field in FIELDS
    }


def _faults(table: Table, form: RowForm | None, name: str) -> tuple[checks.Fault, ...]:
    """Return what is to be put right, as the table would be with this row."""
    if form is None:
        return checks.faults(table)
    if not form.is_valid():
        return ()
    return checks.faults(_with(table, form.row(), name))


def _with(table: Table, row: Row, name: str) -> Table:
    kept = tuple(row if one.name == name else one for one in table.rows)
    return replace(table, rows=kept if table.row(name) else (*kept, row))
