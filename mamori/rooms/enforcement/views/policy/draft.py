"""The draft whole: its table with what is to be put right beside it, its bands, its file, and what it would change."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import Role
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.japan.calendar import JAPAN
from mamori.rooms.enforcement import actions, policies
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.policy_records import NoSuchPolicy, PolicyWaits
from mamori.rooms.enforcement.policyforms import BandsForm, FileForm
from mamori.rooms.enforcement.queries import policy as queries
from mamori.rooms.enforcement.queries.policy import Decided, Draft
from mamori.rooms.enforcement.rules import checks, jdm
from mamori.rooms.enforcement.rules.effect import FEW, TURN_TEXTS, Effect, Turn
from mamori.rooms.enforcement.rules.inforce import ready
from mamori.rooms.enforcement.rules.table import said_cell
from mamori.rooms.enforcement.rules.telling import said_answer
from mamori.rooms.enforcement.views.policy.answering import attempt, done


def the_draft(*, editable: bool = True) -> Draft:
    """Return the draft that is being worked on."""
    found = queries.draft()
    if found is None:
        raise NoSuchPolicy()
    if editable and found.state is PolicyState.PROPOSED:
        raise PolicyWaits(number=found.number)
    return found


def of_the_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page that changes the draft say that it waits for approval, and lead to where it can be sent back."""

    @wraps(view)
    def answered(request: Visit, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PolicyWaits as refusal:
            return render(request, "enforcement/policy/waits.html", {"refusal": refusal}, status=409)

    return answered


def tried(request: Visit, found: Draft) -> tuple[Effect, list[Decided]]:
    """Return what a whole table would change, beside the version that binds now."""
    new = ready(found.table, number=found.number, since=request.received_at.astimezone(JAPAN).date())
    decisions = queries.last_decisions()
    return queries.tried(policies.in_force(request.received_at), new, decisions), decisions


def weighed(request: Visit, found: Draft) -> dict[str, Any]:
    """Return what a draft's or proposal's page shows beside its table: what differs, and what that would change."""
    before = policies.in_force(request.received_at)
    faults = checks.faults(found.table)
    change, decisions = (None, []) if faults else tried(request, found)
    return {
        "draft": found,
        "before": before,
        "faults": faults,
        "kinds": checks.KIND_TEXTS,
        "changes": list(queries.difference(before.table, found.table)),
        "effect": change,
        "reversed": queries.reversed_since(decisions),
        "turns": TURN_TEXTS,
        "few": FEW,
        "last": queries.LAST,
    }


@open_to(Role.LEAD, Role.COUNSEL)
def table(request: Visit) -> HttpResponse:
    """Show the whole table of the draft, row by row with everything that each looks at."""
    found = the_draft(editable=False)
    if found.state is PolicyState.PROPOSED:
        return HttpResponseRedirect(reverse("enforcement_policy:proposal"))
    shown = weighed(request, found) | {
        "groups": queries.groups(found.table, since=policies.in_force(request.received_at).table),
        "done": done(request),
        "touched": request.GET.get("row", ""),
    }
    return render(request, "enforcement/policy/table.html", shown)


@open_to(Role.LEAD, Role.COUNSEL)
def affected(request: Visit) -> HttpResponse:
    """List the last decisions that would be other ones, the graver first."""
    found = the_draft(editable=False)
    faults = checks.faults(found.table)
    lines: list[dict[str, Any]] = []
    if not faults:
        effect, decisions = tried(request, found)
        turned = [one for one in effect.decisions if one.turn is not Turn.SAME]
        lines = [
            {
                "decided": decisions[one.place],
                "situation": said_cell(_cell(decisions[one.place])),
                "before": said_answer(one.before),
                "after": said_answer(one.after),
                "turn": one.turn,
                "text": TURN_TEXTS[one.turn],
            }
            for one in sorted(turned, key=lambda one: one.turn is Turn.MILDER)
        ]
    shown = {"draft": found, "faults": faults, "lines": lines, "last": queries.LAST}
    return render(request, "enforcement/policy/affected.html", shown)


def _cell(decided: Decided) -> tuple[str, ...]:
    one = decided.traced.situation
    return one.breach, one.severity.value, one.history.value, one.cure.value, one.harm.value


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def bands(request: Visit) -> HttpResponse:
    """Show and set the edges of points and for how long they count."""
    found, status = the_draft(editable=request.method != "POST"), 200
    edges = found.table.edges
    shown = {
        "edited": found.edited,
        "few": edges.few,
        "several": edges.several,
        "many": edges.many,
        "expires_days": found.table.expires_days,
    }
    form = BandsForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.set_bands(
                hand_of(request),
                number=found.number,
                edited=form.cleaned_data["edited"],
                edges=form.edges(),
                expires_days=int(form.cleaned_data["expires_days"]),
            ),
            reverse("enforcement_policy:table"),
            "bands",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
        found = the_draft(editable=False)
        form.show_anew(found.edited)
    return render(request, "enforcement/policy/bands.html", {"form": form, "draft": found}, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
@of_the_draft
def file(request: Visit) -> HttpResponse:
    """Take in a table from a file."""
    found, status = the_draft(editable=request.method != "POST"), 200
    posted = request.method == "POST"
    form = FileForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"edited": found.edited}
    )
    if posted:
        answer = attempt(
            form,
            lambda: actions.replace_table(
                hand_of(request), number=found.number, edited=form.cleaned_data["edited"], text=form.text()
            ),
            reverse("enforcement_policy:table"),
            "replaced",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
        found = the_draft(editable=False)
        form.show_anew(found.edited)
    return render(request, "enforcement/policy/file.html", {"form": form, "draft": found}, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def download(request: Visit) -> HttpResponse:
    """Give the table of a draft or proposal as a file."""
    found = the_draft(editable=False)
    text = json.dumps(jdm.stored(found.table), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="policy-{found.number}.json"'
    return answer
