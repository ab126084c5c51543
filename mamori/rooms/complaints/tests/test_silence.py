"""A seller never learns who reported: not by words, mail, moments, files or counts, in anything that it can read."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.ground.cases import facts as cases
from mamori.ground.outbox.models import Event, Notice
from mamori.japan.calendar import spoken
from mamori.law.care import ConductKind
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    FOUND,
    HOUR,
    MAIL,
    MONDAY,
    WORDS,
    agent,
    anybody,
    confirmed,
    machine,
    reported,
    row,
    uphold,
    whole,
    work,
)
from mamori.rooms.complaints.tests.telephoned import NUMBER, call_me, telephoned
from mamori.rooms.enforcement import endpoints as findings
from mamori.rooms.enforcement.findings import actions as enforcement
from mamori.rooms.enforcement.findings.matter import NotThere

pytestmark = pytest.mark.django_db
LATER = MONDAY + 2 * DAY + 3 * HOUR
ADDED = "追って気づいたこと"


def test_the_seller_finds_nothing_of_who_reported_in_anything_that_it_reads(enter: Enter) -> None:
    secret = confirmed(at=MONDAY + timedelta(minutes=17))
    reported(at=MONDAY + HOUR, source="198.51.100.7")
    reporting.add_words(anybody(MONDAY + 2 * HOUR), secret=secret, said=ADDED)
    uphold(secret, agent(LATER))
    finding = whole(secret).finding
    assert finding is not None
    enforcement.ask_view(agent(LATER), finding=finding)
    work(LATER)

    number = cases.case_of(f"enforcement.finding:{finding}").number
    seller = enter(Role.SELLER, "seller:S-1")
    pages = [
        seller.get(address)
        for address in (
            "/seller/",
            "/seller/measures/",
            f"/seller/measures/{number}/",
            "/seller/objections/",
            "/seller/health/",
        )
    ]
    read = "".join(page.content.decode() for page in pages)
    read += json.dumps(
        list(Notice.objects.filter(to="seller:S-1").values("title", "body", "values")), default=str
    )
    read += "".join(Event.objects.exclude(kind="complaints.decided").values_list("body", flat=True))
    shared = row(secret)
    with pytest.raises(NotThere):
        findings.get_finding(machine(LATER), finding=finding)

    assert FOUND in read
    for hidden in (
        WORDS,
        ADDED,
        MAIL,
        shared.ref,
        secret,
        "complaints.complaint",
        spoken(MONDAY + timedelta(minutes=17)).ja,
        spoken(MONDAY + HOUR).ja,
        "2026-11-16T",
    ):
        assert hidden not in read, hidden
    assert not Event.objects.filter(kind__startswith="complaints.", deliveries__isnull=False).exists()


def test_the_desk_is_closed_to_the_seller(enter: Enter) -> None:
    secret = reported()
    seller = enter(Role.SELLER, "seller:S-1")

    for address in ("/desk/complaints/", f"/desk/complaints/{whole(secret).pk}/"):
        assert seller.get(address).status_code in (302, 403, 404)


def test_the_seller_finds_nothing_of_who_telephoned_either(enter: Enter) -> None:
    row = telephoned(at=MONDAY + timedelta(minutes=17), number=NUMBER, said=call_me(name="田中"))
    complaints.flag_conduct(
        agent(), about=f"complaints.complaint:{row.complaint_id}", conduct=ConductKind.INSULT, said=ADDED
    )
    complaints.uphold(
        agent(LATER),
        complaint=row.complaint_id,
        severity=Severity.SERIOUS,
        said=FOUND,
        reason="照らし合わせた。",
    )
    row.complaint.refresh_from_db()
    enforcement.ask_view(agent(LATER), finding=row.complaint.finding or 0)
    work(LATER)
    number = cases.case_of(f"enforcement.finding:{row.complaint.finding}").number
    seller = enter(Role.SELLER, "seller:S-1")
    read = "".join(
        seller.get(address).content.decode() for address in ("/seller/", f"/seller/measures/{number}/")
    )
    read += json.dumps(
        list(Notice.objects.filter(to="seller:S-1").values("title", "body", "values")), default=str
    )

    assert FOUND in read
    for hidden in (WORDS, ADDED, NUMBER, "田中", row.ref, "カスハラ", "電話で受け", "complaints."):
        assert hidden not in read, hidden
