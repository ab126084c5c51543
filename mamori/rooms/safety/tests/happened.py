"""A shop that sells two kettles which look alike, a buyer of one, and an accident with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.law.accidents import AccidentSource, Hurt
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.safety.accidents import actions
from mamori.rooms.safety.accidents.matter import about
from mamori.rooms.safety.accidents.rules import AccidentInput
from mamori.rooms.safety.models import Accident
from tests.laid import laid
from tests.shops import asks_no_displays, put_shop

BURNT = "充電中に火が出るおそれがあります。"
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EARLY = MONDAY - timedelta(days=400)
WHY = "商品ページの写真と登録を見比べた。"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def agent(at: datetime = MONDAY) -> Actor:
    return Actor(by="agent:1", role=Role.AGENT, at=at, via="test")


def lead(at: datetime = MONDAY) -> Actor:
    return Actor(by="lead:2", role=Role.LEAD, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


def hear(at: datetime = MONDAY) -> None:
    """Let what was told be heard."""
    while outbox.work(at=at):
        pass


@laid
def market_day(db: None) -> None:
    """Let a shop sell two kettles that look alike, and a buyer have bought one of them."""
    at = machine(EARLY)
    asks_no_displays("lead:2", EARLY)
    put_shop(at, ref="S-1", name="さくら家電", mail="info@sakura.example.jp")
    for ref in ("L-1", "L-2"):
        line = ListingLine(
            ref=ref, seller="S-1", name=f"ケトル {ref}", price=4_800, brand="さくら", model="KT-100"
        )
        market.put_listing(at, line)
    market.put_buyer(at, BuyerLine(ref="B-1", name="買手", mail="b1@example.jp"))
    items = (Item(listing="L-1", price=4_800),)
    market.put_order(
        machine(MONDAY - 8 * DAY),
        OrderLine(
            ref="O-1", buyer="B-1", seller="S-1", items=items, amount=4_800, ordered_at=MONDAY - 9 * DAY
        ),
    )


def told(**more: Any) -> AccidentInput:
    return AccidentInput(**{"hurt": Hurt.MINOR, "fire": False, "what": "手にやけどをした。"} | more)


def enter(listing: str = "L-1", at: Any = MONDAY, **more: Any) -> int:
    return actions.enter_accident(
        agent(at), listing=listing, source=AccidentSource.TELEPHONE, told=told(**more)
    )


def row(number: int) -> Accident:
    return Accident.objects.get(pk=number)


def buyer(at: Any = MONDAY) -> Actor:
    return Actor(by="buyer:B-1", role=Role.BUYER, at=at, via="test")


def in_trouble(harm: Harm = Harm.DANGER, said: str = "使っていたら煙が出ました。", at: Any = MONDAY) -> int:
    number = contact.open_trouble(
        buyer(at),
        order_ref="O-1",
        topic=Topic.UNSAFE,
        harm=harm,
        said=said,
        centre_may_read=True,
    )
    hear(at)
    return number


def warn(number: int, at: Any = MONDAY) -> int:
    actions.warn_buyers(
        agent(at),
        accident=number,
        goods_ja="ケトル",
        what_ja=BURNT,
        next_ja="このあとお知らせします。",
        goods_en="kettle",
        what_en="It may catch fire.",
        next_en="We will tell you what is next.",
    )
    hear(at)
    alert = row(number).alert
    assert alert is not None
    return alert


def asks(number: int) -> frozenset[str]:
    return cases.asked(about(number))
