"""What is open just now, so that whoever looks into the demo's house finds something to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from mamori.grammar.hand import Hand, Role
from mamori.ground.market.models import Order
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import work
from mamori.site.demo.cast import BUYERS, ORDERS

TROUBLES = (
    (timedelta(hours=5), Topic.NOT_ARRIVED, "三日前に届くはずの品がまだ届きません。", True),
    (timedelta(hours=3), Topic.BROKEN, "箱を開けたら、ふたが割れていました。", True),
    (timedelta(hours=2), Topic.NOT_AS_DESCRIBED, "写真と色が違います。返品できますか。", False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Whose matters they are: the buyer and the seller as whom one comes in."""

    buyer: str
    seller: str
    troubles: tuple[int, ...]


def begin(now: datetime) -> Present:
    """Open a few matters of one buyer with different sellers, and let one of them wait for the centre."""
    settled = set(ORDERS.values())
    busy = Order.objects.exclude(buyer__in=BUYERS.values()).values_list("buyer").annotate(n=Count("ref"))
    buyer = busy.order_by("-n", "buyer")[0][0]
    orders = Order.objects.filter(buyer=buyer).exclude(ref__in=settled).order_by("ref")
    chosen = orders[: len(TROUBLES)]
    opened = []
    for order, (ago, topic, said, may_read) in zip(chosen, TROUBLES, strict=True):
        hand = Hand(by=f"buyer:{buyer}", role=Role.BUYER, at=now - ago, via="demo")
        opened.append(
            contact.open_trouble(
                hand, order_ref=order.ref, topic=topic, harm=Harm.MONEY, said=said, centre_may_read=may_read
            )
        )
    asks = Hand(by=f"buyer:{buyer}", role=Role.BUYER, at=now - timedelta(hours=1), via="demo")
    contact.request_mediation(asks, trouble=opened[0])
    work.settle(at=now, signed_at=now)
    return Present(buyer=buyer, seller=chosen[0].seller_id, troubles=tuple(opened))
