"""A hold is looked at on its day, tells its seller until when, and ends by a decision of counsel or by two people's release."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.ground.people import actions as people
from mamori.ground.people.actions.proposing import NotYoursToAgree
from mamori.ground.people.facts import Profile, Size
from mamori.japan.calendar import JAPAN
from mamori.japan.written import ReasonNeeded
from mamori.rooms.payouts import actions as payouts, facts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.holds import actions as holds
from mamori.rooms.payouts.models import Payout, Transfer
from mamori.rooms.payouts.refusals import (
    NoLookOwed,
    NoSuchAccount,
    NoSuchPayout,
    NotForThisRole,
    NothingWaits,
    TooMuchReleased,
)
from mamori.rooms.payouts.rules import SETTLED, Settled, Verdict
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    EVES,
    MONDAY,
    STRANGER,
    actor,
    agent,
    ask,
    codes,
    counsel,
    expired,
    held,
    lead,
    machine,
    pays_to,
    registered,
    settle,
    told,
)
from tests.shops import put_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
PROFILE = Profile(size=Size.THREE, delay=Hours(48))
MUCH_LATER = MONDAY + timedelta(days=61)


def now(ref: str = "P-1") -> facts.PayoutFact:
    return facts.payout(machine(), ref)


def case(ref: str = "P-1") -> cases.CaseFact:
    return cases.case_of(f"payouts.payout:{ref}")


def kinds(ref: str = "P-1") -> list[str]:
    return [kind.removeprefix("payouts.") for kind, _ in ledger.kinds_about(f"payouts.payout:{ref}")]


def test_a_hold_says_when_it_is_looked_at_and_when_it_ends() -> None:
    found = held()

    assert found.review_at is not None
    assert found.ends_at is not None
    assert (
        found.review_at.astimezone(JAPAN).date().isoformat() == "2026-11-25"
    )  # five business days, a holiday in between
    assert (found.ends_at - MONDAY).days in (60, 61)
    assert (case().state, case().attention) == ("held", None)


def test_on_its_day_a_hold_is_asked_again_and_a_person_has_to_look() -> None:
    found = held()
    assert found.review_at is not None

    settle(found.review_at + timedelta(minutes=1))

    assert case().attention == "review"
    assert "remind_review" in kinds()
    assert [one.template for one in outbox.notices(to="lead", limit=9)] == ["payouts.review_due"]


def test_a_look_that_finds_it_still_right_sets_the_next_day_and_leaves_the_end_where_it_is() -> None:
    found = held()
    later = MONDAY + timedelta(days=2)

    holds.review(lead(later), payout="P-1", reason="確認書類を待っている")

    again = now()
    assert again.review_at is not None
    assert found.review_at is not None
    assert again.review_at > found.review_at
    assert again.ends_at == found.ends_at
    assert kinds()[-1] == "review"


def test_a_look_that_finds_the_reason_gone_pays() -> None:
    held()
    put_shop(machine(MONDAY), **registered(verified_at=MONDAY))

    holds.review(lead(), payout="P-1", reason="確認が済んだ")

    assert now().verdict is Verdict.RELEASE
    assert "review" not in kinds()


def test_on_its_last_day_a_hold_goes_to_counsel_and_nothing_is_paid_or_kept_in_silence() -> None:
    held()

    settle(MUCH_LATER)

    found = now()
    assert (found.state, found.waits, found.verdict) == ("counsel", 10_000, Verdict.REVIEW)
    assert case().attention == "end"
    assert not Transfer.objects.exists()
    assert "payouts.to_counsel" in [one.template for one in outbox.notices(to="counsel", limit=9)]


def test_counsel_is_reminded_until_it_is_decided_and_a_gone_reason_still_pays() -> None:
    held()
    settle(MUCH_LATER + timedelta(days=10))
    assert kinds().count("remind_counsel") >= 1

    put_shop(machine(MUCH_LATER), **registered(verified_at=MUCH_LATER))
    settle(MUCH_LATER + timedelta(days=11))

    assert now().verdict is Verdict.RELEASE
    assert case().closed_at is not None


@pytest.mark.parametrize("how", list(Settled))
def test_counsel_brings_money_that_cannot_be_paid_to_its_end_and_the_seller_hears_how(how: Settled) -> None:
    held()
    settle(MUCH_LATER)

    holds.settle(counsel(MUCH_LATER), payout="P-1", how=how, reason="相続人が不明")

    found = now()
    assert (found.state, found.waits, found.released) == ("settled", 0, 0)
    assert Payout.objects.get().settled_amount == 10_000
    assert "payouts.ended" in told()
    assert how.text is SETTLED[how]
    with pytest.raises(NothingWaits):
        holds.settle(counsel(MUCH_LATER), payout="P-1", how=how, reason="もう一度")


def test_what_was_settled_is_answered_as_it_was_and_never_paid() -> None:
    held()
    settle(MUCH_LATER)
    holds.settle(counsel(MUCH_LATER), payout="P-1", how=Settled.DEPOSITED, reason="供託した")
    put_shop(machine(MUCH_LATER), **registered(verified_at=MUCH_LATER))
    settle(MUCH_LATER)

    assert ask(at=MUCH_LATER).released == 0
    assert not Transfer.objects.exists()


@pytest.mark.parametrize("who", [agent(), lead(), machine(), *EVES])
def test_nobody_but_counsel_settles(who: Actor) -> None:
    held()
    settle(MUCH_LATER)

    with pytest.raises(NotForThisRole):
        holds.settle(who, payout="P-1", how=Settled.DEPOSITED, reason="x")


@pytest.mark.parametrize("who", [agent(), machine(), actor("seller:S-1", Role.SELLER), *EVES])
def test_nobody_but_leads_and_counsel_lets_a_hold_stay_or_proposes_to_pay_it(who: Actor) -> None:
    held()

    with pytest.raises(NotForThisRole):
        holds.review(who, payout="P-1", reason="x")
    with pytest.raises(NotForThisRole):
        holds.propose_release(who, payout="P-1", amount=1, reason="x", profile=PROFILE)


@pytest.mark.parametrize("who", EVES)
def test_a_payout_that_is_not_ones_own_is_not_there(who: Actor) -> None:
    held()

    with pytest.raises(NoSuchPayout):
        facts.payout(who, "P-1")


def test_a_decision_needs_a_reason_and_something_that_waits() -> None:
    pays_to()
    ask()

    with pytest.raises(ReasonNeeded):
        holds.review(lead(), payout="P-1", reason=" ")
    with pytest.raises(NothingWaits):
        holds.review(lead(), payout="P-1", reason="x")
    with pytest.raises(NothingWaits):
        holds.propose_release(lead(), payout="P-1", amount=1, reason="x", profile=PROFILE)
    with pytest.raises(NoSuchPayout):
        holds.review(lead(), payout="P-9", reason="x")


def test_two_people_pay_what_waits_in_part_and_no_later_look_takes_it_back() -> None:
    held()
    number = holds.propose_release(lead(), payout="P-1", amount=4_000, reason="家賃のため", profile=PROFILE)
    before = now().released

    people.agree(counsel(), proposal=number, profile=PROFILE)
    payouts.reconsider(machine(MONDAY + timedelta(hours=1)), seller_ref="S-1")

    found = now()
    assert before == 0
    assert (found.verdict, found.released, found.waits) == (Verdict.PARTIAL, 4_000, 6_000)
    assert Transfer.objects.get().agreed
    assert kinds()[-2:] == ["propose_release", "release"]


def test_all_of_it_may_be_paid_and_the_hold_is_over() -> None:
    held()
    number = holds.propose_release(lead(), payout="P-1", amount=10_000, reason="確認済み", profile=PROFILE)

    people.agree(counsel(), proposal=number, profile=PROFILE)

    assert (now().verdict, now().state) == (Verdict.RELEASE, "released")
    assert case().closed_at is not None


def test_who_proposed_does_not_agree() -> None:
    held()
    number = holds.propose_release(lead(), payout="P-1", amount=1, reason="x", profile=PROFILE)

    with pytest.raises(NotYoursToAgree):
        people.agree(lead(), proposal=number, profile=PROFILE)
    assert now().released == 0


def test_no_more_is_released_than_waits_and_only_to_an_account() -> None:
    held()
    with pytest.raises(TooMuchReleased):
        holds.propose_release(lead(), payout="P-1", amount=10_001, reason="x", profile=PROFILE)
    with pytest.raises(TooMuchReleased):
        holds.propose_release(lead(), payout="P-1", amount=0, reason="x", profile=PROFILE)

    ask("P-2", seller_ref="S-2")
    with pytest.raises(NoSuchAccount):
        holds.propose_release(lead(), payout="P-2", amount=1, reason="x", profile=PROFILE)


@pytest.mark.parametrize("gone", ["paid", "account", "less"])
def test_what_is_agreed_on_too_late_is_refused_to_who_agrees(gone: str) -> None:
    held()
    number = holds.propose_release(lead(), payout="P-1", amount=10_000, reason="x", profile=PROFILE)
    if gone == "paid":
        put_shop(machine(MONDAY), **registered(verified_at=MONDAY))
        settle(MONDAY)
    elif gone == "account":
        accounts.stop_account(agent(), account=facts.accounts(machine(), "S-1")[0].id)
    else:
        Payout.objects.update(waits=5, amount=10_000)

    wanted = {"paid": NothingWaits, "account": NoSuchAccount, "less": TooMuchReleased}[gone]
    with pytest.raises(wanted):
        people.agree(counsel(), proposal=number, profile=PROFILE)


def test_without_a_clause_a_person_looks_within_a_business_day_and_is_reminded() -> None:
    expired("S-2")
    pays_to(ref="S-2")
    found = ask(seller_ref="S-2")
    assert found.review_at is not None
    assert (found.state, found.review_at.astimezone(JAPAN).date().isoformat()) == ("review", "2026-11-18")
    assert case().attention == "look"

    settle(found.review_at + timedelta(minutes=1))

    assert case().attention == "overdue"
    holds.review(lead(MONDAY + timedelta(days=3)), payout="P-1", reason="登録の確認を依頼した")
    assert case().attention is None


def test_a_mismatch_without_a_clause_is_looked_at_and_then_goes_to_counsel() -> None:
    account = pays_to(STRANGER, ref="S-2")
    found = ask(seller_ref="S-2")
    assert (found.state, codes(found)) == ("review", ["name-mismatch"])

    accounts.refuse_name(agent(), account=account.pk, reason="名義が別人")

    assert now().state == "counsel"
    assert "payouts.name_refused" in told("S-2")


def test_the_end_does_not_move_when_another_reason_comes_up() -> None:
    first = held()
    pays_to(STRANGER, at=MONDAY + timedelta(days=1))
    settle(MONDAY + timedelta(days=20))

    assert now().ends_at == first.ends_at


def test_the_list_of_what_waits_is_by_age_and_has_each() -> None:
    held()
    pays_to(STRANGER, ref="S-2")
    ask("P-2", 5, seller_ref="S-2", at=MONDAY + timedelta(days=3))

    rows = facts.waiting(at=MONDAY + timedelta(days=4))

    assert [(one.payout.ref, one.days, bool(one.case)) for one in rows] == [
        ("P-1", 4, True),
        ("P-2", 1, True),
    ]
    assert [one.payout.ref for one in facts.waiting_of("S-2", at=MONDAY)] == ["P-2"]


def test_a_clock_that_rings_for_what_was_paid_says_and_changes_nothing() -> None:
    pays_to()
    ask()

    holds.end_hold(machine(MUCH_LATER), payout="P-1")
    holds.remind_review(machine(MUCH_LATER), payout="P-1")

    assert (now().state, kinds()) == ("released", ["authorize"])


def test_a_refused_name_sends_nothing_to_counsel_that_waits_for_something_else() -> None:
    pays_to(ref="S-2")
    other = pays_to(STRANGER, ref="S-2", at=MONDAY)
    ask(seller_ref="S-2")

    accounts.refuse_name(agent(), account=other.pk, reason="名義が別人")

    assert (now().state, codes(now())) == ("review", ["account-cooling"])


def test_a_name_whose_check_has_ended_is_looked_at_no_more_and_goes_to_no_counsel() -> None:
    account = pays_to(STRANGER, ref="S-2")
    expired("S-2")
    ask(seller_ref="S-2")

    with pytest.raises(NoLookOwed):
        accounts.refuse_name(agent(), account=account.pk, reason="名義が別人")

    assert (now().state, codes(now())) == ("review", ["identity-expired"])


def test_the_seller_is_told_again_only_when_more_waits_or_for_another_reason() -> None:
    held()
    payouts.reconsider(machine(MONDAY + timedelta(hours=1)), seller_ref="S-1")
    once = told().count("payouts.held")

    pays_to(STRANGER, at=MONDAY + timedelta(days=1))

    assert (once, told().count("payouts.held")) == (1, 2)


def test_a_look_that_is_owed_for_more_than_a_name_gets_its_clock_though_a_name_was_looked_at_already() -> (
    None
):
    put_shop(machine(EARLY), **registered(ref="S-3", legal_kana=""))
    pays_to(ref="S-3")
    found = ask(seller_ref="S-3")
    assert (found.state, cases.numbers_of(["payouts.payout:P-1"])) == ("review", {})
    expired("S-3")
    settle(MONDAY)

    assert codes(now()) == ["identity-changed"]
    assert case().attention == "look"
    assert case().next_due_at is not None


def test_another_reason_puts_the_look_at_a_hold_not_off() -> None:
    first = held()
    pays_to(STRANGER, at=MONDAY + timedelta(days=1))
    settle(MONDAY + timedelta(days=1))

    assert "account-cooling" in codes(now())
    assert now().review_at == first.review_at
