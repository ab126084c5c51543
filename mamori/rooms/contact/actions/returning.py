"""A return that we arrange: the label, the parcel, its arrival, the look at the goods, and only then the refund."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.declaration import Deadline
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.market import actions as market, facts as market_facts
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.law.deadlines import (
    CONFIRMATION,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
)
from mamori.law.grounds import GUARANTEE
from mamori.rooms.contact import keeping, notices, owing
from mamori.rooms.contact.actions.fulfilling import note_all_back
from mamori.rooms.contact.actions.remedy import check_amount
from mamori.rooms.contact.claiming import claim_of, refuse_if_hindered, refuse_unless_offered
from mamori.rooms.contact.considering import await_decision, consider
from mamori.rooms.contact.events import RemedyGranted, ReturnArranged, ReturnMoved, SellerUrged
from mamori.rooms.contact.finding import take_turns, the_trouble
from mamori.rooms.contact.granting import part_because, press_on, refuse_below_agreement, take_over
from mamori.rooms.contact.inputs import Evidence, Found, Reason
from mamori.rooms.contact.lifecycle import REMEDY, RemedyState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.parcels import parcel
from mamori.rooms.contact.rules.eligibility import Kind
from mamori.rooms.contact.rules.reasons import Inspected, PartBecause

_INSPECTED = {Inspected.AS_REPORTED: "accept", Inspected.PAID_BACK: "stand_down"}


class NotPaidBack(Refusal, code="not-paid-back", status=409):
    """Given when a return would end for money that has not gone back."""

    text = Text(
        "代金が戻った記録がありません（この返品の返金は{amount}円）。届いた商品を確かめて、その結果を選んでください。",
        "Nothing says that the money is back (this return is for {amount} yen). Please look at the goods, and choose what you "
        "found.",
    )


def arrange_return(
    actor: Actor, *, trouble: int, amount: int, reason: str, because: PartBecause | None = None
) -> str:
    """Order a label from the marketplace; once the goods are back and in order, `amount` yen are refunded."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        remedy, considered = consider(actor, found)
        remedy.state = REMEDY.take("arrange", RemedyState(remedy.state), actor.role)
        take_turns(found.thread.buyer_ref)
        claim = claim_of(found, actor.at)
        refuse_if_hindered(claim)
        refuse_unless_offered(claim, Kind.RETURN)
        check_amount(claim, amount)
        refuse_below_agreement(found, claim, amount)
        remedy.because = part_because(remedy, claim, amount, because)
        name = keeping.about(found)
        remedy.amount, remedy.tracking, remedy.inspected = amount, "", ""
        remedy.label = market.instruct(actor, kind="label", order_ref=found.thread.order_ref, about=name)
        remedy.save(update_fields=("state", "amount", "because", "label", "tracking", "inspected"))
        clocks.stop(about=name, at=actor.at, why="return arranged", kind=REMEDY_DECISION.code)
        owing.stop_waiting(actor.at, found, why="return arranged")
        keeping.start(CONFIRMATION, name, actor.at, key="1")
        told = keeping.news(ReturnArranged, found, remedy=remedy.pk, amount=amount, instruction=remedy.label)
        overtaken = take_over(actor, found)
        keeping.keep(
            actor,
            found,
            "arrange_return",
            *considered,
            *overtaken,
            told,
            ground=GUARANTEE.code,
            reason=reason,
            amount=amount,
            because=remedy.because,
            instruction=remedy.label,
        )
        return remedy.label


def note_sent(actor: Actor, *, trouble: int, tracking: str = "") -> None:
    """Take the buyer's word, or an agent's, that the parcel was handed over; a number goes with it where it is known."""
    with memory.act():
        found, remedy = _taken(actor, trouble, "send")
        remedy.tracking = parcel(tracking) or remedy.tracking
        remedy.save(update_fields=("state", "tracking"))
        _turn_clock(actor, found, RETURN_ARRIVAL)
        keeping.keep(actor, found, "note_sent", _moved(found, remedy))


def note_arrival(actor: Actor, *, trouble: int) -> None:
    """Note that the goods are back; they are looked at next."""
    with memory.act():
        found, remedy = _taken(actor, trouble, "arrive")
        remedy.save(update_fields=("state",))
        due = _turn_clock(actor, found, RETURN_INSPECTION)
        buyer = f"buyer:{found.thread.buyer_ref}"
        keeping.notify(buyer, notices.RETURN_ARRIVED, found, actor.at, due=spoken(due))
        keeping.keep(actor, found, "note_arrival", _moved(found, remedy), attention="inspect-return")


def inspect(actor: Actor, *, trouble: int, result: Found, note: Evidence) -> str:
    """Record what the goods were found to be; in order, the refund is instructed and its id returned.

    Otherwise a lead decides with reasons: what is found here never refuses by itself.  `note` is the evidence.
    """
    note = written.reasoned(note)
    with memory.act():
        in_order = result is Inspected.AS_REPORTED
        found, remedy = _taken(actor, trouble, _INSPECTED.get(result, "find_otherwise"))
        if result is Inspected.PAID_BACK and not is_back(found, remedy):
            raise NotPaidBack(amount=f"{remedy.amount:,}")
        remedy.inspected = result.value
        name = keeping.about(found)
        clocks.stop(about=name, at=actor.at, why=f"inspected:{result}", kind=RETURN_INSPECTION.code)
        if in_order:
            remedy.instruction = market.instruct(
                actor, kind="refund", order_ref=found.thread.order_ref, amount=remedy.amount, about=name
            )
        remedy.save(update_fields=("state", "inspected", "instruction"))
        events: list[Event] = [_moved(found, remedy)]
        if in_order:
            keeping.start(CONFIRMATION, name, actor.at, key="1")
            events.append(
                keeping.news(
                    RemedyGranted,
                    found,
                    remedy=remedy.pk,
                    amount=remedy.amount,
                    instruction=remedy.instruction,
                )
            )
        else:
            events += reopen(actor, found, remedy)
        keeping.keep(
            actor,
            found,
            "inspect_return",
            *events,
            ground=GUARANTEE.code if in_order else "",
            reason=note,
            attention=None if in_order else "decide-remedy",
            result=result.value,
            amount=remedy.amount,
            instruction=remedy.instruction if in_order else "",
        )
        note_all_back(actor, found)
        return remedy.instruction if in_order else ""


def give_up_return(actor: Actor, *, trouble: int, reason: Reason) -> None:
    """Wait for the goods no longer: lost on the way, or not to be sent; the decision is open again."""
    reason = written.reasoned(reason)
    with memory.act():
        found, remedy = _taken(actor, trouble, "give_up")
        remedy.save(update_fields=("state",))
        stop_return_clocks(actor, found, why="given up")
        urged = reopen(actor, found, remedy)
        moved = _moved(found, remedy)
        keeping.keep(actor, found, "give_up_return", moved, *urged, reason=reason, attention="decide-remedy")
        note_all_back(actor, found)


def miss_sending(actor: Actor, *, trouble: int, times: int) -> None:
    """Remind the buyer once of the goods; the second time a person decides: a clock never refuses."""
    with memory.act():
        found = the_trouble(actor, trouble)
        buyer = f"buyer:{found.thread.buyer_ref}"
        if times == 1:
            due = keeping.start(RETURN_SENDING, keeping.about(found), actor.at, key="2")
            keeping.notify(buyer, notices.RETURN_REMINDER, found, actor.at, due=spoken(due))
            keeping.keep(actor, found, "remind_sending")
            return
        remedy = Remedy.objects.get(trouble=found)
        remedy.state = REMEDY.take("time_out", RemedyState(remedy.state), actor.role)
        remedy.save(update_fields=("state",))
        urged = reopen(actor, found, remedy)
        keeping.notify(buyer, notices.RETURN_UNSENT, found, actor.at)
        keeping.keep(actor, found, "miss_sending", _moved(found, remedy), *urged, attention="decide-remedy")
        note_all_back(actor, found)


def remind_return(actor: Actor, *, trouble: int, deadline: Deadline) -> None:
    """Put a parcel that has not arrived, or goods that nobody looked at, before a lead again."""
    with memory.act():
        found = the_trouble(actor, trouble)
        attention = "return-not-arrived" if deadline is RETURN_ARRIVAL else "inspect-return"
        keeping.start(deadline, keeping.about(found), actor.at)
        keeping.notify("lead", notices.RETURN_WAITS, found, actor.at, what=deadline.title)
        keeping.keep(actor, found, "remind_return", attention=attention, what=deadline.code)


def take_label(actor: Actor, found: Trouble, remedy: Remedy, tracking: str) -> None:
    """Hear that the label is there: the buyer is told its number and by when to send."""
    remedy.state = REMEDY.take("label", RemedyState(remedy.state), actor.role)
    remedy.tracking = tracking
    remedy.save(update_fields=("state", "tracking"))
    clocks.stop(about=keeping.about(found), at=actor.at, why="label issued", kind=CONFIRMATION.code)
    due = keeping.start(RETURN_SENDING, keeping.about(found), actor.at, key="1")
    keeping.notify(
        f"buyer:{found.thread.buyer_ref}",
        notices.RETURN_LABEL,
        found,
        actor.at,
        tracking=tracking or notices.NUMBER_LATER,
        due=spoken(due),
    )
    keeping.keep(actor, found, "take_label", _moved(found, remedy), instruction=remedy.label)


def call_off(actor: Actor, found: Trouble, remedy: Remedy) -> list[ReturnMoved | SellerUrged]:
    """Void a label that is out, as there is nothing to send back; the decision is open again.  The caller keeps the act."""
    remedy.state = REMEDY.take("call_off", RemedyState(remedy.state), actor.role)
    remedy.save(update_fields=("state",))
    stop_return_clocks(actor, found, why="order cancelled")
    return [_moved(found, remedy), *reopen(actor, found, remedy)]


def is_back(found: Trouble, remedy: Remedy) -> bool:
    """Say whether so much has gone back on another way that the return's refund would be too much."""
    order = market_facts.order(found.thread.order_ref)
    return order is not None and (order.charged_back or order.left < remedy.amount)


def reopen(actor: Actor, found: Trouble, remedy: Remedy) -> list[SellerUrged]:
    """Open the decision again after a return that did not come about; the seller owes what it owed before."""
    await_decision(remedy, found, actor.at)
    return press_on(actor, found)


def stop_return_clocks(actor: Actor, found: Trouble, *, why: str) -> None:
    """Stop whatever waits for goods."""
    for deadline in (RETURN_SENDING, RETURN_ARRIVAL, RETURN_INSPECTION):
        clocks.stop(about=keeping.about(found), at=actor.at, why=why, kind=deadline.code)


def _taken(actor: Actor, trouble: int, step: str) -> tuple[Trouble, Remedy]:
    """Return the trouble, locked, and its remedy after the step; the step is saved by who asked."""
    found = the_trouble(actor, trouble)
    remedy = Remedy.objects.filter(trouble=found).first() or Remedy(trouble=found)
    remedy.state = REMEDY.take(step, RemedyState(remedy.state), actor.role)
    return found, remedy


def _turn_clock(actor: Actor, found: Trouble, deadline: Deadline) -> datetime:
    stop_return_clocks(actor, found, why="return went on")
    return keeping.start(deadline, keeping.about(found), actor.at)


def _moved(found: Trouble, remedy: Remedy) -> ReturnMoved:
    return keeping.news(ReturnMoved, found, remedy=remedy.pk, state=remedy.state)
