"""The cast: a company that sells, two buyers, staff, Eve; orders above, at and below the sum; a day on which to act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine
from mamori.ground.outbox import facts as outbox_facts
from mamori.ground.people.models import Account
from mamori.japan.calendar import JAPAN
from mamori.law.article5 import Element, SellerItem
from mamori.law.identification import Registrant
from mamori.rooms.disclosure import queries
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.models import SellerRequest
from mamori.rooms.disclosure.rules.asked import Asking, BoughtAs, CameBy, ClaimKind, Identity, NeedFor
from mamori.rooms.disclosure.rules.deciding import Weighed
from mamori.rooms.disclosure.rules.elements import EvidenceKind, LeadsTo, outcome_of
from mamori.rooms.disclosure.tasks import RINGS
from tests.laid import laid
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EARLY = MONDAY - timedelta(days=400)
DAY = timedelta(days=1)
WHY = "届かない商品の代金を返してもらうため、少額訴訟を起こします。"


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def buyer(at: datetime = MONDAY, ref: str = "B-1") -> Actor:
    return actor(f"buyer:{ref}", Role.BUYER, at)


def seller(at: datetime = MONDAY, ref: str = "S-1") -> Actor:
    return actor(f"seller:{ref}", Role.SELLER, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:2", Role.LEAD, at)


def counsel(at: datetime = MONDAY) -> Actor:
    return actor("counsel:3", Role.COUNSEL, at)


@laid
def market_day(db: None) -> None:
    """Let a company, a private person, two buyers and their orders be known."""
    at = machine(EARLY)
    put_shop(
        at,
        ref="S-1",
        name="さくら家電",
        mail="info@sakura.example.jp",
        phone="03-3507-8801",
        address="東京都千代田区霞が関3-1-1",
        legal_name="株式会社さくら家電",
        representative="佐倉 一郎",
        corporate_number="7010705000725",
        registered_as=Registrant.COMPANY,
        private=False,
    )
    put_shop(at, ref="S-P", name="個人の出品", mail="p@example.jp", legal_name="個人 太郎", private=True)
    for ref in ("B-1", "B-2"):
        market.put_buyer(at, BuyerLine(ref=ref, name="買手"))
    for shop in ("S-1", "S-P"):
        market.put_listing(at, ListingLine(ref=f"L-{shop}", seller=shop, name="加湿器", price=48_000))
    for ref, shop, price in (
        ("O-1", "S-1", 48_000),
        ("O-10000", "S-1", 10_000),
        ("O-P", "S-P", 48_000),
        ("O-2", "S-1", 30_000),
    ):
        whose = "B-2" if ref == "O-2" else "B-1"
        items, at_ = (Item(listing=f"L-{shop}", price=price),), MONDAY - 30 * DAY
        line = OrderLine(ref=ref, buyer=whose, seller=shop, items=items, amount=price, ordered_at=at_)
        market.put_order(machine(MONDAY - 30 * DAY), line)


def ask(by: Actor | None = None, **more: Any) -> int:
    """Let B-1 ask for the name and address of the shop of its order O-1; nothing is missing."""
    said: dict[str, Any] = {
        "order": "O-1",
        "bought_as": BoughtAs.CONSUMER,
        "claim": ClaimKind.NOT_DELIVERED,
        "price": 48_000,
        "other": 0,
        "other_what": "",
        "need": NeedFor.SUIT,
        "why": WHY,
        "items": (SellerItem.NAME, SellerItem.ADDRESS),
        "pledge": True,
    }
    return asking.ask_information(by or buyer(), **said | more)


FULL: dict[str, Any] = {
    "order": "O-1",
    "bought_as": "consumer",
    "claim": "not_delivered",
    "price": "48,000",
    "other": "",
    "other_what": "",
    "need": "suit",
    "why": WHY,
    "items": ["name", "address"],
    "pledge": "on",
}
"""What a request says, as a form has it."""
PAGES = {
    "order": ("order", "number", "price", "other", "other_what", "noted"),
    "items": ("items",),
    "claim": ("claim", "wrote_seller"),
    "need": ("need", "why"),
    "who": ("asking", "bought_as", "pledge"),
}
"""What is asked on which page."""


def on_page(client: Client, at: str, said: dict[str, Any]) -> HttpResponse:
    """Open a page and send of what is said what it asks."""
    page = client.get(at, secure=True)
    assert page.status_code == 200, (at, page.status_code)
    step = at.partition("?")[0].split("/")[-2]
    fields = {name: said[name] for name in PAGES.get(step, ("shown", "left", "paper")) if name in said}
    carried = {name: page.context[name] for name in ("token", "sealed")}
    shown = {"shown": page.context["shown"]} if step == "check" else {}
    return client.post(at, carried | shown | fields, secure=True)


def fill_in(client: Client, *, until: str = "check", at: str = "/disclosure/ask/order/", **more: Any) -> str:
    """Answer page by page; return the address of the page `until`, of its draft.  A sum is insisted on."""
    said = FULL | {"asking": "self", "noted": str(more.get("price", "")).replace(",", "")} | more
    while f"/{until}/" not in at:
        answer = on_page(client, at, said)
        assert answer.status_code == 302, (at, answer.context["form"].errors)
        at = str(answer["Location"])
    return at


def ask_by_page(client: Client, **more: Any) -> HttpResponse:
    """Ask on the pages, send it, and return the page to which that leads."""
    at = fill_in(client, **more)
    sent = on_page(client, at, {})
    return client.get(sent["Location"], secure=True) if sent.status_code == 302 else sent


def row(number: int) -> SellerRequest:
    return SellerRequest.objects.get(pk=number)


def told(to: str) -> list[str]:
    """Return the notices to a party, the newest first."""
    return [notice.template for notice in outbox_facts.notices(to=to, limit=99)]


def ring(until: datetime) -> None:
    """Let every clock ring that is due by then."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=RINGS)
        assert not clock_facts.stuck()


def decided(number: int, at: datetime = MONDAY) -> None:
    """Let a request be examined, the seller heard, and a disclosure be decided by two."""
    deciding.begin_request(agent(at), request=number)
    deciding.ask_view(counsel(at), request=number)
    deciding.state_view(seller(at + DAY), request=number, agrees=True, said="かまいません。")
    deciding.propose_disclosure(counsel(at + 2 * DAY), request=number, reason="要件を満たす。")
    deciding.agree_request(lead(at + 3 * DAY), request=number)


def enter(**more: object) -> int:
    said: dict[str, object] = {
        "channel": CameBy.LETTER,
        "order": "O-1",
        "asking": Asking.SELF,
        "bought_as": BoughtAs.CONSUMER,
        "claim": ClaimKind.NOT_DELIVERED,
        "price": 48_000,
        "other": 0,
        "other_what": "",
        "need": NeedFor.SUIT,
        "why": "代金を返してもらうため、裁判を起こします。",
        "items": (SellerItem.NAME, SellerItem.ADDRESS),
        "pledge": True,
        "signed": True,
        "name": "買手",
        "address": "東京都港区1-2-3",
    }
    return asking.enter_request(agent(), **said | more)  # type: ignore[arg-type]


def note(number: int, **seen: object) -> None:
    said: dict[str, object] = {
        "identity": Identity.NONE,
        "authority": False,
        "signed": True,
        "is_minor": False,
        "searched": False,
        "elsewhere": False,
        "by_operator": False,
        "assigned": False,
    }
    deciding.note_seen(agent(), request=number, **said | seen)  # type: ignore[arg-type]


def outcome(number: int) -> LeadsTo:
    return outcome_of(queries.request_of(counsel(), number).findings)


def weigh_purpose(
    number: int, at: datetime = MONDAY, reason: str = "意見を読んだ。権利の有無を変えない。"
) -> None:
    """Let counsel weigh the purpose as met, on the seller's view."""
    deciding.weigh(
        counsel(at),
        request=number,
        element=Element.PURPOSE,
        verdict=Weighed.MET,
        evidence=EvidenceKind.VIEW,
        reason=reason,
    )


@pytest.fixture
def staff() -> None:
    """Let there be a lead and counsel, whom nobody of the two brought in."""
    for number, role in ((2, "lead"), (3, "counsel")):
        Account.objects.create(pk=number, email=f"{number}@example.jp", name=role, role=role, added_at=EARLY)
