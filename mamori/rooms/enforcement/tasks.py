"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired, Task
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.events import InstructionConfirmed, InstructionIssued, InstructionRefused
from mamori.law.clarifications import CLARIFICATION_CLOCKS, CLARIFICATION_REMINDER, AskedWhom
from mamori.law.deadlines import (
    APPEAL_ANSWER,
    APPEAL_DECISION,
    APPEAL_WINDOW,
    APPROVAL,
    BREACH_HEARING,
    DEADLINES,
    FINDING_GRAVE,
    FINDING_MINOR,
    FINDING_SERIOUS,
    MEASURE_CONFIRMATION,
    MEASURE_REVIEW,
    POLICY_APPROVAL,
    POLICY_NOTICE,
)
from mamori.law.measures import HIDING_DECISION, HIDING_LOOK
from mamori.rooms.contact.events import ProposalEnded, RecoveryEnded, ResolutionMissed, SellerNotReached
from mamori.rooms.display.events import ContactUnproven, DisplayMissed, RequestMissed
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.clarifications import actions
from mamori.rooms.enforcement.clarifications.queries import subject_of
from mamori.rooms.enforcement.events import PolicySpread
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import deciding, hiding, standing
from mamori.rooms.enforcement.models import Clarification
from mamori.rooms.enforcement.policy import actions as policy
from mamori.rooms.enforcement.policy.rules.judging import Haste
from mamori.rooms.enforcement.rules.standing import END_CLOCK, START_CLOCK


def policy_approval_due(fired: Fired) -> None:
    """Ring for a proposal that nobody approved."""
    policy.lapse_policy(fired.actor, number=_number(fired))


def notice_over(fired: Fired) -> None:
    """Ring for a version whose day has come."""
    policy.begin_policy(fired.actor, number=_number(fired))


def policy_spread(event: PolicySpread, at: datetime) -> None:
    """Hear that more sellers are to be told of a change."""
    policy.notify_sellers(
        Actor(by="machine:policy", role=Role.MACHINE, at=at, via="outbox"),
        number=event.policy,
        after=event.after,
        discarded=event.discarded,
        haste=Haste(event.haste) if event.haste else None,
    )


def _number(fired: Fired) -> int:
    return int(fired.about.rpartition(":")[2])


POLICY_RINGS: Mapping[str, Task] = {
    POLICY_APPROVAL.code: policy_approval_due,
    POLICY_NOTICE.code: notice_over,
}


WHY = "retention.enforcement.clarifications"


def answer_late(fired: Fired) -> None:
    """Ring for whoever has not answered yet."""
    actions.remind_clarification(fired.actor, clarification=int(fired.about.rpartition(":")[2]))


def answer_missed(fired: Fired) -> None:
    """Ring for an answer that did not come in time."""
    actions.lapse_clarification(fired.actor, clarification=int(fired.about.rpartition(":")[2]))


def erase_clarifications(actor: Actor, over: datetime, limit: int) -> int:
    """Erase so many that ended before `over`: the key of each is destroyed; what is held stays."""
    rows = Clarification.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(actor, rows, limit=limit, reason=WHY, whose=_whose, wipe=_wipe)


def erase_clarifications_of(subject: str, at: datetime, limit: int) -> int:
    """Hear that a seller's key is destroyed; return how many of what it was asked were erased with it, so many at most."""
    side, _, ref = subject.partition(":")
    if side != "seller":
        return 0
    actor = Actor(by="machine:erasing", role=Role.MACHINE, at=at, via="worker")
    rows = Clarification.objects.filter(seller_ref=ref, whom=AskedWhom.SELLER, said__isnull=False)
    found = list(rows.order_by("pk")[:limit])
    for row in found:
        ledger.shred(actor, subject=subject_of(row), reason=WHY)
        _wipe(row)
    return len(found)


def _wipe(row: Clarification) -> None:
    row.said, row.digest = None, None
    row.save(update_fields=("said", "digest"))


def _whose(row: Clarification) -> tuple[str, ...]:
    """Return whose key it is, and by what a hold may mean it: the matter that asked, and the shop that it is about."""
    return subject_of(row), row.about, *([f"seller:{row.seller_ref}"] if row.seller_ref else ())


def _heard(who: str, at: datetime) -> Actor:
    return Actor(by=f"machine:{who}", role=Role.MACHINE, at=at, via="outbox")


def decision_due(fired: Fired) -> None:
    """Ring for a finding that is to be decided upon."""
    findings.remind_decision(fired.actor, finding=_number(fired))


def hearing_over(fired: Fired) -> None:
    """Ring for a seller who was asked."""
    findings.end_hearing(fired.actor, finding=_number(fired))


def asked_due(fired: Fired) -> None:
    """Ring for what a finding asks for and nobody has done.

    :raises LookupError: when it is a clock of something else, for which a task has to be named.
    """
    if not fired.about.startswith("enforcement.finding:"):
        raise LookupError(f"no task is named for {fired.kind} about {fired.about}")
    standing.remind(fired.actor, finding=_number(fired), clock=fired.kind)


def approval_due(fired: Fired) -> None:
    """Ring for a measure that waits for a second person."""
    deciding.miss_approval(fired.actor, measure=_number(fired))


def hiding_due(fired: Fired) -> None:
    """Ring for a listing that is provisionally hidden: nobody of the leads has looked, or nobody has decided."""
    hiding.remind_hiding(fired.actor, measure=_number(fired), clock=fired.kind)


def start_due(fired: Fired) -> None:
    """Ring for an announced measure."""
    standing.start_measure(fired.actor, measure=_number(fired))


def end_due(fired: Fired) -> None:
    """Ring for a measure whose time is over."""
    standing.end_measure(fired.actor, measure=_number(fired))


def confirmation_due(fired: Fired) -> None:
    """Ring for a marketplace that has not confirmed."""
    standing.chase(fired.actor, measure=_number(fired), times=int(fired.key))


def review_due(fired: Fired) -> None:
    """Ring for a measure that is reviewed."""
    standing.remind_review(fired.actor, measure=_number(fired))


def instruction_issued(event: InstructionIssued, at: datetime) -> None:
    """Hear what the marketplace is asked anew because it was undone too late."""
    if event.times == 1:
        standing.hear_given_anew(_heard("market/issued", at), instruction=event.instruction)


def instruction_confirmed(event: InstructionConfirmed, at: datetime) -> None:
    """Hear that the marketplace has carried an instruction out."""
    standing.hear_confirmed(_heard("market", at), instruction=event.instruction)


def instruction_refused(event: InstructionRefused, at: datetime) -> None:
    """Hear that the marketplace could not carry an instruction out."""
    standing.hear_refused(_heard("market", at), instruction=event.instruction)


def resolution_missed(event: ResolutionMissed, at: datetime) -> None:
    """Hear that a trouble was not solved in time."""
    findings.resolution_missed(_heard("contact", at), trouble=event.trouble)


def proposal_ended(event: ProposalEnded, at: datetime) -> None:
    """Hear that a proposal, or an agreement, came to its end."""
    findings.proposal_ended(
        _heard("contact", at), trouble=event.trouble, proposal=event.proposal, state=event.state
    )


def recovery_ended(event: RecoveryEnded, at: datetime) -> None:
    """Hear that a recovery came to its end."""
    findings.recovery_ended(_heard("contact", at), recovery=event.recovery, state=event.state)


def seller_not_reached(event: SellerNotReached, at: datetime) -> None:
    """Hear that a seller was called many times and not reached."""
    findings.seller_not_reached(_heard("contact", at), trouble=event.trouble, times=event.times)


def display_missed(event: DisplayMissed, at: datetime) -> None:
    """Hear that a display was not put right in time."""
    findings.display_missed(
        _heard("display", at), seller_ref=event.seller_ref, faults=event.faults, since=event.since
    )


def contact_unproven(event: ContactUnproven, at: datetime) -> None:
    """Hear that a contact in a display was not proved in time."""
    findings.contact_unproven(
        _heard("display", at), seller_ref=event.seller_ref, channel=event.channel, since=event.since
    )


def request_missed(event: RequestMissed, at: datetime) -> None:
    """Hear that what a display gives on request was not given in time."""
    findings.request_missed(
        _heard("display", at),
        seller_ref=event.seller_ref,
        version=event.version,
        items=event.items,
        since=event.since,
    )


def appeal_due(fired: Fired) -> None:
    """Ring for an appeal that is to be decided."""
    appeals.remind_appeal(fired.actor, appeal=_number(fired))


def appeal_answer_due(fired: Fired) -> None:
    """Ring for a seller who was asked for more."""
    appeals.go_on_appeal(fired.actor, appeal=_number(fired))


RINGS = {one.code: asked_due for one in DEADLINES if one.code.startswith("enforcement.")} | {
    APPEAL_DECISION.code: appeal_due,
    APPEAL_ANSWER.code: appeal_answer_due,
    FINDING_MINOR.code: decision_due,
    FINDING_SERIOUS.code: decision_due,
    FINDING_GRAVE.code: decision_due,
    BREACH_HEARING.code: hearing_over,
    APPROVAL.code: approval_due,
    HIDING_LOOK.code: hiding_due,
    HIDING_DECISION.code: hiding_due,
    START_CLOCK: start_due,
    END_CLOCK: end_due,
    APPEAL_WINDOW.code: end_due,
    MEASURE_CONFIRMATION.code: confirmation_due,
    MEASURE_REVIEW.code: review_due,
    **{one.code: answer_missed for one in CLARIFICATION_CLOCKS.values()},
    CLARIFICATION_REMINDER.code: answer_late,
}
"""A clock that is not named here reminds of what a finding asks for."""
