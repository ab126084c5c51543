"""Mediation by proposals: who may propose and agree, what an agreement starts, and that each has one effect."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.models import Order
from mamori.ground.outbox import facts as outbox
from mamori.ground.seal import facts as seals
from mamori.japan.written import NoWords, TooManyWords
from mamori.law.settings import MEDIATOR_SHOWN
from mamori.rooms.contact import actions as contact, notices, offernotices, proposing
from mamori.rooms.contact.actions.mediation import NoMediation
from mamori.rooms.contact.ending import RefundUnderWay
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.mediating import mediator
from mamori.rooms.contact.models import Proposal, Trouble
from mamori.rooms.contact.offerrefusals import (
    AlreadyAgreed,
    CentresProposalWaits,
    OfferWouldBeLost,
    ProposalNotYours,
    ProposalWaits,
    ProposedAmountOutOfRange,
)
from mamori.rooms.contact.rules.proposals import KINDS, Kind, Money, Side, amount_within, must_agree, side_of
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    buyer,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_two")


def mediated() -> int:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    return trouble


def state(proposal: int) -> str:
    return Proposal.objects.get(pk=proposal).state


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}


def told(to: str) -> list[str]:
    return [notice.template.removeprefix("contact.") for notice in outbox.notices(to=to)]


def last_act(trouble: int) -> str:
    return ledger.acts_about(f"contact.trouble:{trouble}")[-1].kind.removeprefix("contact.")


def attention(trouble: int) -> str | None:
    return cases.case_of(f"contact.trouble:{trouble}").attention


def test_the_centre_proposes_both_agree_and_the_buyer_says_that_it_was_kept() -> None:
    trouble = mediated()
    offered = contact.propose(
        agent(), trouble=trouble, kind=Kind.PART_REFUND, amount=3_000, said="いかがでしょう"
    )
    assert "contact.proposal" in running(trouble)
    assert told("buyer:B-1")[0] == told("seller:S-1")[0] == "proposed"

    contact.accept(buyer(), proposal=offered)
    assert state(offered) == "offered"
    contact.accept(seller(), proposal=offered)

    assert state(offered) == "accepted"
    assert running(trouble) & {"contact.proposal", "contact.agreement", "contact.silence"} == {
        "contact.agreement"
    }
    assert told("buyer:B-1")[0] == told("seller:S-1")[0] == "agreed"
    contact.solve(buyer(), trouble=trouble)
    assert state(offered) == "kept"
    assert clocks.open_clocks(f"contact.trouble:{trouble}") == ()


def test_a_partys_own_proposal_needs_only_the_others_word_and_the_sellers_is_an_answer() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.FULL_REFUND)

    assert Proposal.objects.get(pk=offered).amount == 8_000
    assert Trouble.objects.get(pk=trouble).thread.state == "answered"
    assert "proposed" not in told("seller:S-1")
    contact.accept(buyer(), proposal=offered)

    assert state(offered) == "accepted"


def test_accepting_twice_has_one_effect_and_one_clear_refusal() -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.REPAIR)
    contact.accept(buyer(), proposal=offered)

    for again in (contact.accept, contact.decline):
        with pytest.raises(AlreadyAgreed):
            again(buyer(), proposal=offered)
    with pytest.raises(AlreadyAgreed):
        contact.counter(buyer(), proposal=offered, kind=Kind.REPLACEMENT)
    contact.accept(seller(), proposal=offered)
    for actor_ in (buyer(), seller()):
        with pytest.raises(StepNotOpen):
            contact.accept(actor_, proposal=offered)

    assert told("buyer:B-1").count("agreed") == 1


def test_one_proposal_is_open_at_a_time_whoever_is_quicker() -> None:
    trouble = mediated()
    contact.propose(buyer(), trouble=trouble, kind=Kind.REPLACEMENT)

    for by, refusal in ((seller(), ProposalWaits), (agent(), CentresProposalWaits), (buyer(), ProposalWaits)):
        with pytest.raises(refusal):
            contact.propose(by, trouble=trouble, kind=Kind.REPAIR)
    row = Proposal.objects.get()
    row.pk, row.number, row.due_at = None, 2, MONDAY
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_buyer_who_declines_or_counters_makes_it_the_sellers_turn_again() -> None:
    trouble = mediated()
    first = contact.propose(seller(), trouble=trouble, kind=Kind.EXPLANATION, said="申し訳ありません")
    second = contact.counter(buyer(), proposal=first, kind=Kind.PART_REFUND, amount=1)

    assert state(first) == "countered"
    assert Proposal.objects.get(pk=second).counters_id == first
    assert Trouble.objects.get(pk=trouble).progress == "unsolved"
    assert "contact.answer" in running(trouble)
    third = contact.counter(seller(), proposal=second, kind=Kind.REPAIR)
    assert "contact.answer" not in running(trouble)
    contact.decline(buyer(), proposal=third)
    assert state(third) == "declined"
    assert "contact.answer" in running(trouble)
    assert told("seller:S-1").count("not_agreed") == 1  # a counter is told as a proposal
    assert "not_agreed" not in told("buyer:B-1")


def test_a_proposal_without_a_reply_expires_and_the_mediation_goes_on() -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.REPAIR)

    pass_time(MONDAY + timedelta(hours=24))

    assert state(offered) == "expired"
    assert attention(trouble) == "proposal-ended"
    assert "not_agreed" in told("buyer:B-1")
    assert Trouble.objects.get(pk=trouble).mediation.state == "open"


def test_an_agreement_that_nobody_confirms_is_urged_about_and_a_lead_is_told() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPLACEMENT)
    contact.accept(buyer(), proposal=offered)
    due = Proposal.objects.get(pk=offered).due_at

    pass_time(due)

    assert state(offered) == "missed"
    assert "agreement_missed" in told("lead")
    assert "agreement_missed" in told("buyer:B-1")
    assert [call.why for call in sellers_calls()] == ["agreement_missed"]
    assert attention(trouble) == "agreement-missed"
    assert "contact.silence" not in running(trouble)
    assert "contact.remedy_decision" in running(trouble)
    assert last_act(trouble) == "miss_agreement"


def test_an_agreement_missed_while_the_seller_owes_an_answer_starts_no_wait_for_the_buyer() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPLACEMENT)
    contact.accept(buyer(), proposal=offered)
    due = Proposal.objects.get(pk=offered).due_at
    thread = Trouble.objects.get(pk=trouble).thread
    contact.answer(seller(due - timedelta(hours=2)), thread=thread.pk, said="手配が遅れています")
    contact.write(buyer(due - timedelta(hours=1)), thread=thread.pk, said="まだ届きません")

    pass_time(due)

    assert state(offered) == "missed"
    assert "contact.silence" not in running(trouble)
    assert "contact.answer" in running(trouble)


def test_an_end_overtakes_what_is_open_and_nobody_can_accept_it_any_more() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)

    contact.withdraw(buyer(), trouble=trouble, gives_up=offered)

    assert state(offered) == "overtaken"
    with pytest.raises(StepNotOpen):
        contact.accept(buyer(), proposal=offered)
    with pytest.raises(StepNotOpen):
        contact.propose(buyer(), trouble=trouble, kind=Kind.REPAIR)


def test_staff_end_nothing_that_waits_for_a_reply_without_saying_that_it_is_lost() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)

    with pytest.raises(OfferWouldBeLost):
        contact.solve(agent(), trouble=trouble, reason="電話で聞いた")
    assert state(offered) == "offered"
    contact.solve(agent(), trouble=trouble, reason="電話で聞いた", gives_up=offered)

    assert state(offered) == "overtaken"


def test_solved_before_anybody_agreed_is_not_kept() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)

    contact.solve(buyer(), trouble=trouble, gives_up=offered)

    assert state(offered) == "overtaken"


def test_the_operators_refund_overtakes_a_proposal_and_stands_against_another() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.FULL_REFUND)
    contact.accept(buyer(), proposal=offered)
    contact.grant_remedy(lead(), trouble=trouble, amount=8_000, reason="回答なし")

    assert state(offered) == "replaced"
    assert told("seller:S-1")[0] == "overtaken"
    with pytest.raises(RefundUnderWay):
        contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)


@pytest.mark.parametrize(
    ("kind", "amount"),
    [(Kind.PART_REFUND, 0), (Kind.PART_REFUND, 8_000), (Kind.FULL_REFUND, 7_999), (Kind.REPAIR, 1)],
)
def test_the_amount_stays_within_the_order(kind: Kind, amount: int) -> None:
    trouble = mediated()

    with pytest.raises(ProposedAmountOutOfRange):
        contact.propose(agent(), trouble=trouble, kind=kind, amount=amount)


def test_what_was_refunded_meanwhile_is_not_agreed_to() -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.FULL_REFUND)
    Order.objects.filter(pk="O-1").update(refunded_elsewhere=1_000)

    with pytest.raises(ProposedAmountOutOfRange):
        contact.accept(buyer(), proposal=offered)


def test_nothing_is_proposed_before_the_centre_mediates_and_an_apology_has_words() -> None:
    trouble = open_trouble()
    with pytest.raises(NoMediation):
        contact.propose(seller(), trouble=trouble, kind=Kind.REPAIR)
    contact.request_mediation(buyer(), trouble=trouble)
    with pytest.raises(NoWords):
        contact.propose(seller(), trouble=trouble, kind=Kind.EXPLANATION, said=" ")
    with pytest.raises(TooManyWords):
        contact.propose(seller(), trouble=trouble, kind=Kind.OTHER, said="長" * 2_001)


def test_only_who_proposed_withdraws() -> None:
    trouble = mediated()
    offered = contact.propose(buyer(), trouble=trouble, kind=Kind.REPAIR)

    for other in (seller(), agent()):
        with pytest.raises(ProposalNotYours):
            contact.withdraw_proposal(other, proposal=offered)
    contact.withdraw_proposal(buyer(), proposal=offered)

    assert state(offered) == "withdrawn"
    again = contact.propose(agent(), trouble=trouble, kind=Kind.REPAIR)
    contact.withdraw_proposal(lead(), proposal=again)
    assert Proposal.objects.get(pk=again).number == 2


@pytest.mark.parametrize("eve", EVES, ids=lambda eve: f"{eve.role}-{eve.by}")
def test_eve_neither_sees_nor_touches_a_proposal(eve: Actor) -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.REPAIR)

    for act in (contact.accept, contact.decline, contact.withdraw_proposal):
        with pytest.raises(NothingHere):
            act(eve, proposal=offered)
    with pytest.raises(NothingHere):
        contact.propose(eve, trouble=trouble, kind=Kind.REPAIR)
    with pytest.raises(NothingHere):
        contact.counter(eve, proposal=offered, kind=Kind.REPAIR)
    with pytest.raises(NothingHere):
        contact.accept(buyer(), proposal=404)


def test_staff_agree_to_nothing_in_a_partys_place_and_a_machine_neither() -> None:
    trouble = mediated()
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.REPAIR)

    with pytest.raises(StepNotYours):
        contact.accept(agent(), proposal=offered)
    with pytest.raises(StepNotYours):
        contact.propose(actor("counsel:c", Role.COUNSEL), trouble=trouble, kind=Kind.REPAIR)
    with pytest.raises(NothingHere):
        contact.decline(machine(), proposal=offered)


def test_a_delegate_agrees_for_the_seller() -> None:
    trouble = mediated()
    offered = contact.propose(buyer(), trouble=trouble, kind=Kind.CANCEL)

    contact.accept(actor("seller:S-1/hanako", Role.DELEGATE), proposal=offered)

    assert state(offered) == "accepted"
    assert Trouble.objects.get(pk=trouble).thread.state == "answered"


def test_the_words_are_sealed_with_the_writers_key_and_in_no_record_or_notice() -> None:
    trouble = mediated()
    offered = contact.propose(seller(), trouble=trouble, kind=Kind.OTHER, said="新しい箱で送ります")
    row = Proposal.objects.select_related("trouble__thread").get(pk=offered)

    assert proposing.words_of(row, seals.Opener()) == "新しい箱で送ります"
    assert "新しい箱".encode() not in bytes(row.said or b"")
    everywhere = str([a.content for a in ledger.acts_about(f"contact.trouble:{trouble}")])
    everywhere += str([notice.body for notice in outbox.notices(to="buyer:B-1")])
    assert "新しい箱" not in everywhere


def test_the_parties_are_told_who_mediates_and_why() -> None:
    trouble = mediated()

    take(actor("agent:12", Role.AGENT), trouble)
    take(actor("agent:12", Role.AGENT), trouble)

    [notice] = [n for n in outbox.notices(to="seller:S-1") if n.template == "contact.taken"]
    assert "相談窓口の担当 12" in notice.body["ja"]
    assert "購入者の求めにより" in notice.body["ja"]
    assert MEDIATOR_SHOWN.default == "number"
    assert mediator("", MONDAY).ja == "相談窓口"


OF_MEDIATION = (
    notices.MEDIATED,
    notices.TAKEN,
    offernotices.PROPOSED,
    offernotices.AGREED,
    offernotices.NOT_AGREED,
    offernotices.AGREEMENT_MISSED,
    offernotices.OVERTAKEN,
)
RULING = re.compile(
    r"裁定|判断します|判断しました|命じ|決定しました|手数料|有料|ruling|we (?:decide|order|judge)|\bfees?\b|must pay",
    re.I,
)


def test_no_notice_of_mediation_rules_or_asks_for_a_fee() -> None:
    texts = [template.body for template in OF_MEDIATION] + [template.title for template in OF_MEDIATION]
    texts += [row.text for row in KINDS.values()]

    assert not [text for text in texts if RULING.search(text.ja) or RULING.search(text.en)]
    assert RULING.search("窓口が裁定します")
    assert RULING.search("There is a fee")


def test_every_kind_is_declared_and_bounded() -> None:
    assert set(KINDS) == set(Kind)
    assert amount_within(Kind.FULL_REFUND, 0, 0) is None
    assert amount_within(Kind.CANCEL, 500, 500) == 500
    assert amount_within(Kind.PART_REFUND, 499, 500) == 499
    assert {row.money for row in KINDS.values()} == set(Money)
    assert must_agree(Side.CENTRE) == {Side.BUYER, Side.SELLER}
    assert must_agree(Side.SELLER) == {Side.BUYER}
    assert side_of(Role.DELEGATE) is Side.SELLER
