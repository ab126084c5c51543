"""A random walk over the whole room of contact: whatever anybody does and however time jumps, nothing is parked or lost."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.market import actions as market
from mamori.ground.market.actions import OrderLine
from mamori.ground.market.models import Instruction, Order
from mamori.law.grounds import GROUNDS
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.centre.rules import Readers
from mamori.rooms.contact.models import Call, Proposal, Trouble
from mamori.rooms.contact.rules.eligibility import Kind as Wish
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import DeductBecause, Inspected, NoRemedyBecause, PartBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import work
from tests.journeys import declaring, endangering, telephoning
from tests.journeys.reckoning import faults, in_danger, wrong_sums
from tests.journeys.wanderer import BUYERS, PRICE, SELLERS, Walk, walk_seed
from tests.settled.tally import Tally
from trials.sizes import sized_by_engine

FULL = 2000
"""From so many steps on it goes on until every act has succeeded once."""
STEPS = int(os.environ.get("MAMORI_WALK_STEPS", sized_by_engine(400, FULL)))

MOST_DANGERS = 3
"""Of more than these some are ended first: each is called again every few hours, and a walk in which they pile up only rings."""


def _open_trouble(walk: Walk) -> None:
    buyer, seller = walk.dice.randrange(BUYERS), walk.dice.randrange(SELLERS)
    ref = f"O{walk.dice.randrange(10**9)}"
    if walk.dice.random() < 0.3 and (order := walk.one_of(Order.objects)):
        ref, buyer = order.pk, int(order.buyer_id[1:])
    else:
        line = OrderLine(
            ref=ref,
            buyer=f"B{buyer}",
            seller=f"S{seller}",
            amount=PRICE,
            ordered_at=walk.now - timedelta(days=3),
        )
        market.put_order(Actor(by="machine:test", role=Role.MACHINE, at=walk.now, via="test"), line)
    contact.open_trouble(
        walk.actor(f"buyer:B{buyer}", Role.BUYER),
        order_ref=ref,
        topic=walk.dice.choice(list(Topic)),
        harm=walk.dice.choice(list(Harm)),
        said="動きません",
        centre_may_read=walk.dice.random() < 0.5,
    )


def _ask_question(walk: Walk) -> None:
    buyer = walk.actor(f"buyer:B{walk.dice.randrange(BUYERS)}", Role.BUYER)
    listing = f"L{walk.dice.randrange(SELLERS)}"
    contact.ask_question(buyer, listing_ref=listing, topic=Topic.GOODS, said="使えますか")


def _write(walk: Walk) -> None:
    thread = walk.thread()
    contact.write(walk.buyer(thread), thread=thread.pk, said="いかがですか")


def _say_unsolved(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.say_unsolved(walk.buyer(trouble.thread), trouble=trouble.pk, said="直りません")


def _acknowledge(walk: Walk) -> None:
    thread = walk.thread()
    contact.acknowledge(walk.seller(thread.seller_ref), thread=thread.pk, said="確認します")


def _answer(walk: Walk) -> None:
    thread = walk.thread()
    contact.answer(walk.seller(thread.seller_ref), thread=thread.pk, said="交換します")


def _given_up(walk: Walk, trouble: Trouble) -> int | None:
    """Return the proposal that is let go with an end; one in five does not look for one."""
    found = Proposal.objects.filter(trouble=trouble, closed_at__isnull=True).first()
    return found.pk if found and walk.dice.random() < 0.8 else None


def _solve(walk: Walk) -> None:
    trouble = walk.trouble()
    by = walk.buyer(trouble.thread) if walk.dice.random() < 0.7 else walk.staff()
    contact.solve(by, trouble=trouble.pk, reason="電話で聞いた", gives_up=_given_up(walk, trouble))


def _withdraw(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.withdraw(walk.buyer(trouble.thread), trouble=trouble.pk, gives_up=_given_up(walk, trouble))


def _close_thread(walk: Walk) -> None:
    thread = walk.thread()
    contact.close_thread(walk.buyer(thread), thread=thread.pk)


def _request_mediation(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.request_mediation(walk.buyer(trouble.thread), trouble=trouble.pk)


def _write_as_centre(walk: Walk) -> None:
    thread = walk.trouble().thread
    verb = walk.dice.choice((contact.write_as_centre, contact.ask_seller))
    verb(walk.staff(), thread=thread.pk, readers=walk.dice.choice(list(Readers)), said="窓口です")


def _write_to_centre(walk: Walk) -> None:
    thread = walk.trouble().thread
    by = walk.dice.choice((walk.buyer(thread), walk.seller(thread.seller_ref)))
    readers = walk.dice.choice((None, Readers.BOTH))
    contact.write_to_centre(
        by, thread=thread.pk, readers=readers, said=walk.dice.choice(("どうですか", "煙が出た"))
    )


def _look(walk: Walk) -> None:
    ground = walk.dice.choice(GROUNDS)
    contact.look(walk.staff(), thread=walk.thread().pk, ground=ground, reason=walk.dice.choice(("", "火事")))


def _share(walk: Walk) -> None:
    thread = walk.thread()
    contact.share(walk.seller(thread.seller_ref), thread=thread.pk)


def _record_call(walk: Walk) -> None:
    found = Call.objects.filter(closed_at__isnull=True).order_by("-id")[:8]
    call = walk.dice.choice(found or [Call(pk=0)])
    outcome = walk.dice.choice(list(Outcome))
    promised = Hours(walk.dice.choice((4, 24))) if outcome is Outcome.PROMISED else None
    contact.record_call(walk.staff(), call=call.pk, outcome=outcome, promised_within=promised)


def _propose(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.propose(walk.anybody(trouble), trouble=trouble.pk, **_offer(walk))


def _accept(walk: Walk) -> None:
    found = walk.proposal()
    contact.accept(walk.party(found.trouble), proposal=found.pk)


def _decline(walk: Walk) -> None:
    found = walk.proposal()
    contact.decline(walk.party(found.trouble), proposal=found.pk)


def _counter(walk: Walk) -> None:
    found = walk.proposal()
    contact.counter(walk.party(found.trouble), proposal=found.pk, **_offer(walk))


def _withdraw_proposal(walk: Walk) -> None:
    found = walk.proposal()
    contact.withdraw_proposal(walk.anybody(found.trouble), proposal=found.pk)


def _offer(walk: Walk) -> dict[str, Any]:
    kind = walk.dice.choice(list(Kind))
    amount = walk.dice.choice((1, PRICE // 2, PRICE)) if kind is Kind.PART_REFUND else 0
    return {"kind": kind, "amount": amount, "said": walk.dice.choice(("", "いかがでしょうか"))}


def _grant(walk: Walk) -> None:
    amount = walk.dice.choice((PRICE, PRICE // 2, 1, PRICE + 1))
    because = walk.dice.choice((None, *PartBecause))
    trouble = walk.trouble().pk
    contact.grant_remedy(walk.staff(), trouble=trouble, amount=amount, reason="回答なし", because=because)


def _refuse(walk: Walk) -> None:
    because = walk.dice.choice(list(NoRemedyBecause))
    contact.refuse_remedy(walk.staff(), trouble=walk.trouble().pk, because=because, reason="調べた")


def _ask(walk: Walk) -> None:
    trouble = walk.trouble()
    wish = walk.dice.choice(list(Wish))
    contact.ask_remedy(walk.buyer(trouble.thread), trouble=trouble.pk, wish=wish, amount=PRICE // 2)


def _arrange(walk: Walk) -> None:
    contact.arrange_return(walk.staff(), trouble=walk.trouble().pk, amount=PRICE, reason="動作しない")


def _note_sent(walk: Walk) -> None:
    trouble = walk.returning()
    contact.note_sent(walk.buyer(trouble.thread), trouble=trouble.pk, tracking="1234-5678")


def _note_arrival(walk: Walk) -> None:
    contact.note_arrival(walk.staff(), trouble=walk.returning().pk)


def _inspect(walk: Walk) -> None:
    result = walk.dice.choice((Inspected.AS_REPORTED, *Inspected))
    contact.inspect(walk.staff(), trouble=walk.returning().pk, result=result, note="写真3枚")


def _give_up(walk: Walk) -> None:
    contact.give_up_return(walk.staff(), trouble=walk.returning().pk, reason="紛失")


def _money_goes_back(walk: Walk) -> None:
    order = walk.one_of(Order.objects)
    if order is not None and walk.dice.random() < 0.1:
        line = OrderLine(
            ref=order.pk,
            buyer=order.buyer_id,
            seller=order.seller_id,
            amount=order.amount,
            ordered_at=order.ordered_at,
            refunded=order.refunded_instructed
            + min(order.amount, order.refunded_elsewhere + walk.dice.choice((0, 1, PRICE))),
            instructed=walk.dice.choice((None, order.refunded_instructed)),
            charged_back=order.charged_back or walk.dice.random() < 0.3,
        )
        market.put_order(Actor(by="machine:shop", role=Role.MACHINE, at=walk.now, via="test"), line)


def _market_answers(walk: Walk) -> None:
    instruction = walk.one_of(
        Instruction.objects.filter(closed_at__isnull=True), "issued_at", "about", "kind"
    )
    if instruction is not None:
        outcome = "confirmed" if walk.dice.random() < 0.6 else "refused"
        market.confirm(
            Actor(by="machine:shop", role=Role.MACHINE, at=walk.now, via="test"),
            instruction=instruction.pk,
            outcome=outcome,
        )


def _state_view(walk: Walk) -> None:
    recovery = walk.recovery()
    contact.state_view(walk.seller(recovery.seller_ref), recovery=recovery.pk, said="発送しました")


def _claim(walk: Walk) -> None:
    recovery = walk.recovery()
    because = walk.dice.choice(list(DeductBecause))
    contact.claim(
        walk.staff(),
        recovery=recovery.pk,
        amount=max(1, recovery.most or 1),
        because=because,
        reason="回答なし",
    )


def _waive(walk: Walk) -> None:
    contact.waive(walk.staff(), recovery=walk.recovery().pk, reason="事情を聴いた")


SELDOM: tuple[Callable[[Walk], None], ...] = (
    _ask_question,
    _solve,
    _withdraw,
    _close_thread,
    _look,
    _share,
    _give_up,
    _money_goes_back,
    endangering.note_danger,
    endangering.lower_harm,
    endangering.rule_out_danger,
    endangering.hand_case_over,
    endangering.give_case_back,
    declaring.answer_scanning,
    declaring.share_formal,
    declaring.look_formal,
    declaring.settle_formal,
)
OFTEN: tuple[Callable[[Walk], None], ...] = (
    _open_trouble,
    _write,
    _say_unsolved,
    _acknowledge,
    _answer,
    _request_mediation,
    _write_as_centre,
    _write_to_centre,
    _propose,
    _accept,
    _accept,
    _decline,
    _counter,
    _withdraw_proposal,
    endangering.raise_harm,
    endangering.reach_buyer,
    endangering.take_case,
    telephoning.take_reply,
    telephoning.correct_reply,
    _record_call,
    _ask,
    _grant,
    _arrange,
    _note_sent,
    _note_arrival,
    _inspect,
    _refuse,
    _market_answers,
    _state_view,
    _claim,
    _waive,
    declaring.send_formal,
    declaring.go_along,
    declaring.dispute,
)
ACTS = (*SELDOM, *OFTEN, *OFTEN)
OFFERS = (_open_trouble, _request_mediation, _propose, _propose)
MONEY = (_grant, _arrange, _note_sent, _note_arrival, _inspect, _market_answers, _market_answers)
LEADS: dict[Callable[[Walk], None], tuple[Callable[[Walk], None], ...]] = {
    **dict.fromkeys((_decline, _counter, _withdraw_proposal), OFFERS),
    **dict.fromkeys((telephoning.take_reply, telephoning.correct_reply), (*OFFERS, telephoning.take_reply)),
    **dict.fromkeys((_state_view, _claim, _waive), MONEY),
    _give_up: (_arrange, _market_answers, _note_sent),
    _look: (_share, _request_mediation),
}
"""What has to come before that which is seldom on, for there to be something that it can be done about."""


@pytest.mark.sized
@pytest.mark.looks_every(100)
@pytest.mark.django_db
def test_nothing_is_parked_or_lost_and_what_should_stand_does_whatever_anybody_does(
    settled_contact: Tally,
) -> None:
    seed = walk_seed()
    walk = Walk(random.Random(seed))
    walk.settle_in()

    # the second half only until every act has succeeded once: some are seldom on
    for step in range(2 * STEPS if STEPS >= FULL else STEPS):
        if step >= STEPS and len(walk.done) == len({*ACTS}):
            break
        before = in_danger()
        acts = endangering.ENDING if len(before) > MOST_DANGERS and walk.dice.random() < 0.5 else ACTS
        walk.step(acts, rather=0.05 if step < STEPS else 0.5, leads=LEADS)
        ended = before - in_danger()
        assert not ended or walk.last in endangering.ENDS, (
            f"seed {seed}, step {step}: {walk.last} ended {ended}"
        )
        assert len(ended) < 2, f"seed {seed}, step {step}: {walk.last} ended {ended}"
        if step % 100 == 0:
            assert not list(faults()), f"seed {seed}, step {step}: {list(faults())}"
    work.settle(at=walk.now)

    assert not list(faults())
    assert not list(wrong_sums())
    if STEPS >= FULL:
        assert not {act.__name__.strip("_") for act in ACTS} - {*walk.done}
        assert settled_contact.acts.total() > STEPS
