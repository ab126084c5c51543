"""A recovery in motion: opened after the remedy, on a clause that this seller accepted, or borne by the operator."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.ground.market import actions as market_actions, facts as market
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import spoken
from mamori.law.clauses import RECOVERY as CLAUSE
from mamori.law.deadlines import HEARING
from mamori.law.grounds import RECOVERY_CLAUSE
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON
from mamori.rooms.contact import givingback, keeping, paidnotices, recoverynotices
from mamori.rooms.contact.events import RecoveryEnded, RecoveryOpened
from mamori.rooms.contact.lifecycle import RECOVERY, RecoveryState
from mamori.rooms.contact.models import Recovery, Remedy, Trouble

PAID_ELSEWHERE = "the money went back on another way too"


def open_recovery(actor: Actor, remedy: Remedy, trouble: Trouble) -> None:
    """Hear the seller about a recovery; where no clause binds it the operator bears the refund, visibly."""
    if not terms.setting(RECOVERY_ON, at=actor.at):
        return
    thread = trouble.thread
    # What counts is what bound the seller when the order was in trouble, not what came later.
    bound = terms.binding(thread.seller_ref, CLAUSE.code, trouble.opened_at)
    recovery = Recovery.objects.create(
        remedy=remedy,
        seller_ref=thread.seller_ref,
        clause=bound.clause if bound else "",
        clause_version=bound.version if bound else 0,
        most=min(_most(remedy, thread.order_ref), terms.setting(RECOVERY_CEILING, at=actor.at)),
        opened_at=actor.at,
    )
    keeping.enter("recovery", recovery, thread, actor.at)
    if bound is None or not recovery.most:
        ended = finish(actor, recovery, "bear")
        why = "no accepted clause" if bound is None else PAID_ELSEWHERE
        keeping.keep(actor, recovery, "bear_recovery", ended, reason=why, amount=remedy.amount)
        return
    due = keeping.due(HEARING, actor.at)
    keeping.notify(
        f"seller:{thread.seller_ref}",
        recoverynotices.HEARING,
        recovery,
        actor.at,
        amount=f"{remedy.amount:,}",
        most=f"{recovery.most:,}",
        clause=bound.title,
        version=bound.version,
        due=spoken(due),
    )
    opened = keeping.news(RecoveryOpened, recovery, amount=remedy.amount, view_due_at=due)
    keeping.keep(
        actor,
        recovery,
        "open_recovery",
        opened,
        ground=RECOVERY_CLAUSE.code,
        amount=remedy.amount,
        most=recovery.most,
        clause=bound.clause,
        clause_version=bound.version,
    )


def _most(remedy: Remedy, order_ref: str) -> int:
    """Return what of a refund may be recovered: not what the buyer has on top of all that was paid."""
    order = market.order(order_ref)
    return max(0, remedy.amount - (order.above if order else 0))


def lower_recovery(actor: Actor, remedy: Remedy, above: int) -> None:
    """Recover nothing that went back on another way too; so much the operator bears.

    A deduction that the marketplace was told of is called back once nothing is left of it, and settled by its answer.
    """
    found = Recovery.objects.select_for_update().filter(remedy=remedy, closed_at__isnull=True).first()
    most = max(0, remedy.amount - above)
    if found is None or most >= found.most:
        return
    if found.state == RecoveryState.CLAIMED:
        if not most:
            market_actions.recall(actor, instruction=found.instruction)
            keeping.keep(actor, found, "lower_recovery", attention="review-recovery", most=most)
        return
    seller, found.most = f"seller:{found.seller_ref}", most
    found.save(update_fields=("most",))
    if most:
        keeping.notify(seller, paidnotices.LESS_RECOVERED, found, actor.at, most=f"{most:,}")
        keeping.keep(actor, found, "lower_recovery", most=most)
        return
    ended = finish(actor, found, "bear")
    keeping.notify(seller, paidnotices.NOT_RECOVERED, found, actor.at)
    keeping.keep(actor, found, "bear_recovery", ended, reason=PAID_ELSEWHERE, amount=remedy.amount)


def finish(actor: Actor, recovery: Recovery, step: str) -> RecoveryEnded:
    """Take the recovery's last step and return the event that tells of it."""
    recovery.state = RECOVERY.take(step, RecoveryState(recovery.state), actor.role)
    recovery.closed_at = actor.at
    recovery.save(update_fields=("state", "closed_at"))
    return keeping.news(RecoveryEnded, recovery, state=recovery.state, amount=recovery.amount)


def settle_recovery(actor: Actor, instruction: str) -> None:
    """Hear that the marketplace has made the deduction, also after it had declined it and the operator bore it.

    What was to go back to the seller had it been made, a person sees to.
    """
    recovery = Recovery.objects.select_for_update().filter(instruction=instruction).first()
    if recovery is None:
        return
    if recovery.state == RecoveryState.BORNE and givingback.of(recovery):
        look_at_late(actor, recovery, instruction)
    elif recovery.state in (RecoveryState.CLAIMED, RecoveryState.BORNE):
        is_late = recovery.state == RecoveryState.BORNE
        ended = finish(actor, recovery, "settle_late" if is_late else "settle")
        givingback.go_on(actor, recovery)
        if is_late:
            about = {"amount": f"{recovery.amount:,}"}
            keeping.notify(
                f"seller:{recovery.seller_ref}", paidnotices.DEDUCTED_LATE, recovery, actor.at, **about
            )
        keeping.keep(
            actor,
            recovery,
            "settle_recovery",
            ended,
            ground=RECOVERY_CLAUSE.code,
            amount=recovery.amount,
            instruction=instruction,
        )


def unsettle_recovery(actor: Actor, instruction: str) -> None:
    """Hear that the marketplace could not make the deduction: the operator bears it."""
    recovery = Recovery.objects.select_for_update().filter(instruction=instruction).first()
    if recovery is not None and recovery.closed_at is None:
        ended = finish(actor, recovery, "bear")
        if givingback.go_on(actor, recovery):
            keeping.keep(actor, recovery, "bear_recovery", ended, reason="deduction called back")
            return
        if market.was_recalled(instruction):
            keeping.notify(f"seller:{recovery.seller_ref}", paidnotices.NOT_RECOVERED, recovery, actor.at)
            keeping.keep(actor, recovery, "bear_recovery", ended, reason="deduction called back")
            return
        for party in (f"seller:{recovery.seller_ref}", "lead"):
            keeping.notify(
                party, recoverynotices.NOT_DEDUCTED, recovery, actor.at, amount=f"{recovery.amount:,}"
            )
        keeping.keep(actor, recovery, "bear_recovery", ended, reason="deduction refused by the marketplace")


def look_at_late(actor: Actor, thing: Trouble | Recovery, instruction: str) -> None:
    """Put before a person what the marketplace carried out after it had declined it: nothing follows by itself."""
    keeping.notify("lead", paidnotices.TOLD_LATE, thing, actor.at, instruction=instruction)
    keeping.keep(actor, thing, "hear_told_late", attention="told-late", instruction=instruction)
