"""A call as the one who makes it sees it: why, under which number, when best, what to say, and the tries before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.businesstime import add
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.market import facts as market
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.japan.spoken import spoken
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import calling
from mamori.rooms.contact.actions.calls import OUTCOMES, Outcome, note_place
from mamori.rooms.contact.calling import Line
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.rules import calling as rules
from mamori.rooms.contact.rules.calling import WHYS, Script, Whom, Why
from mamori.rooms.contact.topics import Harm, Topic

SHOWN = 20
WHOM = {Whom.SELLER: Text("出品者", "the seller"), Whom.BUYER: Text("購入者", "the buyer")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A call that was made: when, how it went, what was promised and whether it was kept, and the note on it."""

    at: datetime
    to: Text
    outcome: Text
    line: int
    promised_at: datetime | None
    kept: bool | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPanel:
    """What somebody needs who is about to call.  `best` is empty when now is as good a time as any."""

    id: int
    why: Text
    script: Script
    lines: tuple[Line, ...]
    hours: str
    best: Text | None
    turn: int
    most: int
    not_before: datetime
    is_due: bool

    @property
    def proposed(self) -> Line | None:
        """Return the number to call."""
        return next((line for line in self.lines if not line.is_wrong), None)


def panel(call: Call, trouble: Trouble, *, number: str, shop: str, at: datetime) -> CallPanel:
    """Return the waiting call in full."""
    seller = market.seller(call.seller_ref) if call.seller_ref else None
    said = rules.script(Why(call.why), Topic(trouble.thread.topic), Harm(trouble.harm))
    return CallPanel(
        id=call.pk,
        why=WHYS[Why(call.why)],
        script=said.filled(
            number=number, shop=shop or trouble.thread.seller_ref, due=spoken(_minute(call.due_at))
        ),
        lines=calling.lines(call.seller_ref) if call.seller_ref else (),
        hours=seller.contact.hours if seller else "",
        best=_best(call, at, urgent=trouble.harm == Harm.DANGER) if call.seller_ref else None,
        turn=call.turn,
        most=terms.setting(CALL_TRIES, at=at),
        not_before=call.not_before,
        is_due=call.not_before <= at,
    )


def calls_of(trouble: Trouble) -> list[Call]:
    """Return the trouble's calls, the newest first; the one that waits, if any, is among them."""
    return list(trouble.calls.order_by("-id")[: 2 * SHOWN])


def tries(calls: Iterable[Call]) -> tuple[Try, ...]:
    """Return the calls that were made, in the given order, with the notes that can be read."""
    made = [call for call in calls if call.outcome][:SHOWN]
    opener = seals.Opener()
    return tuple(
        Try(
            at=call.closed_at,
            to=WHOM[Whom(call.whom)],
            outcome=OUTCOMES[Outcome(call.outcome)],
            line=call.line,
            promised_at=call.promised_at,
            kept=call.kept,
            note=_note(call, opener),
        )
        for call in made
        if call.closed_at is not None
    )


def _best(call: Call, at: datetime, *, urgent: bool) -> Text | None:
    """Propose a better time when the shop is closed now, or nobody is called at this hour; no day is closed to a danger."""
    times, local = calling.times_of(call.seller_ref), at.astimezone(JAPAN)
    calendar = clock_facts.calendar()
    is_day = urgent or calendar.why_closed(local.date()) is None
    if rules.part_of(local) and times.holds(local) and is_day:
        return None
    wait = rules.wait(at, calendar, times, calling.tried(call.seller_ref), urgent=urgent)
    return spoken(_minute(add(at, wait, calendar).at))


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _note(call: Call, opener: seals.Opener) -> str:
    if call.note is None:
        return ""
    try:
        plain = opener.unseal(
            subject=calling.called(call), place=note_place(call.pk), sealed=bytes(call.note)
        )
    except seals.Shredded:
        return ""
    return plain.decode()
