"""No more waits for refunds than they can still come to, whatever is told of an order, in whatever turn."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.market.actions import OrderLine
from mamori.ground.terms import actions as terms
from mamori.law.settings import RECOVERY_CEILING, REMEDY_CEILING
from mamori.rooms.contact import actions as contact, facts as contact_facts
from mamori.rooms.contact.claiming import claim_of
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.rules.eligibility import Kind, most
from mamori.rooms.contact.rules.reasons import PartBecause
from mamori.rooms.payouts import actions, facts
from mamori.rooms.payouts.tests.conftest import (
    EARLY,
    MONDAY,
    actor,
    agent,
    ask,
    lead,
    machine,
    pays_to,
    settle,
)
from mamori.rooms.payouts.tests.test_below import trouble
from tests.taking import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
PRICE, STEPS = 8_000, 25


def order(**more: object) -> None:
    given = {"ref": "O-1", "buyer": "B-1", "seller": "S-1", "amount": PRICE, "ordered_at": EARLY} | more
    market.put_order(machine(), OrderLine(**given))  # type: ignore[arg-type]


def granted(amount: int = PRICE) -> str:
    number = trouble()
    take(agent(), number)
    because = None if amount == PRICE else PartBecause.PART_OF_GOODS
    return contact.grant_remedy(agent(), trouble=number, amount=amount, reason="回答なし", because=because)


def waits() -> int:
    settle(MONDAY)
    return facts.payout(machine(), "P-1").waits


def test_an_order_that_turns_out_refunded_holds_nothing_though_the_refund_is_only_called_back() -> None:
    pays_to()
    refund = granted()
    ask(by_run=True)
    before = waits()

    order(refunded=PRICE, instructed=0)

    assert (before, waits()) == (PRICE, 0)
    told = market_facts.instruction(refund)
    assert told is not None
    assert (told.recalled_at, told.closed_at) == (MONDAY, None)


def test_a_refund_that_the_total_holds_already_is_held_once() -> None:
    pays_to()
    granted(3_000)
    ask(by_run=True)

    order(refunded=3_000)
    counted = waits()
    order(refunded=3_000 + PRICE, instructed=3_000)

    assert (counted, waits()) == (3_000, 0)


def test_an_order_that_was_charged_back_holds_nothing() -> None:
    pays_to()
    granted()
    ask(by_run=True)

    order(charged_back=True)

    assert waits() == 0


def test_what_was_granted_is_held_though_the_ceiling_of_new_refunds_was_lowered_since() -> None:
    pays_to()
    granted()

    terms.set(lead(), setting=REMEDY_CEILING, value=3_000)

    assert ask().waits == PRICE


class Walk:
    """One walk: the marketplace tells, people decide, banks answer; then what is held is held to the order's own record."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.refunded, self.trouble = 0, trouble()
        take(agent(), self.trouble)

    def tell(self) -> None:
        more = self.dice.choice([0, 1, 500, 3_000, PRICE])
        instructed = self.dice.choice([None, None, 0, self.dice.randint(0, PRICE)])
        order(refunded=self.refunded + more, instructed=instructed)
        self.refunded += more

    def charge_back(self) -> None:
        order(refunded=self.refunded, charged_back=self.dice.random() < 0.2)

    def wish(self) -> None:
        buyer = actor("buyer:B-1", Role.BUYER)
        kind = self.dice.choice([Kind.REFUND, Kind.PART])
        contact.ask_remedy(buyer, trouble=self.trouble, wish=kind, amount=self.dice.randint(1, PRICE))

    def grant(self) -> None:
        amount = self.dice.choice([PRICE, self.dice.randint(1, PRICE)])
        because = self.dice.choice([None, PartBecause.PART_OF_GOODS])
        contact.grant_remedy(agent(), trouble=self.trouble, amount=amount, reason="x", because=because)

    def answer(self) -> None:
        ref = Remedy.objects.get().instruction
        market.confirm(
            machine(), instruction=ref, outcome=self.dice.choice(["confirmed", "refused", "refused"])
        )

    def ceiling(self) -> None:
        setting = self.dice.choice([REMEDY_CEILING, RECOVERY_CEILING])
        terms.set(lead(), setting=setting, value=self.dice.choice([1_000, 5_000, 100_000]))
        actions.reconsider(machine(), seller_ref="S-1")

    def deeds(self) -> list[Callable[[], None]]:
        return [self.tell, self.tell, self.tell, self.charge_back, self.wish, self.wish, self.grant, self.grant,
                self.answer, self.ceiling]  # fmt: skip

    def step(self) -> None:
        with suppress(Refusal, Remedy.DoesNotExist):
            self.dice.choice(self.deeds())()
        settle(MONDAY)

    def check(self) -> None:
        [*claims] = contact_facts.claims(["S-1"], at=MONDAY).get("S-1", ())
        held = sum(one.amount for one in claims)
        row, known = Remedy.objects.first(), market_facts.order("O-1")
        assert known is not None
        if row is None or row.closed_at is not None:
            return
        own = market_facts.instruction(row.instruction) if row.instruction else None
        others = known.refunded_elsewhere + known.refunded_instructed
        if own is not None and own.counted:
            others -= own.amount
        left = 0 if known.charged_back else max(0, PRICE - others)
        assert held <= left, (held, left)
        if not row.amount:
            assert held <= most(claim_of(row.trouble, MONDAY))
        assert waits() <= held, "what went back lets the rest go by itself"


@pytest.mark.parametrize("seed", range(12))
def test_what_is_held_for_a_refund_never_exceeds_what_is_left_for_it(seed: int) -> None:
    pays_to()
    ask(amount=2 * PRICE, by_run=True)
    walk = Walk(seed)

    for _ in range(STEPS):
        walk.step()
        walk.check()

    assert walk.refunded or Remedy.objects.exists()
