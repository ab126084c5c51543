"""A sum is claimed from a seller, who states its view; it is waived, or given back when it was taken wrongly."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.ground.people import facts as people
from mamori.ground.seal import actions as sealing, facts as seals
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import APPEAL_WINDOW, RECOVERY_REVIEW
from mamori.law.grounds import RECOVERY_CLAUSE
from mamori.rooms.contact import givingback, keeping, recoverynotices, words
from mamori.rooms.contact.events import RecoveryClaimed
from mamori.rooms.contact.finding import the_recovery
from mamori.rooms.contact.inputs import Deduction, Reason, WhyDeducted
from mamori.rooms.contact.lifecycle import GIVE_BACK, RECOVERY, TAKEN, GiveBackState, RecoveryState
from mamori.rooms.contact.models import GiveBack, Recovery
from mamori.rooms.contact.recovering import finish
from mamori.rooms.contact.rules.duties import may_give_back
from mamori.rooms.contact.rules.reasons import DEDUCT_BECAUSE, DeductBecause

# The seller's view on a recovery, and the decision after it.


class ClaimTooHigh(Refusal, code="claim-too-high", status=422):
    """Given when more would be taken from the seller than the refund, or than the operator's own ceiling."""

    text = Text(
        "差し引けるのは1円から{most}円（返金額と、運営者が定めた上限の低いほう）までです。",
        "Between 1 and {most} yen may be deducted: at most the refund, and the operator's own ceiling.",
    )


def state_view(actor: Actor, *, recovery: int, said: str) -> None:
    """Take the seller's view, or what it adds until the decision; it is sealed with the seller's key."""
    said = written.checked(said)
    with memory.act():
        found = the_recovery(actor, recovery)
        found.state = RECOVERY.take("state_view", RecoveryState(found.state), actor.role)
        whole = f"{before}\n\n{said}" if (before := view_of(found)) else said
        written.must_fit(whole)
        found.view = sealing.seal(
            subject=f"seller:{found.seller_ref}", place=view_place(found.pk), plain=whole.encode()
        )
        found.heard_at = found.heard_at or actor.at
        found.save(update_fields=("state", "view", "heard_at"))
        keeping.keep(actor, found, "state_view", words_sha256=words.digest(said), attention="decide-recovery")


def view_place(recovery: int) -> Place:
    """Return where the seller's view is kept."""
    return Place("contact_recovery", str(recovery), "view")


def view_of(recovery: Recovery) -> str | None:
    """Return what the seller said; None where it said nothing, or its key was destroyed."""
    plain = seals.opened(
        subject=f"seller:{recovery.seller_ref}", place=view_place(recovery.pk), sealed=recovery.view
    )
    return plain.decode() if plain is not None else None


def claim(actor: Actor, *, recovery: int, amount: Deduction, because: WhyDeducted, reason: Reason) -> str:
    """Decide on a deduction of `amount` yen and return the instruction's id; the seller hears why."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_recovery(actor, recovery)
        found.state = RECOVERY.take("claim", RecoveryState(found.state), actor.role)
        if not 1 <= amount <= found.most:
            raise ClaimTooHigh(most=f"{found.most:,}")
        found.amount = amount
        found.instruction = market.instruct(
            actor,
            kind="deduct",
            order_ref=found.remedy.trouble.thread.order_ref,
            amount=amount,
            about=keeping.about(found),
        )
        found.because, found.decided_at, found.decided_by = because.value, actor.at, people.subject_of(actor)
        found.appeal_until = clock_facts.after(actor.at, terms.duration(APPEAL_WINDOW, at=actor.at))
        found.save()
        review = keeping.due(RECOVERY_REVIEW, actor.at)
        claimed = _notify(actor, found, because, review)
        keeping.keep(
            actor,
            found,
            "claim_recovery",
            claimed,
            ground=RECOVERY_CLAUSE.code,
            reason=reason,
            because=because.value,
            amount=amount,
            clause=found.clause,
            clause_version=found.clause_version,
            instruction=found.instruction,
            review_at=review.isoformat(),
        )
        return found.instruction


def _notify(actor: Actor, found: Recovery, because: DeductBecause, review: datetime) -> RecoveryClaimed:
    """Tell the seller of a deduction, why, and when it is reviewed; return the event that tells of it."""
    keeping.notify(
        f"seller:{found.seller_ref}",
        recoverynotices.CLAIMED,
        found,
        actor.at,
        amount=f"{found.amount:,}",
        reason=DEDUCT_BECAUSE[because],
        review=spoken(review),
        until=spoken(found.appeal_until) if found.appeal_until else "",
    )
    return keeping.news(
        RecoveryClaimed,
        found,
        amount=found.amount,
        because=because.value,
        instruction=found.instruction,
        review_at=review,
    )


def waive(actor: Actor, *, recovery: int, reason: Reason) -> None:
    """Decide not to deduct anything.  A deduction that the marketplace has been told of cannot be called back."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_recovery(actor, recovery)
        found.decided_at = actor.at
        found.save(update_fields=("decided_at",))
        ended = finish(actor, found, "waive")
        keeping.notify(f"seller:{found.seller_ref}", recoverynotices.WAIVED, found, actor.at)
        keeping.keep(actor, found, "waive_recovery", ended, reason=reason)


# What was deducted goes back to the seller, whole or in part, once; a lead gives the instruction anew where it failed.


class NothingToGiveBack(Refusal, code="nothing-to-give-back", status=409):
    """Given when nothing was deducted."""

    text = Text(
        "この出品者への請求は今「{state}」で、差し引いたお金がないため、戻せません。最新の状態をご確認ください。",
        "This recovery is “{state}”: nothing was deducted, so nothing can go back. Please look at it again.",
    )


class GiveBackTooHigh(Refusal, code="give-back-too-high", status=422):
    """Given when more would go back than was deducted, or nothing."""

    text = Text(
        "戻せるのは1円から、差し引いた{most}円までです。額を直してください。",
        "Between 1 and {most} yen, which were deducted, may go back. Please correct the amount.",
    )


class AlreadyGivenBack(Refusal, code="already-given-back", status=409):
    """Given when money of the same deduction goes back already."""

    text = Text(
        "この差し引きからは、すでに{amount}円を戻すことに決めています。最新の状態をご確認ください。",
        "It was decided before that {amount} yen of this deduction go back. Please look at it again.",
    )


def give_back(actor: Actor, *, recovery: int, amount: int, why: str) -> None:
    """Decide that `amount` yen of a deduction go back to the seller, at once or as soon as it was made.

    A deduction that goes back whole and was not made yet is called back.  `why` names what found it wrong.
    """
    with memory.act():
        found = the_recovery(actor, recovery)
        if not may_give_back(actor.role):
            raise StepNotYours(step=GIVE_BACK.title, roles=Text("責任者・法務担当", "a lead or counsel"))
        if found.state not in TAKEN:
            raise NothingToGiveBack(state=RECOVERY.states[RecoveryState(found.state)])
        before = givingback.of(found)
        if before is not None:
            raise AlreadyGivenBack(amount=f"{before.amount:,}")
        if not 1 <= amount <= found.amount:
            raise GiveBackTooHigh(most=f"{found.amount:,}")
        giving = GiveBack.objects.create(recovery=found, amount=amount, opened_at=actor.at)
        if found.state == RecoveryState.SETTLED:
            givingback.instruct(actor, giving)
        elif amount == found.amount:
            market.recall(actor, instruction=found.instruction)
        keeping.notify(
            f"seller:{found.seller_ref}", recoverynotices.GIVING_BACK, found, actor.at, amount=f"{amount:,}"
        )
        keeping.keep(actor, found, "give_back", reason=why, amount=amount, instruction=giving.instruction)


def give_again(actor: Actor, *, recovery: int, reason: Reason) -> None:
    """Tell the marketplace again to give the money back, after it could not."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_recovery(actor, recovery)
        giving = givingback.of(found)
        if giving is None or giving.state != GiveBackState.STALLED:
            state = GIVE_BACK.states[GiveBackState(giving.state)] if giving else Text("なし", "none")
            raise StepNotOpen(title=GIVE_BACK.title, state=state, step=AGAIN)
        givingback.instruct(actor, giving)
        keeping.keep(actor, found, "give_again", reason=reason, instruction=giving.instruction)


AGAIN = Text("もう一度指示する", "instruct it again")
