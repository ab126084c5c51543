"""The permission table of authorities' requests, written by hand."""

from __future__ import annotations

from tests.permissions.lines import STAFF, Line

REQUEST = {"number": "<hits_request>"}
OF_FILE = REQUEST | {"file": "1"}
REQUESTS = (
    Line("/desk/requests/", STAFF, opens=True),
    Line("/desk/requests/enter/", STAFF, opens=True),
    Line("/desk/requests/<int:number>/", STAFF, values=REQUEST, opens=True),
    Line("/desk/requests/<int:number>/answer/", STAFF, values=REQUEST),
    Line("/desk/requests/<int:number>/files/<int:file>/original/", STAFF, values=OF_FILE),
    Line("/desk/requests/<int:number>/files/<int:file>/<int:page>/", STAFF, values=OF_FILE | {"page": "1"}),
    Line("/desk/requests/<int:number>/<slug:slug>/", STAFF, values=REQUEST | {"slug": "correct"}, opens=True),
)
