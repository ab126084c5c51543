"""The cast: a shop with two listings, people who report without a name, staff, and a Monday on which to act."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Severity
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, Item, ListingLine, OrderLine, ReviewLine
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.ground.outbox.models import Notice
from mamori.ground.seal import facts as seals
from mamori.japan.calendar import JAPAN
from mamori.law.complaints import ComplaintReason, NothingBecause, ReportedWhat
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.reports.actions import reporting, telling
from mamori.rooms.complaints.rules import ReportInput
from mamori.rooms.complaints.tasks import RINGS
from tests.laid import laid
from tests.shops import asks_no_displays, put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
EARLY = MONDAY - timedelta(days=400)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "箱に書かれた会社名が、調べても見つかりません。"
MAIL = "tamako@example.jp"
FOUND = "届いた品の商標が、権利者の登録と違っていた。"
WHY = "商品ページの写真と登録を見比べた。"
_numbers = count(1)


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test", request="r-7")


def anybody(at: datetime = MONDAY) -> Actor:
    return actor("anonymous", Role.ANONYMOUS, at)


def machine(at: datetime = MONDAY) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def agent(at: datetime = MONDAY) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = MONDAY) -> Actor:
    return actor("lead:2", Role.LEAD, at)


@laid
def market_day(db: None) -> None:
    """Let a shop, what it sells and a review of that be known."""
    at = machine(EARLY)
    asks_no_displays("lead:2", EARLY)
    put_shop(
        at,
        ref="S-1",
        name="さくら家電",
        mail="info@sakura.example.jp",
        phone="03-3507-8801",
        address="東京都千代田区霞が関3-1-1",
        legal_name="株式会社さくら家電",
    )
    for ref, name in (("L-1", "電気ケトル"), ("L-2", "充電器")):
        market.put_listing(at, ListingLine(ref=ref, seller="S-1", name=name, price=4_800))
    market.put_buyer(at, BuyerLine(ref="B-1", name="買手"))
    items = (Item(listing="L-1", price=4_800),)
    market.put_order(
        at, OrderLine(ref="O-1", buyer="B-1", seller="S-1", items=items, amount=4_800, ordered_at=EARLY)
    )
    line = ReviewLine(
        ref="R-1",
        listing="L-1",
        seller="S-1",
        order="O-1",
        author="B-1",
        text="最高",
        stars=5,
        posted_at=EARLY,
    )
    market.put_review(at, line)


@pytest.fixture(autouse=True)
def there(market_day: None) -> None:
    """Let the cast be there for every test."""
    del market_day


def told(**more: Any) -> ReportInput:
    known: dict[str, Any] = {
        "what": ReportedWhat.LISTING,
        "reason": ComplaintReason.COUNTERFEIT,
        "where": "L-1",
        "words": WORDS,
    }
    return ReportInput(**known | more)


def reported(*, at: datetime = MONDAY, source: str = "192.0.2.1", **more: Any) -> str:
    """Let somebody report, and return the secret of the report's page."""
    secret = f"secret-{next(_numbers)}-0123456789abcdef"
    reporting.report(anybody(at), told=told(**more), secret=secret, source=source)
    return secret


def row(secret: str) -> ComplaintReport:
    return ComplaintReport.objects.select_related("complaint").get(digest=seals.digest_of(secret))


def whole(secret: str) -> Complaint:
    return row(secret).complaint


def code_of(secret: str) -> str:
    notice = Notice.objects.filter(to=f"report:{row(secret).ref}", template="complaints.code").latest("pk")
    return outbox_facts.secret_of(notice.pk)


def confirmed(*, at: datetime = MONDAY, mail: str = MAIL, **more: Any) -> str:
    """Let somebody report, leave an address and confirm it."""
    secret = reported(at=at, mail=mail, **more)
    telling.confirm_mail(anybody(at + HOUR / 6), secret=secret, code=code_of(secret))
    return secret


def dismiss(secret: str, by: Actor | None = None, because: NothingBecause = NothingBecause.IN_ORDER) -> None:
    complaints.find_nothing(by or agent(), complaint=whole(secret).pk, because=because, reason=WHY)


def uphold(secret: str, by: Actor | None = None) -> None:
    complaints.uphold(
        by or agent(), complaint=whole(secret).pk, severity=Severity.SERIOUS, said=FOUND, reason=WHY
    )


def work(at: datetime = MONDAY) -> None:
    """Let the worker tell whoever is to be told."""
    while outbox.work(at=at):
        pass


def mailed(secret: str) -> list[Notice]:
    """Return what was sent to whoever reported, but for codes."""
    sent = Notice.objects.filter(to=f"report:{row(secret).ref}").exclude(template="complaints.code")
    return list(sent.order_by("pk"))


def ring(until: datetime) -> None:
    while clocks.fire_due(at=until, tasks=RINGS, limit=50):
        pass


def running(secret: str) -> dict[str, datetime]:
    """Return the clocks that run about it, and when they are due."""
    open_ = clock_facts.newest([f"complaints.complaint:{whole(secret).pk}"])
    return {one.kind: one.due_at for one in open_ if one.done_at is None}
