"""This room's part of the desk's case page: what is alleged, the seller's record, what the policy answers, what can be done."""

from __future__ import annotations

from functools import partial

from django.urls import reverse

from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers
from mamori.ground.web.signs import Visit, hand_of
from mamori.law.measures import measure as measure_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.decisions import appeals, findings
from mamori.rooms.enforcement.judgement import judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.appeal import appeal_of
from mamori.rooms.enforcement.queries.evidence import files_of, pieces_of
from mamori.rooms.enforcement.queries.matter import matter_of
from mamori.rooms.enforcement.queries.standing import unusual


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
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
        "listing": market.listing(matter.listing_ref) if matter.listing_ref else None,
        "judged": judged,
        "answer": measure_of(judged.answer.measure) if judged else None,
        "unusual": unusual(finding) if finding else (),
        "pieces": [(one, case_page.format(number=one.case)) for one in pieces_of(matter.id)],
        "touched": market.counts(matter.seller_ref, at=request.received_at) if judged else None,
        "record": facts.record(matter.seller_ref, at=request.received_at),
        "case_page": case_page,
    }
    return MatterPage(
        sections=(
            Section(part=PagePart.HISTORY, template="enforcement/staff/history.html", shown=shown),
            Section(part=PagePart.FACTS, template="enforcement/staff/facts.html", shown=shown),
        ),
        offers=findings.offers_of(matter, hand),
        done=just_done(hand, case.about, findings.DONE.get(request.GET.get("done", ""))),
    )


def _of_appeal(request: Visit, case: CaseFact, case_page: str) -> MatterPage:
    hand = hand_of(request)
    page = appeal_of(hand, case.number)
    shown = {
        "page": page,
        "files": files_of(page.id),
        "matter_page": case_page.format(number=page.matter_number),
    }
    return MatterPage(
        sections=(Section(part=PagePart.FACTS, template="enforcement/staff/appeal_facts.html", shown=shown),),
        offers=offers(appeals.DECISIONS, page, hand.role, partial(_address, case.number)),
        done=just_done(hand, case.about, appeals.DONE.get(request.GET.get("done", ""))),
    )


def _address(number: str, slug: str) -> str:
    return reverse("enforcement_staff:appeal-deed", args=(number, slug))
