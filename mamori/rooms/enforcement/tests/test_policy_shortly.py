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
DRAFT = "/desk/policy/draft/"
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


def put(client: Client, row: str = HIDDEN, **given: str) -> Any:
    edited = Policy.objects.latest("number").edited
    first = {"edited": edited, "measure": "listing-hidden", "days": "21", "points": "15"}
    return client.post(f"{DRAFT}rows/{row}/answer/?severity=serious", first | given)


def test_the_first_page_shows_it_shortly_and_the_whole_table_behind_a_link(lead: Client) -> None:
    page = body(lead.get("/desk/policy/"))

    assert page.count('<th scope="row">') == len(shortly())
    assert "新規出品の停止 14日" in page
    assert "詳しい設定を見る" in page
    assert "これまでの違反</th>" not in page
    assert "是正のお願い 14日" in body(lead.get("/desk/policy/?severity=minor"))
    assert lead.get("/desk/policy/?severity=odd").status_code == 200


def test_a_line_is_put_right_on_the_page_of_the_draft(drafting: Client) -> None:
    before = DECLARED.row(HIDDEN)
    assert before is not None

    saved = put(drafting)
    page = body(drafting.get(saved["Location"]))

    assert saved["Location"] == f"{DRAFT}?done=saved&row=9&severity=serious"
    assert table().row(HIDDEN) == replace(before, days=21), "when it is meant stays as it was"
    assert "商品の一時非表示 21日" in page
    assert "変更" in page
    assert "直すところはありません" in page
    assert "1296通りの場合のうち、重くなる" in page


def test_what_it_would_do_is_shown_beside_before_it_is_saved(drafting: Client) -> None:
    page = put(drafting, check="1")

    assert page.status_code == 200
    assert "まだ保存していません" in body(page)
    assert "<details open>" in body(page)
    assert "商品の一時非表示 21日・15点" in body(page)
    assert "1296通りの場合のうち、重くなる" in body(page)
    assert table() == DECLARED


def test_the_checks_name_what_would_be_wrong(drafting: Client) -> None:
    page = put(drafting, measure="notice", days="", check="1")

    assert "重い場合なのに措置が軽く" in body(page)
    assert "影響を計算できません" in body(page)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"days": "十四"}, "日数：数字だけでご記入ください"),
        ({"days": "91"}, "日数は1日から90日まで"),
        ({"points": ""}, "「点数」をご記入ください"),
    ],
)
def test_what_cannot_be_is_said_where_it_was_typed_and_is_not_lost(
    drafting: Client, given: dict[str, str], words: str
) -> None:
    for more in ({}, {"check": "1"}):
        refused = put(drafting, **given, **more)

        assert refused.status_code == 422
        assert words in body(refused)
        assert "<details open>" in body(refused)
        assert all(value in body(refused) for value in given.values())
    assert table() == DECLARED


def test_a_form_opened_before_somebody_elses_change_is_told_and_may_be_sent_again(
    drafting: Client, enter: Enter
) -> None:
    put(enter(Role.COUNSEL), days="28")

    refused = put(drafting, edited="0")

    assert refused.status_code == 409
    assert "9番の行を書いた" in body(refused)
    assert 'name="edited" value="1"' in body(refused)
    assert put(drafting).status_code == 302


def test_what_waits_for_approval_is_not_put_right_and_what_is_gone_not_found(drafting: Client) -> None:
    assert put(drafting, row="900").status_code == 404
    assert drafting.get(f"{DRAFT}rows/{HIDDEN}/answer/")["Location"] == DRAFT
    put(drafting)
    drafting.post(DRAFT, {"edited": Policy.objects.get().edited, "reason": "x"})

    assert put(drafting).status_code == 409
    assert drafting.get(f"{DRAFT}table/")["Location"] == "/desk/policy/proposal/"


def test_a_gap_is_said_and_leads_to_the_whole_table(drafting: Client) -> None:
    drafting.post(f"{DRAFT}rows/{HIDDEN}/delete/", {"edited": 0})

    page = body(drafting.get(DRAFT))

    assert "行がないか重なる" in page
    assert "詳しい設定で直してください" in page


def test_the_whole_table_stands_under_advanced_settings(drafting: Client) -> None:
    page = body(drafting.get(f"{DRAFT}table/"))

    assert page.count('id="row-') == len(DECLARED.rows)
    assert "区切りと日数を変える" in page
    assert 'id="row-' not in body(drafting.get(DRAFT))


def test_the_desk_shows_a_version_whole(lead: Client) -> None:
    page = body(lead.get("/desk/policy/0/"))

    assert "商品の削除＋利用の一時停止 30日" in page
    assert page.count("<tr") >= len(DECLARED.rows)
