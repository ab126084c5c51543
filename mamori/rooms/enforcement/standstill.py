"""By when a finding is decided upon: a clock by its severity, which stands still while the seller is heard."""

from __future__ import annotations

from datetime import datetime

from mamori.grammar.measure import Severity
from mamori.grammar.text import Text
from mamori.ground.clocks import actions as clocks
from mamori.law.deadlines import BREACH_HEARING, FINDING_GRAVE, FINDING_MINOR, FINDING_SERIOUS
from mamori.rooms.enforcement import keeping
from mamori.rooms.enforcement.lifecycle import FindingState
from mamori.rooms.enforcement.models import Finding

DECISIONS = {
    Severity.MINOR: FINDING_MINOR,
    Severity.SERIOUS: FINDING_SERIOUS,
    Severity.GRAVE: FINDING_GRAVE,
}
"""By when a finding is to be decided upon, by its severity."""
HEARD_FIRST = Text(
    "出品者の意見を待っている間は、判断の期限は進みません。",
    "While the seller is asked for its view, the time to decide does not run.",
)


def start(finding: Finding, at: datetime, key: str = "") -> None:
    """Start the clock of the decision; it stands still at once where the seller is being heard."""
    keeping.start(DECISIONS[Severity(finding.severity)], keeping.about(finding), at, key=key)
    if finding.state == FindingState.HEARING:
        hold(finding, at)


def hold(finding: Finding, at: datetime) -> None:
    """Let the clock of the decision stand still."""
    clocks.pause(about=keeping.about(finding), at=at, reason=HEARD_FIRST, kind=_kind(finding))


def run_on(finding: Finding, at: datetime) -> None:
    """Let the clock of the decision run on where it stands still: due later by what the hearing took."""
    clocks.resume(about=keeping.about(finding), at=at, kind=_kind(finding))


def end(finding: Finding, at: datetime) -> None:
    """End the clocks of the decision and of the hearing: it is decided."""
    for kind in (_kind(finding), BREACH_HEARING.code):
        clocks.stop(about=keeping.about(finding), at=at, why="decided", kind=kind)


def _kind(finding: Finding) -> str:
    return DECISIONS[Severity(finding.severity)].code
