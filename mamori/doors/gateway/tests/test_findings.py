"""A detector tells what looks like a breach: a person decides, and told twice it is one."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.doors.gateway.tests.conftest import Make, Software, machine
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.market.models import Instruction
from mamori.ground.people.facts import Scope
from mamori.rooms.enforcement.events import FINDING
from mamori.rooms.enforcement.findings import actions as enforcement
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.rules.bounds import Source

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "ref": "scan-2026-11-28-17",
    "seller": "S-1",
    "listing": "L-1",
    "breach": "counterfeit",
    "severity": "serious",
    "facts": [{"ja": "商標の表示が登録と違います。", "en": "The mark differs from the registered one."}],
}


def test_what_a_detector_tells_waits_for_a_person_and_nothing_follows_by_itself(market: Software) -> None:
    told = market.call("POST", "/findings", TOLD)

    assert told.status_code == 201
    found = Finding.objects.get()
    assert (found.source, found.automated, found.listing_ref) == (Source.MARKET, True, "L-1")
    assert told.json()["id"] == FINDING.of(found.pk)
    assert told["Location"] == f"/api/v1/findings/{told.json()['id']}"
    assert not Instruction.objects.exists()
    assert market.call("GET", f"/findings/{told.json()['id']}").json() == told.json()


@pytest.mark.parametrize("english", ["", " ", "\u000b"])
def test_where_the_english_says_nothing_the_japanese_stands_for_it(market: Software, english: str) -> None:
    told = market.call("POST", "/findings", TOLD | {"facts": [{"ja": "違います。", "en": english}]})

    assert told.status_code == 201


def test_told_again_under_its_reference_it_is_the_same_finding(market: Software) -> None:
    first = market.call("POST", "/findings", TOLD).json()
    again = market.call("POST", "/findings", TOLD | {"severity": "grave"}).json()
    other = market.call("POST", "/findings", TOLD | {"ref": "scan-18"}).json()

    assert again == first
    assert other["id"] != first["id"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"seller": "S-9"}, "subject-unknown"),
        ({"listing": "L-9"}, "subject-unknown"),
        ({"breach": "rudeness"}, "breach-unknown"),
        ({"facts": []}, "field-wrong"),
        ({"facts": [{"ja": " "}]}, "field-wrong"),
        ({"found_at": "2999-01-01T00:00:00Z"}, "found-in-future"),
        ({"severity": "awful"}, "field-wrong"),
        ({"reporter": "B-1"}, "field-unknown"),
    ],
)
def test_what_is_wrong_with_it_is_said_and_nothing_is_kept(
    market: Software, wrong: dict[str, Any], code: str
) -> None:
    answer = market.call("POST", "/findings", TOLD | wrong)

    said = answer.json()
    assert code in {said["code"], *(one["code"] for one in said.get("errors", ()))}
    assert answer.status_code in (404, 422)
    assert not Finding.objects.exists()


def test_a_finding_of_the_staff_is_no_detectors_business(market: Software) -> None:
    mine = enforcement.find(
        machine(),
        breach="counterfeit",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller="S-1"),
        facts=(Text("見ました。", "Seen."),),
        origin="staff:1",
        source=Source.STAFF,
    )

    answer = market.call("GET", f"/findings/{FINDING.of(mine)}")

    assert answer.status_code == 404


def test_a_key_for_another_purpose_tells_nothing(make: Make, market: Software) -> None:
    reader = make(Scope.CONTACT_READ, name="reader")

    assert reader.call("POST", "/findings", TOLD).json()["code"] == "scope-missing"
