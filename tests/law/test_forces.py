"""How strongly each thing is asked, and by whom: what a lawyer would strike out, no page of ours may say."""

from __future__ import annotations

import pytest

from mamori.grammar.citation import Confidence
from mamori.grammar.declaration import Duty
from mamori.grammar.line import Force
from mamori.ground.terms.facts import RESTED_ON
from mamori.law.citations import DPF_ACT, DPF_ORDER, OPERATOR
from mamori.law.deadlines import DEADLINES
from mamori.law.display import DISPLAY_HINDERS
from mamori.law.duties import CONTACT, DISPLAY, DUTIES, MEASURES_SHOWN, SUSPENSION
from mamori.law.grounds import MEASURE_GROUNDS, STATUTORY_REQUEST
from mamori.law.practices import PRACTICES
from tools.reference import asked
from tools.reference.housemap import render


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.code)
def test_every_duty_is_asked_by_the_act_itself_and_the_order_only_says_how(duty: Duty) -> None:
    assert duty.force.is_of_law
    assert duty.citation.instrument == DPF_ACT
    assert all(one.instrument in (DPF_ACT, DPF_ORDER) for one in duty.details)


def test_the_measures_are_effort_their_disclosure_is_not_and_nothing_else_binds_unasked() -> None:
    unasked = {one.code for one in DUTIES if one.force is Force.SHALL}

    assert unasked == {MEASURES_SHOWN.code}
    assert MEASURES_SHOWN.citation.article == "3(2)"
    assert [one.article for one in MEASURES_SHOWN.details] == ["1", "2"]
    assert {one.citation.article for one in DUTIES if one.force is Force.EFFORT} == {
        "3(1)(i)",
        "3(1)(ii)",
        "3(1)(iii)",
    }


@pytest.mark.parametrize("number", ["P04", "P05", "P06", "P07"])
def test_mediating_urging_the_48_hours_and_refunding_in_the_sellers_place_claim_no_statute(
    number: str,
) -> None:
    [found] = [one for one in PRACTICES if one.code == number]

    assert found.force is Force.PRACTICE
    assert found.citation.confidence is Confidence.PRACTICE
    assert "法の求めではない" in CONTACT.text.ja
    assert "the law does not ask" in CONTACT.text.en


def test_no_deadline_of_the_house_is_said_to_be_the_laws() -> None:
    by_law = [one.code for one in DEADLINES if one.force.is_of_law]
    of_marketplaces = [one.code for one in DEADLINES if one.force is Force.PRACTICE]

    assert by_law == []
    assert of_marketplaces == ["safety.request_pledge", "contact.resolution"]
    assert all(one.citation.instrument == OPERATOR for one in DEADLINES if one.force is Force.OWN_RULE)


def test_article_4_is_a_request_by_the_agency_without_a_duty_or_a_deadline() -> None:
    assert SUSPENSION.force is Force.ASKED_BY_AUTHORITY
    assert SUSPENSION.deadlines == ()
    for one in (SUSPENSION, STATUTORY_REQUEST):
        assert "消費者庁長官" in one.text.ja
        assert "Consumer Affairs Agency" in one.text.en
        assert "大臣" not in one.text.ja
        assert "Prime Minister" not in one.text.en


def test_requests_for_a_dangerous_product_stand_on_the_law_that_they_name_and_not_on_article_4() -> None:
    cited = {one.code: (one.citation.instrument.ja[:8], one.citation.article) for one in MEASURE_GROUNDS}

    assert cited == {
        "statutory-request": ("取引デジタルプラ", "4"),
        "product-safety-request": ("消費生活用製品安", "32-3"),
        "product-accident-request": ("消費生活用製品安", "39-2"),
        "electrical-safety-request": ("電気用品安全法（", "42-7"),
        "liquefied-gas-request": ("液化石油ガスの保", "67"),
        "gas-request": ("ガス事業法（昭和", "157-3"),
        "medicines-request": ("医薬品、医療機器", "72-5(2)"),
    }
    assert {one.code for one in MEASURE_GROUNDS if one.citation.confidence is not Confidence.STATUTE} == {
        "medicines-request"
    }
    assert all(one.citation.is_binding for one in MEASURE_GROUNDS)


def test_the_map_names_the_switches_on_which_a_duty_and_its_practice_rest() -> None:
    drawn = render().splitlines()

    for code, one in (("`display` 3(1)(i)", DISPLAY), ("P01", PRACTICES[0])):
        [row] = [line for line in drawn if line.startswith(f"| {code} |")]
        assert "`display.required`" in row
        assert {rested.code for rested in RESTED_ON} >= set(one.rests_on) > {DISPLAY_HINDERS.code}


def test_every_page_of_duties_and_practices_says_the_force_of_each() -> None:
    duties, practices, in_readme = asked.duties(), asked.practices(), render()

    for duty in DUTIES:
        [row] = [line for line in duties.splitlines() if line.startswith(f"| `{duty.code}` |")]
        [short] = [line for line in in_readme.splitlines() if line.startswith(f"| `{duty.code}` ")]
        assert duty.force.text.ja in row
        assert duty.force.text.ja in short
    for page in (practices, in_readme):
        for one in PRACTICES:
            [row] = [line for line in page.splitlines() if line.startswith(f"| {one.code} |")]
            assert one.force.text.ja in row
