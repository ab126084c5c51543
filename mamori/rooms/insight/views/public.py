"""What everybody reads: what was improved because of what people told, with the counts before and after."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mamori.grammar.figures import UNITS, Unit
from mamori.grammar.text import Text
from mamori.ground.web import pictures
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.pictures import Bar, Drawing
from mamori.ground.web.signs import Visit
from mamori.law.shown import FEW
from mamori.rooms.insight.queries.improvements import ImprovementRead, read_by_everybody

BEFORE, AFTER = Text("変える前の{n}か月", "{n} months before"), Text("変えた後の{n}か月", "{n} months after")
ONE_BEFORE, ONE_AFTER = (
    Text("変える前の1か月", "The month before"),
    Text("変えた後の1か月", "The month after"),
)
COUNT, WHEN = UNITS[Unit.COUNT], Text("期間", "time")


@open_to(*EVERYONE)
def improvements(request: Visit) -> HttpResponse:
    """Show every improvement that is published, what was published last first."""
    read = [(one, _drawing(one)) for one in read_by_everybody()]
    return render(request, "insight/public/improvements.html", {"improvements": read, "last": FEW - 1})


def _drawing(one: ImprovementRead) -> Drawing | None:
    """Draw before and after where both may be told."""
    if one.figure is None or one.before is None or one.after is None:
        return None
    names = (
        (ONE_BEFORE, ONE_AFTER) if one.months == 1 else (BEFORE.fill(n=one.months), AFTER.fill(n=one.months))
    )
    found = [
        Bar(name=name, value=count, said=Text(f"{count:,}件", f"{count:,}"))
        for name, count in zip(names, (one.before, one.after), strict=True)
    ]
    return pictures.bars(f"improvement-{one.number}", one.figure, (WHEN, COUNT), found)
