"""The desk's menu: five groups of work, in which a place stands once there is something to read, or its reader opened it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from mamori.doors.desk.tests.conftest import Desk, Enter
from mamori.doors.navigation import ALL_PLACES, DESK, Place, desk
from mamori.grammar.actor import STAFF, Role
from mamori.ground.declared.places import shown_at
from mamori.ground.outbox.models import Notice
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import Matter
from mamori.ground.web.access import access_of
from mamori.rooms.outreach.models import Campaign
from tests.permissions.lines import Line
from tests.permissions.table import TABLE

pytestmark = pytest.mark.django_db
EVERY = [place for group in DESK for place in group.places]


def menu(client: Client, path: str = "/desk/", lang: str = "ja") -> str:
    page = unescape(client.get(path, headers={"accept-language": lang}).content.decode())
    return page[page.index('id="menu"') : page.index("</nav>", page.index('id="menu"'))]


def standing(client: Client) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', menu(client))) - {ALL_PLACES}


def line_of(place: Place) -> Line:
    """Return the line of the permission table in which an address stands."""
    route = f"/{resolve(place.path).route}"
    [found] = [line for line in TABLE if line.path == route]
    return found


def test_the_menu_has_five_groups_named_by_their_work_in_both_languages(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD)
    names = [(group.text.ja, group.text.en) for group in DESK]

    assert names == [
        ("応対する", "Answer"),
        ("お金を扱う", "Handle money"),
        ("違反を正す", "Stop breaches"),
        ("知らせる", "Publish"),
        ("整える", "Run the desk"),
    ]
    client.post(ALL_PLACES, {"open": "/desk/campaigns/"})
    for lang, nth in (("ja", 0), ("en", 1)):
        shown = menu(client, lang=lang)
        assert re.findall(r"<summary[^>]*>([^ <]+(?: [a-z]+)*)", shown) == [pair[nth] for pair in names]


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_house_that_has_just_begun_has_fifteen_entries_at_most_and_all_places_in_reach(
    enter: Enter, role: Role
) -> None:
    for one in sorted(STAFF):
        enter(one)
    client = enter(role)

    shown = standing(client)

    assert 3 < len(shown) <= 15
    assert shown == {place.path for group in desk(role) for place in group.places} - shown_at()
    assert f'href="{ALL_PLACES}"' in menu(client)
    assert client.get(ALL_PLACES).status_code == 200


def test_a_place_stands_once_there_is_something_to_read(desk: Desk, enter: Enter) -> None:
    shown = standing(enter(Role.AGENT))

    assert {"/desk/lists/calls/", "/desk/lists/recoveries/", "/desk/callers/", "/desk/insight/"} <= shown
    assert not {"/desk/campaigns/", "/desk/lists/looks/", "/desk/appeals/", "/desk/money/"} & shown
    assert "/desk/money/" in standing(enter(Role.LEAD))


def test_only_rows_that_are_read_at_a_place_let_it_stand(enter: Enter) -> None:
    client, now = enter(Role.AGENT), datetime.now(UTC)
    notice = {"template": "x", "kind": "legal", "title": {}, "body": {}, "about": "x", "at": now}
    Notice.objects.create(to="lead", **notice)
    Proposal.objects.create(matter=Matter.ERASE_PERSON, about="buyer:B-1", by="lead:1", at=now, needs=1)
    before = standing(client), standing(enter(Role.LEAD))

    Notice.objects.create(to="buyer:B-1", **notice)
    Proposal.objects.create(matter=Matter.READ_AFTERWARDS, about="1#1", by="agent:1", at=now, needs=1)

    looks = {"/desk/notices/", "/desk/lists/looks/"}
    assert not looks & (before[0] | before[1])
    assert "/desk/erasing/" in before[1] - before[0]
    assert standing(client) - before[0] == looks


def test_a_place_that_somebody_opened_stands_in_their_menu_alone_until_they_take_it_out(enter: Enter) -> None:
    client, other = enter(Role.AGENT), enter(Role.LEAD)

    led = client.post(ALL_PLACES, {"open": "/desk/campaigns/"})
    again = client.post(ALL_PLACES, {"open": "/desk/campaigns/"})
    opened = standing(client), standing(other)
    left = client.post(ALL_PLACES, {"leave": "/desk/campaigns/"})

    assert [answer["Location"] for answer in (led, again, left)] == ["/desk/campaigns/"] * 2 + [ALL_PLACES]
    assert ["/desk/campaigns/" in shown for shown in opened] == [True, False]
    assert "/desk/campaigns/" not in standing(client)


@pytest.mark.parametrize(
    "path", ["/desk/settings/", "/desk/money/", "/desk/nothing/", "//evil.example/", "", "/"]
)
def test_nobody_opens_what_is_not_theirs_and_nothing_of_it_is_kept(enter: Enter, path: str) -> None:
    answer = enter(Role.AGENT).post(ALL_PLACES, {"open": path})

    assert answer.status_code == 404
    assert Account.objects.get(role="agent").places == []


def test_what_somebody_opened_in_another_role_does_not_stand(enter: Enter) -> None:
    client = enter(Role.LEAD)
    client.post(ALL_PLACES, {"open": "/desk/holds/"})

    Account.objects.filter(role="lead").update(role="agent")

    assert "/desk/holds/" not in standing(client)
    assert "/desk/holds/" not in client.get(ALL_PLACES).content.decode()


@pytest.mark.parametrize("place", EVERY, ids=lambda place: place.path)
def test_no_place_stands_for_a_role_that_may_not_enter_and_each_says_what_it_is_for(place: Place) -> None:
    access = access_of(resolve(place.path).func)

    assert access is not None
    assert place.roles & STAFF
    assert place.roles & STAFF <= line_of(place).roles & access.roles
    assert place.use is not None


@pytest.mark.parametrize("role", sorted(STAFF))
def test_all_places_name_each_that_the_reader_may_enter_and_no_other(enter: Enter, role: Role) -> None:
    page = unescape(enter(role).get(ALL_PLACES).content.decode())
    page = page[page.index("<main") :]

    named = re.findall(r'(?:href|value)="(/desk/[^"]*)"', page)

    assert sorted(named) == sorted(place.path for place in EVERY if role in place.roles)
    assert all(place.use.ja in page for place in EVERY if place.use and role in place.roles)


def test_each_address_at_which_rows_are_read_is_a_place() -> None:
    assert shown_at() <= {place.path for place in EVERY}


def test_whatever_stands_in_the_menu_one_look_says_so(enter: Enter) -> None:
    client = enter(Role.LEAD)
    client.get("/desk/policy/")

    def looks() -> list[str]:
        with CaptureQueriesContext(connection) as made:
            client.get("/desk/policy/")
        return [one["sql"] for one in made if "cases_case" in one["sql"]]

    before = looks()
    Campaign.objects.create(code="x", audience="all", drafted_at=datetime.now(UTC))

    assert len(before) == len(looks()) == 1
    assert "/desk/campaigns/" in standing(client)
