"""A matter as staff see it: who, which order, which clocks, what can be done, whom to call and why; never the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mamori.grammar.actor import Actor
from mamori.grammar.businesstime import add
from mamori.grammar.text import Text
from mamori.ground.cases.facts import CaseFact
from mamori.ground.clocks import facts as clock_facts
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import facts as market
from mamori.ground.market.facts import OrderFact
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN, spoken
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import calling, danger, keeping, words
from mamori.rooms.contact.actions.calls import OUTCOMES, Outcome, note_place
from mamori.rooms.contact.actions.second_reader import awaited, waiting
from mamori.rooms.contact.calling import CallLine
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle import (
    GIVE_BACK,
    UNDER_WAY,
    GiveBackState,
    RecoveryState,
    RemedyState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.models import Call, Recovery, Thread, Trouble
from mamori.rooms.contact.money import giveback_of
from mamori.rooms.contact.queries.goods import cancelled_text
from mamori.rooms.contact.queries.matter import (
    Outlook,
    matter_of,
    mediation_of,
    outlook_of,
    remedy_of,
    whole_threads,
)
from mamori.rooms.contact.queries.offers import OfferShown, offers_of
from mamori.rooms.contact.rules import calling as rules
from mamori.rooms.contact.rules.calling import WHYS, Script, Whom, Why
from mamori.rooms.contact.rules.duties import Duty, duties, duties_of_recovery
from mamori.rooms.contact.rules.proposals import Side
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.topics import HARMS, PROGRESS, TOPICS, Harm, Progress, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class LookShown:
    """An emergency look: the case's `number`, and each `reason` that is on record, "" where they were erased.

    `version` is how often it was read so far.  It `waits` for a second reader, until `due_at`,
    and `is_closed` to who read and where nobody else could be one.
    """

    number: str
    thread: int
    key: str
    at: datetime
    reason: str
    version: int
    due_at: datetime | None
    waits: bool
    is_closed: bool


def looks_of(actor: Actor, thread: Thread, case: CaseFact, *, also: str = "") -> tuple[LookShown, ...]:
    """Return the emergency looks at a thread that wait for a second reader, and `also` one that is decided on."""
    asked = waiting(case.about, number=case.number)
    read: dict[str, tuple[datetime, list[str]]] = {}
    for act in ledger.acts_about(case.about, kind="contact.look") if asked or also else ():
        if act.content is not None and (key := act.content["payload"].get("look")):
            read.setdefault(key, (act.at, []))[1].append(str(act.content["reason"]))
    erased: dict[str, tuple[datetime, list[str]]] = {
        key: (one.at, []) for key, one in asked.items() if key not in read
    }
    own = people.subject_of(actor)
    due = {clock.key: clock.due_at for clock in clock_facts.open_clocks(awaited(thread))} if asked else {}
    return tuple(
        LookShown(
            number=case.number,
            thread=thread.pk,
            key=key,
            at=at,
            reason="／".join(dict.fromkeys(reasons)),
            version=len(reasons),
            due_at=due.get(key),
            waits=key in asked,
            is_closed=key in asked and (asked[key].by == own or asked[key].needs == 0),
        )
        for key, (at, reasons) in (read | erased).items()
        if key in asked or key == also
    )


# A call as the one who makes it sees it: why, under which number, when best, what to say, and the tries before it.


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
    lines: tuple[CallLine, ...]
    hours: str
    best: Text | None
    turn: int
    most: int
    not_before: datetime
    is_due: bool

    @property
    def proposed(self) -> CallLine | None:
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


# A matter as staff see it: who, which order, which topic, which clocks, what can be done; never the words.


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMatter:
    """A thread, a trouble or a recovery as staff see it."""

    case: CaseFact
    thread: Thread
    trouble: Trouble | None
    recovery: Recovery | None
    matter: Matter
    topic: Text
    harm: Text | None
    progress: Text | None
    order: OrderFact | None
    cancelled: Text | None
    duties: tuple[Duty, ...]
    call: CallPanel | None
    reach: CallPanel | None
    tries: tuple[Try, ...]
    offers: tuple[OfferShown, ...]
    outlook: Outlook | None
    is_open_to_centre: bool
    looks: tuple[LookShown, ...]
    danger_told_at: datetime | None

    @property
    def giving(self) -> Text | None:
        """Return where money of the recovery that goes back stands."""
        state = _giving(self.recovery) if self.recovery else None
        return GIVE_BACK.states[state] if state else None

    @property
    def shop(self) -> str:
        """Return the shop's name, looked up where a page shows it."""
        return market.shop_names([self.thread.seller_ref]).get(self.thread.seller_ref, "")

    @property
    def passed(self) -> dict[str, bool]:
        """Say what is overdue and was not done since."""
        is_late = self.matter.thread is ThreadState.MISSED
        return {"answer": is_late, "resolution": self.matter.trouble is TroubleState.OVERDUE}

    @property
    def in_danger(self) -> bool:
        """Say whether a danger stands whose buyer nobody has reached."""
        return self.matter.in_danger and self.recovery is None

    @property
    def agent(self) -> str:
        """Return who mediates."""
        mediation = mediation_of(self.trouble)
        return mediation.agent if mediation else ""

    @property
    def waiting_offer(self) -> OfferShown | None:
        """Return the proposal that waits for a reply."""
        return next((offer for offer in self.offers if offer.is_open and not offer.is_agreed), None)

    @property
    def agreed(self) -> OfferShown | None:
        """Return what both sides have agreed on and what is still to be kept."""
        return next((offer for offer in self.offers if offer.is_agreed), None)

    @property
    def awaits_buyer(self) -> bool:
        """Say whether the open proposal still needs the buyer's word; it does not while a refund is under way."""
        offer = self.matter.offer
        return offer is not None and self.matter.remedy not in UNDER_WAY and Side.BUYER in offer.awaits

    @property
    def correctable(self) -> bool:
        """Say whether an answer of the buyer's was taken down that can be corrected."""
        return any(offer.reply and offer.reply.may_correct for offer in self.offers)

    @property
    def parcel(self) -> str:
        """Return the number of the parcel that comes back."""
        remedy = remedy_of(self.trouble)
        return remedy.tracking if remedy else ""

    @property
    def refused_because(self) -> str:
        """Return what the marketplace said when it refused the refund, its label or the deduction that this case waits for."""
        if self.recovery is not None:
            giving = giveback_of(self.recovery)
            return market.refused_because([self.recovery.instruction, giving.instruction if giving else ""])
        remedy = remedy_of(self.trouble)
        if remedy is None or remedy.state != RemedyState.FAILED:
            return ""
        return market.refused_because([remedy.instruction, remedy.label])

    @property
    def refund(self) -> int:
        """Return what was refunded, or is to be.  Yen."""
        remedy = remedy_of(self.trouble)
        return remedy.amount if remedy else 0


def matter_of_case(actor: Actor, case: CaseFact) -> StaffMatter:
    """Return what staff may know of the case's matter."""
    if not actor.is_staff:
        raise NothingHere()
    thread, recovery = _find(case.about)
    trouble = keeping.trouble_of(thread)
    told_at = danger.told_at(trouble) if trouble and trouble.in_danger and not recovery else None
    calls = calls_of(trouble) if trouble else []
    matter = matter_of(thread)
    can = (
        duties_of_recovery(RecoveryState(recovery.state), actor.role, _giving(recovery))
        if recovery
        else duties(matter, actor.role)
    )
    order = market.order(thread.order_ref) if thread.order_ref else None
    return StaffMatter(
        case=case,
        thread=thread,
        trouble=trouble,
        recovery=recovery,
        matter=matter,
        topic=TOPICS[Topic(thread.topic)],
        harm=HARMS[Harm(trouble.harm)] if trouble else None,
        progress=PROGRESS[Progress(trouble.progress)] if trouble else None,
        order=order,
        cancelled=cancelled_text(order),
        duties=can,
        call=_call(calls, trouble, case, actor.at, Whom.SELLER),
        reach=_call(calls, trouble, case, actor.at, Whom.BUYER),
        tries=tries(calls),
        offers=() if recovery else offers_of(trouble, viewer=Side.CENTRE),
        outlook=outlook_of(trouble, actor.at, order)
        if trouble and not recovery and trouble.closed_at is None
        else None,
        is_open_to_centre=words.is_open(thread, mediated=mediation_of(trouble) is not None),
        looks=() if recovery else looks_of(actor, thread, case),
        danger_told_at=told_at,
    )


def _giving(recovery: Recovery) -> GiveBackState | None:
    giving = giveback_of(recovery)
    return GiveBackState(giving.state) if giving else None


def _find(about: str) -> tuple[Thread, Recovery | None]:
    kind, _, number = about.partition(":")
    threads = whole_threads()
    recovery = None
    match kind:
        case "contact.trouble":
            thread = threads.filter(trouble=int(number)).first()
        case "contact.thread":
            thread = threads.filter(pk=int(number)).first()
        case "contact.recovery":
            recovery = Recovery.objects.select_related("remedy", "giveback").filter(pk=int(number)).first()
            thread = threads.filter(trouble__remedy__recovery=int(number)).first()
        case _:
            thread = None
    if thread is None:
        raise NothingHere()
    return thread, recovery


def _call(
    calls: list[Call], trouble: Trouble | None, case: CaseFact, at: datetime, whom: Whom
) -> CallPanel | None:
    waiting = next((call for call in calls if call.closed_at is None and call.whom == whom), None)
    if trouble is None or waiting is None or not case.about.startswith("contact.trouble:"):
        return None
    shop = market.shop_names([case.seller_ref]).get(case.seller_ref, "")
    return panel(waiting, trouble, number=case.number, shop=shop, at=at)
