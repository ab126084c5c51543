"""What must be so after any walk through the room of contact: each thing that is open has its clock, and every yen its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from mamori.grammar.actor import Role
from mamori.ground.cases import facts as case_facts
from mamori.ground.cases.models import Ask, Case
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.ground.declared.casekinds import Lead, leading
from mamori.ground.ledger import facts as ledger
from mamori.ground.ledger.facts import ActFact
from mamori.ground.market.models import Order
from mamori.ground.outbox.models import Effect
from mamori.law.deadlines import AGREEMENT, PROPOSAL, SILENCE
from mamori.rooms.contact import keeping, owing
from mamori.rooms.contact.actions import second_reader
from mamori.rooms.contact.calling import OF_CALLS
from mamori.rooms.contact.facts import disagreements, month_of, unawaited
from mamori.rooms.contact.formal import records as formally
from mamori.rooms.contact.keeping import OF_CLOCKS
from mamori.rooms.contact.lifecycle import FormalState, RemedyState, ThreadState
from mamori.rooms.contact.lifecycle.waits import PROPOSAL_WAITS, REMEDY_WAITS, WATCHED
from mamori.rooms.contact.models import (
    Call,
    Formal,
    GiveBack,
    Mediation,
    Proposal,
    Recovery,
    Remedy,
    Thread,
    Trouble,
)
from mamori.rooms.contact.rules.owed import is_buyers_deed
from mamori.rooms.enforcement.models import Finding

EARLY = datetime(2026, 1, 1, tzinfo=UTC)


def faults() -> Iterator[str]:
    """Yield everything that is not as promised."""
    for clock in Clock.objects.filter(IS_OPEN, attempts__gt=0):
        yield f"a ring failed: {clock.about} {clock.kind}: {clock.error}"
    for effect in Effect.objects.exclude(error=""):
        yield f"an effect failed: {effect.handler} {effect.subject}: {effect.error}"
    due: dict[str, list[tuple[str, datetime]]] = {}
    kinds: dict[str, set[str]] = {}
    for clock in Clock.objects.filter(IS_OPEN):
        due.setdefault(clock.about, []).append((clock.kind, clock.due_at))
        kinds.setdefault(clock.about, set()).add(clock.kind)
    cases = {case.about: case for case in Case.objects.all()}
    threads = Thread.objects.select_related("trouble")
    matters: list[Thread | Trouble | Recovery] = [keeping.trouble_of(thread) or thread for thread in threads]
    for matter in (*matters, *Recovery.objects.all()):
        name = keeping.about(matter)
        yield from _misplaced(name, matter, cases.pop(name), due.get(name, []))
    for formal in Formal.objects.all():
        name = formally.about(formal)
        yield from _misplaced(name, formal, cases.pop(name), due.get(name, []))
    for finding in Finding.objects.all():
        name = f"enforcement.finding:{finding.pk}"
        cases.pop(name)
        if finding.closed_at is None and name not in due:
            yield f"{name} is open without a clock"
    yield from (f"a case about nothing: {name}" for name in cases)
    for model in (Call, Mediation, Proposal, Remedy):
        for left in model.objects.filter(closed_at__isnull=True, trouble__closed_at__isnull=False):
            if isinstance(left, Call) and left.whom == "buyer":
                continue
            yield f"{model.__name__} {left.pk} outlived its trouble"
    for trouble in Trouble.objects.filter(closed_at__isnull=False, thread__closed_at__isnull=True):
        yield f"the thread outlived trouble {trouble.pk}"
    yield from _dangers()
    yield from _remedies_unawaited(kinds)
    yield from _waits_wrongly(matters, kinds)
    yield from _asks_wrongly(kinds)
    yield from _unawaited()
    yield from _looks_unawaited(threads)


def _misplaced(
    name: str, matter: Thread | Trouble | Recovery | Formal, case: Case, due: list[tuple[str, datetime]]
) -> Iterator[str]:
    """Yield what is open without a clock, or has one though it ended, or stands otherwise in the index."""
    if isinstance(matter, Recovery):
        over = keeping.recovery_closed(matter, GiveBack.objects.filter(recovery=matter).first())
    else:
        over = matter.closed_at
    if isinstance(matter, Trouble) and matter.in_danger:
        over = None  # it is left to nobody until the buyer was reached, whatever became of the trouble
    # what only a machine rings has a clock, and no place in the order; what was missed comes first until it is kept
    owed = [one for one in _leads(matter, name, due) if one is None or case.next_due_at == one.due_at]
    if (over is None) != bool(due):
        yield f"{name} is {matter.state} and due {due}"
    if (case.state, case.closed_at) != (matter.state, over) or not owed:
        yield f"the index says of {name} {case.state}, {case.next_due_at}: {matter.state}, {due}"


def _leads(
    matter: Thread | Trouble | Recovery | Formal, name: str, due: list[tuple[str, datetime]]
) -> Iterator[Lead | None]:
    """Yield what the case may lead with, by what stands in the rows of the matter and of its clocks."""
    running = [Lead(kind, at) for kind, at in due]
    if isinstance(matter, Thread | Trouble):
        yield keeping.lead_of(matter.thread if isinstance(matter, Trouble) else matter)
        return
    yield leading(running)
    fired = Clock.objects.filter(about=name, outcome="rung").values_list("kind", "due_at")
    yield from (leading(running, [Lead(kind, at)]) for kind, at in fired)


def _dangers() -> Iterator[str]:
    """Yield each danger that is not first, has no call to its buyer, or stands somewhere and not elsewhere."""
    stand = {keeping.about(one) for one in Trouble.objects.all() if one.in_danger}
    owed = [f"contact.trouble:{n}" for n in _buyers_calls().values_list("trouble_id", flat=True)]
    cases = Case.objects.filter(kind="contact.trouble")
    shown = set(cases.filter(urgent_since__isnull=False).values_list("about", flat=True))
    first = set(cases.filter(attention="danger").values_list("about", flat=True))
    if not stand == set(owed) == shown == first == _listed("danger") or len(owed) != len(stand):
        yield f"in danger {stand}, called {owed}, before all {shown}, first {first}, asked {_listed('danger')}"
    listed = [case.about for case in case_facts.view(case_facts.Wish(), limit=len(stand) or 1).cases]
    if stand and set(listed) != stand:
        yield f"in danger {stand}, but the queue begins with {listed}"


def _buyers_calls() -> QuerySet[Call]:
    return Call.objects.filter(whom="buyer", closed_at__isnull=True)


def in_danger() -> set[int]:
    """Return the troubles whose danger stands."""
    return {one.pk for one in Trouble.objects.exclude(danger_since=None) if one.in_danger}


def _untaken(trouble: Trouble) -> bool:
    """Say whether a mediation waits for somebody: not taken on, nothing agreed, no refund by the operator, not all paid back."""
    mediation = Mediation.objects.filter(trouble=trouble, state="open").exists()
    agreed = Proposal.objects.filter(trouble=trouble, state="accepted").exists()
    paid = trouble.paid_back_at is not None and trouble.thread.state == "answered"
    return mediation and not agreed and not paid and not keeping.is_under_way(trouble)


def _remedies_unawaited(kinds: dict[str, set[str]]) -> Iterator[str]:
    awaited = {state.value: deadline.code for state, deadline in REMEDY_WAITS.items()}
    for remedy in Remedy.objects.filter(closed_at__isnull=True):
        running = kinds.get(f"contact.trouble:{remedy.trouble_id}", set()) & set(awaited.values())
        settled = remedy.state == RemedyState.CONSIDERED and not owing.was_asked(remedy) and not running
        if running != {awaited[remedy.state]} and not settled:
            yield f"remedy {remedy.pk} is {remedy.state}, but its clocks are {running}"
    for trouble in Trouble.objects.filter(closed_at__isnull=True):
        if not kinds.get(keeping.about(trouble), set()) & WATCHED:
            yield f"nothing runs on trouble {trouble.pk} that is {trouble.state}"


def _waits_wrongly(matters: list[Thread | Trouble | Recovery], kinds: dict[str, set[str]]) -> Iterator[str]:
    """Yield each trouble that would end for want of the buyer's word though something is owed, or the buyer has acted."""
    since = dict(Clock.objects.filter(IS_OPEN, kind=SILENCE.code).values_list("about", "started_at"))
    for matter in matters:
        if not isinstance(matter, Trouble) or matter.closed_at is not None:
            continue
        name, owed = keeping.about(matter), owing.owed_to_buyer(matter)
        waits, is_open = name in since, matter.thread.state == ThreadState.ANSWERED and owed is None
        if waits is not matter.thread.awaits_buyer or (waits and not is_open):
            yield f"{name}: the thread is {matter.thread.state}, owed is {owed}, clocks {kinds.get(name)}"
        if not waits and not is_open:
            continue
        acts = ledger.acts_about(name)
        words = [act.number for act in (*acts[1:], *_beside(matter.thread, acts[0])) if _is_word(act)]
        if waits and any(word > _began(acts, since[name]) for word in words):
            yield f"{name} waits since {since[name]} for a buyer who has acted"
        if is_open and not waits and not words:
            yield f"{name}: nobody waits for the buyer, who has done nothing since it was opened"


def _beside(thread: Thread, opened: ActFact) -> Iterator[ActFact]:
    """Yield what was done since about notices with the same order: what a buyer does there is a word in the trouble, too."""
    for formal in Formal.objects.filter(order_ref=thread.order_ref, buyer_ref=thread.buyer_ref):
        yield from (act for act in ledger.acts_about(formally.about(formal)) if act.number > opened.number)


def _began(acts: Sequence[ActFact], since: datetime) -> int:
    """Return the number of the deed that began the wait: words are counted by their numbers, for moments may be older."""
    return max((act.number for act in acts if act.at == since and not _is_word(act)), default=0)


def _is_word(act: ActFact) -> bool:
    said = act.content or {}
    taken_down = "through" in (said.get("payload") or {})
    return is_buyers_deed(Role(said.get("role", Role.MACHINE)), taken_down=taken_down)


def _asks_wrongly(kinds: dict[str, set[str]]) -> Iterator[str]:
    """Yield each thing that a case asks of the centre though it is not so, and each that is so and nobody is asked."""
    for clock, ask in OF_CLOCKS.items():
        owed = {name for name, running in kinds.items() if clock in running}
        if owed != (listed := _listed(ask)):
            yield f"{ask}: owed by {owed - listed}, asked without need by {listed - owed}"
    untaken = {keeping.about(one) for one in Trouble.objects.filter(closed_at__isnull=True) if _untaken(one)}
    if untaken != _listed("mediation-asked"):
        yield f"mediations wait: {untaken}, asked are {_listed('mediation-asked')}"
    missed = Formal.objects.filter(state=FormalState.UNANSWERED)
    if {formally.about(formal) for formal in missed} != _listed("formal-unanswered"):
        yield f"unanswered notices are asked for by {_listed('formal-unanswered')}"


def _listed(ask: str) -> set[str]:
    return set(Ask.objects.filter(what=ask).values_list("case__about", flat=True))


def _unawaited() -> Iterator[str]:
    """Yield each call, proposal and agreement that is open and has not just the clock that it waits by."""
    awaited = {state.value: {deadline.code} for state, deadline in PROPOSAL_WAITS.items()}
    clocks_of: dict[tuple[str, str], set[str]] = {}
    for clock in Clock.objects.filter(IS_OPEN).exclude(key=""):
        clocks_of.setdefault((clock.about, clock.key), set()).add(clock.kind)
    for proposal in Proposal.objects.filter(closed_at__isnull=True):
        found = clocks_of.get((f"contact.trouble:{proposal.trouble_id}", str(proposal.pk)), set())
        if found & {PROPOSAL.code, AGREEMENT.code} != awaited[proposal.state]:
            yield f"proposal {proposal.pk} is {proposal.state}, its clocks are {found}"
    for call in Call.objects.filter(closed_at__isnull=True):
        found = clocks_of.get((f"contact.trouble:{call.trouble_id}", str(call.pk)), set())
        if len(found & {*OF_CALLS}) != 1:
            yield f"call {call.pk} waits by {found}"


def _looks_unawaited(threads: QuerySet[Thread]) -> Iterator[str]:
    """Yield each matter with a look that waits for a second reader without a clock.

    A clock without a look is in order: the wait in everybody's sight may have ended before it rings.
    """
    for thread in threads:
        name = keeping.about(keeping.trouble_of(thread) or thread)
        awaited = Clock.objects.filter(IS_OPEN, about=second_reader.awaited(thread))
        for look in second_reader.waiting(name).keys() - {clock.key for clock in awaited}:
            yield f"{name} has the look {look} that waits without a clock"


def wrong_sums() -> Iterator[str]:
    """Yield every yen that does not reconcile, once all effects are worked off."""
    for order in Order.objects.all():
        refunded = _sum(Remedy.objects.filter(state="done", trouble__thread__order_ref=order.pk))
        told = _sum(order.instructions.filter(kind="refund", state="confirmed"))
        early = _sum(order.instructions.filter(kind="refund", state__in=("issued", "recalled"), counted=True))
        if not refunded == told == order.refunded_instructed - early:
            yield f"{order.pk}: remedies {refunded}, confirmed {told}, ours {order.refunded_instructed}, {early} of it waits"
        taken = _sum(Recovery.objects.filter(state="settled", remedy__trouble__thread__order_ref=order.pk))
        deducted = _sum(order.instructions.filter(kind="deduct", state="confirmed"))
        back = _sum(
            GiveBack.objects.filter(state="done", recovery__remedy__trouble__thread__order_ref=order.pk)
        )
        given = _sum(order.instructions.filter(kind="give_back", state="confirmed"))
        if not back == given <= deducted:
            yield f"{order.pk}: back {back}, given back {given}, deducted {deducted}"
        if not taken == deducted <= refunded:
            yield f"{order.pk}: settled {taken}, deducted {deducted}, refunded {refunded}"
    closed = [remedy.closed_at for remedy in Remedy.objects.filter(closed_at__isnull=False)]
    later = max([at for at in closed if at is not None], default=EARLY) + timedelta(days=1)
    for month in {month_of(at) for at in closed if at is not None}:
        yield from (
            f"{one.about}: {one.text.en}"
            for one in disagreements(month, at=later)
            if not _is_above(one.about)
        )
    yield from (f"{one.about}: {one.text.en}" for one in unawaited(at=later))


def _is_above(name: str) -> bool:
    """Say whether more than the price went back of the order of a trouble: a lead is told, and the month says so."""
    kind, _, number = name.partition(":")
    found = Trouble.objects.filter(pk=number).first() if kind == "contact.trouble" else None
    order = Order.objects.get(pk=found.thread.order_ref) if found else None
    return order is not None and order.refunded_amount > order.amount


def _sum(rows: Any) -> int:
    total: int = rows.aggregate(total=Sum("amount"))["total"] or 0
    return total
