"""A measure is decided on: what the table answers, or another with a reason; alone or by two, never outside its bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from mamori.grammar.hand import HEADS, Hand, Role
from mamori.grammar.measure import Concerns, Reach
from mamori.grammar.measure import Measure as Kind
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.turns import take_turns
from mamori.ground.ledger import facts as ledger
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.japan import written
from mamori.japan.spoken import spoken
from mamori.law.measures import LISTING_REMOVED
from mamori.law.measures import MEASURES as DECLARED
from mamori.law.measures import measure as declared
from mamori.rooms.enforcement import execution, notices, policies, records, reversal, statements
from mamori.rooms.enforcement.access import is_second, somebody_else, the_measure
from mamori.rooms.enforcement.actions.findings import tell_reporter
from mamori.rooms.enforcement.basis import basis
from mamori.rooms.enforcement.events import FindingEnded
from mamori.rooms.enforcement.fitness import Wish, is_deviation, must_fit, must_still_fit
from mamori.rooms.enforcement.inputs import Kept
from mamori.rooms.enforcement.judgement import Judged, decided_with, judge
from mamori.rooms.enforcement.lifecycle import FINDING, MEASURE, FindingState, MeasureState
from mamori.rooms.enforcement.matters import FINDINGS, MEASURES
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.refusals import (
    CureUnseen,
    MeasureUnknown,
    SecondPerson,
)
from mamori.rooms.enforcement.rules import bounds, curing
from mamori.rooms.enforcement.rules.reasons import UNHEARD_TEXTS, Ended, Unheard

__all__ = ("approve", "decide", "miss_approval", "send_back")

APPROVAL = Text("提案を承認する・承認しない", "approve or reject the proposal")
TURNS = "enforcement.decide/{}"
"""Decisions about one seller come one after the other: each sees the points that the last has given."""


def decide(hand: Hand, *, finding: int, wish: Wish, version: int | None = None) -> int:
    """Decide on a measure and what comes beside it, or propose both where another person has to approve; return its number."""
    reason = written.reasoned(wish.reason)
    with perform(hand, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(found, wish.unheard)
        take_turns(TURNS.format(found.seller_ref))
        judged = judge(found, hand.at)
        kinds = [_kind(code) for code, _ in wish.pair]
        wish = replace(wish, document=written.optional(wish.document) if wish.ground else "")
        if found.heard_at is not None:  # it spoke meanwhile: nothing has to forbid waiting
            wish = replace(wish, unheard=None)
        must_fit(hand.role, hand.at, found, judged, wish)
        graver = bounds.is_graver(wish.pair, judged.answer)
        second = any(
            bounds.needs_second(
                kind, graver=graver, unheard=wish.unheard, at_once=wish.at_once, ground=wish.ground
            )
            for kind in kinds
        )
        if not second and LISTING_REMOVED not in kinds:
            reversal.must_be_heads(hand, found)
        was_hearing = found.state == FindingState.HEARING
        act.step("propose" if second else "decide")
        found.because_unheard = wish.unheard.value if wish.unheard else ""
        act.save("because_unheard")
        is_other = is_deviation(found, judged, wish.pair)
        together = [_new(hand, found, judged, one, is_other=is_other) for one in wish.each()]
        if second:
            _propose(act, together, reason)
            if was_hearing and wish.unheard is not None:
                _tell_hastened(hand, found, wish.unheard)
        else:
            _carry_out(act, together, reason, judged.expires_days)
        return together[0].pk


def approve(hand: Hand, *, measure: int, version: int | None = None) -> None:
    """Approve what another person proposed: it is carried out, where nothing changed that it rests on."""
    with perform(hand, MEASURES, measure, version=version) as act:
        found = act.matter
        finding = found.finding
        finding.state = FINDING.take("approve", FindingState(finding.state), hand.role)
        _must_be_proposed(found)
        if not is_second(hand, than=found.decided_by):
            raise SecondPerson()
        _approve(act, people.subject_of(hand))


def _approve(act: Performance[Measure], by: str) -> None:
    hand, finding = act.hand, act.matter.finding
    take_turns(TURNS.format(finding.seller_ref))
    together = _together(act)
    role = Role.LEAD if hand.role is Role.MACHINE else hand.role
    _must_be_looked_at(finding, Unheard(finding.because_unheard) if finding.because_unheard else None)
    must_still_fit(role, hand.at, together)
    for one in together:
        rests = basis(
            declared(one.kind),
            seller_ref=one.seller_ref,
            ground=one.ground,
            found_at=finding.found_at,
            at=hand.at,
        )
        one.clause, one.clause_version, one.ground = rests.clause, rests.version, rests.ground
        one.approved_by = by
    _carry_out(act, together, "", policies.version(together[0].policy).expires_days, verb="approve")


def _must_be_proposed(found: Measure) -> None:
    """Let nobody approve or reject by the number of another measure of the finding: a rejected one, or what hides it."""
    if found.state != MeasureState.PROPOSED:
        raise StepNotOpen(title=MEASURE.title, step=APPROVAL, state=MEASURE.states[MeasureState(found.state)])


def _together(act: Performance[Measure]) -> list[Measure]:
    """Return what was proposed together, what it rests on first; the one that is dealt with as it was found."""
    found = act.matter
    together = [found if one.pk == found.pk else one for one in decided_with(found)]
    for one in together:
        one.finding = found.finding
    return together


def send_back(hand: Hand, *, measure: int, reason: Kept, version: int | None = None) -> None:
    """Do not approve what was proposed: the finding waits for another decision, first for the view of a seller who was asked."""
    reason = written.reasoned(reason)
    with perform(hand, MEASURES, measure, version=version) as act:
        _send_back(act, reason)


def _send_back(act: Performance[Measure], reason: str) -> None:
    hand, found = act.hand, act.matter
    finding = found.finding
    asked = "send_back_asked" if finding.asked_at else "send_back_unheard"
    name = "send_back" if finding.heard_at else asked
    finding.state = FINDING.take(name, FindingState(finding.state), hand.role)
    _must_be_proposed(found)
    finding.because_unheard = ""
    finding.save(update_fields=("state", "because_unheard"))
    for one in _together(act):
        of = act if one.pk == found.pk else act.also(MEASURES, one)
        of.step("reject")
        one.ended_because, one.closed_at = Ended.REJECTED.value, hand.at
        of.save("ended_because", "closed_at")
    act.news = "" if finding.state == FindingState.HEARING else "decide"
    act.record("send_back", reason=reason)


def miss_approval(hand: Hand, *, measure: int) -> None:
    """Remind of a measure that nobody approved; where nobody else could, time in everybody's sight takes their place.

    No time carries out what an agent proposed and what shows a provisionally hidden listing again.
    """
    with perform(hand, MEASURES, measure) as act:
        found = act.matter
        if found.state != MeasureState.PROPOSED or decided_with(found)[0].pk != found.pk:
            return
        if not somebody_else((found.decided_by,), hand.at) and not _shows_by_an_agent(found):
            _let_time_approve(act)
            return
        _tell_approvers(found.finding, found, hand.at)
        act.news = "approve"
        act.record("miss_approval")


def _shows_by_an_agent(measure: Measure) -> bool:
    """Say whether no lead or counsel proposed it, or the record does not say who, and it shows what is hidden again."""
    removes = any(one.kind == LISTING_REMOVED.code for one in decided_with(measure))
    if removes or not reversal.hidings_of(measure.finding):
        return False
    acts = ledger.acts_about(records.about(measure.finding), kind="enforcement.propose_measure")
    return not acts or (acts[-1].content or {}).get("role") not in HEADS


def _let_time_approve(act: Performance[Measure]) -> None:
    """Carry out what nobody else could approve; what is not possible any more goes back, and says why."""
    finding = act.matter.finding
    try:
        with memory.attempt():
            finding.state = FINDING.take("approve", FindingState(finding.state), Role.LEAD)
            _approve(act, "")
    except Refusal as refusal:
        act.matter = the_measure(act.hand, act.matter.pk)
        _send_back(act, refusal.sentence.ja)


def _must_be_looked_at(finding: Finding, unheard: Unheard | None) -> None:
    """Let a decision pass that does not run ahead of a look at what the seller put right, but where danger forbids waiting.

    One look is owed: a seller that says it again after a look that found otherwise holds up nothing by it.
    """
    said_at = finding.cure_said_at
    cannot_wait = unheard is Unheard.DANGER and finding.harm == Reach.DANGER
    if said_at is None or not curing.awaits_look(said_at, finding.cured_at) or cannot_wait:
        return
    acts = {kind for kind, _ in ledger.kinds_about(records.about(finding))}
    if "enforcement.note_uncured" not in acts:
        raise CureUnseen(when=spoken(said_at))


def _kind(code: str) -> Kind:
    if code not in {one.code for one in DECLARED}:
        raise MeasureUnknown(measure=code[:32])
    return declared(code)


def _new(hand: Hand, finding: Finding, judged: Judged, wish: Wish, *, is_other: bool) -> Measure:
    kind = declared(wish.measure)
    rests = basis(
        kind, seller_ref=finding.seller_ref, ground=wish.ground, found_at=finding.found_at, at=hand.at
    )
    needed = bounds.needed_target(kind)
    measure = Measure(
        finding=finding,
        kind=kind.code,
        seller_ref=finding.seller_ref,
        target_ref=getattr(finding, needed) if needed else "",
        clause=rests.clause,
        clause_version=rests.version,
        ground=rests.ground,
        document=wish.document if rests.ground else "",
        policy=judged.policy,
        row=judged.answer.row,
        proposed=judged.answer.measure,
        trace=judged.trace(),
        days=wish.days,
        amount=wish.amount,
        at_once=wish.at_once,
        decided_by=people.subject_of(hand),
        decided_at=hand.at,
    )
    measure.save(force_insert=True)
    said = {
        "other": wish.why_other if is_other else None,
        "amount": wish.why_amount if kind.concerns is Concerns.MONEY else None,
        "hinders": wish.hinders if bounds.must_hinder(wish.at_once) else None,
    }
    statements.keep_why(measure, {name: text for name, text in said.items() if text})
    measure.save(update_fields=("why",))
    return measure


def _tell_hastened(hand: Hand, finding: Finding, unheard: Unheard) -> None:
    records.tell(records.seller(finding), notices.HASTENED, finding, hand.at, because=UNHEARD_TEXTS[unheard])


def _propose(act: Performance[Finding], together: list[Measure], reason: str) -> None:
    _tell_approvers(act.matter, together[0], act.hand.at)
    act.news = "approve"
    act.record("propose_measure", reason=reason, **_payload(together))


def _carry_out(
    act: Performance[Any],
    together: list[Measure],
    reason: str,
    expires_days: int,
    *,
    verb: str = "decide",
) -> None:
    hand, measure = act.hand, together[0]
    finding = measure.finding
    finding.decided_at = finding.closed_at = hand.at
    finding.save(update_fields=("state", "because_unheard", "decided_at", "closed_at"))
    happened = [
        event for one in together for event in execution.carry_out(hand, one, expires_days=expires_days)
    ]
    reversal.end_hidings(hand, finding)
    tell_reporter(finding, hand.at, notices.ACTED)
    ended = records.news(FindingEnded, finding, state=finding.state)
    ground = measure.ground or measure.clause
    act.record(verb, *happened, ended, ground=ground, reason=reason, **_payload(together))


def _payload(together: list[Measure]) -> dict[str, Any]:
    measure, *beside = together
    return {
        "measure": measure.pk,
        "kind": measure.kind,
        "target": measure.target_ref,
        "days": measure.days,
        "amount": sum(one.amount for one in together),
        "policy": measure.policy,
        "row": measure.row,
        "proposed": measure.proposed,
        "clause_version": measure.clause_version,
        "at_once": "".join(one.at_once for one in together),
        "document": measure.document,
        "beside": [[one.pk, one.kind, one.days] for one in beside],
    }


def _tell_approvers(finding: Finding, measure: Measure, at: datetime) -> None:
    records.tell("lead", notices.TO_APPROVE, finding, at, measure=declared(measure.kind).title)
