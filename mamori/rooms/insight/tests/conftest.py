"""The cast: two shops' goods in two categories, people who report month by month, staff, and a day in the middle of June."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.outbox.models import Notice
from mamori.ground.people.models import Account
from mamori.japan.calendar import JAPAN, Month
from mamori.law.complaints import ComplaintReason, ReportedWhat
from mamori.law.insight import MonthsCompared
from mamori.rooms.complaints.reports.actions import reporting as complaints
from mamori.rooms.complaints.rules import ReportInput
from mamori.rooms.insight import actions
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.tasks import RINGS
from tests.laid import laid
from tests.shops import put_shop

NOON = datetime(2026, 6, 15, 12, tzinfo=JAPAN)
BEGAN = datetime(2025, 12, 20, 9, tzinfo=JAPAN)
DAY = timedelta(days=1)
IN_APRIL = datetime(2026, 4, 20, 12, tzinfo=JAPAN)
COUNTERFEITS = "of=reports&ground=counterfeit"
SEEN = "偽物の申し出が、化粧品で増えた。"
CHANGED = "化粧品の出品の前に、仕入れ先の書類を求めることにした。"
WORDS = actions.ImprovementWords(
    seen="偽物の申し出が増えていました。",
    seen_en="More counterfeits were reported.",
    changed="出品の前に書類を求めることにしました。",
    changed_en="Papers are asked for before goods are listed.",
)
_numbers = count(1)


def actor(by: str, role: Role, at: datetime = NOON) -> Actor:
    return Actor(by=by, role=role, at=at, via="test", request="r-7")


def machine(at: datetime = NOON) -> Actor:
    return actor("machine:test", Role.MACHINE, at)


def agent(at: datetime = NOON) -> Actor:
    return actor("agent:1", Role.AGENT, at)


def lead(at: datetime = NOON) -> Actor:
    return actor("lead:2", Role.LEAD, at)


def reader(at: datetime = NOON) -> Actor:
    return actor("reader:3", Role.READER, at)


@laid
def market_day(db: None) -> None:
    """Let the record begin in December, and let goods of two categories be known."""
    at = machine(BEGAN)
    ledger.record(at, kind="market.told", subject=ledger.MARKET, about="market")
    put_shop(at, ref="S-1", name="さくら化粧品", mail="info@sakura.example.jp")
    for ref, category in (("L-1", "化粧品"), ("L-2", "家電"), ("L-3", "")):
        market.put_listing(
            at, ListingLine(ref=ref, seller="S-1", name=f"品 {ref}", price=900, category=category)
        )


@laid
def staff_there(db: None) -> None:
    """Let an agent, a lead and a reader have accounts, by the numbers of their hands."""
    for number, (name, role) in enumerate(
        (("佐藤", Role.AGENT), ("鈴木", Role.LEAD), ("高橋", Role.READER)), 1
    ):
        Account.objects.create(
            pk=number, name=name, email=f"{role}@desk.example.jp", role=role, added_at=BEGAN, is_active=True
        )


@pytest.fixture(autouse=True)
def there(market_day: None, staff_there: None) -> None:
    """Let the cast be there for every test."""
    del market_day, staff_there


def reported(number: int = 1, *, at: datetime = NOON, **more: Any) -> None:
    """Let so many people report."""
    known: dict[str, Any] = {
        "what": ReportedWhat.LISTING,
        "reason": ComplaintReason.COUNTERFEIT,
        "where": "L-1",
    }
    for _ in range(number):
        nth = next(_numbers)
        told = ReportInput(**known | more, words=f"違うと思います {nth}")
        by = actor("anonymous", Role.ANONYMOUS, at)
        complaints.report(
            by, told=told, secret=f"secret-{nth}-0123456789abcdef", source=f"192.0.2.{nth % 200}"
        )


def in_month(month: int, day: int = 10) -> datetime:
    """Return noon of a day of 2026."""
    return datetime(2026, month, day, 12, tzinfo=JAPAN)


def month_of_2026(month: int) -> Month:
    return Month(2026, month)


def noted(at: datetime = NOON, *, figure: str = COUNTERFEITS, month: str = "2026-04") -> int:
    told = actions.SeenSo(title="化粧品の偽物", seen=SEEN, figure=figure, month=month if figure else "")
    return actions.note_improvement(agent(at), told=told)


def changed(
    on: date = date(2026, 4, 20),
    months: MonthsCompared = MonthsCompared.ONE,
    *,
    at: datetime = IN_APRIL,
    figure: str = COUNTERFEITS,
) -> int:
    """Note something, own it and change it, all on one day."""
    number = noted(at, figure=figure)
    actions.take_improvement(agent(at), improvement=number)
    actions.change_improvement(agent(at), improvement=number, changed=CHANGED, on=on, months=months)
    return number


def one(number: int) -> Improvement:
    return Improvement.objects.get(pk=number)


def running(number: int) -> dict[str, datetime]:
    """Return the clocks that run about it, and when they are due."""
    open_ = clock_facts.newest([f"insight.improvement:{number}"])
    return {one.kind: one.due_at for one in open_ if one.done_at is None}


def ring(until: datetime) -> None:
    while clocks.fire_due(at=until, tasks=RINGS, limit=50):
        pass


def told() -> list[tuple[str, str]]:
    """Return to whom something of an improvement was told, and what, in its order."""
    found = Notice.objects.filter(template__startswith="insight.").order_by("pk")
    return list(found.values_list("to", "template"))
