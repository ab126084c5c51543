"""The ordinary days beside the story: orders come in, and troubles that their sellers solve; months have figures to tell."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from mamori.grammar.hand import Hand, Role
from mamori.ground.market.models import Order
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact import facts
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site.demo import cast
from mamori.site.demo.days import NOW, moment

DAYS, EACH = (8, 20), 8
LASTS = timedelta(hours=6)
LAST = NOW - timedelta(hours=100)
SAID = cycle(
    (
        (Topic.NOT_ARRIVED, "まだ届きません。", "今日お届けします。"),
        (Topic.BROKEN, "箱がつぶれ、品が欠けていました。", "交換品を送りました。"),
        (Topic.NOT_AS_DESCRIBED, "写真と色が違います。", "返品をお受けし、返金しました。"),
    )
)


def coming() -> list[datetime]:
    """Return the moments at which ordinary days begin, the last of them a few days ago."""
    first = moment("2026-12-01T09:00")
    days = (first + timedelta(days=n) for n in range((LAST - first).days))
    return [*(day for day in days if day.day in DAYS), LAST]


def play(at: datetime) -> None:
    """Let the newest buyers who have no other part report a trouble each, and their sellers solve it."""
    told = (cast.BUYER, *cast.BUYERS.values())
    found = Order.objects.filter(ordered_at__lt=at).exclude(buyer__in=told)
    for order in found.order_by("-ordered_at")[:EACH]:
        _solved(order, at)


def _solved(order: Order, at: datetime) -> None:
    topic, said, answered = next(SAID)
    buyer, seller = f"buyer:{order.buyer_id}", f"seller:{order.seller_id}"

    def by(who: str, role: Role, hours: float) -> Hand:
        return Hand(by=who, role=role, at=at + timedelta(hours=hours), via="demo")

    trouble = contact.open_trouble(
        by(buyer, Role.BUYER, 0),
        order_ref=order.ref,
        topic=topic,
        harm=Harm.MONEY,
        said=said,
        centre_may_read=False,
    )
    known = facts.trouble(trouble)
    assert known is not None
    contact.answer(by(seller, Role.SELLER, 4), thread=known.thread, said=answered)
    contact.solve(by(buyer, Role.BUYER, 5), trouble=trouble)
