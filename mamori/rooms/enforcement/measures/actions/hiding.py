"""A listing that may be dangerous is hidden provisionally by whoever looks; a lead or counsel confirms or lifts it, and the
decision ends it."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.matters import settlement as matters
from mamori.ground.matters.performance import Performance, perform
from mamori.ground.matters.standing import Runs
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import BREACH_HEARING
from mamori.law.grounds import EMERGENCY
from mamori.law.measures import HIDING_DECISION, PROVISIONAL_HIDING
from mamori.rooms.enforcement import notices
from mamori.rooms.enforcement.events import ListingHidden
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.findings.actions import ask, find
from mamori.rooms.enforcement.findings.matter import FINDINGS, MEASURES, Subject
from mamori.rooms.enforcement.inputs import Kept, WhyHidden
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.measures import execution, refusals, statements
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy.records import judge
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended, Source
from mamori.rooms.enforcement.rules.standing import BITES

IN_TIME = Text("{due}までに", "by {due}")
ANY_TIME = Text("判断が出るまでいつでも", "at any time until the decision")


def hide_provisionally(actor: Actor, *, finding: int, because: Text, version: int | None = None) -> int:
    """Hide the listing of a finding because people may come to harm, until it is decided, and return the hiding's number.

    Any member of staff does it at any hour.  The seller is told at once, with `because`, asked for its view, and gets no
    points.  Where no clause binds the seller it rests on the danger itself.  Done twice it is the same one.
    """
    with perform(actor, FINDINGS, finding, version=version) as act:
        found, before = act.matter, FindingState(act.matter.state)
        standing = execution.hidings_of(found) if actor.is_staff and found.closed_at is None else []
        if standing:
            return standing[0].pk
        act.step("hide")
        if found.harm != Reach.DANGER:
            raise refusals.OnlyForDanger()
        if not found.listing_ref:
            raise refusals.NothingToTouch(measure=PROVISIONAL_HIDING.title)
        due = None
        if found.asked_at is None:
            due = ask(act)
        elif before is FindingState.HEARING:
            due = matters.due(Runs(BREACH_HEARING, since=found.asked_at))
        hiding = _new(actor, found, because, view_due=due)
        said = {
            "speak": IN_TIME.fill(due=spoken(due)) if due else ANY_TIME,
            "basis": statements.basis_of(hiding).title,
        }
        records.notify(
            records.seller(found), notices.HIDDEN, found, actor.at, listing=found.listing_ref, **said
        )
        if hiding.reviewed_at is None:
            records.notify("lead", notices.HIDING_WAITS, found, actor.at, listing=found.listing_ref)
        act.news = "hiding"
        act.record(
            "hide_provisionally",
            records.news_of(ListingHidden, hiding),
            measure=hiding.pk,
            target=hiding.target_ref,
            clause_version=hiding.clause_version,
            ground=hiding.ground or hiding.clause,
        )
        return hiding.pk


def hide(actor: Actor, *, finding: int, because: WhyHidden, version: int | None = None) -> None:
    """Do the same with one text for both languages, as a person at the desk writes it."""
    because = written.reasoned(because)
    hide_provisionally(actor, finding=finding, because=Text(because, because), version=version)


def _new(actor: Actor, finding: Finding, because: Text, *, view_due: datetime | None) -> Measure:
    judged, rests = judge(finding, actor.at), _basis(actor, finding)
    looked = actor.at if actor.role in bounds.DECIDERS else None
    due = view_due or actor.at
    hiding = execution.new(
        actor, finding, PROVISIONAL_HIDING, judged, rests, view_due_at=due, reviewed_at=looked
    )
    statements.keep_why(hiding, {"hidden": because})
    execution.take_effect(actor, hiding)
    statements.state_hidden(hiding)
    hiding.save()
    return hiding


def _basis(actor: Actor, finding: Finding) -> refusals.Basis:
    """Return the clause that binds the seller; a danger waits for no seller's word, and is the ground where none does."""
    try:
        return refusals.basis(
            PROVISIONAL_HIDING,
            seller_ref=finding.seller_ref,
            ground="",
            found_at=finding.found_at,
            at=actor.at,
        )
    except refusals.NoClause:
        return refusals.Basis(ground=EMERGENCY.code)


def confirm_hiding(actor: Actor, *, finding: int, reason: Kept, version: int | None = None) -> None:
    """Let a provisional hiding stand until the decision, as a lead or counsel."""
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        act.step("confirm_hiding")
        hiding = _unconfirmed(act)
        hiding.reviewed_at = actor.at
        hiding.save(update_fields=("reviewed_at",))
        records.notify(records.seller(act.matter), notices.HIDING_STAYS, act.matter, actor.at)
        act.record("confirm_hiding", reason=reason, measure=hiding.pk)


def lift_hiding(actor: Actor, *, finding: int, reason: Kept, version: int | None = None) -> None:
    """Find, as a lead or counsel, that nothing has to be hidden: the listing is shown again, and the finding goes on."""
    reason = written.reasoned(reason)
    with perform(actor, FINDINGS, finding, version=version) as act:
        act.step("lift_hiding")
        hiding = _unconfirmed(act)
        ended = execution.undo(actor, hiding, Ended.NO_DANGER)
        act.record("lift_hiding", *([ended] if ended else []), reason=reason, measure=hiding.pk)


def _unconfirmed(act: Performance[Finding]) -> Measure:
    standing = execution.hidings_of(act.matter)
    if not standing:
        raise refusals.HiddenNoLonger()
    if standing[0].reviewed_at is not None:
        raise refusals.HidingConfirmed(when=spoken(standing[0].reviewed_at))
    return standing[0]


def remind_hiding(actor: Actor, *, measure: int, clock: str) -> None:
    """Tell all leads that a provisional hiding waits for their look, or its finding for the decision; it stays as it is."""
    with perform(actor, MEASURES, measure) as act:
        hiding, found = act.matter, act.matter.finding
        if hiding.state not in BITES or found.closed_at is not None:
            return
        is_missing = clock == HIDING_DECISION.code
        if is_missing:
            hiding.undecided_since = hiding.undecided_since or actor.at
            act.save("undecided_since")
        template = notices.HIDING_UNDECIDED if is_missing else notices.HIDING_WAITS
        records.notify("lead", template, found, actor.at, listing=found.listing_ref)
        act.news = "undecided" if is_missing else "hiding"
        act.record("remind_hiding", clock=clock)


def find_reported(
    actor: Actor,
    *,
    breach: str,
    severity: Severity,
    harm: Reach,
    seller: str,
    listing: str,
    review: str,
    said: Text,
    origin: str,
) -> int:
    """Take in what was found upon a report and return the finding's number.

    It was found when staff found it: when it was reported would tell the seller who did.  Who reported is told by whoever took
    the report, so that no finding knows them.
    """
    return find(
        actor,
        breach=breach,
        severity=severity,
        harm=harm,
        subject=Subject(seller=seller, listing=listing, review=review),
        facts=(said,),
        origin=origin,
        source=Source.REPORT,
    )


def find_requested(
    actor: Actor,
    *,
    breach: str,
    harm: Reach,
    seller: str,
    listing: str,
    facts: tuple[Text, ...],
    origin: str,
    by_authority: bool,
) -> int:
    """Take in what an authority asks for, and return the finding's number: told again from the same origin it is the same one.

    `by_authority` alone lets the seller read that an authority asked; without it the finding is the operator's own.
    """
    return find(
        actor,
        breach=breach,
        severity=Severity.GRAVE if harm is Reach.DANGER else Severity.SERIOUS,
        harm=harm,
        subject=Subject(seller=seller, listing=listing),
        facts=facts,
        origin=origin,
        source=Source.AUTHORITY if by_authority else Source.STAFF,
    )
