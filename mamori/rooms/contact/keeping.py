"""What every action of this room ends with: the act recorded, the events told, the case index brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from mamori.grammar.businesstime import Pause
from mamori.grammar.declaration import Deadline, Template
from mamori.grammar.event import Event
from mamori.grammar.hand import Hand
from mamori.ground.cases import actions as cases
from mamori.ground.cases import facts as case_facts
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import ANSWER, QUESTION_ANSWER
from mamori.rooms.contact import standstill
from mamori.rooms.contact.lifecycle import ProposalState
from mamori.rooms.contact.models import Recovery, Thread, Trouble
from mamori.rooms.contact.topics import TOPICS, Harm, Topic

OF_CALLS = ("call-owed", "call-overdue")
"""What a case asks while a call waits to be made."""
SETTLED_BY_TAKING = frozenset({"mediation-asked"})
SETTLED_BY_AGREEING = SETTLED_BY_TAKING | {
    "answer-missed",
    "proposal-ended",
    "promise-broken",
    "agreement-missed",
}
"""What a case asks for no more once somebody mediates, and once both sides have agreed or the agreed money is paid."""
LOOK_WAITS = "second-reader"
"""What a case asks, open or closed, while an emergency look at its words waits for another person."""


def trouble_of(thread: Thread) -> Trouble | None:
    """Return the thread's trouble, or nothing for a question."""
    return getattr(thread, "trouble", None)


def about(thing: Thread | Trouble | Recovery) -> str:
    """Return the name under which clocks, acts and the case index know the matter."""
    if isinstance(thing, Recovery):
        return f"contact.recovery:{thing.pk}"
    trouble = thing if isinstance(thing, Trouble) else trouble_of(thing)
    return f"contact.trouble:{trouble.pk}" if trouble else f"contact.thread:{thing.pk}"


def case_number(name: str) -> str:
    """Return the number that people use for the matter."""
    return case_facts.case_of(name).number


def start(
    deadline: Deadline, name: str, at: datetime, key: str = "", pauses: Sequence[Pause] = ()
) -> datetime:
    """Start a clock with the duration that is set today, and return its due moment."""
    duration = terms.duration(deadline, at=at)
    return clocks.start(kind=deadline.code, about=name, at=at, duration=duration, key=key, pauses=pauses).at


def start_answer(
    thread: Thread, harm: Harm | None, name: str, at: datetime, *, solution: datetime | None = None
) -> datetime:
    """Start the clock of the seller's answer, which leaves its declared closing days out; return the due moment.

    Where a solution is due, only as many are left out as keep the answer well before it.
    """
    deadline = ANSWER if harm else QUESTION_ANSWER
    pauses = standstill.closing_pauses(thread, harm, at)
    if pauses and solution:
        duration = terms.duration(deadline, at=at)
        pauses = standstill.in_time(pauses, since=at, duration=duration, solution=solution)
    return start(deadline, name, at, pauses=pauses)


def news[E: Event](kind: type[E], thing: Thread | Trouble | Recovery, **values: Any) -> E:
    """Make an event about the matter: subject, case number, ids and the seller are filled in where it has them."""
    name = about(thing)
    known: dict[str, Any] = {"subject": name, "case": case_number(name)}
    if isinstance(thing, Recovery):
        known |= {"recovery": thing.pk, "seller_ref": thing.seller_ref}
    else:
        thread = thing.thread if isinstance(thing, Trouble) else thing
        trouble = trouble_of(thread)
        known |= {
            "thread": thread.pk,
            "seller_ref": thread.seller_ref,
            "trouble": trouble.pk if trouble else 0,
        }
    wanted = {field.name for field in fields(kind)}
    return kind(**{field: value for field, value in known.items() if field in wanted}, **values)


def enter(kind: str, thing: Thread | Trouble | Recovery, thread: Thread, at: datetime) -> str:
    """Enter the matter into the case index and return its name; a recovery is no business of the buyer's."""
    name = about(thing)
    topic, seller = TOPICS[Topic(thread.topic)], market.seller(thread.seller_ref)
    cases.open(
        kind=f"contact.{kind}",
        about=name,
        title=topic.ja,
        buyer_ref="" if isinstance(thing, Recovery) else thread.buyer_ref,
        seller_ref=thread.seller_ref,
        order_ref=thread.order_ref,
        at=at,
        subject=f"seller:{thread.seller_ref}",
        called=f"{topic.en} {seller.name if seller else ''}",
    )
    return name


def keep(
    hand: Hand,
    thing: Thread | Trouble | Recovery,
    verb: str,
    *events: Event,
    ground: str = "",
    reason: str = "",
    attention: str | None = None,
    settles: Collection[str] = (),
    **payload: Any,
) -> int:
    """Record the act, publish the events, refresh the case; return the act's number.

    The act is sealed with the buyer's key, or for a recovery with the seller's.  What it `settles` the case asks no more.
    """
    name = about(thing)
    if isinstance(thing, Recovery):
        subject, closed_at, state = f"seller:{thing.seller_ref}", thing.closed_at, thing.state
    else:
        thread = thing.thread if isinstance(thing, Trouble) else thing
        matter = trouble_of(thread) or thread
        subject, closed_at, state = f"buyer:{thread.buyer_ref}", matter.closed_at, matter.state
        _note_turn(thread)
    act = ledger.record(
        hand,
        kind=f"contact.{verb}",
        subject=subject,
        about=name,
        ground=ground,
        reason=reason,
        payload={"state": state, **payload},
    )
    for event in events:
        outbox.publish(event, at=hand.at)
    if closed_at is None:  # what an action starts in a struck region stands still at once
        standstill.hold_still(_thread_of(thing), name)
    if not attention:
        asked = case_facts.case_of(name).attention if attention is None else None
        asked = None if asked in settles else asked
        attention = _still_asked(hand, thing, asked) if closed_at is None else _unlooked(asked)
    cases.update(
        about=name,
        state=state,
        next_due_at=clock_facts.next_due(name),
        closed_at=closed_at,
        attention=attention,
    )
    return act


def _note_turn(thread: Thread) -> None:
    """Keep the next moment by which the seller owes something, for its inbox to stand in order."""
    moments = [thread.answer_due_at] if thread.answer_due_at else []
    trouble = trouble_of(thread)
    proposal = trouble and trouble.proposals.filter(closed_at__isnull=True).first()
    if proposal and (proposal.seller_agreed_at is None or proposal.state == ProposalState.ACCEPTED):
        moments.append(proposal.due_at)
    due = min(moments, default=None) if thread.closed_at is None else None
    if due != thread.seller_due_at:
        thread.seller_due_at = due
        thread.save(update_fields=("seller_due_at",))


def _still_asked(hand: Hand, thing: Thread | Trouble | Recovery, asked: str | None) -> str | None:
    """Return what a case still asks of somebody: it stays until staff act or the matter ends, a call while it is owed."""
    left = _unlooked(asked) if hand.is_staff or asked in OF_CALLS else asked
    if left is not None or isinstance(thing, Recovery):
        return left
    trouble = thing if isinstance(thing, Trouble) else trouble_of(thing)
    owed = trouble and trouble.calls.filter(closed_at__isnull=True, not_before__lte=hand.at).exists()
    return (asked if asked in OF_CALLS else OF_CALLS[0]) if owed else None


def _unlooked(asked: str | None) -> str | None:
    return asked if asked == LOOK_WAITS else None


def _thread_of(thing: Thread | Trouble | Recovery) -> Thread:
    if isinstance(thing, Recovery):
        return thing.remedy.trouble.thread
    return thing.thread if isinstance(thing, Trouble) else thing


def tell(
    to: str, template: Template, thing: Thread | Trouble | Recovery, at: datetime, **values: Any
) -> None:
    """Write a notice for a party or the lead; the case number is always in it."""
    name = about(thing)
    outbox.notify(to=to, template=template, values={"number": case_number(name), **values}, about=name, at=at)
