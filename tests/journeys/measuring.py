"""What must be so after any walk through the room of enforcement: clocks, ends, points, reviewers, and one effect of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from mamori.grammar.measure import Reach
from mamori.ground.cases.models import Case
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.models import Instruction
from mamori.ground.outbox.models import Effect, Event
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPROVAL,
    BREACH_HEARING,
    CURE_LOOK,
    MEASURE_CONFIRMATION,
    VIEW_LOOK,
)
from mamori.law.measures import (
    CORRECTION,
    HIDING_DECISION,
    HIDING_LOOK,
    PROVISIONAL_HIDING,
    measure as declared,
)
from mamori.rooms.contact import facts as contact
from mamori.rooms.enforcement.findings.matter import WAITS
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.measures import execution
from mamori.rooms.enforcement.models import Appeal, Finding, Measure, Policy, Strike
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import REVERSING, Ended, Unheard
from mamori.rooms.enforcement.rules.standing import DECISIONS, END_CLOCK, START_CLOCK

MINUTE = timedelta(minutes=1)
BITES = (MeasureState.ORDERED, MeasureState.IN_FORCE)
ON_ITS_WAY = (MeasureState.LIFTING, MeasureState.UNDOING)
REVIEWS = {"enforcement.review", "enforcement.appeal_window", END_CLOCK}


def faults(now: datetime) -> Iterator[str]:
    """Yield everything that is not as promised, once everything that is due by now has rung."""
    for clock in Clock.objects.filter(IS_OPEN, attempts__gt=0):
        yield f"a ring failed: {clock.about} {clock.kind}: {clock.error}"
    for effect in Effect.objects.exclude(error=""):
        yield f"an effect failed: {effect.handler} {effect.subject}: {effect.error}"
    clocks: dict[str, set[str]] = {}
    for about, kind in Clock.objects.filter(IS_OPEN).values_list("about", "kind"):
        clocks.setdefault(about, set()).add(kind)
    for finding in Finding.objects.prefetch_related("measures"):
        yield from _finding(finding, clocks.get(f"enforcement.finding:{finding.pk}", set()))
    for measure in Measure.objects.select_related("finding", "strike").prefetch_related("appeals"):
        name = f"enforcement.measure:{measure.pk}"
        yield from (
            f"{name} ({measure.kind}): {one}" for one in _measure(measure, clocks.get(name, set()), now)
        )
    for appeal in Appeal.objects.select_related("measure"):
        name = f"enforcement.appeal:{appeal.pk}"
        wanted = {APPEAL_DECISION.code} if appeal.closed_at is None else set()
        wanted |= {APPEAL_ANSWER.code} if appeal.state == "asked" else set()
        if clocks.get(name, set()) != wanted:
            yield f"{name} is {appeal.state}: {clocks.get(name)}"
        if appeal.recovery is not None:
            yield from _money(appeal)
        if appeal.closed_at is None and appeal.measure and appeal.measure.ended_because in REVERSING:
            yield f"{name} is {appeal.state} against what was reversed because of {appeal.measure.ended_because}"
        if appeal.reviewer in (appeal.first_by, appeal.first_also) and appeal.reviewer:
            yield f"{name} is reviewed by {appeal.reviewer}, who decided"
    for row in Policy.objects.all():
        wanted = {
            "proposed": {"enforcement.policy_approval"},
            "announced": {"enforcement.policy_notice"},
        }.get(row.state, set())
        if clocks.get(f"enforcement.policy:{row.number}", set()) != wanted:
            yield f"version {row.number} of the policy is {row.state}: {clocks}"
    yield from _shown_again()
    yield from _told()


def _shown_again() -> Iterator[str]:
    """Yield where a listing that is provisionally hidden is shown again, or may be, without a person's decision.

    What the shop was told is replayed in its order: no showing was asked for, or asked for and not called back, while a hiding
    of that listing stood; and each hiding that stands no more ended by its finding's decision, or by a lead or counsel.
    """
    hidings = Measure.objects.filter(kind=PROVISIONAL_HIDING.code).select_related("finding")
    for hiding in hidings:
        name, finding = f"enforcement.measure:{hiding.pk}", hiding.finding
        acts = [act.kind for act in ledger.acts_about(f"enforcement.finding:{finding.pk}")]
        until = hiding.lift_asked_at
        if hiding.state in BITES and until is not None:
            yield f"{name} is {hiding.state}, and is being lifted since {until}"
        if hiding.state not in BITES and not (
            (hiding.ended_because in ("no_danger", "gone") and "enforcement.lift_hiding" in acts)
            or (hiding.ended_because in ("decided", "gone") and finding.closed_at is not None)
        ):
            yield f"{name} ended without a decision: {hiding.ended_because}"
        if hiding.ends_at is not None or hiding.appeal_until is not None or hasattr(hiding, "strike"):
            yield f"{name} is provisional, and has an end, an appeal or points"
        shown = Instruction.objects.filter(
            kind="show_listing", target_ref=hiding.target_ref, issued_at__gt=hiding.decided_at
        ).exclude(recalled_at__isnull=False)
        for one in shown if until is None else shown.filter(issued_at__lt=until):
            yield f"{name}: {hiding.target_ref} was provisionally hidden and shown again by {one.about}"
        given = Instruction.objects.filter(about=name, undoes=None)
        if given.filter(until__isnull=False).exists():
            yield f"{name} told the shop an end"
        if finding.closed_at is None and finding.strikes.exists():
            yield f"{name}: points before the decision"


def _finding(finding: Finding, running: set[str]) -> Iterator[str]:
    name, case = (
        f"enforcement.finding:{finding.pk}",
        Case.objects.get(about=f"enforcement.finding:{finding.pk}"),
    )
    wanted = {one.code for severity, one in DECISIONS.items() if severity == finding.severity}
    wanted |= {BREACH_HEARING.code} if finding.state == "hearing" else set()
    look = {CURE_LOOK.code} if awaits_look(finding) else set()
    look |= {VIEW_LOOK.code} if finding.view_unread_since else set()
    if running != (wanted if finding.closed_at is None else set()) | look:
        yield f"{name} is {finding.state}: {sorted(running)}"
    waits = bool(look) or any(one.state in WAITS or _is_to_review(one) for one in finding.measures.all())
    if (case.closed_at is None) != (finding.closed_at is None or waits) or case.state != finding.state:
        yield f"{name} is {finding.state}, the index says {case.state}, closed {case.closed_at}"
    if case.closed_at is None and case.next_due_at is None:
        yield f"the case of {name} is open without a moment"


def _is_to_review(measure: Measure) -> bool:
    return measure.state in BITES and measure.review_due_since is not None


def awaits_look(finding: Finding) -> bool:
    """Say whether the seller said that it put right what is open or stands, and nobody has looked."""
    matters = finding.closed_at is None or any(
        one.closed_at is None and one.state not in ON_ITS_WAY for one in finding.measures.all()
    )
    return matters and standing.awaits_look(finding.cure_said_at, finding.cured_at)


def _waited(measure: Measure) -> bool:
    """Say whether a correction came to its end while the seller's word that it was made waited for a look."""
    acts = ledger.acts_about(f"enforcement.finding:{measure.finding_id}")
    return any(act.kind == "enforcement.await_look" for act in acts)


def _measure(measure: Measure, running: set[str], now: datetime) -> Iterator[str]:
    kind, state = declared(measure.kind), MeasureState(measure.state)
    waited = measure.kind == CORRECTION.code and _waited(measure)
    wanted = {
        MeasureState.PROPOSED: {APPROVAL.code},
        MeasureState.ANNOUNCED: {START_CLOCK},
        MeasureState.LIFTING: {MEASURE_CONFIRMATION.code},
        MeasureState.UNDOING: {MEASURE_CONFIRMATION.code},
    }.get(state, set())
    if measure.kind == PROVISIONAL_HIDING.code and state in BITES:
        wanted = {MEASURE_CONFIRMATION.code} if state is MeasureState.ORDERED else set()
        if measure.finding.closed_at is None:
            wanted |= {HIDING_DECISION.code} | (set() if measure.reviewed_at else {HIDING_LOOK.code})
    elif state in BITES:
        wanted = (running & REVIEWS) | (
            {MEASURE_CONFIRMATION.code} if state is MeasureState.ORDERED else set()
        )
        twice = kind.reviewed and measure.days > 0
        due = {0} if waited and awaits_look(measure.finding) else {1, 2} if twice else {1}
        if len(running & REVIEWS) not in due or (twice and END_CLOCK not in running):
            yield f"{state}, and nothing ends or reviews it: {sorted(running)}"
    if running != wanted:
        yield f"{state}: {sorted(running)}"
    if not bounds.days_fit(kind, measure.days):
        yield f"{measure.days} days"
    if measure.ends_at is not None and state in BITES and now > measure.ends_at + MINUTE and not waited:
        yield f"{state} past its end {measure.ends_at}"
    late = (
        measure.lift_asked_at - measure.ends_at if measure.lift_asked_at and measure.ends_at else timedelta()
    )
    by_itself = measure.ended_because == "due" or (measure.ended_because == "uncured" and not waited)
    if by_itself and not timedelta() <= late <= MINUTE:
        yield f"ended {measure.ends_at}, lifted {measure.lift_asked_at}"
    if _is_unreviewed(measure, state, now):
        yield f"{state}, to be reviewed {measure.review_at}, and nobody was asked"
    yield from _hasty(measure, state)
    yield from _shop(measure, state)
    yield from _points(measure, state)


def _is_unreviewed(measure: Measure, state: MeasureState, now: datetime) -> bool:
    """Say whether a measure was to be looked at again, and was not."""
    if not declared(measure.kind).reviewed or state not in BITES:
        return False
    if measure.review_at is not None:
        return measure.review_due_since is None and measure.review_at + MINUTE < now
    acts = ledger.acts_about(f"enforcement.finding:{measure.finding_id}")
    return measure.days > 1 and all(act.kind != "enforcement.remind_review" for act in acts)


def _hasty(measure: Measure, state: MeasureState) -> Iterator[str]:
    """Yield where something came sooner than it may: unheard, unannounced, or approved though it had changed."""
    finding, kind = measure.finding, declared(measure.kind)
    if state in (MeasureState.PROPOSED, MeasureState.REJECTED) or measure.kind == PROVISIONAL_HIDING.code:
        return
    if kind.hearing and finding.heard_at is None and not finding.because_unheard:
        yield "nobody was heard, and no reason forbade it"
    if finding.because_unheard == Unheard.DANGER and finding.harm != Reach.DANGER:
        yield "nobody was heard for a danger that is not there"
    if finding.because_unheard == Unheard.FRAUD and not (measure.approved_by or _alone(measure)):
        yield "nobody was heard, by one person's word of fraud"
    if measure.at_once:
        if measure.at_once not in {one.code for one in bounds.grounds_at_once(kind)}:
            yield f"at once on {measure.at_once}, which its clause does not list"
        if not (measure.approved_by or _alone(measure)):
            yield f"at once on {measure.at_once}, by one person's word"
    elif kind.announced_days and state in (*BITES, *ON_ITS_WAY):
        first = measure.decided_at + timedelta(days=kind.announced_days)
        if measure.starts_at is None or measure.starts_at < first:
            yield f"decided {measure.decided_at}, begun {measure.starts_at}"
    if measure.approved_by and finding.cured_at is not None and _was_cured_meanwhile(finding):
        yield "approved though it had been put right meanwhile"


def _was_cured_meanwhile(finding: Finding) -> bool:
    acts = [act.kind for act in ledger.acts_about(f"enforcement.finding:{finding.pk}")]
    before = acts[: acts.index("enforcement.approve")]
    return "enforcement.note_cured" in before[_last(before, "enforcement.propose_measure") :]


def _last(acts: list[str], kind: str) -> int:
    """Return the place behind the last act of a kind."""
    return len(acts) - acts[::-1].index(kind)


def _alone(measure: Measure) -> bool:
    """Say whether time took the second person's place."""
    return any(
        act.kind == "enforcement.approve"
        for act in ledger.acts_about(f"enforcement.finding:{measure.finding_id}")
    )


def _money(appeal: Appeal) -> Iterator[str]:
    """Yield what is not as granted of a deduction, or an appeal against one that was not made."""
    taken = contact.recovery(appeal.recovery or 0)
    assert taken is not None
    name = f"enforcement.appeal:{appeal.pk}"
    if appeal.closed_at is None and not taken.is_taken:
        yield f"{name} is {appeal.state}, and the deduction is {taken.state}"
    part = 0 < appeal.given_back < taken.amount
    fits = {"granted": appeal.given_back == taken.amount, "partly": part}
    if not fits.get(appeal.state, appeal.given_back == 0):
        yield f"{name} is {appeal.state}, and {appeal.given_back} of {taken.amount} yen go back"
    if appeal.given_back and taken.back != appeal.given_back:
        yield f"{name} gave back {appeal.given_back} yen, the recovery says {taken.back}"


def _shop(measure: Measure, state: MeasureState) -> Iterator[str]:
    """Yield where the shop, replayed by its answers, is not as the measure says."""
    rows = Instruction.objects.filter(about=f"enforcement.measure:{measure.pk}")
    done = rows.filter(state="confirmed").order_by("answered").last()
    flag = done is not None and done.undoes_id is None
    out = rows.filter(closed_at__isnull=True).exists()
    if state is MeasureState.IN_FORCE and measure.instruction and not flag:
        yield "in force, and the shop does not do it"
    left = execution.is_stuck(measure) and execution.is_gone(measure)  # nothing is there to be taken back
    if state not in (*BITES, *ON_ITS_WAY) and ((flag and not left) or out):
        yield f"{state}, and the shop does it ({flag}) or waits ({out})"


def _points(measure: Measure, state: MeasureState) -> Iterator[str]:
    strike: Strike | None = getattr(measure, "strike", None)
    was_decided = state not in (MeasureState.PROPOSED, MeasureState.REJECTED)
    if measure.kind == PROVISIONAL_HIDING.code:
        return
    if was_decided != (strike is not None) and records.points_of(measure.trace, measure.policy, measure.kind):
        yield f"{state}, points {strike}"
    reverses = measure.ended_because != "" and Ended(measure.ended_because) in REVERSING
    if state in (MeasureState.UNDOING, MeasureState.REVERSED) and not reverses:
        yield f"{state} because of {measure.ended_because}"
    partly = any(appeal.state == "partly" for appeal in measure.appeals.all())
    if strike is not None and (strike.ended_at is not None) != reverses and not partly:
        yield f"{state} because of {measure.ended_because}, points ended {strike.ended_at}"


def _told() -> Iterator[str]:
    """Yield what was told twice: that a measure was decided, began, was over, was reversed."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for event in Event.objects.filter(kind__startswith="enforcement.measure_"):
        said = json.loads(event.body)["data"]
        counts[event.kind, said["measure"], said.get("state", "")] += 1
    yield from (f"{what} was told {count} times" for what, count in counts.items() if count > 1)
