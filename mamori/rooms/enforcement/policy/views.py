"""The pages of the policy for leads and counsel: how it stands, and each version with its table, its change and its approval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import HEADS, Actor
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.matters.decision import Decision
from mamori.ground.matters.page import PagePart, Section, sections
from mamori.ground.terms import facts as terms
from mamori.ground.web.access import open_to
from mamori.ground.web.decisions import MatterFrame, by_verb
from mamori.ground.web.matterview import Form, MatterView, Where
from mamori.ground.web.signs import Visit, actor_of
from mamori.ground.web.wording import localized
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import POLICY_NOTICE
from mamori.rooms.enforcement.findings.matter import somebody_else
from mamori.rooms.enforcement.lifecycle import PolicyState
from mamori.rooms.enforcement.policy import actions, queries, records
from mamori.rooms.enforcement.policy.actions import NoSuchRow
from mamori.rooms.enforcement.policy.forms import BandsForm, DropForm, FileForm, PublishForm, RowForm, initial
from mamori.rooms.enforcement.policy.queries import Decided, PolicyShown, short_table
from mamori.rooms.enforcement.policy.records import NoSuchPolicy
from mamori.rooms.enforcement.policy.rules import checks, table as rules
from mamori.rooms.enforcement.policy.rules.judging import (
    FEW,
    TURN_TEXTS,
    InForce,
    Turn,
    called,
    effect,
    ready,
    said_answer,
)
from mamori.rooms.enforcement.policy.rules.table import BAND_TEXTS, FIELDS, Table, cell_of, said, said_cell

# What leads and counsel decide on a version, each declared once.


def _decision(slug: str, title: Text, verb: Callable[..., object], done: Text, **more: Any) -> Any:
    """Return one of the decisions; where no more is said it is about a draft."""
    more.setdefault("is_there", lambda page: page.state is PolicyState.DRAFT and not page.row)
    return Decision(slug=slug, title=title, verb=verb, done={verb.__name__: done}, roles=HEADS, **more)


def _is_proposed(page: PolicyShown) -> bool:
    return page.state is PolicyState.PROPOSED


OWN = Text(
    "承認を求めた人は、自分では承認できません。ほかの責任者か法務担当が、このページで承認します。",
    "Who asked for approval cannot give it: another lead or counsel does so on this page.",
)
OWN_ANNOUNCED = Text(
    "公表した版は二人で決めたものなので、提案したあなただけでは取りやめられません。ほかの責任者か法務担当が、このページで取りやめます。",
    "Two people decided on a published version, so you who proposed it cannot give it up alone: another lead or counsel does so "
    "on this page.",
)
SAVE = Text("保存する", "Save")
DECISIONS: tuple[Decision[PolicyShown], ...] = (
    _decision(
        "propose",
        Text("承認を求める", "Ask for approval"),
        actions.propose_policy,
        Text(
            "承認を求めました。ほかの責任者・法務担当に知らせました。",
            "Approval is asked for; the other leads and counsel are told.",
        ),
    ),
    _decision(
        "publish",
        Text("承認して公表する", "Approve and publish"),
        actions.publish_policy,
        Text("承認し、公表しました。", "Approved and published."),
        is_there=_is_proposed,
        closed=lambda page: OWN if page.is_own else None,
    ),
    _decision(
        "send-back",
        Text("下書きに戻す", "Send it back"),
        actions.send_back_policy,
        Text("下書きに戻しました。", "It is a draft again."),
        is_there=_is_proposed,
    ),
    _decision(
        "bands",
        Text("区切りと日数を変える", "Change edges and days"),
        actions.set_bands,
        Text("点数の区切りと有効日数を保存しました。", "Edges and expiry of points are saved."),
        lead=Text(
            "出品者の点数の合計が、ここで決めた点数に届くと、表の「これまでの違反」の区分が上がります。",
            "When a seller's points reach these figures, what went before stands in the next band of the table.",
        ),
        button=SAVE,
    ),
    _decision(
        "file",
        Text("ファイルから読み込む", "Take in a file"),
        actions.replace_table,
        Text("ファイルの表に差し替えました。", "The table of the file is in place."),
        lead=Text(
            "「ファイルに保存」で保存した表を、別の道具で直して戻せます。いまの改定案の表は、この表に入れ替わります。",
            "A table that was saved as a file can be edited elsewhere and brought back. It takes the place of the draft's table.",
        ),
        button=Text("読み込む", "Take it in"),
    ),
    _decision(
        "row",
        Text("行を書く", "Write a row"),
        actions.put_row,
        Text("行を保存しました。", "The row is saved."),
        is_there=lambda page: page.state is PolicyState.DRAFT and bool(page.row),
        button=SAVE,
    ),
    _decision(
        "drop",
        Text("行を消す", "Delete a row"),
        actions.drop_row,
        Text("行を消しました。", "The row is deleted."),
        is_there=lambda page: page.state is PolicyState.DRAFT and page.table.row(page.row) is not None,
        lead=Text(
            "消えるのは改定案の行だけです。いまの基準は変わりません。元に戻すには、新しい行として足してください。",
            "Only the draft loses it; the policy in force does not change. To have it back, add it as a new row.",
        ),
        button=Text("消す", "Delete"),
    ),
    _decision(
        "discard",
        Text("改定を取りやめる", "Discard a change"),
        actions.discard_policy,
        Text("取りやめました。", "Discarded."),
        is_there=lambda page: (page.is_open and not page.row) or page.state is PolicyState.ANNOUNCED,
        lead=Text(
            "いまの基準がそのまま続きます。取りやめた版は元に戻せません。",
            "The policy in force goes on. What is discarded cannot be brought back.",
        ),
        button=Text("取りやめる", "Discard"),
        closed=lambda page: OWN_ANNOUNCED if page.is_own and not page.is_open else None,
    ),
)
TITLES = {
    PolicyState.DRAFT: Text("基準の改定案（第{n}版）", "Draft of the policy (version {n})"),
    PolicyState.PROPOSED: Text("基準の改定の承認（第{n}版）", "Approve a change of policy (version {n})"),
}
NEW = "new"
USUAL = Severity.SERIOUS
"""What is shown first: of breaches that weigh so much each next time tells."""


class PolicyView(MatterView[PolicyShown]):
    """A version of the policy: read, changed row by row while it is a draft, approved by another person, given up."""

    app, name, at, home = "enforcement_policy", "", "policy/", "overview"
    back_text, roles, absent = Text("措置の基準", "Policy"), HEADS, NoSuchPolicy
    template, parts = "enforcement/policy/desk", (PagePart.WORK, PagePart.FILE)
    page_template = "enforcement/policy/matter.html"
    decisions, decide_template = DECISIONS, "enforcement/policy/decision.html"

    def read(self, place: Where, number: int) -> PolicyShown:
        """Return a version, with the row that is asked for; one that is only checked stands in its table."""
        found = queries.shown_to(place.actor, number)
        row = "" if place.is_page else place.asked.get("row", "")  # a row has a page of its own
        if row not in ("", NEW) and found.table.row(row) is None:
            raise NoSuchRow()
        found = replace(found, row=row, first=_first(found.table, place.asked) if row == NEW else {})
        if "check" not in place.sent:
            return found
        form = _row_form(found, row, place.sent)
        form.is_valid()
        tried = form.cleaned_data.get("row")
        return replace(found, table=found.table.with_row(tried)) if tried else replace(found, is_unfit=True)

    def about(self, key: int) -> str:
        """Return its name."""
        return records.name(key)

    def frame(self, shown: PolicyShown) -> MatterFrame:
        """Return which version it is, and how far it is."""
        title = TITLES.get(shown.state)
        return self.framed(title.fill(n=shown.number) if title else called(shown.number))

    def sections(self, shown: PolicyShown, place: Where) -> tuple[Section, ...]:
        """Return the whole of it on its page; beside a decision what is to be put right, and what it would change."""
        return sections(
            self.template, self.parts if place.is_page else self.parts[:1], self.given(shown, place)
        )

    def given(self, shown: PolicyShown, place: Where) -> Mapping[str, Any]:
        """Return its table in words, and of one that does not bind yet what it would change."""
        at, kept = place.actor.at, shown
        if "check" in place.sent:  # what is only checked is not how the row stands
            kept = queries.shown_to(place.actor, shown.number)
        row = kept.table.row(shown.row)
        before = records.in_force(at)
        given = {
            "page": shown,
            "before": before,
            "can_edit": shown.state is PolicyState.DRAFT,
            "address": self.address(shown.number, "row"),
            "line": queries.line(row) if row else None,
            "words": said(row.when) if row else None,
        }
        if place.is_page:
            given |= shortly(place, shown.table, since=before.table if shown.is_open else None)
            given["groups"] = queries.groups(shown.table, since=before.table if shown.is_open else None)
        if not shown.is_open:
            return given
        if _is_proposed(shown):
            given["is_alone"] = not somebody_else((shown.by,), at)
            given["notice"] = terms.duration(POLICY_NOTICE, at=at).count
        return given | _weighed(place.actor, shown, before)

    def form(self, decision: Decision[Any], shown: PolicyShown | None, actor: Actor) -> Form:
        """Return what a decision asks."""
        by_hand = {"publish": PublishForm, "bands": BandsForm, "file": FileForm, "drop": DropForm}
        if decision.slug == "row" and shown:
            return partial(_row_form, shown, shown.row)
        return by_hand.get(decision.slug) or by_verb(decision)

    def initial(self, shown: PolicyShown) -> Mapping[str, Any]:
        """Return on which state of it the forms are opened, and what stands in them."""
        edges, row = shown.table.edges, shown.table.row(shown.row)
        bands = {"few": edges.few, "several": edges.several, "many": edges.many}
        known = initial(row) if row else {}
        more = {"version": shown.edited, "row": shown.row, "expires_days": shown.table.expires_days}
        return {**known, **shown.first, **bands, **more}

    def show_page(self, request: Visit, number: int, case_page: str = "") -> HttpResponse:
        """Show a version, or give its table as a file."""
        if request.GET.get("format") != "json":
            return super().show_page(request, number, case_page)
        table = queries.shown_to(actor_of(request), number).table
        answer = JsonResponse(rules.stored(table), json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = f'attachment; filename="policy-{number}.json"'
        return answer


POLICIES = PolicyView()


def _row_form(shown: PolicyShown, row: str, *given: Any, **named: Any) -> RowForm:
    name = shown.table.next_name() if row == NEW else row
    return RowForm(*given, name=name, table=shown.table, **named)


def _first(table: Table, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what a new row begins with: the row that it is copied from, or the bands of a gap."""
    if source := table.row(asked.get("copy", "")):
        return initial(source) | {"after": source.name}
    return {
        field.value: [band for band in asked.get(field.value, "").split(",") if band in BAND_TEXTS[field]]
        for field in FIELDS
    }


def _weighed(actor: Actor, shown: PolicyShown, before: InForce) -> dict[str, Any]:
    """Return what is to be put right in a table, what differs from the one in force, and what that would change."""
    faults = checks.faults(shown.table)
    changed, decisions, lines = None, list[Decided](), list[dict[str, Any]]()
    if not faults:
        new = ready(shown.table, number=shown.number, since=actor.at.astimezone(JAPAN).date())
        decisions = queries.last_decisions()
        changed = effect(before, new, [one.traced for one in decisions])
        turned = [one for one in changed.decisions if one.turn is not Turn.SAME]
        lines = [
            {
                "decided": decisions[one.place],
                "situation": said_cell(cell_of(decisions[one.place].traced.situation)),
                "before": said_answer(one.before),
                "after": said_answer(one.after),
                "turn": one.turn,
                "text": TURN_TEXTS[one.turn],
            }
            for one in sorted(turned, key=lambda one: one.turn is Turn.MILDER)
        ]
    return {
        "faults": faults,
        "kinds": checks.KIND_TEXTS,
        "changes": list(queries.difference(before.table, shown.table)),
        "effect": changed,
        "affected": lines,
        "reversed": queries.reversed_since(decisions),
        "few": FEW,
        "last": queries.LAST,
    }


def shortly(place: Where, table: Table, *, since: Table | None = None) -> dict[str, Any]:
    """Return what a page shows of a table shortly, for the severity that its address names."""
    named = place.asked.get("severity", "")
    severity = Severity(named) if named in SEVERITY_TEXTS else USUAL
    return {
        "short": short_table(table, severity, at=place.actor.at, since=since),
        "severities": SEVERITY_TEXTS.items(),
    }


@open_to(*HEADS)
def overview(request: Visit) -> HttpResponse:
    """Show how the policy stands, and begin a draft."""
    actor, refused, status = actor_of(request), "", 200
    if request.method == "POST":
        try:
            number = actions.draft_policy(actor)
        except Refusal as refusal:
            refused, status = localized(refusal.sentence), refusal.status
        else:
            return HttpResponseRedirect(reverse("enforcement_policy:one", args=(number,)))
    binding, versions = records.in_force(actor.at), queries.versions()
    shown = shortly(Where(actor, asked=request.GET.dict()), binding.table) | {
        "binding": binding,
        "next": queries.announced(actor.at),
        "draft": next((one for one in versions if one.state in queries.OPEN), None),
        "versions": versions,
        "is_alone": not somebody_else((request.presence.subject,), actor.at),
        "refused": refused,
    }
    return render(request, "enforcement/policy/overview.html", shown, status=status)
