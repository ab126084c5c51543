"""A house with many open cases at once, as a desk sees it on a busy morning: most late, some in danger, some with an offer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from mamori.grammar.actor import Actor, Role
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.lines import Item
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import work
from tests.shops import put_shop

LATE, DANGERS, OFFERS, BUYERS = 0.6, 3, 2, 20
"""So many of all are late; so many are in danger, and so many have a seller's offer; so many buyers."""
LONG = 4
SHOPS = ("みどり家具", "青空電器", "こもれび雑貨", "港の本屋", "ホシクズアクセサリー" * 6)
"""The last of them, `LONG`, has a name of sixty kana."""
GOODS = (
    (Topic.NOT_ARRIVED, "折りたたみ机", "五日たっても届きません。追跡番号も動いていません。"),
    (Topic.BROKEN, "卓上ランプ", "箱を開けたら笠が割れていました。交換してください。"),
    (Topic.NOT_AS_DESCRIBED, "革の財布", "本革とありましたが、合成皮革と書かれた札が付いていました。"),
    (Topic.REFUND_UNPAID, "写真集", "先週返金すると言われましたが、まだ戻っていません。"),
)


def crowd(count: str) -> list[dict[str, str]]:
    """Open so many cases and let the house do what waits; return each with its parties: dangers first, offers last."""
    now = datetime.now(UTC)
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=now, via="test")
    for place, name in enumerate(SHOPS):
        put_shop(
            shop, ref=f"S-M{place}", name=name, mail=f"m{place}@example.jp", phone=f"03-0000-00{place:02}"
        )
    troubles = list(_opened(int(count), now, shop))
    work.settle(at=now, signed_at=now)
    found = [cases.case_of(f"contact.trouble:{one}") for one in troubles]
    return [
        {"number": one.number, "buyer": f"buyer:{one.buyer_ref}", "seller": f"seller:{one.seller_ref}"}
        for one in found
    ]


def _opened(count: int, now: datetime, shop: Actor) -> Iterator[int]:
    late = round(count * LATE)
    for number in range(count):
        begun = now - (
            timedelta(days=4, minutes=97 * number) if number < late else timedelta(minutes=7 * number)
        )
        who, ref, seller = f"B-M{number % BUYERS}", f"O-M{number:03}", f"S-M{number % len(SHOPS)}"
        goods = GOODS[number % len(GOODS)][1]
        market.put_buyer(shop, market.BuyerLine(ref=who, name="買手", mail=f"{who}@example.jp"))
        goods_ref, price = f"L-M{number:03}", 3_000 + 700 * number
        market.put_listing(shop, market.ListingLine(ref=goods_ref, seller=seller, name=goods, price=price))
        market.put_order(
            shop,
            market.OrderLine(
                ref=ref,
                buyer=who,
                seller=seller,
                amount=price,
                ordered_at=begun - timedelta(days=6),
                items=(Item(listing=goods_ref, price=price),),
            ),
        )
        yield _one(
            number, count, Actor(by=f"buyer:{who}", role=Role.BUYER, at=begun, via="test"), ref, seller
        )


def _one(number: int, count: int, buyer: Actor, ref: str, seller: str) -> int:
    in_danger, offered = number < DANGERS, number >= count - OFFERS
    topic, _, said = GOODS[number % len(GOODS)]
    trouble = contact.open_trouble(
        buyer,
        order_ref=ref,
        topic=Topic.UNSAFE if in_danger else topic,
        harm=Harm.DANGER if in_danger else Harm.MONEY,
        said="使っていたら煙が出ました。" if in_danger else said,
        centre_may_read=True,
    )
    if offered:
        contact.request_mediation(buyer, trouble=trouble)
        theirs = Actor(
            by=f"seller:{seller}", role=Role.SELLER, at=buyer.at + timedelta(minutes=1), via="test"
        )
        contact.propose(theirs, trouble=trouble, kind=Kind.PART_REFUND, amount=1_500)
    return trouble
