"""What a seller sees of this room, and the lists and figures of staff."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import accumulate, repeat
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mamori.grammar.actor import SELLERS, STAFF, Actor, Role
from mamori.grammar.figures import Unit, value_text
from mamori.grammar.measure import SEVERITY_TEXTS, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import Done, just_done
from mamori.ground.web.access import open_to
from mamori.ground.web.forms import VersionForm
from mamori.ground.web.lists import show
from mamori.ground.web.pictures import spans
from mamori.ground.web.signs import Visit, actor_of
from mamori.law.breaches import breach as breach_of
from mamori.law.figures import FEW
from mamori.rooms.contact.facts import Reading, month_named, month_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.acts import FINDING_CASE
from mamori.rooms.enforcement.appeals.queries import may_appeal, numbers_against
from mamori.rooms.enforcement.findings import actions as findings_actions, matter as records
from mamori.rooms.enforcement.findings.queries import MatterShown, matter_of, pieces_of, told_to_seller
from mamori.rooms.enforcement.findings.views import CuredForm, EvidenceForm, ViewForm, ready, take
from mamori.rooms.enforcement.lifecycle import FINDING, HIDDEN_FROM_SELLER, FindingState
from mamori.rooms.enforcement.lists import HIDDEN
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.measures.queries import promptness, promptness_of
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.rules.bounds import REVERSING
from mamori.rooms.identity import facts as identity

# What a seller sees of this room: its record with the points that count, each matter, its view, that it is put right.


REVERSED = Text("決めた措置を取り消した", "decided, and reversed")
VIEW = Text("ご意見を受け取りました。担当者が読みます。", "We have your view. A person reads it.")
CURED = Text(
    "直したとのご連絡を受け取りました。確かめてから反映します。",
    "We have your word that it is put right. We will look and take it into account.",
)
PHOTO = Text("写真を受け取りました。担当者が確かめます。", "We have your photograph. A person looks at it.")
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
    actor, sent, status = actor_of(request), "view", 200
    page = matter_of(actor, number)
    forms = {act: kind(initial={"version": page.version}) for act, kind in FORMS.items()}
    if request.method == "POST":
        sent = request.POST.get("act", "") if request.POST.get("act") in FORMS else "view"
        forms[sent] = FORMS[sent](request.POST, request.FILES)
        do = partial(_do, actor, page, sent)
        taken = take(forms[sent], do, lambda: matter_of(actor, number).version)
        if isinstance(taken, str):
            return HttpResponseRedirect(f"{request.path}?done={taken}")
        page, status = matter_of(actor, number), taken
    appeals = numbers_against(tuple(one.id for one in page.measures))
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


def _do(actor: Actor, page: MatterShown, sent: str, given: dict[str, Any]) -> str:
    about = {"finding": page.id, "version": given["version"]}
    if sent == "cured":
        standing.say_cured(actor, said=given["said"], **about)
        return sent
    with ready(actor, page.seller_ref, given["attached"]) as files, memory.act():
        if sent == "view":
            findings_actions.state_view(actor, said=given["said"], **about)
            about.pop("version")  # stating the view was the next one
        findings_actions.add_evidence(actor, ready=files, **about)
    return sent


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
