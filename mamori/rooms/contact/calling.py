"""The call list in motion: a call is entered for now or for later, and numbers under which nobody is found are remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.actor import Actor
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.declared import memory
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import CALL, DANGER_CALL
from mamori.rooms.contact import keeping, standstill
from mamori.rooms.contact.models import Call, Trouble, WrongNumber
from mamori.rooms.contact.rules import calling
from mamori.rooms.contact.rules.calling import OpenTimes, Tried, Whom, Why
from mamori.rooms.contact.rules.clocks import DANGER_RECALL_CLOCK, RECALL_CLOCK
from mamori.rooms.contact.topics import Harm

OF_CALLS = (CALL.code, DANGER_CALL.code, RECALL_CLOCK, DANGER_RECALL_CLOCK)
REMEMBERED = 10
"""How many of a shop's last calls say when to try again."""
URGENCY = {Harm.DANGER: 0, Harm.MONEY: 1, Harm.INCONVENIENCE: 2}


@dataclass(frozen=True, slots=True)
class CallLine:
    """A registered number: its place among the seller's, and whether the seller was not found under it."""

    place: int
    number: str
    is_wrong: bool


def enter(actor: Actor, trouble: Trouble, *, why: Why, turn: int = 1, later: bool = False) -> None:
    """Enter a call that somebody owes, unless one already waits: from now on, or `later` at another part of the day.

    The call about a danger is the buyer's, and stands beside the seller's.
    """
    whom = Whom.BUYER if why is Why.DANGER else Whom.SELLER
    if waiting(trouble, whom) is not None:
        return
    is_sellers = whom is Whom.SELLER
    call = Call.objects.create(
        trouble=trouble,
        whom=whom,
        seller_ref=trouble.thread.seller_ref if is_sellers else "",
        why=why,
        urgency=URGENCY[Harm(trouble.harm)],
        due_at=due(trouble, actor.at) if is_sellers else actor.at,
        not_before=actor.at,
        turn=turn,
        opened_at=actor.at,
    )
    if not later:
        await_call(actor, call)
        return
    is_urgent = trouble.harm == Harm.DANGER
    times, before = (times_of(call.seller_ref), tried(call.seller_ref)) if is_sellers else (OpenTimes(), ())
    wait = calling.wait(actor.at, clock_facts.calendar(), times, before, urgent=is_urgent)
    kind = RECALL_CLOCK if is_sellers else DANGER_RECALL_CLOCK
    name, key = keeping.about(trouble), str(call.pk)
    without = standstill.pauses_of(name, kind, actor.at)
    begun = clocks.start(kind=kind, about=name, at=actor.at, duration=wait, key=key, pauses=without)
    call.not_before = begun.at
    call.save(update_fields=("not_before",))


def await_call(actor: Actor, call: Call) -> None:
    """Start the clock by which a call that may be made is to be made; in danger it waits for no business day."""
    is_urgent = call.trouble.harm == Harm.DANGER
    deadline = DANGER_CALL if is_urgent else CALL
    keeping.start(deadline, keeping.about(call.trouble), actor.at, key=str(call.pk))


def waiting(trouble: Trouble, whom: Whom) -> Call | None:
    """Return the call to the seller, or to the buyer, that somebody owes."""
    return trouble.calls.filter(closed_at__isnull=True, whom=whom).first()


def stop(actor: Actor, call: Call, why: str) -> None:
    """Stop the clocks of a call."""
    for kind in OF_CALLS:
        clocks.stop(about=keeping.about(call.trouble), at=actor.at, why=why, kind=kind, key=str(call.pk))


def hasten(actor: Actor, trouble: Trouble) -> None:
    """Let the seller's waiting call be as urgent as the harm is now; in danger it is due at once, whatever it was put off for."""
    call = waiting(trouble, Whom.SELLER)
    if call is None:
        return
    call.trouble = trouble
    call.urgency = URGENCY[Harm(trouble.harm)]
    if trouble.harm == Harm.DANGER:
        stop(actor, call, "danger")
        await_call(actor, call)
        call.not_before = min(call.not_before, actor.at)
    call.save(update_fields=("urgency", "not_before"))


def due(trouble: Trouble, at: datetime) -> datetime:
    """Return by when the seller has to act: the next due moment that lies ahead, or else the solution's."""
    ahead = [moment for moment in (trouble.answer_due_at, trouble.resolution_due_at) if moment > at]
    return min(ahead, default=trouble.resolution_due_at)


def times_of(seller_ref: str) -> OpenTimes:
    """Return when the shop says that it can be reached."""
    seller = market.seller(seller_ref)
    return calling.open_times(seller.contact.hours if seller else "")


def ended(seller_ref: str) -> list[Call]:
    """Return the shop's last calls that are over, the newest first, at most 50."""
    rows = Call.objects.filter(~IS_OPEN, seller_ref=seller_ref).order_by("-id")
    return memory.on_page("contact.ended", seller_ref, lambda: list(rows[:50]))


def tried(seller_ref: str) -> tuple[Tried, ...]:
    """Return the shop's last calls in Japan's wall time; a wrong number says nothing of the hour."""
    return tuple(
        Tried(call.closed_at.astimezone(JAPAN), reached=call.outcome in ("reached", "promised"))
        for call in ended(seller_ref)[:REMEMBERED]
        if call.closed_at is not None and call.outcome not in ("", "wrong_number")
    )


def lines(seller_ref: str) -> tuple[CallLine, ...]:
    """Return the seller's registered numbers, each with whether it was found wrong."""
    seller = market.seller(seller_ref)
    known = calling.numbers(seller.contact.phone) if seller else ()
    if not known:
        return ()
    wrong = {bytes(row) for row in _wrong(seller_ref).values_list("number", flat=True)}
    return tuple(CallLine(n, number, _blind(number) in wrong) for n, number in enumerate(known, 1))


def proposed(seller_ref: str) -> CallLine | None:
    """Return the number to call, or nothing where none is left."""
    return next((line for line in lines(seller_ref) if not line.is_wrong), None)


def called(call: Call) -> str:
    """Return whose key seals what is noted on a call: of who is called."""
    buyer = f"buyer:{call.trouble.thread.buyer_ref}"
    return buyer if call.whom == Whom.BUYER else f"seller:{call.seller_ref}"


def note_wrong(actor: Actor, call: Call, line: CallLine) -> None:
    """Remember that the seller was not found under this number, without the number."""
    WrongNumber.objects.get_or_create(
        seller_ref=call.seller_ref, number=_blind(line.number), defaults={"call": call, "at": actor.at}
    )


def forget(subject: str, limit: int) -> int:
    """Erase so many at most of what is remembered of a seller's numbers; return how many rows that were."""
    kind, _, ref = subject.partition(":")
    if kind != "seller":
        return 0
    some = _wrong(ref).order_by("pk").values_list("pk", flat=True)[:limit]
    return WrongNumber.objects.filter(pk__in=list(some)).delete()[0]


def _wrong(seller_ref: str) -> QuerySet[WrongNumber]:
    return WrongNumber.objects.filter(seller_ref=seller_ref)


def _blind(number: str) -> bytes:
    return seals.blind("contact_wrongnumber.number", number)
