"""What the pages of the policy show: versions, a table in words, and what a draft would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as records
from mamori.ground.market import facts as market
from mamori.ground.people import facts as people
from mamori.ground.terms import facts as terms
from mamori.japan.calendar import JAPAN
from mamori.law.breaches import breach
from mamori.law.measures import PROVISIONAL_HIDING
from mamori.law.settings import REPEAT_TIMES
from mamori.rooms.enforcement.lifecycle import POLICY, MeasureState, PolicyState
from mamori.rooms.enforcement.models import Measure, Policy
from mamori.rooms.enforcement.policy import records as policy
from mamori.rooms.enforcement.policy.records import name
from mamori.rooms.enforcement.policy.rules import table
from mamori.rooms.enforcement.policy.rules.judging import (
    MOST,
    Change,
    InForce,
    Ladder,
    Traced,
    changes,
    fired,
    ladders,
    read_trace,
    said_measure,
)
from mamori.rooms.enforcement.policy.rules.table import (
    FIELDS,
    Bands,
    Field,
    PolicyRow,
    RowAnswer,
    Table,
    either,
    said,
)
from mamori.rooms.enforcement.rules.bounds import REVERSING

OPEN = (PolicyState.DRAFT, PolicyState.PROPOSED)
LAST = 200
"""So many of the last decisions a draft is tried on."""
ANY = Text("すべて", "any")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """One row in words; `mark` says how it differs from the table before, empty where it does not."""

    name: str
    cells: tuple[tuple[Text, Text], ...]
    words: Text
    answer: RowAnswer
    mark: Text | None = None

    @property
    def measure(self) -> Text:
        """Return the measure that it answers with its days, and the one beside it."""
        return said_measure(self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that follow each other and are about the same breaches; none are named where it is all of them."""

    breaches: tuple[Text, ...]
    lines: tuple[PolicyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """One version in the list of all of them."""

    number: int
    state: PolicyState
    text: Text
    binds_on: date | None
    proposed_by: Text | None
    approved_by: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyShown:
    """A version as its page shows it; `edited` tells forms apart, `row` is the one that is asked for.

    `since` is the day on which it binds, `is_own` whether its reader proposed it, `first` what that row begins with,
    `is_unfit` whether it was filled in so that it cannot be checked.
    """

    number: int
    state: PolicyState
    table: Table
    edited: int = 0
    since: date | None = None
    by: str = ""
    is_own: bool = False
    proposed_by: Text | None = None
    reason: str = ""
    row: str = ""
    first: Mapping[str, Any] = field(default_factory=dict)
    is_unfit: bool = False

    @property
    def is_open(self) -> bool:
        """Say whether it is being worked on, or waits for approval."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision of the past: when, whose, and what was asked."""

    at: datetime
    shop: str
    traced: Traced


def groups(table: Table, *, since: Table | None = None) -> list[Group]:
    """Return a table in words; rows that differ from `since` are marked."""
    marks: Mapping[str, Text] = {}
    if since is not None:
        marks = {one.name: NEW if one.before is None else CHANGED for one in changes(since, table)}
    return [
        Group(
            breaches=tuple(breach(code).title for code in _offered(codes)),
            lines=tuple(line(row, marks.get(row.name)) for row in rows),
        )
        for codes, rows in groupby(table.rows, key=lambda row: row.when[0])
    ]


def _offered(codes: Bands) -> Bands:
    """Return the kinds of breach without one that is offered no longer, where there are others."""
    return tuple(code for code in codes if not breach(code).is_former) or codes


def fitting(table: Table, asked: Mapping[str, str]) -> list[PolicyLine]:
    """Return the rows that may answer a case of which so much is known."""
    known = {Field(name): band for name, band in asked.items()}
    return [line(row) for row in table.rows if all(band in row.bands(field) for field, band in known.items())]


NEW, CHANGED = Text("追加", "new"), Text("変更", "changed")
HEADS = (
    Text("重さ", "Severity"),
    Text("これまでの違反", "Before"),
    Text("直したか", "Whether put right"),
    Text("被害", "Harm"),
)


def line(row: PolicyRow, mark: Text | None = None) -> PolicyLine:
    """Return one row in words."""
    cells = tuple(
        (head, _cell(field, row.when[FIELDS.index(field)]))
        for head, field in zip(HEADS, FIELDS[1:], strict=True)
    )
    return PolicyLine(name=row.name, cells=cells, words=said(((), *row.when[1:])), answer=row, mark=mark)


def _cell(field: Field, bands: tuple[str, ...]) -> Text:
    return either(field, bands) if bands else ANY


def versions() -> list[PolicyVersion]:
    """Return every version, the newest first; the declared one is none of them."""
    rows = list(Policy.objects.order_by("-number")[:100])
    called = people.names()
    return [
        PolicyVersion(
            number=row.number,
            state=PolicyState(row.state),
            text=POLICY.states[PolicyState(row.state)],
            binds_on=row.binds_on,
            proposed_by=_called(row.proposed_by, called),
            approved_by=_called(row.approved_by, called),
        )
        for row in rows
    ]


def _called(by: str, names: Mapping[int, str]) -> Text | None:
    return people.named(by, names) if by else None


def shown_to(actor: Actor, number: int) -> PolicyShown:
    """Return a version as somebody is shown it."""
    if number == policy.DECLARED.number:
        first = policy.DECLARED
        return PolicyShown(number=number, state=PolicyState.IN_FORCE, table=first.table, since=first.since)
    row = Policy.objects.filter(number=number).first()
    if row is None:
        raise policy.NoSuchPolicy()
    is_proposed = row.state == PolicyState.PROPOSED
    acts = records.acts_about(name(number)) if is_proposed else ()
    asked = [act for act in acts if act.kind == "enforcement.propose_policy"]
    return PolicyShown(
        number=number,
        state=PolicyState(row.state),
        table=table.read(row.table),
        edited=row.edited,
        since=row.binds_on,
        by=row.proposed_by,
        is_own=row.proposed_by == people.subject_of(actor),
        proposed_by=_called(row.proposed_by, people.names()) if is_proposed else None,
        reason=str((asked[-1].content or {}).get("reason", "")) if asked else "",
    )


def announced(at: datetime) -> InForce | None:
    """Return the version that is published and whose day has not come yet, if there is one."""
    waiting = Policy.objects.filter(state=PolicyState.ANNOUNCED, binds_on__gt=at.astimezone(JAPAN).date())
    row = waiting.order_by("-number").first()
    return policy.made_ready(row) if row else None


def published(number: int) -> InForce | None:
    """Return a version that was published and not given up, if there is one of that number."""
    if number == policy.DECLARED.number:
        return policy.DECLARED
    row = Policy.objects.filter(number=number, state__in=policy.BINDING).first()
    return policy.made_ready(row) if row else None


def given_up(number: int) -> date | None:
    """Return the day on which a version would have bound that was published and then given up."""
    return (
        Policy.objects.filter(number=number, state=PolicyState.DISCARDED)
        .values_list("binds_on", flat=True)
        .first()
    )


def last_decisions() -> list[Decided]:
    """Return the last decisions that came to be and were not reversed, the newest first."""
    came = Measure.objects.exclude(state__in=(MeasureState.PROPOSED, MeasureState.REJECTED))
    came = came.exclude(kind=PROVISIONAL_HIDING.code)
    rows = list(came.exclude(ended_because__in=REVERSING).order_by("-id")[:LAST])
    rows = list({(row.finding_id, row.decided_at): row for row in rows}.values())
    shops = market.shop_names({row.seller_ref for row in rows})
    return [
        Decided(at=row.decided_at, shop=shops.get(row.seller_ref, row.seller_ref), traced=traced)
        for row in rows
        if (traced := read_trace(row.trace)) is not None
    ]


def reversed_since(decisions: list[Decided]) -> int:
    """Return how many decisions were reversed since the oldest of these: they are not among them."""
    rows = Measure.objects.filter(ended_because__in=REVERSING)
    return (rows.filter(decided_at__gte=decisions[-1].at) if decisions else rows).count()


def difference(
    before: Table, after: Table
) -> Iterator[tuple[Change, PolicyLine | None, PolicyLine | None, Text]]:
    """Return the rows that differ: each as it was and as it would be, and for what it is."""
    for one in changes(before, after):
        row = one.after or one.before
        assert row is not None, "a change has a row before or after it"
        before_line, after_line = (line(each) if each else None for each in (one.before, one.after))
        yield one, before_line, after_line, said(row.when)


TIME_TEXTS = (Text("1回目", "first time"), Text("2回目", "second time"), Text("3回目", "third time"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBehind:
    """A row of the whole table that a line rests on: for which times, and in which cases it answers besides."""

    row: PolicyRow
    times: Text
    cases: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortLine:
    """Kinds of breach and what each time brings; `is_changed` = another than in the table before."""

    breaches: tuple[Text, ...]
    cells: tuple[tuple[Text, Text | None], ...]
    behind: tuple[RowBehind, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTable:
    """At most nine lines; `left` are the kinds of breach that found no place."""

    severity: Severity
    lines: tuple[ShortLine, ...]
    left: tuple[Text, ...]


def short_table(table: Table, severity: Severity, *, at: datetime, since: Table | None = None) -> ShortTable:
    """Return a table shortly; lines whose rows differ from `since` are marked."""
    (grave_after,) = terms.settings(REPEAT_TIMES, at=at)
    found = ladders(fired(table), table.edges, severity, grave_after=grave_after)
    changed = {one.name for one in changes(since, table)} if since else set()
    return ShortTable(
        severity=severity,
        lines=tuple(_line(table, one, changed) for one in found[:MOST]),
        left=tuple(breach(code).title for one in found[MOST:] for code in one.breaches),
    )


def _line(table: Table, ladder: Ladder, changed: set[str]) -> ShortLine:
    answers = [said_measure(one) if one else None for one in ladder.answers]
    behind = []
    for fires, times in ladder.rows.items():
        row = table.row(fires)
        assert row is not None, "a row that fires stands in its table"
        which = Text.listed(TIME_TEXTS[time - 1] for time in times)
        behind.append(RowBehind(row=row, times=which, cases=said(row.when)))
    return ShortLine(
        breaches=tuple(breach(code).title for code in ladder.breaches),
        cells=tuple(zip(TIME_TEXTS, answers, strict=True)),
        behind=tuple(behind),
        is_changed=not changed.isdisjoint(ladder.rows),
    )
