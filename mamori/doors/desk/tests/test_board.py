"""A lead's board: each case is there once, and each number is what the list behind it holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from mamori.doors.desk.tests.conftest import Desk, Enter, report, seen
from mamori.doors.desk.views.today import NEXT
from mamori.grammar.actor import Role
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.cases.models import Case
from mamori.law.display import DISPLAY_HINDERS
from mamori.rooms.contact.topics import Harm
from tests.reading import words

TILE = re.compile(r'<a href="([^"]+)"><span class="count">([\d,]+)</span> <span>([^<]+)')


def tiles(client: Client) -> list[tuple[str, int, str]]:
    page = words(client.get("/desk/today/"))
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


def parts(client: Client) -> dict[str, list[str]]:
    """Return the cases of each part of the day, in their order."""
    page = client.get("/desk/today/").content.decode()
    found = re.findall(r'<section class="part" aria-labelledby="(\w+)">(.*?)</section>', page, re.DOTALL)
    return {code: re.findall(r'id="c(\d+)"', section) for code, section in found}


def test_each_case_stands_once_in_the_day_by_what_is_gravest(desk: Desk, enter: Enter) -> None:
    now = datetime.now(UTC)
    burns = number_of(f"contact.trouble:{report(desk.begun, 'O-4', harm=Harm.DANGER)}")
    due = {desk.trouble: -1, desk.question: 1, desk.refunded: 40}
    for number, hours in due.items():
        case = cases.by_number(number)
        assert case is not None
        Case.objects.filter(about=case.about).update(next_due_at=now + timedelta(hours=hours))

    found = parts(enter(Role.LEAD))

    everywhere = [number for numbers in found.values() for number in numbers]
    assert found["burning"] == [burns]
    assert found["late"] == [desk.trouble]
    assert desk.question in found["soon"]
    assert desk.refunded in found["rest"]
    assert len(everywhere) == len(set(everywhere))
    assert set(everywhere) == {case.number for case in cases.view(Wish()).cases}


def test_a_part_that_is_longer_than_the_day_leads_to_all_of_it(desk: Desk, enter: Enter) -> None:
    late, soon = NEXT + 3, NEXT + 2
    many = [
        Case(
            kind="contact.trouble",
            about=f"t:{n}",
            title="t",
            opened_at=desk.begun,
            due_kind="contact.answer",
            next_due_at=datetime.now(UTC) + timedelta(minutes=30 if n < soon else -30),
        )
        for n in range(late + soon)
    ]
    Case.objects.bulk_create(many)
    client = enter(Role.LEAD)

    page = client.get("/desk/today/").content.decode()

    for path, said in re.findall(r'<p><a href="(/desk/\?view=\w+)">すべて見る（(\d+)）', page):
        assert listed(client, path) == int(said)
    assert [len(parts(client)[code]) for code in ("late", "soon")] == [NEXT, NEXT]
    assert page.count("すべて見る") == 2
    assert len(cases.view(Wish(due_until=datetime.now(UTC), is_urgent=False)).cases) == late


def test_what_waits_for_its_reader_stands_first_and_the_same_cases_by_what_they_ask_for_are_folded(
    desk: Desk, enter: Enter
) -> None:
    page = enter(Role.LEAD).get("/desk/today/").content.decode()
    folded = page[page.index('class="counted"') :]

    assert '<span class="count">0<' not in page
    assert "返金の判断待ち" in folded
    assert (
        page.index('id="burning"')
        < page.index('id="late"')
        < page.index('id="soon"')
        < page.index('id="people"')
    )


def test_what_has_been_open_the_longest_comes_first(desk: Desk, enter: Enter) -> None:
    Case.objects.update(next_due_at=None)

    longest = parts(enter(Role.LEAD))["rest"]

    assert longest.index(desk.trouble) < longest.index(desk.question)


def number_of(about: str) -> str:
    return cases.case_of(about).number
