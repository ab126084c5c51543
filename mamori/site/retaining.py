"""What is over goes: each declared retention's task, with the days that the operator set; holds stay above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import NoticeKind, Retention
from mamori.ground.cases import actions as cases
from mamori.ground.cases.models import Case
from mamori.ground.clocks.models import Clock
from mamori.ground.declared.fields import IS_OPEN
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.models import Order, Seller
from mamori.ground.outbox.lifecycle import NoticeState
from mamori.ground.outbox.models import IS_UNDONE, Attempt, Delivery, Effect, Event, Notice
from mamori.ground.post.models import Letter, Mail, MailAttempt
from mamori.ground.seal import facts as seals
from mamori.ground.seal.models import HeldName
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault
from mamori.ground.vault.tending import LOGS
from mamori.ground.web import once
from mamori.law.retention import (
    ACCIDENTS,
    ACTIVITIES,
    AUTHORITY_REQUESTS,
    CARRIED,
    CARRIED_LEGAL,
    CASE_NOTES,
    CLARIFICATIONS,
    COMPLAINT_CARE,
    COMPLAINT_CONSULTATIONS,
    COMPLAINT_COUNSELLORS,
    COMPLAINT_REPORTS,
    COMPLAINT_SHEETS,
    FILES,
    LOCKED_FILES,
    PERSONS,
    QUESTIONS_OF_VISITORS,
    REPLIES,
    RETENTIONS,
)
from mamori.rooms.complaints import tasks as complaints
from mamori.rooms.complaints.tasks import held_by
from mamori.rooms.contact import tasks as contact
from mamori.rooms.enforcement import tasks as clarifications
from mamori.rooms.outreach import tasks as outreach
from mamori.rooms.safety import tasks as safety

# What was carried goes when its retention is over: notices with their mails, events with their webhooks and effects.


LEGAL = (NoticeKind.LEGAL.value, NoticeKind.SAFETY.value)
OTHER = tuple(kind.value for kind in NoticeKind if kind.value not in LEGAL)
SHOWN = ("outreach.campaign:", "terms.change:")
"""What notices are about that their rooms show, word by word, or count for as long as they have it."""


def forget(actor: Actor, over: datetime, limit: int) -> int:
    """Delete so many notices that were carried before `over` and are neither legal nor on paper, and so many events."""
    gone = sum(
        _forget_notices(actor, _over(Notice, "about", over, kind=kind).filter(~Exists(_paper())), limit)
        for kind in OTHER
    )
    return gone + _forget_events(actor, over, limit)


def forget_legal(actor: Actor, over: datetime, limit: int) -> int:
    """Delete so many notices that were carried before `over`, those that the law asks for and those on paper, too."""
    return sum(
        _forget_notices(actor, _over(Notice, "about", over, kind=kind.value), limit) for kind in NoticeKind
    )


def _over(model: type[Any], name: str, over: datetime, **wanted: str) -> QuerySet[Any]:
    """Return the rows from before `over`, the oldest first, whose matter is over since then, runs by no clock and is not held."""
    rows: QuerySet[Any] = model.objects.filter(at__lt=over, **wanted)
    for one in (name, *(("to",) if model is Notice else ())):
        rows = rows.exclude(_held(one))
    parties = _held("buyer") | _held("seller")
    needed = Case.objects.alias(**_PARTIES).filter(
        IS_OPEN | Q(closed_at__gte=over) | parties, about=OuterRef(name)
    )
    runs = Clock.objects.filter(about=OuterRef(name), done_at__isnull=True)
    rows = rows.filter(~Exists(needed), ~Exists(runs))
    if model is Event:
        rows = rows.exclude(_of_record(over))
    return rows.order_by("at", "pk")


_PARTIES = {
    "buyer": Concat(Value("buyer:"), "buyer_ref"),
    "seller": Concat(Value("seller:"), "seller_ref"),
}
_OF_SELLER = ("market.seller:", "market.clearance:")
_OF_ORDER = "market.order:"


def _held(name: str) -> Q:
    """Say that somebody holds it, or its logs."""
    held = HeldName.objects.filter(hold__lifted_at__isnull=True)
    logs = held.filter(name__startswith=LOGS).values(bare=Substr("name", len(LOGS) + 1))
    return Q(**{f"{name}__in": held.values("name")}) | Q(**{f"{name}__in": logs})


def _of_record(over: datetime) -> Q:
    """Say that it is about an order with a case that needs it or a party that is held, or about a seller that is held."""
    order = Substr(OuterRef("subject"), len(_OF_ORDER) + 1)
    cases = Case.objects.filter(order_ref=order)
    parties = {one: Concat(Value(f"{one}:"), f"{one}_id") for one in ("buyer", "seller")}
    held = Order.objects.alias(**{f"{one}_name": how for one, how in parties.items()}).filter(
        _held("buyer_name") | _held("seller_name"), pk=order
    )
    found = Q(subject__startswith=_OF_ORDER) & (
        Q(Exists(cases.filter(IS_OPEN))) | Q(Exists(cases.filter(closed_at__gte=over))) | Q(Exists(held))
    )
    for prefix in _OF_SELLER:
        seller = Seller.objects.alias(name_held=Concat(Value("seller:"), "pk")).filter(
            _held("name_held"), pk=Substr(OuterRef("subject"), len(prefix) + 1)
        )
        found |= Q(subject__startswith=prefix) & Q(Exists(seller))
    return found


def _paper() -> QuerySet[Letter]:
    return Letter.objects.filter(notice=OuterRef("pk"))


def _forget_notices(actor: Actor, rows: QuerySet[Any], limit: int) -> int:
    """Delete so many of these notices, with the mails and letters that carried them, where all of it has arrived or ended."""
    for about in SHOWN:
        rows = rows.exclude(about__startswith=about)
    rows = rows.exclude(state=NoticeState.UNDER_WAY).filter(
        ~Exists(Mail.objects.filter(IS_OPEN, notice=OuterRef("pk"))), ~Exists(_paper().filter(IS_OPEN))
    )
    numbers = _free(rows.values_list("pk", "about"), limit)
    with transaction.atomic():
        MailAttempt.objects.filter(mail__notice__in=numbers).delete()
        Mail.objects.filter(notice__in=numbers).delete()
        Letter.objects.filter(notice__in=numbers).delete()
        Notice.objects.filter(pk__in=numbers).delete()
        _record(actor, "notices", numbers)
    return len(numbers)


def _forget_events(actor: Actor, over: datetime, limit: int) -> int:
    """Delete so many events that every handler and every endpoint is done with, and that no notice goes by."""
    rows = _over(Event, "subject", over).filter(
        ~Exists(Effect.objects.filter(IS_UNDONE, event=OuterRef("pk"))),
        ~Exists(Delivery.objects.filter(IS_OPEN, event=OuterRef("pk"))),
        ~Exists(Notice.objects.filter(event=OuterRef("pk"))),
    )
    numbers = _free(rows.values_list("pk", "subject"), limit)
    with transaction.atomic():
        Attempt.objects.filter(delivery__event__in=numbers).delete()
        Delivery.objects.filter(event__in=numbers).delete()
        Effect.objects.filter(event__in=numbers).delete()
        Event.objects.filter(pk__in=numbers).delete()
        _record(actor, "events", numbers)
    return len(numbers)


def _free(found: QuerySet[Any, tuple[int, str]], limit: int) -> list[int]:
    """Return so many whose matter is not held by another name than its own, as a report is by its shop's."""
    free: list[int] = []
    for rows in batched(found.iterator(chunk_size=limit), limit):
        names = {about: held_by(about) for about in {about for _, about in rows}}
        held = seals.held({name for some in names.values() for name in some})
        free += [number for number, about in rows if held.isdisjoint(names[about])]
        if len(free) >= limit:
            break
    return free[:limit]


def _record(actor: Actor, what: str, numbers: Sequence[int]) -> None:
    if numbers:
        payload = {"count": len(numbers), "first": min(numbers), "last": max(numbers)}
        ledger.record(
            actor, kind="outbox.forget", subject=ledger.MARKET, about=f"outbox.{what}", payload=payload
        )


type Purge = Callable[[Actor, datetime, int], int]
"""Destroys what is older than the moment, so many at most, and records each as an act; returns how many."""

AT_ONCE = 200
EVERY = timedelta(hours=1)


def _replies(actor: Actor, over: datetime, limit: int) -> int:
    return once.forget(at=actor.at, limit=limit)


def _notes(actor: Actor, over: datetime, limit: int) -> int:
    return cases.erase_notes(actor, over, limit, complaints.held_by)


PURGES: Mapping[Retention, Purge] = {
    FILES: vault.purge_files,
    LOCKED_FILES: vault.purge_locked,
    PERSONS: market.shred_gone,
    REPLIES: _replies,
    COMPLAINT_REPORTS: complaints.erase_reports,
    CASE_NOTES: _notes,
    CLARIFICATIONS: clarifications.erase_clarifications,
    COMPLAINT_SHEETS: complaints.erase_sheets,
    COMPLAINT_CARE: complaints.erase_care,
    ACCIDENTS: safety.erase_accidents,
    AUTHORITY_REQUESTS: safety.erase_requests,
    ACTIVITIES: outreach.erase_activities,
    COMPLAINT_CONSULTATIONS: complaints.erase_consultations,
    COMPLAINT_COUNSELLORS: complaints.erase_counsellors,
    CARRIED: forget,
    CARRIED_LEGAL: forget_legal,
    QUESTIONS_OF_VISITORS: contact.erase_askers,
}


def retain(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Let holds end whose time is over, then do what every retention asks, so many of each at most; return how many went."""
    actor = Actor(by="machine:retention", role=Role.MACHINE, at=at, via="worker")
    vault.lapse(actor)
    gone = 0
    for rule in RETENTIONS:
        over = rule.over(days_of(rule, at=at), at)
        if over is not None:
            gone += PURGES[rule](actor, over, limit)
    return gone


def days_of(rule: Retention, *, at: datetime) -> int:
    """Return for how many days the operator lets it be kept."""
    return rule.days if rule.least == rule.most else terms.setting(rule.setting, at=at)


def hourly(part: Callable[[datetime], int]) -> Callable[[datetime], int]:
    """Do the part at the start, then once an hour; sooner while there is more to do than one go takes."""
    last: list[datetime] = []

    def done(at: datetime) -> int:
        if last and timedelta() <= at - last[0] < EVERY:
            return 0
        count = part(at)
        last[:] = [] if count >= AT_ONCE else [at]
        return count

    return done
