"""What a seller sees of this room: its record with the points that count, each matter, its view, that it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mamori.grammar.hand import SELLERS, Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.matters.decision import Done, just_done
from mamori.ground.web.access import open_to
from mamori.ground.web.signs import Visit, hand_of
from mamori.ground.web.versions import VersionForm, refuse
from mamori.law.breaches import breach as breach_of
from mamori.rooms.enforcement import actions, facts, policies, records
from mamori.rooms.enforcement.access import NotThere
from mamori.rooms.enforcement.forms import CuredForm, EvidenceForm, ViewForm
from mamori.rooms.enforcement.lifecycle import FINDING, HIDDEN_FROM_SELLER, FindingState
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.appeal import may_appeal, numbers_against
from mamori.rooms.enforcement.queries.evidence import pieces_of
from mamori.rooms.enforcement.queries.matter import MatterShown, matter_of, told_to_seller
from mamori.rooms.enforcement.rules.reasons import REVERSING
from mamori.rooms.enforcement.views.files import ready

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
class Row:
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
    ref = hand_of(request).whose.removeprefix("seller:")
    shown = {
        "record": facts.record(ref, at=request.received_at),
        "standing": facts.standing(ref),
        "matters": _rows(told_to_seller(ref)),
        "expires_days": policies.in_force(request.received_at).expires_days,
    }
    return render(request, "enforcement/seller/record.html", shown)


@open_to(*SELLERS)
def matter(request: Visit, number: str) -> HttpResponse:
    """Show what is alleged, what was decided and why, until when it counts, and take the seller's view or cure."""
    hand = hand_of(request)
    page = matter_of(hand, number)
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
                return HttpResponseRedirect(_do(hand, page, form.cleaned_data, sent))
            except NotThere:
                raise
            except Refusal as refusal:
                page = matter_of(hand, number)
                status = refuse(form, refusal, version=page.version)
    shown = {
        "page": page,
        "pieces": pieces_of(page.id),
        "measures": [
            (one, appeals.get(one.id, ""), may_appeal(one.id, request.received_at)) for one in page.measures
        ],
        **forms,
        "form": forms[sent],
        "done": just_done(hand, f"enforcement.finding:{page.id}", DONE.get(request.GET.get("done", ""))),
    }
    return render(request, "enforcement/seller/matter.html", shown, status=status)


def _do(hand: Hand, page: MatterShown, given: dict[str, Any], sent: str) -> str:
    if sent == "photo":
        with ready(hand, page.seller_ref, given["attached"]) as files:
            actions.add_evidence(hand, finding=page.id, ready=files, version=given["version"])
    elif sent == "view":
        with ready(hand, page.seller_ref, given["attached"]) as files, memory.act():
            actions.state_view(hand, finding=page.id, said=given["said"], version=given["version"])
            actions.add_evidence(hand, finding=page.id, ready=files)
    else:
        actions.say_cured(hand, finding=page.id, said=given["said"], version=given["version"])
    base = reverse("enforcement_seller:matter", args=(page.number,))
    return f"{base}?done={sent}"


def _rows(findings: tuple[Finding, ...]) -> list[Row]:
    numbers = cases.numbers_of([records.about(one) for one in findings])
    return [_row(one, numbers[records.about(one)]) for one in findings]


def _is_reversed(finding: Finding) -> bool:
    """Say whether what was decided was reversed."""
    return any(one.ended_because in REVERSING for one in finding.measures.all())


def _row(finding: Finding, number: str) -> Row:
    state = FindingState(finding.state)
    return Row(
        number=number,
        title=breach_of(finding.breach).title,
        state=REVERSED if _is_reversed(finding) else FINDING.states[HIDDEN_FROM_SELLER.get(state, state)],
        is_open=finding.closed_at is None,
        awaits_view=state is FindingState.HEARING,
        awaits_photo=records.awaits_photo(finding),
    )
