"""Does every finding, measure and appeal have a way out and a clock, is nothing lifted twice, and do points add up?"""

from __future__ import annotations

import random
from functools import partial

from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.law.breaches import BREACHES
from mamori.law.grounds import WITHOUT_WAITING
from mamori.law.measures import MEASURES, measure as declared
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.rules.bounds import Ended, Unheard
from trials.harness import Found, command_of
from trials.matter import DEEDS, Fault, Given, Matter, Move
from trials.matter.appeals import STEPS
from trials.matter.findings import answer_of
from trials.matter.promises import DECISIONS, faults
from trials.matter.state import PEOPLE
from trials.trail import Step, Walk, walked

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


def drawn(dice: random.Random, matter: Matter) -> Move:
    """Draw a step, mostly by the right actor."""
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
    DEEDS[move.name](matter, move)


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


def _step(dice: random.Random, matter: Matter) -> Step:
    move = drawn(dice, matter)
    return move.name, partial(take, matter, move), partial(faults, matter)


def _walk(dice: random.Random, fault: Fault) -> Walk[Matter]:
    def leaves(dice: random.Random, _: Matter) -> bool:
        return dice.random() < 0.5  # else an appeal may still come

    return Walk(dice, lambda dice: begun(dice, fault), leaves, _step)


PLANTS = {
    Fault.FORGET: "a clock that is forgotten",
    Fault.SELF: "a review by who decided",
    Fault.HALF: "an end before the shop has answered everything",
    Fault.POINTS: "points that stay after a reversal",
    Fault.BOUNDS: "a measure out of its bounds",
    Fault.TWICE: "what is reversed twice",
    Fault.ALONE: "an approval by who proposed",
    Fault.LEFT: "an appeal left open after the reversal",
    Fault.HASTE: "a closing at once without a ground",
    Fault.UNASKED: "a view afterwards of who was heard before",
    Fault.DANGER: "no hearing, for a danger that is not there",
    Fault.OUTDATED: "an approval of what had changed",
    Fault.UNREVIEWED: "a hold that is reviewed no second time",
}


def measure(*, steps: int = 1_000_000, seed: int = 20_261_126) -> Found:
    """Walk `steps` steps, and with each planted fault until it is noticed."""
    return walked(_walk, none=Fault.NONE, plants=PLANTS, names=set(NAMES), steps=steps, seed=seed)


command = command_of(
    Text(
        "違反への対応の部屋をでたらめに歩く（表なし）",
        "a random walk through the room of enforcement, without tables",
    ),
    measure,
)
