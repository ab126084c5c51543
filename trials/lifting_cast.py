"""Who plays while liftings are measured: one who prepares, a shop, one who lets a day pass in seconds, one who counts."""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from mamori.grammar.hand import Hand, Role
from mamori.site.command import ready

DAY = timedelta(seconds=5)
"""How long the shop is waited for here before it is asked again: a stand-in for the declared day."""
RELUCTANT = 3
"""One measure in so many is a shop's that answers only when it is asked again."""


def prepare(count: int, wait: float, span: float, lost: int) -> None:
    """Bring measures into force and move their ends into the next seconds; `lost` of them lose their clock (a fault)."""
    from mamori.ground.clocks.models import IS_OPEN, Clock
    from mamori.ground.market import actions as market
    from mamori.rooms.enforcement.models import Measure
    from mamori.site import work

    now = datetime.now(UTC)
    for number in range(count):
        _decided(number, now - timedelta(hours=1))
    for instruction in Measure.objects.values_list("instruction", flat=True):
        market.confirm(_hand("machine:shop", now), instruction=instruction, outcome="confirmed")
    work.settle(at=now)
    now = datetime.now(UTC)
    for place, measure in enumerate(Measure.objects.order_by("id")):
        due = now + timedelta(seconds=wait + span * place / count)
        clock = Clock.objects.filter(
            IS_OPEN, kind="enforcement.end", about=f"enforcement.measure:{measure.pk}"
        )
        clock.update(due_at=due, next_try_at=due)
        Measure.objects.filter(pk=measure.pk).update(ends_at=due, starts_at=due - timedelta(days=1))
        if place < lost:
            clock.delete()


def _decided(number: int, at: datetime) -> None:
    from mamori.grammar.measure import Reach, Severity
    from mamori.grammar.text import Text
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import ListingLine, SellerLine
    from mamori.law.grounds import MEASURE_GROUNDS
    from mamori.rooms.enforcement import actions
    from mamori.rooms.enforcement.actions import Wish
    from mamori.rooms.enforcement.models import Finding
    from mamori.rooms.enforcement.rules.reasons import Source, Unheard
    from mamori.rooms.enforcement.subject import Subject

    by, seller, listing = _hand("machine:shop", at), f"S{number}", f"L{number}"
    market.put_seller(by, SellerLine(ref=seller, name="店"))
    market.put_listing(by, ListingLine(ref=listing, seller=seller, name="品", price=8_000))
    lead = _hand("lead:1", at)
    finding = actions.find(
        lead,
        breach="display",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller=seller, listing=listing),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin=f"bench:{number}",
        source=Source.AUTHORITY,
    )
    ground = MEASURE_GROUNDS[0].code
    wish = Wish(
        measure="listing-hidden",
        days=14,
        reason="要請",
        unheard=Unheard.LAW,
        ground=ground,
        document="要請 第1号",
    )
    measure = actions.decide(lead, finding=finding, wish=wish)
    if Finding.objects.get(pk=finding).state == "proposed":
        actions.approve(_hand("counsel:2", at), measure=measure)


def worker() -> None:
    """Work as `mamori work` does."""
    from mamori.site import work

    print("up", flush=True)
    work.run(threading.Event(), tell=lambda text: None)


def shop() -> None:
    """Confirm what waits, now and then only what was asked for again, for ever."""
    from django.db import Error, connection

    from mamori.ground.market import actions as market
    from mamori.ground.market.models import Instruction

    print("up", flush=True)
    while True:
        try:
            for row in Instruction.objects.filter(closed_at__isnull=True):
                if row.times > 1 or int(row.target_ref[1:]) % RELUCTANT:
                    hand = _hand("machine:shop", datetime.now(UTC))
                    market.confirm(hand, instruction=row.pk, outcome="confirmed")
        except Error:
            connection.close()
        time.sleep(0.2)


def hurry() -> None:
    """Let the day for which the shop is waited pass in seconds, for ever."""
    from django.db import Error, connection
    from django.db.models import F

    from mamori.ground.clocks.models import IS_OPEN, Clock

    print("up", flush=True)
    while True:
        try:
            waits = Clock.objects.filter(
                IS_OPEN, kind="enforcement.confirmation", due_at__gt=F("started_at") + DAY
            )
            waits.update(due_at=F("started_at") + DAY, next_try_at=F("started_at") + DAY)
        except Error:
            connection.close()
        time.sleep(1)


def count() -> None:
    """Print what became of the measures."""
    from mamori.ground.market.models import Instruction
    from mamori.ground.outbox.models import Event
    from mamori.rooms.enforcement.models import Measure

    lags: list[float] = []
    told: dict[str, Any] = {"lags": lags, "over": 0, "lifted_twice": 0, "ended_twice": 0, "chased": 0}
    for row in Measure.objects.all():
        if row.lift_asked_at and row.ends_at:
            lags.append((row.lift_asked_at - row.ends_at).total_seconds())
        about = f"enforcement.measure:{row.pk}"
        undoings = Instruction.objects.filter(about=about, undoes__isnull=False)
        told["lifted_twice"] += undoings.count() > 1
        told["chased"] += undoings.filter(times__gt=1).exists()
        told["over"] += row.state == "over"
        ends = Event.objects.filter(
            kind="enforcement.measure_ended", subject=f"enforcement.finding:{row.finding_id}"
        )
        told["ended_twice"] += ends.count() > 1
    print(json.dumps(told), flush=True)


def _hand(by: str, at: datetime) -> Hand:
    return Hand(by=by, role=Role(by.partition(":")[0]), at=at, via="bench")


if __name__ == "__main__":
    ready()
    match sys.argv[1:]:
        case ["prepare", number, wait, span, lost]:
            prepare(int(number), float(wait), float(span), int(lost))
        case [name]:
            {"worker": worker, "shop": shop, "hurry": hurry, "count": count}[name]()
