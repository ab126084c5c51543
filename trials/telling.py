"""Is each of many buyers of a dangerous thing told once, while workers and the database are killed with -9?

Counted outside, by a mail server that keeps what came: nobody missing, nobody with a second notice; what was handed over again
came under the same Message-ID, and is little.
"""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction

from mamori.grammar.text import Text
from mamori.ground.market import actions as market
from mamori.ground.market.actions import BuyerLine, ListingLine, OrderLine, SellerLine
from mamori.ground.market.importing import apply_lines
from mamori.ground.market.lines import Item
from mamori.ground.outbox.models import Effect, Notice
from mamori.ground.post.models import Mail
from mamori.rooms.contact.alerts import actions
from mamori.rooms.contact.alerts.facts import funnel
from mamori.rooms.contact.alerts.rules import Danger
from mamori.rooms.contact.models import Alert
from mamori.site import work as worker
from trials.harness import Found, Victim, actor, measured, role_of, within
from trials.kills import MAIL, WORKERS, Receiver, Run
from trials.scratch import scratch

DANGER = Danger(
    goods=Text("充電器 X-1", "charger X-1"),
    what=Text("充電中に火が出ることがあります。", "It may catch fire while it charges."),
    next=Text("返し方は、このあとお知らせします。", "We will tell you how to return it."),
)
BESIDE = 3
"""So many orders of other goods of the same seller lie between two that count."""
MOST_AGAIN = 0.01


def sell(buyers: int) -> None:
    """Let so many buyers have bought the thing, and each something else as well; begin to tell them."""
    by = actor()
    ordered_at = by.at - timedelta(days=30)
    market.put_seller(by, SellerLine(ref="S-1", name="店"))
    for ref in ("L-1", "L-2"):
        market.put_listing(by, ListingLine(ref=ref, seller="S-1", name=f"充電器 {ref}", price=3_000))
    for some in batched(range(buyers), 500):
        lines: list[Any] = [
            BuyerLine(ref=f"B-{n}", name="伊藤 修", mail=f"buyer-{n}@example.jp") for n in some
        ]
        orders: list[Any] = [
            OrderLine(
                ref=f"O-{n}-{k}",
                buyer=f"B-{n}",
                seller="S-1",
                amount=3_000,
                ordered_at=ordered_at + timedelta(minutes=n % 999),
                items=(Item(listing="L-2" if k else "L-1", price=3_000),),
            )
            for n in some
            for k in range(BESIDE + 1)
        ]
        with transaction.atomic():
            apply_lines(by, lines)
            apply_lines(by, orders)
    Effect.objects.filter(done_at=None).update(done_at=by.at)
    actions.alert_buyers(
        actor(by="agent:bench"), about="bench:1", listings=("L-1",), danger=DANGER, ask_to_keep=True
    )


def work() -> None:
    """Work as `mamori work` does."""
    print("up", flush=True)
    worker.run(threading.Event(), tell=lambda text: None)


def left(buyers: int) -> bool:
    """Say whether somebody is still to be told, or a mail still to be sent."""
    return Mail.objects.filter(closed_at__isnull=False).count() < buyers


def count() -> dict[str, int]:
    """Count what stands in the house when all is done."""
    number = Alert.objects.values_list("pk", flat=True).get()
    told = Notice.objects.filter(template="contact.alert")
    return {
        "told": funnel(number).told,
        "notices": told.count(),
        "readers": told.values("to").distinct().count(),
        "mails": Mail.objects.count(),
        "turns": Alert.objects.get(pk=number).turn,
    }


@measured("危険を知らせる途中で殺しても、全員に一度だけ届く", "all buyers told once, under kill -9")
def measure(*, engine: str, buyers: int = 20_000, kills: int = 60, seed: int = 0) -> Found:
    """Tell so many buyers, kill a worker or the database so often while they are told, and let one process do what is left."""
    dice = random.Random(seed)  # noqa: S311
    receiver = Receiver(dice, slow=0.0)
    with scratch(engine) as (plain, cluster), receiver.open() as (_, mail):
        env = plain | {"MAMORI_MAIL": mail, "MAMORI_MAIL_FROM": "Centre <centre@market.example>"}
        within(env, "trials.telling:sell", buyers=buyers)
        run, began = Run(env, cluster, receiver), datetime.now(UTC)
        try:
            run.running |= {
                name: Victim(lambda: role_of("trials.telling:work"), env, run.hear) for name in WORKERS
            }
            for _ in range(kills):
                run.ready()
                time.sleep(dice.uniform(0.2, 2.0))
                name = dice.choice([*WORKERS, "database"])
                run.kill(name)
                run.killed[name] += 1
            at_last = len(receiver.bodies)
            while within(env, "trials.telling:left", buyers=buyers) and _goes_on(receiver):
                pass
        finally:
            for victim in run.running.values():
                victim.end()
        within(env, "trials.roles:drain", fault="")
        counted = within(env, "trials.telling:count")
    mailed = {number: ids for (kind, number), ids in receiver.ids.items() if kind == MAIL}
    again = receiver.count - len(receiver.bodies)
    return Found(
        {
            "as many kills as asked for": run.killed.total() == kills,
            "the kills fell while buyers were told": 0 < at_last < buyers,
            "0 missing": len(mailed) == counted["told"] == counted["readers"] == buyers,
            "0 second": counted["notices"] == counted["mails"] == buyers == len(receiver.bodies),
            "0 mails under two ids": all(len(ids) == 1 for ids in mailed.values()),
            "what came again came with the same bytes": run.altered == 0,
            "at most 1 % was handed over again": again <= MOST_AGAIN * buyers,
        },
        killed=dict(run.killed),
        seconds_of_telling=round((datetime.now(UTC) - began).total_seconds()),
        mails_at_the_last_kill=at_last,
        handed_over_again=again,
        missing=buyers - len(mailed),
        **counted,
    )


def _goes_on(receiver: Receiver) -> bool:
    """Wait a little; say whether mails still come."""
    before = receiver.count
    time.sleep(10)
    return receiver.count > before
