"""Shops whose listings are looked at, and short hands for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.outbox import actions as outbox
from mamori.japan.calendar import JAPAN
from mamori.rooms.safety.models import ScreenedListing, Screening
from mamori.rooms.safety.screening import actions
from mamori.rooms.safety.screening.rules import Outcome
from tests.laid import laid
from tests.shops import asks_no_displays, put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
DAY = timedelta(days=1)
WHY = "通報が続いたため。"


def machine(at: datetime = MONDAY) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


def agent(at: datetime = MONDAY) -> Actor:
    return Actor(by="agent:1", role=Role.AGENT, at=at, via="test")


def lead(at: datetime = MONDAY) -> Actor:
    return Actor(by="lead:2", role=Role.LEAD, at=at, via="test")


@laid
def shops(db: None) -> None:
    """Let two shops sell nothing yet."""
    at = machine(MONDAY - 400 * DAY)
    asks_no_displays("lead:2", at.at)
    put_shop(at, ref="S-1", name="さくら家電", mail="info@sakura.example.jp")
    put_shop(at, ref="S-2", name="もみじ商店", mail="info@momiji.example.jp")


def put(ref: str, name: str, at: datetime = MONDAY, seller: str = "S-1", **more: Any) -> None:
    market.put_listing(machine(at), ListingLine(ref=ref, seller=seller, name=name, price=2_000, **more))


def hear(at: datetime = MONDAY) -> None:
    while outbox.work(at=at):
        pass


def look(at: datetime = MONDAY) -> None:
    """Let the hourly look come, and all turns that follow from it."""
    actions.follow_listings(machine(at))
    hear(at)


def found(code: str) -> list[tuple[str, str]]:
    rows = ScreenedListing.objects.filter(rule__code=code).order_by("pk")
    return [(row.listing_ref, row.outcome) for row in rows]


def rule(code: str) -> Screening:
    return Screening.objects.get(code=code)


def decide(code: str, outcome: Outcome, *refs: str, words: str = "", at: datetime = MONDAY) -> None:
    rows = ScreenedListing.objects.filter(rule__code=code, listing_ref__in=refs)
    picked = [row.pk for row in rows]
    actions.judge(agent(at), screening=rule(code).pk, picked=picked, outcome=outcome, words=words)


def sheet(*lines: str) -> BytesIO:
    return BytesIO("\n".join(lines).encode())


def draft(*terms: str, at: datetime = MONDAY, danger: bool = False) -> int:
    return actions.add_term(
        lead(at),
        title="光る輪",
        terms=terms,
        but=["ケース"],
        why=WHY,
        ask="写真を送ってください。",
        danger=danger,
    )
