"""The cast: a sole trader whose name is registered, a company, a private person, Eve; a day on which to act."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.japan.calendar import JAPAN
from mamori.law.display import DisplayItem, Trait
from mamori.law.identification import Registrant
from mamori.rooms.display.actions import displays
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from mamori.rooms.display.tasks import RINGS
from tests.laid import laid
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EARLY = MONDAY - timedelta(days=400)
SENDS = (Trait.SENDS, Trait.PREPAID, Trait.ALL_CHARGES_SHOWN)
HANAKO = {
    DisplayItem.NAME: "山田 花子",
    DisplayItem.ADDRESS: "東京都千代田区霞が関3-1-1 青空ビル2階",
    DisplayItem.PHONE: "03-3507-8801",
    DisplayItem.PRICE: "各商品のページに税込で表示します。",
    DisplayItem.SHIPPING: "全国一律 800円",
    DisplayItem.PAYMENT_METHOD: "クレジットカード",
    DisplayItem.PAYMENT_TIME: "ご注文時にお支払いいただきます。",
    DisplayItem.DELIVERY: "ご注文から3営業日以内に発送します。",
    DisplayItem.RETURNS: "商品到着後8日以内にご連絡のうえ、お客様の送料負担で返品できます。",
}


SHOWN_MAIL = "toiawase@hanako.example.jp"
"""What S-1 shows; the registered one is another."""


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def seller(at: datetime = MONDAY, ref: str = "S-1") -> Actor:
    return actor(f"seller:{ref}", Role.SELLER, at)


def eve(at: datetime = MONDAY) -> Actor:
    return actor("seller:EVE", Role.SELLER, at)


def registered(**more: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "ref": "S-1",
        "name": "はなこ雑貨店",
        "mail": "hanako@shop.example.jp",
        "phone": "03-3507-8801",
        "address": "東京都千代田区霞が関3-1-1",
        "legal_name": "山田 花子",
        "registered_as": Registrant.PERSON,
    }
    return known | more


def display(*, without: tuple[DisplayItem, ...] = (), text: str = "", **said: str) -> ShownDisplay:
    """Return Hanako's display, some items left out and some said otherwise: `display(phone="000-0000-0000")`."""
    words = HANAKO | {DisplayItem(name): value for name, value in said.items()}
    items = tuple(ShownItem(item=item, said=value) for item, value in words.items() if item not in without)
    return ShownDisplay(traits=SENDS, items=items, text=text)


def ordered(shop: Actor, ref: str, seller_ref: str, at: datetime) -> None:
    """Let the marketplace tell an order of B-1."""
    market.put_buyer(shop, BuyerLine(ref="B-1", name="買手"))
    market.put_listing(shop, ListingLine(ref="L-1", seller=seller_ref, name="鍋", price=8_000))
    items = (Item(listing="L-1", price=8_000),)
    market.put_order(
        replace(shop, at=at),
        OrderLine(ref=ref, buyer="B-1", seller=seller_ref, items=items, amount=8_000, ordered_at=at),
    )


def ring(until: datetime) -> None:
    """Let every clock ring that is due by then, and what is told be heard."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
        assert not clock_facts.stuck()


def hear(at: datetime = MONDAY) -> None:
    """Let what was told be heard."""
    while outbox.work(at=at):
        pass


def told(to: str = "seller:S-1") -> list[str]:
    """Return the notices to a party, the newest first."""
    return [notice.template for notice in outbox_facts.notices(to=to, limit=99)]


@laid
def shops(db: None) -> None:
    """S-1 is a sole trader, S-2 a company, S-3 a private person."""
    put_shop(machine(EARLY), **registered())
    put_shop(
        machine(EARLY),
        **registered(
            ref="S-2",
            name="青空商店",
            legal_name="株式会社青空商店",
            representative="佐藤 一郎",
            registered_as=Registrant.COMPANY,
        ),
    )
    put_shop(machine(EARLY), **registered(ref="S-3", name="個人", private=True))


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Send mail into a folder."""
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "ご相談の窓口 <centre@market.example>"
    return tmp_path / "mail"


@pytest.fixture
def shown(folder: Path, shops: None) -> None:
    """Let mail be sent, and S-1 show a mail address, which is not the registered one, and a telephone."""
    displays.write_display(seller(), seller_ref="S-1", told=display(mail=SHOWN_MAIL))
