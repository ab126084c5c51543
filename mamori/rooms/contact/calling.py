"""The call list in motion: a call is entered for now or for later, and numbers under which nobody is found are remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mamori.grammar.hand import Hand
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.japan.calendar import JAPAN
from mamori.law.deadlines import CALL
from mamori.rooms.contact import keeping
from mamori.rooms.contact.models import Call, Trouble, WrongNumber
from mamori.rooms.contact.rules import calling
from mamori.rooms.contact.rules.calling import OpenTimes, Tried, Why
from mamori.rooms.contact.topics import Harm

RECALL_CLOCK = "contact.recall"
OF_CALLS = (CALL.code, RECALL_CLOCK)
REMEMBERED = 10
"""How many of a shop's last calls say when to try again."""
URGENCY = {Harm.DANGER: 0, Harm.MONEY: 1, Harm.INCONVENIENCE: 2}


@dataclass(frozen=True, slots=True)
class Line:
    """A registered number: its place among the seller's, and whether the seller was not found under it."""

    place: int
    number: str
    is_wrong: bool


def enter(hand: Hand, trouble: Trouble, *, why: Why, turn: int = 1, later: bool = False) -> None:
    """Enter a call that somebody owes, unless one already waits: from now on, or `later` at another part of the day."""
    if trouble.calls.filter(closed_at__isnull=True).exists():
        return
    call = Call.objects.create(
        trouble=trouble,
        seller_ref=trouble.thread.seller_ref,
        why=why,
        urgency=URGENCY[Harm(trouble.harm)],
        due_at=due(trouble, hand.at),
        not_before=hand.at,
        turn=turn,
        opened_at=hand.at,
    )
    name, key = keeping.about(trouble), str(call.pk)
    if not later:
        keeping.start(CALL, name, hand.at, key=key)
        return
    wait = calling.wait(
        hand.at,
        clock_facts.calendar(),
        times_of(call.seller_ref),
        tried(call.seller_ref),
        urgent=trouble.harm == Harm.DANGER,
    )
    call.not_before = clocks.start(kind=RECALL_CLOCK, about=name, at=hand.at, duration=wait, key=key).at
    call.save(update_fields=("not_before",))


def hasten(hand: Hand, trouble: Trouble) -> None:
    """Let a waiting call be as urgent as the harm is now; in danger one that was put off is due at once."""
    call = trouble.calls.filter(closed_at__isnull=True).first()
    if call is None:
        return
    call.urgency = URGENCY[Harm(trouble.harm)]
    if trouble.harm == Harm.DANGER and call.not_before > hand.at:
        name, key = keeping.about(trouble), str(call.pk)
        clocks.stop(about=name, at=hand.at, why="danger", kind=RECALL_CLOCK, key=key)
        keeping.start(CALL, name, hand.at, key=key)
        call.not_before = hand.at
    call.save(update_fields=("urgency", "not_before"))


def due(trouble: Trouble, at: datetime) -> datetime:
    """Return by when the seller has to act: the next due moment that lies ahead, or else the solution's."""
    ahead = [moment for moment in (trouble.answer_due_at, trouble.resolution_due_at) if moment > at]
    return min(ahead, default=trouble.resolution_due_at)


def times_of(seller_ref: str) -> OpenTimes:
    """Return when the shop says that it can be reached."""
    seller = market.seller(seller_ref)
    return calling.open_times(seller.contact.hours if seller else "")


def tried(seller_ref: str) -> tuple[Tried, ...]:
    """Return the shop's last calls in Japan's wall time; a wrong number says nothing of the hour."""
    found = Call.objects.filter(closed_at__isnull=False, seller_ref=seller_ref).order_by("-id")[:REMEMBERED]
    return tuple(
        Tried(call.closed_at.astimezone(JAPAN), reached=call.outcome in ("reached", "promised"))
        for call in found
        if call.closed_at is not None and call.outcome not in ("", "wrong_number")
    )


def lines(seller_ref: str) -> tuple[Line, ...]:
    """Return the seller's registered numbers, each with whether it was found wrong."""
    seller = market.seller(seller_ref)
    known = calling.numbers(seller.contact.phone) if seller else ()
    if not known:
        return ()
    wrong = {bytes(row) for row in _wrong(seller_ref).values_list("number", flat=True)}
    return tuple(Line(n, number, _blind(number) in wrong) for n, number in enumerate(known, 1))


def proposed(seller_ref: str) -> Line | None:
    """Return the number to call, or nothing where none is left."""
    return next((line for line in lines(seller_ref) if not line.is_wrong), None)


def note_wrong(hand: Hand, call: Call, line: Line) -> None:
    """Remember that the seller was not found under this number, without the number."""
    WrongNumber.objects.get_or_create(
        seller_ref=call.seller_ref, number=_blind(line.number), defaults={"call": call, "at": hand.at}
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
