"""Search and queue among a million cases: what is found against a plain search, how fast, and by which plans.

Texts are made of a vocabulary in which some words are very common and some are rare.  Each answer is compared with a
plain search for substrings through all texts.  Planted: a search that trusts its tokens, and a queue without an index.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import click

from mamori.grammar.text import Text
from mamori.site.command.speak import LANG, say
from trials.scratch import engine_option, python, scratch
from trials.verdict import told

if TYPE_CHECKING:
    from mamori.ground.cases.facts import Hit, Wish

TITLE = Text("百万件の中の検索と一覧", "search and queue among a million cases")
COMMON = tuple(
    "商品 返金 配送 連絡 注文 回答 交換 届きません お願いします いつ 壊れて 充電器 説明 違う 箱 写真 色 サイズ "  # noqa: SIM905
    "購入 対応 電話 待って います でした ください 確認 品物 到着 予定 昨日 今日 店舗 手続き 番号 金額 税込 送料 "
    "梱包 汚れ 傷".split()
)
RARE = tuple(
    "異臭 発火 煙 破裂 感電 髙橋商店 火傷 出血 誤飲 液漏れ 冷蔵庫 自転車 乳母車 圧力鍋 電気毛布".split()  # noqa: SIM905
)
ASKED = (
    "返金",
    "充電器",
    "届きません",
    "配送 返金",
    "異臭",
    "電気毛布",
    "高橋商店",
    "充電器 発火",
    "電気電",
    "龍宮城",
    "注文0424242",
)
RUNS = 100
VIEWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was measured.  Times in milliseconds: 50th and 99th percentile, by what was asked or by view."""

    engine: str
    cases: int
    filled_seconds: int
    index_mib: int
    wrong: int
    wrong_without_check: int
    search_ms: dict[str, tuple[float, float]]
    queue_ms: dict[str, tuple[float, float]]
    bad_plans: tuple[str, ...]
    bad_plans_without_index: int


def measure(*, engine: str, cases: int, seed: int) -> Found:
    """Fill a scratch house and measure in a process of its own."""
    asked = {"engine": engine, "cases": cases, "seed": seed}
    with scratch(engine) as (env, _):
        words = python("-m", "trials.searching", json.dumps(asked))
        done = subprocess.run(words, env=env, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found = json.loads(done.stdout.splitlines()[-1])
    return Found(**found | {"bad_plans": tuple(found["bad_plans"])})


@click.command(help=TITLE.in_(LANG), params=[engine_option()])
@click.option("--cases", default=1_000_000, show_default=True, help=say("案件の数", "how many cases"))
@click.option("--seed", default=1, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(engine: str, cases: int, seed: int, as_json: bool) -> None:
    """Fill, search, walk the queue, and tell."""
    found = measure(engine=engine, cases=cases, seed=seed)
    told(TITLE, found, promises(found), as_json=as_json)


def promises(found: Found) -> dict[str, bool]:
    """Say what was promised and whether it was kept."""
    return {
        say(
            "ふつうの検索と同じものが見つかる", "what a plain search finds is found, and nothing else"
        ): found.wrong == 0,
        say("走査も並べ替えもない", "no view of the queue scans or sorts"): not found.bad_plans,
        say("照合しない検索の誤りが分かる（仕込み）", "planted: a search without the check is caught"): (
            found.wrong_without_check > 0
        ),
        say("索引のない一覧が分かる（仕込み）", "planted: a queue without its index is caught"): (
            found.bad_plans_without_index > 0
        ),
    }


def text_of(number: int, seed: int) -> str:
    """Return the text of one message: eight common words, now and then a rare one, and its order."""
    dice = random.Random(seed * 10_000_019 + number)  # noqa: S311  # a replayable choice
    picked = dice.choices(COMMON, k=8)
    if dice.random() < 0.002:
        picked.insert(dice.randrange(8), dice.choice(RARE))
    if number % 5_000 == 0:
        picked.append("電気布気電")  # holds the pairs of 電気電 and not the word
    return "。".join(("".join(picked[:4]), "".join(picked[4:]))) + f" 注文{number:07d}"


def work(*, engine: str, cases: int, seed: int) -> Found:
    """Fill the house that the environment names, and measure it."""
    from mamori.ground.cases import facts
    from mamori.ground.cases.queue import page

    began = time.monotonic()
    texts = [text_of(number, seed) for number in range(1, cases + 1)]
    _fill(texts)
    seconds = int(time.monotonic() - began)

    def opened(hits: Sequence[Hit]) -> list[str | None]:
        return [texts[hit.entry - 1] for hit in hits]

    def ask(text: str) -> list[int]:
        return [hit.entry for hit in facts.search(text, scope=facts.WORDS, read=opened).hits]

    def trusting(text: str) -> list[int]:
        found = facts.search(text, scope=facts.WORDS, read=lambda hits: [text] * len(hits))
        return [hit.entry for hit in found.hits]

    plain = {text: _plainly(text, texts) for text in ASKED}
    return Found(
        engine=engine,
        cases=cases,
        filled_seconds=seconds,
        index_mib=_size() // 2**20,
        wrong=sum(ask(text) != found for text, found in plain.items()),
        wrong_without_check=sum(trusting(text) != found for text, found in plain.items()),
        search_ms={text: _times(partial(ask, text), RUNS) for text in ASKED},
        queue_ms={name: _times(partial(page, wish, None, 50), VIEWS) for name, wish in _wishes().items()},
        bad_plans=tuple(_bad_plans()),
        bad_plans_without_index=_without_an_index(),
    )


def _wishes() -> dict[str, Wish]:
    from mamori.ground.cases.facts import Wish

    return {
        "all": Wish(),
        "mine": Wish(assignee="agent:3"),
        "nobody's": Wish(assignee=""),
        "of a kind": Wish(kind="contact.recovery"),
        "flagged": Wish(flagged=True),
        "flagged as": Wish(attention="decide-remedy"),
        "of a seller": Wish(seller_ref="S-7"),
        "of a buyer": Wish(buyer_ref="B-7"),
        "of an order": Wish(order_ref="O-7"),
    }


def _write_cases(count: int) -> None:
    from django.db import connection, transaction

    is_postgres = connection.vendor == "postgresql"
    due = (
        "timestamptz '2026-11-24 00:00+00' + n * interval '7 seconds'"
        if is_postgres
        else "strftime('%Y-%m-%d %H:%M:%S', '2026-11-24', '+' || (n * 7) || ' seconds')"
    )
    opened = "timestamptz '2026-11-01 00:00+00'" if is_postgres else "'2026-11-01 00:00:00'"
    cases = f"""
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
        INSERT INTO cases_case (id, kind, about, title, buyer_ref, seller_ref, order_ref, state, attention, assignee,
                                opened_at, next_due_at, closed_at)
        SELECT n, CASE WHEN n % 40 = 0 THEN 'contact.recovery' ELSE 'contact.trouble' END, 'bench:' || n,
               '商品が届かない', 'B-' || (n % 50000), 'S-' || (n % 2000), 'O-' || n, 'open',
               CASE WHEN n % 150 = 0 THEN 'decide-remedy' WHEN n % 51 = 0 THEN 'answer-missed' END,
               CASE WHEN n % 6 = 0 THEN 'agent:' || (n / 6 % 30) ELSE '' END, {opened},
               CASE WHEN n % 3 = 0 AND n % 30 > 0 THEN {due} END,
               CASE WHEN n % 3 > 0 THEN {opened} END
        FROM n"""  # noqa: S608
    asks = """
        INSERT INTO cases_ask (case_id, what, next_due_at)
        SELECT id, attention, next_due_at FROM cases_case WHERE attention IS NOT NULL AND closed_at IS NULL"""
    entries = f"""
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
        INSERT INTO cases_entry (id, case_id, key, subject, sealed)
        SELECT n, n, 'contact.message:' || n, 'buyer:B-' || (n % 50000), NULL FROM n"""  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(cases)
        cursor.execute(asks)
        cursor.execute(entries)


def _fill(texts: Sequence[str]) -> None:
    """Write cases by SQL: a third is open, one in fifty of these asks for attention; and their words' tokens."""
    from django.db import connection, transaction

    from mamori.ground.cases import posting
    from mamori.ground.cases.searching import fours
    from mamori.ground.seal import facts as seals
    from mamori.japan.folding import bigrams

    @cache
    def pair(letters: str) -> str:
        [token] = seals.tokens(
            letters
        )  # no word of the vocabulary has a dash, which would part from its neighbour
        return f"w{token}"

    @cache
    def quad(digits: str) -> str:
        return f"w{fours([digits])[0]}"

    def tokens_of(number: int, text: str) -> list[str]:
        digits = f"{number:07d}"
        return [*map(pair, bigrams(text)), *(quad(digits[at : at + 4]) for at in range(4))]

    count = len(texts)
    _write_cases(count)
    for first in range(0, count, 20_000):
        with transaction.atomic():
            for number, text in enumerate(texts[first : first + 20_000], first + 1):
                posting.put(number, tokens_of(number, text))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE cases_tokens")
        cursor.execute("ANALYZE")


def _plainly(text: str, texts: Sequence[str]) -> list[int]:
    from mamori.japan.folding import folded, words

    wanted = words(text)
    found: list[int] = []
    for number in range(len(texts), 0, -1):
        held = folded(texts[number - 1])
        if all(word in held for word in wanted):
            found.append(number)
            if len(found) == 20:
                break
    return found


def _times(do: Callable[[], Any], runs: int) -> tuple[float, float]:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return round(taken[len(taken) // 2], 2), round(taken[int(len(taken) * 0.99)], 2)


def _size() -> int:
    from django.db import connection

    statement = (
        "SELECT pg_relation_size('cases_tokens_gin')"
        if connection.vendor == "postgresql"
        else "SELECT SUM(LENGTH(block)) FROM cases_tokens_data"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def _bad_plans() -> Iterator[str]:
    """Name each view whose plan scans or sorts; all walk the index from a cursor in the middle, too."""
    from mamori.ground.cases.facts import Cursor
    from mamori.ground.cases.queue import due_query, undue_query, unhurried, urgent_query

    middle = Cursor(datetime(2026, 12, 20, tzinfo=UTC), 7)
    for name, wish in _wishes().items():
        chosen = unhurried(wish.chosen())
        due = (due_query(chosen, None), due_query(chosen, middle), undue_query(chosen, None))
        queries = (urgent_query(wish, None), *due)
        for query in queries:
            plan = query[:51].explain()
            if any(word in plan for word in ("Seq Scan", "SCAN", "TEMP B-TREE")) or _sorts(plan):
                yield f"{name}: {plan}"


def _sorts(plan: str) -> bool:
    """Say whether PostgreSQL sorts more than a page; two rows of a seller may be sorted at leave."""
    return any(int(rows) > 51 for rows in re.findall(r"Sort .*?rows=(\d+)", plan))


def _without_an_index() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        for name in ("cases_open", "cases_open_of_kind", "cases_open_flagged"):
            cursor.execute(f"DROP INDEX {name}")
    connection.close()  # or SQLite tells the plans of before
    return sum(1 for _ in _bad_plans())


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(asdict(work(**json.loads(sys.argv[1]))), ensure_ascii=False))
