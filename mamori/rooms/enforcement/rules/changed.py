"""What changed of the table's question and its answer between two moments, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mamori.grammar.text import Text
from mamori.rooms.enforcement.rules.situation import Pair, pair_of
from mamori.rooms.enforcement.rules.table import BAND_TEXTS, FIELD_TEXTS, FIELDS
from mamori.rooms.enforcement.rules.telling import called, said_pair

POINTS_BEFORE = Text("決定前の違反点数", "points that count before it")
VERSION = Text("基準の版", "version of the policy")
ROW = Text("基準の行", "row of the policy")
ANSWER = Text("基準の答え", "answer of the policy")


def changed(before: Mapping[str, Any], after: Mapping[str, Any], *, policies: tuple[int, int]) -> Text | None:
    """Say what differs between two traces, and between the versions that answered; None where nothing does."""
    said = [*_asked(before, after), *_answered(before, after, policies)]
    if not said:
        return None
    return Text.listed(said)


def _asked(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Text]:
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
    if _answer(before) != _answer(after):
        yield _from_to(ANSWER, _answer(before), _answer(after))


def traced_pair(trace: Mapping[str, Any]) -> Pair:
    """Return the measure that a trace says was answered, and the one beside it."""
    return pair_of(trace["measure"], trace["days"], trace.get("beside", ""), trace.get("beside_days", 0))


def _answer(trace: Mapping[str, Any]) -> Text:
    said, points = said_pair(traced_pair(trace)), _points(trace["points"])
    return Text(f"{said.ja}・{points.ja}", f"{said.en} with {points.en}")


def _points(points: int) -> Text:
    return Text(f"{points}点", f"{points} points")


def _from_to(what: Text, old: Text, new: Text) -> Text:
    return Text(f"{what.ja}（{old.ja}→{new.ja}）", f"{what.en} ({old.en} → {new.en})")
