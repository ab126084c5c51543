"""Fills a house with cases, opened and solved by the room's own actions, and with acts in its log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ContactsLine, OrderLine, SellerLine
from mamori.ground.people import actions as people
from mamori.ground.people.facts import Scope
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import work
from trials.harness import actor

BUYERS, SELLERS, BATCH = 200, 20, 500
SAID = "届くはずの品がまだ届きません。いつ届くか教えてください。"


def fill(*, cases: int, acts: int) -> None:
    """Open so many troubles as buyers do, of which every second one is solved, and record so many acts."""
    now = datetime.now(UTC)
    shop = actor(now - timedelta(days=9))
    for number in range(SELLERS):
        market.put_seller(shop, SellerLine(ref=f"S-{number}", name="店"))
        market.put_contacts(shop, ContactsLine(ref=f"S-{number}", mail=f"s{number}@example.jp"))
    for number in range(BUYERS):
        market.put_buyer(shop, BuyerLine(ref=f"B-{number}", name="買手", mail=f"b{number}@example.jp"))
    for number in range(cases):
        _case(number, shop, now - timedelta(minutes=number % 9_000))
    work.settle(at=now, signed_at=now)
    for numbers in batched(range(acts), BATCH):
        with transaction.atomic():
            for number in numbers:
                about, subject = f"contact.trouble:{number}", f"buyer:B-{number % BUYERS}"
                ledger.record(actor(now), kind="contact.urged", subject=subject, about=about)
    while ledger.sequence(at=now):
        pass


def _case(number: int, shop: Actor, at: datetime) -> None:
    who, order = f"B-{number % BUYERS}", f"O-{number}"
    line = OrderLine(ref=order, buyer=who, seller=f"S-{number % SELLERS}", amount=900, ordered_at=shop.at)
    market.put_order(shop, line)
    buyer = Actor(by=f"buyer:{who}", role=Role.BUYER, at=at, via="bench")
    about: dict[str, Any] = {"topic": Topic.NOT_ARRIVED, "harm": Harm.MONEY, "said": SAID}
    trouble = contact.open_trouble(buyer, order_ref=order, centre_may_read=True, **about)
    if number % 2:
        contact.solve(buyer, trouble=trouble)


def make_keys() -> dict[str, str]:
    """Make the keys in this house."""
    scopes = [scope for scope in Scope if scope != Scope.LINKS_SIGN]
    key = people.add_key(actor(), name="shop", scopes=scopes)
    link = people.add_key(actor(), name="links", scopes=[Scope.LINKS_SIGN])
    return {"token": key.secret, "link_kid": link.prefix, "link_secret": link.secret}
