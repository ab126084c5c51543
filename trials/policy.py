"""How many decisions of the policy a core gives in a second, with the row that fired, and does ZEN say the same each time?"""

from __future__ import annotations

import json
import platform
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import click
import zen

from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.rooms.enforcement.rules import checks, jdm
from mamori.rooms.enforcement.rules.declared_table import DECLARED, NUMBER, SINCE
from mamori.rooms.enforcement.rules.inforce import InForce, ready
from mamori.rooms.enforcement.rules.situation import Cure, History, Situation
from mamori.rooms.enforcement.rules.table import CELLS, FIELDS, Cell
from mamori.site.command.speak import LANG, say

TITLE = Text("措置の基準を、ZENそのものと突き合わせて測る", "the policy's decisions, beside ZEN's own")
LEAST = 20_000
PROMISE = Text(
    "1コア毎秒2万件以上、発火した行つきで。ZENとの食い違いは0、仕込んだ誤りは見つかること。打ちながらの確かめは0.2秒未満",
    "20,000 a second a core or more, with the row that fired; 0 disagreements with ZEN, the planted fault is caught; a check "
    "while typing below 0.2 s",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was measured; rates are per second of processor time of one core."""

    decisions: int
    a_second: int
    zen_traced_a_second: int
    zen_a_second: int
    situations: int
    disagreements: int
    planted_disagreements: int
    check_ms: float
    ready_ms: float
    machine: str
    at: str

    @property
    def kept(self) -> bool:
        """Say whether the promise is kept."""
        quick = self.a_second >= LEAST and self.check_ms < 200
        return quick and self.disagreements == 0 and self.planted_disagreements > 0


def situation_of(cell: Cell) -> Situation:
    """Return a cell of the table as the room asks about it."""
    breach, severity, history, cure, harm = cell
    return Situation(
        breach=breach,
        severity=Severity(severity),
        history=History(history),
        cure=Cure(cure),
        harm=Reach(harm),
    )


def rate(do: Callable[[], int]) -> int:
    """Return how many a second of processor time were done."""
    began = time.process_time()
    done = do()
    return int(done / (time.process_time() - began))


def disagreements(policy: InForce, decision: zen.ZenDecision) -> int:
    """Count the situations that ZEN, asked one by one with its trace, answers otherwise or by another row."""
    wrong = 0
    for cell in CELLS:
        found = decision.evaluate(asked(cell), {"trace": True})
        answer, fired = policy.answer(situation_of(cell)), found["trace"]["table"]["traceData"]["rule"]["_id"]
        given = found["result"]["measure"], found["result"]["days"], found["result"]["points"], fired
        wrong += given != (answer.measure, answer.days, answer.points, answer.row)
    return wrong


def asked(cell: Cell) -> dict[str, str]:
    """Return a cell as ZEN is asked."""
    return dict(zip((field.value for field in FIELDS), cell, strict=True))


def measured(count: int, seed: int = 864) -> Decided:
    """Ask for many random situations, and compare all there are."""
    policy = ready(DECLARED, number=NUMBER, since=SINCE)
    decision = zen.ZenEngine().create_decision(zen.ZenDecisionContent(json.dumps(jdm.write(DECLARED))))
    cells = random.Random(seed).choices(CELLS, k=count)  # noqa: S311  # situations to try, no secret
    situations = [situation_of(cell) for cell in cells]
    few = [asked(cell) for cell in cells[: max(count // 100, 200)]]
    planted = dict(policy.known) | {CELLS[0]: replace(policy.known[CELLS[0]], row="0")}
    return Decided(
        decisions=count,
        a_second=rate(lambda: sum(1 for one in situations if policy.answer(one).row)),
        zen_traced_a_second=rate(lambda: sum(1 for one in few if decision.evaluate(one, {"trace": True}))),
        zen_a_second=rate(lambda: sum(1 for one in few if decision.evaluate(one))),
        situations=len(CELLS),
        disagreements=disagreements(policy, decision),
        planted_disagreements=disagreements(replace(policy, known=planted), decision),
        check_ms=_slowest(lambda: checks.faults(DECLARED)),
        ready_ms=_slowest(lambda: ready(DECLARED, number=NUMBER, since=SINCE)),
        machine=f"{platform.machine()}, Python {platform.python_version()}",
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _slowest(do: Callable[[], object], times: int = 10) -> float:
    """Return the longest of some runs in milliseconds, as the person who types waits."""
    longest = 0.0
    for _ in range(times):
        began = time.perf_counter()
        do()
        longest = max(longest, time.perf_counter() - began)
    return round(longest * 1_000, 1)


@click.command(name="policy", help=TITLE.in_(LANG))
@click.option(
    "--decisions", type=click.IntRange(10_000), default=500_000, help=say("判断の数", "number of decisions")
)
@click.option("--json", "json_", is_flag=True, help=say("JSON で出す", "write JSON"))
def command(decisions: int, json_: bool) -> None:
    """Run the measurement; exit with 1 when the promise is not kept."""
    found = measured(decisions)
    if json_:
        click.echo(json.dumps(asdict(found) | {"kept": found.kept}, ensure_ascii=False))
    else:
        click.echo(TITLE.in_(LANG))
        for name, value in asdict(found).items():
            click.echo(f"  {name:22} {value}")
        click.echo(
            f"  {PROMISE.in_(LANG)}: {say('守られた', 'kept') if found.kept else say('守られていない', 'broken')}"
        )
    if not found.kept:
        raise SystemExit(1)
