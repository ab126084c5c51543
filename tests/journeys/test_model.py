"""The room without tables says the same as the room itself: the same steps, the same refusals, states, clocks and sums."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, OrderLine
from mamori.ground.market.models import Instruction, Order
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import actions as terms
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON, REMEDY_CEILING, RETURNS_ON
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.lifecycle.waits import RECOVERY_WAITS
from mamori.rooms.contact.models import GiveBack, Mediation, Proposal, Recovery, Remedy, Trouble
from mamori.rooms.contact.rules.proposals import Kind as Offered
from mamori.rooms.contact.rules.reasons import DeductBecause, Inspected, NoRemedyBecause, PartBecause
from mamori.rooms.contact.topics import Harm
from mamori.site import wiring
from tests.journeys.wanderer import is_taken, walk_seed
from tests.shops import put_shop
from tests.taking import take
from trials.room import Given, Room
from trials.sizes import sized_by_engine
from trials.walk import Move, drawn, given

pytestmark = [pytest.mark.django_db, pytest.mark.sized]
MATTERS = int(os.environ.get("MAMORI_MODEL_MATTERS", sized_by_engine(4, 12)))
STEPS = 60
BEGAN = datetime(2026, 4, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OURS = {
    "answer",
    "proposal",
    "agreement",
    "resolution",
    "silence",
    "confirmation",
    "remedy_decision",
    "return_sending",
    "return_arrival",
    "return_inspection",
    "hearing",
    "recovery_review",
}
BY = {Role.BUYER: "buyer:{0}", Role.SELLER: "seller:{1}", Role.DELEGATE: "seller:{1}/hanako"}


@dataclass(slots=True)
class Real:
    """One matter in the house, moved by the room's actions."""

    trouble: int
    buyer: str
    seller: str
    now: datetime

    def take(self, move: Move) -> None:
        """Do the same step through the room's actions, and work off what follows from it.

        :raises Refusal: when the room refuses it.
        """
        self.now += timedelta(seconds=1)
        by = BY.get(move.role, f"{move.role}:x").format(self.buyer, self.seller)
        DEEDS[move.name](self, Actor(by=by, role=move.role, at=self.now, via="test"), move)
        while outbox.work(at=self.now):
            pass

    @property
    def row(self) -> Trouble:
        """Return the trouble as it stands."""
        return Trouble.objects.select_related("thread").get(pk=self.trouble)

    @property
    def remedy(self) -> Remedy | None:
        """Return the remedy, or nothing."""
        return Remedy.objects.filter(trouble=self.trouble).first()

    @property
    def recovery(self) -> Recovery | None:
        """Return the recovery, or nothing."""
        return Recovery.objects.filter(remedy__trouble=self.trouble).first()

    def names(self) -> list[str]:
        """Return the names under which clocks run."""
        recovery = self.recovery
        return [
            f"contact.trouble:{self.trouble}",
            *([f"contact.recovery:{recovery.pk}"] if recovery else []),
        ]

    def running(self) -> dict[str, Clock]:
        """Return the clocks that the model knows, by their kind."""
        rows = Clock.objects.filter(IS_OPEN, about__in=self.names())
        return {row.kind: row for row in rows if row.kind.removeprefix("contact.") in OURS}

    def order(self) -> Order:
        """Return the order as it stands."""
        return Order.objects.get(pk=self.row.thread.order_ref)

    def tell(self, **values: Any) -> None:
        """Tell the order anew."""
        order = self.order()
        line = {
            "refunded": order.refunded_amount,
            "charged_back": order.charged_back,
            "amount": order.amount,
        } | values
        market.put_order(
            _machine(self.now),
            OrderLine(
                ref=order.pk, buyer=self.buyer, seller=self.seller, ordered_at=order.ordered_at, **line
            ),
        )

    def shown(self) -> dict[str, object]:
        """Return what is compared."""
        row, remedy, recovery, order = self.row, self.remedy, self.recovery, self.order()
        mediation, giving = getattr(row, "mediation", None), getattr(recovery, "giveback", None)
        proposal = Proposal.objects.filter(trouble=self.trouble).order_by("-id").first()
        out = Instruction.objects.filter(about=f"contact.trouble:{self.trouble}", closed_at__isnull=True)
        return {
            "thread": row.thread.state,
            "trouble": row.state,
            "mediation": mediation.state if mediation else None,
            "remedy": remedy.state if remedy else None,
            "recovery": recovery.state if recovery else None,
            "proposal": proposal.state if proposal else None,
            "clocks": sorted(self.running()),
            "refunded": order.refunded_amount,
            "out": out.exists(),
            "recalled": out.filter(recalled_at__isnull=False).exists(),
            "most": recovery.most if recovery and recovery.closed_at is None else 0,
            "giving": giving.state if giving else None,
            "recovered": _recovered(recovery, giving),
        }


def shown(room: Room) -> dict[str, object]:
    """Return the same of the model."""
    return {
        "thread": room.thread,
        "trouble": room.trouble,
        "mediation": room.mediation,
        "remedy": room.remedy,
        "recovery": room.recovery,
        "proposal": room.proposal,
        "clocks": sorted(room.clocks),
        "refunded": room.refunded,
        "out": room.out,
        "recalled": room.out and room.recalled,
        "most": room.most if room.recovery in RECOVERY_WAITS else 0,
        "giving": room.giving,
        "recovered": room.recovered,
    }


def _recovered(recovery: Recovery | None, giving: GiveBack | None) -> int:
    """Return what was deducted and is not back."""
    if recovery is None or recovery.state != "settled":
        return 0
    return recovery.amount - (giving.amount if giving and giving.state == "done" else 0)


class Nothing(Refusal, code="test.nothing", status=409):
    """Given when there is nothing to answer, which in the house nobody can even try."""

    text = Text("ありません。お確かめください。", "There is none. Please check it.")


def _machine(at: datetime) -> Actor:
    return Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")


def _answers(about: str, *kinds: str) -> Callable[[Real, Actor, Move], None]:
    def answers(real: Real, _: Actor, move: Move) -> None:
        names = [name for name in real.names() if name.startswith(about)]
        out = Instruction.objects.filter(about__in=names, kind__in=kinds, closed_at__isnull=True).first()
        if out is None:
            raise Nothing
        outcome = "confirmed" if move.yes else "refused"
        market.confirm(_machine(real.now), instruction=out.pk, outcome=outcome)

    return answers


def _ring(real: Real, _: Actor, move: Move) -> None:
    clock = real.running().get(move.clock)
    if clock is None:
        raise Nothing
    Clock.objects.filter(pk=clock.pk).update(next_try_at=LONG_AGO)
    real.now = max(real.now, clock.due_at)
    clocks.fire_due(at=real.now, tasks=wiring.RINGS, limit=1)
    clock.refresh_from_db()
    assert clock.outcome == "rung", clock.error


def _pay_back(real: Real, _: Actor, move: Move) -> None:
    order = real.order()
    if not 1 <= move.amount <= order.amount - order.refunded_elsewhere:
        raise Nothing
    real.tell(refunded=order.refunded_amount + move.amount, instructed=order.refunded_instructed)


def _tell_total(real: Real, _: Actor, __: Move) -> None:
    remedy = real.remedy
    out = Instruction.objects.filter(pk=remedy.instruction if remedy else "", closed_at__isnull=True).first()
    if out is None or out.counted or out.recalled_at:
        raise Nothing
    real.tell(refunded=real.order().refunded_amount + out.amount)


def _charge_back(real: Real, _: Actor, move: Move) -> None:
    if real.order().charged_back:
        raise Nothing
    real.tell(charged_back=True)


def _recovery_of(real: Real) -> int:
    recovery = real.recovery
    if recovery is None:
        raise Nothing
    return int(recovery.pk)


def _proposal_of(real: Real) -> int:
    proposal = Proposal.objects.filter(trouble=real.trouble).order_by("-id").first()
    if proposal is None:
        raise Nothing
    return int(proposal.pk)


def _waiting(real: Real) -> int | None:
    """Return the proposal that whoever ends the trouble lets go."""
    found = Proposal.objects.filter(trouble=real.trouble, closed_at__isnull=True).first()
    return found.pk if found else None


def _offered(move: Move) -> Offered:
    return Offered.FULL_REFUND if move.yes else Offered.REPLACEMENT


def _inspect(real: Real, actor: Actor, move: Move) -> None:
    result = Inspected.AS_REPORTED if move.yes else Inspected.INCOMPLETE
    contact.inspect(actor, trouble=real.trouble, result=result, note="x")


def _take_case(real: Real, actor: Actor, move: Move) -> None:
    """Take the case of a mediation, as those do who mediate; who takes it before is the mediator from the start."""
    del move
    mediated = Mediation.objects.filter(trouble=real.trouble, closed_at__isnull=True).exists()
    if not mediated or actor.role not in (Role.AGENT, Role.LEAD):
        raise Nothing
    take(actor, real.trouble)


DEEDS: dict[str, Callable[[Real, Actor, Move], object]] = {
    "write": lambda real, actor, _: contact.write(actor, thread=real.row.thread_id, said="x"),
    "say_unsolved": lambda real, actor, _: contact.say_unsolved(actor, trouble=real.trouble, said="x"),
    "answer": lambda real, actor, _: contact.answer(actor, thread=real.row.thread_id, said="x"),
    "request_mediation": lambda real, actor, _: contact.request_mediation(actor, trouble=real.trouble),
    "take_case": _take_case,
    "propose": lambda real, actor, move: contact.propose(actor, trouble=real.trouble, kind=_offered(move)),
    "accept": lambda real, actor, _: contact.accept(actor, proposal=_proposal_of(real)),
    "decline": lambda real, actor, _: contact.decline(actor, proposal=_proposal_of(real)),
    "counter": lambda real, actor, move: contact.counter(
        actor, proposal=_proposal_of(real), kind=_offered(move)
    ),
    "withdraw_proposal": lambda real, actor, _: contact.withdraw_proposal(actor, proposal=_proposal_of(real)),
    "solve": lambda real, actor, _: contact.solve(
        actor, trouble=real.trouble, reason="x", gives_up=_waiting(real)
    ),
    "withdraw": lambda real, actor, _: contact.withdraw(actor, trouble=real.trouble, gives_up=_waiting(real)),
    "ask": lambda real, actor, move: contact.ask_remedy(
        actor, trouble=real.trouble, wish=move.wish, amount=move.amount
    ),
    "grant": lambda real, actor, move: contact.grant_remedy(
        actor, trouble=real.trouble, amount=move.amount, reason="x", because=PartBecause.PART_OF_GOODS
    ),
    "refuse": lambda real, actor, _: contact.refuse_remedy(
        actor, trouble=real.trouble, because=NoRemedyBecause.LIMITS, reason="x"
    ),
    "arrange": lambda real, actor, move: contact.arrange_return(
        actor, trouble=real.trouble, amount=move.amount, reason="x", because=PartBecause.PART_OF_GOODS
    ),
    "note_sent": lambda real, actor, _: contact.note_sent(actor, trouble=real.trouble),
    "note_arrival": lambda real, actor, _: contact.note_arrival(actor, trouble=real.trouble),
    "inspect": _inspect,
    "stand_down": lambda real, actor, _: contact.inspect(
        actor, trouble=real.trouble, result=Inspected.PAID_BACK, note="x"
    ),
    "give_up": lambda real, actor, _: contact.give_up_return(actor, trouble=real.trouble, reason="x"),
    "state_view": lambda real, actor, _: contact.state_view(actor, recovery=_recovery_of(real), said="x"),
    "claim": lambda real, actor, move: contact.claim(
        actor,
        recovery=_recovery_of(real),
        amount=move.amount,
        because=DeductBecause.NO_ANSWER,
        reason="x",
    ),
    "give_back": lambda real, actor, move: contact.give_back(
        actor, recovery=_recovery_of(real), amount=move.amount, why="x"
    ),
    "give_again": lambda real, actor, _: contact.give_again(actor, recovery=_recovery_of(real), reason="x"),
    "waive": lambda real, actor, _: contact.waive(actor, recovery=_recovery_of(real), reason="x"),
    "market_answers": _answers("contact.trouble:", "refund", "label"),
    "market_answers_claim": _answers("contact.recovery:", "deduct"),
    "market_answers_back": _answers("contact.recovery:", "give_back"),
    "ring": _ring,
    "pay_back": _pay_back,
    "charge_back": _charge_back,
    "tell_total": _tell_total,
}


def opened(number: int, begins: Given) -> Real:
    """Open the same matter in the house, with a buyer of its own."""
    at = BEGAN + timedelta(days=number)
    machine = _machine(at)
    accepted = (Accepted(clause="recovery", version=1, at=BEGAN - timedelta(days=9)),)
    seller, buyer = ("S" if begins.accepted else "N"), f"B{number}"
    known = {"mail": "s@example.jp", "accepted": accepted} if begins.accepted else {"mail": "n@example.jp"}
    put_shop(machine, ref=seller, name="店", **known)
    market.put_buyer(machine, BuyerLine(ref=buyer, name="買手"))
    market.put_order(
        machine,
        OrderLine(
            ref=f"O{number}",
            buyer=buyer,
            seller=seller,
            amount=begins.price,
            ordered_at=at - timedelta(days=3),
        ),
    )
    for setting, value in (
        (REMEDY_CEILING, begins.ceiling),
        (RECOVERY_CEILING, begins.recovery_ceiling),
        (RETURNS_ON, begins.returns),
        (RECOVERY_ON, begins.recovers),
    ):
        terms.set(machine, setting=setting, value=value)  # type: ignore[misc]
    trouble = contact.open_trouble(
        Actor(by=f"buyer:{buyer}", role=Role.BUYER, at=at, via="test"),
        order_ref=f"O{number}",
        topic=begins.topic,
        harm=Harm.MONEY,
        said="動きません",
        centre_may_read=False,
    )
    return Real(trouble, buyer, seller, at)


def test_the_room_and_its_model_take_the_same_steps() -> None:
    seed = walk_seed()
    dice = random.Random(seed)
    done = refused = 0
    in_force("recovery", at=BEGAN - timedelta(days=9))

    for number in range(MATTERS):
        room = Room(given(dice))
        real = opened(number, room.given)
        for step in range(STEPS):
            move = drawn(dice, room)
            told = (is_taken(move.take, room), is_taken(real.take, move))
            where = f"seed {seed}, matter {number}, step {step}: {move}"
            assert told[0] == told[1], (where, shown(room), real.shown())
            assert real.shown() == shown(room), where
            done, refused = done + told[0], refused + (not told[0])
            if room.is_over:
                break

    assert done >= 3 * MATTERS
    assert refused > 0
