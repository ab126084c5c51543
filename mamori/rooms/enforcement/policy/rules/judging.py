"""What a version of the policy answers, what a change of it would change, and both in words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

import zen
from msgspec import ValidationError, convert, to_builtins

from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.law.breaches import OFFERED
from mamori.law.grounds import FRAUD_OR_SECURITY, REQUIRED_BY_LAW
from mamori.law.measures import measure
from mamori.rooms.enforcement.policy.rules import table as rules
from mamori.rooms.enforcement.policy.rules.table import (
    BAND_TEXTS,
    CELLS,
    FIELD_TEXTS,
    FIELDS,
    NUMBER,
    Cell,
    Cure,
    Edges,
    Field,
    History,
    Pair,
    PolicyAnswer,
    PolicyRow,
    RowAnswer,
    Situation,
    Table,
    cell_of,
    pair_of,
    ranges,
    starts,
)

_ASKED = json.dumps(
    {"cells": [dict(zip((field.value for field in FIELDS), cell, strict=True)) for cell in CELLS]}
)


class TableNotWhole(ValueError):
    """A table that does not answer every situation by exactly one row: it is never asked."""


def fired(table: Table) -> Mapping[Cell, tuple[PolicyAnswer, ...]]:
    """Return the answers of all rows that fire for each situation: none in a gap, two in an overlap."""
    if not table.rows:
        return dict.fromkeys(CELLS, ())
    model = zen.ZenDecisionContent(json.dumps(rules.write(table, every=True)))
    found = zen.ZenEngine().create_decision(model).evaluate(_ASKED)["result"]["fired"]
    return {cell: tuple(map(_answer, rows)) for cell, rows in zip(CELLS, found, strict=True)}


def answers(table: Table) -> Mapping[Cell, PolicyAnswer]:
    """Return the one answer to every situation.

    :raises TableNotWhole: when a situation has none, or several.
    """
    found = {}
    for cell, rows in fired(table).items():
        if len(rows) != 1:
            raise TableNotWhole(f"{len(rows)} rows answer {cell}")
        found[cell] = rows[0]
    return found


def _answer(raw: dict[str, Any]) -> PolicyAnswer:
    return convert(raw | {"row": raw["row"].removeprefix("row-")}, PolicyAnswer)


# A version of the policy made ready to be asked: which row answers a situation, and what its points and bands mean.


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A version by its number, since which day, and the table that it is; every answer was given by ZEN beforehand."""

    number: int
    since: date
    table: Table
    known: Mapping[Cell, PolicyAnswer]

    @property
    def bands(self) -> Edges:
        """Return from how many points on a history is a few, several, many."""
        return self.table.edges

    @property
    def expires_days(self) -> int:
        """Return for how many days points count."""
        return self.table.expires_days

    def history(self, points: int) -> History:
        """Return the band of the points that still count."""
        return self.table.edges.band(points)

    def answer(self, situation: Situation) -> PolicyAnswer:
        """Return what the table answers, with the row that fired.

        :raises KeyError: when the breach is no declared one (a bug, never answered by a default).
        """
        return self.known[cell_of(situation)]

    def points_for(self, situation: Situation, *taken: str) -> int:
        """Return the points of the measures that were taken: as the table answers, and fewer where they are milder.

        Of milder ones they are the most that the table gives, for the same breach of the same severity, for these or milder
        ones still; where it has none there, the fewest that it gives.  Graver ones bring no more.
        """
        answer, gravity = self.answer(situation), _gravity(taken)
        same = [one for cell, one in self.known.items() if cell[:2] == cell_of(situation)[:2]]
        fitting = [one.points for one in same if _gravity(code for code, _ in one.pair) <= gravity]
        return min(answer.points, max(fitting, default=min(one.points for one in same)))


def _gravity(codes: Iterable[str]) -> list[int]:
    return sorted((measure(code).gravity for code in codes), reverse=True)


def ready(table: Table, *, number: int, since: date) -> InForce:
    """Put a table before ZEN once, for it to be asked quickly ever after.

    :raises TableNotWhole: when it does not answer every situation by exactly one row.
    """
    return InForce(number=number, since=since, table=table, known=answers(table))


def traced(situation: Situation, points: int, answer: PolicyAnswer) -> dict[str, Any]:
    """Return, for the record, what the table was asked and answered; `points` counted before this breach."""
    told: dict[str, Any] = to_builtins(situation) | {"before": points} | to_builtins(answer)
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """A recorded question with its answer: what a changed table is tried on."""

    situation: Situation
    before: int
    answer: PolicyAnswer


def read_trace(raw: Mapping[str, Any]) -> Traced | None:
    """Return what was recorded, or nothing where it cannot be read any more."""
    try:
        situation, answer = convert(raw, Situation), convert(raw, PolicyAnswer)
        return Traced(situation=situation, before=convert(raw["before"], int), answer=answer)
    except (KeyError, ValidationError):
        return None


# What a changed table would change: rows, situations, and how the last decisions would have been answered.


FEW = 30
"""Of fewer decisions than these nothing is concluded."""


class Turn(StrEnum):
    """How an answer would change."""

    SAME = "same"
    MILDER = "milder"
    GRAVER = "graver"


TURN_TEXTS = {
    Turn.SAME: Text("同じ", "the same"),
    Turn.MILDER: Text("軽くなる", "milder"),
    Turn.GRAVER: Text("重くなる", "graver"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that was added (`before` is None), taken away (`after` is None) or changed."""

    name: str
    before: PolicyRow | None
    after: PolicyRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One decision of the past, by its place in what was given, as both tables answer it."""

    place: int
    before: PolicyAnswer
    after: PolicyAnswer
    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How many situations, and which of the last decisions, would be answered otherwise.

    A situation is tried at every range of points (`points`: where each begins) that either table tells apart, so that
    moved edges count; where no edge moved these are the table's own bands.
    """

    points: tuple[int, ...]
    situations: Counter[Turn]
    decisions: tuple[Turned, ...]

    @property
    def tried(self) -> int:
        """Return how many situations were compared."""
        return self.situations.total()

    @property
    def ranges(self) -> tuple[Text, ...]:
        """Return the ranges of points in words where edges moved; none where the bands are the same."""
        return ranges(self.points) if len(self.points) > len(History) else ()

    @property
    def counts(self) -> Counter[Turn]:
        """Return how many of the last decisions would be the same, milder, graver."""
        return Counter(one.turn for one in self.decisions)

    @property
    def is_few(self) -> bool:
        """Say whether there were too few decisions to conclude anything."""
        return len(self.decisions) < FEW


def changes(before: Table, after: Table) -> Iterator[Change]:
    """Return the rows that differ, in the order of the new table, then those taken away."""
    for row in after.rows:
        former = before.row(row.name)
        if former != row:
            yield Change(name=row.name, before=former, after=row)
    for row in before.rows:
        if after.row(row.name) is None:
            yield Change(name=row.name, before=row, after=None)


def turn(before: PolicyAnswer, after: PolicyAnswer) -> Turn:
    """Say how an answer changes: by its measure and days, and where these are the same by its points."""
    here, there = (before.weight, before.points), (after.weight, after.points)
    if here == there:
        return Turn.SAME
    return Turn.GRAVER if there > here else Turn.MILDER


def effect(before: InForce, after: InForce, decisions: Sequence[Traced]) -> Effect:
    """Return what the new table would change, each asked with its own bands of points."""
    points, turned = starts(before.bands, after.bands), []
    for place, one in enumerate(decisions):
        here, there = _asked(before, one), _asked(after, one)
        turned.append(Turned(place=place, before=here, after=there, turn=turn(here, there)))
    return Effect(
        points=points,
        situations=Counter(
            turn(_at(before, cell, each), _at(after, cell, each)) for cell in FRESH for each in points
        ),
        decisions=tuple(turned),
    )


def is_milder_everywhere(before: InForce, after: InForce) -> bool:
    """Say whether no seller can be worse off: no situation graver, no edge lower, points counting no longer."""
    edges, former = after.bands, before.bands
    return (
        all(_no_worse(before.known[cell], after.known[cell]) for cell in CELLS)
        and (edges.few >= former.few and edges.several >= former.several and edges.many >= former.many)
        and after.expires_days <= before.expires_days
    )


def _no_worse(before: PolicyAnswer, after: PolicyAnswer) -> bool:
    return after.weight <= before.weight and after.points <= before.points


FRESH = tuple(cell for cell in CELLS if cell[FIELDS.index(Field.HISTORY)] == History.NONE)
"""Every situation but for what went before, which each policy tells by its own edges."""


def _at(policy: InForce, cell: Cell, points: int) -> PolicyAnswer:
    at = FIELDS.index(Field.HISTORY)
    return policy.known[*cell[:at], policy.history(points).value, *cell[at + 1 :]]


def _asked(policy: InForce, one: Traced) -> PolicyAnswer:
    return policy.answer(replace(one.situation, history=policy.history(one.before)))


class Haste(StrEnum):
    """A listed exception: the grounds of a short notice, and a change that harms no seller."""

    MILDER = "milder"
    LAW = "required-by-law"
    DANGER = "fraud-or-security"


HASTE_TEXTS = {
    Haste.MILDER: Text("どの場合にも出品者に不利にならない変更", "in no case to a seller's disadvantage"),
    Haste(REQUIRED_BY_LAW.code): REQUIRED_BY_LAW.title,
    Haste(FRAUD_OR_SECURITY.code): FRAUD_OR_SECURITY.title,
}


# What a version of the policy, an answer, and a change of the table are called in a sentence.


AS_DELIVERED = Text("はじめからある基準", "the policy as delivered")


def called(number: int) -> Text:
    """Return what a version is called; nobody in the house made the first one."""
    return AS_DELIVERED if number == NUMBER else Text(f"第{number}版", f"version {number}")


def said_measure(answer: RowAnswer) -> Text:
    """Say the measure of an answer and its days."""
    return said_pair(answer.pair)


def said_pair(pair: Pair) -> Text:
    """Say a measure with its days, and the one beside it."""
    said = [_with_days(measure(code).title, days) for code, days in pair]
    return Text("＋".join(one.ja for one in said), "; beside it ".join(one.en for one in said))


def _with_days(title: Text, days: int) -> Text:
    days_ja, days_en = (f" {days}日", f", {days} days") if days else ("", "")
    return Text(f"{title.ja}{days_ja}", f"{title.en}{days_en}")


def said_answer(answer: RowAnswer) -> Text:
    """Say an answer in words."""
    said = said_measure(answer)
    return Text(f"{said.ja}・{answer.points}点", f"{said.en}, {answer.points} points")


def said_changes(before: Table, after: Table, *, most: int) -> Text:
    """Say what differs between two tables, at most so many points of it, and how many more there are."""
    found = [*(_row(one) for one in changes(before, after)), *_bands(before, after)]
    left = len(found) - most
    more = [Text(f"ほか{left}件", f"and {left} more")] if left > 0 else []
    shown = [*found[:most], *more]
    return Text("／".join(one.ja for one in shown), "; ".join(one.en for one in shown))


def _row(change: Change) -> Text:
    if change.before is None or change.after is None:
        row, ja, en = (
            (change.after, "追加", "new") if change.before is None else (change.before, "削除", "deleted")
        )
        assert row is not None, "a change has a row before or after it"
        words = said_answer(row)
        return Text(f"{change.name}番（{ja}）：{words.ja}", f"row {change.name} ({en}): {words.en}")
    words = _differing(change.before, change.after)
    return Text(f"{change.name}番：{words.ja}", f"row {change.name}: {words.en}")


def _differing(before: PolicyRow, after: PolicyRow) -> Text:
    parts = []
    if (before.measure, before.beside, before.beside_days) != (
        after.measure,
        after.beside,
        after.beside_days,
    ):
        here, there = said_answer(before), said_answer(after)
        parts.append(Text(f"{here.ja}→{there.ja}", f"{here.en} → {there.en}"))
    else:
        parts.append(measure(after.measure).title)
        if before.days != after.days:
            parts.append(Text(f"{before.days}→{after.days}日", f"{before.days} → {after.days} days"))
        if before.points != after.points:
            parts.append(
                Text(f"{before.points}→{after.points}点", f"{before.points} → {after.points} points")
            )
    if before.when != after.when:
        parts.append(Text("当てはまる場合が変わります", "the cases it is meant for change"))
    return Text.listed(parts)


def _bands(before: Table, after: Table) -> Iterator[Text]:
    if before.edges != after.edges:
        here, there = _edges(before.edges), _edges(after.edges)
        yield Text(f"点数の区切り：{here}→{there}", f"edges of points: {here} → {there}")
    if before.expires_days != after.expires_days:
        yield Text(
            f"点数が有効な日数：{before.expires_days}→{after.expires_days}日",
            f"points count for {before.expires_days} → {after.expires_days} days",
        )


def _edges(edges: Edges) -> str:
    return f"{edges.few}/{edges.several}/{edges.many}"


POINTS_BEFORE = Text("決定前の違反点数", "points that count before it")
VERSION = Text("基準の版", "version of the policy")
ROW = Text("基準の行", "row of the policy")
ANSWER = Text("基準の答え", "answer of the policy")


def changed(before: Mapping[str, Any], after: Mapping[str, Any], *, policies: tuple[int, int]) -> Text | None:
    """Say what differs between two traces, and between the versions that answered; None where nothing does."""
    said = [*_asked_otherwise(before, after), *_answered(before, after, policies)]
    if not said:
        return None
    return Text.listed(said)


def _asked_otherwise(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Text]:
    for field in FIELDS:
        if before[field] != after[field]:
            bands = BAND_TEXTS[field]
            yield _from_to(FIELD_TEXTS[field], bands[before[field]], bands[after[field]])
    if before["before"] != after["before"]:
        yield _from_to(POINTS_BEFORE, _points(before["before"]), _points(after["before"]))


def _answered(
    before: Mapping[str, Any], after: Mapping[str, Any], policies: tuple[int, int]
) -> Iterator[Text]:
    if policies[0] != policies[1]:
        yield _from_to(VERSION, called(policies[0]), called(policies[1]))
    if before["row"] != after["row"]:
        yield _from_to(ROW, Text(before["row"], before["row"]), Text(after["row"], after["row"]))
    if _answer_of(before) != _answer_of(after):
        yield _from_to(ANSWER, _answer_of(before), _answer_of(after))


def traced_pair(trace: Mapping[str, Any]) -> Pair:
    """Return the measure that a trace says was answered, and the one beside it."""
    return pair_of(trace["measure"], trace["days"], trace.get("beside", ""), trace.get("beside_days", 0))


def _answer_of(trace: Mapping[str, Any]) -> Text:
    said, points = said_pair(traced_pair(trace)), _points(trace["points"])
    return Text(f"{said.ja}・{points.ja}", f"{said.en} with {points.en}")


def _points(points: int) -> Text:
    return Text(f"{points}点", f"{points} points")


def _from_to(what: Text, old: Text, new: Text) -> Text:
    return Text(f"{what.ja}（{old.ja}→{new.ja}）", f"{what.en} ({old.en} → {new.en})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of one decision, from `at` until `until`, or until `ended_at` where it was reversed."""

    points: int
    at: datetime
    until: datetime
    ended_at: datetime | None = None

    def count_at(self, at: datetime) -> bool:
        """Say whether they count at a moment."""
        return self.at <= at < self.until and (self.ended_at is None or at < self.ended_at)


def total(strikes: Iterable[Points], at: datetime) -> int:
    """Return the points that count at a moment."""
    return sum(strike.points for strike in strikes if strike.count_at(at))


def severity_after(severity: Severity, *, before: int, times: int) -> Severity:
    """Return the severity of a breach of which `before` like it were decided upon lately: one band graver from `times` on."""
    if times and before >= times and severity is Severity.MINOR:
        return Severity.SERIOUS
    return severity


TIMES = 3
MOST = 9
"""More kinds than this nobody takes in at a glance: the whole table shows the others."""

type Found = Mapping[Cell, tuple[PolicyAnswer, ...]]
"""The answers of all rows that fire for each situation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Kinds of breach that the same rows answer, and the answer each time; None where not exactly one row answers."""

    breaches: tuple[str, ...]
    answers: tuple[PolicyAnswer | None, ...]

    @property
    def rows(self) -> dict[str, tuple[int, ...]]:
        """Return the rows that answer, each with the times for which it does, the first being 1."""
        found: dict[str, tuple[int, ...]] = {}
        for time, answer in enumerate(self.answers, start=1):
            if answer is not None:
                found[answer.row] = (*found.get(answer.row, ()), time)
        return found


def ladders(found: Found, edges: Edges, severity: Severity, *, grave_after: int) -> tuple[Ladder, ...]:
    """Return what each kind of breach of this severity brings each time, where nobody is harmed and nothing is put right.

    Each time counts the points that the times before brought.  `grave_after` = after so many a minor breach is serious.
    """
    climbed = [
        (one.code, tuple(_climb(found, edges, one.code, severity, grave_after=grave_after)))
        for one in OFFERED
    ]
    return tuple(
        Ladder(breaches=tuple(code for code, _ in same), answers=answers)
        for answers, same in groupby(climbed, key=lambda one: one[1])
    )


def _climb(
    found: Found, edges: Edges, breach: str, severity: Severity, *, grave_after: int
) -> Iterator[PolicyAnswer | None]:
    points = 0
    for before in range(TIMES):
        weight = severity_after(severity, before=before, times=grave_after)
        cell = (breach, weight.value, edges.band(points).value, Cure.OPEN.value, Reach.NONE.value)
        rows = found[cell]
        answer = rows[0] if len(rows) == 1 else None
        points += answer.points if answer else 0
        yield answer
