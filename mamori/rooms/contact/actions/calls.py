"""The call list: an agent records how a call went, and a promise becomes a clock."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction

from mamori.grammar.businesstime import Hours
from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.rooms.contact import keeping, notices
from mamori.rooms.contact.events import SellerUnreachable
from mamori.rooms.contact.finding import the_call
from mamori.rooms.contact.lifecycle import CALL, CallState

PROMISE_CLOCK = "contact.promise"


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


class PromiseNeedsTime(Refusal):
    """Given when a promise is recorded without its time, or a time without a promise."""

    code = "promise-needs-time"
    status = 422
    text = Text(
        "約束を得たときだけ、何時間以内かを記録してください。",
        "Record within how many hours the seller promised to act, just when there was a promise.",
    )


def record_call(hand: Hand, *, call: int, outcome: Outcome, promised_within: Hours | None = None) -> None:
    """Record the outcome of a call; a promise starts a clock in business hours, a wrong number is a finding.

    :raises PromiseNeedsTime, NothingHere, StepNotOpen, StepNotYours: as their sentences say.
    """
    if (outcome is Outcome.PROMISED) != (promised_within is not None):
        raise PromiseNeedsTime()
    with transaction.atomic():
        found = the_call(hand, call)
        name = keeping.about(found.trouble)
        found.state = CALL.take("record", CallState(found.state), hand.role)
        found.closed_at, found.outcome, found.agent = hand.at, outcome, hand.by
        if promised_within is not None:
            due = clocks.start(
                kind=PROMISE_CLOCK, about=name, at=hand.at, duration=promised_within, key=str(call)
            )
            found.promised_at = due.at
        found.save()
        events: list[Event] = []
        if outcome is Outcome.WRONG_NUMBER:
            keeping.tell("lead", notices.UNREACHABLE, found.trouble, hand.at, seller=found.seller_ref)
            events.append(keeping.news(SellerUnreachable, found.trouble))
        keeping.keep(
            hand,
            found.trouble,
            "record_call",
            *events,
            attention="unreachable" if events else None,
            call=call,
            outcome=outcome.value,
            promised_at=found.promised_at.isoformat() if found.promised_at else None,
        )
