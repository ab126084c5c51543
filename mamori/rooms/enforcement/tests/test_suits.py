"""A decision by hand keeps to what a table may answer, a seller learns of no proposal, and of what is coming."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.ground.cases import facts as cases
from mamori.law.breaches import BREACHES
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.refusals import BesideTheBreach, EndsByCure
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.tests.conftest import MONDAY, agent, decided, heard, lead, wish

pytestmark = pytest.mark.usefixtures("shops")


def number(finding: int) -> str:
    return cases.case_of(f"enforcement.finding:{finding}").number


def test_a_measure_on_something_that_the_breach_is_not_about_is_refused() -> None:
    finding = heard(breach="unanswered")

    with pytest.raises(BesideTheBreach):
        deciding.decide(lead(), finding=finding, wish=wish("listing-removed", 0))

    assert not Measure.objects.exists()


def test_what_was_put_right_takes_no_measure_that_ends_by_that() -> None:
    finding = heard()
    standing.note_cured(agent(), finding=finding, reason="表示を確かめた")

    with pytest.raises(EndsByCure):
        deciding.decide(lead(), finding=finding, wish=wish("listing-hidden", 14))

    assert deciding.decide(lead(), finding=finding, wish=wish("notice", 0))


def test_by_hand_just_what_a_table_may_answer_is_possible() -> None:
    for breach in BREACHES:
        for kind in MEASURES:
            for cured in (None, MONDAY):
                fit = deciding.suits(kind, Finding(breach=breach.code, cured_at=cured))
                assert fit == (kind.concerns in breach.concerns and not (kind.ends_by_cure and cured))
                assert fit == (
                    bounds.concerns_fit(kind, breach.code) and bounds.cure_fits(kind, cured=cured is not None)
                )


def test_the_form_offers_nothing_that_would_be_refused(enter: Enter) -> None:
    finding = heard(datetime.now(UTC), breach="unanswered", listing="")

    page = enter(Role.LEAD).get(f"/desk/cases/{number(finding)}/enforcement/decide/measure/").content.decode()

    assert 'value="listing-removed"' not in page
    assert 'value="notice"' in page


def test_a_seller_is_not_told_that_a_proposal_waits(enter: Enter) -> None:
    finding = heard(datetime.now(UTC), severity=Severity.GRAVE)
    deciding.decide(lead(datetime.now(UTC)), finding=finding, wish=wish("suspended", 30))
    assert Finding.objects.get(pk=finding).state == "proposed"
    shop = enter(Role.SELLER, "seller:S-1")

    for page in ("/seller/measures/", f"/seller/measures/{number(finding)}/"):
        shown = shop.get(page).content.decode()
        assert ("承認待ち" in shown, "判断待ち" in shown) == (False, True)
    assert "承認待ち" in enter(Role.LEAD).get(f"/desk/cases/{number(finding)}/").content.decode()


def test_what_is_announced_is_on_the_sellers_record(enter: Enter) -> None:
    assert decided("closed", 0).state == "announced"

    shown = enter(Role.SELLER, "seller:S-1").get("/seller/measures/").content.decode()

    assert "利用契約の終了" in shown
    assert "予告：" in shown
