"""The cast: a buyer, a seller, staff, and Eve, who belongs nowhere; and a clock that jumps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine, SellerLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import actions as contact, facts, tasks
from mamori.rooms.contact.facts import CallFact
from mamori.rooms.contact.rules.danger import Answers, Known
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
FRIDAY = datetime(2026, 11, 20, 18, tzinfo=JAPAN)

type Handed = Callable[..., Actor]


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def buyer(at: datetime = MONDAY) -> Actor:
    return actor("buyer:B-1", Role.BUYER, at)


def seller(at: datetime = MONDAY) -> Actor:
    return actor("seller:S-1", Role.SELLER, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:a", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:l", Role.LEAD, at)


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


EVES = [
    actor("buyer:EVE", Role.BUYER),
    actor("seller:EVE", Role.SELLER),
    actor("seller:S-11/eve", Role.DELEGATE),
    actor("seller:S-1", Role.BUYER),
    actor("buyer:B-1", Role.SELLER),
    actor("eve", Role.ANONYMOUS),
    actor("officer:eve", Role.OFFICER),
    actor("holder:eve", Role.HOLDER),
    actor("eve", Role.MACHINE),
]
"""Eve as everybody she might pretend to be."""


@laid
def market_of_two(db: None) -> None:
    """A marketplace with a buyer, a seller who accepted the recovery clause, and one who has no contact at all."""
    early = MONDAY - timedelta(days=30)
    by = machine(early)
    in_force("recovery", at=early)
    accepted = (Accepted(clause="recovery", version=1, at=early),)
    put_shop(by, ref="S-1", name="店", mail="shop@example.jp", phone="03-0000-0000", accepted=accepted)
    market.put_seller(by, SellerLine(ref="S-2", name="影"))
    market.put_buyer(by, BuyerLine(ref="B-1", name="買手"))
    for ref, owner in (("L-1", "S-1"), ("L-2", "S-2")):
        market.put_listing(by, ListingLine(ref=ref, seller=owner, name="品", price=8_000))
    _order(MONDAY)


@laid
def market_of_today(market_of_two: None) -> None:
    """Its orders are a few weeks old, whatever day it is: pages are opened at the real moment, and orders grow too old."""
    _order(datetime.now(UTC) - timedelta(days=21))


def _order(at: datetime) -> None:
    for ref, owner in (("O-1", "S-1"), ("O-2", "S-2"), ("O-3", "S-1")):
        ordered_at = at - timedelta(days=5)
        market.put_order(
            machine(at), OrderLine(ref=ref, buyer="B-1", seller=owner, amount=8_000, ordered_at=ordered_at)
        )


def open_trouble(
    at: datetime = MONDAY,
    *,
    order_ref: str = "O-1",
    topic: Topic = Topic.BROKEN,
    harm: Harm = Harm.MONEY,
    may_read: bool = True,
) -> int:
    return contact.open_trouble(
        buyer(at), order_ref=order_ref, topic=topic, harm=harm, said="動きません", centre_may_read=may_read
    )


ANSWERED = Answers(injured=Known.NO, fire=Known.NO, kept=Known.YES, stopped=Known.YES)


def open_asked(at: datetime = MONDAY, **given: Any) -> int:
    """Open a trouble with a danger that the buyer was asked about at once: what is left is the seller's call."""
    trouble = open_trouble(at, harm=Harm.DANGER, **given)
    contact.reach_buyer(agent(at), trouble=trouble, answers=ANSWERED)
    return trouble


def sellers_calls() -> tuple[CallFact, ...]:
    """Return the calls that are owed to sellers; the buyer's stand beside them in danger."""
    return tuple(call for call in facts.call_list() if call.whom == "seller")


def content(about: str) -> dict[str, Any]:
    """Return what the last act about a matter says."""
    said = ledger.acts_about(about)[-1].content
    assert said is not None
    return said


def pass_time(until: datetime) -> None:
    """Ring what falls due until then, one moment after the other, and work off what was published."""
    while (next_at := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=next_at, tasks=tasks.RINGS)
        stuck = [clock for clock in clock_facts.stuck() if clock.about.startswith("contact.")]
        assert not stuck, stuck  # what another room waits for is rung by its own table
    while outbox.work(at=until, limit=100):
        pass
