"""The kinds of matter of this room that are dealt with in the case of a finding: findings, and the measures on them."""

from __future__ import annotations

from typing import Any

from mamori.grammar.event import Event
from mamori.ground.matters.performance import Kind, Performance
from mamori.rooms.enforcement import records
from mamori.rooms.enforcement.access import the_finding, the_measure
from mamori.rooms.enforcement.lifecycle import FINDING, MEASURE
from mamori.rooms.enforcement.models import Finding, Measure


def _record_finding(act: Performance[Finding], verb: str, *events: Event, **told: Any) -> int:
    act.save("version")
    return records.record(act.hand, act.matter, verb, *events, **told)


def _settle_finding(act: Performance[Finding]) -> None:
    records.settle(act.hand, act.matter, act.verb, act.news)


def _record_measure(act: Performance[Measure], verb: str, *events: Event, **told: Any) -> int:
    """Record an act on a measure, which is one on its finding, too: the record names the measure."""
    finding = act.matter.finding
    number = records.record(act.hand, finding, verb, *events, **{"measure": act.matter.pk} | told)
    finding.save(update_fields=("version",))
    return number


def _settle_measure(act: Performance[Measure]) -> None:
    records.settle(act.hand, act.matter.finding, act.verb, act.news)


FINDINGS: Kind[Finding, int] = Kind(
    chart=FINDING,
    find=the_finding,
    case=records.about,
    record=_record_finding,
    settle=_settle_finding,
)
MEASURES: Kind[Measure, int] = Kind(
    chart=MEASURE,
    find=the_measure,
    case=lambda measure: records.about(measure.finding),
    record=_record_measure,
    settle=_settle_measure,
)
