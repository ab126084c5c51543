"""Nobody is shut out from telling of an injury: not by who shares their address, nor by how many others tell of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Severity
from mamori.ground.matters.seen import DangerMeanwhile
from mamori.ground.people import actions as people
from mamori.ground.people.facts import HARM_REPORTS, HARM_REPORTS_IN_ALL, NAMELESS_SUBMISSIONS
from mamori.ground.web.signing import limiting
from mamori.law.complaints import GoneBecause, NothingBecause, OutsideBecause
from mamori.rooms.complaints import actions as complaints
from mamori.rooms.complaints.models import ComplaintReport
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.reports.actions import reporting
from mamori.rooms.complaints.reports.actions.reporting import REPORTS
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    FOUND,
    HOUR,
    MONDAY,
    WHY,
    WORDS,
    agent,
    anybody,
    dismiss,
    lead,
    reported,
    row,
    told,
    whole,
)
from mamori.rooms.complaints.tests.test_dangers import DANGEROUS, HURT, alarms, case
from mamori.rooms.complaints.tests.test_holding import hold, terms

__all__ = ["terms"]
pytestmark = pytest.mark.django_db
GOODS = {"what": "listing", "where": "L-1", "reason": "counterfeit", "words": WORDS}
INJURED = GOODS | {"danger": "injury"}


def sends(client: Client, **fields: Any) -> Any:
    return client.post("/complaints/", {"token": f"{uuid4()}"} | fields)


def count_up(limit: people.Limit, key: str) -> None:
    at = timezone.now()
    for _ in range(limit.most):
        people.counts(limit, key, at=at)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Take few submissions from one network address, in a window that no slow machine outlasts."""
    limit = replace(NAMELESS_SUBMISSIONS, most=REPORTS.most + 3, per=DAY * 36_500)
    monkeypatch.setattr(limiting, "NAMELESS_SUBMISSIONS", limit)
    return limit.most


@pytest.mark.parametrize(
    "more", [{"danger": "injury"}, {"danger": "fire"}, {"words": "電池から発煙しました。"}]
)
def test_who_shares_an_address_with_many_is_heard_of_a_harm_all_the_same(
    enter: Enter, few: int, more: dict[str, str]
) -> None:
    client = enter()
    for _ in range(REPORTS.most):
        assert sends(client, **GOODS).status_code == 302
    assert sends(client, **GOODS).status_code == 429
    for _ in range(few):
        sends(client, **GOODS)

    assert "回数が多すぎます" in sends(client, **GOODS).content.decode()
    assert sends(client, **GOODS | more).status_code == 302


def test_what_is_not_taken_counts_whatever_it_says(enter: Enter, few: int) -> None:
    client = enter()
    for _ in range(few):
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
    assert complaint_of(agent(), report.complaint_id).reports[0].row.is_many
    assert "とても多く届いています" in client.get(answer["Location"]).content.decode()


def test_what_is_sent_without_a_browser_is_taken() -> None:
    for number in range(HARM_REPORTS.most + REPORTS.most):
        reporting.report(
            anybody(MONDAY + DAY), told=told(**HURT), secret=f"s{number}" * 9, source="192.0.2.1"
        )

    assert ComplaintReport.objects.count() == HARM_REPORTS.most + REPORTS.most


ENDS: tuple[Callable[..., None], ...] = (
    lambda **seen: complaints.rule_out(lead(MONDAY + HOUR), reason=WHY, **seen),
    lambda **seen: complaints.find_nothing(agent(), because=NothingBecause.IN_ORDER, reason=WHY, **seen),
    lambda **seen: complaints.find_outside(agent(), because=next(iter(OutsideBecause)), reason=WHY, **seen),
    lambda **seen: complaints.find_gone(agent(), because=next(iter(GoneBecause)), reason=WHY, **seen),
    lambda **seen: complaints.uphold(agent(), severity=Severity.SERIOUS, said=FOUND, reason=WHY, **seen),
)


@pytest.mark.parametrize("end", ENDS)
def test_no_danger_ends_by_a_page_on_which_an_injury_does_not_stand_yet(
    terms: None, end: Callable[..., None]
) -> None:
    bogus = reported(source="192.0.2.1", **HURT)
    page = complaint_of(lead(), whole(bogus).pk)
    real = reported(at=MONDAY + HOUR / 4, source="203.0.113.9", **HURT)
    known = {"complaint": page.number, "version": page.version}
    with pytest.raises(DangerMeanwhile):
        end(**known, seen_until=page.seen_until)

    assert (case(real).attention, row(real).unread_at) == ("danger", MONDAY + HOUR / 4)
    end(**known, seen_until=complaint_of(lead(), page.number).seen_until)
    assert whole(real).danger_ended_at is not None


def test_an_injury_that_was_told_first_and_comes_last_stands_on_no_page_that_was_open_meanwhile() -> None:
    later, earlier = MONDAY + HOUR / 4, MONDAY + HOUR / 4 - HOUR / 3600
    secret = reported(**HURT)
    reported(at=later, source="203.0.113.9", **HURT)
    page = complaint_of(lead(), whole(secret).pk)
    reported(at=earlier, source="203.0.113.10", **HURT)

    with pytest.raises(DangerMeanwhile):
        complaints.rule_out(
            lead(MONDAY + HOUR), complaint=page.number, reason=WHY, seen_until=page.seen_until
        )


def test_it_stands_on_no_such_page_either_once_somebody_read_all_that_was_there_and_did_not_hold_it() -> None:
    later, earlier = MONDAY + HOUR / 4, MONDAY + HOUR / 4 - HOUR / 3600
    secret = reported(**HURT)
    newest = reported(at=later, source="203.0.113.9", **HURT)
    page = complaint_of(lead(), whole(secret).pk)
    read = [row(secret).pk, row(newest).pk]
    complaints.read_reports(lead(later), complaint=page.number, reports=read, until=later)
    last = reported(at=earlier, source="203.0.113.10", **HURT)

    assert row(last).unread_at == whole(secret).told_until
    with pytest.raises(DangerMeanwhile):
        complaints.rule_out(
            lead(MONDAY + HOUR), complaint=page.number, reason=WHY, seen_until=page.seen_until
        )


def test_what_is_no_breach_is_not_taken_up_by_such_a_page_either() -> None:
    bogus = reported(where="https://ads.example.jp/1", **HURT)
    page = complaint_of(lead(), whole(bogus).pk)
    reported(where="https://ads.example.jp/1", at=MONDAY + HOUR / 4, source="203.0.113.9", **HURT)
    with pytest.raises(DangerMeanwhile):
        complaints.accept(agent(), complaint=page.number, reason=WHY, seen_until=page.seen_until)


def test_what_came_after_the_page_alarms_whoever_begins_or_rules_out_and_is_no_reason_to_hide_nothing(
    terms: None,
) -> None:
    secret = reported(**DANGEROUS)
    seen = complaint_of(lead(), whole(secret).pk).seen_until
    other = reported(at=MONDAY + HOUR / 4, source="203.0.113.9", **DANGEROUS)
    complaints.begin_complaint(agent(MONDAY + HOUR / 2), complaint=whole(secret).pk, seen_until=seen)
    assert whole(secret).alarm_at == MONDAY + HOUR / 4
    complaints.rule_out(lead(MONDAY + HOUR / 2), complaint=whole(secret).pk, reason=WHY, seen_until=seen)
    assert (whole(secret).alarm_at, case(secret).attention) == (row(other).unread_at, "unread")

    reported(at=MONDAY + HOUR, source="203.0.113.10", **DANGEROUS, **HURT)
    hold(secret, agent(MONDAY + HOUR))
    assert whole(secret).finding is not None


def test_a_form_that_was_refused_for_an_injury_is_sent_again_with_what_stands_now(enter: Enter) -> None:
    number = whole(reported(**HURT)).pk
    address, client = f"/desk/complaints/{number}/no-danger/", enter(Role.LEAD)
    form = client.get(address).context["form"]
    sent = {name: form.initial[name] for name in ("version", "seen_until")} | {"reason": WHY}
    reported(at=MONDAY + HOUR / 4, source="203.0.113.9", **HURT)
    refused = client.post(address, sent | {"token": f"{uuid4()}"})

    page = refused.content.decode()
    assert (refused.status_code, "危険の知らせが届きました" in page, WHY in page) == (409, True, True)
    blind = client.post(address, {"reason": WHY, "version": sent["version"], "token": f"{uuid4()}"})
    assert (blind.status_code, [*blind.context["form"].errors]) == (422, ["seen_until"])
    told_blind = blind.content.decode()
    assert ("いつの内容か分かりません" in told_blind, "#id_seen_until" in told_blind) == (True, False)
    again = {name: refused.context["form"][name].value() for name in sent}
    assert client.post(address, again | {"token": f"{uuid4()}"}).status_code == 302


def test_a_word_of_thanks_after_the_decision_is_read_and_is_no_danger() -> None:
    secret = reported(**DANGEROUS)
    dismiss(secret)
    old = whole(secret)
    reporting.add_words(anybody(MONDAY + DAY), secret=secret, said="ありがとうございました。")

    assert whole(secret).former == old
    assert row(secret).unread_at == MONDAY + DAY
    assert (alarms(secret), case(secret).urgent_since, case(secret).attention) == (0, None, "begin")
