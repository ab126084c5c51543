"""Improvements: noted, owned, changed, compared or given up, and read by everybody once a lead has published them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mamori.grammar.actor import HEADS, INSIDE, Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotYours
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.ledger import actions as ledger
from mamori.ground.matters import settlement
from mamori.ground.matters.performance import MatterKind, Performance, entered, perform
from mamori.ground.matters.seen import changed
from mamori.ground.matters.standing import Runs
from mamori.ground.outbox import actions as outbox
from mamori.ground.people import facts as people
from mamori.japan.calendar import month_named, month_of, spoken
from mamori.law.gate import tells_few
from mamori.law.insight import IMPROVEMENT_CHANGE, MonthsCompared
from mamori.rooms.insight import notices
from mamori.rooms.insight.acts import IMPROVEMENT_ACTS, WhatCame, WhyDropped, WhyWithdrawn
from mamori.rooms.insight.lifecycle import IMPROVEMENT, TO_BE_READ, ImprovementState
from mamori.rooms.insight.models import Improvement
from mamori.rooms.insight.queries import counted_in, kept_since
from mamori.rooms.insight.rules import (
    compared,
    day_of,
    figure_named,
    months_apart,
    of_improvement,
    why_no_number,
)

# The kind of matter that an improvement is: found locked and as seen, recorded, its clock settled; and what is refused.


REMIND = "remind"
BY_PEOPLE = {kind: text for kind, text in IMPROVEMENT_ACTS.items() if not kind.endswith(REMIND)}


class NoSuchImprovement(Refusal, code="no-such-improvement", status=404):
    """Given when there is no such improvement for this actor."""

    text = Text(
        "この改善は見つかりません。番号をご確認ください。",
        "There is no such improvement. Please check its number.",
    )


class NobodyOwns(Refusal, code="nobody-owns", status=422):
    """Given when it is not said who owns an improvement."""

    text = Text("担当する人か部署を書いてください。", "Please say which person or department owns it.")


class NoSuchOwner(Refusal, code="no-such-owner", status=422):
    """Given when an improvement is given to somebody who does not work here, or not any more."""

    text = Text(
        "担当する人に、いま入れる社内のアカウントを選んでください。",
        "Please choose an owner who works here and can come in at present.",
    )


class NoSuchFigure(Refusal, code="no-such-figure", status=422):
    """Given when what is named is nothing that is counted, or has no month."""

    text = Text(
        "数えるものと月を、選べるものから選んでください。",
        "Please choose what is counted, and the month, from what is offered.",
    )


class ChangeToCome(Refusal, code="change-to-come", status=422):
    """Given when a change is recorded before its day."""

    text = Text(
        "まだ来ていない日です。変えたあとに、変えた日を書いてください。",
        "This day is to come. Please record the change once it was made.",
    )


class NotComparableYet(Refusal, code="not-comparable-yet", status=409):
    """Given when the months that are compared are not over."""

    text = Text(
        "比べる月がまだ終わっていません。{when}から比べられます。",
        "The months to compare are not over. They can be compared from {when} on.",
    )


class StillPublic(Refusal, code="improvement-still-public", status=409):
    """Given when something is given up that everybody reads."""

    text = Text(
        "公開中の改善は取りやめられません。先に責任者か法務担当が公開をやめてください。",
        "Everybody reads this improvement. A lead or counsel has to withdraw it first.",
    )


class NothingToRead(Refusal, code="improvement-nothing-to-read", status=409):
    """Given when something is published of which nothing was changed yet."""

    text = Text(
        "公開できるのは、変えたことを記録した改善だけです。先に変えたことを記録してください。",
        "Only where something was changed is there anything to publish. Please record the change first.",
    )


class BothLanguages(Refusal, code="improvement-both-languages", status=422):
    """Given when what came of it would be read in one language alone."""

    text = Text(
        "「どうなったか」は、日本語と英語の両方を書くか、両方を空にしてください。",
        "Please write what came of it in both languages, or in neither.",
    )


class WordsTellFew(Refusal, code="improvement-tells-few", status=422):
    """Given when words that everybody would read name a count that the figures hide."""

    text = Text(
        "公開する文に、5件に満たない件数が書かれています。件数を書かずに書き直してください。前と後の件数は自動で載ります。",
        "The words name a count below 5. Please say it without: the counts before and after appear by themselves.",
    )


class NotPublic(Refusal, code="improvement-not-public", status=409):
    """Given when something is withdrawn that nobody reads."""

    text = Text("この改善は公開していません。", "This improvement is not public.")


def about_improvement(number: int) -> str:
    """Return the name under which acts, clocks and notices know an improvement."""
    return f"insight.improvement:{number}"


def _record(act: Performance[Improvement], verb: str, *, reason: str = "", **told: Any) -> int:
    if verb != REMIND:
        act.matter.version += 1
        act.save("version")
    return ledger.record(
        act.actor,
        kind=f"insight.{verb}",
        subject=ledger.MARKET,
        about=about_improvement(act.matter.pk),
        reason=reason,
        payload={"state": act.matter.state, **told},
    )


def _settle(act: Performance[Improvement]) -> None:
    name = about_improvement(act.matter.pk)
    settlement.settle({name: of_improvement(act.matter)}, at=act.actor.at, why=act.verb)


def _find(actor: Actor, number: int, version: int | None) -> Improvement:
    row = Improvement.objects.select_for_update().filter(pk=number).first()
    if row is None or not (actor.is_staff or actor.role is Role.MACHINE):
        raise NoSuchImprovement
    if version is not None and version != row.version:
        raise changed(about_improvement(number), BY_PEOPLE)
    return row


IMPROVEMENTS: MatterKind[Improvement, int] = MatterKind(
    chart=IMPROVEMENT,
    find=_find,
    case=lambda row: about_improvement(row.pk),
    record=_record,
    settle=_settle,
)


# Something is noted, owned by somebody, changed, and compared with what was before; or it is given up.


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSo:
    """What was seen: a title, words, and the code of what is counted with the month ("2026-11"), both "" where nothing is."""

    title: str
    seen: str
    figure: str = ""
    month: str = ""


def note_improvement(actor: Actor, *, told: SeenSo) -> int:
    """Note what was seen, so that somebody does something about it; return its number."""
    if not actor.is_staff:
        raise NoSuchImprovement
    figure, month = figure_named(told.figure), month_named(told.month, None)
    if told.figure and (figure is None or month is None or month > month_of(actor.at)):
        raise NoSuchFigure
    with memory.act():
        row = Improvement.objects.create(
            title=told.title,
            seen=told.seen,
            figure=figure.code if figure else "",
            month=str(month) if figure else "",
            noted_by=people.subject_of(actor),
            noted_at=actor.at,
        )
        with entered(actor, IMPROVEMENTS, row) as act:
            act.record("note", figure=row.figure, month=row.month)
    return row.pk


def take_improvement(actor: Actor, *, improvement: int, version: int | None = None) -> None:
    """Own it oneself."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        _own(act, people.subject_of(actor), "")


def give_improvement(
    actor: Actor, *, improvement: int, owner: int = 0, department: str = "", version: int | None = None
) -> None:
    """Say which account, or which department, owns it; an account is told.  Another owner begins no new time."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        if not owner and not department:
            raise NobodyOwns
        who = people.account(owner, at=actor.at) if owner else None
        if owner and (who is None or not who.is_active or who.role not in INSIDE):
            raise NoSuchOwner
        _own(act, f"staff:{owner}" if owner else "", department)
        if who is not None and who.who != actor.by and act.matter.state == ImprovementState.OWNED:
            _notify(act, who.who)


def change_improvement(
    actor: Actor,
    *,
    improvement: int,
    changed: str,
    on: date,
    months: MonthsCompared,
    version: int | None = None,
) -> None:
    """Record what was changed and on which day, and how many months are compared: before anybody knows what comes of it."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        act.step("change")
        if on > day_of(actor.at):
            raise ChangeToCome
        row = act.matter
        row.changed, row.changed_on, row.months = changed, on, months.number
        row.comparable_at = months_apart(on, months.number).ready_at
        act.save("changed", "changed_on", "months", "comparable_at")
        act.record("change", reason=changed, on=str(on), months=row.months)


def compare_improvement(
    actor: Actor, *, improvement: int, came: WhatCame, version: int | None = None
) -> None:
    """Say what came of it; before and after are counted by the house, and what was counted stays."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        act.step("compare")
        row = act.matter
        assert row.changed_on is not None
        assert row.comparable_at is not None
        if actor.at < row.comparable_at:
            raise NotComparableYet(when=spoken(row.comparable_at))
        figure, months = figure_named(row.figure), months_apart(row.changed_on, row.months)
        why = why_no_number(figure, months, kept_since(actor.at))
        if figure is not None and why is None:
            row.counts = compared(counted_in((*months.before, *months.after)), figure, months).row
        row.came, row.no_number, row.closed_at = came, why.value if why else "", actor.at
        act.save("came", "no_number", "counts", "closed_at")
        act.record("compare", reason=came, counts=row.counts, no_number=row.no_number)


def drop_improvement(
    actor: Actor, *, improvement: int, reason: WhyDropped, version: int | None = None
) -> None:
    """Give it up, and say why."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        act.step("drop")
        if act.matter.published_at is not None:
            raise StillPublic
        act.matter.closed_at = actor.at
        act.save("closed_at")
        act.record("drop", reason=reason)


def remind_improvement(actor: Actor, *, improvement: int) -> None:
    """Say to whoever owns it, and to leads, that its time is over."""
    with perform(actor, IMPROVEMENTS, improvement) as act:
        row = act.matter
        number = row.owner.rpartition(":")[2]
        owner = people.account(int(number), at=actor.at) if number.isdecimal() else None
        told = {owner.who} if owner is not None and owner.is_active and owner.role is not Role.LEAD else set()
        for who in (*sorted(told), Role.LEAD.value):
            outbox.notify(
                to=who,
                template=notices.IMPROVEMENT_OVERDUE,
                values={"number": f"{row.pk}", "state": IMPROVEMENT.states[ImprovementState(row.state)]},
                about=about_improvement(row.pk),
                at=actor.at,
            )
        act.record(REMIND)


def _own(act: Performance[Improvement], owner: str, department: str) -> None:
    act.step("own")
    row = act.matter
    row.owner, row.department, row.owned_at = owner, department, row.owned_at or act.actor.at
    act.save("owner", "department", "owned_at")
    act.record("own", owner=owner, department=department)


def _notify(act: Performance[Improvement], who: str) -> None:
    assert act.matter.owned_at is not None
    due = settlement.due(Runs(IMPROVEMENT_CHANGE, since=act.matter.owned_at))
    outbox.notify(
        to=who,
        template=notices.IMPROVEMENT_GIVEN,
        values={"number": f"{act.matter.pk}", "due": spoken(due)},
        about=about_improvement(act.matter.pk),
        at=act.actor.at,
    )


PUBLISHING = Text("改善を公開する、公開をやめる", "publish or withdraw an improvement")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementWords:
    """What everybody reads of an improvement, in both languages; what came of it may be left out of both."""

    seen: str
    seen_en: str
    changed: str
    changed_en: str
    came: str = ""
    came_en: str = ""


def publish_improvement(
    actor: Actor, *, improvement: int, words: ImprovementWords, version: int | None = None
) -> None:
    """Let everybody read it, or read it in other words: what was seen, what was changed, and what is counted before and after."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        _must_lead(actor)
        row = act.matter
        if row.state not in TO_BE_READ:
            raise NothingToRead
        if bool(words.came) is not bool(words.came_en):
            raise BothLanguages
        if any(map(tells_few, asdict(words).values())):
            raise WordsTellFew
        row.told, row.published_at = asdict(words), row.published_at or actor.at
        act.save("told", "published_at")
        act.record("publish", words=row.told)


def withdraw_improvement(
    actor: Actor, *, improvement: int, reason: WhyWithdrawn, version: int | None = None
) -> None:
    """Take it from the public; what was read stays in the record."""
    with perform(actor, IMPROVEMENTS, improvement, version=version) as act:
        _must_lead(actor)
        if act.matter.published_at is None:
            raise NotPublic
        act.matter.published_at = None
        act.save("published_at")
        act.record("withdraw", reason=reason)


def _must_lead(actor: Actor) -> None:
    if actor.role not in HEADS:
        raise StepNotYours(step=PUBLISHING, roles=Text.listed(one.text for one in sorted(HEADS)))
