"""While something is owed to the buyer, no silence ends the trouble, and no sentence, notice or clock says so."""

from __future__ import annotations

import itertools

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.models import Order
from mamori.ground.outbox import facts as outbox
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.granting import AgreedOnMore, AgreementStands, PartNeedsReason
from mamori.rooms.contact.lifecycle import ProposalState, RemedyState
from mamori.rooms.contact.models import Proposal, Remedy, Trouble
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.owed import Owed, owed
from mamori.rooms.contact.rules.proposals import Kind, least_instead
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, NoRemedyBecause, PartBecause
from mamori.rooms.contact.rules.standing import Turn
from mamori.rooms.contact.tests.agreeing import (
    HOUR,
    MONTH,
    agreed,
    mediated,
    page,
    pay_back,
    running,
    state,
    thread_of,
    told,
)
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)

pytestmark = pytest.mark.usefixtures("market_of_two")


def test_a_granted_refund_that_the_marketplace_refused_does_not_end_in_silence() -> None:
    trouble = mediated()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="確認しました")
    instruction = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="回答なし")

    market.confirm(machine(MONDAY + HOUR), instruction=instruction, outcome="refused")
    pass_time(MONDAY + HOUR)
    standing = page(trouble).standing

    assert standing.turn is Turn.CENTRE
    assert "8,000円の返金が決まりましたが" in standing.now.ja
    assert "までに、窓口があらためて判断" in standing.next.ja
    assert "まもなく" not in standing.next.ja
    assert "refund_stalled" in told("buyer:B-1")
    assert "運営者の返金は、通販サイトの手続きがまだ" in page(trouble, for_seller=True).standing.now.ja
    pass_time(MONDAY + MONTH)
    assert state(trouble) == "overdue"
    assert Remedy.objects.get(trouble=trouble).state == "failed"


def test_a_broken_agreement_is_the_sellers_turn_and_leads_to_the_decision() -> None:
    trouble, offered = agreed()
    due = Proposal.objects.get(pk=offered).due_at

    pass_time(due)

    assert Proposal.objects.get(pk=offered).state == "missed"
    assert thread_of(trouble).state == "waiting"
    assert {"contact.answer", "contact.remedy_decision"} <= running(trouble)
    assert page(trouble).standing.badge.ja == "合意が守られていません"
    assert page(trouble, for_seller=True).standing.turn is Turn.YOURS
    pass_time(MONDAY + MONTH)
    assert state(trouble) == "overdue"
    assert Remedy.objects.get(trouble=trouble).state == "considered"


def test_an_answer_after_a_broken_agreement_does_not_let_the_buyers_silence_end_it() -> None:
    trouble, offered = agreed()
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due)

    contact.answer(seller(due + HOUR), thread=thread_of(trouble).pk, said="送りました")

    assert "contact.silence" not in running(trouble)
    assert told("buyer:B-1")[0] == "answered_meanwhile"
    for side in (page(trouble), page(trouble, for_seller=True)):
        assert side.standing.badge.ja == "合意が守られていません"
        assert "自動で終わ" not in side.standing.next.ja
    pass_time(due + MONTH)
    assert state(trouble) == "overdue"


def test_an_agreement_broken_while_the_sellers_turn_ran_leaves_the_turn_as_it_is() -> None:
    trouble, offered = agreed()
    due = Proposal.objects.get(pk=offered).due_at
    contact.say_unsolved(buyer(due - HOUR), trouble=trouble, said="まだ届きません")
    by = thread_of(trouble).answer_due_at

    pass_time(due)

    assert thread_of(trouble).answer_due_at == by
    assert Trouble.objects.get(pk=trouble).progress == "unsolved"


def test_a_seller_does_not_end_a_trouble_before_its_own_promise_is_due() -> None:
    trouble, offered = agreed()

    contact.answer(seller(MONDAY + 2 * HOUR), thread=thread_of(trouble).pk, said="手配しています")

    assert "contact.silence" not in running(trouble)
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due - HOUR)
    assert Proposal.objects.get(pk=offered).state == "accepted"
    contact.lapse(machine(due - HOUR), thread=thread_of(trouble).pk)
    assert state(trouble) == "overdue"


def test_a_refund_that_was_asked_for_is_waited_for_and_nobody_is_told_otherwise() -> None:
    trouble = mediated()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="確認しました")
    assert "contact.silence" in running(trouble)

    contact.ask_remedy(buyer(MONDAY + HOUR), trouble=trouble, wish=Wish.REFUND)

    assert "contact.silence" not in running(trouble)
    assert "このやり取りは終わりません" in page(trouble).standing.next.ja
    pass_time(MONDAY + MONTH)
    assert state(trouble) == "overdue"


def test_an_answer_alone_is_still_waited_on_and_then_ends() -> None:
    trouble = open_trouble()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="交換します")

    pass_time(MONDAY + MONTH)

    assert state(trouble) == "lapsed"


def test_a_thank_you_after_an_agreement_is_only_added() -> None:
    trouble, _ = agreed()
    before = running(trouble)

    contact.write(buyer(MONDAY + 2 * HOUR), thread=thread_of(trouble).pk, said="ありがとうございます")

    assert running(trouble) == before
    assert thread_of(trouble).state == "answered"
    assert "urge" not in told("seller:S-1")
    contact.say_unsolved(buyer(MONDAY + 3 * HOUR), trouble=trouble, said="まだ届きません")
    assert "contact.answer" in running(trouble)
    due = thread_of(trouble).answer_due_at
    contact.write(buyer(MONDAY + 4 * HOUR), thread=thread_of(trouble).pk, said="お待ちしています")
    assert (thread_of(trouble).state, thread_of(trouble).answer_due_at) == ("waiting", due)


def test_what_is_owed_is_said_by_one_rule() -> None:
    agreements = (None, ProposalState.ACCEPTED, ProposalState.KEPT, ProposalState.MISSED)
    for remedy, asked, agreement, paid in itertools.product(
        (None, *RemedyState), (True, False), agreements, (True, False)
    ):
        found = owed(remedy=remedy, asked=asked, agreement=agreement, paid=paid)

        holds = {
            Owed.AGREEMENT: agreement == "accepted",
            Owed.REMEDY: remedy in ("ordered", "labelled", "sent", "arrived", "instructed"),
            Owed.FAILED: remedy == "failed",
            Owed.BROKEN: agreement == "missed" and not paid,
            Owed.DECISION: asked and remedy == "considered",
        }
        assert found == next((what for what, is_so in holds.items() if is_so), None)


def test_a_withdrawn_proposal_is_no_answer_and_its_clock_runs_on_as_before() -> None:
    trouble = mediated()
    before = Trouble.objects.get(pk=trouble)
    offered = contact.propose(seller(MONDAY + HOUR), trouble=trouble, kind=Kind.PART_REFUND, amount=1)
    assert thread_of(trouble).state == "answered"

    contact.withdraw_proposal(seller(MONDAY + 2 * HOUR), proposal=offered)
    after = Trouble.objects.get(pk=trouble)

    assert (thread_of(trouble).state, thread_of(trouble).answer_due_at) == ("waiting", before.answer_due_at)
    assert (after.first_answered_at, after.progress) == (None, "unanswered")
    assert {"contact.answer", "contact.urge"} <= running(trouble)
    assert "contact.silence" not in running(trouble)
    pass_time(before.answer_due_at)
    assert thread_of(trouble).state == "missed"
    again = contact.propose(seller(before.answer_due_at), trouble=trouble, kind=Kind.REPAIR)
    contact.withdraw_proposal(seller(before.answer_due_at + HOUR), proposal=again)
    assert (thread_of(trouble).state, Trouble.objects.get(pk=trouble).progress) == ("missed", "missed")


def test_a_withdrawn_proposal_leaves_an_answer_in_words_as_it_is() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)
    contact.answer(seller(MONDAY + HOUR), thread=thread_of(trouble).pk, said="修理の費用をお見積りします")

    contact.withdraw_proposal(seller(MONDAY + 2 * HOUR), proposal=offered)
    second = contact.propose(seller(MONDAY + 3 * HOUR), trouble=trouble, kind=Kind.REPAIR)
    contact.withdraw_proposal(seller(MONDAY + 4 * HOUR), proposal=second)

    assert thread_of(trouble).state == "answered"
    assert "contact.silence" in running(trouble)


def test_a_withdrawn_answer_after_another_that_did_not_solve_it_leaves_the_first_in_its_place() -> None:
    trouble = mediated()
    contact.answer(seller(), thread=thread_of(trouble).pk, said="再送します")
    contact.say_unsolved(buyer(MONDAY + HOUR), trouble=trouble, said="届きません")
    offered = contact.propose(seller(MONDAY + 2 * HOUR), trouble=trouble, kind=Kind.REPAIR)

    contact.withdraw_proposal(seller(MONDAY + 3 * HOUR), proposal=offered)

    found = Trouble.objects.get(pk=trouble)
    assert (found.first_answered_at, found.progress) == (MONDAY, "unsolved")
    assert thread_of(trouble).state == "waiting"


def test_a_seller_who_pays_as_agreed_is_not_branded_and_the_buyer_is_asked() -> None:
    pay_back(1_000, MONDAY)
    trouble, offered = agreed(Kind.FULL_REFUND)
    due = Proposal.objects.get(pk=offered).due_at

    pay_back(7_999, MONDAY + 2 * HOUR)
    assert Proposal.objects.get(pk=offered).state == "accepted"
    pay_back(8_000, MONDAY + 3 * HOUR)

    assert Proposal.objects.get(pk=offered).state == "kept"
    assert "contact.silence" in running(trouble)
    assert (told("buyer:B-1")[0], told("seller:S-1")[0]) == ("paid_buyer", "paid_seller")
    assert "お金が戻った" in page(trouble).standing.now.ja
    assert page(trouble, for_seller=True).standing.turn is Turn.THEIRS
    pass_time(due)
    assert sellers_calls() == ()
    assert "agreement_missed" not in told("buyer:B-1")
    contact.say_unsolved(buyer(due), trouble=trouble, said="届いていません")
    assert page(trouble, for_seller=True).standing.turn is Turn.YOURS


def test_money_that_comes_late_is_noted_too_and_the_wait_for_the_buyer_begins() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    due = Proposal.objects.get(pk=offered).due_at
    pass_time(due)
    assert [call.why for call in sellers_calls()] == ["agreement_missed"]

    pay_back(8_000, due + HOUR)
    pay_back(8_000, due + 2 * HOUR)

    found = Proposal.objects.get(pk=offered)
    assert (found.state, found.paid_at) == ("missed", due + HOUR)
    assert thread_of(trouble).state == "answered"
    assert "contact.silence" in running(trouble)
    assert sellers_calls() == ()
    assert told("seller:S-1").count("paid_seller") == 1


def test_what_both_agree_on_takes_the_place_of_a_refund_that_was_asked_for_until_it_is_not_kept() -> None:
    trouble = mediated()
    contact.ask_remedy(buyer(), trouble=trouble, wish=Wish.REFUND)
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.PART_REFUND, amount=100)
    contact.accept(buyer(MONDAY + HOUR), proposal=offered)

    assert "contact.remedy_decision" not in running(trouble)
    assert "decide-remedy" not in cases.asked(f"contact.trouble:{trouble}")
    with pytest.raises(AgreementStands):
        contact.ask_remedy(buyer(MONDAY + HOUR), trouble=trouble, wish=Wish.REFUND)
    pass_time(Proposal.objects.get(pk=offered).due_at)

    assert "contact.remedy_decision" in running(trouble)
    assert "decide-remedy" in cases.asked(f"contact.trouble:{trouble}")
    contact.ask_remedy(buyer(MONDAY + 90 * HOUR), trouble=trouble, wish=Wish.REFUND)
    pay_back(100, MONDAY + 91 * HOUR)
    assert told("buyer:B-1")[0] == "paid_meanwhile", "what was asked for after that is still decided on"
    assert "contact.silence" not in running(trouble)


def test_money_of_which_nobody_told_in_time_is_seen_when_the_agreement_falls_due() -> None:
    _, offered = agreed(Kind.FULL_REFUND)
    Order.objects.filter(pk="O-1").update(refunded_elsewhere=8_000)

    pass_time(Proposal.objects.get(pk=offered).due_at)

    assert Proposal.objects.get(pk=offered).state == "kept"
    assert "agreement_missed" not in told("lead")


def test_a_smaller_refund_does_not_take_the_place_of_what_was_agreed() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    because = PartBecause.GOODS_KEPT
    for decide in (contact.grant_remedy, contact.arrange_return):
        with pytest.raises(AgreedOnMore):
            decide(agent(), trouble=trouble, amount=7_999, reason="x", because=because)
    with pytest.raises(AgreementStands):
        contact.refuse_remedy(lead(), trouble=trouble, because=NoRemedyBecause.LIMITS, reason="x")
    assert Proposal.objects.get(pk=offered).state == "accepted"

    contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="出品者と連絡がつかない")

    assert Proposal.objects.get(pk=offered).state == "replaced"
    assert page(trouble).offers[0].state.ja == "返金に代わった"


@pytest.mark.parametrize("kind", [Kind.REPLACEMENT, Kind.REPAIR])
def test_a_part_does_not_take_the_place_of_goods_that_were_agreed_on(kind: Kind) -> None:
    trouble, offered = agreed(kind)

    with pytest.raises(AgreedOnMore) as refused:
        contact.grant_remedy(
            agent(), trouble=trouble, amount=1, reason="x", because=PartBecause.PART_OF_GOODS
        )

    assert "8,000円以上" in refused.value.sentence.ja
    assert Proposal.objects.get(pk=offered).state == "accepted"


def test_what_is_left_takes_the_place_of_an_agreement_that_was_paid_in_part() -> None:
    trouble, offered = agreed(Kind.FULL_REFUND)
    pay_back(3_000, MONDAY + HOUR)

    contact.grant_remedy(agent(MONDAY + 2 * HOUR), trouble=trouble, amount=5_000, reason="x")

    assert Proposal.objects.get(pk=offered).state == "replaced"


@pytest.mark.parametrize(
    ("kind", "amount", "least"),
    [
        (Kind.PART_REFUND, 3_000, 3_000),
        (Kind.PART_REFUND, 6_000, 5_000),
        (Kind.REPLACEMENT, 0, 5_000),
        (Kind.OTHER, 0, 5_000),
        (Kind.EXPLANATION, 0, 0),
    ],
)
def test_how_much_is_no_less_than_what_was_agreed_on(kind: Kind, amount: int, least: int) -> None:
    assert least_instead(kind, amount, left=5_000) == least


def test_a_part_needs_a_reason_which_the_buyer_is_told_with_the_next_roads() -> None:
    trouble = mediated()
    with pytest.raises(PartNeedsReason):
        contact.grant_remedy(agent(), trouble=trouble, amount=100, reason="x")
    instruction = contact.grant_remedy(
        agent(), trouble=trouble, amount=100, reason="x", because=PartBecause.PART_OF_GOODS
    )

    market.confirm(machine(), instruction=instruction, outcome="confirmed")
    pass_time(MONDAY)

    assert "refunded_part" in told("buyer:B-1")
    [notice] = [one for one in outbox.notices(to="buyer:B-1") if one.template == "contact.refunded_part"]
    assert "商品の一部にかかわるため" in notice.body["ja"]
    assert "188" in notice.body["ja"]
    assert page(trouble).part == PART_BECAUSE[PartBecause.PART_OF_GOODS]
    assert page(trouble, for_seller=True).part is None


def test_all_of_the_money_needs_no_reason_and_has_none() -> None:
    trouble = mediated()

    contact.grant_remedy(
        agent(), trouble=trouble, amount=8_000, reason="x", because=PartBecause.PART_OF_GOODS
    )

    assert Remedy.objects.get(trouble=trouble).because == ""
    assert page(trouble).part is None
