"""What a measure would touch and is there no longer is said when it is proposed, and refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conftest import Enter
from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine, SellerLine
from mamori.ground.market.facts import ListingState, SellerState
from mamori.rooms.enforcement import actions
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.queries.standing import unusual
from mamori.rooms.enforcement.tests.conftest import heard, lead, machine, wish

pytestmark = pytest.mark.usefixtures("shops")


def listing(state: ListingState) -> None:
    line = ListingLine(ref="L-1", seller="S-1", name="品", price=8_000, state=state)
    market.put_listing(machine(), line)


def account(state: SellerState) -> None:
    market.put_seller(machine(), SellerLine(ref="S-1", name="店", mail="shop@example.jp", state=state))


def refusal(finding: int, given: actions.Wish) -> str:
    with pytest.raises(Refusal) as refused:
        actions.decide(lead(), finding=finding, wish=given)
    assert not Measure.objects.filter(finding=finding).exists()
    return refused.value.code


@pytest.mark.parametrize(
    ("measure", "days"), [("closed", 0), ("suspended", 30), ("new-listings-stopped", 14)]
)
def test_an_account_that_is_closed_is_not_closed_or_suspended_once_more(measure: str, days: int) -> None:
    finding = heard()
    account(SellerState.CLOSED)

    assert refusal(finding, wish(measure, days)) == "already-gone"


@pytest.mark.parametrize(
    ("measure", "days"), [("listing-hidden", 14), ("listing-removed", 0), ("demotion", 14)]
)
def test_a_listing_that_is_gone_is_not_measured(measure: str, days: int) -> None:
    finding = heard()
    listing(ListingState.GONE)

    assert refusal(finding, wish(measure, days)) == "already-gone"


def test_a_review_of_which_nobody_told_is_not_removed() -> None:
    finding = heard(breach="fake-review")
    Finding.objects.filter(pk=finding).update(review_ref="R-9")

    assert refusal(finding, wish("review-removed", 0)) == "target-unknown"
    assert [(one.ref, one.is_gone) for one in unusual(Finding.objects.get(pk=finding))] == [("R-9", True)]


def test_what_makes_sense_for_a_closed_account_is_still_decided_on() -> None:
    first, second = heard(), heard(origin="test:2")
    account(SellerState.CLOSED)

    actions.decide(lead(), finding=first, wish=wish("notice", 0))
    assert actions.decide(lead(), finding=second, wish=wish("payout-held", 14))


def test_what_went_since_it_was_proposed_is_not_approved_and_said_to_who_approves(enter: Enter) -> None:
    finding = heard(datetime.now(UTC))
    measure = actions.decide(lead(datetime.now(UTC)), finding=finding, wish=wish("closed", 0))
    Measure.objects.filter(pk=measure).update(decided_by="staff:900")
    account(SellerState.CLOSED)
    path = (
        f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/enforcement/{measure}/approve/"
    )
    desk = enter(Role.COUNSEL)

    assert "利用終了" in desk.get(path).content.decode()
    version = Finding.objects.get(pk=finding).version
    assert desk.post(path, {"version": version}).status_code == 409
    assert Measure.objects.get(pk=measure).state == "proposed"


def test_the_panel_and_the_decision_say_what_is_hidden_or_gone_and_offer_nothing_on_it(enter: Enter) -> None:
    finding = heard(datetime.now(UTC))
    case = f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/"
    decide = f"{case}enforcement/decide/"
    desk = enter(Role.LEAD)
    assert "市場の記録では" not in desk.get(case).content.decode()

    listing(ListingState.HIDDEN)
    for path in (case, decide):
        page = desk.get(path).content.decode()
        assert "<strong>非表示</strong>" in page
        assert "これへの措置は選べません" not in page
    assert 'value="listing-hidden"' in desk.get(decide).content.decode()

    listing(ListingState.GONE)
    for path in (case, decide):
        page = desk.get(path).content.decode()
        assert "<strong>もうない</strong> · これへの措置は選べません" in page
    assert 'value="listing-hidden"' not in page
    assert 'value="suspended"' in page
