"""The addresses of the company's sign-in, and what those may read who only read."""

from __future__ import annotations

from tests.permissions.lines import ACCOUNTS, EVERYBODY, INSIDE, Line

COMPANY = (
    Line("/account/company/", EVERYBODY),
    Line("/account/company/back/", EVERYBODY),
    Line("/account/company/out/", EVERYBODY),
    Line("/account/company/prove/", ACCOUNTS, enrols=True),
    Line("/account/company/link/", INSIDE, step_up=True),
)
READING = (
    Line("/desk/reading/", INSIDE, opens=True),
    Line("/desk/reading/<slug:code>/", INSIDE, values={"code": "request"}, opens=True),
    Line(
        "/desk/reading/<slug:code>/<slug:slug>/",
        INSIDE,
        values={"code": "request", "slug": "read"},
        opens=True,
    ),
)
