"""No page of the desk asks the database more than thirty times, however much stands on it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.desk.tests.conftest import Desk, Enter
from mamori.doors.desk.tests.test_pages import pages
from mamori.grammar.hand import Role
from mamori.ground.cases.models import Case

MOST = 30
MORE = (
    "/desk/held/",
    "/desk/money/",
    "/desk/due/",
    "/desk/mediations/",
    "/desk/agreements/",
    "/desk/promises/",
    "/desk/figures/",
    "/desk/measures/promptness/",
    "/desk/suspensions/",
    "/desk/identities/",
    "/desk/erasing/",
    "/desk/terms/",
    "/desk/people/",
    "/desk/policy/",
    "/desk/payouts/names/",
    "/desk/payouts/runs/",
    "/desk/disclosure/",
    "/desk/inquiries/",
    "/desk/campaigns/",
    "/desk/hidden/",
    "/desk/news/",
)


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as made:
        ask()
    return len(made)


def test_no_page_of_the_desk_asks_more_than_thirty_times(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD, stepped_up=True)
    made = {path: statements(lambda path=path: client.get(path)) for path in (*pages(desk), *MORE)}  # type: ignore[misc]

    assert {path: count for path, count in made.items() if count > MOST} == {}
    assert min(made.values()) > 1


def test_a_page_that_asks_for_each_row_is_found(desk: Desk) -> None:
    assert statements(lambda: [Case.objects.filter(pk=number).exists() for number in range(MOST + 1)]) > MOST
