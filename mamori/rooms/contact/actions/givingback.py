"""What was deducted goes back to the seller, whole or in part, once; a lead gives the instruction anew where it failed."""

from __future__ import annotations

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.rooms.contact import givingback, keeping, recoverynotices, words
from mamori.rooms.contact.finding import the_recovery
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.lifecycle import GIVE_BACK, RECOVERY, TAKEN, GiveBackState, RecoveryState
from mamori.rooms.contact.models import GiveBack, Recovery
from mamori.rooms.contact.rules.duties import may_give_back


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


def give_back(hand: Hand, *, recovery: int, amount: int, why: str) -> None:
    """Decide that `amount` yen of a deduction go back to the seller, at once or as soon as it was made.

    A deduction that goes back whole and was not made yet is called back.  `why` names what found it wrong.
    """
    with memory.act():
        found = the_recovery(hand, recovery)
        if not may_give_back(hand.role):
            raise StepNotYours(step=GIVE_BACK.title, roles=Text("責任者・法務担当", "a lead or counsel"))
        _must_fit(found, amount)
        giving = GiveBack.objects.create(recovery=found, amount=amount, opened_at=hand.at)
        if found.state == RecoveryState.SETTLED:
            givingback.instruct(hand, giving)
        elif amount == found.amount:
            market.recall(hand, instruction=found.instruction)
        keeping.tell(
            f"seller:{found.seller_ref}", recoverynotices.GIVING_BACK, found, hand.at, amount=f"{amount:,}"
        )
        keeping.keep(hand, found, "give_back", reason=why, amount=amount, instruction=giving.instruction)


def _must_fit(found: Recovery, amount: int) -> None:
    if found.state not in TAKEN:
        raise NothingToGiveBack(state=RECOVERY.states[RecoveryState(found.state)])
    before = givingback.of(found)
    if before is not None:
        raise AlreadyGivenBack(amount=f"{before.amount:,}")
    if not 1 <= amount <= found.amount:
        raise GiveBackTooHigh(most=f"{found.amount:,}")


def give_again(hand: Hand, *, recovery: int, reason: Reason) -> None:
    """Tell the marketplace again to give the money back, after it could not."""
    reason = words.reasoned(reason)
    with memory.act():
        found = the_recovery(hand, recovery)
        giving = givingback.of(found)
        if giving is None or giving.state != GiveBackState.STALLED:
            state = GIVE_BACK.states[GiveBackState(giving.state)] if giving else Text("なし", "none")
            raise StepNotOpen(title=GIVE_BACK.title, state=state, step=AGAIN)
        givingback.instruct(hand, giving)
        keeping.keep(hand, found, "give_again", reason=reason, instruction=giving.instruction)


AGAIN = Text("もう一度指示する", "instruct it again")
