"""What one process of the races in enforcement does: it prepares, races for every deed on every finding, or examines."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.racing import wait_for

BEGAN = datetime(2026, 11, 16, 1, tzinfo=UTC)
NOW = BEGAN + timedelta(hours=2)
PLANT = "MAMORI_RACE_PLANT"
STAGES = ("heard", "proposed", "stands", "appealed")


def main() -> None:
    """Do what the command line says and print JSON."""
    import django

    django.setup()
    what, *words = sys.argv[1:]
    print(json.dumps(WHAT[what](*words)))


def prepare(rounds: str, racers: str) -> dict[str, Any]:
    """Bring findings, each of a seller of its own, to where something is to be decided on them."""
    from conftest import in_force
    from mamori.ground.market import actions as market
    from mamori.ground.market.actions import Accepted, ListingLine
    from mamori.law.clauses import CLAUSES
    from mamori.rooms.enforcement.appeals import actions as appealing
    from mamori.rooms.enforcement.findings import actions as findings
    from mamori.rooms.enforcement.models import Measure
    from mamori.site import work
    from tests.shops import put_shop

    early = BEGAN - timedelta(days=60)
    by = _actor("machine:test", early)
    in_force(at=early, since=early.date())
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=early) for one in CLAUSES)
    plan: dict[str, Any] = {"racers": int(racers)} | {stage: [] for stage in STAGES}
    for number in range(int(rounds) * len(STAGES)):
        stage, shop = STAGES[number % len(STAGES)], f"S{number}"
        put_shop(by, ref=shop, name="店", mail="s@example.jp", accepted=accepted)
        market.put_listing(by, ListingLine(ref=f"L{number}", seller=shop, name="品", price=8_000))
        finding = _find(number)
        findings.ask_view(_actor("agent:1", BEGAN), finding=finding)
        findings.state_view(_actor(f"seller:{shop}", BEGAN), finding=finding, said="直します")
        if stage != "heard":
            _decide(
                _actor("lead:2", BEGAN), finding, "suspended" if stage == "proposed" else "listing-hidden"
            )
        plan[stage].append([number, finding])
    for instruction in Measure.objects.exclude(instruction="").values_list("instruction", flat=True):
        market.confirm(_actor("machine:shop", BEGAN), instruction=instruction, outcome="confirmed")
    work.settle(at=BEGAN)
    for number, finding in plan["appealed"]:
        measure = Measure.objects.get(finding=finding).pk
        appealing.appeal(_actor(f"seller:S{number}", BEGAN), measure=measure, said="違います")
    return plan


def race(seed: str, plan: str) -> dict[str, list[str]]:
    """Try every deed on every finding, in an order of one's own within each; return what was done and what broke."""
    from mamori.grammar.refusal import Refusal

    dice, known = random.Random(int(seed)), json.loads(plan)
    if os.environ.get(PLANT):
        _look_no_more()
    wait_for(known["racers"], seed)
    done, faults = [], []
    for rows in zip(*(known[stage] for stage in STAGES), strict=True):
        deeds: dict[str, Callable[[], Any]] = {}
        for stage, (number, finding) in zip(STAGES, rows, strict=True):
            deeds |= _deeds(stage, number, finding, int(seed))
        for name in dice.sample(sorted(deeds), len(deeds)):
            try:
                deeds[name]()
                done.append(name.partition("/")[0])
            except Refusal:
                continue
            except Exception as error:
                faults.append(f"{name}: {type(error).__name__}: {error}")
    return {"done": done, "faults": faults}


def _look_no_more() -> None:
    """Plant a fault: a step is taken whatever the state, as by somebody who does not look again behind the lock."""
    from mamori.grammar.statechart import Statechart

    def take(self: Statechart[Any], name: str, state: Any, role: Any) -> Any:
        moves = self.step(name).moves
        return moves.get(state, next(iter(moves.values())))

    Statechart.take = take  # type: ignore[method-assign]


def _deeds(stage: str, number: int, finding: int, seed: int) -> dict[str, Callable[[], Any]]:
    """Return the deeds at one stage; of those with the same name before “/” one succeeds, “turn:” may be done by several."""
    from mamori.rooms.enforcement.appeals import actions as appealing
    from mamori.rooms.enforcement.findings import actions as findings
    from mamori.rooms.enforcement.findings.matter import NotThere
    from mamori.rooms.enforcement.lifecycle import AppealState
    from mamori.rooms.enforcement.measures.actions import deciding, standing
    from mamori.rooms.enforcement.models import Appeal, Measure
    from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended
    from mamori.site import work

    counsel, seller = _actor(f"counsel:{10 + seed}", NOW), _actor(f"seller:S{number}", NOW)
    measure = Measure.objects.filter(finding=finding).values_list("pk", flat=True).first() or 0

    def end_appeal(outcome: AppealState) -> None:
        appeal = Appeal.objects.get(measure=measure).pk
        appealing.take_appeal(counsel, appeal=appeal)
        appealing.decide_appeal(counsel, appeal=appeal, outcome=outcome, said="記録のとおり")

    def reverse() -> None:
        standing.lift(counsel, measure=measure, because=Ended.MISTAKE, reason="違う店")
        if Appeal.objects.get(measure=measure).state != AppealState.REVERSED:
            raise NotThere()

    common: dict[str, Callable[[], Any]] = {
        f"turn:find {number}": lambda: _find(number),
        f"turn:shop {number}": lambda: _answer(finding, yes=number % 3 > 0),
        f"turn:ring {number}": lambda: work.turn(at=NOW),
    }
    of_stage: dict[str, dict[str, Callable[[], Any]]] = {
        "heard": {
            f"decide {number}/measure": lambda: _decide(counsel, finding, "listing-hidden"),
            f"decide {number}/dismiss": lambda: findings.dismiss(
                counsel, finding=finding, because=Dismissed.NO_BREACH, reason="確かめた"
            ),
        },
        "proposed": {
            f"approve {number}/yes": lambda: deciding.approve(counsel, measure=measure),
            f"approve {number}/no": lambda: deciding.send_back(counsel, measure=measure, reason="重い"),
        },
        "stands": {
            f"lift {number}": lambda: standing.lift(
                counsel, measure=measure, because=Ended.REVIEWED, reason="もうよい"
            ),
            f"appeal {number}": lambda: appealing.appeal(seller, measure=measure, said="違います"),
            f"turn:cured {number}": lambda: standing.note_cured(counsel, finding=finding, reason="確かめた"),
        },
        "appealed": {
            f"end appeal {number}/granted": lambda: end_appeal(AppealState.GRANTED),
            f"end appeal {number}/kept": lambda: end_appeal(AppealState.KEPT),
            f"end appeal {number}/reversed": reverse,
            f"turn:again {number}": lambda: standing.order_again(counsel, measure=measure),
        },
    }
    return common | of_stage[stage]


def _actor(by: str, at: datetime) -> Any:
    from mamori.grammar.actor import Actor, Role

    return Actor(by=by, role=Role(by.partition(":")[0]), at=at, via="test")


def _find(number: int) -> int:
    from mamori.grammar.measure import Reach, Severity
    from mamori.grammar.text import Text
    from mamori.rooms.enforcement.findings import actions as findings
    from mamori.rooms.enforcement.findings.matter import Subject
    from mamori.rooms.enforcement.rules.bounds import Source

    return findings.find(
        _actor("agent:1", BEGAN),
        breach="display",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller=f"S{number}", listing=f"L{number}"),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin=f"race:{number}",
        source=Source.STAFF,
    )


def _decide(actor: Any, finding: int, kind: str) -> None:
    from mamori.grammar.text import Text
    from mamori.rooms.enforcement.measures.actions import deciding
    from mamori.rooms.enforcement.measures.actions.deciding import Wish

    days = {"suspended": 30, "listing-hidden": 14}[kind]
    why = Text("事情があるため。", "The circumstances ask for it.")
    wish = Wish(measure=kind, days=days, reason="記録のとおり", why_other=why)
    deciding.decide(actor, finding=finding, wish=wish)


def _answer(finding: int, *, yes: bool) -> None:
    from mamori.ground.market import actions as market
    from mamori.ground.market.models import Instruction
    from mamori.rooms.enforcement.models import Measure

    for measure in Measure.objects.filter(finding=finding).values_list("pk", flat=True):
        out = Instruction.objects.filter(about=f"enforcement.measure:{measure}", closed_at__isnull=True)
        for ref in out.values_list("pk", flat=True):
            outcome = "confirmed" if yes else "refused"
            market.confirm(_actor("machine:shop", NOW), instruction=ref, outcome=outcome)


def examine() -> dict[str, Any]:
    """Let everything come to rest and say what does not fit together."""
    from django.db.models import Count

    from mamori.ground.ledger import facts as ledger
    from mamori.rooms.enforcement.models import Appeal, Measure
    from mamori.site import work
    from tests.journeys.measuring import faults

    work.settle(at=NOW + timedelta(hours=1))
    found = list(faults(NOW + timedelta(hours=1)))
    report = ledger.verify()
    if not report.is_clean:
        found.append(f"the log: {report}")
    decided = Measure.objects.exclude(state="rejected").values("finding").annotate(times=Count("pk"))
    found += [f"finding {row['finding']} has several measures" for row in decided if row["times"] > 1]
    appealed = Appeal.objects.values("measure").annotate(times=Count("pk"))
    found += [f"measure {row['measure']} has several appeals" for row in appealed if row["times"] > 1]
    return {"faults": found}


WHAT: dict[str, Callable[..., Any]] = {"prepare": prepare, "race": race, "examine": examine}
