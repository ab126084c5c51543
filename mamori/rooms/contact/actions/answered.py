"""What the marketplace answers: an instruction carried out or not, and money given back on another way meanwhile."""

from __future__ import annotations

from django.db import transaction

from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.ground.market import actions as market
from mamori.ground.market import facts as market_facts
from mamori.japan.spoken import spoken
from mamori.law.deadlines import CONFIRMATION
from mamori.law.grounds import GUARANTEE
from mamori.rooms.contact import keeping, notices
from mamori.rooms.contact.actions.fulfilling import note_paid
from mamori.rooms.contact.actions.returning import take_label
from mamori.rooms.contact.actions.reversing import hear_charged_back
from mamori.rooms.contact.considering import decide_anew
from mamori.rooms.contact.ending import end, remedy_ended
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.lifecycle import REMEDY, UNDER_WAY, RemedyState
from mamori.rooms.contact.models import Remedy, Trouble
from mamori.rooms.contact.recovering import open_recovery, settle_recovery, unsettle_recovery
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, PartBecause


def confirm_instruction(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace has done it: the remedy is done, its label issued, or the recovery settled.

    An instruction of another room is passed over.
    """
    with transaction.atomic():
        remedy = _remedy_of(instruction)
        if remedy is None:
            settle_recovery(hand, instruction)
            return
        found = the_trouble(hand, remedy.trouble_id)
        remedy.refresh_from_db()
        if remedy.label == instruction:
            told = market_facts.instruction(instruction)
            take_label(hand, found, remedy, told.tracking if told else "")
        else:
            _finish(hand, found, remedy)


def _finish(hand: Hand, found: Trouble, remedy: Remedy) -> None:
    remedy.state = REMEDY.take("confirm", RemedyState(remedy.state), hand.role)
    remedy.closed_at = hand.at
    remedy.save(update_fields=("state", "closed_at"))
    events = end(hand, found, "make_good", mediation="exhaust")
    about: dict[str, object] = {"amount": f"{remedy.amount:,}"}
    if remedy.because:
        about |= {"reason": PART_BECAUSE[PartBecause(remedy.because)]}
    told = notices.REFUNDED_PART if remedy.because else notices.REFUNDED
    keeping.tell(f"buyer:{found.thread.buyer_ref}", told, found, hand.at, **about)
    _warn_if_twice(hand, found, remedy)
    keeping.keep(
        hand,
        found,
        "confirm_remedy",
        remedy_ended(remedy, found),
        *events,
        ground=GUARANTEE.code,
        amount=remedy.amount,
        instruction=remedy.instruction,
    )
    open_recovery(hand, remedy, found)


def fail_instruction(hand: Hand, *, instruction: str) -> None:
    """Hear that the marketplace could not carry an instruction out: a person has to decide anew."""
    with transaction.atomic():
        remedy = _remedy_of(instruction)
        if remedy is None:
            unsettle_recovery(hand, instruction)
            return
        found = the_trouble(hand, remedy.trouble_id)
        remedy.refresh_from_db()
        remedy.state = REMEDY.take("fail", RemedyState(remedy.state), hand.role)
        remedy.save(update_fields=("state",))
        clocks.stop(about=keeping.about(found), at=hand.at, why="instruction refused", kind=CONFIRMATION.code)
        due = decide_anew(found, hand.at)
        buyer = f"buyer:{found.thread.buyer_ref}"
        keeping.tell(buyer, notices.REFUND_STALLED, found, hand.at, due=spoken(due))
        keeping.tell("lead", notices.NOT_CARRIED_OUT, found, hand.at, instruction=instruction)
        keeping.keep(hand, found, "fail_remedy", attention="instruction-refused", instruction=instruction)


def hear_paid_back(hand: Hand, *, order_ref: str) -> None:
    """Hear that the seller, a shop or the card company gave money back: nobody is to be paid twice.

    What an agreement promised counts as kept, or is over where the card company pays it.

    A refund that would now be too much is called back at the marketplace, which says whether it was too late; a
    parcel on its way is put before a person.
    """
    with transaction.atomic():
        for remedy in Remedy.objects.filter(trouble__thread__order_ref=order_ref).order_by("id"):
            found = the_trouble(hand, remedy.trouble_id)
            remedy.refresh_from_db()
            if remedy.state in UNDER_WAY:
                _call_back(hand, found, remedy)
            elif remedy.state == RemedyState.DONE:
                _warn_if_twice(hand, found, remedy)
        about_it = Trouble.objects.filter(thread__order_ref=order_ref)
        for number in about_it.order_by("id").values_list("pk", flat=True):
            trouble = the_trouble(hand, number)
            if trouble.closed_at is None:
                note_paid(hand, trouble)
            hear_charged_back(hand, trouble)


def _call_back(hand: Hand, found: Trouble, remedy: Remedy) -> None:
    order = market_facts.order(found.thread.order_ref)
    if order is None or not (order.charged_back or order.amount - order.refunded_amount < remedy.amount):
        return
    waiting = {RemedyState.INSTRUCTED: remedy.instruction, RemedyState.ORDERED: remedy.label}
    instruction = waiting.get(RemedyState(remedy.state), "")
    if instruction:
        market.recall(hand, instruction=instruction)
    keeping.keep(
        hand,
        found,
        "hear_paid_back",
        attention="paid-back",
        refunded=order.refunded_amount,
        charged_back=order.charged_back,
        instruction=instruction,
    )


def _warn_if_twice(hand: Hand, found: Trouble, remedy: Remedy) -> None:
    order = market_facts.order(found.thread.order_ref)
    if order is not None and order.charged_back:
        keeping.tell("lead", notices.PAID_TWICE, found, hand.at, amount=f"{remedy.amount:,}")


def _remedy_of(instruction: str) -> Remedy | None:
    """Return the remedy that waits for this instruction, as its refund or as its label."""
    return (
        Remedy.objects.filter(instruction=instruction).first()
        or Remedy.objects.filter(label=instruction).first()
    )
