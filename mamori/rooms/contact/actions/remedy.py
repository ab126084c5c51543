"""The remedy: considered, granted within the declared limits, done only when the marketplace confirms it."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import actions as market
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION
from mamori.law.grounds import GUARANTEE
from mamori.rooms.contact import keeping, notices, words
from mamori.rooms.contact.claiming import claim_of, refuse_if_hindered
from mamori.rooms.contact.considering import await_decision, consider, see_decided
from mamori.rooms.contact.ending import end, remedy_ended
from mamori.rooms.contact.events import RemedyAsked, RemedyGranted
from mamori.rooms.contact.finding import take_turns, the_trouble
from mamori.rooms.contact.lifecycle import REMEDY, RemedyState
from mamori.rooms.contact.models import Remedy
from mamori.rooms.contact.recovering import open_recovery, settle_recovery, unsettle_recovery
from mamori.rooms.contact.rules.eligibility import KINDS, Kind, kinds, most
from mamori.rooms.contact.rules.reasons import NO_REMEDY_BECAUSE, NoRemedyBecause


class AmountOutOfRange(Refusal):
    """Given when the amount is outside what may be refunded."""

    code = "amount-out-of-range"
    status = 422
    text = Text(
        "返金できるのは1円から{most}円までです（入力は{amount}円）。",
        "Between 1 and {most} yen may be refunded (you gave {amount} yen).",
    )


class KindNotOffered(Refusal):
    """Given when a buyer asks for what cannot be given in this case."""

    code = "kind-not-offered"
    status = 409
    text = Text(
        "この件では「{kind}」はお受けできません。お受けできるのは：{kinds}。",
        "“{kind}” is not possible in this case. Possible are: {kinds}.",
    )


def ask_remedy(hand: Hand, *, trouble: int, wish: Kind, amount: int = 0) -> None:
    """Take in what the buyer asks for; for a part `amount` says how many yen.  A person decides, by a clock.

    :raises RemedyHindered, KindNotOffered, AmountOutOfRange: when it cannot be given.
    :raises NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    with transaction.atomic():
        found = the_trouble(hand, trouble)
        remedy, considered = consider(hand, found)
        remedy.state = REMEDY.take("ask", RemedyState(remedy.state), hand.role)
        claim = claim_of(found, hand.at)
        refuse_if_hindered(claim)
        if wish not in kinds(claim):
            on = [KINDS[kind] for kind in kinds(claim)]
            told = Text("、".join(kind.ja for kind in on), ", ".join(kind.en for kind in on))
            raise KindNotOffered(kind=KINDS[wish], kinds=told)
        if wish is Kind.PART and not 1 <= amount <= most(claim):
            raise AmountOutOfRange(most=f"{most(claim):,}", amount=f"{amount:,}")
        remedy.wish, remedy.asked_at = wish.value, hand.at
        remedy.wished_amount = amount if wish is Kind.PART else most(claim)
        remedy.save(update_fields=("wish", "wished_amount", "asked_at"))
        see_decided(found, hand.at)
        keeping.tell("lead", notices.ASKED, found, hand.at, wish=KINDS[wish])
        asked = keeping.news(RemedyAsked, found, remedy=remedy.pk, wish=wish.value)
        keeping.keep(
            hand,
            found,
            "ask_remedy",
            *considered,
            asked,
            attention="decide-remedy",
            wish=wish.value,
            amount=remedy.wished_amount,
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
        refuse_if_hindered(claim)
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
