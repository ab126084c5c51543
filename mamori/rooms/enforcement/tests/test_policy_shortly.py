"""The policy shortly: at most nine lines, what the first, second and third breach brings, and each put right in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.law.breaches import OFFERED
from mamori.rooms.enforcement.models import Policy
from mamori.rooms.enforcement.policy.queries import short_table
from mamori.rooms.enforcement.policy.rules import table as rules
from mamori.rooms.enforcement.policy.rules.judging import MOST, Ladder, fired, ladders
from mamori.rooms.enforcement.policy.rules.table import Field, Table, read

pytestmark = pytest.mark.django_db
DRAFT = "/desk/policy/1/"
DECLARED = rules.DECLARED
HIDDEN = "9"
"""The row by which a serious fault of a display hides the listing."""


def shortly(table: Table = DECLARED, severity: Severity = Severity.SERIOUS) -> tuple[Ladder, ...]:
    return ladders(fired(table), table.edges, severity, grave_after=3)


def of(breach: str, severity: Severity = Severity.SERIOUS, table: Table = DECLARED) -> list[tuple[str, int]]:
    """Return the measures and days that a kind of breach brings each time; ("", 0) where no row answers."""
    line = next(one for one in shortly(table, severity) if breach in one.breaches)
    return [(one.measure, one.days) if one else ("", 0) for one in line.answers]


@pytest.mark.parametrize("severity", list(Severity))
def test_every_kind_of_breach_stands_in_one_of_at_most_nine_lines(severity: Severity) -> None:
    lines = shortly(severity=severity)

    assert len(lines) <= MOST
    assert [code for one in lines for code in one.breaches] == [one.code for one in OFFERED]


def test_each_time_is_answered_as_the_table_does_with_the_points_of_the_times_before() -> None:
    assert of("unanswered") == [("new-listings-stopped", 14), ("suspended", 30), ("suspended", 30)]
    assert of("display-false") == [("listing-hidden", 14)] * 3
    assert of("unanswered", Severity.MINOR) == [("correction", 14)] * 3
    assert of("unanswered", Severity.GRAVE)[-1] == ("suspended", 30)


def test_a_changed_row_or_edge_changes_what_is_shown() -> None:
    rows = tuple(replace(one, days=21) if one.name == HIDDEN else one for one in DECLARED.rows)
    later = replace(DECLARED, edges=replace(DECLARED.edges, several=21, many=50))

    assert of("display-false", table=replace(DECLARED, rows=rows))[0] == ("listing-hidden", 21)
    assert of("unanswered", table=later)[1] == ("new-listings-stopped", 14)


def test_minor_breaches_that_repeat_are_shown_as_the_serious_ones_that_they_count_as() -> None:
    lines = ladders(fired(DECLARED), DECLARED.edges, Severity.MINOR, grave_after=2)

    third = next(one for one in lines if "unanswered" in one.breaches).answers[2]
    assert third is not None
    assert third.row == "4"


def test_where_no_row_answers_nothing_is_made_up() -> None:
    rows = tuple(one for one in DECLARED.rows if one.name != HIDDEN)

    assert of("display-false", table=replace(DECLARED, rows=rows)) == [("", 0)] * 3


def test_more_than_nine_different_kinds_are_named_and_stand_in_the_whole_table(db: None) -> None:
    rows, at = [], 0
    for row in DECLARED.rows:
        for code in row.bands(Field.BREACH):
            at += 1
            rows.append(replace(row, name=str(at), when=((code,), *row.when[1:])))
    each = replace(DECLARED, rows=tuple(rows))

    short = short_table(each, Severity.SERIOUS, at=datetime.now(UTC))

    assert len(short.lines) == MOST
    assert short.left == tuple(one.title for one in OFFERED[MOST:])


def body(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def lead(enter: Enter) -> Client:
    return enter(Role.LEAD)


@pytest.fixture
def drafting(lead: Client) -> Client:
    lead.post("/desk/policy/")
    return lead


def table() -> Table:
    return read(Policy.objects.latest("number").table)


def test_the_first_page_shows_it_shortly_and_the_whole_table_behind_a_link(lead: Client) -> None:
    page = body(lead.get("/desk/policy/"))

    assert page.count('<th scope="row">') == len(shortly())
    assert "新規出品の停止 14日" in page
    assert "詳しい設定を見る" in page
    assert "これまでの違反</th>" not in page
    assert "是正のお願い 14日" in body(lead.get("/desk/policy/?severity=minor"))
    assert lead.get("/desk/policy/?severity=odd").status_code == 200


def test_a_line_leads_to_the_rows_that_it_rests_on(drafting: Client) -> None:
    page = body(drafting.get(f"{DRAFT}?severity=serious"))

    assert f'href="{DRAFT}row/?row={HIDDEN}"' in page
    assert "1回目、2回目、3回目" in page or "1回目・2回目・3回目" in page


def test_a_gap_is_said_and_leads_to_the_whole_table(drafting: Client) -> None:
    drafting.post(f"{DRAFT}drop/?row={HIDDEN}", {"version": 0, "row": HIDDEN})

    page = body(drafting.get(DRAFT))

    assert "行がないか重なる" in page
    assert "詳しい設定で直してください" in page


def test_the_whole_table_stands_under_advanced_settings(drafting: Client) -> None:
    page = body(drafting.get(DRAFT))

    assert page.count('id="row-') == len(DECLARED.rows)
    assert "区切りと日数を変える" in page


def test_the_desk_shows_a_version_whole(lead: Client) -> None:
    page = body(lead.get("/desk/policy/0/"))

    assert "商品の削除＋利用の一時停止 30日" in page
    assert page.count("<tr") >= len(DECLARED.rows)
