"""The one table that says who hears what, which clock rings where, and by which calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models.signals import post_migrate

from mamori.grammar.businesstime import Calendar
from mamori.grammar.event import Event
from mamori.grammar.text import Text
from mamori.ground.clocks import calendars
from mamori.ground.clocks.actions import Task
from mamori.ground.clocks.events import DeadlineMoved
from mamori.ground.declared import appendonly
from mamori.ground.market.events import InstructionConfirmed, InstructionRefused
from mamori.ground.outbox import notices, registry
from mamori.ground.outbox.registry import Handler
from mamori.ground.post import actions as post
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import japanese_calendar
from mamori.rooms.contact import tasks as contact
from mamori.site.pages import page_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard[E: Event]:
    """One line of the table; `together` only where law or money cannot wait, with a sentence `why`."""

    event: type[E]
    handler: Handler[E]
    together: bool = False
    why: str = ""


CLOSING = Text("運営者の休業日", "the operator's closing day")

HEARD: tuple[Heard[Any], ...] = (
    Heard(event=InstructionConfirmed, handler=contact.instruction_confirmed),
    Heard(event=InstructionRefused, handler=contact.instruction_refused),
    Heard(event=DeadlineMoved, handler=contact.deadline_moved),
)
"""Which room hears which event."""

OUTWARD = frozenset(
    {
        "contact.answer_missed",
        "contact.answered",
        "contact.mediation_opened",
        "contact.question_asked",
        "contact.recovery_ended",
        "contact.recovery_opened",
        "contact.remedy_considered",
        "contact.remedy_ended",
        "contact.remedy_granted",
        "contact.resolution_missed",
        "contact.seller_unreachable",
        "contact.seller_urged",
        "contact.trouble_ended",
        "contact.trouble_opened",
        "market.instruction_issued",
    }
)
"""Told to the marketplace's software by webhook only: no room above needs an answer to it yet."""

RINGS: Mapping[str, Task] = {**contact.RINGS}
"""Which room's task a kind of clock rings."""


def business_calendar() -> Calendar:
    """Return the Japanese calendar, less the days on which the operator is closed."""
    return _closed_on(terms.closing_days())


@lru_cache(maxsize=8)
def _closed_on(days: frozenset[date]) -> Calendar:
    calendar = japanese_calendar()
    return calendar.closing(sorted(days), CLOSING) if days else calendar


def connect() -> None:
    """Connect handlers, clocks, calendar, post and triggers."""
    post_migrate.connect(appendonly.install, dispatch_uid="appendonly.install")
    calendars.use(business_calendar)
    notices.use(post.take)
    post.use_pages(page_of)
    for line in HEARD:
        registry.hear(line.event, line.handler, together=line.together, why=line.why)
