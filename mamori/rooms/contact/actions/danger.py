"""A trouble turns dangerous, or is found less grave; and what alone ends a danger: the buyer was reached, or it was ruled out."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.matters.seen import DangerMeanwhile
from mamori.japan import written
from mamori.japan.calendar import spoken
from mamori.rooms.contact import calling, danger, harming, keeping, turnnotices, urging, words
from mamori.rooms.contact.actions.calls import MOST_NOTED, Outcome, close
from mamori.rooms.contact.events import HarmChanged, SellerUrged
from mamori.rooms.contact.finding import the_trouble
from mamori.rooms.contact.inputs import Reason
from mamori.rooms.contact.lifecycle import CALL, CallState
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.rules.calling import Whom, Why
from mamori.rooms.contact.rules.danger import Answers
from mamori.rooms.contact.rules.reasons import LowerBecause
from mamori.rooms.contact.topics import HARMS, Harm, Progress, is_lower

# A trouble turns dangerous, which its buyer or staff say; and a lead finds it less grave, with a reason that both sides hear.


class HarmNotLower(Refusal, code="harm-not-lower", status=422):
    """Given when a harm would be lowered to what is not less grave."""

    text = Text(
        "今の程度は「{now}」です。それより軽いものを選んでください。重くするときは「危険だと記録する」をお使いください。",
        "The harm is “{now}” now. Please choose a lesser one; for a graver one, please record that it is dangerous.",
    )


class DangerStands(Refusal, code="danger-stands", status=409):
    """Given when a harm would be lowered while a danger stands whose buyer nobody has reached."""

    text = Text(
        "危険の知らせについて、購入者にまだ確かめていません。先に購入者に確かめるか、"
        "理由を書いて「危険はないと記録する」をお使いください。",
        "The buyer has not been asked about the danger yet. Please reach the buyer first, or record with the reason that "
        "there is no danger.",
    )


def raise_harm(actor: Actor, *, trouble: int, said: str) -> None:
    """Take the buyer's word that it is dangerous now, with what happened: seller, agents and leads are told at once."""
    said = written.checked(said)
    with memory.act():
        found = the_trouble(actor, trouble)
        events = harming.to_danger(actor, found, "write")
        said_so = words.add(actor, found.thread, said)
        keeping.keep(actor, found, "raise_harm", *events, attention="danger", **said_so)


def note_danger(actor: Actor, *, trouble: int, reason: Reason) -> None:
    """Let staff hold a trouble for dangerous by what they know; the buyer is told, and `reason` stays in the record."""
    reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        events = harming.to_danger(actor, found, "take_down")
        keeping.notify(f"buyer:{found.thread.buyer_ref}", turnnotices.DANGER_BUYER, found, actor.at)
        keeping.keep(actor, found, "note_danger", *events, reason=reason, attention="danger")


def lower_harm(actor: Actor, *, trouble: int, harm: Harm, because: LowerBecause, reason: str) -> None:
    """Let a lead hold a trouble for less grave; both sides hear why, and how to object; `reason` stays in the record.

    A danger whose buyer nobody has reached is not lowered: it is ruled out.
    """
    reason = written.reasoned(reason)
    with memory.act():
        found = the_trouble(actor, trouble)
        if found.in_danger:
            raise DangerStands
        before = Harm(found.harm)
        changed = danger.change(actor, found, "lower_harm", harm)
        if not is_lower(harm, than=before):
            raise HarmNotLower(now=HARMS[before])
        urged = urging.turn_to(actor, found, Progress(found.progress))
        harming.notify_lowered(actor, found, before, because)
        keeping.keep(
            actor,
            found,
            "lower_harm",
            changed,
            *urged,
            reason=reason,
            because=because.value,
            harm_before=before,
        )


# What alone ends a danger: staff reached the buyer and asked, or a lead ruled it out with a reason.


class NoDangerStands(Refusal, code="no-danger-stands", status=409):
    """Given when a danger is to be ended that does not stand, or stands no longer."""

    text = Text(
        "この件に、確かめ待ちの危険の知らせはありません。最新の状態をご確認ください。",
        "No danger waits to be asked about here. Please look at the case again.",
    )


def reach_buyer(actor: Actor, *, trouble: int, answers: Answers, note: str = "") -> None:
    """Record that the buyer was reached, by whatever means, and what they answered: the danger stands no longer.

    How grave it is stays as it was told.  Of an injury, fire or smoke the leads hear.
    """
    note = written.optional(note, most=MOST_NOTED)
    with memory.act():
        found, call = _in_danger(actor, trouble)
        close(actor, call, Outcome.REACHED)
        call.save()
        danger.end(actor, found)
        if answers.was_harm:
            keeping.notify("lead", turnnotices.DANGER_HARMED, found, actor.at)
        keeping.keep(actor, found, "reach_buyer", reason=note, call=call.pk, **answers.recorded())


def rule_out_danger(
    actor: Actor,
    *,
    trouble: int,
    harm: Harm,
    because: LowerBecause,
    reason: str,
    seen_until: datetime | None = None,
) -> None:
    """Let a lead find that there is no danger, and how grave it is instead; both sides hear why, `reason` stays in the record."""
    reason = written.reasoned(reason)
    with memory.act():
        found, call = _in_danger(actor, trouble)
        if seen_until is not None and (since := danger.told_at(found)) > seen_until:
            raise DangerMeanwhile(when=spoken(since))
        call.state = CALL.take("rule_out", CallState(call.state), actor.role)
        before = Harm(found.harm)
        if not is_lower(harm, than=before):
            raise HarmNotLower(now=HARMS[before])
        call.closed_at = actor.at
        call.save(update_fields=("state", "closed_at"))
        calling.stop(actor, call, "call:rule_out")
        danger.end(actor, found)
        events = _lower(actor, found, harm)
        harming.notify_lowered(actor, found, before, because)
        keeping.keep(
            actor,
            found,
            "rule_out_danger",
            *events,
            reason=reason,
            because=because.value,
            harm_before=before.value,
        )


def _in_danger(actor: Actor, trouble: int) -> tuple[Trouble, Call]:
    found = the_trouble(actor, trouble)
    call = calling.waiting(found, Whom.BUYER)
    if call is None and found.in_danger:  # code of the version before took it off, while it still ran
        calling.enter(actor, found, why=Why.DANGER)
        call = calling.waiting(found, Whom.BUYER)
    if call is None or not found.in_danger:
        raise NoDangerStands
    call.trouble = found
    return found, call


def _lower(actor: Actor, trouble: Trouble, harm: Harm) -> list[HarmChanged | SellerUrged]:
    """Keep the lesser harm; while the trouble is open the seller's call and urging follow it."""
    before, trouble.harm = trouble.harm, harm
    trouble.save(update_fields=("harm",))
    changed = keeping.news(HarmChanged, trouble, before=before, harm=harm.value)
    if trouble.closed_at is not None:
        return [changed]
    calling.hasten(actor, trouble)
    return [changed, *urging.turn_to(actor, trouble, Progress(trouble.progress))]
