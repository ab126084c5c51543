"""The permission table of the help, written by hand: everybody reads it, staff alone write in it."""

from __future__ import annotations

from tests.permissions.lines import EVERYBODY, STAFF, Line

HELP = (
    Line("/guide/", EVERYBODY, opens=True),
    Line("/guide/report-to-the-state/sheet/", EVERYBODY, opens=True),
    Line("/guide/<slug:slug>/", EVERYBODY, values={"slug": "after-a-report"}, opens=True),
    Line("/guide/articles/<int:series>/", EVERYBODY, values={"series": "<news>"}),
    Line("/guide/<path:page>/helpful/", EVERYBODY, values={"page": "after-a-report"}, opens=True),
    Line("/desk/help/", STAFF, opens=True),
    Line("/desk/help/answers/", STAFF, opens=True),
    Line("/desk/help/write/", STAFF, opens=True),
)
