"""A recovery in motion: opened after the remedy, on a clause that this seller accepted, or borne by the operator."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.ground.terms import facts as terms
from mamori.japan.spoken import spoken
from mamori.law.clauses import RECOVERY as CLAUSE
from mamori.law.deadlines import HEARING
from mamori.law.grounds import RECOVERY_CLAUSE
from mamori.law.settings import RECOVERY_CEILING, RECOVERY_ON
from mamori.rooms.contact import keeping, recoverynotices
from mamori.rooms.contact.events import RecoveryEnded, RecoveryOpened
from mamori.rooms.contact.lifecycle import RECOVERY, RecoveryState
from mamori.rooms.contact.models import Recovery, Remedy, Trouble


def open_recovery(hand: Hand, remedy: Remedy, trouble: Trouble) -> None:
    """Hear the seller about a recovery; without an accepted clause the operator bears the refund, visibly."""
    if not terms.setting(RECOVERY_ON, at=hand.at):
        return
    thread = trouble.thread
    # What binds is what the seller had accepted when the order was in trouble, not what came later.
    version = terms.accepted(seller_ref=thread.seller_ref, clause=CLAUSE.code, at=trouble.opened_at)
    recovery = Recovery.objects.create(
        remedy=remedy,
        seller_ref=thread.seller_ref,
        clause=CLAUSE.code if version else "",
        clause_version=version or 0,
        most=min(remedy.amount, terms.setting(RECOVERY_CEILING, at=hand.at)),
        opened_at=hand.at,
    )
    name = keeping.enter("recovery", recovery, thread, hand.at)
    if version is None:
        ended = finish(hand, recovery, "bear")
        keeping.keep(
            hand, recovery, "bear_recovery", ended, reason="no accepted clause", amount=remedy.amount
        )
        return
    due = keeping.start(HEARING, name, hand.at)
    keeping.tell(
        f"seller:{thread.seller_ref}",
        recoverynotices.HEARING,
        recovery,
        hand.at,
        amount=f"{remedy.amount:,}",
        most=f"{recovery.most:,}",
        clause=CLAUSE.title,
        version=version,
        due=spoken(due),
    )
    opened = keeping.news(RecoveryOpened, recovery, amount=remedy.amount, view_due_at=due.isoformat())
    keeping.keep(
        hand,
        recovery,
        "open_recovery",
        opened,
        ground=RECOVERY_CLAUSE.code,
        amount=remedy.amount,
        most=recovery.most,
        clause=CLAUSE.code,
        clause_version=version,
    )


def finish(hand: Hand, recovery: Recovery, step: str) -> RecoveryEnded:
    """Take the recovery's last step and return the event that tells of it."""
    recovery.state = RECOVERY.take(step, RecoveryState(recovery.state), hand.role)
    recovery.closed_at = hand.at
    recovery.save(update_fields=("state", "closed_at"))
    clocks.stop(about=keeping.about(recovery), at=hand.at, why=f"recovery:{step}")
    return keeping.news(RecoveryEnded, recovery, state=recovery.state, amount=recovery.amount)


def settle_recovery(hand: Hand, instruction: str) -> None:
    """Hear that the marketplace has made the deduction."""
    recovery = Recovery.objects.select_for_update().filter(instruction=instruction).first()
    if recovery is not None and recovery.closed_at is None:
        ended = finish(hand, recovery, "settle")
        keeping.keep(
            hand,
            recovery,
            "settle_recovery",
            ended,
            ground=RECOVERY_CLAUSE.code,
            amount=recovery.amount,
            instruction=instruction,
        )


def unsettle_recovery(hand: Hand, instruction: str) -> None:
    """Hear that the marketplace could not make the deduction: the operator bears it."""
    recovery = Recovery.objects.select_for_update().filter(instruction=instruction).first()
    if recovery is not None and recovery.closed_at is None:
        ended = finish(hand, recovery, "bear")
        for party in (f"seller:{recovery.seller_ref}", "lead"):
            keeping.tell(
                party, recoverynotices.NOT_DEDUCTED, recovery, hand.at, amount=f"{recovery.amount:,}"
            )
        keeping.keep(hand, recovery, "bear_recovery", ended, reason="deduction refused by the marketplace")
