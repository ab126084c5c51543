"""Anybody reports: what is about the same joins, what is sent twice is one, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Role
from mamori.ground.ledger import facts as ledger
from mamori.ground.people.actions import TooMany
from mamori.law.complaints import ComplaintReason, DangerAnswer, ReportedWhat
from mamori.rooms.complaints import queries as complaints
from mamori.rooms.complaints.models import Complaint, ComplaintReport
from mamori.rooms.complaints.queries import NoReportHere, complaint_of, said_of
from mamori.rooms.complaints.reports.actions import reporting as actions
from mamori.rooms.complaints.reports.actions.reporting import MOST_ADDED, REPORTS
from mamori.rooms.complaints.reports.queries import mine
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    HOUR,
    MONDAY,
    WORDS,
    actor,
    agent,
    anybody,
    dismiss,
    reported,
    row,
    told,
    whole,
)

pytestmark = pytest.mark.django_db


def test_reports_on_one_thing_for_one_reason_join_while_it_is_open() -> None:
    first, second = reported(), reported(source="192.0.2.9", words="縫い目が粗い。")
    other = reported(reason=ComplaintReason.PRICE)

    assert whole(first) == whole(second)
    assert whole(other) != whole(first)
    shown = complaint_of(agent(), whole(first).pk)
    assert [one.said.words for one in shown.reports] == [WORDS, "縫い目が粗い。"]
    assert (shown.sources, shown.repeats) == (2, 0)


def test_a_report_after_the_end_opens_a_new_matter_that_names_the_former() -> None:
    first = reported()
    dismiss(first)
    later = reported(at=MONDAY + DAY)

    assert whole(later) != whole(first)
    assert whole(later).former == whole(first)


def test_two_who_report_the_same_in_the_same_moment_join(monkeypatch: pytest.MonkeyPatch) -> None:
    first, look = reported(), actions._open_one
    blind = [True]

    def looks(same: QuerySet[Complaint]) -> Complaint | None:
        return None if blind and blind.pop() else look(same)

    monkeypatch.setattr(actions, "_open_one", looks)

    assert whole(reported(source="198.51.100.7")) == whole(first)


def test_the_same_form_sent_twice_is_one_report() -> None:
    kept = told()
    first = actions.report(anybody(), told=kept, secret="s" * 22, source="192.0.2.1")

    assert actions.report(anybody(), told=kept, secret="s" * 22, source="192.0.2.1") == first
    assert ComplaintReport.objects.count() == 1


def test_the_same_words_from_the_same_source_are_kept_and_known_as_repeated() -> None:
    first = reported()
    reported()
    reported(source="198.51.100.4")

    shown = complaint_of(agent(), whole(first).pk)
    assert [one.is_repeated for one in shown.reports] == [False, False, True]
    assert [one.source for one in shown.reports] == ["A", "B", "A"]
    assert (shown.sources, shown.repeats) == (2, 1)


@pytest.mark.parametrize(
    ("what", "where", "seller", "listing"),
    [
        (ReportedWhat.LISTING, "https://shop.example.jp/items/L-2?from=top", "S-1", "L-2"),
        (ReportedWhat.SHOP, "S-1", "S-1", ""),
        (ReportedWhat.REVIEW, "R-1", "S-1", "L-1"),
        (ReportedWhat.LISTING, "L-404", "", ""),
        (ReportedWhat.SHOP, "さくら", "", ""),
        (ReportedWhat.REVIEW, "R-404", "", ""),
        (ReportedWhat.PLATFORM, "L-1", "", ""),
        (ReportedWhat.OTHER, "", "", ""),
    ],
)
def test_what_is_reported_is_found_by_what_was_typed_and_taken_where_it_is_not(
    what: ReportedWhat, where: str, seller: str, listing: str
) -> None:
    secret = reported(what=what, where=where)

    assert (whole(secret).seller_ref, whole(secret).listing_ref) == (seller, listing)
    assert said_of(row(secret)).where == where


def test_of_what_has_no_name_each_report_is_a_matter_of_its_own_and_an_unknown_address_joins() -> None:
    assert whole(reported(what=ReportedWhat.PLATFORM, where="")) != whole(
        reported(what=ReportedWhat.PLATFORM, where="")
    )
    unknown = "https://shop.example.jp/gone/77"
    assert whole(reported(where=unknown)) == whole(reported(where=unknown))


def test_emoji_surrogates_and_long_words_are_kept_as_they_are() -> None:
    secret = reported(words="🔥" * 500 + "\udc00".encode("utf-8", "replace").decode(), where="𠮷野家/🍣")

    assert said_of(row(secret)).words.startswith("🔥🔥")


def test_who_is_signed_in_is_in_nothing_that_is_kept() -> None:
    secret = "t" * 22
    by = actor("buyer:B-1", Role.BUYER)
    actions.report(by, told=told(), secret=secret, source="192.0.2.1")
    actions.add_words(by, secret=secret, said="もう一つ。")

    acts = ledger.acts_about(f"complaints.complaint:{whole(secret).pk}")
    assert {(act.content["by"], act.content["role"], act.content["request"]) for act in acts} == {
        ("anonymous", "anonymous", "")
    }


def test_one_source_cannot_flood_and_others_are_heard() -> None:
    for _ in range(REPORTS.most):
        reported()
    with pytest.raises(TooMany):
        reported()
    reported(source="198.51.100.7")

    assert ComplaintReport.objects.count() == REPORTS.most + 1
    assert Complaint.objects.count() == 1


def test_a_flood_keeps_nobody_from_deciding() -> None:
    secret = reported()
    before = complaint_of(agent(), whole(secret).pk).version
    reported(source="198.51.100.7")

    assert complaint_of(agent(), whole(secret).pk).version == before


def test_of_a_flood_the_first_are_shown_with_all_counted_and_harm_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(complaints, "SHOWN_MOST", 2)
    secrets = [reported(reason=ComplaintReason.DANGEROUS, source=f"192.0.2.{number}") for number in range(4)]
    actions.answer_danger(anybody(), secret=secrets[3], danger=(DangerAnswer.INJURY,), lot="")

    shown = complaint_of(agent(), whole(secrets[0]).pk)
    assert [one.row.pk for one in shown.reports] == [row(secrets[3]).pk, row(secrets[0]).pk]
    assert (shown.total, shown.sources, shown.repeats, shown.pages) == (4, 4, 0, range(1, 3))
    rest = complaint_of(agent(), whole(secrets[0]).pk, at_page=2)
    assert [one.row.pk for one in rest.reports] == [row(secrets[1]).pk, row(secrets[2]).pk]


def test_a_page_of_many_reports_asks_the_database_as_often_as_one_of_few(
    django_assert_max_num_queries: Any,
) -> None:
    few = [reported(source=f"192.0.2.{number}") for number in range(2)]
    with CaptureQueriesContext(connection) as of_few:
        complaint_of(agent(), whole(few[0]).pk)
    for number in range(30):
        reported(source=f"198.51.100.{number}")

    with django_assert_max_num_queries(len(of_few)):
        shown = complaint_of(agent(), whole(few[0]).pk)
    assert len(shown.reports) == 32


def test_words_are_added_so_often_and_no_more() -> None:
    secret = reported()
    for number in range(MOST_ADDED):
        actions.add_words(anybody(MONDAY + number * HOUR), secret=secret, said=f"{number}つめ")
    with pytest.raises(actions.AddedEnough):
        actions.add_words(anybody(), secret=secret, said="もう一つ")

    assert [words for _, words in mine(secret, at=MONDAY).said.more][:2] == ["0つめ", "1つめ"]


def test_a_page_that_is_nobodys_is_not_there() -> None:
    with pytest.raises(NoReportHere):
        mine("x" * 22, at=MONDAY)


def test_the_page_of_a_report_tells_nothing_of_the_others() -> None:
    first = reported()
    reported(source="198.51.100.7", words="ほかの人の言葉")

    assert "ほかの人の言葉" not in repr(mine(first, at=MONDAY).said)
    assert mine(first, at=MONDAY + timedelta(1)).row.pk == row(first).pk
