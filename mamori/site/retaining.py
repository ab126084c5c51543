"""What is over goes: each declared retention's task, with the days that the operator set; holds stay above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from mamori.grammar.declaration import Retention
from mamori.grammar.hand import Hand, Role
from mamori.ground.cases import actions as cases
from mamori.ground.market import actions as market
from mamori.ground.terms import facts as terms
from mamori.ground.vault import actions as vault
from mamori.ground.web import once
from mamori.law.retention import (
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
from mamori.rooms.complaints.counselling import tasks as counselling
from mamori.rooms.contact import tasks as contact
from mamori.rooms.enforcement.clarifications import tasks as clarifications
from mamori.site import carried

type Purge = Callable[[Hand, datetime, int], int]
"""Destroys what is older than the moment, so many at most, and records each as an act; returns how many."""

AT_ONCE = 200
EVERY = timedelta(hours=1)


def _replies(hand: Hand, over: datetime, limit: int) -> int:
    return once.forget(at=hand.at, limit=limit)


def _notes(hand: Hand, over: datetime, limit: int) -> int:
    return cases.erase_notes(hand, over, limit, complaints.held_by)


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
    COMPLAINT_CONSULTATIONS: counselling.erase_consultations,
    COMPLAINT_COUNSELLORS: counselling.erase_counsellors,
    CARRIED: carried.forget,
    CARRIED_LEGAL: carried.forget_legal,
    QUESTIONS_OF_VISITORS: contact.erase_askers,
}


def retain(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Let holds end whose time is over, then do what every retention asks, so many of each at most; return how many went."""
    hand = Hand(by="machine:retention", role=Role.MACHINE, at=at, via="worker")
    vault.lapse(hand)
    gone = 0
    for rule in RETENTIONS:
        over = rule.over(days_of(rule, at=at), at)
        if over is not None:
            gone += PURGES[rule](hand, over, limit)
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
