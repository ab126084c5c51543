"""A random walk over the whole room of contact: whatever anybody does and however time jumps, nothing is parked or lost."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.businesstime import Hours
from mamori.grammar.hand import Hand, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine, SellerLine
from mamori.ground.market.models import Instruction, Order
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.grounds import GROUNDS
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.models import Call, Proposal, Recovery, Thread, Trouble
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.reasons import DeductBecause, NoRemedyBecause
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import wiring, work
from tests.journeys.reckoning import faults, wrong_sums

STEPS = int(os.environ.get("MAMORI_WALK_STEPS", "2000"))
BEGAN = datetime(2026, 4, 1, 9, tzinfo=JAPAN)
BUYERS, SELLERS, PRICE = 6, 3, 8_000
GAPS = (0, 0, 0, 0, 1, 5, 30, 60, 60, 240, 240, 720, 1_440, 2_880)


@dataclass(slots=True)
class Walk:
    """Somebody does something, again and again; refusals are answers, all else is a fault."""

    dice: random.Random
    now: datetime = BEGAN
    done: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)

    def settle_in(self) -> None:
        """Tell a marketplace of a few; the last seller accepted no clause and has no contact."""
        by = Hand(by="machine:test", role=Role.MACHINE, at=BEGAN - timedelta(days=40), via="test")
        for number in range(SELLERS):
            known: dict[str, Any] = {}
            if number < SELLERS - 1:
                accepted = (Accepted(clause="recovery", version=1, at=by.at),)
                known = {"mail": f"s{number}@example.jp", "phone": "03-0000-0000", "accepted": accepted}
            market.put_seller(by, SellerLine(ref=f"S{number}", name="店", **known))
            market.put_listing(by, ListingLine(ref=f"L{number}", seller=f"S{number}", name="品", price=PRICE))
        for number in range(BUYERS):
            market.put_buyer(by, BuyerLine(ref=f"B{number}", name="買手"))

    def step(self) -> None:
        """Do one thing, mostly by the right hand, at times with a moment that is older than the last."""
        self.now += timedelta(minutes=self.dice.choice(GAPS) if self.dice.random() < 0.25 else 1)
        if self.dice.random() < 0.3:
            self.play()
        undone = [act for act in ACTS if act.__name__.strip("_") not in self.done]
        act = self.dice.choice(undone if undone and self.dice.random() < 0.05 else ACTS)
        name = act.__name__.strip("_")
        try:
            act(self)
        except Refusal as refusal:
            self.refused[refusal.code] = self.refused.get(refusal.code, 0) + 1
        else:
            self.done[name] = self.done.get(name, 0) + 1

    def play(self) -> None:
        """Ring and work off up to now in the order of time, as `settle` does, without the log's fsyncs."""
        while (coming := clock_facts.next_ring(until=self.now)) is not None:
            clocks.ring_due(at=coming, tasks=wiring.RINGS, limit=1)
            outbox.work(at=coming)
        outbox.work(at=self.now)

    def hand(self, by: str, role: Role) -> Hand:
        """Return the hand asked for, or now and then somebody else's."""
        at = self.now - timedelta(minutes=self.dice.choice((0, 0, 0, 0, 1, 90)))
        if self.dice.random() < 0.05:
            role = self.dice.choice(list(Role))
        return Hand(by=by, role=role, at=at, via="walk")

    def thread(self) -> Thread:
        """Return a thread, rather an open one."""
        found = Thread.objects.filter(closed_at__isnull=self.dice.random() < 0.95).order_by("-id")[:12]
        return self.dice.choice(found or [_nothing()])

    def trouble(self) -> Trouble:
        """Return a trouble, rather an open one."""
        is_open = self.dice.random() < 0.95
        found = (
            Trouble.objects.filter(closed_at__isnull=is_open).select_related("thread").order_by("-id")[:12]
        )
        return self.dice.choice(found or [Trouble(pk=0, thread=_nothing())])

    def recovery(self) -> Recovery:
        """Return a recovery, rather an open one."""
        found = Recovery.objects.filter(closed_at__isnull=self.dice.random() < 0.95).order_by("-id")[:6]
        return self.dice.choice(found or [Recovery(pk=0, seller_ref="S0")])

    def buyer(self, thread: Thread) -> Hand:
        """Return the thread's buyer."""
        return self.hand(f"buyer:{thread.buyer_ref}", Role.BUYER)

    def seller(self, ref: str) -> Hand:
        """Return the seller or a delegate."""
        if self.dice.random() < 0.3:
            return self.hand(f"seller:{ref}/hanako", Role.DELEGATE)
        return self.hand(f"seller:{ref}", Role.SELLER)

    def party(self, trouble: Trouble) -> Hand:
        """Return the buyer or the seller of a trouble."""
        thread = trouble.thread
        return self.buyer(thread) if self.dice.random() < 0.5 else self.seller(thread.seller_ref)

    def anybody(self, trouble: Trouble) -> Hand:
        """Return a party of a trouble, or staff."""
        return self.staff() if self.dice.random() < 0.4 else self.party(trouble)

    def proposal(self) -> Proposal:
        """Return a proposal, rather an open one."""
        is_open = self.dice.random() < 0.95
        rows = Proposal.objects.filter(closed_at__isnull=is_open).select_related("trouble__thread")
        return self.dice.choice(
            rows.order_by("-id")[:12] or [Proposal(pk=0, trouble=Trouble(pk=0, thread=_nothing()))]
        )

    def staff(self) -> Hand:
        """Return one of the staff."""
        role = self.dice.choice((Role.AGENT, Role.LEAD, Role.COUNSEL))
        return self.hand(f"{role}:x", role)


def _nothing() -> Thread:
    return Thread(pk=0, buyer_ref="B0", seller_ref="S0")


def _open_trouble(walk: Walk) -> None:
    buyer, seller = walk.dice.randrange(BUYERS), walk.dice.randrange(SELLERS)
    ref = f"O{walk.dice.randrange(10**9)}"
    if walk.dice.random() < 0.3 and (order := Order.objects.order_by("?").first()):
        ref, buyer = order.pk, int(order.buyer_id[1:])
    else:
        line = OrderLine(
            ref=ref,
            buyer=f"B{buyer}",
            seller=f"S{seller}",
            amount=PRICE,
            ordered_at=walk.now - timedelta(days=3),
        )
        market.put_order(Hand(by="machine:test", role=Role.MACHINE, at=walk.now, via="test"), line)
    contact.open_trouble(
        walk.hand(f"buyer:B{buyer}", Role.BUYER),
        order_ref=ref,
        topic=walk.dice.choice(list(Topic)),
        harm=walk.dice.choice(list(Harm)),
        said="動きません",
        centre_may_read=walk.dice.random() < 0.5,
    )


def _ask_question(walk: Walk) -> None:
    buyer = walk.hand(f"buyer:B{walk.dice.randrange(BUYERS)}", Role.BUYER)
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


def _solve(walk: Walk) -> None:
    trouble = walk.trouble()
    by = walk.buyer(trouble.thread) if walk.dice.random() < 0.7 else walk.staff()
    contact.solve(by, trouble=trouble.pk, reason="電話で聞いた")


def _withdraw(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.withdraw(walk.buyer(trouble.thread), trouble=trouble.pk)


def _close_thread(walk: Walk) -> None:
    thread = walk.thread()
    contact.close_thread(walk.buyer(thread), thread=thread.pk)


def _request_mediation(walk: Walk) -> None:
    trouble = walk.trouble()
    contact.request_mediation(walk.buyer(trouble.thread), trouble=trouble.pk)


def _take_mediation(walk: Walk) -> None:
    contact.take_mediation(walk.staff(), trouble=walk.trouble().pk)


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
    contact.grant_remedy(walk.staff(), trouble=walk.trouble().pk, amount=amount, reason="回答なし")


def _refuse(walk: Walk) -> None:
    because = walk.dice.choice(list(NoRemedyBecause))
    contact.refuse_remedy(walk.staff(), trouble=walk.trouble().pk, because=because, reason="調べた")


def _market_answers(walk: Walk) -> None:
    instruction = Instruction.objects.filter(closed_at__isnull=True).order_by("?").first()
    if instruction is not None:
        outcome = "confirmed" if walk.dice.random() < 0.6 else "refused"
        market.confirm(
            Hand(by="machine:shop", role=Role.MACHINE, at=walk.now, via="test"),
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


SELDOM: tuple[Callable[[Walk], None], ...] = (_ask_question, _solve, _withdraw, _close_thread, _look, _share)
OFTEN: tuple[Callable[[Walk], None], ...] = (
    _open_trouble,
    _write,
    _say_unsolved,
    _acknowledge,
    _answer,
    _request_mediation,
    _take_mediation,
    _propose,
    _accept,
    _accept,
    _decline,
    _counter,
    _withdraw_proposal,
    _record_call,
    _grant,
    _refuse,
    _market_answers,
    _state_view,
    _claim,
    _waive,
)
ACTS = (*SELDOM, *OFTEN, *OFTEN)


@pytest.mark.django_db
def test_nothing_is_parked_or_lost_whatever_anybody_does() -> None:
    seed = int(os.environ.get("MAMORI_WALK_SEED", random.SystemRandom().randrange(10**6)))
    print(f"MAMORI_WALK_SEED={seed}")
    walk = Walk(random.Random(seed))
    walk.settle_in()

    for step in range(
        2 * STEPS
    ):  # the second half only until every act has succeeded once: some are seldom on
        if step >= STEPS and len(walk.done) == len({*ACTS}):
            break
        walk.step()
        if step % 100 == 0:
            assert not list(faults()), f"seed {seed}, step {step}: {list(faults())}"
    work.settle(at=walk.now)

    assert not list(faults())
    assert not list(wrong_sums())
    assert len(walk.done) == len({*ACTS}), {*ACTS}
