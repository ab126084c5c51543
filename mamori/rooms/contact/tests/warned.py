"""A market whose charger burns: who bought it, how each can be reached, and an alert to them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ListingLine, OrderLine
from mamori.ground.market.importing import apply_lines
from mamori.ground.market.lines import Item
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.models import Effect
from mamori.rooms.contact.alerts import actions
from mamori.rooms.contact.alerts.rules import Danger
from mamori.rooms.contact.models import Alert, AlertedBuyer
from mamori.rooms.contact.tasks import RINGS
from mamori.rooms.contact.tests.conftest import MONDAY, agent, machine

DAY = timedelta(days=1)
ABOUT = "safety.accident:3"
DANGER = Danger(
    goods=Text("充電器 X-1", "charger X-1"),
    what=Text(
        "充電中に熱くなり、火が出ることがあります。", "It grows hot while it charges, and may catch fire."
    ),
    next=Text("返し方と返金は、このあとお知らせします。", "We will tell you how to return it."),
)


def sold(ref: str, buyer: str, *listings: str, at: datetime = MONDAY - 9 * DAY, **more: object) -> None:
    """Let the marketplace tell an order."""
    items = tuple(Item(listing=one, price=3_000) for one in listings)
    market.put_order(
        machine(max(at, MONDAY)),
        OrderLine(ref=ref, buyer=buyer, seller="S-1", amount=9_000, ordered_at=at, items=items, **more),  # type: ignore[arg-type]
    )


def chargers() -> None:
    """T-1 has a mail address, T-2 a postal one, T-3 neither; T-4's order was never sent, T-5 bought something else."""
    by = machine(MONDAY - 30 * DAY)
    market.put_buyer(by, BuyerLine(ref="T-1", name="一", mail="t1@example.jp", phone="090-0000-0001"))
    market.put_buyer(by, BuyerLine(ref="T-2", name="二", address="100-0001 東京都千代田区1"))
    for ref in ("T-3", "T-4", "T-5"):
        market.put_buyer(by, BuyerLine(ref=ref, name="三", phone="090-0000-0003"))
    for ref in ("L-3", "L-4", "L-5"):
        market.put_listing(by, ListingLine(ref=ref, seller="S-1", name=f"充電器 {ref}", price=3_000))
    sold("T-11", "T-1", "L-3", "L-4")
    sold("T-12", "T-1", "L-3", at=MONDAY - 8 * DAY)
    sold("T-21", "T-2", "L-3")
    sold("T-31", "T-3", "L-3")
    sold("T-41", "T-4", "L-3", cancelled_at=MONDAY - 8 * DAY, unsent=True)
    sold("T-51", "T-5", "L-5")
    Effect.objects.filter(done_at=None).update(done_at=MONDAY)


def many(count: int) -> None:
    """Let so many buyers have bought L-3, each by an order of their own, all told at once."""
    buyers = [BuyerLine(ref=f"M-{n:05}", name="購入者", mail=f"m{n}@example.jp") for n in range(count)]
    orders = [
        OrderLine(
            ref=f"M-{n:05}",
            buyer=f"M-{n:05}",
            seller="S-1",
            amount=3_000,
            ordered_at=MONDAY - 20 * DAY + timedelta(minutes=n % 7),
            items=(Item(listing="L-3", price=3_000),),
        )
        for n in range(count)
    ]
    with transaction.atomic():
        apply_lines(machine(MONDAY), buyers)
        apply_lines(machine(MONDAY), orders)
    Effect.objects.filter(done_at=None).update(done_at=MONDAY)


def warn(*listings: str, at: datetime = MONDAY, about: str = ABOUT, keep: bool = True) -> int:
    """Begin an alert, of L-3 where no listing is named, and let it tell everybody."""
    number = begin(*listings, at=at, about=about, keep=keep)
    hear(at)
    return number


def begin(*listings: str, at: datetime = MONDAY, about: str = ABOUT, keep: bool = True) -> int:
    """Begin an alert; nobody is told yet."""
    return actions.alert_buyers(
        agent(at), about=about, listings=listings or ("L-3",), danger=DANGER, ask_to_keep=keep
    )


def hear(at: datetime = MONDAY) -> None:
    """Let what was told be heard."""
    while outbox.work(at=at):
        pass


def ring(until: datetime) -> None:
    """Let every clock ring that is due by then, and what is told be heard."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
        assert not clock_facts.stuck()
        hear(due)


def one(number: int) -> Alert:
    return Alert.objects.get(pk=number)


def row(number: int, ref: str = "T-1") -> AlertedBuyer:
    return AlertedBuyer.objects.get(alert=number, buyer_ref=ref)


def ways(number: int) -> dict[str, str]:
    """Return who was told, and by what."""
    return dict(AlertedBuyer.objects.filter(alert=number).order_by("pk").values_list("buyer_ref", "way"))


def told(ref: str = "T-1") -> list[str]:
    """Return the warnings to a buyer, the oldest first."""
    found = outbox_facts.notices(to=f"buyer:{ref}", limit=99)
    return [one.template.removeprefix("contact.") for one in reversed(found) if "alert" in one.template]
