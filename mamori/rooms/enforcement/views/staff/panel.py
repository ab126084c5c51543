"""This room's part of the desk's case page: what is alleged, the seller's record, what the policy answers, what can be done."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse

from mamori.grammar.hand import Hand
from mamori.ground.cases.facts import CaseFact
from mamori.ground.market import facts as market
from mamori.ground.matters.decision import just_done
from mamori.ground.matters.page import MatterPage, PagePart, Section, offers
from mamori.ground.web.signs import Visit, hand_of
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.appealforms import form_for
from mamori.rooms.enforcement.decisions import appeals, findings
from mamori.rooms.enforcement.judgement import judge
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.queries.appeal import AppealShown, appeal_of
from mamori.rooms.enforcement.queries.evidence import files_of, pieces_of
from mamori.rooms.enforcement.queries.first import first_decision
from mamori.rooms.enforcement.queries.matter import MatterShown, matter_of
from mamori.rooms.enforcement.queries.standing import unusual
from mamori.rooms.enforcement.views.clarifying import section_about
from mamori.rooms.enforcement.views.staff.asking import asked


def panel(request: Visit, case: CaseFact, *, case_page: str) -> MatterPage:
    """Return the room's part of the case page."""
    hand, done = hand_of(request), request.GET.get("done", "")
    if case.kind == "enforcement.appeal":
        page = appeal_of(hand, case.number)
        return MatterPage(
            sections=of_appeal(hand, page, case_page=case_page),
            offers=offers(
                appeals.DECISIONS,
                page,
                hand.role,
                partial(_address, case.number),
                form=partial(form_for, page),
                initial={"version": page.version},
            ),
            done=just_done(hand, case.about, appeals.DONE.get(done)),
        )
    matter = matter_of(hand, case.number)
    return MatterPage(
        sections=of_finding(hand, matter, case_page=case_page),
        offers=findings.offers_of(matter, hand, form=asked),
        done=just_done(hand, case.about, findings.DONE.get(done)),
    )


def of_finding(hand: Hand, matter: MatterShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of a finding, on its page and beside each decision on it."""
    finding = None if matter.closed_at else Finding.objects.get(pk=matter.id)
    judged = judge(finding, hand.at) if finding else None
    shown = {
        "listing": market.listing(matter.listing_ref) if matter.listing_ref else None,
        "judged": judged,
        "unusual": unusual(finding) if finding else (),
        "touched": market.counts(matter.seller_ref, at=hand.at) if judged else None,
    }
    facts = _sections("facts", hand, matter.seller_ref, shown | _alleged(matter, case_page))
    return (*facts, section_about(hand, f"enforcement.finding:{matter.id}"))


def of_appeal(hand: Hand, page: AppealShown, *, case_page: str) -> tuple[Section, ...]:
    """Return what is shown of an appeal: what was said, and all of the decision that it is against."""
    against = {} if page.is_of_money else _alleged(matter_of(hand, page.matter_number), case_page)
    shown = {
        "page": page,
        "files": files_of(page.id),
        "own_files_at": _files_at(page.number, case_page),
        "matter_page": case_page.format(number=page.matter_number),
        "first": first_decision(page.id),
    }
    return _sections("appeal_facts", hand, page.seller_ref, shown | against)


def _alleged(matter: MatterShown, case_page: str) -> dict[str, Any]:
    return {
        "matter": matter,
        "pieces": [(one, case_page.format(number=one.case)) for one in pieces_of(matter.id)],
        "files_at": _files_at(matter.number, case_page),
    }


def _files_at(number: str, case_page: str) -> str:
    """Return below which address the files of a case are: a page beside a decision stands deeper than the case's."""
    return f"{case_page.format(number=number)}enforcement/"


def _sections(template: str, hand: Hand, seller_ref: str, shown: dict[str, Any]) -> tuple[Section, ...]:
    record = {"record": facts.record(seller_ref, at=hand.at)}
    return (
        Section(part=PagePart.HISTORY, template="enforcement/staff/history.html", shown=record),
        Section(part=PagePart.FACTS, template=f"enforcement/staff/{template}.html", shown=shown),
    )


def _address(number: str, slug: str) -> str:
    return reverse("enforcement_staff:appeal-deed", args=(number, slug))
