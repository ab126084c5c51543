"""The pages of the policy for leads and counsel: how it stands, its draft, a row of it, its approval."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import Role
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import told
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import POLICY_NOTICE
from mamori.rooms.enforcement.findings.matter import somebody_else
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.policy import actions, queries, records
from mamori.rooms.enforcement.policy.actions import NoSuchRow, RowOutermost
from mamori.rooms.enforcement.policy.forms import (
    SAVE_FIRST,
    BandsForm,
    EditedForm,
    FileForm,
    PolicyReasonForm,
    PublishForm,
    RowAnswerForm,
    RowForm,
    initial,
    part,
)
from mamori.rooms.enforcement.policy.queries import Decided, Draft, ShortTable, short_table
from mamori.rooms.enforcement.policy.records import NoSuchPolicy, PolicyWaits
from mamori.rooms.enforcement.policy.rules import checks, table as rules
from mamori.rooms.enforcement.policy.rules.judging import FEW, TURN_TEXTS, Effect, Turn, ready, said_answer
from mamori.rooms.enforcement.policy.rules.table import BAND_TEXTS, FIELDS, PolicyRow, Table, said, said_cell

# How the pages of the policy answer what was sent: led on when it was taken, else the page again with the reason.


ENDS = {"first": 0, "last": -1}
"""What left no act: the row stands at that end of the table, or it does not."""

DONE = {
    "begun": Text(
        "改定案を作りました。変える行を直してください。", "Begun. Please change the rows that should differ."
    ),
    "saved": Text("{row}番の行を保存しました。", "Row {row} is saved."),
    "bands": Text("点数の区切りと有効日数を保存しました。", "Edges and expiry of points are saved."),
    "dropped": Text("{row}番の行を消しました。", "Row {row} is deleted."),
    "moved": Text("{row}番の行を動かしました。", "Row {row} is moved."),
    "first": Text(
        "{row}番の行はいちばん上なので、これより上へは動きません。",
        "Row {row} is the first: it cannot go further up.",
    ),
    "last": Text(
        "{row}番の行はいちばん下なので、これより下へは動きません。",
        "Row {row} is the last: it cannot go further down.",
    ),
    "replaced": Text("ファイルの表に差し替えました。", "The table of the file is in place."),
    "proposed": Text(
        "承認を求めました。ほかの責任者・法務担当に知らせました。",
        "Approval is asked for; the other leads and counsel are told.",
    ),
    "sent-back": Text("下書きに戻しました。", "It is a draft again."),
    "published": Text("承認し、公表しました。", "Approved and published."),
    "discarded": Text("取りやめました。", "Discarded."),
}


ACTS = {
    "begun": "draft_policy",
    "saved": "put_row",
    "bands": "set_bands",
    "dropped": "drop_row",
    "moved": "move_row",
    "replaced": "replace_table",
    "proposed": "propose_policy",
    "sent-back": "send_back_policy",
    "published": "publish_policy",
    "discarded": "discard_policy",
}
"""The act that each leaves in the record."""


def done(request: Visit) -> Text | None:
    """Return what the reader did just before the page was come to; nothing where the record says nothing of it."""
    code, row = request.GET.get("done", ""), request.GET.get("row", "")
    if code in ENDS:
        draft = queries.draft()
        stands = draft and draft.table.rows and draft.table.rows[ENDS[code]].name == row
        return DONE[code].fill(row=row) if stands else None
    act = ledger.last_of(actor_of(request), *queries.abouts()) if code in ACTS else None
    if act is None or act.kind != f"enforcement.{ACTS[code]}":
        return None
    at = (act.content or {}).get("payload", {}).get("row", "")
    return DONE[code].fill(row=at) if at == row else None


def attempt(
    form: forms.Form, do: Callable[[], None], to: str, done: str, *, row: str = ""
) -> HttpResponseRedirect | int:
    """Do what a valid form asks and lead on; else return the status of the page that says why not."""
    if not form.is_valid():
        return 422
    try:
        do()
    except Refusal as refusal:
        form.add_error(None, told(refusal.sentence))
        return refusal.status
    return HttpResponseRedirect(f"{to}?done={done}&row={row}" if row else f"{to}?done={done}")


# The draft whole: its table with what is to be put right beside it, its bands, its file, and what it would change.


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
    return queries.tried(records.in_force(request.received_at), new, decisions), decisions


def weighed(request: Visit, found: Draft) -> dict[str, Any]:
    """Return what a draft's or proposal's page shows beside its table: what differs, and what that would change."""
    before = records.in_force(request.received_at)
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
        "groups": queries.groups(found.table, since=records.in_force(request.received_at).table),
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
                actor_of(request),
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
                actor_of(request), number=found.number, edited=form.cleaned_data["edited"], text=form.text()
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
    text = json.dumps(rules.stored(found.table), ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="policy-{found.number}.json"'
    return answer


# One row of the draft: written, copied, checked while it is typed, moved, and deleted once that is said twice.


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
            actor_of(request), number=found.number, edited=form.cleaned_data["edited"], row=row, up=up
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
                actor_of(request), number=found.number, edited=form.cleaned_data["edited"], row=row
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
        actor_of(request),
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


def _with(table: Table, row: PolicyRow, name: str) -> Table:
    kept = tuple(row if one.name == name else one for one in table.rows)
    return replace(table, rows=kept if table.row(name) else (*kept, row))


# The draft as a small operator reads it: at most nine lines, each put right in its place, its checks and effect beside.


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
    form = PolicyReasonForm(
        request.POST if request.method == "POST" else None, initial={"edited": found.edited}
    )
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.propose_policy(
                actor_of(request),
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
            form,
            lambda: _save_answer(request, found, form),
            reverse("enforcement_policy:draft"),
            "saved",
            row=row,
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
        {
            "form": PolicyReasonForm(initial={"edited": found.edited}),
            "opened": form,
            "is_tried": form.is_valid(),
        },
        status=422 if form.errors and status == 200 else status,
    )


def _save_answer(request: Visit, found: Draft, form: RowAnswerForm) -> None:
    edited = form.cleaned_data["edited"]
    actions.put_row(actor_of(request), number=found.number, edited=edited, row=form.row())


def _page(request: Visit, found: Draft, more: dict[str, Any], *, status: int) -> HttpResponse:
    before = records.in_force(request.received_at)
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


@open_to(Role.LEAD, Role.COUNSEL)
def overview(request: Visit) -> HttpResponse:
    """Show how the policy stands, and begin a draft."""
    refused, status = "", 200
    if request.method == "POST":
        try:
            actions.draft_policy(actor_of(request))
            return HttpResponseRedirect(f"{reverse('enforcement_policy:draft')}?done=begun")
        except Refusal as refusal:
            refused, status = told(refusal.sentence), refusal.status
    binding = records.in_force(request.received_at)
    shown = shortly(request, binding.table) | {
        "binding": binding,
        "next": queries.announced(request.received_at),
        "draft": queries.draft(),
        "versions": queries.versions(),
        "is_alone": not somebody_else((request.presence.subject,), request.received_at),
        "refused": refused,
        "done": done(request),
    }
    return render(request, "enforcement/policy/overview.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def version(request: Visit, number: int) -> HttpResponse:
    """Show a published version whole."""
    found = queries.published(number)
    if found is None:
        raise NoSuchPolicy()
    shown = {"policy": found, "groups": queries.groups(found.table)}
    return render(request, "enforcement/policy/version.html", shown)


@open_to(Role.LEAD, Role.COUNSEL)
def discard(request: Visit, number: int) -> HttpResponse:
    """Ask why a draft, a proposal or an announced version is given up, and give it up."""
    form, status = (
        PolicyReasonForm(request.POST if request.method == "POST" else None, initial={"edited": 0}),
        200,
    )
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.discard_policy(
                actor_of(request), number=number, reason=form.cleaned_data["reason"]
            ),
            reverse("enforcement_policy:overview"),
            "discarded",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    shown = {
        "number": number,
        "form": form,
        "is_own": queries.proposed_by(number) == request.presence.subject,
    }
    return render(request, "enforcement/policy/discard.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def proposal(request: Visit) -> HttpResponse:
    """Show a proposal, and approve it."""
    found = _the_proposal()
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"edited": found.edited})
    status = 200
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.publish_policy(
                actor_of(request),
                number=found.number,
                edited=form.cleaned_data["edited"],
                haste=form.chosen(),
                reason=form.cleaned_data["reason"],
            ),
            reverse("enforcement_policy:overview"),
            "published",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    shown = weighed(request, found) | {
        "form": form,
        "back": PolicyReasonForm(auto_id="back_%s", initial={"edited": found.edited}),
        "is_own": found.by == request.presence.subject,
        "is_alone": not somebody_else((found.by,), request.received_at),
        "notice": terms.duration(POLICY_NOTICE, at=request.received_at).count,
        "done": done(request),
    }
    return render(request, "enforcement/policy/proposal.html", shown, status=status)


@open_to(Role.LEAD, Role.COUNSEL)
def send_back(request: Visit) -> HttpResponse:
    """Ask why a proposal goes back, and make it a draft again."""
    found, status = _the_proposal(), 200
    form = PolicyReasonForm(
        request.POST if request.method == "POST" else None, initial={"edited": found.edited}
    )
    if request.method == "POST":
        answer = attempt(
            form,
            lambda: actions.send_back_policy(
                actor_of(request), number=found.number, reason=form.cleaned_data["reason"]
            ),
            reverse("enforcement_policy:draft"),
            "sent-back",
        )
        if not isinstance(answer, int):
            return answer
        status = answer
    return render(request, "enforcement/policy/send_back.html", {"form": form, "draft": found}, status=status)


def _the_proposal() -> Draft:
    found = the_draft(editable=False)
    if found.state is not PolicyState.PROPOSED:
        raise NoSuchPolicy()
    return found
