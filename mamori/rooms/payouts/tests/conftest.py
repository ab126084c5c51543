"""The cast: sellers whose names were checked, one who accepted no terms; staff of every kind, Eve; a day on which to act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, ListingLine, OrderLine
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.people.models import Account as Staff
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.law.identification import Method, Registrant
from mamori.rooms.contact.tasks import RINGS as OF_CONTACT
from mamori.rooms.enforcement.tasks import RINGS as OF_ENFORCEMENT
from mamori.rooms.identity.tasks import RINGS as OF_IDENTITY
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from mamori.rooms.payouts.models import Account
from mamori.rooms.payouts.situations import PayoutFact
from mamori.rooms.payouts.tasks import RINGS as OF_PAYOUTS
from tests.laid import laid
from tests.shops import put_shop

RINGS = {**OF_CONTACT, **OF_ENFORCEMENT, **OF_IDENTITY, **OF_PAYOUTS}
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EARLY = MONDAY - timedelta(days=60)
HANAKO = Given(bank="0001", branch="001", kind="1", number="1234567", holder="ヤマダ ハナコ")
TARO = Given(bank="0001", branch="001", kind="1", number="7654321", holder="ヤマダ タロウ")
OTHER = Given(bank="0005", branch="001", kind="1", number="0000001", holder="ヤマダ ハナコ")
STRANGER = Given(bank="0001", branch="001", kind="1", number="5555555", holder="スズキ イチロウ")


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def seller(at: datetime = MONDAY) -> Actor:
    return actor("seller:S-1", Role.SELLER, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:2", Role.LEAD, at)


def counsel(at: datetime = MONDAY) -> Actor:
    return actor("counsel:3", Role.COUNSEL, at)


def registered(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "ref": "S-1",
        "name": "店",
        "mail": "shop@example.jp",
        "legal_name": "山田 花子",
        "legal_kana": "ヤマダ ハナコ",
        "registered_as": Registrant.PERSON,
        "verified_by": Method.JPKI,
        "verified_at": EARLY,
    }
    return known | more


@laid
def shops(db: None) -> None:
    """S-1 accepted every clause long ago and its name is checked; S-2's name is, and it accepted nothing."""
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=EARLY) for one in CLAUSES)
    by = machine(EARLY)
    in_force(at=EARLY, since=EARLY.date())
    put_shop(by, **registered(accepted=accepted))
    put_shop(by, **registered(ref="S-2", name="影"))
    market.put_buyer(by, BuyerLine(ref="B-1", name="買手"))
    for ref, owner in (("L-1", "S-1"), ("L-2", "S-2")):
        market.put_listing(by, ListingLine(ref=ref, seller=owner, name="品", price=8_000))
    for ref, owner in (("O-1", "S-1"), ("O-2", "S-2")):
        market.put_order(by, OrderLine(ref=ref, buyer="B-1", seller=owner, amount=8_000, ordered_at=EARLY))


def pays_to(given: Given = HANAKO, *, ref: str = "S-1", at: datetime = EARLY) -> Account:
    """Let the marketplace tell of a seller's account."""
    return Account.objects.get(pk=accounts.set_account(machine(at), seller_ref=ref, given=given))


def ask(
    ref: str = "P-1", amount: int = 10_000, *, seller_ref: str = "S-1", at: datetime = MONDAY, **more: Any
) -> PayoutFact:
    return payouts.authorize(machine(at), asked=Asked(ref, seller_ref, amount, **more))


def codes(found: PayoutFact) -> list[str]:
    return [reason.code.value for reason in found.reasons]


def told(ref: str = "S-1") -> list[str]:
    return [notice.template for notice in outbox_facts.notices(to=f"seller:{ref}", limit=99)]


def settle(until: datetime) -> None:
    """Let every clock ring and every event be heard until a moment."""
    outbox.work(at=until, limit=10_000)
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
        assert not clock_facts.stuck()
        outbox.work(at=until, limit=10_000)
    assert not outbox_facts.stuck()


@laid
def staff(db: None) -> None:
    """Three who run the centre."""
    for number, who in ((1, agent()), (2, lead()), (3, counsel())):
        Staff.objects.create(
            pk=number,
            email=f"{who.role}@example.jp",
            name=who.role.text.ja,
            role=who.role.value,
            added_at=EARLY,
        )


EVES = [
    actor("seller:EVE", Role.SELLER),
    actor("seller:S-11/eve", Role.DELEGATE),
    actor("buyer:S-1", Role.BUYER),
    actor("seller:S-1", Role.BUYER),
    actor("eve", Role.ANONYMOUS),
    actor("officer:eve", Role.OFFICER),
    actor("holder:eve", Role.HOLDER),
    actor("eve", Role.MACHINE),
]
"""Eve as everybody she might pretend to be."""


def expired(ref: str = "S-1", until: datetime = MONDAY - timedelta(days=1)) -> None:
    """Let a seller's check have ended."""
    put_shop(machine(EARLY), **registered(ref=ref, verified_until=until.date()))


def held(ref: str = "P-1", amount: int = 10_000, *, seller_ref: str = "S-1") -> PayoutFact:
    """Return a payout that waits for the check of its seller's name."""
    expired(seller_ref)
    pays_to(ref=seller_ref)
    return ask(ref, amount, seller_ref=seller_ref)
