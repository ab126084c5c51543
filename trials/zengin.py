"""How long do 100,000 transfers take to be written, verified by the reader and held beside what was meant?

Planted: one yen traded between two payments, a line lost, a byte that became full-width; and a file cut off.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import click

from mamori.grammar.text import Text
from mamori.japan.bankdays import bank_day_from
from mamori.japan.banks.account import Account, AccountKind
from mamori.japan.banks.master import Branch, banks, branches
from mamori.japan.zengin.comparing import differences
from mamori.japan.zengin.orders import Payment, payment, sender
from mamori.japan.zengin.reading import read
from mamori.japan.zengin.writing import written
from mamori.site.command.speak import LANG, say
from trials.verdict import told

TITLE = Text("振込データを書き、別の読み手で確かめる", "transfers written, and verified by another hand")
SECONDS = 60.0
LINE = 122
_GIVEN = ("タロウ", "ハナコ", "ショウタ", "ヨウコ", "ジュンイチロウ", "カ）ガッキヤ", "ﾏﾘｱ ｶﾙﾛｽ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """Seconds of each stage, what was read back, and what became of the planted faults."""

    lines: int
    megabytes: float
    read_orders_seconds: float
    written_seconds: float
    verified_seconds: float
    compared_seconds: float
    whole_seconds: float
    peak_mib: int
    faults: int
    differences: int
    total_is_right: bool
    planted_traded_yen: int
    planted_lost_line: int
    planted_full_width: int
    planted_cut: int


def measure(lines: int, seed: int) -> Transferred:
    """Write, verify and compare; then plant."""
    chance = random.Random(seed)  # noqa: S311
    places = [one for code in banks() for one in branches(code).values()]
    day = bank_day_from(date(2026, 11, 30))
    ours = Account(branch=places[0], kind=AccountKind.ORDINARY, number="7654321")
    we = sender(code="1234567890", name="カ）マモリ　マーケット", account=ours)
    orders, ordering = _timed(lambda: [_payment(chance, places, number) for number in range(lines)])
    content, writing = _timed(lambda: written(we, orders, on=day))
    reading, verifying = _timed(lambda: read(content, on=day))
    different, comparing = _timed(lambda: differences(reading, we, orders))
    at = LINE * (lines // 2)
    traded = bytearray(content)
    for line, yen in ((lines // 2, 1), (lines // 2 + 1, -1)):
        start = LINE * line + 80
        traded[start : start + 10] = b"%010d" % (orders[line - 1].amount + yen)
    wide = content[: at + 50] + "山".encode("cp932") + content[at + 52 :]
    return Transferred(
        lines=lines,
        megabytes=round(len(content) / 1e6, 1),
        read_orders_seconds=ordering,
        written_seconds=writing,
        verified_seconds=verifying,
        compared_seconds=comparing,
        whole_seconds=round(ordering + writing + verifying + comparing, 2),
        peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        faults=len(reading.faults),
        differences=len(different),
        total_is_right=reading.total == sum(one.amount for one in orders),
        planted_traded_yen=len(differences(read(bytes(traded), on=day), we, orders)),
        planted_lost_line=len(read(content[:at] + content[at + LINE :], on=day).faults),
        planted_full_width=len(read(wide, on=day).faults),
        planted_cut=len(read(content[:at], on=day).faults),
    )


def _payment(chance: random.Random, places: list[Branch], number: int) -> Payment:
    to = Account(
        branch=chance.choice(places),
        kind=chance.choice(list(AccountKind)),
        number=f"{chance.randrange(10_000_000):07}",
    )
    holder = f"{chance.choice(('サトウ', 'スズキ', 'ワタナベ', 'オオノ'))}　{chance.choice(_GIVEN)}"
    return payment(to=to, holder=holder, amount=chance.randint(100, 900_000), reference=number)


def _timed[Made](do: Callable[[], Made]) -> tuple[Made, float]:
    begun = time.perf_counter()
    made = do()
    return made, round(time.perf_counter() - begun, 2)


def promises(found: Transferred) -> dict[str, bool]:
    """Return what is promised of the figures, and that what is planted is seen."""
    return {
        say("10万件を60秒未満で", "100,000 lines in less than 60 s"): found.whole_seconds
        < max(SECONDS * found.lines / 100_000, 1),
        say("書いたものは誤りなく読める", "what is written is read without fault"): found.faults
        == found.differences
        == 0
        and found.total_is_right,
        say(
            "移した1円・抜けた行・全角・途切れは見つかる",
            "a traded yen, a lost line, a full-width letter and a cut are found",
        ): found.planted_traded_yen == 2
        and min(found.planted_lost_line, found.planted_full_width, found.planted_cut) > 0,
    }


@click.command(name="zengin", help=TITLE.in_(LANG))
@click.option("--lines", type=click.IntRange(10, 999_999), default=100_000, show_default=True)
@click.option("--seed", default=20260401, show_default=True)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(lines: int, seed: int, json_: bool) -> None:
    """Measure; exit with 1 when a promise is broken."""
    found = measure(lines, seed)
    told(TITLE, found, promises(found), as_json=json_)
