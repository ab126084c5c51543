"""A lead's board: each number is what the list behind it holds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Desk, Enter, report, seen
from mamori.grammar.actor import Role
from mamori.law.display import DISPLAY_HINDERS

TILE = re.compile(r'<a href="([^"]+)"><span class="count">([\d,]+)</span> <span>([^<]+)')


def tiles(client: Client) -> list[tuple[str, int, str]]:
    page = client.get("/desk/today/").content.decode()
    return [(path.replace("&amp;", "&"), int(count), text) for path, count, text in TILE.findall(page)]


def listed(client: Client, path: str) -> int:
    """Count the entries of a list's page."""
    page = client.get(path, follow=True).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return len(re.findall(r"<li(?: class=\"[^\"]*\")?>\s*<div", main))


@pytest.mark.parametrize("role", [Role.LEAD, Role.COUNSEL])
def test_each_number_is_what_its_list_holds(desk: Desk, enter: Enter, role: Role) -> None:
    report(desk.begun - timedelta(days=9), "O-4")
    client = enter(role)

    found = tiles(client)

    assert sum(count for _, count, _ in found) > 4
    assert {path: listed(client, path) for path, _, _ in found} == {path: n for path, n, _ in found}


def test_what_nobody_decided_stands_in_red_until_a_person_did_and_what_is_off_without_alarm(
    desk: Desk, enter: Enter
) -> None:
    client, link = enter(Role.LEAD), f"/desk/settings/{DISPLAY_HINDERS.code}/"
    fresh = client.get("/desk/today/").content.decode()
    client.post(link, {"value": "no", "seen": seen(DISPLAY_HINDERS.code)})
    off = client.get("/desk/today/").content.decode()
    client.post(link, {"value": "yes", "seen": seen(DISPLAY_HINDERS.code)})

    on = client.get("/desk/today/").content.decode()

    assert [("banner error" in page, link in page) for page in (fresh, off, on)] == [
        (True, True),
        (False, True),
        (False, False),
    ]


def test_what_has_been_open_the_longest_comes_first(desk: Desk, enter: Enter) -> None:
    page = enter(Role.LEAD).get("/desk/today/").content.decode()
    longest = page[page.index('id="oldest"') :]

    assert longest.index(desk.trouble) < longest.index(desk.question)
