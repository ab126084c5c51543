"""The small marketplace of the ten people: who sells, who has bought what, and two matters that began weeks ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.market.models import Instruction
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.ground.terms import actions as terms
from mamori.law.display import DisplayItem, Trait
from mamori.law.identification import Method, Registrant
from mamori.law.settings import OPERATOR_NAME, OPERATOR_PHONE
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.topics import Harm, Topic
from mamori.rooms.display.actions import displays
from mamori.rooms.display.rules.told import AddressKind, ShownDisplay, ShownItem
from mamori.rooms.payouts.accounts import actions as accounts, details
from mamori.site import work
from tests.shops import put_shop

KITCHEN: dict[str, Any] = {
    "ref": "S-KITCHEN",
    "name": "台所道具の店",
    "legal_name": "台所道具株式会社",
    "person": "店長 木村",
    "mail": "kitchen@example.jp",
    "phone": "076-000-0001",
    "support": "0120-000-001",
    "address": "石川県金沢市本町1-1",
    "hours": "平日 10:00-17:00",
    "returns_to": "石川県金沢市本町1-1 返品係",
}
LAMPS: dict[str, Any] = {
    "ref": "S-LAMPS",
    "name": "あかりの店",
    "legal_name": "あかり商会",
    "person": "店主 北野",
    "mail": "lamps@example.jp",
    "phone": "011-000-0002",
    "address": "北海道札幌市中央区1-1",
}
TEA = KITCHEN | {
    "ref": "S-TEA",
    "name": "お茶の店",
    "legal_name": "お茶の店 店主 宮本",
    "mail": "tea@example.jp",
}
TOLD: dict[str, Any] = {"mail": "shop@example.jp", "phone": "03-3507-8801"}
SHOWING: dict[str, dict[str, Any]] = {
    "S-BOOKS": {
        "name": "青空書房",
        "legal_name": "株式会社青空書房",
        "representative": "佐藤 一郎",
        "address": "東京都千代田区霞が関3-1-1",
        "registered_as": Registrant.COMPANY,
    },
    "S-CLOTH": {
        "name": "はなこの布",
        "legal_name": "山田 花子",
        "address": "東京都千代田区霞が関3-1-2",
        "registered_as": Registrant.PERSON,
    },
    "S-SEOUL": {
        "name": "Seoul Ceramics",
        "legal_name": "Seoul Ceramics Co., Ltd.",
        "address": "12-3, Jongno-gu, Seoul, Korea",
        "country": "KR",
        "registered_as": Registrant.COMPANY,
    },
    "S-HOME": {
        "name": "古着ゆずります",
        "legal_name": "個人 太郎",
        "address": "神奈川県横浜市中区本町6-50-10",
        "private": True,
        "registered_as": Registrant.PERSON,
    },
}
SHOWING["S-PAPER"] = SHOWING["S-BOOKS"] | {"name": "青空文具"}
SHOWING["S-DOLLS"] = SHOWING["S-CLOTH"] | {"name": "はなこの人形"}
"""Those who have a display to write, or none: a company, a sole trader, one abroad, a private person."""
SALE = {
    "price": "各商品のページに税込で表示します。",
    "shipping": "全国一律 800円",
    "payment_method": "クレジットカード",
    "payment_time": "ご注文時にお支払いいただきます。",
    "delivery": "ご注文から3営業日以内に発送します。",
    "returns": "商品到着後8日以内にご連絡のうえ、お客様の送料負担で返品できます。",
}
"""How they sell, by the items of a display."""
BOOKS = {"name": "株式会社青空書房", "responsible": "代表取締役 佐藤 一郎", "phone": "03-3507-8801"}
DOLLS = {"name": "山田 花子", "address": "東京都港区1-1-1 オフィス101", "phone": "03-5555-0101"}
GOODS = {
    "S-TEA": ("L-TEAPOT", "急須 300ml", 3_200),
    "S-KITCHEN": ("L-POT", "ほうろう鍋 20cm", 4_980),
    "S-LAMPS": ("L-LAMP", "卓上ランプ", 6_800),
}
BUYERS = {
    "OLD": ("S-KITCHEN", "鈴木 よし"),
    "CALLS": ("S-KITCHEN", "川口 すえ"),
    "FAMILY": ("S-KITCHEN", "田中 実"),
    "PLAIN": ("S-KITCHEN", "森 一郎"),
    "EAR": ("S-KITCHEN", "林 京子"),
    "ENGLISH": ("S-KITCHEN", "Alex Smith"),
    "HOLIDAY": ("S-TEA", "小川 光"),
    "AGENT": ("S-LAMPS", "石井 薫"),
    "SILENT": ("S-LAMPS", "西田 誠"),
    "LEAD": ("S-LAMPS", "中村 泉"),
    "STRANGER": ("S-KITCHEN", "東 渡"),
}
"""Each kind of person by the marketplace's reference of the buyer: from whom they bought, and their name."""


def _pay_to(shop: Actor) -> None:
    """Tell where the tea shop's proceeds go; somebody has looked at the holder's name."""
    given = details.Given(bank="0001", branch="001", number="7000001", holder="ミヤモト")
    account = accounts.set_account(shop, seller_ref="S-TEA", given=given)
    agent = Actor(by="agent:97", role=Role.AGENT, at=shop.at, via="test")
    accounts.accept_name(agent, account=account, reason="通帳の写しで確かめた")


def gather() -> dict[str, str]:
    """Tell the marketplace, let two matters run out of their time, and return what the tests need to know."""
    now = datetime.now(UTC)
    began = now - timedelta(days=30)
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=began - timedelta(days=5), via="test")
    _tell(shop)
    _pay_to(shop)
    refunded = _open("LEAD", began)
    work.settle(at=began + timedelta(days=14))
    _refund(refunded, began + timedelta(days=14))
    silent = _open("SILENT", now - timedelta(days=14))
    work.settle(at=now)
    link = people.add_key(shop, name="links-of-ten", scopes={Scope.LINKS_SIGN})
    recovery = facts.recovery_of(refunded)
    known = facts.trouble(silent)
    assert recovery is not None
    assert known is not None
    return {
        "link_prefix": link.prefix,
        "link_secret": link.secret,
        "recovery": recovery.case,
        "silent": known.case,
    }


def settle() -> None:
    """Do what waits to be done by now."""
    work.settle(at=datetime.now(UTC))


def confirm() -> int:
    """Let the marketplace carry out what it was instructed to, and return how much that was."""
    now = datetime.now(UTC)
    count = _confirm(now)
    work.settle(at=now)
    return count


def tell_of_lamp(danger: str) -> str:
    """Let the buyer of a lamp tell of a danger just now; return the number of the case."""
    now = datetime.now(UTC)
    trouble = facts.trouble(_open("AGENT", now, danger, Topic.UNSAFE, Harm.DANGER))
    work.settle(at=now)
    assert trouble is not None
    return trouble.case


def show_displays() -> None:
    """Let the bookshop show all but its address, which it gives on request, and the doll shop its office."""
    now = datetime.now(UTC)
    form = "お問い合わせフォーム https://books.example.jp/contact"
    asked = ShownItem(item=DisplayItem.ADDRESS, on_request=True)
    for ref, who, items, told in (
        ("S-BOOKS", BOOKS, (asked,), {"text": form}),
        ("S-DOLLS", DOLLS, (), {"place": AddressKind.OFFICE}),
    ):
        said = tuple(ShownItem(item=DisplayItem(item), said=words) for item, words in (who | SALE).items())
        traits = (Trait.SENDS, Trait.PREPAID, Trait.ALL_CHARGES_SHOWN)
        display: dict[str, Any] = {"traits": traits, "items": (*said, *items), **told}
        seller = Actor(by=f"seller:{ref}", role=Role.SELLER, at=now, via="test")
        displays.write_display(seller, seller_ref=ref, told=ShownDisplay(**display))


def order_books() -> str:
    """Let somebody order of the bookshop now."""
    now = datetime.now(UTC)
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=now, via="test")
    item = Item(listing="L-S-BOOKS", price=1_200)
    order = OrderLine(
        ref="O-BOOKS", buyer="B-PLAIN", seller="S-BOOKS", items=(item,), amount=1_200, ordered_at=now
    )
    market.put_order(shop, order)
    return order.ref


def order_sofa() -> str:
    """Let a furniture shop that is a business have sold a sofa weeks ago, which never came."""
    at = datetime.now(UTC) - timedelta(days=40)
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")
    own = {"name": "青空家具", "private": False, "address": "東京都千代田区霞が関2-1-6"}
    put_shop(shop, ref="S-SOFA", **TOLD | SHOWING["S-BOOKS"] | own)
    market.put_listing(shop, ListingLine(ref="L-SOFA", seller="S-SOFA", name="二人掛けソファ", price=48_000))
    items = (Item(listing="L-SOFA", price=48_000),)
    for ref, buyer in (("O-SOFA", "B-OLD"), ("O-SOFA-2", "B-PLAIN")):
        market.put_order(
            shop,
            OrderLine(ref=ref, buyer=buyer, seller="S-SOFA", items=items, amount=48_000, ordered_at=at),
        )
    return "O-SOFA"


def _tell(shop: Actor) -> None:
    terms.set(shop, setting=OPERATOR_NAME, value="まもり市場")
    terms.set(shop, setting=OPERATOR_PHONE, value="0120-000-000")
    accepted = (Accepted(clause="recovery", version=1, at=shop.at),)
    checked = {"registered_as": Registrant.PERSON, "verified_by": Method.JPKI, "verified_at": shop.at}
    for seller in (KITCHEN, LAMPS, TEA | checked):
        put_shop(shop, accepted=accepted, **seller)
        ref, name, price = GOODS[seller["ref"]]
        market.put_listing(shop, ListingLine(ref=ref, seller=seller["ref"], name=name, price=price))
    for ref, shown in SHOWING.items():
        put_shop(shop, ref=ref, accepted=accepted, **TOLD | shown)
        market.put_listing(shop, ListingLine(ref=f"L-{ref}", seller=ref, name="布の小物", price=1_200))
    for name, (seller_ref, called) in BUYERS.items():
        mail = "" if name in ("OLD", "CALLS") else f"{name.lower()}@example.jp"
        home = {"phone": "076-555-1234", "address": "石川県金沢市泉1-2-3"}
        market.put_buyer(shop, BuyerLine(ref=f"B-{name}", name=called, mail=mail, **home))
        ref, _, price = GOODS[seller_ref]
        market.put_order(
            shop,
            OrderLine(
                ref=f"O-{name}",
                buyer=f"B-{name}",
                seller=seller_ref,
                items=(Item(listing=ref, price=price),),
                amount=price,
                ordered_at=shop.at,
            ),
        )


def _open(
    name: str,
    at: datetime,
    said: str = "ランプがまだ届きません",
    topic: Topic = Topic.NOT_ARRIVED,
    harm: Harm = Harm.MONEY,
) -> int:
    return contact.open_trouble(
        Actor(by=f"buyer:B-{name}", role=Role.BUYER, at=at, via="test"),
        order_ref=f"O-{name}",
        topic=topic,
        harm=harm,
        said=said,
        centre_may_read=True,
    )


def _refund(trouble: int, at: datetime) -> None:
    agent = Actor(by="agent:1", role=Role.AGENT, at=at, via="test")
    contact.grant_remedy(agent, trouble=trouble, amount=6_800, reason="回答なし")
    _confirm(at)
    work.settle(at=at)


def _confirm(at: datetime) -> int:
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=at, via="test")
    waiting = list(Instruction.objects.filter(closed_at__isnull=True).values_list("pk", flat=True))
    for instruction in waiting:
        market.confirm(shop, instruction=instruction, outcome="confirmed")
    return len(waiting)
