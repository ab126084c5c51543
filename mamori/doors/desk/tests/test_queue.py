"""The queue leads with what a person owes next, and is narrowed by topic and kind in every view."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mamori.doors.desk.tests.conftest import Desk, Enter, actor, report
from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.cases.models import Case
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.declared.casekinds import case_kinds
from mamori.ground.market import facts as market
from mamori.law.deadlines import CALL, DEADLINES
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.rules.clocks import URGE_CLOCK
from mamori.rooms.contact.topics import Harm, Topic
from tests.shops import put_shop


def listed(client: Client, query: str = "") -> list[str]:
    """Return the numbers of the cases of the queue, in their order."""
    page = client.get(f"/desk/{query}").content.decode()
    rows = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'name="case" value="(\d+)"', rows)


def start(kind: str, about: str, desk: Desk, hours: int) -> None:
    clocks.start(kind=kind, about=about, at=desk.begun, duration=Hours(hours), key="test")


def test_a_clock_that_only_a_machine_rings_moves_no_case(desk: Desk) -> None:
    about = f"contact.trouble:{report(desk.begun, 'O-4')}"
    kinds = {clock.kind: clock.due_at for clock in clock_facts.open_clocks(about)}

    assert min(kinds, key=lambda kind: kinds[kind]) == URGE_CLOCK
    assert cases.case_of(about).next_due_at == kinds["contact.answer"]


def test_what_staff_owe_leads_and_what_the_seller_owes_goes_on_behind_it(desk: Desk, enter: Enter) -> None:
    trouble = report(desk.begun, "O-4")
    about = f"contact.trouble:{trouble}"
    start(CALL.code, about, desk, 60)
    contact.request_mediation(actor("lead:9", Role.LEAD, desk.begun), trouble=trouble)
    running = clock_facts.open_clocks(about)
    call = next(clock for clock in running if clock.kind == CALL.code and clock.key == "test")
    answer = next(clock for clock in running if clock.kind == "contact.answer")

    page = enter(Role.AGENT).get("/desk/").content.decode()
    line = next(row for row in page.split("<li") if cases.case_of(about).number in row)

    assert answer.due_at < call.due_at == cases.case_of(about).next_due_at
    assert call.due_at.isoformat() in line
    assert "出品者の回答" in line[line.index("behind") :]
    assert answer.due_at.isoformat() in line


def test_the_queue_stands_in_the_order_of_what_people_owe(desk: Desk, enter: Enter) -> None:
    report(desk.begun, "O-4")
    open_ = {case.number: case for case in cases.view(Wish()).cases if case.urgent_since is None}

    numbers = [number for number in listed(enter(Role.AGENT)) if number in open_]

    late = desk.begun + timedelta(days=9999)
    led = {n: clock_facts.leading(clock_facts.open_clocks(one.about)) for n, one in open_.items()}
    assert numbers == sorted(open_, key=lambda n: (clock.due_at if (clock := led[n]) else late, open_[n].id))
    assert {n: open_[n].next_due_at for n in open_} == {n: clock and clock.due_at for n, clock in led.items()}


def test_each_clock_that_is_declared_to_be_somebodys_is_a_clock() -> None:
    from mamori.ground.declared import casekinds

    assert set(casekinds._OWED) <= {*casekinds._CLOCKS, *casekinds._DEADLINES}
    assert {deadline.code for deadline in DEADLINES} & set(casekinds._OWED)


@pytest.mark.parametrize("view", ["", "mine", "free", "flagged", "danger", "late"])
def test_each_view_is_narrowed_by_topic_and_by_kind(desk: Desk, enter: Enter, view: str) -> None:
    client = enter(Role.AGENT)
    report(desk.begun, "O-4", topic=Topic.UNSAFE, harm=Harm.DANGER)
    Case.objects.filter(attention__isnull=False).update(next_due_at=desk.begun)
    known = {case.number: case for case in cases.view(Wish()).cases}
    all_ = listed(client, f"?view={view}")

    unsafe = listed(client, f"?view={view}&topic=unsafe")
    questions = listed(client, f"?view={view}&kind=contact.question")

    assert unsafe == [number for number in all_ if known[number].title == "危険を感じる"]
    assert questions == [number for number in all_ if known[number].kind == "contact.question"]
    if view != "mine":
        assert unsafe
        assert unsafe == listed(client, f"?view={view}&topic=unsafe&kind=contact.trouble")
    if view == "danger":
        assert questions == []


@pytest.mark.parametrize("narrowed", ["", "?topic=unsafe", "?kind=contact.question"])
def test_the_figure_of_each_view_counts_what_it_is_narrowed_to(
    desk: Desk, enter: Enter, narrowed: str
) -> None:
    client = enter(Role.AGENT)
    report(desk.begun, "O-4", topic=Topic.UNSAFE, harm=Harm.DANGER)
    page = client.get(f"/desk/{narrowed}").content.decode()

    tabs = re.findall(r'<li><a href="(\?[^"]*)"[^>]*>[^<]*<span class="figure">(\d+)</span>', page)

    assert len(tabs) == 6
    for address, count in tabs:
        assert int(count) == len(listed(client, html.unescape(address))), address


def test_one_thing_that_is_asked_for_is_narrowed_by_kind_too(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)
    report(desk.begun, "O-4", harm=Harm.DANGER)

    assert listed(client, "?view=flagged&attention=danger")
    assert listed(client, "?view=flagged&attention=danger&kind=contact.recovery") == []


def test_a_topic_that_nobody_declared_narrows_nothing(desk: Desk, enter: Enter) -> None:
    client = enter(Role.AGENT)

    assert listed(client, "?topic=nonsense") == listed(client)


def test_no_two_topics_share_a_code() -> None:
    titles: dict[str, set[str]] = {}
    for kind in case_kinds():
        for code, text in kind.topics.items():
            titles.setdefault(code, set()).add(text.ja)

    assert all(len(some) == 1 for some in titles.values()), titles


def test_the_board_asks_once_how_much_waits(desk: Desk, enter: Enter) -> None:
    client = enter(Role.LEAD)
    client.get("/desk/today/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/desk/today/")

    counted = [one for one in captured if 'SELECT "cases_case"."kind" AS "kind", COUNT(' in one["sql"]]
    assert len(counted) == 1


def test_a_number_that_people_know_leads_to_its_cases(desk: Desk, enter: Enter) -> None:
    ref = market.safe_number("店舗2", of_person=True)
    put_shop(actor("machine:test", Role.MACHINE, desk.begun), ref=ref, name="青山商店")
    Case.objects.filter(about=desk.about).update(seller_ref=ref)
    client = enter(Role.AGENT)

    found = client.get("/desk/search/", {"q": "店舗２"}).content.decode()

    assert f"/desk/?{urlencode({'seller': ref})}" in html.unescape(found)
    assert listed(client, "?seller=店舗2") == [desk.trouble]
    assert "<strong>店舗2</strong>" in client.get("/desk/?seller=店舗2").content.decode()
    assert listed(client, "?seller=店舗3") == []
