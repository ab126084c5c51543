"""An improvement: what was seen, who owns it, what was changed, and what was different afterwards."""

from enum import StrEnum

from mamori.grammar.actor import STAFF
from mamori.grammar.statechart import Statechart, Step
from mamori.grammar.text import Text


class ImprovementState(StrEnum):
    """How an improvement stands."""

    NOTED = "noted"
    OWNED = "owned"
    CHANGED = "changed"
    COMPARED = "compared"
    DROPPED = "dropped"


_I = ImprovementState
TO_BE_READ = (_I.CHANGED, _I.COMPARED)
"""What may be published: something was changed."""
IMPROVEMENT = Statechart(
    name="insight.improvement",
    title=Text("改善", "the improvement"),
    initial=_I.NOTED,
    states={
        _I.NOTED: Text("書き留めた", "noted"),
        _I.OWNED: Text("担当が決まった", "owned by somebody"),
        _I.CHANGED: Text("変えた", "changed"),
        _I.COMPARED: Text("前と後を比べた", "before and after compared"),
        _I.DROPPED: Text("取りやめた", "given up"),
    },
    steps=(
        Step(
            "own",
            Text("担当を決める", "say who owns it"),
            {_I.NOTED: _I.OWNED, _I.OWNED: _I.OWNED, _I.CHANGED: _I.CHANGED},
            STAFF,
        ),
        Step(
            "change", Text("変えたことを記録する", "record what was changed"), {_I.OWNED: _I.CHANGED}, STAFF
        ),
        Step("compare", Text("前と後を比べる", "compare before and after"), {_I.CHANGED: _I.COMPARED}, STAFF),
        Step(
            "drop",
            Text("取りやめる", "give it up"),
            dict.fromkeys((_I.NOTED, _I.OWNED, _I.CHANGED), _I.DROPPED),
            STAFF,
        ),
    ),
)
