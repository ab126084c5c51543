"""The remedy: considered, granted within the declared limits, done only when the marketplace confirms it."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.market import actions as market
from mamori.japan import written
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION
from mamori.law.grounds import GUARANTEE
from mamori.rooms.contact import keeping, notices, owing
from mamori.rooms.contact.claiming import claim_of, refuse_if_hindered, refuse_unless_offered
from mamori.rooms.contact.considering import consider, is_decision_awaited, see_decided
from mamori.rooms.contact.ending import end, remedy_ended
from mamori.rooms.contact.events import RemedyAsked, RemedyGranted
from mamori.rooms.contact.finding import take_turns, the_trouble
from mamori.rooms.contact.granting import (
    part_because,
    refuse_below_agreement,
    refuse_over_agreement,
    take_over,
)
from mamori.rooms.contact.inputs import Reason, WhyNoRefund
from mamori.rooms.contact.lifecycle import REMEDY, RemedyState
from mamori.rooms.contact.rules.eligibility import KINDS, Claim, Kind, most
from mamori.rooms.contact.rules.reasons import NO_REMEDY_BECAUSE, PartBecause


class AmountOutOfRange(Refusal, code="amount-out-of-range", status=422):
    """Given when the amount is outside what may be refunded."""

    text = Text(
        "返金できるのは1円から{most}円までです（入力は{amount}円）。",
        "Between 1 and {most} yen may be refunded (you gave {amount} yen).",
    )


def check_amount(claim: Claim, amount: int) -> None:
    """Pass an amount that may be refunded."""
    if not 1 <= amount <= most(claim):
        raise AmountOutOfRange(most=f"{most(claim):,}", amount=f"{amount:,}")


def ask_remedy(actor: Actor, *, trouble: int, wish: Kind, amount: int = 0) -> None:
    """Take in what the buyer asks for; for a part `amount` says how many yen.  A person decides, by a clock."""
    with memory.act():
        found = the_trouble(actor, trouble)
        remedy, considered = consider(actor, found)
        remedy.state = REMEDY.take("ask", RemedyState(remedy.state), actor.role)
        refuse_over_agreement(found)
        claim = claim_of(found, actor.at)
        refuse_if_hindered(claim)
        refuse_unless_offered(claim, wish)
        if wish is Kind.PART:
            check_amount(claim, amount)
        is_new = remedy.asked_at is None or not is_decision_awaited(found)
        remedy.wish, remedy.asked_at = wish.value, actor.at
        remedy.wished_amount = amount if wish is Kind.PART else most(claim)
        remedy.save(update_fields=("wish", "wished_amount", "asked_at"))
        owing.stop_waiting(actor.at, found, why="asked")
        see_decided(found, actor.at)
        if is_new:  # asked anew before anybody decided: the case says what is asked for now
            keeping.notify("lead", notices.ASKED, found, actor.at, wish=KINDS[wish])
        asked = keeping.news(RemedyAsked, found, remedy=remedy.pk, wish=wish.value)
        keeping.keep(
            actor,
            found,
            "ask_remedy",
            *considered,
            asked,
            attention="decide-remedy",
            wish=wish.value,
            amount=remedy.wished_amount,
        )


def grant_remedy(
    actor: Actor, *, trouble: int, amount: int, reason: str, because: PartBecause | None = None
) -> str:
    """Grant the refund of `amount` yen, instruct the marketplace, and return the instruction's id.

    For less than what is left of the price `because` is what the buyer is told.
    """
    reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        remedy, considered = consider(actor, found)
        remedy.state = REMEDY.take("grant", RemedyState(remedy.state), actor.role)
        take_turns(found.thread.buyer_ref)
        claim = claim_of(found, actor.at)
        refuse_if_hindered(claim)
        check_amount(claim, amount)
        refuse_below_agreement(found, claim, amount)
        remedy.because = part_because(remedy, claim, amount, because)
        name = keeping.about(found)
        remedy.amount = amount
        remedy.instruction = market.instruct(
            actor, kind="refund", order_ref=found.thread.order_ref, amount=amount, about=name
        )
        remedy.save(update_fields=("state", "amount", "because", "instruction"))
        clocks.stop(about=name, at=actor.at, why="granted", kind=REMEDY_DECISION.code)
        owing.stop_waiting(actor.at, found, why="granted")
        keeping.start(CONFIRMATION, name, actor.at, key="1")
        overtaken = take_over(actor, found)
        granted = keeping.news(
            RemedyGranted, found, remedy=remedy.pk, amount=amount, instruction=remedy.instruction
        )
        keeping.keep(
            actor,
            found,
            "grant_remedy",
            *considered,
            *overtaken,
            granted,
            ground=GUARANTEE.code,
            reason=reason,
            amount=amount,
            because=remedy.because,
            instruction=remedy.instruction,
        )
        return remedy.instruction


def refuse_remedy(actor: Actor, *, trouble: int, because: WhyNoRefund, reason: Reason) -> None:
    """End the trouble without a refund; the buyer hears why and the next road, `reason` stays in the record."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        remedy, considered = consider(actor, found)
        remedy.state = REMEDY.take("refuse", RemedyState(remedy.state), actor.role)
        refuse_over_agreement(found)
        remedy.closed_at = actor.at
        remedy.save(update_fields=("state", "closed_at"))
        events = end(actor, found, "decline", mediation="exhaust")
        keeping.notify(
            f"buyer:{found.thread.buyer_ref}",
            notices.DECLINED,
            found,
            actor.at,
            reason=NO_REMEDY_BECAUSE[because],
        )
        keeping.keep(
            actor,
            found,
            "refuse_remedy",
            *considered,
            remedy_ended(remedy, found),
            *events,
            because=because.value,
            reason=reason,
        )
