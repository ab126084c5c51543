"""The same verbs on a clock or upon news from below: each is done by the machine."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from mamori.grammar.actor import Actor, Role
from mamori.ground.clocks.actions import Fired
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.events import PersonErasedOnRequest
from mamori.japan.calendar import Month, month_of
from mamori.law.article5 import (
    DISCLOSURE_COMPLETION,
    DISCLOSURE_CORRECTION,
    DISCLOSURE_DECISION,
    DISCLOSURE_HEARING,
    DISCLOSURE_RECEIPT,
)
from mamori.law.inquiries import INQUIRY_ANSWER
from mamori.law.reports import JOMC_LOOK
from mamori.law.shown import SHOWN_BY_CODE
from mamori.rooms.disclosure.actions import asking, deciding
from mamori.rooms.disclosure.editions import actions as editions
from mamori.rooms.disclosure.handbook import actions as handbook
from mamori.rooms.disclosure.inquiries import actions as inquiries
from mamori.rooms.disclosure.measures import actions as measures
from mamori.rooms.disclosure.measures.rules import last_settled
from mamori.rooms.disclosure.models import MonthFigure


def waits_too_long(fired: Fired) -> None:
    """Ring for a request that nobody has begun to look at, or decided on, in the time we allow ourselves."""
    deciding.remind(fired.actor, request=_number(fired))


def completion_over(fired: Fired) -> None:
    """Ring for a request whose missing parts did not come."""
    deciding.miss_completion(fired.actor, request=_number(fired))


def hearing_over(fired: Fired) -> None:
    """Ring for a seller that did not state its view in time."""
    deciding.end_hearing(fired.actor, request=_number(fired))


def correction_over(fired: Fired) -> None:
    """Ring for a seller that did not put right or confirm in time what it called outdated."""
    deciding.end_correction(fired.actor, request=_number(fired))


def inquiry_waits(fired: Fired) -> None:
    """Ring for an inquiry that waits for its answer."""
    inquiries.remind_inquiry(fired.actor, inquiry=_number(fired))


def jomc_to_look_at(fired: Fired) -> None:
    """Ring for the page of JOMC, which somebody has to look at."""
    measures.remind_jomc(fired.actor)


def person_erased(event: PersonErasedOnRequest, at: datetime) -> None:
    """End the requests of somebody who was erased, or about it."""
    side, _, ref = event.subject.partition(":")
    actor = Actor(by="machine:disclosure/told", role=Role.MACHINE, at=at, via="outbox")
    asking.close_requests(actor, **{f"{side}_ref": ref})


MONTHS_BACK = 36
"""At most so many months are counted when a house begins to count: what came before them is published nowhere."""


def count_months(at: datetime) -> int:
    """Count the first month that is settled and was not counted yet, or not by every figure; return how many were."""
    opened = ledger.began_at()
    if opened is None:
        return 0
    due = months_due(opened, at)
    if not due:
        return 0
    actor = Actor(by="machine:disclosure/months", role=Role.MACHINE, at=at, via="worker")
    editions.count_month(actor, month=due[0])
    return 1


def months_due(opened: datetime, at: datetime) -> list[Month]:
    """Return the settled months that some figure is not counted of, the oldest first; the present one is none of them."""
    month, due = last_settled(at), list[Month]()
    rows = MonthFigure.objects.filter(version=1, code__in=SHOWN_BY_CODE).values("month")
    whole = (
        rows.annotate(number=Count("pk")).filter(number=len(SHOWN_BY_CODE)).values_list("month", flat=True)
    )
    known = {(one.year, one.month) for one in whole}
    first = month_of(opened)
    while month >= first and len(due) < MONTHS_BACK:
        if (month.year, month.number) not in known:
            due.append(month)
        month = month.previous
    return due[::-1]


def note_procedures(at: datetime) -> int:
    """Keep what procedures have come to say since they were last looked at; return how many: none before anything was done."""
    if ledger.began_at() is None:
        return 0
    return handbook.note_procedures(
        Actor(by="machine:disclosure/handbook", role=Role.MACHINE, at=at, via="worker")
    )


def _number(fired: Fired) -> int:
    return int(fired.about.partition(":")[2])


RINGS = {
    DISCLOSURE_RECEIPT.code: waits_too_long,
    DISCLOSURE_COMPLETION.code: completion_over,
    DISCLOSURE_HEARING.code: hearing_over,
    DISCLOSURE_CORRECTION.code: correction_over,
    DISCLOSURE_DECISION.code: waits_too_long,
    INQUIRY_ANSWER.code: inquiry_waits,
    JOMC_LOOK.code: jomc_to_look_at,
}
