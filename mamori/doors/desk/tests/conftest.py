"""A desk with something on it: troubles, a question, calls, a refund and a recovery, written with words that nobody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.test import Client

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.rooms.contact import actions as contact, facts, tasks
from mamori.rooms.contact.rules.reasons import PartBecause
from mamori.rooms.contact.tests.conftest import ANSWERED
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid
from tests.shops import put_shop

type Enter = Callable[..., Client]

CANARY = "カナリア鳥の言葉"
SELLERS_CANARY = "鶺鴒の言葉"
MAIL = "kanaria@example.jp"
PHONE = "03-9999-1234"
SHOP_PHONE = "03-1111-2222"


def actor(by: str, role: Role, at: datetime) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


@dataclass(frozen=True, slots=True)
class Desk:
    """The numbers of the cases."""

    trouble: str
    question: str
    recovery: str
    refunded: str
    about: str
    thread: int
    begun: datetime


def ring(until: datetime) -> None:
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=tasks.RINGS)
        assert not clock_facts.stuck(), clock_facts.stuck()
    while outbox.work(at=until, limit=100):
        pass


def known_market(begun: datetime) -> None:
    early = begun - timedelta(days=30)
    by = actor("machine:test", Role.MACHINE, early)
    in_force("recovery", at=early)
    accepted = (Accepted(clause="recovery", version=1, at=early),)
    put_shop(by, ref="S-1", name="高橋商店", mail=f"s.{MAIL}", phone=SHOP_PHONE, accepted=accepted)
    market.put_buyer(by, BuyerLine(ref="B-1", name="購入花子", mail=MAIL, phone=PHONE))
    market.put_listing(by, ListingLine(ref="L-1", seller="S-1", name="電気毛布", price=8_000))
    for number in range(1, 5):
        line = OrderLine(
            ref=f"O-{number}",
            buyer="B-1",
            seller="S-1",
            amount=8_000,
            ordered_at=early - timedelta(days=5),
        )
        market.put_order(by, line)


def report(begun: datetime, order: str, topic: Topic = Topic.BROKEN, harm: Harm = Harm.MONEY) -> int:
    return contact.open_trouble(
        actor("buyer:B-1", Role.BUYER, begun),
        order_ref=order,
        topic=topic,
        harm=harm,
        said=CANARY,
        centre_may_read=False,
    )


@laid
def desk(db: None) -> Desk:
    """Two open troubles (of one danger the buyer was asked), a question, an unconfirmed refund, a recovery that is heard."""
    begun = datetime.now(UTC) - timedelta(hours=1)
    known_market(begun)
    lead, machine = actor("lead:9", Role.LEAD, begun), actor("machine:market", Role.MACHINE, begun)
    trouble = report(begun, "O-1", harm=Harm.DANGER)
    contact.reach_buyer(actor("agent:9", Role.AGENT, begun), trouble=trouble, answers=ANSWERED)
    known = facts.trouble(trouble)
    assert known is not None
    contact.acknowledge(actor("seller:S-1", Role.SELLER, begun), thread=known.thread, said=SELLERS_CANARY)
    question = contact.ask_question(
        actor("buyer:B-1", Role.BUYER, begun), listing_ref="L-1", topic=Topic.GOODS, said=CANARY
    )
    refunded, settled = report(begun, "O-2"), report(begun, "O-3")
    for one in (refunded, settled):
        contact.request_mediation(lead, trouble=one)
        instruction = contact.grant_remedy(
            lead, trouble=one, amount=3_000, reason="回答がない", because=PartBecause.PART_OF_GOODS
        )
    contact.confirm_instruction(machine, instruction=instruction)
    recovery = facts.recovery_of(settled)
    assert recovery is not None
    contact.state_view(actor("seller:S-1", Role.SELLER, begun), recovery=recovery.id, said=SELLERS_CANARY)
    about = f"contact.trouble:{trouble}"
    return Desk(
        trouble=cases.case_of(about).number,
        question=cases.case_of(f"contact.thread:{question}").number,
        recovery=recovery.case,
        refunded=cases.case_of(f"contact.trouble:{refunded}").number,
        about=about,
        thread=known.thread,
        begun=begun,
    )


def seen(code: str) -> int:
    """Return how a form names the value of a setting that stands now."""
    return terms.seen(code, at=datetime.now(UTC))
