"""A measure is decided on where it fits: alone or by two, never outside its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.measure import CONCERNS_TEXTS, WEIGHT_TEXTS, Concerns, Measure as Kind, Reach
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.memory import take_turns
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as market, facts as market_facts
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.people import facts as people
from mamori.ground.web.signing.here import is_second
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.breaches import breach
from mamori.law.measures import LISTING_REMOVED, MEASURES as DECLARED, measure as declared
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.events import FindingEnded
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.actions import notify_reporter
from mamori.rooms.enforcement.findings.matter import FINDINGS, MEASURES, somebody_else, the_measure
from mamori.rooms.enforcement.inputs import Kept
from mamori.rooms.enforcement.lifecycle import FINDING, MEASURE, STANDING, FindingState, MeasureState
from mamori.rooms.enforcement.measures import execution, refusals, statements
from mamori.rooms.enforcement.models import REPEATABLE, Finding, Measure
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.policy.records import Judged, decided_with, is_repeated, judge
from mamori.rooms.enforcement.policy.rules.checks import NOT_BESIDE
from mamori.rooms.enforcement.policy.rules.judging import changed
from mamori.rooms.enforcement.policy.rules.table import Pair, pair_of
from mamori.rooms.enforcement.rules import bounds, standing
from mamori.rooms.enforcement.rules.bounds import UNHEARD_TEXTS, Ended, Unheard

# Whether a measure fits: within its bounds, its ground there, the seller heard; asked when it is decided on and approved.


MOST_OF_DOCUMENT = 200


class NotBeside(Refusal, code="not-beside", status=422):
    """Given when a measure is to come beside another that may not: it is the same, or not one on the account or on money."""

    text = NOT_BESIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody decides: a measure, its days (0: no end), one `beside` it, why, and why the seller was not heard first.

    `amount` caps a hold of money, in yen; 0 = all of it.  `at_once` is the listed ground on which it is not announced days
    ahead, "" where it is.  `why_other` and `why_amount` tell the seller why it is not what the policy answers, and why so
    much is held and not less; `hinders`, how a repeated breach hinders the business.  Each is needed where that is so.
    `document` names the order or request where `ground` is one of the law.
    """

    measure: str
    days: int
    reason: str
    unheard: Unheard | None = None
    ground: str = ""
    document: str = ""
    at_once: str = ""
    amount: int = 0
    why_other: Text | None = None
    why_amount: Text | None = None
    hinders: Text | None = None
    beside: str = ""
    beside_days: int = 0

    @property
    def pair(self) -> Pair:
        """Return the measure, and the one beside it where there is one, each with its days."""
        return pair_of(self.measure, self.days, self.beside, self.beside_days)

    def each(self) -> tuple[Wish, ...]:
        """Return what is wished by itself: of two measures money is capped of the one that holds it, and so on."""
        if not self.beside:
            return (self,)
        return tuple(
            replace(
                self,
                measure=code,
                days=days,
                beside="",
                beside_days=0,
                amount=self.amount if declared(code).concerns is Concerns.MONEY else 0,
                at_once=self.at_once if declared(code).announced_days else "",
            )
            for code, days in self.pair
        )


def must_still_fit(role: Role, at: datetime, together: Sequence[Measure]) -> Judged:
    """Judge again what was proposed, and let it pass where nothing changed since: its reasons are written from its trace."""
    measure, finding = together[0], together[0].finding
    judged = judge(finding, at)
    what = changed(measure.trace, judged.trace(), policies=(measure.policy, judged.policy))
    if what is not None:
        raise refusals.ProposalOutdated(what=what)
    why = {name: text for one in together for name, text in statements.why_of(one).items()}
    beside = together[1] if len(together) > 1 else None
    wish = Wish(
        measure=measure.kind,
        days=measure.days,
        reason="",
        beside=beside.kind if beside else "",
        beside_days=beside.days if beside else 0,
        unheard=Unheard(finding.because_unheard) if finding.because_unheard else None,
        ground=measure.ground,
        document=measure.document,
        at_once="".join(one.at_once for one in together),
        amount=sum(one.amount for one in together),
        why_other=why.get("other"),
        why_amount=why.get("amount"),
        hinders=why.get("hinders"),
    )
    must_fit(role, at, finding, judged, wish)
    return judged


def must_fit(role: Role, at: datetime, finding: Finding, judged: Judged, wish: Wish) -> None:
    """Let a wish pass that lies within its bounds, as decided by this role at this moment."""
    answered, is_other = declared(judged.answer.measure).title, is_deviation(finding, judged, wish.pair)
    if is_other and not bounds.may_deviate(role):
        raise refusals.OtherThanTable(measure=answered)
    if is_other and not wish.why_other:
        raise refusals.OtherUnsaid(measure=answered)
    if wish.beside and not bounds.fits_beside(wish.beside, wish.measure):
        raise NotBeside(measure=declared(wish.beside).title)
    for one in wish.each():
        _must_fit_alone(finding, judged, one)
    by_law = bounds.needs_document(wish.ground)
    if by_law and not 0 < len(wish.document) <= MOST_OF_DOCUMENT:
        raise refusals.DocumentUnnamed(most=MOST_OF_DOCUMENT)
    for one in wish.each():
        if one.at_once:
            _may_be_at_once(role, at, finding, judged, one)
        _must_be_heard(role, finding, one)
    if not by_law and bounds.comes_back(wish.pair, finding.breach, Reach(finding.harm)) and is_up(finding):
        raise refusals.ComesBack()


def _must_fit_alone(finding: Finding, judged: Judged, wish: Wish) -> None:
    kind = declared(wish.measure)
    if kind.concerns is Concerns.MONEY and not wish.why_amount:
        raise refusals.AmountUnsaid()
    if not bounds.days_fit(kind, wish.days):
        raise refusals.DaysOutOfBounds(measure=kind.title, bounds=_bounds(kind), days=wish.days)
    if not bounds.amount_fits(kind, wish.amount):
        raise refusals.AmountOutOfBounds(measure=kind.title, amount=f"{wish.amount:,}")
    if not bounds.concerns_fit(kind, finding.breach):
        title = breach(finding.breach).title
        raise refusals.BesideTheBreach(measure=kind.title, what=CONCERNS_TEXTS[kind.concerns], breach=title)
    if not bounds.cure_fits(kind, cured=finding.cured_at is not None):
        raise refusals.EndsByCure(measure=kind.title)
    if not bounds.needs_document(wish.ground):
        found = judged.situation
        if not bounds.weighs_enough(
            kind, found.breach, severity=found.severity, harm=found.harm, history=found.history
        ):
            raise refusals.TooLight(measure=kind.title, when=WEIGHT_TEXTS[kind.weight])
    _must_be_there(kind, finding)


def _must_be_heard(role: Role, finding: Finding, wish: Wish) -> None:
    kind, harm = declared(wish.measure), Reach(finding.harm)
    if wish.unheard is not None:
        if not bounds.may_skip_hearing(wish.unheard, kind, harm=harm, ground=wish.ground, role=role):
            raise refusals.HearingOwed(measure=kind.title)
    elif (kind.hearing or finding.state == FindingState.HEARING) and finding.heard_at is None:
        raise refusals.HearingOwed(measure=kind.title)


def is_deviation(finding: Finding, judged: Judged, wished: Pair) -> bool:
    """Say whether a wish is other than the policy answers; what it answers beside and stands already need not come again."""
    answer = judged.answer
    without = replace(answer, beside="", beside_days=0)
    return bounds.is_deviation(wished, answer) and (
        not answer.beside or not _stands(answer.beside, finding) or bounds.is_deviation(wished, without)
    )


def _stands(code: str, finding: Finding, target: str = "") -> bool:
    return Measure.objects.filter(
        kind=code, seller_ref=finding.seller_ref, target_ref=target, state__in=STANDING
    ).exists()


def may_be_beside(kind: Kind, finding: Finding) -> bool:
    """Say whether a measure could come beside another now: on the account or on money, fitting, and not there yet."""
    return bounds.may_be_beside(kind) and suits(kind, finding) and not _stands(kind.code, finding)


def is_up(finding: Finding) -> bool:
    """Say whether what it is about is a listing that is there, not put right, and not removed."""
    if (
        not finding.listing_ref
        or finding.cured_at is not None
        or is_gone(LISTING_REMOVED, finding) is not False
    ):
        return False
    return not _stands(LISTING_REMOVED.code, finding, finding.listing_ref)


def _may_be_at_once(role: Role, at: datetime, finding: Finding, judged: Judged, wish: Wish) -> None:
    """Let a measure come without the days before it on a ground that its clause lists, by a decider's word."""
    if not bounds.may_deviate(role):
        raise refusals.OtherThanTable(measure=declared(judged.answer.measure).title)
    kind = declared(wish.measure)
    listed = bounds.grounds_at_once(kind)
    if wish.at_once not in {one.code for one in listed} or not bounds.may_be_at_once(
        wish.at_once, repeated=is_repeated(finding, at)
    ):
        titles = Text(
            "、".join(one.title.ja for one in listed) or "なし",
            ", ".join(one.title.en for one in listed) or "nothing",
        )
        raise refusals.MustWait(measure=kind.title, days=kind.announced_days, grounds=titles)
    if bounds.must_hinder(wish.at_once) and not wish.hinders:
        raise refusals.HindranceUnsaid()


def suits(kind: Kind, finding: Finding) -> bool:
    """Say whether a measure is one for this breach as it stands."""
    return bounds.concerns_fit(kind, finding.breach) and bounds.cure_fits(
        kind, cured=finding.cured_at is not None
    )


def _must_be_there(kind: Kind, finding: Finding) -> None:
    target = execution.target_of(kind, finding)
    if bounds.needed_target(kind) and not target:
        raise refusals.NothingToTouch(measure=kind.title)
    # Of two holds of money nobody could say which cap is left when one is released: the second waits for that.
    stands = bounds.HOLDING if kind.concerns is Concerns.MONEY else STANDING
    standing = (
        Measure.objects.filter(
            kind=kind.code, seller_ref=finding.seller_ref, target_ref=target, state__in=stands
        )
        .exclude(kind__in=REPEATABLE)
        .first()
    )
    if standing is not None:
        raise refusals.AlreadyStands(measure=kind.title, state=execution.state_text(standing))
    ref = execution.ordered_on(kind, finding.seller_ref, target)
    gone = is_gone(kind, finding)
    if gone is None:
        raise market.TargetUnknown(seller=finding.seller_ref, ref=ref)
    if gone:
        raise market.AlreadyGone(ref=ref)


def is_gone(kind: Kind, finding: Finding) -> bool | None:
    """Say whether what a measure would touch is gone at the marketplace; None where nobody told of it."""
    if not kind.order:
        return False
    ref = execution.ordered_on(kind, finding.seller_ref, execution.target_of(kind, finding))
    return market_facts.is_gone_for(kind.order, seller_ref=finding.seller_ref, ref=ref)


def _bounds(kind: Kind) -> Text:
    if kind.days is None:
        return Text("定めがなく（0日）", "no days (0)")
    return Text(
        f"{kind.days.least}日から{kind.days.most}日", f"from {kind.days.least} to {kind.days.most} days"
    )


# A measure is decided on: what the table answers, or another with a reason; alone or by two, never outside its bounds.


APPROVAL = Text("提案を承認する・承認しない", "approve or reject the proposal")
TURNS = "enforcement.decide/{}"
"""Decisions about one seller come one after the other: each sees the points that the last has given."""


def decide(actor: Actor, *, finding: int, wish: Wish, version: int | None = None) -> int:
    """Decide on a measure and what comes beside it, or propose both where another person has to approve; return its number."""
    reason = written.reasoned(wish.reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        found = act.matter
        _must_be_looked_at(found, wish.unheard)
        take_turns(TURNS.format(found.seller_ref))
        judged = judge(found, actor.at)
        kinds = [_kind(code) for code, _ in wish.pair]
        wish = replace(wish, document=written.optional(wish.document) if wish.ground else "")
        if found.heard_at is not None:  # it spoke meanwhile: nothing has to forbid waiting
            wish = replace(wish, unheard=None)
        must_fit(actor.role, actor.at, found, judged, wish)
        graver = bounds.is_graver(wish.pair, judged.answer)
        second = any(
            bounds.needs_second(
                kind, graver=graver, unheard=wish.unheard, at_once=wish.at_once, ground=wish.ground
            )
            for kind in kinds
        )
        if not second and LISTING_REMOVED not in kinds:
            execution.must_be_heads(actor, found)
        was_hearing = found.state == FindingState.HEARING
        act.step("propose" if second else "decide")
        found.because_unheard = wish.unheard.value if wish.unheard else ""
        act.save("because_unheard")
        is_other = is_deviation(found, judged, wish.pair)
        together = [_new(actor, found, judged, one, is_other=is_other) for one in wish.each()]
        if second:
            _propose(act, together, reason)
            if was_hearing and wish.unheard is not None:
                _notify_hastened(actor, found, wish.unheard)
        else:
            _carry_out(act, together, reason, judged.expires_days)
        return together[0].pk


def approve(actor: Actor, *, measure: int, version: int | None = None) -> None:
    """Approve what another person proposed: it is carried out, where nothing changed that it rests on."""
    with perform(actor, MEASURES, measure, version=version) as act:
        found = act.matter
        finding = found.finding
        finding.state = FINDING.take("approve", FindingState(finding.state), actor.role)
        _must_be_proposed(found)
        if not is_second(actor, than=found.decided_by):
            raise refusals.SecondPerson()
        _approve(act, people.subject_of(actor))


def _approve(act: Performance[Measure], by: str) -> None:
    actor, finding = act.actor, act.matter.finding
    take_turns(TURNS.format(finding.seller_ref))
    together = _together(act)
    role = Role.LEAD if actor.role is Role.MACHINE else actor.role
    _must_be_looked_at(finding, Unheard(finding.because_unheard) if finding.because_unheard else None)
    must_still_fit(role, actor.at, together)
    for one in together:
        rests = refusals.basis(
            declared(one.kind),
            seller_ref=one.seller_ref,
            ground=one.ground,
            found_at=finding.found_at,
            at=actor.at,
        )
        one.clause, one.clause_version, one.ground = rests.clause, rests.version, rests.ground
        one.approved_by = by
    _carry_out(act, together, "", policy.version(together[0].policy).expires_days, verb="approve")


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


def send_back(actor: Actor, *, measure: int, reason: Kept, version: int | None = None) -> None:
    """Do not approve what was proposed: the finding waits for another decision, first for the view of a seller who was asked."""
    reason = written.reasoned(reason)
    with perform(actor, MEASURES, measure, version=version) as act:
        _send_back(act, reason)


def _send_back(act: Performance[Measure], reason: str) -> None:
    actor, found = act.actor, act.matter
    finding = found.finding
    asked = "send_back_asked" if finding.asked_at else "send_back_unheard"
    name = "send_back" if finding.heard_at else asked
    finding.state = FINDING.take(name, FindingState(finding.state), actor.role)
    _must_be_proposed(found)
    finding.because_unheard = ""
    finding.save(update_fields=("state", "because_unheard"))
    for one in _together(act):
        of = act if one.pk == found.pk else act.also(MEASURES, one)
        of.step("reject")
        one.ended_because, one.closed_at = Ended.REJECTED.value, actor.at
        of.save("ended_because", "closed_at")
    act.news = "" if finding.state == FindingState.HEARING else "decide"
    act.record("send_back", reason=reason)


def miss_approval(actor: Actor, *, measure: int) -> None:
    """Remind of a measure that nobody approved; where nobody else could, time in everybody's sight takes their place.

    No time carries out what an agent proposed and what shows a provisionally hidden listing again.
    """
    with perform(actor, MEASURES, measure) as act:
        found = act.matter
        if found.state != MeasureState.PROPOSED or decided_with(found)[0].pk != found.pk:
            return
        if not somebody_else((found.decided_by,), actor.at) and not _shows_by_an_agent(found):
            _let_time_approve(act)
            return
        _notify_approvers(found.finding, found, actor.at)
        act.news = "approve"
        act.record("miss_approval")


def _shows_by_an_agent(measure: Measure) -> bool:
    """Say whether no lead or counsel proposed it, or the record does not say who, and it shows what is hidden again."""
    removes = any(one.kind == LISTING_REMOVED.code for one in decided_with(measure))
    if removes or not execution.hidings_of(measure.finding):
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
        act.matter = the_measure(act.actor, act.matter.pk)
        _send_back(act, refusal.sentence.ja)


def _must_be_looked_at(finding: Finding, unheard: Unheard | None) -> None:
    """Let a decision pass that does not run ahead of a look at what the seller put right, but where danger forbids waiting.

    One look is owed: a seller that says it again after a look that found otherwise holds up nothing by it.
    """
    said_at = finding.cure_said_at
    cannot_wait = unheard is Unheard.DANGER and finding.harm == Reach.DANGER
    if said_at is None or not standing.awaits_look(said_at, finding.cured_at) or cannot_wait:
        return
    acts = {kind for kind, _ in ledger.kinds_about(records.about(finding))}
    if "enforcement.note_uncured" not in acts:
        raise refusals.CureUnseen(when=spoken(said_at))


def _kind(code: str) -> Kind:
    if code not in {one.code for one in DECLARED}:
        raise refusals.MeasureUnknown(measure=code[:32])
    return declared(code)


def _new(actor: Actor, finding: Finding, judged: Judged, wish: Wish, *, is_other: bool) -> Measure:
    kind = declared(wish.measure)
    rests = refusals.basis(
        kind, seller_ref=finding.seller_ref, ground=wish.ground, found_at=finding.found_at, at=actor.at
    )
    measure = execution.new(
        actor,
        finding,
        kind,
        judged,
        rests,
        document=wish.document if rests.ground else "",
        days=wish.days,
        amount=wish.amount,
        at_once=wish.at_once,
    )
    said = {
        "other": wish.why_other if is_other else None,
        "amount": wish.why_amount if kind.concerns is Concerns.MONEY else None,
        "hinders": wish.hinders if bounds.must_hinder(wish.at_once) else None,
    }
    statements.keep_why(measure, {name: text for name, text in said.items() if text})
    measure.save(update_fields=("why",))
    return measure


def _notify_hastened(actor: Actor, finding: Finding, unheard: Unheard) -> None:
    records.notify(
        records.seller(finding), notices.HASTENED, finding, actor.at, because=UNHEARD_TEXTS[unheard]
    )


def _propose(act: Performance[Finding], together: list[Measure], reason: str) -> None:
    _notify_approvers(act.matter, together[0], act.actor.at)
    act.news = "approve"
    act.record("propose_measure", reason=reason, **_payload(together))


def _carry_out(
    act: Performance[Any], together: list[Measure], reason: str, expires_days: int, *, verb: str = "decide"
) -> None:
    actor, measure = act.actor, together[0]
    finding = measure.finding
    finding.decided_at = finding.closed_at = actor.at
    finding.save(update_fields=("state", "because_unheard", "decided_at", "closed_at"))
    happened = [
        event for one in together for event in execution.carry_out(actor, one, expires_days=expires_days)
    ]
    execution.end_hidings(actor, finding)
    notify_reporter(finding, actor.at, notices.ACTED)
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


def _notify_approvers(finding: Finding, measure: Measure, at: datetime) -> None:
    records.notify("lead", notices.TO_APPROVE, finding, at, measure=declared(measure.kind).title)
