"""Does every finding, measure and appeal have a way out and a clock, is nothing lifted twice, and do points add up?"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial

from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.law import deadlines as due
from mamori.law.breaches import BREACHES
from mamori.law.grounds import WITHOUT_WAITING
from mamori.law.measures import MEASURES, measure as declared
from mamori.rooms.enforcement.lifecycle import (
    APPEAL,
    FINDING,
    MEASURE,
    AppealState,
    FindingState,
    MeasureState,
)
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import REVERSING, Ended, Unheard
from trials import matter as model
from trials.harness import Found, measured
from trials.matter import Fault, Given, Matter, Move, lasting, take
from trials.trail import Step, Walk, walked

OFTEN = ["ask", "decide", "decide", "approve", "market_answers", "market_answers", "state_view", "ring"]
OFTEN += ["appeal", "take", "decide_appeal", "decide_appeal"]
SELDOM = frozenset({"dismiss", "withdraw", "note_cured", "send_back"})
AT_ONCE = tuple(one.code for one in WITHOUT_WAITING)


def drawn(dice: random.Random, matter: Matter) -> Move:
    """Draw a step, mostly by the right actor."""
    name = dice.choice((*model.DEEDS, *OFTEN))
    while name in SELDOM and dice.random() < 0.7:
        name = dice.choice((*model.DEEDS, *OFTEN))
    who, role = _who(dice, model.DEEDS[name][0], matter.reviewer)
    answer = matter.answer
    kind, days = declared(answer.measure), answer.days
    if dice.random() < 0.6:
        kind = dice.choice(MEASURES)
        days = dice.choice((kind.days.least, kind.days.usual, kind.days.most)) if kind.days else 0
    if dice.random() < 0.1:
        days += dice.choice((-90, 1, 400))
    outcome = dice.choice(tuple(model.STEPS))
    is_part = outcome is AppealState.PARTLY or dice.random() < 0.02
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
        part=dice.choice(("measure", "points")) if is_part else "",
        yes=dice.random() < 0.7,
        which=dice.randrange(6),
        clock=dice.choice(sorted(matter.clocks) or [""]),
        at_once=dice.choice(AT_ONCE) if dice.random() < (0.5 if kind.announced_days else 0.02) else "",
    )


def _who(dice: random.Random, usual: str, reviewer: int) -> tuple[int, Role]:
    """Draw who does it: mostly who usually does."""
    found = (0, Role.MACHINE)
    if usual in ("staff", "reviewer"):
        is_reviewers = usual == "reviewer" and reviewer and dice.random() < 0.9
        who = reviewer if is_reviewers else dice.choice((1, 2, 3, 4))
        found = (who, model.PEOPLE[who])
    elif usual == "seller":
        found = (0, dice.choice((Role.SELLER, Role.DELEGATE)))
    return dice.choice(((0, Role.SELLER), (1, Role.AGENT), (2, Role.LEAD))) if dice.random() < 0.03 else found


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
    return Matter(given, fault, clocks={model.DECISIONS[given.severity]})


def faults(matter: Matter) -> Iterator[str]:
    """Yield everything that is not as promised."""
    running = matter.clocks
    of_finding = {model.DECISIONS[matter.given.severity]} if matter.finding not in FINDING.ends else set()
    of_finding |= {due.BREACH_HEARING.code} if matter.finding is FindingState.HEARING else set()
    of_finding |= {due.VIEW_LOOK.code} if matter.unread else set()
    of_appeal = {due.APPEAL_DECISION.code} if matter.appeal and matter.appeal not in APPEAL.ends else set()
    of_appeal |= {due.APPEAL_ANSWER.code} if matter.appeal is AppealState.ASKED else set()
    if running - model.OF_MEASURES != of_finding | of_appeal:
        yield f"the finding is {matter.finding}, the appeal {matter.appeal}: clocks {sorted(running)}"
    if (matter.finding is FindingState.PROPOSED) != (matter.measure is MeasureState.PROPOSED):
        yield f"the finding is {matter.finding}, the measure {matter.measure}"
    yield from _measure(matter)
    yield from _appeal(matter)


def _measure(matter: Matter) -> Iterator[str]:
    state = matter.measure
    if state is None:
        return
    if matter.clocks & model.OF_MEASURES != _awaited(matter):
        yield f"{matter.kind} is {state}: clocks {sorted(matter.clocks)}"
    if not bounds.days_fit(matter.what, matter.days) or not bounds.amount_fits(matter.what, matter.amount):
        yield f"{matter.kind} of {matter.days} days, {matter.amount} yen is out of its bounds"
    unheard = not matter.heard and matter.unheard is None
    if matter.what.hearing and unheard and state is not MeasureState.REJECTED:
        yield f"{matter.kind} without a hearing"
    if state in (MeasureState.REJECTED, MeasureState.PROPOSED):
        return
    if matter.what.eyes > 1 and not matter.by_time and matter.approved_by in (0, matter.decided_by):
        yield f"{matter.kind} was decided by {matter.decided_by} and approved by {matter.approved_by}"
    if matter.what.order:
        done, flag = state in MEASURE.ends or state is MeasureState.ANNOUNCED, matter.shop.flag
        if (done and (flag or matter.shop.out)) or (state is MeasureState.IN_FORCE and not flag):
            yield f"{matter.kind} is {state}, the shop has it {matter.shop.flag}, waits: {len(matter.shop.out)}"
    yield from _hasty(matter)
    yield from _points(matter)


def _hasty(matter: Matter) -> Iterator[str]:
    """Yield where something came sooner than it may: unheard, unannounced, or approved though it had changed."""
    if matter.interrupted and not matter.heard and matter.unheard is None:
        yield f"{matter.kind} interrupted the hearing without a reason"
    if matter.unheard is Unheard.DANGER and matter.given.harm is not Reach.DANGER:
        yield f"{matter.kind} without a hearing for a danger that is not there"
    by_decider = model.PEOPLE.get(matter.decided_by) in bounds.DECIDERS
    if matter.unheard is Unheard.FRAUD and not (by_decider and (matter.approved_by or matter.by_time)):
        yield f"{matter.kind} without a hearing by the word of {matter.decided_by} alone"
    if matter.spoke_after and matter.unheard is None and matter.heard:
        yield "a view after the decision of who was heard before it"
    if matter.at_once and matter.measure is MeasureState.ANNOUNCED:
        yield f"{matter.kind} at once on {matter.at_once}, and it is announced"
    came = matter.measure in (MeasureState.ORDERED, MeasureState.IN_FORCE)
    if came and matter.what.announced_days and not (matter.waited or matter.at_once):
        yield f"{matter.kind} came without the days before it"
    listed = {one.code for one in bounds.grounds_at_once(matter.what)}
    if matter.at_once and (matter.at_once not in listed or not (matter.approved_by or matter.by_time)):
        yield f"{matter.kind} at once on {matter.at_once}, by {matter.decided_by} alone or on no ground of its clause"
    if (matter.approved_by or matter.by_time) and matter.cured_approved != matter.cured_then:
        yield f"{matter.kind} was approved though it had been put right meanwhile"


def _awaited(matter: Matter) -> set[str]:
    """Return the clocks by which a measure has to be waited for, in its state."""
    match matter.measure:
        case MeasureState.PROPOSED:
            return {due.APPROVAL.code}
        case MeasureState.ANNOUNCED:
            return {model.START}
        case MeasureState.ORDERED:
            return {model.CONFIRMATION} | lasting(matter)
        case MeasureState.IN_FORCE:
            return lasting(matter)
        case MeasureState.LIFTING | MeasureState.UNDOING:
            return {model.CONFIRMATION}
        case _:
            return set()


def _points(matter: Matter) -> Iterator[str]:
    reverses = matter.because in REVERSING
    is_gone = matter.measure in (MeasureState.UNDOING, MeasureState.REVERSED)
    if is_gone and not reverses:
        yield f"{matter.measure} because of {matter.because}"
    if reverses and matter.count:
        yield f"{matter.measure} because of {matter.because}, and its points still count"
    if not reverses and matter.appeal is not AppealState.PARTLY and matter.count is not (matter.points > 0):
        yield f"{matter.points} points, and they count {matter.count} without a reason"
    if any(count > 1 for count in matter.told.values()):
        yield f"the seller was told of the end {dict(matter.told)}"


def _appeal(matter: Matter) -> Iterator[str]:
    is_open = matter.appeal is not None and matter.appeal not in APPEAL.ends
    if matter.paused and not is_open:
        yield f"the effect still waits for an appeal that is {matter.appeal}"
    if is_open and matter.because in REVERSING:
        yield f"the appeal is {matter.appeal} against what was reversed because of {matter.because}"
    first = {matter.decided_by, matter.approved_by}
    if matter.reviewer and matter.reviewer in first:
        yield f"{matter.reviewer} reviews what {sorted(first)} decided"


def _step(dice: random.Random, matter: Matter) -> Step:
    move = drawn(dice, matter)
    return move.name, partial(take, matter, move), partial(faults, matter)


def _walk(dice: random.Random, fault: Fault) -> Walk[Matter]:
    """Return a walk that leaves half of what has ended: an appeal may still come."""
    return Walk(dice, lambda dice: begun(dice, fault), lambda dice, _: dice.random() < 0.5, _step)


@measured(
    "違反への対応の部屋をでたらめに歩く（表なし）",
    "a random walk through the room of enforcement, without tables",
)
def measure(*, steps: int = 1_000_000, seed: int = 20_261_126) -> Found:
    """Walk `steps` steps, and with each planted fault until it is noticed."""
    return walked(_walk, Fault, names=set(model.DEEDS), steps=steps, seed=seed)
