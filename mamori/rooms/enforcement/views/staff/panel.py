"""This room's part of the desk's case page: what is alleged, the seller's record, what the policy answers, what can be done."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.judging import judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.appeal import appeal_of
from mamori.rooms.enforcement.queries.done import just_done
from mamori.rooms.enforcement.queries.evidence import files_of, pieces_of
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.queries.standing import unusual
from mamori.rooms.enforcement.views.staff import appeals
from mamori.rooms.enforcement.views.staff.duties import DONE, duties_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the desk puts on the case's page."""

    work: str
    history: str
    facts: str
    deeds: str
    done: Text | None


def panel(request: Visit, case: CaseFact, *, case_page: str) -> Panel:
    """Return the room's part of the case page.

    :raises NotThere: when the matter is not of this room.
    """
    hand = hand_of(request)
    if case.kind == "enforcement.appeal":
        return _of_appeal(request, case, case_page)
    matter = matter_of(hand, case.number)
    finding = None if matter.closed_at else Finding.objects.get(pk=matter.id)
    judged = judge(finding, request.received_at) if finding else None
    shown = {
        "matter": matter,
        "judged": judged,
        "answer": measure_of(judged.answer.measure) if judged else None,
        "unusual": unusual(finding) if finding else (),
        "pieces": [(one, case_page.format(number=one.case)) for one in pieces_of(matter.id)],
        "touched": market.counts(matter.seller_ref, at=request.received_at) if judged else None,
        "record": facts.record(matter.seller_ref, at=request.received_at),
        "duties": duties_of(matter, hand),
        "case_page": case_page,
    }
    return Panel(
        work="",
        history=render_to_string("enforcement/staff/history.html", shown, request),
        facts=render_to_string("enforcement/staff/facts.html", shown, request),
        deeds=render_to_string("enforcement/staff/deeds.html", shown, request),
        done=just_done(hand, case.about, DONE.get(request.GET.get("done", ""))),
    )


def _of_appeal(request: Visit, case: CaseFact, case_page: str) -> Panel:
    hand = hand_of(request)
    page = appeal_of(hand, case.number)
    shown = {
        "page": page,
        "files": files_of(page.id),
        "deeds": appeals.deeds_of(page),
        "matter_page": case_page.format(number=page.matter_number),
    }
    return Panel(
        work="",
        history="",
        facts=render_to_string("enforcement/staff/appeal_facts.html", shown, request),
        deeds=render_to_string("enforcement/staff/appeal_deeds.html", shown, request),
        done=just_done(hand, case.about, appeals.DONE.get(request.GET.get("done", ""))),
    )
