"""A list tells the same on its pages and as a table, to who reads it, however it is narrowed; more rows ask no more."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import QuerySet
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from mamori.grammar.actor import Actor, Role
from mamori.grammar.text import Text
from mamori.ground.matters.readinglist import Filter, ListColumn, ReadingList, Written
from mamori.ground.people.facts import Presence
from mamori.ground.web import lists
from mamori.ground.web.lists import CursorUnreadable
from mamori.ground.web.problems import FilterUnknown, NotForYou
from mamori.japan.calendar import Month
from tests.reading import words

NOVEMBER = datetime(2026, 11, 24, 12, tzinfo=UTC)
AGENT = Presence(who="agent:1", role=Role.AGENT, account=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """An open clock, as far as a list asks."""

    due_at: datetime
    stands_still: bool
    every_day: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """A loan in the list."""

    number: str
    what: Text
    to: str
    note: str
    since: datetime
    due: Clock | None
    fee: int | None


def lent(rows: Sequence[Session], actor: Actor) -> list[Lent]:
    """Tell of these loans, of which every third stands still and every fifth is open for ever, in one look."""
    noted = dict(
        Session.objects.filter(pk__in=[row.pk for row in rows]).values_list("session_key", "session_data")
    )
    return [
        Lent(
            number=row.session_key,
            what=Text("はしご", "ladder"),
            to=f"<b>B-{row.session_key[-1]}</b>",
            note=noted[row.session_key],
            since=row.expire_date,
            due=None
            if number % 5 == 4
            else Clock(due_at=NOVEMBER + timedelta(days=900), stands_still=number % 3 == 2),
            fee=number or None,
        )
        for number, row in enumerate(rows)
    ]


def every(actor: Actor) -> QuerySet[Session]:
    return Session.objects.all()


def noted(rows: QuerySet[Session], actor: Actor, value: str) -> QuerySet[Session]:
    return rows.filter(session_data=actor.by if value == "me" else "")


def numbered(rows: QuerySet[Session], actor: Actor, value: str) -> QuerySet[Session]:
    return rows.filter(session_key=value)


def since(rows: QuerySet[Session], actor: Actor, value: Month) -> QuerySet[Session]:
    return rows.filter(expire_date__gte=value.since, expire_date__lt=value.until)


LOANS: ReadingList[Lent] = ReadingList(
    slug="loans",
    title=Text("貸し出し", "Loans"),
    lead=Text("古い順です。", "The oldest first."),
    empty=Text("貸し出しはありません", "Nothing is lent"),
    roles=(Role.AGENT, Role.LEAD),
    rows=every,
    order=("expire_date", "session_key"),
    read=lent,
    size=10,
    columns=(
        ListColumn(title=Text("期限", "Due"), value="due", written=Written.DUE),
        ListColumn(
            title=Text("番号", "Number"),
            value="number",
            written=Written.NUMBER,
            to="number",
            beneath=(
                ListColumn(title=Text("品", "What"), value="what"),
                ListColumn(title=Text("メモ", "noted"), value="note", led=True),
            ),
        ),
        ListColumn(title=Text("だれに", "To"), value="to", written=Written.CALLED, lang="ja"),
        ListColumn(title=Text("いつから", "Since"), value="since", written=Written.MOMENT),
        ListColumn(title=Text("料金", "Fee"), value="fee", written=Written.YEN),
    ),
    filters=(
        Filter(
            name="by",
            title=Text("だれが", "By"),
            narrow=noted,
            choices={"me": Text("自分", "me"), "nobody": Text("なし", "nobody")},
        ),
        Filter(name="number", title=Text("番号", "Number"), narrow=numbered),
        Filter(name="month", title=Text("月", "Month"), narrow=since, monthly=True),
    ),
)


def lend(count: int, *, note: str = "", at: datetime = NOVEMBER) -> list[str]:
    """Lend so many things, two each minute, and return their numbers in order."""
    keys = [f"{note or 'x'}{number:05}" for number in range(count)]
    Session.objects.bulk_create(
        Session(session_key=key, session_data=note, expire_date=at + timedelta(minutes=number // 2))
        for number, key in enumerate(keys)
    )
    return keys


def answer(query: str = "", *, here: Presence = AGENT, listed: ReadingList[Lent] = LOANS) -> Any:
    request: Any = RequestFactory().get(f"/desk/loans/?{query}")
    request.received_at, request.number, request.presence = NOVEMBER, "r-1", here
    request.came_at = request.received_at
    with translation.override("en"):
        return lists.show(request, listed, case_page="/desk/cases/{number}/")


def page(query: str = "", **more: Any) -> str:
    return re.sub(r"\s+", " ", unescape(words(answer(query, **more))))


def numbers(shown: str) -> list[str]:
    return re.findall(r'href="/desk/cases/([^/"]+)/"', shown)


def onward(shown: str, way: str) -> str:
    found = re.search(rf'rel="{way}" href="\?([^"]*)"', shown)
    return found[1] if found else ""


def table(query: str = "", **more: Any) -> list[list[str]]:
    text = answer(f"format=csv&{query}", **more).content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


pytestmark = pytest.mark.django_db  # a page names the operator


def test_each_value_is_written_as_what_it_is_and_what_is_not_there_is_not_told() -> None:
    lend(5, note="agent:1")

    shown = page()

    assert numbers(shown) == [f"agent:1{number:05}" for number in range(5)]
    assert shown.count('<span class="sub">ladder · noted agent:1 </span>') == 5
    assert '<bdi lang="ja"><b>B-0</b></bdi>' in shown
    assert shown.count("Stands still") == 1
    assert shown.count("left</span>") == 3
    assert shown.count('<td data-head="Due"></td>') == 1
    assert shown.count('<td data-head="Fee" class="figure"></td>') == 1
    assert " yen" in shown
    assert "5 in all" in shown


def test_nobodys_words_are_markup() -> None:
    lend(1, note="<script>")

    raw = answer().content.decode()

    assert "&lt;script&gt;" in raw
    assert "<script>" not in raw.replace('<script type="module"', "")


def test_a_list_is_walked_whole_and_stays_narrowed_on_every_page() -> None:
    wanted = lend(25, note="agent:1")
    lend(25)

    shown = page("by=me")
    walked = numbers(shown)
    while query := onward(shown, "next"):
        assert parse_qs(query)["by"] == ["me"]
        shown = page(query)
        walked += numbers(shown)

    assert walked == wanted
    assert '<option value="me" selected>' in shown
    assert "25 in all" in shown
    assert numbers(page(onward(shown, "prev"))) == wanted[10:20]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("by=nobody", ["x00000", "x00001"]),
        ("number=x00001", ["x00001"]),
        ("number=%20x00001%20&by=", ["x00001"]),
        ("month=2026-10", ["october00000"]),
        ("by=me&month=2026-10", []),
        ("by=&number=&month=", ["october00000", "x00000", "x00001"]),
    ],
)
def test_a_list_is_narrowed_by_each_filter_and_by_all_at_once(query: str, left: list[str]) -> None:
    lend(2)
    lend(1, note="october", at=Month(2026, 10).until - timedelta(minutes=1))

    assert numbers(page(query)) == left
    assert [row[1] for row in table(query)[1:]] == left


@pytest.mark.parametrize(
    "query",
    [
        "by=Me",
        "number=%00",
        "month=2026-13",
        "colour=red",
        "by=me&colour=",
        "format=xls",
        f"number={'1' * 65}",
    ],
)
def test_what_a_list_cannot_be_narrowed_by_is_refused(query: str) -> None:
    with pytest.raises(FilterUnknown):
        answer(query)


def test_what_is_no_cursor_is_refused() -> None:
    with pytest.raises(CursorUnreadable):
        answer("cursor=x")


EVES = [
    Presence(who="seller:EVE", role=Role.SELLER),
    Presence(who="buyer:agent:1", role=Role.BUYER),
    Presence(who="counsel:3", role=Role.COUNSEL, account=3),
    Presence(who="", role=Role.ANONYMOUS),
]


@pytest.mark.parametrize("eve", EVES)
@pytest.mark.parametrize("query", ["", "format=csv", "colour=red"])
def test_who_does_not_read_a_list_gets_neither_page_nor_table(eve: Presence, query: str) -> None:
    lend(1)

    with pytest.raises(NotForYou):
        answer(query, here=eve)


def test_an_empty_list_says_so_and_one_that_is_narrowed_to_nothing_another_thing() -> None:
    assert "Nothing is lent" in page()
    lend(1)

    shown = page("number=none")

    assert "Nothing is lent" not in shown
    assert "Nothing is left of the list when it is narrowed like this" in shown
    assert 'value="none"' in shown
    assert "format=csv" not in shown


def test_the_table_tells_what_the_page_tells_of_every_row_that_is_left() -> None:
    lend(12, note="agent:1")
    lend(3)
    shown = page(f"by=me&cursor={parse_qs(onward(page('by=me'), 'next'))['cursor'][0]}")
    link = re.search(r'href="\?([^"]*format=csv)"', shown)
    assert link is not None
    assert parse_qs(link[1]) == {"by": ["me"], "format": ["csv"]}

    found = answer(link[1])
    rows = table(link[1])

    assert found.headers["Content-Disposition"] == 'attachment; filename="loans-2026-11-24.csv"'
    assert "no-store" in found.headers["Cache-Control"]
    assert rows[0] == ["Due", "Number", "What", "noted", "To", "Since", "Fee"]
    assert len(rows) == 13
    assert rows[1] == [
        "2029-05-12 21:00", "agent:100000", "ladder", "agent:1", "<b>B-0</b>", "2026-11-24 21:00", ""
    ]  # fmt: skip
    assert (rows[3][0], rows[5][0], rows[3][6]) == ("Stands still", "", "2")


@pytest.mark.parametrize("begins", "=+-@\t\r")
def test_no_cell_of_a_table_begins_a_formula(begins: str) -> None:
    lend(1, note=f"{begins}1")

    assert table()[1][3] == f"'{begins}1"


def test_a_table_is_read_in_slices_and_says_when_it_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SLICE", 4)
    monkeypatch.setattr(lists, "MOST", 12)
    asked: list[int] = []

    def read(rows: Sequence[Session], actor: Actor) -> list[Lent]:
        asked.append(len(rows))
        return lent(rows, actor)

    wanted = lend(12)
    whole = table(listed=replace(LOANS, read=read))
    lend(1, note="later", at=NOVEMBER + timedelta(days=1))
    cut = table()

    assert asked == [4, 4, 4]
    assert [row[1] for row in whole[1:]] == wanted
    assert [row[1] for row in cut[1:-1]] == wanted
    assert cut[-1] == [
        "These are the first 12; what follows is not in this table. Please narrow the list and save it again."
    ]


@pytest.mark.parametrize("query", ["", "by=nobody", "format=csv"])
def test_more_rows_are_not_asked_for_more_often(query: str) -> None:
    lend(2)
    answer(query)  # what is known once is asked for here
    with CaptureQueriesContext(connection) as few:
        answer(query)
    Session.objects.all().delete()

    lend(10)
    with CaptureQueriesContext(connection) as many:
        answer(query)

    assert len(many) == len(few)
    assert len(few) > 0
