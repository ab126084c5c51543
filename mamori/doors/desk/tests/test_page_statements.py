"""No page of the desk asks the database more often than thirty-one times, however much stands on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.doors.desk.tests.conftest import Desk, Enter
from mamori.doors.desk.tests.test_pages import pages
from mamori.grammar.actor import Actor, Role
from mamori.ground.cases.models import Case
from mamori.ground.people.models import Account
from mamori.law.grounds import EMERGENCY
from mamori.rooms.contact import actions as contact

MOST = 32
MORE = (
    "/desk/held/",
    "/desk/money/",
    "/desk/lists/due/",
    "/desk/lists/mediations/",
    "/desk/lists/agreements/",
    "/desk/lists/promises/",
    "/desk/figures/",
    "/desk/kpi/",
    "/desk/measures/promptness/",
    "/desk/suspensions/",
    "/desk/held/?show=identities",
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


def test_no_page_of_the_desk_asks_more_than_thirty_two_times(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD, stepped_up=True)
    made = {path: statements(lambda path=path: client.get(path)) for path in (*pages(desk), *MORE)}  # type: ignore[misc]

    assert {path: count for path, count in made.items() if count > MOST} == {}
    assert min(made.values()) > 1


def test_looks_that_wait_add_no_statements_each(desk: Desk, enter: Enter) -> None:
    lead, counsel = enter(Role.LEAD, stepped_up=True), enter(Role.COUNSEL)
    reader = Account.objects.get(role=Role.LEAD)
    made, path = [], f"/desk/cases/{desk.trouble}/"
    for hours in (3, 2, 1):
        at = datetime.now(UTC) - timedelta(hours=hours)
        actor = Actor(by=f"lead:{reader.pk}", role=Role.LEAD, at=at, via="test")
        contact.look(actor, thread=desk.thread, ground=EMERGENCY, reason="発火のおそれ")
        made.append([statements(lambda by=by: by.get(path)) for by in (lead, counsel)])  # type: ignore[misc]

    assert made[1] == made[2]
    assert max(made[2]) <= MOST + 2  # the words stand there for who read them: they, and their files


def test_a_page_that_asks_for_each_row_is_found(desk: Desk) -> None:
    assert statements(lambda: [Case.objects.filter(pk=number).exists() for number in range(MOST + 1)]) > MOST
