"""The permission table of figures and of the register of improvements, written by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from mamori.grammar.actor import Actor, Role
from mamori.japan.calendar import JAPAN
from mamori.law.insight import MonthsCompared
from mamori.rooms.insight import actions as insight
from mamori.rooms.insight.models import Improvement
from tests.permissions.lines import EVERYBODY, HEADS, INSIDE, STAFF, Line

OF_IMPROVEMENT = {"number": "<improvement>"}
REGISTER = "/desk/insight/improvements/"
INSIGHT = (
    Line("/improvements/", EVERYBODY, opens=True),
    Line("/desk/insight/", INSIDE, opens=True),
    Line(REGISTER, INSIDE, opens=True),
    Line(f"{REGISTER}note/", STAFF, opens=True),
    Line(f"{REGISTER}<int:number>/", INSIDE, values=OF_IMPROVEMENT, opens=True),
    Line(f"{REGISTER}<int:number>/publish/", HEADS, values=OF_IMPROVEMENT, step_up=True, opens=True),
    Line(f"{REGISTER}<int:number>/<slug:slug>/", STAFF, values=OF_IMPROVEMENT | {"slug": "give"}, opens=True),
)


def improved(at: datetime) -> None:
    """Let something have been noted, owned and changed, and not be published."""
    actor = Actor(by="agent:1", role=Role.AGENT, at=at, via="test")
    told = insight.SeenSo(title="表示の申し出", seen="表示の申し出が増えた。")
    number = insight.note_improvement(actor, told=told)
    insight.take_improvement(actor, improvement=number)
    day = (at - timedelta(days=1)).astimezone(JAPAN).date()
    insight.change_improvement(
        actor, improvement=number, changed="案内を直した。", on=day, months=MonthsCompared.ONE
    )


def improvement() -> dict[str, str]:
    """Return the number of what was noted, by the name of its place."""
    return {"improvement": str(Improvement.objects.values_list("pk", flat=True).first() or 1)}
