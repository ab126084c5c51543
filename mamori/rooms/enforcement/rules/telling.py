"""What a version of the policy, an answer, and a change of the table are called in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from mamori.grammar.text import Text
from mamori.law.measures import measure
from mamori.rooms.enforcement.rules.declared_table import NUMBER
from mamori.rooms.enforcement.rules.effect import Change, changes
from mamori.rooms.enforcement.rules.situation import Answer, Pair
from mamori.rooms.enforcement.rules.table import Edges, Row, Table

AS_DELIVERED = Text("はじめからある基準", "the policy as delivered")


def called(number: int) -> Text:
    """Return what a version is called; nobody in the house made the first one."""
    return AS_DELIVERED if number == NUMBER else Text(f"第{number}版", f"version {number}")


def said_measure(answer: Answer) -> Text:
    """Say the measure of an answer and its days."""
    return said_pair(answer.pair)


def said_pair(pair: Pair) -> Text:
    """Say a measure with its days, and the one beside it."""
    said = [_with_days(measure(code).title, days) for code, days in pair]
    return Text("＋".join(one.ja for one in said), "; beside it ".join(one.en for one in said))


def _with_days(title: Text, days: int) -> Text:
    days_ja, days_en = (f" {days}日", f", {days} days") if days else ("", "")
    return Text(f"{title.ja}{days_ja}", f"{title.en}{days_en}")


def said_answer(answer: Answer) -> Text:
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
        words = said_answer(answer_of(row))
        return Text(f"{change.name}番（{ja}）：{words.ja}", f"row {change.name} ({en}): {words.en}")
    words = _differing(change.before, change.after)
    return Text(f"{change.name}番：{words.ja}", f"row {change.name}: {words.en}")


def _differing(before: Row, after: Row) -> Text:
    parts = []
    if (before.measure, before.beside, before.beside_days) != (
        after.measure,
        after.beside,
        after.beside_days,
    ):
        here, there = said_answer(answer_of(before)), said_answer(answer_of(after))
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


def answer_of(row: Row) -> Answer:
    """Return what a row answers."""
    return Answer(
        measure=row.measure,
        days=row.days,
        points=row.points,
        row=row.name,
        beside=row.beside,
        beside_days=row.beside_days,
    )


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
