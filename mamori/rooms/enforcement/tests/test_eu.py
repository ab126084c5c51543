"""The EU's statement of reasons: every field by its name there, true to what the measure touches and where it came from."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.measure import Concerns
from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ReviewLine
from mamori.japan.calendar import JAPAN
from mamori.law.breaches import BREACHES
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.rules import CONTENTS, SOURCES, dsa
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.rooms.enforcement.tests.conftest import MONDAY, decided, machine
from mamori.rooms.enforcement.tests.test_statement import given

DECISIONS = {
    "decision_visibility": {"REMOVED", "DISABLED", "DEMOTED"},
    "decision_monetary": {"SUSPENSION", "TERMINATION", "OTHER"},
    "decision_provision": {
        "PARTIAL_SUSPENSION",
        "TOTAL_SUSPENSION",
        "PARTIAL_TERMINATION",
        "TOTAL_TERMINATION",
    },
    "decision_account": {"SUSPENDED", "TERMINATED"},
}
PRODUCT, TEXT, OTHER = (f"CONTENT_TYPE_{name}" for name in ("PRODUCT", "TEXT", "OTHER"))
CATEGORIES = {
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "CONSUMER_INFORMATION",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "OTHER_VIOLATION_TC",
        "SCAMS_AND_FRAUD",
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
    )
}


def test_the_fields_are_those_of_the_schema() -> None:
    fields = dsa(given())

    assert fields == {
        "puid": "enforcement-measure-7",
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"],
        "end_date_visibility_restriction": "2026-11-30",
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": "Measures on listings",
        "incompatible_content_explanation": "What the law asks to be shown is missing or untrue.",
        "decision_facts": "It is not shown.",
        "content_type": [PRODUCT],
        "content_date": "2026-11-13",
        "category": "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
        "territorial_scope": [],
        "application_date": "2026-11-16",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    }


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
def test_every_measure_has_what_the_schema_requires(measure: Any) -> None:
    fields = dsa(given(measure=measure.code))

    assert re.fullmatch(r"[A-Za-z0-9_-]{1,500}", fields["puid"])
    assert ("content_type_other" in fields) is (fields["content_type"] == [OTHER])
    restrictions = [name for name in DECISIONS if name in fields]
    assert len(restrictions) == bool(measure.dsa)
    for name in restrictions:
        value = fields[name][0] if name == "decision_visibility" else fields[name]
        assert value.removeprefix(name.upper() + "_").removeprefix("CONTENT_") in DECISIONS[name]


def test_every_breach_has_a_category_of_the_schema() -> None:
    assert {breach.dsa for breach in BREACHES} <= CATEGORIES


@pytest.mark.parametrize(
    ("measure", "content", "other"),
    [
        ("listing-hidden", PRODUCT, None),
        ("category-closed", PRODUCT, None),
        ("review-removed", TEXT, None),
        ("suspended", OTHER, "the seller's account"),
        ("payout-held", OTHER, "the payout of the seller's proceeds"),
    ],
)
def test_the_content_is_what_the_measure_touches(measure: str, content: str, other: str | None) -> None:
    fields = dsa(given(measure=measure))

    assert (fields["content_type"], fields.get("content_type_other")) == ([content], other)


@pytest.mark.parametrize(
    ("source", "kind", "whose"),
    [
        (Source.CONTACT, "SOURCE_VOLUNTARY", None),
        (Source.STAFF, "SOURCE_VOLUNTARY", None),
        (Source.REPORT, "SOURCE_ARTICLE_16", None),
        (Source.AUTHORITY, "SOURCE_TYPE_OTHER_NOTIFICATION", "a request of a public authority"),
        (Source.MARKET, "SOURCE_VOLUNTARY", None),
        (Source.REPEAT, "SOURCE_VOLUNTARY", None),
    ],
)
def test_where_it_came_from_is_said_and_nobody_who_reported_is_named(
    source: Source, kind: str, whose: str | None
) -> None:
    fields = dsa(given(source=source))

    assert (fields["source_type"], fields.get("source_identity")) == (kind, whose)


def test_nothing_that_is_declared_is_without_its_word_there() -> None:
    assert set(CONTENTS) == set(Concerns)
    assert set(SOURCES) == set(Source)


def test_a_request_under_the_law_is_the_ground_of_illegal_content() -> None:
    fields = dsa(given(clause=None, ground=Text("法第4条の要請", "article 4"), source=Source.AUTHORITY))

    assert fields["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert fields["illegal_content_legal_ground"] == "article 4"
    assert "incompatible_content_ground" not in fields


def test_an_account_and_money_have_their_own_fields_and_what_has_no_end_says_none() -> None:
    assert dsa(given(measure="suspended"))["decision_account"] == "DECISION_ACCOUNT_SUSPENDED"
    assert "end_date_monetary_restriction" in dsa(given(measure="payout-held"))
    assert not any(name.startswith("end_date") for name in dsa(given(measure="closed", ends_at=None)))
    assert not any(name.startswith("end_date") for name in dsa(given(measure="notice")))


def test_days_are_those_of_japan() -> None:
    late = datetime(2026, 11, 16, 23, 30, tzinfo=JAPAN)

    fields = dsa(given(since=late, starts_at=late))

    assert (fields["content_date"], fields["application_date"]) == ("2026-11-16", "2026-11-16")


@pytest.mark.usefixtures("shops")
def test_the_content_is_as_old_as_its_review_its_order_or_else_its_finding() -> None:
    posted = MONDAY - timedelta(days=20)
    line = ReviewLine(ref="R-1", listing="L-1", seller="S-1", order="O-1", stars=5, posted_at=posted)
    market.put_review(machine(), line)
    measure = decided("notice", 0)
    assert statements.since(measure) == measure.finding.found_at

    Finding.objects.update(review_ref="R-1")
    review = Measure.objects.get(pk=measure.pk)
    review.kind = "review-removed"
    assert statements.since(review) == posted
    review.kind = "suspended"
    assert statements.since(review) == review.finding.found_at

    Finding.objects.update(order_ref="O-1")
    assert statements.since(Measure.objects.get(pk=measure.pk)) == MONDAY - timedelta(days=60)


@pytest.mark.usefixtures("shops")
def test_it_is_sealed_with_the_statement() -> None:
    made = statements.read(decided())

    assert made is not None
    assert made.dsa["content_date"] == "2026-11-16"
    assert made.dsa["content_type"] == [PRODUCT]
