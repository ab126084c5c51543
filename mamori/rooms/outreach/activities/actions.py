"""An activity is planned, held, followed up or called off; what was agreed is done; one line is told by two persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from mamori.grammar.actor import HEADS, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.declared import memory
from mamori.ground.matters.performance import Performance, entered, perform
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.ground.seal import facts as seals
from mamori.ground.vault import actions as vault
from mamori.ground.vault.actions import Ready
from mamori.ground.web.signing.here import is_second
from mamori.japan.calendar import JAPAN
from mamori.law.activities import ACTIVITY_CLOCKS, ACTIVITY_FOLLOW_UP, ActivityKind
from mamori.rooms.outreach import notices
from mamori.rooms.outreach.activities.matter import (
    ACTIVITIES,
    NoSuchActivity,
    about,
    enter_case,
    keep_said,
    named_in,
    said_of,
)
from mamori.rooms.outreach.acts import LineEn, LineJa, WhatCame, WhyChanged, WhyGone, WhyOff
from mamori.rooms.outreach.lifecycle import ActivityState
from mamori.rooms.outreach.models import Activity, ActivityAction
from mamori.rooms.outreach.rules import promises


class ActivityDayWrong(Refusal, code="activity-day-wrong", status=422):
    """Given when an activity would be held before its day, or something agreed would be due before the activity."""

    text = Text(
        "まだ来ていない日の活動は、開いたと記録できません。決めたことの期日は、活動の日より前にできません。",
        "An activity cannot have been held before its day has come, nor can what was agreed be due before that day.",
    )


class ActivityStandsElsewhere(Refusal, code="activity-stands-elsewhere", status=409):
    """Given when what was agreed is done, the next one is arranged, or no line is there to be told or taken away."""

    text = Text(
        "それは済んでいるか、いまはできません。活動の最新の状態をご確認ください。",
        "That is done already, or cannot be done now. Please look again at how the activity stands.",
    )


class LinePromises(Refusal, code="activity-line-promises", status=422):
    """Given when a public line has words that need a ground."""

    text = Text(
        "「{words}」には根拠が要ります。言葉を変えるか、根拠を添えて「ニュース」に書いてください。",
        "“{words}” needs a ground. Please say it otherwise, or write it among the announcements with its ground.",
    )


class LineNeedsAnother(Refusal, code="activity-line-needs-another", status=403):
    """Given when who wrote a public line would release it, or somebody who is no lead or counsel."""

    text = Text(
        "公表の一文は、書いた人とは別の責任者か法務担当が確かめて公開します。",
        "A public line is released by a lead or counsel who did not write it.",
    )


class CameUnsaid(Refusal, code="activity-came-unsaid", status=422):
    """Given when it is noted that an activity was held, and nothing says how many came."""

    text = Text(
        "参加した数を書くか、来た人に印を付けてください。だれも来なかったときは0と書いてください。",
        "Please write how many came, or tick who did. If nobody came, please write 0.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityTold:
    """What an activity is, when and where, with whom; a place that is empty is online, no months are no series."""

    kind: ActivityKind
    title: str
    on: date
    title_en: str = ""
    starts: time | None = None
    place: str = ""
    bodies: str = ""
    agenda: str = ""
    every_months: int = 0
    minutes: str = ""
    result: str = ""


OPEN = ("kind", "title", "title_en", "on", "starts", "place", "every_months")
SEALED = ("bodies", "agenda", "minutes", "result")

# It is planned, corrected, prepared.


def plan_activity(actor: Actor, *, told: ActivityTold) -> int:
    """Plan an activity, or enter one whose day is over, and return its number."""
    if not actor.is_staff:
        raise NoSuchActivity
    with memory.act():
        return _plan(actor, told, None)


def _plan(actor: Actor, told: ActivityTold, former: Activity | None) -> int:
    row = Activity(former=former, entered_by=people.subject_of(actor), dated_at=actor.at)
    _tell(row, told)
    row.save(force_insert=True)
    enter_case(row)
    with entered(actor, ACTIVITIES, row) as act:
        keep_said(act, **{name: getattr(told, name) for name in SEALED})
        act.record("plan_activity", of=row.kind, on=row.on.isoformat())
    return row.pk


def correct_activity(
    actor: Actor, *, activity: int, told: ActivityTold, reason: WhyChanged, version: int | None = None
) -> None:
    """Correct what was entered, also when it is over; another day starts its clock anew."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        if row.held_at is not None and told.on > _today(actor):
            raise ActivityDayWrong
        if told.on != row.on:
            row.dated_at = actor.at
        if (told.kind, told.on) != (row.kind, row.on):
            _ask_again(act)
        _tell(row, told)
        act.save(*OPEN, "dated_at")
        keep_said(act, **{name: getattr(told, name) for name in SEALED})
        act.record("correct_activity", reason=reason, of=row.kind, on=row.on.isoformat())


def note_guests(
    actor: Actor,
    *,
    activity: int,
    guests: str,
    invited: int | None = None,
    present: Sequence[str] = (),
    came: int | None = None,
    version: int | None = None,
) -> None:
    """Note who is invited, one a line, and of what was held who of them came; where no number is told, the names are counted."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row, names = act.matter, named_in(guests)
        row.invited = invited if invited is not None else len(names) or None
        act.save("invited")
        keep_said(act, guests="\n".join(names))
        if row.held_at is not None:
            _count(act, present, came)
        act.record("note_guests", invited=row.invited, came=row.came)


def _count(act: Performance[Activity], present: Sequence[str], came: int | None) -> None:
    """Keep who of those who are named came, and how many came in all."""
    there = [one for one in named_in(said_of(act.matter).guests) if one in present]
    if came is None and not there:
        raise CameUnsaid
    count = len(there) if came is None else came
    if count != act.matter.came:
        _ask_again(act)
    act.matter.came = count
    act.save("came")
    keep_said(act, present=there)


def _ask_again(act: Performance[Activity]) -> None:
    """Let a line that everybody reads wait for another person again: what stands beside it is not what was released."""
    row = act.matter
    if row.released_at is not None:
        row.line_by, row.released_by, row.released_at = people.subject_of(act.actor), "", None
        act.save("line_by", "released_by", "released_at")


def attach_activity(actor: Actor, *, activity: int, files: Ready) -> None:
    """Put materials to an activity, also when it is over."""
    with perform(actor, ACTIVITIES, activity) as act:
        for one in files.files:
            vault.keep(actor, one, about=about(activity))
        act.record("attach_activity", files=len(files.files))


def _tell(row: Activity, told: ActivityTold) -> None:
    for name in OPEN:
        setattr(row, name, getattr(told, name))


def told_of(row: Activity) -> ActivityTold:
    """Return what an activity is now, as it would be told."""
    said = said_of(row)
    known = {name: getattr(row, name) for name in OPEN} | {name: getattr(said, name) for name in SEALED}
    return ActivityTold(**known | {"kind": ActivityKind(row.kind)})


def _today(actor: Actor) -> date:
    return actor.at.astimezone(JAPAN).date()


# It is held, what was agreed is done, and what came of it is asked; or it is called off.


def hold_activity(
    actor: Actor,
    *,
    activity: int,
    came: int | None = None,
    present: Sequence[str] = (),
    minutes: str = "",
    version: int | None = None,
) -> None:
    """Note that it was held, who of the invited came, or how many did, and the minutes."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        act.step("hold")
        if row.on > _today(actor):
            raise ActivityDayWrong
        row.held_at = actor.at
        act.save("held_at")
        keep_said(act, minutes=minutes)
        _count(act, present, came)
        act.record("hold_activity", came=row.came)


def add_activity_action(
    actor: Actor, *, activity: int, words: str, owner: str, on: date, version: int | None = None
) -> int:
    """Add what was agreed, which role or department does it by which day, and return its number."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        act.step("work")
        if on < row.on:
            raise ActivityDayWrong
        made = ActivityAction.objects.create(activity=row, words=words, owner=owner, on=on, added_at=actor.at)
        act.record("add_activity_action", action=made.pk, on=on.isoformat())
        return made.pk


def finish_activity_action(actor: Actor, *, activity: int, action: int, version: int | None = None) -> None:
    """Note that what was agreed is done, also after the activity was followed up."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        done = act.matter.actions.filter(pk=action, done_at__isnull=True).update(done_at=actor.at)
        if not done:
            raise ActivityStandsElsewhere
        act.record("finish_activity_action", action=action)


def follow_up_activity(actor: Actor, *, activity: int, result: WhatCame, version: int | None = None) -> None:
    """Note what came of it: it ends, but for what was agreed and the next of its series."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        act.step("follow_up")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        keep_said(act, result=result)
        act.record("follow_up_activity")


def call_off_activity(actor: Actor, *, activity: int, reason: WhyOff, version: int | None = None) -> None:
    """Call it off; of a series the next one is still asked for."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        act.step("call_off")
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("call_off_activity", reason=reason)


def arrange_next(actor: Actor, *, activity: int, on: date | None, version: int | None = None) -> int | None:
    """Plan the next one of a series with the same bodies, and return its number; without a day the series is over."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        if not row.every_months or row.state == ActivityState.PLANNED or row.next.exists():
            raise ActivityStandsElsewhere
        if on is None:
            row.every_months = 0
            act.save("every_months")
            act.record("arrange_next", over=True)
            return None
        if on <= row.on:
            raise ActivityDayWrong
        told = replace(told_of(row), on=on, agenda="", minutes="", result="")
        number = _plan(actor, told, row)
        act.record("arrange_next", next=number)
    return number


# One line of it is told to everybody: written by one person, released by another, withdrawn at once.


def propose_line(
    actor: Actor, *, activity: int, line: LineJa, line_en: LineEn, version: int | None = None
) -> None:
    """Write the public line of an activity that was held; one that was released is read no more until this one is."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        if act.matter.held_at is None:
            raise ActivityStandsElsewhere
        if found := next(promises(line, line_en), None):
            raise LinePromises(words=found.said)
        _set_line(act, line, line_en, people.subject_of(actor))
        act.record("propose_line", line=line, line_en=line_en)


def release_line(actor: Actor, *, activity: int, version: int | None = None) -> None:
    """Release the public line, as a lead or counsel who did not write it."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        if not row.line or row.released_at is not None:
            raise ActivityStandsElsewhere
        if actor.role not in HEADS or not is_second(actor, than=row.line_by):
            raise LineNeedsAnother
        row.released_by, row.released_at = people.subject_of(actor), actor.at
        act.save("released_by", "released_at")
        act.record("release_line", line=row.line, line_en=row.line_en)


def withdraw_line(actor: Actor, *, activity: int, reason: WhyGone, version: int | None = None) -> None:
    """Take the line away from everybody at once, or give up one that was not released."""
    with perform(actor, ACTIVITIES, activity, version=version) as act:
        row = act.matter
        if not row.line:
            raise ActivityStandsElsewhere
        told = {"line": row.line, "line_en": row.line_en}
        _set_line(act, "", "", "")
        act.record("withdraw_line", reason=reason, **told)


def _set_line(act: Performance[Activity], line: str, line_en: str, by: str) -> None:
    row = act.matter
    row.line, row.line_en, row.line_by, row.released_by, row.released_at = line, line_en, by, "", None
    act.save("line", "line_en", "line_by", "released_by", "released_at")


# What a clock does, and what is over.


def remind(actor: Actor, *, activity: int, clock: str) -> None:
    """Say to staff and leads that something about an activity is due: that is all a clock does."""
    with perform(actor, ACTIVITIES, activity) as act:
        what = ACTIVITY_CLOCKS.get(clock, ACTIVITY_FOLLOW_UP.title)
        said = {"number": cases.case_of(about(activity)).number, "kind": act.matter.kind_text, "what": what}
        for to in (Role.AGENT, Role.LEAD):
            outbox.notify(
                to=to.value, template=notices.ACTIVITY_DUE, values=said, about=about(activity), at=actor.at
            )
        act.record("remind_activity", clock=clock)


def erase_activities(actor: Actor, over: datetime, limit: int) -> int:
    """Erase the words of so many whose cases ended before `over`; what is held, or has something open, stays."""
    gone = 0
    for row in Activity.objects.filter(closed_at__lt=over, said__isnull=False).order_by("pk").iterator():
        if gone == limit:
            break
        name = about(row.pk)
        ended = cases.case_of(name).closed_at
        if ended is not None and ended < over and not seals.held((name,)):
            gone += Activity.objects.filter(pk=row.pk, said__isnull=False).update(said=None)
    return gone
