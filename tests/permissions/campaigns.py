"""The permission table of campaigns to sellers, written by hand."""

from __future__ import annotations

from tests.permissions.lines import SELLERS, STAFF, Line

CAMPAIGNS = (
    Line("/seller/campaigns/", SELLERS, opens=True),
    Line(
        "/seller/campaigns/<int:number>/acknowledge/",
        SELLERS,
        own=True,
        values={"number": "<told>"},
        opens=True,
    ),
    Line("/desk/campaigns/", STAFF, opens=True),
    Line("/desk/campaigns/draft/", STAFF, opens=True),
    Line("/desk/campaigns/<int:number>/", STAFF, values={"number": "<campaign>"}, opens=True),
    Line("/desk/campaigns/<int:number>/waiting/", STAFF, values={"number": "<campaign>"}, opens=True),
    Line(
        "/desk/campaigns/<int:number>/<slug:slug>/",
        STAFF,
        values={"number": "<campaign>", "slug": "start"},
    ),
)
