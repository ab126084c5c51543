"""How fast does the API answer?  Orders told, troubles reported, pages of 50 cases read, against a real `mamori up`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.house import up
from trials.load import Ask, Crowd, Reply, percentile, reasons
from trials.scratch import engine_option, scratch
from trials.shopkeys import made
from trials.verdict import told

TITLE = Text("APIの速さ：注文、困りごと、案件", "the API's speed: orders, troubles, cases")
VISITORS = 8
ORDERED_AT = "2026-11-02T10:00:00+09:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What eight callers met."""

    engine: str
    seconds: int
    orders_a_second: float
    orders_p50_ms: float
    orders_p99_ms: float
    troubles_a_second: float
    troubles_p50_ms: float
    troubles_p99_ms: float
    pages_a_second: float
    pages_p50_ms: float
    pages_p99_ms: float
    failed: int
    why: dict[str, int]


def measured(engine: str, *, seconds: int) -> Answered:
    """Measure one after the other."""
    with scratch(engine) as (plain, _):
        env = {**plain, "MAMORI_API_CALLS": "10000000"}
        keys = made(env)
        headers = {"Authorization": f"Bearer {keys.token}", "Content-Type": "application/json"}

        def put(path: str, **record: object) -> Ask:
            good = frozenset({200, 201})
            body = json.dumps(record).encode()
            return Ask(path=f"/api/v1/{path}", method="PUT", body=body, headers=headers, good=good)

        def order(number: int) -> Ask:
            return put(f"orders/O-{number}", buyer="B", seller="S", amount=900, ordered_at=ORDERED_AT)

        def trouble(number: int) -> Ask:
            said = {"order": f"O-{number}", "topic": "broken", "said": "割れていました"}
            party = {"Mamori-Party": keys.party("buyer:B"), "Idempotency-Key": str(number)}
            body, good = json.dumps(said).encode(), frozenset({201, 404})
            return Ask(path="/api/v1/threads", method="POST", body=body, headers=headers | party, good=good)

        def page(number: int) -> Ask:
            del number
            return Ask(path="/api/v1/cases?limit=50", headers=headers)

        with up(env) as house:
            people = [put("sellers/S", name="店"), put("buyers/B", name="買手")]
            _run(house.port, lambda number: people[number % 2], 1)
            orders = _run(house.port, order, seconds)
            troubles = _run(house.port, trouble, seconds)
            pages = _run(house.port, page, seconds)
    failed = [reply for reply in orders + troubles + pages if not reply.is_good]
    slow = [[reply.seconds for reply in replies] for replies in (orders, troubles, pages)]
    return Answered(
        engine=engine,
        seconds=seconds,
        orders_a_second=round(len(orders) / seconds, 1),
        orders_p50_ms=percentile(slow[0], 50),
        orders_p99_ms=percentile(slow[0], 99),
        troubles_a_second=round(len(troubles) / seconds, 1),
        troubles_p50_ms=percentile(slow[1], 50),
        troubles_p99_ms=percentile(slow[1], 99),
        pages_a_second=round(len(pages) / seconds, 1),
        pages_p50_ms=percentile(slow[2], 50),
        pages_p99_ms=percentile(slow[2], 99),
        failed=len(failed),
        why=reasons(failed),
    )


def _run(port: int, asks: Callable[[int], Ask], seconds: int) -> list[Reply]:
    crowd = Crowd("127.0.0.1", port, asks, visitors=VISITORS, all_keep=True)
    crowd.start()
    time.sleep(seconds)
    return crowd.end()


@click.command("api", help=TITLE.in_(LANG))
@click.option("--seconds", type=click.IntRange(1, 600), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help=say("JSON で出す", "print as JSON"))
def command(*, seconds: int, as_json: bool, engine: str) -> None:
    """Measure and tell."""
    found = measured(engine, seconds=seconds)
    told(TITLE, found, {"every request was answered well": found.failed == 0}, as_json=as_json)


command.params.append(engine_option())
