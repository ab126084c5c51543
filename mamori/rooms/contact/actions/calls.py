"""The call list: an agent records how a call went; a promise becomes a clock, nobody reached another try."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import Hours
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.seal import actions as sealing
from mamori.ground.seal.facts import Place
from mamori.ground.terms import facts as terms
from mamori.japan import written
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import calling, danger, keeping, notices, standstill
from mamori.rooms.contact.calling import CallLine
from mamori.rooms.contact.events import NumberWrong, SellerNotReached, SellerUnreachable
from mamori.rooms.contact.finding import the_call
from mamori.rooms.contact.lifecycle import CALL as CHART, CallState
from mamori.rooms.contact.models import Call
from mamori.rooms.contact.rules.calling import Whom, Why, hours_until
from mamori.rooms.contact.rules.clocks import PROMISE_CLOCK

FARTHEST = timedelta(days=30)
MOST_NOTED = 500


class Outcome(StrEnum):
    """How a call went."""

    REACHED = "reached"
    PROMISED = "promised"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


OUTCOMES = {
    Outcome.REACHED: Text("話せた", "reached"),
    Outcome.PROMISED: Text("対応の約束を得た", "promised to act"),
    Outcome.VOICEMAIL: Text("留守番電話", "voicemail"),
    Outcome.NO_ANSWER: Text("応答なし", "no answer"),
    Outcome.WRONG_NUMBER: Text("番号違い", "wrong number"),
}


class PromiseNeedsTime(Refusal, code="promise-needs-time", status=422):
    """Given when a promise is recorded without its time or with two, or a time without a promise."""

    text = Text(
        "約束を得たときだけ、何時間以内か、いつまでかのどちらか一つを記録してください。",
        "Record within how many hours or by when the seller promised to act: one of them, and just when there was a promise.",
    )


class BuyerAnswersNeeded(Refusal, code="buyer-answers-needed", status=422):
    """Given when a call to a buyer in danger is recorded as though it were one to the seller: what they said is missing."""

    text = Text(
        "購入者と話せたときは、けが・火や煙・商品・使用についての答えを記録してください。話せるまで、危険の知らせは終わりません。",
        "When you have spoken with the buyer, record what they said of injury, fire or smoke, the goods and their use. Until "
        "then the danger does not end.",
    )


class PromiseOutOfReach(Refusal, code="promise-out-of-reach", status=422):
    """Given when a promise is for a moment that has passed, or lies too far ahead."""

    text = Text(
        "約束の時刻は、今より後で{days}日以内にしてください。",
        "The promised moment must lie ahead, within {days} days.",
    ).fill(days=FARTHEST.days)


def record_call(
    actor: Actor,
    *,
    call: int,
    outcome: Outcome,
    promised_within: Hours | None = None,
    promised_by: datetime | None = None,
    line: int = 0,
    note: str = "",
) -> None:
    """Record how a call under the seller's `line`th registered number went (0: the one that was proposed).

    So is a call to a buyer in danger who was not reached; what one who was reached said is recorded by `reach_buyer`.
    A promise starts a clock.  Where nobody was reached another try is entered, up to the number that is set; then
    a lead is told.  A wrong number is a finding, and it is not proposed again.
    """
    if (promised_within, promised_by).count(None) != (1 if outcome is Outcome.PROMISED else 2):
        raise PromiseNeedsTime()
    if promised_by is not None and not actor.at < promised_by <= actor.at + FARTHEST:
        raise PromiseOutOfReach()
    note = written.optional(note, most=MOST_NOTED)
    with memory.act():
        found = the_call(actor, call)
        if found.whom == Whom.BUYER and outcome in (Outcome.REACHED, Outcome.PROMISED):
            raise BuyerAnswersNeeded
        close(actor, found, outcome)
        called = _line(found, line)
        found.line = called.place if called else 0
        if note:
            found.note = sealing.seal(
                subject=calling.called(found), place=note_place(found.pk), plain=note.encode()
            )
        if promised_within is not None or promised_by is not None:
            found.promised_at = _promise(actor, found, promised_within, promised_by)
        found.save()
        attention, events = _follow(actor, found, called)
        keeping.keep(
            actor,
            found.trouble,
            "record_call",
            *events,
            attention=attention,
            call=call,
            outcome=outcome.value,
            promised_at=found.promised_at.isoformat() if found.promised_at else None,
        )


def close(actor: Actor, call: Call, outcome: Outcome) -> None:
    """Take the call off the list, as it went; who saves it has more to say of it."""
    call.state = CHART.take("record", CallState(call.state), actor.role)
    call.closed_at, call.outcome, call.agent = actor.at, outcome, actor.by
    calling.stop(actor, call, "call:record")


def note_place(call: int) -> Place:
    """Return where the note on a call is kept."""
    return Place("contact_call", str(call), "note")


def ready_call(actor: Actor, *, call: int) -> None:
    """Put a call on top again whose time has come, and let the clock run by which it is to be made."""
    with memory.act():
        found = the_call(actor, call)
        calling.await_call(actor, found)
        asks = "call-owed" if found.whom == Whom.SELLER else None
        keeping.keep(actor, found.trouble, "ready_call", attention=asks, call=call)


def remind_call(actor: Actor, *, call: int) -> None:
    """Flag a call that nobody has made in time, and let the clock run on; of a danger agents and leads are told again."""
    with memory.act():
        found = the_call(actor, call)
        calling.await_call(actor, found)
        if found.whom == Whom.BUYER:
            danger.notify_staff(found.trouble, actor.at)
            keeping.keep(actor, found.trouble, "remind_call", call=call)
        else:
            keeping.keep(actor, found.trouble, "remind_call", attention="call-overdue", call=call)


def _line(call: Call, place: int) -> CallLine | None:
    if call.whom == Whom.BUYER:
        return None
    if not place:
        return calling.proposed(call.seller_ref)
    return next((line for line in calling.lines(call.seller_ref) if line.place == place), None)


def _promise(actor: Actor, call: Call, within: Hours | None, by: datetime | None) -> datetime:
    """Start the promise's clock and return the moment that was promised; the clock rings not before it."""
    hours = within or hours_until(actor.at, by or actor.at, clock_facts.calendar())
    due = clocks.start(
        kind=PROMISE_CLOCK,
        about=keeping.about(call.trouble),
        at=actor.at,
        duration=hours,
        key=str(call.pk),
        pauses=standstill.pauses_of(keeping.about(call.trouble), PROMISE_CLOCK, actor.at),
    )
    return by or due.at


def _follow(actor: Actor, call: Call, called: CallLine | None) -> tuple[str | None, list[Event]]:
    """Do what follows from the outcome; return what the case asks of somebody now, and the news."""
    trouble = call.trouble
    if call.whom == Whom.BUYER:
        danger.try_again(actor, call)
        return None, []
    match call.outcome:
        case Outcome.WRONG_NUMBER:
            return _wrong_number(actor, call, called)
        case Outcome.VOICEMAIL | Outcome.NO_ANSWER if call.turn >= terms.setting(CALL_TRIES, at=actor.at):
            keeping.notify(
                "lead", notices.NOT_REACHED, trouble, actor.at, seller=call.seller_ref, times=call.turn
            )
            return "not-reached", [keeping.news(SellerNotReached, trouble, times=call.turn)]
        case Outcome.VOICEMAIL | Outcome.NO_ANSWER:
            calling.enter(actor, trouble, why=Why(call.why), turn=call.turn + 1, later=True)
    return None, []


def _wrong_number(actor: Actor, call: Call, called: CallLine | None) -> tuple[str | None, list[Event]]:
    trouble = call.trouble
    if called is not None:
        calling.note_wrong(actor, call, called)
    news: list[Event] = [keeping.news(NumberWrong, trouble, line=call.line)]
    if calling.proposed(call.seller_ref) is not None:
        calling.enter(actor, trouble, why=Why(call.why), turn=call.turn)
        return None, news
    keeping.notify("lead", notices.NUMBER_WRONG, trouble, actor.at, seller=call.seller_ref)
    return "unreachable", [*news, keeping.news(SellerUnreachable, trouble)]
