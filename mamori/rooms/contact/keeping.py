"""What every action of this room ends with: the act recorded, the events told, the case index brought up to date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Pause
from mamori.grammar.declaration import Deadline, Template
from mamori.grammar.event import Event
from mamori.ground.cases import actions as cases, facts as case_facts
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.clocks.facts import ClockFact
from mamori.ground.declared import memory
from mamori.ground.declared.casekinds import Lead
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts as market
from mamori.ground.matters.seen import after_all
from mamori.ground.matters.settlement import settle
from mamori.ground.outbox import actions as outbox
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import (
    ANSWER,
    CENTRE_ANSWER,
    QUESTION_ANSWER,
    REMEDY_DECISION,
    RESOLUTION,
    RETURN_INSPECTION,
    SILENCE,
)
from mamori.rooms.contact import standstill
from mamori.rooms.contact.lifecycle import (
    UNDER_WAY,
    GiveBackState,
    MediationState,
    ProposalState,
    RecoveryState,
    ThreadState,
    TroubleState,
)
from mamori.rooms.contact.lifecycle.waits import WATCHED
from mamori.rooms.contact.models import GiveBack, Mediation, Proposal, Recovery, Remedy, Thread, Trouble
from mamori.rooms.contact.models.beside import READ, is_fresh
from mamori.rooms.contact.queries import visitors
from mamori.rooms.contact.rules import late
from mamori.rooms.contact.rules.calling import Whom
from mamori.rooms.contact.rules.clocks import of_recovery
from mamori.rooms.contact.rules.late import AFTER_A_RING
from mamori.rooms.contact.rules.owed import AGREED, is_buyers_deed
from mamori.rooms.contact.rules.reading import (
    DANGER,
    OF_CALLS,
    UNREACHED,
    UNTAKEN,
    Asked,
    asked,
    asked_when_over,
)
from mamori.rooms.contact.topics import TOPICS, Harm, Topic


def remedy_of(trouble: Trouble) -> Remedy | None:
    """Return the remedy as it stands in its table, to be looked at only."""
    if is_fresh(trouble.thread_id):
        return None
    return memory.of(READ, ("remedy", trouble.pk), lambda: Remedy.objects.filter(trouble=trouble).first())


def is_under_way(trouble: Trouble) -> bool:
    """Say whether a refund or return in the seller's place was granted and is not done."""
    remedy = remedy_of(trouble)
    return remedy is not None and remedy.state in UNDER_WAY


def proposals_of(trouble: Trouble) -> list[Proposal]:
    """Return the proposals as they stand in their table, the newest first."""
    if is_fresh(trouble.thread_id):
        return []
    rows = memory.of(READ, ("proposals", trouble.pk), lambda: list(trouble.proposals.order_by("-number")))
    for row in rows:
        row.trouble = trouble
    return rows


def open_proposal(trouble: Trouble) -> Proposal | None:
    """Return the one that waits for an answer or for what was agreed."""
    return next((one for one in proposals_of(trouble) if one.closed_at is None), None)


def agreement_of(trouble: Trouble) -> Proposal | None:
    """Return the newest solution that both sides had agreed to."""
    return agreement_among(proposals_of(trouble))


def agreement_among(proposals: Iterable[Proposal]) -> Proposal | None:
    """Return the agreement that counts among proposals that stand newest first."""
    return next((one for one in proposals if one.state in AGREED and _is_agreed(one)), None)


def _is_agreed(proposal: Proposal) -> bool:
    return proposal.buyer_agreed_at is not None and proposal.seller_agreed_at is not None


OF_CLOCKS = {
    REMEDY_DECISION.code: "decide-remedy",
    RETURN_INSPECTION.code: "inspect-return",
    CENTRE_ANSWER.code: "centre-asked",
}
"""What somebody at the centre has to do while a clock of that kind runs."""


def computed(
    actor: Actor, thread: Thread, trouble: Trouble | None, running: Iterable[ClockFact], before: Iterable[str]
) -> frozenset[str]:
    """Return what an open thread or trouble asks; `before` is what it asked until now."""
    found = {OF_CLOCKS[clock.kind] for clock in running if clock.kind in OF_CLOCKS}
    if trouble and trouble.in_danger:
        found.add(DANGER)
    if is_fresh(thread.pk):
        return frozenset(found)
    return frozenset(found | set(_undone(thread, trouble)) | set(_calls(actor, trouble, before)))


def computed_of(recovery: Recovery) -> frozenset[str]:
    """Return what an open recovery asks, or one of which money is not back yet."""
    if recovery.state == RecoveryState.HEARD:
        return frozenset({"decide-recovery"})
    stalled = GiveBack.objects.filter(recovery=recovery, state=GiveBackState.STALLED)
    return frozenset({"give-back-stalled"} if stalled.exists() else ())


def _undone(thread: Thread, trouble: Trouble | None) -> Iterator[str]:
    if trouble and is_under_way(trouble):
        return  # what the operator refunds nobody else owes
    if thread.state == ThreadState.MISSED:
        yield "answer-missed"
    if trouble and trouble.state == TroubleState.OVERDUE:
        yield "resolution-missed"
    if trouble and Mediation.objects.filter(trouble=trouble, state=MediationState.OPEN).exists():
        is_agreed = any(one.state == ProposalState.ACCEPTED for one in proposals_of(trouble))
        is_paid = trouble.paid_back_at is not None and thread.state == ThreadState.ANSWERED
        yield from () if is_agreed or is_paid else (UNTAKEN,)


def _calls(actor: Actor, trouble: Trouble | None, before: Iterable[str]) -> Iterator[str]:
    owed = trouble and trouble.calls.filter(
        whom=Whom.SELLER, closed_at__isnull=True, not_before__lte=actor.at
    )
    if owed and owed.exists():
        yield next((one for one in before if one in OF_CALLS), OF_CALLS[0])


SETTLED_BY_AGREEING = frozenset(
    {"answer-missed", "proposal-ended", "promise-broken", "reply-corrected", "agreement-missed"}
)
"""What a case asks for no more once both sides have agreed or the agreed money is paid."""


def trouble_of(thread: Thread) -> Trouble | None:
    """Return the thread's trouble, or nothing for a question."""
    return getattr(thread, "trouble", None)


def note_told(actor: Actor, trouble: Trouble) -> None:
    """Note that words were taken, whichever way they came: after all that were; the caller holds the trouble locked."""
    trouble.words_at = after_all(actor.at, trouble.words_at)
    trouble.save(update_fields=("words_at",))


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
    without = (*pauses, *standstill.pauses_of(name, deadline.code, at))
    return clocks.start(kind=deadline.code, about=name, at=at, duration=duration, key=key, pauses=without).at


def due(deadline: Deadline, at: datetime, pauses: Sequence[Pause] = ()) -> datetime:
    """Return when a clock would be due that starts at `at`."""
    return clock_facts.after(at, terms.duration(deadline, at=at), pauses)


def start_answer(
    thread: Thread, harm: Harm | None, name: str, at: datetime, *, solution: datetime | None = None
) -> datetime:
    """Start the clock of the seller's answer and return the due moment."""
    pauses = answer_pauses(thread, harm, at, solution=solution)
    return start(ANSWER if harm else QUESTION_ANSWER, name, at, pauses=pauses)


def answer_pauses(
    thread: Thread, harm: Harm | None, at: datetime, *, solution: datetime | None = None
) -> tuple[Pause, ...]:
    """Return what an answer's clock leaves out: the seller's declared closing days.

    Where a solution is due, only as many are left out as keep the answer well before it.
    """
    pauses = standstill.closing_pauses(thread, harm, at)
    if pauses and solution:
        duration = terms.duration(ANSWER if harm else QUESTION_ANSWER, at=at)
        pauses = standstill.in_time(pauses, since=at, duration=duration, solution=solution)
    return pauses


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
            "trouble": trouble.pk if trouble else None,
        }
    wanted = {field.name for field in fields(kind)}
    return kind(**{field: value for field, value in known.items() if field in wanted}, **values)


def enter(kind: str, thing: Thread | Trouble | Recovery, thread: Thread, at: datetime) -> str:
    """Enter the matter into the case index and return its name; a recovery is no business of the buyer's."""
    name = about(thing)
    clocks.none_yet(name)
    standstill.none_yet(name)
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
    actor: Actor,
    thing: Thread | Trouble | Recovery,
    verb: str,
    *events: Event,
    ground: str = "",
    reason: str = "",
    attention: str | None = None,
    also: Collection[str] = (),
    settles: Collection[str] = (),
    **payload: Any,
) -> int:
    """Record the act, publish the events, refresh the case; return the act's number.

    The act is sealed with the buyer's key, or for a recovery with the seller's.  `attention` is what the case asks first from
    now on, "" where the act is a mere look; what it asks `also` comes behind, and what it `settles` is asked no more.  A deed
    of the buyer ends the wait for the buyer's word, and what is open never waits without a clock.  In danger the case stays
    open and before all others, also when the trouble is over.
    """
    name = about(thing)
    urgent_since = None
    if isinstance(thing, Recovery):
        giving = GiveBack.objects.filter(recovery=thing).first()
        subject, closed_at, state = f"seller:{thing.seller_ref}", recovery_closed(thing, giving), thing.state
    else:
        thread = thing.thread if isinstance(thing, Trouble) else thing
        trouble = trouble_of(thread)
        matter = trouble or thread
        urgent_since = trouble.danger_since if trouble and trouble.in_danger else None
        subject, closed_at, state = f"buyer:{thread.buyer_ref}", matter.closed_at, matter.state
        if is_buyers_deed(actor.role, taken_down="through" in payload):
            hear_buyer(actor.at, thread)
        if closed_at is None:
            see_watched(thread, actor.at)
        _note_turn(thread)
    act = ledger.record(
        actor,
        kind=f"contact.{verb}",
        subject=subject,
        about=name,
        ground=ground,
        reason=reason,
        payload={"state": state, **payload},
    )
    for event in events:
        outbox.publish(event, at=actor.at)
    if actor.role in (Role.SELLER, Role.DELEGATE):
        settles = {*settles, *UNREACHED}
    if isinstance(thing, Recovery):
        settled = settle(
            {name: standstill.left_out(of_recovery(thing, giving), name, actor.at)}, at=actor.at, why=verb
        )
        # a claim is looked at again and again while the seller has not paid, which is nobody's promise
        settled_lead = clock_facts.lead(name) if thing.state == RecoveryState.CLAIMED else settled.lead()
    now = _asked(
        actor, thing, attention, also, settles, is_open=closed_at is None, in_danger=urgent_since is not None
    )
    cases.update(
        about=name,
        state=state,
        lead=settled_lead if isinstance(thing, Recovery) else lead_of(thread),
        closed_at=closed_at if urgent_since is None else None,
        urgent_since=urgent_since,
        attention=now.first,
        asks=now.all,
    )
    return act


def recovery_closed(recovery: Recovery, giving: GiveBack | None) -> datetime | None:
    """Return when a recovery was over; it is not while money of it is on its way back."""
    if giving is None or recovery.closed_at is None:
        return recovery.closed_at
    return max(giving.closed_at, recovery.closed_at) if giving.closed_at else None


def hear_buyer(at: datetime, thread: Thread) -> None:
    """Take a deed of the buyer for a word: of a trouble the wait for it ends, of a question it begins anew."""
    name = about(thread)
    stopped = clocks.stop(about=name, at=at, why="the buyer acted", kind=SILENCE.code)
    if stopped and trouble_of(thread) is None and thread.closed_at is None:
        start(SILENCE, name, at)


def note_heard(at: datetime, thread: Thread) -> None:
    """Take a deed of the buyer beside a trouble for a word in it; there is no act of the trouble's own."""
    name = about(thread)
    hear_buyer(at, thread)
    see_watched(thread, at)
    _note_turn(thread)
    cases.put_due(about=name, lead=lead_of(thread))


def lead_of(thread: Thread) -> Lead | None:
    """Return what the case of a thread leads with: what was missed and is not kept yet, or what is owed next."""
    name, trouble = about(thread), trouble_of(thread)
    running = clock_facts.open_clocks(name)
    may_have_rung = any(clock.kind in AFTER_A_RING for clock in running) and not is_fresh(thread.pk)
    found = late.missed(
        thread,
        trouble,
        refunded=trouble is not None and is_under_way(trouble),
        agreement=agreement_of(trouble) if trouble else None,
        running=running,
        fired=clock_facts.rung(name) if may_have_rung else (),
    )
    return clock_facts.lead(name, found)


def see_watched(thread: Thread, at: datetime) -> None:
    """Let a clock run on a trouble that waits for nobody's word: by when it is solved, or after that, decided on."""
    name, trouble = about(thread), trouble_of(thread)
    if trouble is None:
        return
    running = {clock.kind for clock in clock_facts.open_clocks(name)}
    if running & WATCHED:
        return
    if trouble.state == TroubleState.OVERDUE:
        start(REMEDY_DECISION, name, at)
        return
    trouble.first_due_at = trouble.first_due_at or trouble.resolution_due_at
    trouble.resolution_due_at = start(RESOLUTION, name, at)
    trouble.save(update_fields=("first_due_at", "resolution_due_at"))


def _note_turn(thread: Thread) -> None:
    """Keep the next moment by which the seller owes something, for its inbox to stand in order, and whose silence ends it."""
    trouble = trouble_of(thread)
    taken_over = trouble is not None and is_under_way(trouble)
    moments = [thread.answer_due_at] if thread.answer_due_at and not taken_over else []
    proposal = trouble and open_proposal(trouble)
    if proposal and (proposal.seller_agreed_at is None or proposal.state == ProposalState.ACCEPTED):
        moments.append(proposal.due_at)
    due = min(moments, default=None) if thread.closed_at is None else None
    waits = any(clock.kind == SILENCE.code for clock in clock_facts.open_clocks(about(thread)))
    if (due, waits) != (thread.seller_due_at, thread.awaits_buyer):
        thread.seller_due_at, thread.awaits_buyer = due, waits
        thread.save(update_fields=("seller_due_at", "awaits_buyer"))


def _asked(
    actor: Actor,
    thing: Thread | Trouble | Recovery,
    new: str | None,
    also: Collection[str],
    settles: Collection[str],
    *,
    is_open: bool,
    in_danger: bool,
) -> Asked:
    """Return what a case asks after an act."""
    name = about(thing)
    first = case_facts.case_of(name).attention
    before = case_facts.asked(name) | ({first} if first else set())
    if not is_open:
        return asked_when_over(Asked(first=first, all=before), in_danger=in_danger, new=new, settles=settles)
    if isinstance(thing, Recovery):
        stands = computed_of(thing)
    else:
        thread = thing.thread if isinstance(thing, Trouble) else thing
        running = clock_facts.open_clocks(name)
        stands = computed(actor, thread, trouble_of(thread), running, (new or "", *before))
    return asked(
        Asked(first=first, all=before),
        computed={*stands, *also},
        new=new,
        settles=settles,
        by_staff=actor.is_staff,
    )


def notify(
    to: str, template: Template, thing: Thread | Trouble | Recovery, at: datetime, **values: Any
) -> None:
    """Write a notice for a party or the lead; the case number is always in it."""
    name = about(thing)
    if visitors.is_visitors(to) and visitors.notify_asker(to, template, number=case_number(name), at=at):
        return
    outbox.notify(to=to, template=template, values={"number": case_number(name), **values}, about=name, at=at)
