"""Nobody is shut out from telling of an injury: not by who shares their address, nor by how many others tell of one."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from conftest import Enter
from mamori.ground.people import actions as people
from mamori.ground.people.facts import HARM_REPORTS, HARM_REPORTS_IN_ALL, NAMELESS_SUBMISSIONS
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.actions.reporting import REPORTS
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.queries.complaints import complaint_of
from mamori.rooms.complaints.tests.conftest import DAY, MONDAY, WORDS, agent, anybody, told
from mamori.rooms.complaints.tests.test_dangers import HURT

pytestmark = pytest.mark.django_db
GOODS = {"what": "listing", "where": "L-1", "reason": "counterfeit", "words": WORDS}
INJURED = GOODS | {"danger": "injury"}


def sends(client: Client, **fields: Any) -> Any:
    return client.post("/complaints/", {"token": f"{uuid4()}"} | fields)


def count_up(limit: people.Limit, key: str) -> None:
    at = timezone.now()
    for _ in range(limit.most):
        people.counts(limit, key, at=at)


@pytest.mark.parametrize(
    "more", [{"danger": "injury"}, {"danger": "fire"}, {"words": "電池から発煙しました。"}]
)
def test_who_shares_an_address_with_many_is_heard_of_a_harm_all_the_same(
    enter: Enter, more: dict[str, str]
) -> None:
    client = enter()
    for _ in range(REPORTS.most):
        assert sends(client, **GOODS).status_code == 302
    assert sends(client, **GOODS).status_code == 429
    for _ in range(NAMELESS_SUBMISSIONS.most):
        sends(client, **GOODS)

    assert "回数が多すぎます" in sends(client, **GOODS).content.decode()
    assert sends(client, **GOODS | more).status_code == 302


def test_what_is_not_taken_counts_whatever_it_says(enter: Enter) -> None:
    client = enter()
    for _ in range(NAMELESS_SUBMISSIONS.most):
        assert sends(client, **INJURED | {"words": ""}).status_code == 422

    assert sends(client, **INJURED | {"words": ""}).status_code == 429
    assert sends(client, **INJURED).status_code == 302


def test_one_browser_reads_the_telephone_and_from_when_it_may_again_and_loses_no_word(enter: Enter) -> None:
    client = Client(headers={"host": "testserver"})
    client.get("/complaints/")
    mine = client.cookies["csrf"].value if "csrf" in client.cookies else ""
    assert mine
    for _ in range(HARM_REPORTS.most):
        assert sends(client, **INJURED).status_code == 302
    answer = sends(client, **INJURED)

    page = answer.content.decode()
    assert answer.status_code == 429
    assert "からまた送れます" in page
    assert WORDS in page
    assert sends(Client(), **INJURED).status_code == 302


def test_above_what_is_usual_in_an_hour_it_is_taken_and_marked_and_its_page_shows_the_telephone(
    enter: Enter,
) -> None:
    count_up(HARM_REPORTS_IN_ALL, "")
    client = enter()
    answer = sends(client, **INJURED)
    report = ComplaintReport.objects.get()

    assert report.is_many
    assert complaint_of(agent(), report.complaint_id).reports[0].is_many
    assert "とても多く届いています" in client.get(answer["Location"]).content.decode()


def test_what_is_sent_without_a_browser_is_taken() -> None:
    for number in range(HARM_REPORTS.most + REPORTS.most):
        actions.report(anybody(MONDAY + DAY), told=told(**HURT), secret=f"s{number}" * 9, source="192.0.2.1")

    assert ComplaintReport.objects.count() == HARM_REPORTS.most + REPORTS.most
