"""The same verbs on a clock or upon news from below: each is done by the machine's hand."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.hand import Hand, Role
from mamori.ground.clocks.actions import Rang
from mamori.ground.market.events import InstructionConfirmed, InstructionIssued, InstructionRefused
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
)
from mamori.law.measures import HIDING_DECISION, HIDING_LOOK
from mamori.rooms.contact.events import (
    ProposalEnded,
    RecoveryEnded,
    ResolutionMissed,
    SellerNotReached,
)
from mamori.rooms.display.events import ContactUnproven, DisplayMissed, RequestMissed
from mamori.rooms.enforcement import actions, contact_findings
from mamori.rooms.enforcement.clarifications import tasks as clarifications
from mamori.rooms.enforcement.rules.standing import END_CLOCK, START_CLOCK


def _heard(who: str, at: datetime) -> Hand:
    return Hand(by=f"machine:{who}", role=Role.MACHINE, at=at, via="outbox")


def _id(rang: Rang) -> int:
    return int(rang.about.rpartition(":")[2])


def decision_due(rang: Rang) -> None:
    """Ring for a finding that is to be decided upon."""
    actions.remind_decision(rang.hand, finding=_id(rang))


def hearing_over(rang: Rang) -> None:
    """Ring for a seller who was asked."""
    actions.end_hearing(rang.hand, finding=_id(rang))


def asked_due(rang: Rang) -> None:
    """Ring for what a finding asks for and nobody has done.

    :raises LookupError: when it is a clock of something else, for which a task has to be named.
    """
    if not rang.about.startswith("enforcement.finding:"):
        raise LookupError(f"no task is named for {rang.kind} about {rang.about}")
    actions.remind(rang.hand, finding=_id(rang), clock=rang.kind)


def approval_due(rang: Rang) -> None:
    """Ring for a measure that waits for a second person."""
    actions.miss_approval(rang.hand, measure=_id(rang))


def hiding_due(rang: Rang) -> None:
    """Ring for a listing that is provisionally hidden: nobody of the leads has looked, or nobody has decided."""
    actions.remind_hiding(rang.hand, measure=_id(rang), clock=rang.kind)


def start_due(rang: Rang) -> None:
    """Ring for an announced measure."""
    actions.start_measure(rang.hand, measure=_id(rang))


def end_due(rang: Rang) -> None:
    """Ring for a measure whose time is over."""
    actions.end_measure(rang.hand, measure=_id(rang))


def confirmation_due(rang: Rang) -> None:
    """Ring for a marketplace that has not confirmed."""
    actions.chase(rang.hand, measure=_id(rang), times=int(rang.key))


def review_due(rang: Rang) -> None:
    """Ring for a measure that is reviewed."""
    actions.remind_review(rang.hand, measure=_id(rang))


def instruction_issued(event: InstructionIssued, at: datetime) -> None:
    """Hear what the marketplace is asked anew because it was undone too late."""
    if event.times == 1:
        actions.hear_given_anew(_heard("market/issued", at), instruction=event.instruction)


def instruction_confirmed(event: InstructionConfirmed, at: datetime) -> None:
    """Hear that the marketplace has carried an instruction out."""
    actions.hear_confirmed(_heard("market", at), instruction=event.instruction)


def instruction_refused(event: InstructionRefused, at: datetime) -> None:
    """Hear that the marketplace could not carry an instruction out."""
    actions.hear_refused(_heard("market", at), instruction=event.instruction)


def resolution_missed(event: ResolutionMissed, at: datetime) -> None:
    """Hear that a trouble was not solved in time."""
    contact_findings.resolution_missed(_heard("contact", at), trouble=event.trouble)


def proposal_ended(event: ProposalEnded, at: datetime) -> None:
    """Hear that a proposal, or an agreement, came to its end."""
    contact_findings.proposal_ended(
        _heard("contact", at), trouble=event.trouble, proposal=event.proposal, state=event.state
    )


def recovery_ended(event: RecoveryEnded, at: datetime) -> None:
    """Hear that a recovery came to its end."""
    contact_findings.recovery_ended(_heard("contact", at), recovery=event.recovery, state=event.state)


def seller_not_reached(event: SellerNotReached, at: datetime) -> None:
    """Hear that a seller was called many times and not reached."""
    contact_findings.seller_not_reached(_heard("contact", at), trouble=event.trouble, times=event.times)


def display_missed(event: DisplayMissed, at: datetime) -> None:
    """Hear that a display was not put right in time."""
    actions.display_missed(
        _heard("display", at), seller_ref=event.seller_ref, faults=event.faults, since=event.since
    )


def contact_unproven(event: ContactUnproven, at: datetime) -> None:
    """Hear that a contact in a display was not proved in time."""
    actions.contact_unproven(
        _heard("display", at), seller_ref=event.seller_ref, channel=event.channel, since=event.since
    )


def request_missed(event: RequestMissed, at: datetime) -> None:
    """Hear that what a display gives on request was not given in time."""
    actions.request_missed(
        _heard("display", at),
        seller_ref=event.seller_ref,
        version=event.version,
        items=event.items,
        since=event.since,
    )


def appeal_due(rang: Rang) -> None:
    """Ring for an appeal that is to be decided."""
    actions.remind_appeal(rang.hand, appeal=_id(rang))


def appeal_answer_due(rang: Rang) -> None:
    """Ring for a seller who was asked for more."""
    actions.go_on_appeal(rang.hand, appeal=_id(rang))


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
    **clarifications.RINGS,
}
"""A clock that is not named here reminds of what a finding asks for."""
