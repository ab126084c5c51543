"""One row of the draft: written, copied, checked while it is typed, moved and deleted."""

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
from mamori.rooms.enforcement.actions.policy_drafting import NoSuchRow
from mamori.rooms.enforcement.policyforms import EditedForm, RowForm, initial
from mamori.rooms.enforcement.queries.policy import Draft
from mamori.rooms.enforcement.rules import checks
from mamori.rooms.enforcement.rules.table import BAND_TEXTS, FIELDS, Row, Table
from mamori.rooms.enforcement.views.policy.answering import attempt
from mamori.rooms.enforcement.views.policy.checking import part
from mamori.rooms.enforcement.views.policy.draft import the_draft

NEW = "new"


class DoForm(EditedForm):
    """What is done to a row with one touch."""

    do = forms.ChoiceField(choices=[("up", "up"), ("down", "down"), ("drop", "drop")])


@open_to(Role.LEAD, Role.COUNSEL)
def row(request: Visit, row: str) -> HttpResponse:
    """Show a row, or a new one filled from a gap or another row; check it, or save it.

    :raises NoSuchPolicy, NoSuchRow: when there is no draft, or no such row in it.
    """
    found, status = the_draft(), 200
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
            form, lambda: _save(request, found, form), reverse("enforcement_policy:draft"), "saved"
        )
        if not isinstance(answer, int):
            return answer
        status = answer
        form.show_anew(the_draft().edited)
    faults = _faults(found.table, form if form.is_bound else None, name)
    shown = {
        "form": form,
        "draft": found,
        "name": name,
        "is_new": row == NEW,
        "faults": faults,
        "kinds": checks.KIND_TEXTS,
        "unfit": form.is_bound and not form.is_valid(),
    }
    if "part" in request.POST:
        return JsonResponse(part(faults, form), json_dumps_params={"ensure_ascii": False})
    return render(request, "enforcement/policy/row.html", shown, status=200 if checking else status)


@open_to(Role.LEAD, Role.COUNSEL)
def do(request: Visit, row: str) -> HttpResponse:
    """Move or delete a row with one touch; the page is shown again where that cannot be.

    :raises NoSuchPolicy, NoSuchRow, PolicyChanged: as their sentences say.
    """
    found = the_draft()
    form = DoForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(reverse("enforcement_policy:draft"))
    edited, what = form.cleaned_data["edited"], form.cleaned_data["do"]
    if what == "drop":
        actions.drop_row(hand_of(request), number=found.number, edited=edited, row=row)
        return HttpResponseRedirect(f"{reverse('enforcement_policy:draft')}?done=dropped")
    actions.move_row(hand_of(request), number=found.number, edited=edited, row=row, up=what == "up")
    return HttpResponseRedirect(f"{reverse('enforcement_policy:draft')}?done=moved#row-{row}")


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
