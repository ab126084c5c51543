"""Who is killed while we measure: one who asks, workers, one who writes; each a process of its own (`harness.role_of`)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction

from mamori.grammar.businesstime import Hours
from mamori.grammar.declaration import NoticeKind, Template
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.actions import Fired
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox, publishing
from mamori.ground.outbox.publishing import read
from mamori.ground.post import actions as post, carrying, delivering
from mamori.site import wiring, work as worker
from trials.harness import LONG, actor
from trials.kills import ASKED, HEARD, RUNG

LONG_AGO = timedelta(days=30)
HOLD = 0.015
"""Seconds between the last statement and the commit: where a kill hurts most."""
ANSWERED = Template(
    code="trial.answered",
    kind=NoticeKind.TRANSACTIONAL,
    title=Text("出品者から回答が届きました", "The seller has answered"),
    body=Text("受付番号 {number}：回答をご覧ください。", "Case {number}: please read the answer."),
)


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """Somebody asked something."""

    kind = ASKED
    text = Text("測定: 頼まれた", "measuring: asked")
    number: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """A handler heard of it."""

    kind = HEARD
    text = Text("測定: 聞いた", "measuring: heard")
    number: int


@Event.declared
@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(Event):
    """The clock that was started with it rang."""

    kind = RUNG
    text = Text("測定: 鳴った", "measuring: rang")
    number: int


def endpoint(url: str) -> None:
    """Add the receiver as an endpoint of everything."""
    outbox.add_endpoint(actor(), url=url, kinds=["bench.*"])


def ask(first: int, fault: str) -> None:
    """Ask again and again, saying on stdout what is tried and what is committed; `early` says so before the commit."""
    wire()
    number = first
    print("up", flush=True)
    while True:
        now, to = datetime.now(UTC), f"B-{number}"
        print(f"try {number}", flush=True)
        try:
            with transaction.atomic():
                line = BuyerLine(ref=to, name="伊藤 修", mail=f"buyer-{number}@example.jp")
                market.put_buyer(actor(now), line)
                outbox.publish(Asked(subject=f"bench:{number % 7}", number=number), at=now)
                told: dict[str, Any] = {"values": {"number": f"{number:08}"}, "about": f"bench:{number}"}
                outbox.notify_numbered(to=f"buyer:{to}", template=ANSWERED, at=now, **told)
                clocks.start(kind="bench", about=f"bench:{number}", at=now - LONG_AGO, duration=Hours(1))
                if fault == "early":
                    print(f"ack {number}", flush=True)
                time.sleep(LONG if fault == "early" else HOLD)
            if fault != "early":
                print(f"ack {number}", flush=True)
        except Error:
            connection.close()
            time.sleep(0.2)
        number += 1
        time.sleep(HOLD)


def wire() -> None:
    """Put our handler and our task into the tables, as `site/wiring.py` does: who asks must know them as well."""

    def heard(event: Asked, at: datetime) -> None:
        outbox.publish(Heard(subject=event.subject, number=event.number), at=at)

    def rung(fired: Fired) -> None:
        number = int(fired.about.rpartition(":")[2])
        outbox.publish(Rung(subject=fired.about, number=number), at=fired.at)

    publishing.hear(Asked, heard)
    wiring.RINGS = {"bench": rung}


def work(fault: str) -> None:
    """Work as `mamori work` does, with a handler and a task of ours, or with faults planted.

    `early`: a mail is written down as sent before it is.  `careless`: an effect is ticked after it was done, in a transaction
    of its own, and a mail has another Message-ID at each try.
    """
    wire()
    stop = threading.Event()
    print("up", flush=True)
    if not fault:
        worker.run(stop, tell=lambda text: None)
    _spoil_mail(fault)
    parts: dict[str, worker.Part] = {
        "effects": _careless if fault == "careless" else lambda at: outbox.work(at=at),
        "clocks": lambda at: clocks.fire_due(at=at, tasks=wiring.RINGS),
        "ledger": lambda at: ledger.sequence(at=at),
        "deliver": lambda at: outbox.deliver(at=at),
        "post": lambda at: post.deliver(at=at),
    }
    worker.Loop(name="work", parts=parts, stop=stop, tell=lambda text: None).run()


def drain(fault: str) -> None:
    """Do all that is left, as seen from hours ahead, so that the leases of the killed have ended and all is tried again."""
    wire()
    _spoil_mail(fault)
    for hours in (1, 2, 4, 8):
        at = datetime.now(UTC) + timedelta(hours=hours)
        while outbox.work(at=at) or clocks.fire_due(at=at, tasks=wiring.RINGS):
            pass
        while outbox.deliver(at=at) or post.deliver(at=at):
            pass


def _spoil_mail(fault: str) -> None:
    carry: Any = getattr(delivering, "carry")  # noqa: B009
    compose: Any = getattr(delivering, "compose")  # noqa: B009

    def told_first(parcels: Iterable[Any], way: Any) -> Iterator[Any]:
        answer = carrying.MailAnswer(outcome=carrying.MailOutcome.SENT)
        yield [(parcel, answer) for parcel in parcels]
        for _ in carry(list(parcels), way):
            pass

    def under_another_name(sheet: Any, *, message_id: str, **rest: Any) -> Any:
        return compose(sheet, message_id=f"<{os.urandom(16).hex()}@bench.invalid>", **rest)

    if fault == "early":
        setattr(delivering, "carry", told_first)  # noqa: B010
    elif fault == "careless":
        setattr(delivering, "compose", under_another_name)  # noqa: B010


def _careless(at: datetime) -> int:
    """Do effects as a simple queue would: the effect first, the tick behind it in a transaction of its own."""
    effects = list(publishing.due_effects(at).select_related("event")[:20])
    for effect in effects:
        with transaction.atomic():
            publishing.hearer(effect.event.kind, effect.handler).handler(read(effect.event), at)
        print("did", flush=True)
        time.sleep(LONG)
        with transaction.atomic():
            effect.done_at = at
            effect.save(update_fields=["done_at"])
    return len(effects)


def write(acks: str, count: int, normal: bool) -> None:
    """Write `count` events, each told in the file `acks` once committed; `normal` is a planted fault."""
    wire()
    if normal:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")
    file = os.open(acks, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in range(1, count + 1):
        with transaction.atomic():
            outbox.publish(Asked(subject=f"power:{number}", number=number), at=datetime.now(UTC))
        os.write(file, f"{number}\n".encode())
