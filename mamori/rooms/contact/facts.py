"""What others may ask of this room: frozen values, never words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from mamori.grammar.actor import Actor
from mamori.grammar.text import Text
from mamori.ground.market import facts as market
from mamori.japan.calendar import Month as Month, month_named as month_named, month_of as month_of
from mamori.rooms.contact import keeping
from mamori.rooms.contact.acts import ACTS
from mamori.rooms.contact.attached import (
    LookFirst as LookFirst,
    attachment_picture as attachment_picture,
    attachments as attachments,
)
from mamori.rooms.contact.claims import ClaimFact as ClaimFact, claims as claims
from mamori.rooms.contact.formal.queries import Returnable as Returnable, returnable as returnable
from mamori.rooms.contact.helping import who_helps
from mamori.rooms.contact.ids import THREAD as THREAD
from mamori.rooms.contact.lifecycle import TAKEN
from mamori.rooms.contact.models import Call, Recovery, Thread, Trouble
from mamori.rooms.contact.money import (
    disagreements as disagreements,
    giveback_of,
    money as money,
    unawaited as unawaited,
)
from mamori.rooms.contact.outlines import OUTLINES as OUTLINES
from mamori.rooms.contact.queries import board as queries
from mamori.rooms.contact.queries.board import AWAITED as AWAITED, Board as Board, board as board
from mamori.rooms.contact.queries.counts import (
    IN_TIME as IN_TIME,
    QUARTER as QUARTER,
    InTime as InTime,
    MessageFact as MessageFact,
    health as health,
    message as message,
    trouble_counts as trouble_counts,
)
from mamori.rooms.contact.queries.figures import (
    Reading as Reading,
    figures as figures,
    settled as settled,
    settled_rows as settled_rows,
)
from mamori.rooms.contact.queries.goods import registered as registered, unshown as unshown
from mamori.rooms.contact.queries.lists import ThreadRow as ThreadRow, going_on as going_on
from mamori.rooms.contact.queries.visitors import mail_of_asker as mail_of_asker
from mamori.rooms.contact.rules import danger
from mamori.rooms.contact.topics import TOPICS as TOPICS, Harm, Progress, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadFact:
    """A thread: who, what about, whose turn."""

    id: int
    case: str
    topic: Topic
    buyer_ref: str
    seller_ref: str
    listing_ref: str
    order_ref: str
    state: str
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleFact:
    """A trouble: its clocks and how far it has come."""

    id: int
    thread: int
    case: str
    topic: Topic
    harm: Harm
    progress: Progress
    buyer_ref: str
    seller_ref: str
    order_ref: str
    state: str
    opened_at: datetime
    answer_due_at: datetime
    resolution_due_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    mediation_state: str
    remedy_state: str
    refund: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFact:
    """An entry of the call list."""

    id: int
    trouble: int
    whom: str
    seller_ref: str
    why: str
    outcome: str
    promised_at: datetime | None
    kept: bool | None
    due_at: datetime
    not_before: datetime
    turn: int
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryFact:
    """A recovery: whom, how much at most, how much claimed, how much goes back.  Yen.

    `called_back` = the centre itself asked the marketplace not to make the deduction.
    """

    id: int
    case: str
    trouble: int
    seller_ref: str
    clause: str
    clause_version: int
    most: int
    amount: int
    instruction: str
    state: str
    opened_at: datetime
    decided_by: str
    decided_at: datetime | None
    appeal_until: datetime | None
    called_back: bool
    back: int
    back_state: str

    @property
    def is_taken(self) -> bool:
        """Say whether something was deducted, or is about to be."""
        return self.state in TAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What waits for staff: mediations that nobody took, calls to be made, refunds that are not confirmed."""

    mediations: int
    calls: int
    refunds: int


def thread(thread: int) -> ThreadFact | None:
    """Return the thread, or nothing."""
    found = Thread.objects.select_related("trouble").filter(pk=thread).first()
    return _thread_fact(found) if found else None


def threads_of_order(order_ref: str, buyer_ref: str) -> tuple[ThreadFact, ...]:
    """Return this buyer's threads about an order, the oldest first, those that ended too; of no order there are none."""
    rows = Thread.objects.select_related("trouble").filter(order_ref=order_ref, buyer_ref=buyer_ref)
    return tuple(map(_thread_fact, rows.order_by("id"))) if order_ref else ()


def _thread_fact(found: Thread) -> ThreadFact:
    return ThreadFact(
        id=found.pk,
        case=keeping.case_number(keeping.about(found)),
        topic=Topic(found.topic),
        buyer_ref=found.buyer_ref,
        seller_ref=found.seller_ref,
        listing_ref=found.listing_ref,
        order_ref=found.order_ref,
        state=found.state,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
    )


def trouble(trouble: int) -> TroubleFact | None:
    """Return the trouble, or nothing."""
    found = Trouble.objects.select_related("thread", "mediation", "remedy").filter(pk=trouble).first()
    if found is None:
        return None
    mediation, remedy = getattr(found, "mediation", None), getattr(found, "remedy", None)
    return TroubleFact(
        id=found.pk,
        thread=found.thread_id,
        case=keeping.case_number(keeping.about(found)),
        topic=Topic(found.thread.topic),
        harm=Harm(found.harm),
        progress=Progress(found.progress),
        buyer_ref=found.thread.buyer_ref,
        seller_ref=found.thread.seller_ref,
        order_ref=found.thread.order_ref,
        state=found.state,
        opened_at=found.opened_at,
        answer_due_at=found.answer_due_at,
        resolution_due_at=found.resolution_due_at,
        first_answered_at=found.first_answered_at,
        closed_at=found.closed_at,
        mediation_state=mediation.state if mediation else "",
        remedy_state=remedy.state if remedy else "",
        refund=remedy.amount if remedy else 0,
    )


def helped(actor: Actor) -> str | None:
    """Return the number of the case that this actor helps a buyer with; nothing where there is none any more."""
    helper = who_helps(actor)
    return None if helper is None else keeping.case_number(keeping.about(helper.thread))


def threads_of(abouts: Sequence[str]) -> dict[str, int]:
    """Return the thread behind each of these matters, in one look; recoveries and strangers are left out."""
    numbers = {name: int(name.rpartition(":")[2]) for name in abouts if name.startswith("contact.trouble:")}
    found = dict(Trouble.objects.filter(pk__in=numbers.values()).values_list("pk", "thread_id"))
    threads = {name: int(name.rpartition(":")[2]) for name in abouts if name.startswith("contact.thread:")}
    return threads | {name: found[number] for name, number in numbers.items() if number in found}


def answers_in_danger(payload: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
    """Return what a record holds of a buyer's answers about a danger, in words."""
    return danger.said(payload)


def call_list(limit: int = 50) -> tuple[CallFact, ...]:
    """Return the calls that somebody owes, now or later: danger first, then what is due soonest."""
    waiting = Call.objects.filter(closed_at__isnull=True).order_by("urgency", "due_at", "id")
    return tuple(
        CallFact(
            id=call.pk,
            trouble=call.trouble_id,
            whom=call.whom,
            seller_ref=call.seller_ref,
            why=call.why,
            outcome=call.outcome,
            promised_at=call.promised_at,
            kept=call.kept,
            due_at=call.due_at,
            not_before=call.not_before,
            turn=call.turn,
            state=call.state,
            opened_at=call.opened_at,
        )
        for call in waiting[:limit]
    )


def recovery_of(trouble: int) -> RecoveryFact | None:
    """Return the recovery that followed a trouble's remedy, or nothing."""
    return _recovery(Recovery.objects.filter(remedy__trouble=trouble))


def recovery(recovery: int) -> RecoveryFact | None:
    """Return the recovery of that number, or nothing."""
    return _recovery(Recovery.objects.filter(pk=recovery))


def deducted(recoveries: Collection[int]) -> dict[int, int]:
    """Return what was claimed by each of these recoveries, in one look."""
    rows = Recovery.objects.filter(pk__in=recoveries) if recoveries else Recovery.objects.none()
    return dict(rows.values_list("pk", "amount"))


def deductions(seller_ref: str, *, at: datetime, limit: int = 50) -> tuple[RecoveryFact, ...]:
    """Return the deductions from a seller that it can still appeal against at a moment, the newest first."""
    rows = Recovery.objects.filter(seller_ref=seller_ref, state__in=TAKEN, appeal_until__gte=at)
    found = rows.select_related("remedy", "giveback").order_by("-decided_at", "-id")
    return tuple(map(_recovery_fact, found[:limit]))


def _recovery(rows: QuerySet[Recovery]) -> RecoveryFact | None:
    found = rows.select_related("remedy", "giveback").first()
    return _recovery_fact(found) if found else None


def _recovery_fact(found: Recovery) -> RecoveryFact:
    told = market.instruction(found.instruction) if found.instruction else None
    giving = giveback_of(found)
    return RecoveryFact(
        id=found.pk,
        case=keeping.case_number(keeping.about(found)),
        trouble=found.remedy.trouble_id,
        seller_ref=found.seller_ref,
        clause=found.clause,
        clause_version=found.clause_version,
        most=found.most,
        amount=found.amount,
        instruction=found.instruction,
        state=found.state,
        opened_at=found.opened_at,
        decided_by=found.decided_by,
        decided_at=found.decided_at,
        appeal_until=found.appeal_until,
        called_back=told is not None and told.recalled_at is not None,
        back=giving.amount if giving else 0,
        back_state=giving.state if giving else "",
    )


def owed() -> Owed:
    """Count what waits for staff, each to at most 1,000."""
    return Owed(
        mediations=queries.count_unassigned_mediations(),
        calls=queries.count_calls(),
        refunds=unconfirmed_refunds(),
    )


def unconfirmed_refunds() -> int:
    """Count the refunds that the marketplace has not confirmed yet, to at most 1,000."""
    return queries.unconfirmed_remedies()[:1000].count()


def act_text(kind: str) -> Text:
    """Return an act in words; an act of another part is “a record”."""
    return ACTS[kind].text if kind in ACTS else Text("記録", "A record")
