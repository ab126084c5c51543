"""What the marketplace answers: an instruction was carried out, or it was not."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.ground.clocks import actions as clocks
from mamori.ground.declared import memory
from mamori.ground.market import facts as market_facts
from mamori.japan.calendar import spoken
from mamori.law.deadlines import CONFIRMATION
from mamori.law.grounds import GUARANTEE
from mamori.rooms.contact import givingback, keeping, notices
from mamori.rooms.contact.actions.fulfilling import note_all_back
from mamori.rooms.contact.actions.paidback import warn_if_twice
from mamori.rooms.contact.actions.returning import take_label
from mamori.rooms.contact.considering import decide_anew
from mamori.rooms.contact.ending import end, remedy_ended
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.granting import press_on
from mamori.rooms.contact.lifecycle import REMEDY, RemedyState
from mamori.rooms.contact.models import Recovery, Remedy, Trouble
from mamori.rooms.contact.recovering import look_at_late, open_recovery, settle_recovery, unsettle_recovery
from mamori.rooms.contact.rules.reasons import PART_BECAUSE, PartBecause


def confirm_instruction(actor: Actor, *, instruction: str) -> None:
    """Hear that the marketplace has done it: a remedy done, its label issued, a recovery settled, money given back.

    An instruction of another room is passed over.
    """
    with memory.act():
        remedy = _remedy_of(instruction)
        if remedy is None:
            settle_recovery(actor, instruction)
            givingback.settle(actor, instruction)
            return
        found = the_trouble(actor, remedy.trouble_id)
        remedy.refresh_from_db()
        step = "label" if remedy.label == instruction else "confirm"
        if not REMEDY.allows(
            step, RemedyState(remedy.state), actor.role
        ):  # it was declined, and decided otherwise since
            look_at_late(actor, found, instruction)
        elif step == "label":
            told = market_facts.instruction(instruction)
            take_label(actor, found, remedy, told.tracking if told else "")
        else:
            _finish(actor, found, remedy)


def _finish(actor: Actor, found: Trouble, remedy: Remedy) -> None:
    remedy.state = REMEDY.take("confirm", RemedyState(remedy.state), actor.role)
    remedy.closed_at = actor.at
    remedy.save(update_fields=("state", "closed_at"))
    events = end(actor, found, "make_good", mediation="exhaust")
    about: dict[str, object] = {"amount": f"{remedy.amount:,}"}
    if remedy.because:
        about |= {"reason": PART_BECAUSE[PartBecause(remedy.because)]}
    told = notices.REFUNDED_PART if remedy.because else notices.REFUNDED
    keeping.notify(f"buyer:{found.thread.buyer_ref}", told, found, actor.at, **about)
    warn_if_twice(actor, found, remedy)
    keeping.keep(
        actor,
        found,
        "confirm_remedy",
        remedy_ended(remedy, found),
        *events,
        ground=GUARANTEE.code,
        amount=remedy.amount,
        instruction=remedy.instruction,
    )
    open_recovery(actor, remedy, found)


def fail_instruction(actor: Actor, *, instruction: str) -> None:
    """Hear that the marketplace did not carry an instruction out: a person has to decide anew.

    Of one that was called back that is what it was asked for: nobody is alarmed.
    """
    with memory.act():
        remedy = _remedy_of(instruction)
        if remedy is None:
            unsettle_recovery(actor, instruction)
            givingback.unsettle(actor, instruction)
            return
        found = the_trouble(actor, remedy.trouble_id)
        remedy.refresh_from_db()
        remedy.state = REMEDY.take("fail", RemedyState(remedy.state), actor.role)
        remedy.save(update_fields=("state",))
        clocks.stop(
            about=keeping.about(found), at=actor.at, why="instruction refused", kind=CONFIRMATION.code
        )
        due = decide_anew(found, actor.at)
        attention = None
        if not market_facts.was_recalled(instruction):
            buyer = f"buyer:{found.thread.buyer_ref}"
            keeping.notify(buyer, notices.REFUND_STALLED, found, actor.at, due=spoken(due))
            keeping.notify("lead", notices.NOT_CARRIED_OUT, found, actor.at, instruction=instruction)
            attention = "instruction-refused"
        urged = press_on(actor, found)
        keeping.keep(actor, found, "fail_remedy", *urged, attention=attention, instruction=instruction)
        note_all_back(actor, found)


def hear_told_late(actor: Actor, *, instruction: str) -> None:
    """Hear that what was declined was carried out after all, when another had taken its place: a person looks."""
    told = market_facts.instruction(instruction)
    kind, _, number = told.about.partition(":") if told else ("", "", "")
    with memory.act():
        if kind == "contact.trouble":
            look_at_late(actor, the_trouble(actor, int(number)), instruction)
        elif kind == "contact.recovery":
            look_at_late(actor, Recovery.objects.select_for_update().get(pk=int(number)), instruction)


def _remedy_of(instruction: str) -> Remedy | None:
    """Return the remedy that waits for this instruction, as its refund or as its label."""
    return (
        Remedy.objects.filter(instruction=instruction).first()
        or Remedy.objects.filter(label=instruction).first()
    )
