"""The ids of this room's things, as other software sees them."""

from __future__ import annotations

from typing import Annotated

from mamori.grammar.ids import IdKind
from mamori.grammar.text import Text

FINDING = IdKind("fnd", Text("違反の疑い", "finding"), "enforcement.finding")
MEASURE = IdKind("mea", Text("措置", "measure"), "enforcement.measure")
APPEAL = IdKind("apl", Text("異議の申出", "appeal"), "enforcement.appeal")
POLICY = IdKind("pol", Text("措置の基準の版", "version of the policy"), "enforcement.policy")

FindingId = Annotated[int, FINDING]
MeasureId = Annotated[int, MEASURE]
AppealId = Annotated[int, APPEAL]
PolicyId = Annotated[int, POLICY]
