"""The remedy: considered, granted within the declared limits, done only when the marketplace confirms it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION
from mamori.law.grounds import GUARANTEE
from mamori.law.settings import REMEDY_CEILING, REMEDY_DAYS, REMEDY_TIMES
from mamori.rooms.contact import keeping, notices, words
from mamori.rooms.contact.considering import await_decision, consider
from mamori.rooms.contact.ending import end, remedy_ended
from mamori.rooms.contact.events import RemedyGranted
from mamori.rooms.contact.finding import take_turns, the_trouble
from mamori.rooms.contact.lifecycle import REMEDY, RemedyState, TroubleState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.recovering import open_recovery, settle_recovery, unsettle_recovery
from mamori.rooms.contact.rules.eligibility import HINDRANCES, Claim, hindrances, most
from mamori.rooms.contact.rules.reasons import NO_REMEDY_BECAUSE, NoRemedyBecause


class RemedyHindered(Refusal):
    """Given when the declared limits stand against a refund."""

    code = "remedy-hindered"
    status = 409
    text = Text(
        "代わりの返金はできません：{why} 責任者が理由を添えて終えるか、ほかの解決をご検討ください。",
        "No refund in the seller's place is possible: {why} A lead may end it with reasons, or find another solution.",
    )


class AmountOutOfRange(Refusal):
    """Given when the amount is outside what may be refunded."""

    code = "amount-out-of-range"
    status = 422
    text = Text(
        "返金できるのは1円から{most}円までです（入力は{amount}円）。",
        "Between 1 and {most} yen may be refunded (you gave {amount} yen).",
    )


def claim_of(trouble: Trouble, at: datetime, order: market_facts.OrderFact | None = None) -> Claim:
    """Gather what a decision at that moment looks at; a page that has just read the order brings it along."""
    thread = trouble.thread
    order = order or market_facts.order(thread.order_ref)
    assert order is not None, "a trouble stands on an order that was known"
    paid = Remedy.objects.filter(
        buyer_ref=thread.buyer_ref,
        state__in=(RemedyState.DONE, RemedyState.INSTRUCTED),
        opened_at__gt=at - timedelta(days=365),
    ).exclude(trouble=trouble)
    ceiling, days, times = terms.settings(REMEDY_CEILING, REMEDY_DAYS, REMEDY_TIMES, at=at)
    return Claim(
        state=TroubleState(trouble.state),
        ordered_at=order.ordered_at,
        reported_at=trouble.opened_at,
        amount=order.amount,
        refunded=order.refunded_amount,
        charged_back=order.charged_back,
        refunds_this_year=paid.count(),
        ceiling=ceiling,
        days=days,
        times=times,
    )


def grant_remedy(hand: Hand, *, trouble: int, amount: int, reason: str) -> str:
    """Grant the refund of `amount` yen, instruct the marketplace, and return the instruction's id.

    :raises ReasonNeeded, RemedyHindered, AmountOutOfRange: when the limits are not kept.
    :raises NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    reason = words.reasoned(reason)
    with transaction.atomic():
        found = the_trouble(hand, trouble)
        remedy, considered = consider(hand, found)
        remedy.state = REMEDY.take("grant", RemedyState(remedy.state), hand.role)
        take_turns(found.thread.buyer_ref)
        claim = claim_of(found, hand.at)
        if against := hindrances(claim):
            texts = [HINDRANCES[h] for h in against]
            raise RemedyHindered(why=Text("".join(t.ja for t in texts), " ".join(t.en for t in texts)))
        if not 1 <= amount <= most(claim):
            raise AmountOutOfRange(most=f"{most(claim):,}", amount=f"{amount:,}")
        name = keeping.about(found)
        remedy.amount = amount
        remedy.instruction = market.instruct(
            hand, kind="refund", order_ref=found.thread.order_ref, amount=amount, about=name
        )
        remedy.save(update_fields=("state", "amount", "instruction"))
        clocks.stop(about=name, at=hand.at, why="granted", kind=REMEDY_DECISION.code)
        keeping.start(CONFIRMATION, name, hand.at, key="1")
        granted = keeping.news(
            RemedyGranted, found, remedy=remedy.pk, amount=amount, instruction=remedy.instruction
        )
        keeping.keep(
            hand,
            found,
            "grant_remedy",
            *considered,
            granted,
            ground=GUARANTEE.code,
            reason=reason,
            amount=amount,
            instruction=remedy.instruction,
        )
        return remedy.instruction


def refuse_remedy(hand: Hand, *, trouble: int, because: NoRemedyBecause, reason: str) -> None:
    """End the trouble without a refund; the buyer hears why and the next road, `reason` stays in the record.

    :raises ReasonNeeded, NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    reason = words.reasoned(reason)
    with transaction.atomic():
        found = the_trouble(hand, trouble)
        remedy, considered = consider(hand, found)
        remedy.state = REMEDY.take("refuse", RemedyState(remedy.state), hand.role)
        remedy.closed_at = hand.at
        remedy.save(update_fields=("state", "closed_at"))
        events = end(hand, found, "decline", mediation="exhaust")
        keeping.tell(
            f"buyer:{found.thread.buyer_ref}",
            notices.DECLINED,
            found,
            hand.at,
            reason=NO_REMEDY_BECAUSE[because],
        )
        keeping.keep(
            hand,
            found,
            "refuse_remedy",
            *considered,
            remedy_ended(remedy, found),
            *events,
            because=because.value,
            reason=reason,
        )


def confirm_instruction(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace has carried an instruction out: the remedy is done, or the recovery settled.

    An instruction of another room is passed over.
    """
    with transaction.atomic():
        remedy = Remedy.objects.filter(instruction=instruction).first()
        if remedy is None:
            settle_recovery(hand, instruction)
            return
        found = the_trouble(hand, remedy.trouble_id)
        remedy.refresh_from_db()
        remedy.state = REMEDY.take("confirm", RemedyState(remedy.state), hand.role)
        remedy.closed_at = hand.at
        remedy.save(update_fields=("state", "closed_at"))
        events = end(hand, found, "make_good", mediation="exhaust")
        keeping.tell(
            f"buyer:{found.thread.buyer_ref}", notices.REFUNDED, found, hand.at, amount=f"{remedy.amount:,}"
        )
        keeping.keep(
            hand,
            found,
            "confirm_remedy",
            remedy_ended(remedy, found),
            *events,
            ground=GUARANTEE.code,
            amount=remedy.amount,
            instruction=instruction,
        )
        open_recovery(hand, remedy, found)


def fail_instruction(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace could not carry an instruction out: a person has to decide anew."""
    with transaction.atomic():
        remedy = Remedy.objects.filter(instruction=instruction).first()
        if remedy is None:
            unsettle_recovery(hand, instruction)
            return
        found = the_trouble(hand, remedy.trouble_id)
        remedy.refresh_from_db()
        remedy.state = REMEDY.take("fail", RemedyState(remedy.state), hand.role)
        remedy.save(update_fields=("state",))
        clocks.stop(about=keeping.about(found), at=hand.at, why="instruction refused", kind=CONFIRMATION.code)
        await_decision(remedy, found, hand.at)
        keeping.tell("lead", notices.NOT_CARRIED_OUT, found, hand.at, instruction=instruction)
        keeping.keep(hand, found, "fail_remedy", attention="instruction-refused", instruction=instruction)
