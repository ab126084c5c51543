"""What a seller sees of this room, and the lists and figures of staff."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.figures import Unit, value_text
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Done, just_done
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written
from mamori.ground.people import facts as people
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import VersionForm, refuse
from mamori.ground.web.lists import show
from mamori.ground.web.pictures import spans
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.breaches import breach as breach_of
from mamori.law.figures import FEW
from mamori.law.measures import MEASURES, PROVISIONAL_HIDING
from mamori.rooms.contact.facts import Reading, month_named, month_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.acts import FINDING_CASE
from mamori.rooms.enforcement.appeals.queries import (
    AppealRow,
    appeals_waiting,
    may_appeal,
    numbers_against,
    rows_due_first,
)
from mamori.rooms.enforcement.findings import actions as findings_actions, matter as records
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.findings.queries import MatterShown, matter_of, pieces_of, told_to_seller
from mamori.rooms.enforcement.findings.views import CuredForm, EvidenceForm, ViewForm, ready
from mamori.rooms.enforcement.lifecycle import FINDING, HIDDEN_FROM_SELLER, FindingState
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.measures.queries import (
    HiddenRow,
    UnconfirmedRow,
    hidden,
    hidden_rows,
    promptness,
    promptness_of,
    unconfirmed,
    unconfirmed_rows,
)
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.rules.bounds import DECIDERS, REVERSING
from mamori.rooms.identity import facts as identity

# What a seller sees of this room: its record with the points that count, each matter, its view, that it is put right.


REVERSED = Text("決めた措置を取り消した", "decided, and reversed")
VIEW = Text(
    "ご意見を受け取りました。担当者が読みます。",
    "We have your view. A person reads it.",
)
CURED = Text(
    "直したとのご連絡を受け取りました。確かめてから反映します。",
    "We have your word that it is put right. We will look and take it into account.",
)
PHOTO = Text(
    "写真を受け取りました。担当者が確かめます。",
    "We have your photograph. A person looks at it.",
)
DONE: dict[str, Done] = {
    "view": {"state_view": VIEW, "add_evidence": VIEW},
    "cured": {"say_cured": CURED},
    "photo": {"add_evidence": PHOTO},
}


FORMS: dict[str, type[VersionForm]] = {"view": ViewForm, "cured": CuredForm, "photo": EvidenceForm}
"""What the page takes, by the `act` that its form names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRow:
    """A matter in the seller's list."""

    number: str
    title: Text
    state: Text
    is_open: bool
    awaits_view: bool
    awaits_photo: bool


@open_to(*SELLERS)
def record(request: Visit) -> HttpResponse:
    """Show what stands, what counts until when, and every matter the seller was told of."""
    ref = actor_of(request).whose.removeprefix("seller:")
    shown = {
        "record": facts.record(ref, at=request.received_at),
        "standing": facts.standing(ref),
        "matters": _rows(told_to_seller(ref)),
        "expires_days": policy.in_force(request.received_at).expires_days,
    }
    return render(request, "enforcement/seller/record.html", shown)


@open_to(*SELLERS)
def matter(request: Visit, number: str) -> HttpResponse:
    """Show what is alleged, what was decided and why, until when it counts, and take the seller's view or cure."""
    actor = actor_of(request)
    page = matter_of(actor, number)
    appeals = numbers_against(tuple(one.id for one in page.measures))
    first = {"version": page.version}
    forms: dict[str, VersionForm] = {act: kind(initial=first) for act, kind in FORMS.items()}
    sent, status = "view", 200
    if request.method == "POST":
        status = 422
        named = request.POST.get("act", "")
        sent = named if named in FORMS else "view"
        form = forms[sent] = FORMS[sent](request.POST, request.FILES)
        if form.is_valid():
            try:
                return HttpResponseRedirect(_do(actor, page, form.cleaned_data, sent))
            except NotThere:
                raise
            except Refusal as refusal:
                page = matter_of(actor, number)
                status = refuse(form, refusal, version=page.version)
    shown = {
        "page": page,
        "pieces": pieces_of(page.id),
        "measures": [
            (one, appeals.get(one.id, ""), may_appeal(one.id, request.received_at)) for one in page.measures
        ],
        **forms,
        "form": forms[sent],
        "done": just_done(actor, f"enforcement.finding:{page.id}", DONE.get(request.GET.get("done", ""))),
    }
    return render(request, "enforcement/seller/matter.html", shown, status=status)


def _do(actor: Actor, page: MatterShown, given: dict[str, Any], sent: str) -> str:
    if sent == "photo":
        with ready(actor, page.seller_ref, given["attached"]) as files:
            findings_actions.add_evidence(actor, finding=page.id, ready=files, version=given["version"])
    elif sent == "view":
        with ready(actor, page.seller_ref, given["attached"]) as files, memory.act():
            findings_actions.state_view(actor, finding=page.id, said=given["said"], version=given["version"])
            findings_actions.add_evidence(actor, finding=page.id, ready=files)
    else:
        standing.say_cured(actor, finding=page.id, said=given["said"], version=given["version"])
    base = reverse("enforcement_seller:matter", args=(page.number,))
    return f"{base}?done={sent}"


def _rows(findings: tuple[Finding, ...]) -> list[MatterRow]:
    numbers = cases.numbers_of([records.about(one) for one in findings])
    return [_row(one, numbers[records.about(one)]) for one in findings]


def _is_reversed(finding: Finding) -> bool:
    """Say whether what was decided was reversed."""
    return any(one.ended_because in REVERSING for one in finding.measures.all())


def _row(finding: Finding, number: str) -> MatterRow:
    state = FindingState(finding.state)
    return MatterRow(
        number=number,
        title=breach_of(finding.breach).title,
        state=REVERSED if _is_reversed(finding) else FINDING.states[HIDDEN_FROM_SELLER.get(state, state)],
        is_open=finding.closed_at is None,
        awaits_view=state is FindingState.HEARING,
        awaits_photo=records.awaits_photo(finding),
    )


MONTHS = 12
"""Months in the pictures."""
TAKEN = Text("{kind}：措置までの時間", "{kind}: hours to a measure")
KINDS = {
    one: Text(f"{text.ja}違反", f"{text.en.capitalize()} breaches") for one, text in SEVERITY_TEXTS.items()
}


@open_to(Role.LEAD, Role.COUNSEL)
def page(request: Visit, case_page: str) -> HttpResponse:
    """Show the figures of `?month=2026-11`, of the present month where none is named."""
    now = month_of(request.received_at)
    month = month_named(request.GET.get("month", ""), now)
    rows = [
        (one, _text(one), _text(before))
        for one, before in zip(promptness(month), promptness(month.previous), strict=True)
    ]
    width = len(rows) // len(Severity)
    groups = [
        (KINDS[severity], rows[place * width : (place + 1) * width])
        for place, severity in enumerate(reversed(Severity))
    ]
    seen = promptness_of(list(accumulate(repeat(month, MONTHS), lambda one, _: one.previous))[::-1])
    drawn = [
        spans(f"measures-{severity}", TAKEN.fill(kind=KINDS[severity]), seen[severity], Unit.HOURS)
        for severity in reversed(Severity)
    ]
    shown = {
        "pictures": drawn,
        "month": month,
        "groups": groups,
        "few": FEW,
        "is_past": month < now,
        "is_running": month == now,
    }
    return render(request, "enforcement/staff/promptness.html", shown)


def _text(reading: Reading) -> Text:
    return value_text(reading.figure.unit, reading.value, of=reading.of)


# What staff read in this room: appeals that wait for their outcome, measures that the marketplace has not confirmed.


SELLER = Text("出品者", "Seller")
NUMBER = Text("受付番号", "Number")
REFERENCE = Text("出品者の番号", "Seller's reference")


def _of_seller[Kind: (Appeal, Measure)](rows: QuerySet[Kind], actor: Actor, ref: str) -> QuerySet[Kind]:
    return rows.filter(seller_ref=ref)


def _of_kind(rows: QuerySet[Measure], actor: Actor, kind: str) -> QuerySet[Measure]:
    return rows.filter(kind=kind)


def _reviewed(rows: QuerySet[Appeal], actor: Actor, by: str) -> QuerySet[Appeal]:
    return rows.filter(reviewer=people.subject_of(actor) if by == "me" else "")


APPEALS: ReadingList[AppealRow] = ReadingList(
    slug="appeals",
    title=Text("異議の申出", "Appeals"),
    lead=Text(
        "その件にかかわっていない責任者か法務担当が見直します。期限の近い順です。",
        "Reviewed by a lead or counsel who took no part in the matter. Due first.",
    ),
    empty=Text("見直し中の異議はありません", "No appeal waits"),
    roles=STAFF,
    rows=appeals_waiting,
    order=("id",),
    size=100,
    read=rows_due_first,
    columns=(
        ListColumn(
            title=Text("何への異議か", "Against"),
            value="against",
            to="number",
            beneath=(ListColumn(title=NUMBER, value="number", written=Written.NUMBER),),
        ),
        ListColumn(title=SELLER, value="seller_ref", written=Written.CALLED),
        ListColumn(title=Text("状態", "State"), value="state_text"),
        ListColumn(title=Text("担当", "Reviewed by"), value="reviewer_text", written=Written.CALLED),
        ListColumn(title=Text("届いた日時", "Received"), value="received_at", written=Written.MOMENT),
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
    ),
    filters=(
        Filter(
            name="reviewer",
            title=Text("担当", "Reviewed by"),
            narrow=_reviewed,
            choices={"nobody": Text("担当なし", "nobody yet"), "me": Text("自分", "me")},
        ),
        Filter(name="seller", title=REFERENCE, narrow=_of_seller),
    ),
)

HIDDEN: ReadingList[HiddenRow] = ReadingList(
    slug="hidden",
    title=Text("暫定非表示の商品", "Listings provisionally hidden"),
    lead=Text(
        "危険のおそれがあり、判断が出るまで見えなくしている商品です。古い順です。番号を開くと、責任者か法務担当は続けるか解くかを"
        "確かめられます。時間がたっても表示に戻りません。",
        "Listings that may be dangerous and are hidden until the decision; the oldest first. Behind its number a lead or counsel "
        "lets each stand or lifts it. No time shows them again.",
    ),
    empty=Text("暫定的に非表示にしている商品はありません", "No listing is provisionally hidden"),
    roles=STAFF,
    rows=hidden,
    order=("id",),
    read=hidden_rows,
    columns=(
        ListColumn(title=NUMBER, value="number", written=Written.NUMBER, to="number"),
        ListColumn(title=Text("疑い", "Finding"), value="title"),
        ListColumn(
            title=Text("商品", "Listing"),
            value="target_ref",
            written=Written.CALLED,
            beneath=(ListColumn(title=SELLER, value="seller_ref", written=Written.CALLED, led=True),),
        ),
        ListColumn(title=Text("隠した日時", "Hidden since"), value="since", written=Written.MOMENT),
        ListColumn(
            title=Text("責任者・法務担当", "Lead or counsel"),
            value="looked",
            beneath=(ListColumn(title=Text("日時", "At"), value="looked_at", written=Written.MOMENT),),
        ),
        ListColumn(
            title=Text("状態", "State"),
            value="state",
            beneath=(
                ListColumn(
                    title=Text("意見の期限", "View due"),
                    value="view_due_at",
                    written=Written.MOMENT,
                    led=True,
                ),
            ),
        ),
    ),
    filters=(Filter(name="seller", title=REFERENCE, narrow=_of_seller),),
)
WAITING: ReadingList[UnconfirmedRow] = ReadingList(
    slug="measures",
    title=Text("通販サイトの確認待ちの措置", "Measures that the marketplace has not confirmed"),
    lead=Text(
        "実施や解除を指示したのに、まだ確認がないものです。古い順です。",
        "What was ordered or is being lifted, and not confirmed yet; the oldest first.",
    ),
    empty=Text("ありません", "There is none"),
    roles=STAFF,
    rows=unconfirmed,
    order=("id",),
    read=unconfirmed_rows,
    columns=(
        ListColumn(title=NUMBER, value="number", written=Written.NUMBER, to="number"),
        ListColumn(
            title=Text("措置", "Measure"),
            value="title",
            beneath=(
                ListColumn(title=Text("額の上限", "Cap"), value="cap"),
                ListColumn(title=Text("条項", "clause"), value="clause", led=True),
            ),
        ),
        ListColumn(
            title=SELLER,
            value="seller_ref",
            written=Written.CALLED,
            beneath=(ListColumn(title=Text("対象", "On"), value="target_ref", written=Written.CALLED),),
        ),
        ListColumn(title=Text("待った日数", "Waiting"), value="days"),
        ListColumn(title=Text("終わり", "Ends"), value="ends_at", written=Written.MOMENT),
        ListColumn(title=Text("見直し", "Review"), value="review_at", written=Written.MOMENT),
    ),
    filters=(
        Filter(
            name="kind",
            title=Text("措置", "Measure"),
            narrow=_of_kind,
            choices={one.code: one.title for one in (*MEASURES, PROVISIONAL_HIDING)},
        ),
        Filter(name="seller", title=REFERENCE, narrow=_of_seller),
    ),
)


@open_to(*APPEALS.roles)
def appeals(request: Visit, case_page: str) -> HttpResponse:
    """Show the appeals that wait for their outcome, due first."""
    return show(request, APPEALS, case_page=case_page)


@open_to(*WAITING.roles)
def waiting(request: Visit, case_page: str) -> HttpResponse:
    """Show the measures and liftings that the marketplace has not confirmed, the oldest first."""
    more = {"is_lead": actor_of(request).role in DECIDERS}
    return show(request, WAITING, case_page=case_page, template="enforcement/staff/waiting.html", more=more)


@open_to(*HIDDEN.roles)
def hidden_page(request: Visit, case_page: str) -> HttpResponse:
    """Show what is provisionally hidden, the oldest first."""
    return show(request, HIDDEN, case_page=case_page)


@open_to(*STAFF)
def seller(request: Visit, ref: str, case_page: str) -> HttpResponse:
    """Show a seller's record: points, measures, what was told of it; to counsel alone that it is protected."""
    known = market.seller(ref)
    shown = {
        "ref": ref,
        "told": known.contact if known and not known.erased else None,
        "protected": known is not None and known.contact.protected and actor_of(request).role is Role.COUNSEL,
        "record": facts.record(ref, at=request.received_at),
        "identity": identity.identity(ref, at=request.received_at),
        "cases": [
            (one, FINDING_CASE.topic(one.title), case_page.format(number=one.number))
            for one in cases.cases_of(abouts=facts.abouts_of(ref)).values()
        ],
    }
    return render(request, "enforcement/staff/seller.html", shown)
