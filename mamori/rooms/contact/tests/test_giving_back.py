"""What was deducted goes back to the seller: once, never more than was taken, until the marketplace says that it is back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as marketing, facts as market
from mamori.ground.market.instructing import AmountNotLeft
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import month_of
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.recovery import AlreadyGivenBack, GiveBackTooHigh, NothingToGiveBack
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.queries.statement import statement
from mamori.rooms.contact.tests.conftest import EVES, agent, lead, machine, pass_time, seller
from mamori.rooms.contact.tests.test_money import OVERDUE, claim, confirmed, recovery_of

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")
HEARD = OVERDUE + timedelta(hours=1)
LATER = HEARD + timedelta(days=1)


def claimed() -> tuple[int, str]:
    """Return a recovery whose deduction was decided, and its instruction."""
    recovery = recovery_of(confirmed()).id
    contact.state_view(seller(HEARD), recovery=recovery, said="同意しません")
    return recovery, claim(lead(HEARD), recovery)


def settled() -> int:
    recovery, instruction = claimed()
    answer(instruction)
    return recovery


def answer(instruction: str, outcome: str = "confirmed") -> None:
    marketing.confirm(machine(LATER), instruction=instruction, outcome=outcome)
    pass_time(LATER)


def give_back(recovery: int, amount: int = 8_000, by: Actor | None = None) -> None:
    contact.give_back(by or lead(LATER), recovery=recovery, amount=amount, why="異議")


def the(recovery: int) -> facts.RecoveryFact:
    found = facts.recovery(recovery)
    assert found is not None
    return found


def back_instruction() -> str:
    [out] = market.instructions_out(about="contact.recovery:")
    assert out.kind == "give_back"
    return out.ref


def told(to: str) -> list[str]:
    return [notice.template for notice in outbox.notices(to=to, limit=99)]


def reconciles(recovery: int) -> tuple[int, int, int]:
    """Return what is recovered, borne and open, which add up and agree with the log and the marketplace."""
    month = month_of(OVERDUE)
    assert [one.text.en for one in facts.disagreements(month, at=LATER + timedelta(days=1))] == []
    assert [one.text.en for one in facts.unawaited(at=LATER + timedelta(days=1))] == []
    found = facts.money(month)
    assert found.refunded == found.recovered + found.borne + found.open
    return found.recovered, found.borne, found.open


@pytest.mark.parametrize(("amount", "kept"), [(8_000, 0), (3_000, 5_000)])
def test_money_is_open_while_on_its_way_and_borne_by_the_operator_once_it_is_back(
    amount: int, kept: int
) -> None:
    recovery = settled()

    give_back(recovery, amount)
    on_its_way = reconciles(recovery)
    sum_on_its_way = facts.money(month_of(OVERDUE)).back
    case = cases.case_of(f"contact.recovery:{recovery}")
    answer(back_instruction())

    assert on_its_way == (kept, 0, amount)
    assert sum_on_its_way == amount
    assert case.closed_at is None
    assert case.next_due_at is not None
    assert reconciles(recovery) == (kept, amount, 0)
    assert cases.case_of(f"contact.recovery:{recovery}").closed_at == LATER
    assert clocks.open_clocks(f"contact.recovery:{recovery}") == ()
    assert told("seller:S-1")[:2] == ["contact.given_back", "contact.giving_back"]


def test_the_statement_shows_what_goes_back_and_what_is_back() -> None:
    recovery = settled()
    give_back(recovery, 3_000)
    before = statement("S-1", month_of(LATER))
    answer(back_instruction())

    after = statement("S-1", month_of(LATER))

    assert (before.to_give_back, before.given_back) == (3_000, 0)
    assert (after.to_give_back, after.given_back, after.set_off) == (0, 3_000, 8_000)
    assert [(row.back, row.back_at) for row in after.rows] == [(3_000, LATER)]


def test_a_deduction_that_goes_back_whole_before_it_was_made_is_called_back() -> None:
    recovery, instruction = claimed()

    give_back(recovery)
    answer(instruction, "refused")

    found = the(recovery)
    assert (found.state, found.back_state, found.called_back) == ("borne", "needless", True)
    assert "contact.deduction_called_off" in told("seller:S-1")
    assert "contact.not_deducted" not in told("seller:S-1")
    assert reconciles(recovery) == (0, 8_000, 0)


@pytest.mark.parametrize("amount", [8_000, 2_000])
def test_what_was_deducted_all_the_same_goes_back_as_soon_as_it_was(amount: int) -> None:
    recovery, instruction = claimed()

    give_back(recovery, amount)
    assert the(recovery).back_state == "awaited"
    answer(instruction)
    assert the(recovery).back_state == "instructed"
    answer(back_instruction())

    assert the(recovery).back_state == "done"
    assert reconciles(recovery) == (8_000 - amount, amount, 0)


def test_money_that_cannot_go_back_is_seen_to_until_it_has() -> None:
    recovery = settled()
    give_back(recovery)
    answer(back_instruction(), "refused")
    assert cases.case_of(f"contact.recovery:{recovery}").attention == "give-back-stalled"
    assert "contact.not_given_back" in told("lead")

    contact.give_again(lead(LATER), recovery=recovery, reason="口座を直した")
    answer(back_instruction())

    assert the(recovery).back_state == "done"
    assert reconciles(recovery) == (0, 8_000, 0)


def test_what_stalls_is_instructed_anew_by_its_clock_and_what_waits_is_chased() -> None:
    recovery = settled()
    give_back(recovery)
    first = back_instruction()
    pass_time(LATER + timedelta(days=40))
    assert market.instruction(first).times > 1  # type: ignore[union-attr]

    late = LATER + timedelta(days=41)
    marketing.confirm(machine(late), instruction=first, outcome="refused")
    pass_time(late)
    pass_time(late + timedelta(days=40))

    assert back_instruction() != first
    assert cases.asked(f"contact.recovery:{recovery}") == {"review-recovery"}


@pytest.mark.parametrize("amount", [0, 8_001])
def test_no_more_goes_back_than_was_deducted(amount: int) -> None:
    recovery = settled()

    with pytest.raises(GiveBackTooHigh):
        give_back(recovery, amount)

    assert the(recovery).back == 0


def test_it_goes_back_once() -> None:
    recovery = settled()
    give_back(recovery, 3_000)

    with pytest.raises(AlreadyGivenBack):
        give_back(recovery, 3_000)
    answer(back_instruction())
    with pytest.raises(AlreadyGivenBack):
        give_back(recovery, 5_000)
    with pytest.raises(StepNotOpen):
        contact.give_again(lead(LATER), recovery=recovery, reason="もう一度")

    assert reconciles(recovery) == (5_000, 3_000, 0)


def test_nothing_goes_back_where_nothing_was_taken() -> None:
    recovery = recovery_of(confirmed()).id

    with pytest.raises(NothingToGiveBack):
        give_back(recovery)
    with pytest.raises(StepNotOpen):
        contact.give_again(lead(LATER), recovery=recovery, reason="もう一度")


@pytest.mark.parametrize("eve", [*EVES, seller(LATER), agent(LATER), machine(LATER)], ids=str)
def test_only_a_lead_or_counsel_gives_back(eve: Actor) -> None:
    recovery = settled()

    with pytest.raises((NothingHere, StepNotYours)):
        give_back(recovery, by=eve)
    with pytest.raises((NothingHere, StepNotYours, StepNotOpen)):
        contact.give_again(eve, recovery=recovery, reason="もう一度")

    assert the(recovery).back == 0


def test_an_answer_that_comes_twice_has_one_effect() -> None:
    recovery = settled()
    give_back(recovery)
    instruction = back_instruction()

    for _ in range(2):
        answer(instruction)
        contact.confirm_instruction(machine(LATER), instruction=instruction)
        contact.fail_instruction(machine(LATER), instruction=instruction)

    assert the(recovery).back_state == "done"
    assert reconciles(recovery) == (0, 8_000, 0)


def test_the_marketplace_is_never_asked_for_more_than_it_deducted_of_the_order() -> None:
    settled()

    with pytest.raises(AmountNotLeft):
        marketing.instruct(
            lead(LATER), kind="give_back", order_ref="O-1", amount=8_001, about="contact.recovery:9"
        )
