"""Does every finding, measure, appeal and policy have a way out and a clock, is nothing lifted twice, and do points add up?"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import click

from mamori.grammar.hand import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.law.breaches import BREACHES
from mamori.law.deadlines import POLICY_APPROVAL, POLICY_NOTICE
from mamori.law.grounds import WITHOUT_WAITING
from mamori.law.measures import MEASURES
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.rules.reasons import Ended, Unheard
from mamori.site.command.speak import LANG, say
from trials import matter as deeds
from trials.matter import Fault, Given, Matter, Move
from trials.matter.appeals import STEPS
from trials.matter.findings import answer_of
from trials.matter.money import DEEDS as OF_MONEY
from trials.matter.money import Money
from trials.matter.promises import DECISIONS, faults, unpaid, wrong
from trials.matter.state import PEOPLE
from trials.matter.versions import Versions
from trials.trail import LONGEST, Tally, noticed
from trials.verdict import told

TITLE = Text(
    "違反への対応の部屋をでたらめに歩く（表なし）",
    "a random walk through the room of enforcement, without tables",
)
STAFFS = (
    "ask",
    "decide",
    "approve",
    "send_back",
    "dismiss",
    "note_cured",
    "read_view",
    "lift",
    "order_again",
    "take",
    "go_on",
)
REVIEWERS = ("reply", "ask_more", "decide_appeal")
SELLERS = ("state_view", "appeal", "write", "withdraw")
NAMES = (*STAFFS, *REVIEWERS, *SELLERS, "ring", "market_answers")
OFTEN = (
    *("ask", "decide", "decide", "approve", "market_answers", "market_answers", "state_view", "ring"),
    *("appeal", "take", "decide_appeal", "decide_appeal"),
)
SELDOM = frozenset({"dismiss", "withdraw", "note_cured", "send_back"})
AT_ONCE = tuple(one.code for one in WITHOUT_WAITING)
OF_POLICY = ("draft", "edit", "propose", "send_back", "publish", "discard", "ring")


def drawn(dice: random.Random, matter: Matter) -> Move:
    """Draw a step, mostly by the right hand."""
    name = dice.choice((*NAMES, *OFTEN))
    while name in SELDOM and dice.random() < 0.7:
        name = dice.choice((*NAMES, *OFTEN))
    who, role = 0, Role.MACHINE
    if name in STAFFS or name in REVIEWERS:
        who = (
            matter.reviewer
            if name in REVIEWERS and matter.reviewer and dice.random() < 0.9
            else dice.choice((1, 2, 3, 4))
        )
        role = PEOPLE[who]
    elif name in SELLERS:
        role = dice.choice((Role.SELLER, Role.DELEGATE))
    if dice.random() < 0.03:
        role = dice.choice((Role.SELLER, Role.AGENT, Role.LEAD))
        who = {Role.SELLER: 0, Role.AGENT: 1, Role.LEAD: 2}[role]
    answer = answer_of(matter)
    kind, days = declared(answer.measure), answer.days
    if dice.random() < 0.6:
        kind = dice.choice(MEASURES)
        days = dice.choice((kind.days.least, kind.days.usual, kind.days.most)) if kind.days else 0
    if dice.random() < 0.1:
        days += dice.choice((-90, 1, 400))
    outcome = dice.choice(tuple(STEPS))
    return Move(
        name=name,
        role=role,
        who=who,
        measure=kind.code,
        days=max(0, days),
        amount=dice.choice((0, 0, 0, 50_000)),
        unheard=dice.choice((None, None, None, *Unheard)),
        because=dice.choice((Ended.CURED, Ended.REVIEWED, Ended.MISTAKE)),
        outcome=outcome,
        part=dice.choice(("measure", "points"))
        if outcome is AppealState.PARTLY or dice.random() < 0.02
        else "",
        yes=dice.random() < 0.7,
        which=dice.randrange(6),
        clock=dice.choice(sorted(matter.clocks) or [""]),
        at_once=dice.choice(AT_ONCE) if dice.random() < (0.5 if kind.announced_days else 0.02) else "",
    )


def take(matter: Matter, move: Move) -> None:
    """Do a step.

    :raises Refusal: when it is not on.
    """
    deed: Callable[[Matter, Move], None] = getattr(deeds, move.name)
    deed(matter, move)


def begun(dice: random.Random, fault: Fault) -> Matter:
    """Begin a matter: something was found, and its decision is due."""
    given = Given(
        breach=dice.choice(BREACHES).code,
        severity=dice.choice(tuple(Severity)),
        harm=dice.choice(tuple(Reach)),
        listing=dice.random() < 0.8,
        category=dice.random() < 0.5,
        alone=dice.random() < 0.2,
    )
    return Matter(given, fault, clocks={DECISIONS[given.severity].code})


@dataclass(slots=True)
class Walk:
    """Matters one after the other, each until its end, beside changes of the policy, and what was seen on the way."""

    dice: random.Random
    fault: Fault = Fault.NONE
    tally: Tally = field(default_factory=Tally)

    def go(self, steps: int) -> Iterator[tuple[int, str]]:
        """Take `steps` steps and yield each fault with the number of the step that showed it."""
        matter, versions, length = self._anew(), Versions(self.fault), 0
        money = Money(self.fault)
        for number in range(1, steps + 1):
            if self.dice.random() < 0.05:
                yield from ((number, f"step {number}: {one}") for one in self._policy(versions))
                continue
            if self.dice.random() < 0.1:
                money = Money(self.fault) if money.is_over and self.dice.random() < 0.2 else money
                yield from ((number, f"step {number}: {one}") for one in self._money(money))
                continue
            is_left = matter.is_over and self.dice.random() < 0.5  # else an appeal may still come
            if is_left or length >= LONGEST:
                self.tally.counts["ended"] += matter.is_over
                matter, length = self._anew(), 0
            key, move, length = matter.key, drawn(self.dice, matter), length + 1
            try:
                take(matter, move)
            except Refusal:
                self.tally.counts["refused"] += 1
                continue
            self.tally.note(move.name, key, matter)
            yield from ((number, f"step {number}, {move.name}: {one}") for one in faults(matter))

    def _policy(self, versions: Versions) -> Iterator[str]:
        who = self.dice.choice((1, 2, 3, 4))
        move = Move(
            name=self.dice.choice(OF_POLICY),
            role=PEOPLE[who],
            who=who,
            yes=self.dice.random() < 0.3,
            clock=self.dice.choice((POLICY_APPROVAL.code, POLICY_NOTICE.code)),
        )
        try:
            versions.take(move)
        except Refusal:
            self.tally.counts["refused"] += 1
            return
        self.tally.counts["done"] += 1
        self.tally.taken.add(f"policy {move.name}")
        yield from wrong(versions)

    def _money(self, money: Money) -> Iterator[str]:
        name, outcome = self.dice.choice(tuple(OF_MONEY)), self.dice.choice(tuple(STEPS))
        who = 0 if name in SELLERS else self.dice.choice((1, 2, 3, 4))
        amount = self.dice.choice((1, 3_000, money.amount)) if outcome is AppealState.PARTLY else 0
        move = Move(
            name=name,
            role=PEOPLE[who] if who else Role.SELLER,
            who=who,
            outcome=outcome,
            amount=amount if self.dice.random() < 0.95 else 3_000 - amount,
            yes=self.dice.random() < 0.7,
            clock=self.dice.choice(sorted(money.clocks) or [""]),
        )
        before = money.key
        try:
            money.take(move)
        except Refusal:
            self.tally.counts["refused"] += 1
            return
        self.tally.note(f"money {name}", before, money)
        yield from unpaid(money)

    def _anew(self) -> Matter:
        self.tally.counts["matters"] += 1
        return begun(self.dice, self.fault)


ALL = {*NAMES, *(f"policy {name}" for name in OF_POLICY), *(f"money {name}" for name in OF_MONEY)}
PLANTS = {
    Fault.FORGET: Text("終わりの時計の掛け忘れ", "a clock that is forgotten"),
    Fault.SELF: Text("決めた人による見直し", "a review by who decided"),
    Fault.HALF: Text("通販サイトの返事がそろう前に終える", "an end before the shop has answered everything"),
    Fault.POINTS: Text("取り消しても残る点数", "points that stay after a reversal"),
    Fault.BOUNDS: Text("範囲の外の措置", "a measure out of its bounds"),
    Fault.TWICE: Text("二度の取消し", "what is reversed twice"),
    Fault.ALONE: Text("提案した人の承認", "an approval by who proposed"),
    Fault.LEFT: Text("取り消されたのに開いたままの異議", "an appeal left open after the reversal"),
    Fault.HASTE: Text("根拠のない即時の終了", "a closing at once without a ground"),
    Fault.UNASKED: Text("先に聴いた人の決定後の意見", "a view afterwards of who was heard before"),
    Fault.DANGER: Text("危険がないのに聴かない", "no hearing, for a danger that is not there"),
    Fault.OUTDATED: Text("変わったあとの承認", "an approval of what had changed"),
    Fault.UNREVIEWED: Text("見直しが一度きりの保留", "a hold that is reviewed no second time"),
    Fault.OWN: Text("差し引きを決めた人による見直し", "a review by who decided on the deduction"),
    Fault.BORNE: Text(
        "差し引かれなかったのに開いたままの異議", "an appeal left open though nothing was deducted"
    ),
    Fault.PAID: Text("二度戻るお金", "money that goes back twice"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What the walk found; `noticed` says at which step each planted fault was."""

    seed: int
    steps: int
    done: int
    refused: int
    matters: int
    ended: int
    states: int
    never_done: str
    parked: int
    faults: int
    first_fault: str
    noticed: dict[str, int]
    steps_per_second: int


def walk(*, steps: int, seed: int) -> Walked:
    """Walk `steps` steps, and with each planted fault until it is noticed."""
    began = time.perf_counter()
    walked = Walk(random.Random(seed))  # noqa: S311
    found = [one for _, one in walked.go(steps)]
    seconds = time.perf_counter() - began
    return Walked(
        seed=seed,
        steps=steps,
        done=walked.tally.counts["done"],
        refused=walked.tally.counts["refused"],
        matters=walked.tally.counts["matters"],
        ended=walked.tally.counts["ended"],
        states=len(walked.tally.trail.ways),
        never_done=", ".join(sorted(ALL - walked.tally.taken)),
        parked=walked.tally.trail.parked(),
        faults=len(found),
        first_fault=found[0] if found else "",
        noticed={fault.value: _noticed(fault, seed) for fault in PLANTS},
        steps_per_second=round(steps / seconds),
    )


def _noticed(fault: Fault, seed: int) -> int:
    return noticed(Walk(random.Random(seed), fault))  # noqa: S311


@click.command(name="measures", help=TITLE.in_(LANG))
@click.option("--steps", type=click.IntRange(1000), default=1_000_000, help=say("歩数", "how many steps"))
@click.option("--seed", type=int, default=20_261_126, show_default=True, help=say("乱数の種", "seed"))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def command(steps: int, seed: int, as_json: bool) -> None:
    """Walk; exit with 1 when something has no way out or no clock, is out of bounds, or a planted fault is missed."""
    found = walk(steps=steps, seed=seed)
    promises = {
        say("約束に反する状態は0", "everything is as promised after every step"): found.faults == 0,
        say("どの状態からも終わりに至る道がある", "from every state a way leads to an end"): found.parked
        == 0,
        say("終わらない案件はない", "no matter goes on for ever"): found.matters - found.ended <= 1,
        say("どの操作も試した", "every deed was done"): not found.never_done,
    } | {
        say(f"仕込んだ誤り({text.ja})を見つけた", f"planted fault caught: {text.en}"): found.noticed[fault]
        > 0
        for fault, text in PLANTS.items()
    }
    told(TITLE, found, promises, as_json=as_json)
