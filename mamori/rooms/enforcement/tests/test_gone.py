"""What a measure would touch and is there no longer is said when it is proposed, and refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.facts import ListingState, SellerState
from mamori.ground.outbox import facts as outbox
from mamori.rooms.enforcement.findings.queries import unusual
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    answer,
    decided,
    heard,
    lead,
    machine,
    ring,
    wish,
)
from tests.reading import words
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")


def listing(state: ListingState) -> None:
    line = ListingLine(ref="L-1", seller="S-1", name="品", price=8_000, state=state)
    market.put_listing(machine(), line)


def account(state: SellerState) -> None:
    put_shop(machine(), ref="S-1", name="店", mail="shop@example.jp", state=state)


def refusal(finding: int, given: deciding.Wish) -> str:
    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=given)
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

    deciding.decide(lead(), finding=first, wish=wish("notice", 0))
    assert deciding.decide(lead(), finding=second, wish=wish("payout-held", 14))


def test_what_went_since_it_was_proposed_is_not_approved_and_said_to_who_approves(enter: Enter) -> None:
    finding = heard(datetime.now(UTC))
    measure = deciding.decide(lead(datetime.now(UTC)), finding=finding, wish=wish("closed", 0))
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
    assert "通販サイトの記録では" not in desk.get(case).content.decode()

    listing(ListingState.HIDDEN)
    for path in (case, decide):
        page = desk.get(path, follow=True).content.decode()
        assert "<strong>非表示</strong>" in page
        assert "これへの措置は選べません" not in page
    assert 'value="listing-hidden"' in desk.get(decide, follow=True).content.decode()

    listing(ListingState.GONE)
    for path in (case, decide):
        page = words(desk.get(path, follow=True))
        assert "<strong>もうない</strong> · これへの措置は選べません" in page
    assert 'value="listing-hidden"' not in page
    assert 'value="suspended"' in page


def lifting(measure: str = "listing-hidden", state: str = "refused") -> Measure:
    """Return a measure whose time is over and that the marketplace does not take back."""
    found = decided(measure, 14)
    answer(found.instruction)
    ring(MONDAY + timedelta(days=15))
    found.refresh_from_db()
    answer(found.undoing, MONDAY + timedelta(days=15), state)
    found.refresh_from_db()
    return found


def is_out(measure: Measure) -> tuple[str, str, bool]:
    """Say that it is over because its target is gone, and that no clock runs any more and its case is closed."""
    measure.refresh_from_db()
    runs = clocks.open_clocks(f"enforcement.measure:{measure.pk}")
    closed = cases.case_of(f"enforcement.finding:{measure.finding_id}").closed_at
    return measure.state, measure.ended_because, not runs and closed is not None


@pytest.mark.parametrize("measure", ["listing-hidden", "new-listings-stopped"])
def test_what_is_not_taken_back_because_it_is_gone_is_over(measure: str) -> None:
    found = decided(measure, 14)
    answer(found.instruction)
    listing(ListingState.GONE)
    account(SellerState.CLOSED)
    ring(MONDAY + timedelta(days=15))
    found.refresh_from_db()
    assert found.state == "lifting"

    answer(found.undoing, MONDAY + timedelta(days=15), "refused")

    assert is_out(found) == ("over", "gone", True)
    told = outbox.notices(to="seller:S-1", limit=1)[0]
    assert told.template == "enforcement.ended"
    assert "対象がもうないため" in told.body["ja"]


def test_what_turns_out_to_be_gone_after_the_refusal_is_over_at_the_next_reminder() -> None:
    found = lifting()
    assert is_out(found) == ("lifting", "due", False)
    listing(ListingState.GONE)

    ring(MONDAY + timedelta(days=17))

    assert is_out(found) == ("over", "gone", True)


def test_what_is_there_is_asked_for_until_it_is_taken_back() -> None:
    found = lifting()

    ring(MONDAY + timedelta(days=20))

    assert is_out(found) == ("lifting", "due", False)


def test_a_reversal_of_what_is_gone_stays_a_reversal() -> None:
    found = decided("listing-hidden", 14)
    answer(found.instruction)
    standing.lift(lead(), measure=found.pk, because=Ended.MISTAKE, reason="誤り")
    listing(ListingState.GONE)
    found.refresh_from_db()

    answer(found.undoing, outcome="refused")

    assert is_out(found) == ("reversed", "mistake", True)


def test_what_the_measure_itself_removed_is_not_let_go() -> None:
    found = decided("listing-removed", 0)
    answer(found.instruction)
    listing(ListingState.GONE)
    standing.lift(lead(), measure=found.pk, because=Ended.MISTAKE, reason="誤り")
    found.refresh_from_db()

    answer(found.undoing, outcome="refused")

    assert is_out(found) == ("undoing", "mistake", False)
