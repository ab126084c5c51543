"""What staff read of appeals and of measures that wait for the marketplace, how it is narrowed, and how it is found."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import NUMBERED_FROM, Enter, plan
from mamori.grammar.actor import Role
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.appeals.queries import appeals_waiting, rows_due_first
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.lists import APPEALS, WAITING
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import MONDAY, actor, answer, decided, lead, ring, seller

pytestmark = pytest.mark.usefixtures("shops")
LEAD = NUMBERED_FROM + sorted((Role.AGENT, Role.COUNSEL, Role.LEAD)).index(Role.LEAD)


def now() -> datetime:
    return datetime.now(UTC)


def warned(number: int, at: datetime | None = None) -> Measure:
    """Return a notice, of which a seller may get several."""
    return decided("notice", 0, at=at or now(), origin=f"test:{number}")


def appealed(number: int, at: datetime | None = None) -> Appeal:
    measure = warned(number, at)
    return Appeal.objects.get(pk=appeals.appeal(seller(at or now()), measure=measure.pk, said="違います"))


def taken(number: int) -> Appeal:
    """Return an appeal that a lead reviews."""
    appeal = appealed(number)
    appeals.take_appeal(actor(f"staff:{LEAD}", Role.LEAD, now()), appeal=appeal.pk)
    return appeal


def shown(client: Client, path: str) -> list[str]:
    """Return the numbers of the cases that a list shows, in its order."""
    page = client.get(path)
    assert page.status_code == 200
    table = page.content.decode().partition("<tbody")[2]
    return re.findall(r'href="/desk/cases/(\d+)/"', table)


def table(client: Client, path: str) -> list[list[str]]:
    text = client.get(path).content.decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_appeals_are_read_by_who_reviews_them(enter: Enter) -> None:
    desk = enter(Role.LEAD)
    first, second = appealed(1, now() - timedelta(days=2)), taken(2)
    one, other = appeal_records.number(first), appeal_records.number(second)

    assert shown(desk, "/desk/appeals/") == [one, other]
    assert shown(desk, "/desk/appeals/?reviewer=nobody") == [one]
    assert shown(desk, "/desk/appeals/?reviewer=me") == [other]
    assert shown(enter(Role.COUNSEL), "/desk/appeals/?reviewer=me") == []
    assert shown(desk, "/desk/appeals/?seller=S-2") == []
    assert desk.get("/desk/appeals/?reviewer=you").status_code == 400
    rows = table(desk, "/desk/appeals/?format=csv&seller=S-1")
    assert rows[0] == ["何への異議か", "受付番号", "出品者", "状態", "担当", "届いた日時", "期限"]
    assert [row[:5] for row in rows[1:]] == [
        ["注意", one, "S-1", "届いた、担当待ち", "担当なし"],
        ["注意", other, "S-1", "別の担当者が見直している", "相談窓口の責任者"],
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", cell) for row in rows[1:] for cell in row[5:])


def test_the_appeal_that_is_due_first_stands_first() -> None:
    put_off, later = appealed(1, MONDAY), appealed(2, MONDAY + timedelta(days=9))

    ring(MONDAY + timedelta(days=16))

    found = rows_due_first(list(appeals_waiting(lead())), lead())
    assert [row.number for row in found] == [appeal_records.number(later), appeal_records.number(put_off)]


def test_measures_that_wait_are_read_by_their_kind_the_oldest_first(enter: Enter) -> None:
    desk = enter(Role.AGENT)
    hidden = decided(at=now() - timedelta(days=1))
    held = decided("payout-held", 14, at=now(), amount=5_000, origin="test:2")
    over = warned(3)
    confirmed = decided("demotion", 14, at=now(), origin="test:4", listing="L-3")
    answer(confirmed.instruction, now())
    one, other = records.number(hidden.finding), records.number(held.finding)

    assert shown(desk, "/desk/measures/") == [one, other]
    assert records.number(over.finding) not in shown(desk, "/desk/measures/")
    assert shown(desk, "/desk/measures/?kind=payout-held") == [other]
    assert shown(desk, "/desk/measures/?kind=closed") == []
    assert shown(desk, "/desk/measures/?seller=S-1&kind=listing-hidden") == [one]
    assert desk.get("/desk/measures/?kind=none-of-ours").status_code == 400
    standing.lift(lead(now()), measure=confirmed.pk, because=Ended.REVIEWED, reason="もうよい")
    assert shown(desk, "/desk/measures/")[2:] == [records.number(confirmed.finding)]
    rows = table(desk, "/desk/measures/?format=csv&kind=payout-held")
    held_by = f"「売上金の支払いの保留」第{held.clause_version}版"
    assert rows[1][:7] == [other, "売上金の支払いの保留", "上限 5,000円", held_by, "S-1", "", "0日目"]
    assert f"条項 {held_by}" in desk.get("/desk/measures/").content.decode()


@pytest.mark.parametrize("path", ["/desk/appeals/", "/desk/appeals/?format=csv", "/desk/measures/"])
def test_a_longer_list_asks_the_database_no_more(enter: Enter, path: str) -> None:
    desk = enter(Role.AGENT)
    taken(1)
    decided(at=now(), origin="test:8")
    desk.get(path)
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    for number in range(2, 5):
        taken(number)
    decided(at=now(), origin="test:9", listing="L-3")

    with CaptureQueriesContext(connection) as many:
        desk.get(path)

    assert len(many) == len(few)


QUERIES: dict[str, QuerySet[Appeal] | QuerySet[Measure]] = {
    f"{listed.slug} {one.name if one else ''} {value}": (
        one.narrow(listed.rows(lead()), lead(), value) if one else listed.rows(lead())
    ).order_by(*listed.order)[:51]
    for listed in (APPEALS, WAITING)
    for one in (None, *listed.filters)
    for value in (one.choices or ["S-1"] if one else [""])
}


@pytest.mark.parametrize("what", QUERIES)
def test_no_list_scans_or_sorts_however_it_is_narrowed(what: str) -> None:
    found = plan(QUERIES[what].all())

    assert not re.search(r"TEMP B-TREE|\bSort\b|Seq Scan|^\d* ?SCAN \w+$", found, re.M), found
    assert re.search(r"enforcement_(appeal|measure)_(open|seller|by_age|closed)\b", found), found
