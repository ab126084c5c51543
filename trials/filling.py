"""Fills a house with very many cases: some hundred real ones, made by the room's own actions, and copies of them by SQL.

The copies have numbers, references and due moments of their own; their states, clocks and parties are those of the
real ones, and what is sealed in them opens nowhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Q

from mamori.grammar.hand import Hand, Role
from mamori.ground.cases.models import Case
from mamori.ground.clocks.models import Clock
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.importing import take_in
from mamori.ground.market.models import Order
from mamori.ground.market.sources import look
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.models import Message, Thread, Trouble
from mamori.rooms.contact.topics import Harm, Topic
from mamori.site import work

SAMPLE = Path(__file__).parents[1] / "examples" / "market"
REAL = 200
"""Real cases: every second one is solved."""
BLOCK = 10_000
"""Copy number n of a row has its id plus n times this."""
SPREAD = 7
"""Seconds between the due moments of a case and of its next copy."""
ABOUT = "contact.trouble:"
ACTS = 500


def fill(*, cases: int, open_: int, acts: int, seed: int, real: int = REAL) -> None:
    """Make `cases` cases, of which `open_` are open, and `acts` acts in the log; the house must be set up.

    So many of them are `real`; the others are copies.
    """
    now = datetime.now(UTC)
    _count_on()  # the ids of an empty house begin at 1, whatever was there before
    _market(now)
    _real(now, random.Random(seed), real)  # noqa: S311  # a replayable choice
    half = real // 2
    _copy(IS_OPEN, max(0, open_ // half - 1))
    _copy(~IS_OPEN, max(0, (cases - open_) // half - 1))
    _log(now, acts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _market(now: datetime) -> None:
    files = [look(path, "utf-8") for path in sorted(SAMPLE.glob("*.ndjson"))]
    take_in(Hand(by="machine:bench", role=Role.MACHINE, at=now, via="bench"), files, lambda _: None)


def _real(now: datetime, dice: random.Random, count: int) -> None:
    """Open troubles as buyers do; half of them are answered and solved."""
    orders = Order.objects.order_by("ref")[:count]
    for number, order in enumerate(orders):
        at = now - timedelta(minutes=count - number)
        buyer = Hand(by=f"buyer:{order.buyer_id}", role=Role.BUYER, at=at, via="bench")
        topic = dice.choice([Topic.NOT_ARRIVED, Topic.BROKEN, Topic.NOT_AS_DESCRIBED])
        said = "届くはずの品がまだ届きません。いつ届くか教えてください。"
        trouble = contact.open_trouble(
            buyer, order_ref=order.ref, topic=topic, harm=Harm.MONEY, said=said, centre_may_read=True
        )
        if number % 2:
            contact.solve(buyer, trouble=trouble)
    work.settle(at=now, signed_at=now)


def _copy(which: Q, copies: int) -> None:
    """Copy the real cases that are so, with their threads, troubles, messages and open clocks."""
    if not copies:
        return
    abouts = list(Case.objects.filter(which, pk__lt=BLOCK).values_list("about", flat=True))
    troubles = [int(about.removeprefix(ABOUT)) for about in abouts]
    threads = list(Trouble.objects.filter(pk__in=troubles).values_list("thread", flat=True))
    number = f"CAST(substr(t.about, {len(ABOUT) + 1}) AS integer) + n.n * {BLOCK}"
    moved = {"id": f"t.id + n.n * {BLOCK}"}
    about = {"about": f"'{ABOUT}' || ({number})"}
    order = {"order_ref": "t.order_ref || '-' || n.n"}
    later = _later("next_due_at")
    thread = {"thread_id": f"t.thread_id + n.n * {BLOCK}"}
    fresh = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    with transaction.atomic():
        _insert(Thread, f"t.id IN ({_list(threads)})", copies, moved | order)
        _insert(Trouble, f"t.id IN ({_list(troubles)})", copies, moved | thread)
        _insert(Message, f"t.thread_id IN ({_list(threads)})", copies, {"id": fresh} | thread)
        real = ", ".join(f"'{one}'" for one in abouts)
        _insert(Case, f"t.about IN ({real})", copies, moved | about | order | {"next_due_at": later})
        open_ = f"t.about IN ({real}) AND t.done_at IS NULL"
        due = {name: _later(name) for name in ("due_at", "next_try_at")}
        _insert(Clock, open_, copies, {"id": f"t.id + n.n * {BLOCK}"} | about | due)
    _count_on()


def _count_on() -> None:
    """Let new rows be numbered on from the highest that is there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Thread, Trouble, Case, Clock]):
            cursor.execute(statement)


def _insert(model: type[models.Model], where: str, copies: int, instead: Mapping[str, str]) -> None:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = ", ".join(instead.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    statement = (
        f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {copies}) "  # noqa: S608
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t CROSS JOIN n WHERE {where}'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _later(column: str) -> str:
    if connection.vendor == "postgresql":
        return f"t.{column} + n.n * interval '{SPREAD} seconds'"
    return f"strftime('%Y-%m-%d %H:%M:%f', t.{column}, '+' || (n.n * {SPREAD}) || ' seconds')"


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _log(now: datetime, acts: int) -> None:
    """Record acts, each sealed with somebody's key, and give them their places."""
    hand = Hand(by="machine:bench", role=Role.MACHINE, at=now, via="bench")
    for batch in _batches(acts):
        with transaction.atomic():
            for number in batch:
                ledger.record(
                    hand,
                    kind="contact.urged",
                    subject=f"buyer:B-{number % 300 + 1:04}",
                    about=f"{ABOUT}{number}",
                    payload={"number": number},
                )
    while ledger.sequence(at=now):
        pass


def _batches(acts: int) -> Iterator[range]:
    for first in range(0, acts, ACTS):
        yield range(first, min(first + ACTS, acts))
