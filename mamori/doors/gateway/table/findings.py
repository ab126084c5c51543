"""Findings: told by detectors, and read."""

from __future__ import annotations

from mamori.doors.gateway.operation import Operation
from mamori.grammar.text import Text
from mamori.ground.people.facts import Scope
from mamori.rooms.enforcement.endpoints import findings

FINDINGS = (
    Operation(
        method="POST",
        path="/findings",
        handler=findings.post_finding,
        text=Text("違反の疑いを知らせる", "Tell what looks like a breach"),
        scope=Scope.FINDINGS_WRITE,
        answers={201: findings.FindingShown},
        refuses=findings.TELLING,
        located="/findings/{id}",
        once=True,
    ),
    Operation(
        method="GET",
        path="/findings/{finding}",
        handler=findings.get_finding,
        text=Text("知らせた違反の疑いがどうなったかを読む", "Read what became of a finding"),
        scope=Scope.FINDINGS_WRITE,
        answers={200: findings.FindingShown},
        refuses=findings.READING,
        tagged=True,
    ),
)
