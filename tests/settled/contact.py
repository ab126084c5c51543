"""What should stand about the matters of contact that an act has touched, and where something else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

from mamori.grammar.businesstime import Pause
from mamori.ground.cases.models import Ask
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.clocks.standing import Newest, newest, pauses_ended
from mamori.ground.declared import memory
from mamori.ground.market import facts as market
from mamori.ground.matters.standing import Asks
from mamori.law.deadlines import RESOLUTION
from mamori.rooms.contact import keeping, owing, standstill
from mamori.rooms.contact.actions import second_reader
from mamori.rooms.contact.centre import queries as centre
from mamori.rooms.contact.centre.rules import unanswered
from mamori.rooms.contact.formal.rules import of_formal
from mamori.rooms.contact.lifecycle import MediationState, RemedyState, ThreadState
from mamori.rooms.contact.models import (
    Formal,
    GiveBack,
    Mediation,
    Message,
    Recovery,
    Remedy,
    Thread,
    ToldReply,
    Trouble,
)
from mamori.rooms.contact.rules.clocks import (
    Standing,
    of_call,
    of_centre,
    of_look,
    of_offer,
    of_promise,
    of_question,
    of_recovery,
    of_remedy,
    of_trouble,
)
from mamori.rooms.contact.rules.standstill import STAND
from mamori.rooms.contact.topics import Harm
from tests.settled.clocks import unlike
from tests.settled.tally import Tally

ROOM = "mamori.rooms.contact"
CALLED_FROM = (f"{ROOM}.actions",)
ASKED_WHILE = frozenset(
    {
        "danger",
        "answer-missed",
        "resolution-missed",
        "mediation-asked",
        "centre-asked",
        "inspect-return",
        "decide-recovery",
        "give-back-stalled",
        "formal-unanswered",
    }
)
"""What is asked for just as long as the rules say so; what else they say is asked for at least then."""


def should(about: str, stood: Iterable[Newest]) -> Iterator[Standing]:
    """Yield what should stand about a matter of the room; of one that this says nothing about, nothing."""
    kind, _, number = about.partition(":")
    match kind:
        case "contact.trouble":
            trouble = Trouble.objects.select_related("thread").get(pk=number)
            yield from _of_trouble(trouble)
        case "contact.thread":
            thread = Thread.objects.get(pk=number)
            yield from _of_question(thread)
        case "contact.recovery":
            recovery = Recovery.objects.select_related("remedy__trouble__thread").get(pk=number)
            giving = GiveBack.objects.filter(recovery=recovery).first()
            yield from of_recovery(recovery, giving)
        case "contact.formal":
            formal = Formal.objects.get(pk=number)
            yield from of_formal(formal)
        case "contact.look":
            yield from _of_looks(Thread.objects.get(pk=number), stood)


def _of_question(thread: Thread) -> Iterator[Standing]:
    answered = Message.objects.filter(thread=thread, by_seller=True, substantive=True)
    first = thread.state == ThreadState.WAITING and not answered.exists()
    closed = keeping.answer_pauses(thread, None, thread.opened_at) if first else ()
    return of_question(thread, first=first, closed=closed)


def _of_trouble(trouble: Trouble) -> Iterator[Standing]:
    thread, remedy = trouble.thread, Remedy.objects.filter(trouble=trouble).first()
    proposals = list(trouble.proposals.order_by("-number"))
    offer = next((one for one in proposals if one.closed_at is None), None)
    mediation = Mediation.objects.filter(trouble=trouble).values_list("state", flat=True).first()
    granted = remedy is not None and bool(remedy.label or remedy.instruction)
    yield from of_trouble(
        trouble,
        thread,
        owed=owing.owed_by(remedy, keeping.agreement_among(proposals), offer),
        mediation=MediationState(mediation) if mediation else None,
        turned=granted or _was_misheard(trouble),
        closed=_closed(trouble),
    )
    for call in trouble.calls.filter(Q(closed_at__isnull=True) | Q(promised_at__isnull=False)):
        if call.closed_at is None:
            yield from of_call(call, danger_since=trouble.danger_since)
        elif trouble.closed_at is None:
            yield from of_promise(call, clock_facts.calendar())
    if trouble.closed_at is None:
        waits = unanswered(centre.rows_of(thread))
        yield from of_centre({side: one.at for side, one in waits.items()})
    if offer is not None:
        yield from of_offer(offer)
    if remedy is not None:
        told = remedy.label if remedy.state == RemedyState.ORDERED else remedy.instruction
        yield from of_remedy(remedy, instruction=market.instruction(told) if told else None)


def _was_misheard(trouble: Trouble) -> bool:
    return ToldReply.objects.filter(proposal__trouble=trouble, corrected_at__isnull=False).exists()


def _closed(trouble: Trouble) -> tuple[Pause, ...]:
    """Return the days that the first answer leaves out, as they were reckoned when the trouble was opened."""
    if trouble.thread.state != ThreadState.WAITING:
        return ()
    harm = Harm.DANGER if trouble.danger_since == trouble.opened_at else Harm(trouble.harm)
    solution = keeping.due(RESOLUTION, trouble.opened_at)
    return keeping.answer_pauses(trouble.thread, harm, trouble.opened_at, solution=solution)


def _of_looks(thread: Thread, stood: Iterable[Newest]) -> Iterator[Standing]:
    waiting = second_reader.waiting(keeping.about(thread))
    for look in waiting.keys() | {clock.key for clock in stood}:
        yield from of_look(look, waiting[look].at if look in waiting else None)


def differing(abouts: Iterable[str], at: datetime, tally: Tally) -> Iterator[str]:
    """Say where something else stands about these matters than should, and count what was compared."""
    stood: dict[str, list[Newest]] = {about: [] for about in abouts}
    for clock in newest(stood):
        stood[clock.about].append(clock)
    with memory.act():  # what is set is read once for all of them
        for about, clocks in stood.items():
            standing = tuple(should(about, clocks))
            told = (
                *unlike(standing, clocks, at, tally),
                *_asks(about, standing, tally),
                *_moving(about, clocks, at),
            )
            for kind, said in told:
                tally.differs(kind, f"{about}: {said}")
                yield f"{about}: {kind}: {said}"


def _moving(about: str, clocks: Iterable[Newest], at: datetime) -> Iterator[tuple[str, str]]:
    """Say which clocks of a case that stands still do not."""
    one = standstill.of_case(about, at)
    for clock in clocks:
        stands = any(span.end == one.until for span in pauses_ended(clock.pauses)) if one else True
        if clock.done_at is None and clock.kind in STAND and clock.due_at > at and not stands:
            yield clock.kind, "should stand still"


def _asks(about: str, standing: tuple[Standing, ...], tally: Tally) -> Iterator[tuple[str, str]]:
    """Say what is asked of the centre otherwise than it should be."""
    if about.startswith("contact.look"):
        return
    wanted = {one.what for one in standing if isinstance(one, Asks)}
    asked = set(Ask.objects.filter(case__about=about).values_list("what", flat=True))
    for what in wanted | (asked & ASKED_WHILE):
        tally.compared(f"asks {what}")
        if what not in asked:
            yield f"asks {what}", "should be asked for"
        elif what not in wanted:
            yield f"asks {what}", "should not be asked for"
