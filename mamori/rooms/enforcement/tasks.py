"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired, Task
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.events import InstructionConfirmed, InstructionIssued, InstructionRefused
from mamori.law import deadlines
from mamori.law.clarifications import CLARIFICATION_CLOCKS, CLARIFICATION_REMINDER, AskedWhom
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


def _number(fired: Fired) -> int:
    return int(fired.about.rpartition(":")[2])


def _does(verb: Callable[[], Callable[..., None]], matter: str) -> Task:
    """Return the task that does a verb, named when it is done, to the matter that its clock is about."""
    return lambda fired: verb()(fired.actor, **{matter: _number(fired)})


def _heard(who: str, at: datetime, *, via: str = "outbox") -> Actor:
    return Actor(by=f"machine:{who}", role=Role.MACHINE, at=at, via=via)


def policy_spread(event: PolicySpread, at: datetime) -> None:
    """Hear that more sellers are to be told of a change."""
    policy.notify_sellers(
        _heard("policy", at),
        number=event.policy,
        after=event.after,
        discarded=event.discarded,
        haste=Haste(event.haste) if event.haste else None,
    )


WHY = "retention.enforcement.clarifications"


def erase_clarifications(actor: Actor, over: datetime, limit: int) -> int:
    """Erase so many that ended before `over`: the key of each is destroyed; what is held stays."""
    rows = Clarification.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk")
    return ledger.shred_each(actor, rows, limit=limit, reason=WHY, whose=_whose, wipe=_wipe)


def erase_clarifications_of(subject: str, at: datetime, limit: int) -> int:
    """Hear that a seller's key is destroyed; return how many of what it was asked were erased with it, so many at most."""
    side, _, ref = subject.partition(":")
    if side != "seller":
        return 0
    actor = _heard("erasing", at, via="worker")
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


def asked_due(fired: Fired) -> None:
    """Ring for what a finding asks for and nobody has done.

    :raises LookupError: when it is a clock of something else, for which a task has to be named.
    """
    if not fired.about.startswith("enforcement.finding:"):
        raise LookupError(f"no task is named for {fired.kind} about {fired.about}")
    standing.remind(fired.actor, finding=_number(fired), clock=fired.kind)


def hiding_due(fired: Fired) -> None:
    """Ring for a listing that is provisionally hidden: nobody of the leads has looked, or nobody has decided."""
    hiding.remind_hiding(fired.actor, measure=_number(fired), clock=fired.kind)


def confirmation_due(fired: Fired) -> None:
    """Ring for a marketplace that has not confirmed."""
    standing.chase(fired.actor, measure=_number(fired), times=int(fired.key))


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


RINGS: Mapping[str, Task] = {
    **{one.code: asked_due for one in deadlines.DEADLINES if one.code.startswith("enforcement.")},
    **dict.fromkeys(
        (deadlines.FINDING_MINOR.code, deadlines.FINDING_SERIOUS.code, deadlines.FINDING_GRAVE.code),
        _does(lambda: findings.remind_decision, "finding"),
    ),
    deadlines.BREACH_HEARING.code: _does(lambda: findings.end_hearing, "finding"),
    deadlines.APPROVAL.code: _does(lambda: deciding.miss_approval, "measure"),
    HIDING_LOOK.code: hiding_due,
    HIDING_DECISION.code: hiding_due,
    START_CLOCK: _does(lambda: standing.start_measure, "measure"),
    END_CLOCK: _does(lambda: standing.end_measure, "measure"),
    deadlines.APPEAL_WINDOW.code: _does(lambda: standing.end_measure, "measure"),
    deadlines.MEASURE_CONFIRMATION.code: confirmation_due,
    deadlines.MEASURE_REVIEW.code: _does(lambda: standing.remind_review, "measure"),
    deadlines.APPEAL_DECISION.code: _does(lambda: appeals.remind_appeal, "appeal"),
    deadlines.APPEAL_ANSWER.code: _does(lambda: appeals.go_on_appeal, "appeal"),
    **dict.fromkeys(
        (one.code for one in CLARIFICATION_CLOCKS.values()),
        _does(lambda: actions.lapse_clarification, "clarification"),
    ),
    CLARIFICATION_REMINDER.code: _does(lambda: actions.remind_clarification, "clarification"),
}
"""What each clock does; one that is not named here reminds of what a finding asks for."""
POLICY_RINGS: Mapping[str, Task] = {
    deadlines.POLICY_APPROVAL.code: _does(lambda: policy.lapse_policy, "number"),
    deadlines.POLICY_NOTICE.code: _does(lambda: policy.begin_policy, "number"),
}
