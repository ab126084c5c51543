"""The permission table of warnings and of a buyer's conversations, for the buyer and whom the buyer lets help, by hand."""

from __future__ import annotations

from tests.permissions.accidents import ACCIDENTS
from tests.permissions.agencies import AGENCIES
from tests.permissions.alerts import ALERTS
from tests.permissions.guidance import SAFE_USE
from tests.permissions.hits import HITS
from tests.permissions.lines import BUYER, CONTACT, EVERYBODY, PICTURE, READERS, REGISTERED, Line
from tests.permissions.requests import REQUESTS

THREADS = (
    *ACCIDENTS,
    *AGENCIES,
    *ALERTS,
    *HITS,
    *SAFE_USE,
    *REQUESTS,
    Line("/threads/", BUYER, opens=True),
    Line("/threads/<str:number>/", READERS, own=True, opens=True, shows=REGISTERED),
    Line("/threads/<str:number>/record.pdf", READERS, own=True, opens=True, shows=REGISTERED),
    Line(
        "/threads/<str:number>/files/<str:file>/<str:page>/",
        READERS,
        own=True,
        values=PICTURE,
    ),
    Line("/help/", EVERYBODY, opens=True),
    Line("/help/<str:code>/", EVERYBODY, values={"code": "forged"}, opens=True),
    Line("/threads/<str:number>/helpers/", BUYER, own=True, opens=True),
    Line("/threads/<str:number>/reach/", BUYER, own=True, shows=CONTACT),
    Line("/threads/<str:number>/remedy/", BUYER, own=True),
    Line(
        "/threads/<str:number>/<slug:slug>/",
        READERS,
        own=True,
        values={"slug": "write"},
        body={"said": "拝見しました"},
    ),
)
