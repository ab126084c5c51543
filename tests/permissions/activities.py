"""The permission table of activities with authorities and bodies, written by hand."""

from __future__ import annotations

from mamori.grammar.actor import Actor
from mamori.japan.calendar import JAPAN
from mamori.law.activities import ActivityKind
from mamori.rooms.outreach.activities import actions
from mamori.rooms.outreach.activities.actions import ActivityTold
from mamori.rooms.outreach.models import Activity
from tests.permissions.lines import EVERYBODY, HEADS, STAFF, Line

ACTIVITY = {"number": "<activity>"}
ACTIVITIES = (
    Line("/activities/", EVERYBODY, opens=True),
    Line("/desk/activities/", STAFF, opens=True),
    Line("/desk/activities/plan/", STAFF, opens=True),
    Line("/desk/activities/<int:number>/", STAFF, values=ACTIVITY, opens=True),
    Line(
        "/desk/activities/<int:number>/<slug:slug>/", STAFF, values=ACTIVITY | {"slug": "attach"}, opens=True
    ),
    Line("/desk/activities/<int:number>/<slug:slug>/", HEADS, values=ACTIVITY | {"slug": "release"}),
    Line("/desk/activities/<int:number>/files/<int:file>/original/", STAFF, values=ACTIVITY | {"file": "1"}),
    Line(
        "/desk/activities/<int:number>/files/<int:file>/<int:page>/",
        STAFF,
        values=ACTIVITY | {"file": "1", "page": "1"},
    ),
)


def entered(agent: Actor) -> None:
    """Let an activity have been entered and held, of which a line waits for another person."""
    told = ActivityTold(kind=ActivityKind.BODY, title="会合", on=agent.at.astimezone(JAPAN).date())
    number = actions.plan_activity(agent, told=told)
    actions.hold_activity(agent, activity=number, came=3)
    actions.propose_line(agent, activity=number, line="会合に加わりました。", line_en="We took part.")


def numbers() -> dict[str, str]:
    """Return what stands in their addresses."""
    return {"activity": str(Activity.objects.values_list("pk", flat=True)[0])}
