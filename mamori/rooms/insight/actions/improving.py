"""Something is noted, owned by somebody, changed, and compared with what was before; or it is given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mamori.grammar.hand import INSIDE, Hand, Role
from mamori.ground.declared import memory
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.japan.months import month_named, month_of
from mamori.japan.spoken import spoken
from mamori.law.insight import IMPROVEMENT_CHANGE, MonthsCompared
from mamori.rooms.insight import notices
from mamori.rooms.insight.actions.matter import (
    IMPROVEMENTS,
    REMIND,
    ChangeToCome,
    NobodyOwns,
    NoSuchFigure,
    NoSuchImprovement,
    NoSuchOwner,
    NotComparableYet,
    StillPublic,
    about_improvement,
)
from mamori.rooms.insight.inputs import WhatCame, WhyDropped
from mamori.rooms.insight.lifecycle import IMPROVEMENT, ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.queries.counting import counted_in, kept_since
from mamori.rooms.insight.rules.figures import compared, day_of, figure_named, months_apart, why_no_number


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSo:
    """What was seen: a title, words, and the code of what is counted with the month ("2026-11"), both "" where nothing is."""

    title: str
    seen: str
    figure: str = ""
    month: str = ""


def note_improvement(hand: Hand, *, told: SeenSo) -> int:
    """Note what was seen, so that somebody does something about it; return its number."""
    if not hand.is_staff:
        raise NoSuchImprovement
    figure, month = figure_named(told.figure), month_named(told.month, None)
    if told.figure and (figure is None or month is None or month > month_of(hand.at)):
        raise NoSuchFigure
    with memory.act():
        row = Improvement.objects.create(
            title=told.title,
            seen=told.seen,
            figure=figure.code if figure else "",
            month=str(month) if figure else "",
            noted_by=people.subject_of(hand),
            noted_at=hand.at,
        )
        with entered(hand, IMPROVEMENTS, row) as act:
            act.record("note", figure=row.figure, month=row.month)
    return row.pk


def take_improvement(hand: Hand, *, improvement: int, version: int | None = None) -> None:
    """Own it oneself."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        _own(act, people.subject_of(hand), "")


def give_improvement(
    hand: Hand, *, improvement: int, owner: int = 0, department: str = "", version: int | None = None
) -> None:
    """Say which account, or which department, owns it; an account is told.  Another owner begins no new time."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        if not owner and not department:
            raise NobodyOwns
        who = people.account(owner, at=hand.at) if owner else None
        if owner and (who is None or not who.is_active or who.role not in INSIDE):
            raise NoSuchOwner
        _own(act, f"staff:{owner}" if owner else "", department)
        if who is not None and who.who != hand.by and act.matter.state == ImprovementState.OWNED:
            _tell(act, who.who)


def change_improvement(
    hand: Hand,
    *,
    improvement: int,
    changed: str,
    on: date,
    months: MonthsCompared,
    version: int | None = None,
) -> None:
    """Record what was changed and on which day, and how many months are compared: before anybody knows what comes of it."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        act.step("change")
        if on > day_of(hand.at):
            raise ChangeToCome
        row = act.matter
        row.changed, row.changed_on, row.months = changed, on, months.number
        row.comparable_at = months_apart(on, months.number).ready_at
        act.save("changed", "changed_on", "months", "comparable_at")
        act.record("change", reason=changed, on=str(on), months=row.months)


def compare_improvement(hand: Hand, *, improvement: int, came: WhatCame, version: int | None = None) -> None:
    """Say what came of it; before and after are counted by the house, and what was counted stays."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        act.step("compare")
        row = act.matter
        assert row.changed_on is not None
        assert row.comparable_at is not None
        if hand.at < row.comparable_at:
            raise NotComparableYet(when=spoken(row.comparable_at))
        figure, months = figure_named(row.figure), months_apart(row.changed_on, row.months)
        why = why_no_number(figure, months, kept_since(hand.at))
        if figure is not None and why is None:
            row.counts = compared(counted_in((*months.before, *months.after)), figure, months).row
        row.came, row.no_number, row.closed_at = came, why.value if why else "", hand.at
        act.save("came", "no_number", "counts", "closed_at")
        act.record("compare", reason=came, counts=row.counts, no_number=row.no_number)


def drop_improvement(hand: Hand, *, improvement: int, reason: WhyDropped, version: int | None = None) -> None:
    """Give it up, and say why."""
    with perform(hand, IMPROVEMENTS, improvement, version=version) as act:
        act.step("drop")
        if act.matter.published_at is not None:
            raise StillPublic
        act.matter.closed_at = hand.at
        act.save("closed_at")
        act.record("drop", reason=reason)


def remind_improvement(hand: Hand, *, improvement: int) -> None:
    """Say to whoever owns it, and to leads, that its time is over."""
    with perform(hand, IMPROVEMENTS, improvement) as act:
        row = act.matter
        number = row.owner.rpartition(":")[2]
        owner = people.account(int(number), at=hand.at) if number.isdecimal() else None
        told = {owner.who} if owner is not None and owner.is_active and owner.role is not Role.LEAD else set()
        for who in (*sorted(told), Role.LEAD.value):
            outbox.tell(
                to=who,
                template=notices.IMPROVEMENT_OVERDUE,
                values={"number": f"{row.pk}", "state": IMPROVEMENT.states[ImprovementState(row.state)]},
                about=about_improvement(row.pk),
                at=hand.at,
            )
        act.record(REMIND)


def _own(act: Performance[Improvement], owner: str, department: str) -> None:
    act.step("own")
    row = act.matter
    row.owner, row.department, row.owned_at = owner, department, row.owned_at or act.hand.at
    act.save("owner", "department", "owned_at")
    act.record("own", owner=owner, department=department)


def _tell(act: Performance[Improvement], who: str) -> None:
    assert act.matter.owned_at is not None
    due = settlement.due(Runs(IMPROVEMENT_CHANGE, since=act.matter.owned_at))
    outbox.tell(
        to=who,
        template=notices.IMPROVEMENT_GIVEN,
        values={"number": f"{act.matter.pk}", "due": spoken(due)},
        about=about_improvement(act.matter.pk),
        at=act.hand.at,
    )
