"""The desk's pages of terms: what is missing stands in sight, one proposes, another reads and agrees, sellers are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from conftest import Enter, in_force
from mamori.grammar.actor import Actor, Role
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Notice
from mamori.ground.people.models import Proposal
from mamori.ground.terms import actions as terms, facts
from mamori.ground.terms.models import TermsChange
from mamori.law.clauses import BY_CODE, RECOVERY
from mamori.law.settings import PEOPLE_SIZE
from tests.laid import laid
from tests.shops import put_shop

NOW = datetime.now(UTC)
WORDS = {
    "title_ja": "レビュー",
    "title_en": "Reviews",
    "text_ja": "当店の文です。",
    "text_en": "Our own words.",
    "version": "2",
}


@laid
def three(db: None) -> None:
    """Let three people run the centre, and one seller sell."""
    shop = Actor(by="machine:shop", role=Role.MACHINE, at=NOW - timedelta(days=40), via="test")
    terms.set(shop, setting=PEOPLE_SIZE, value="3")
    put_shop(shop, ref="S-1", name="店", mail="s1@example.jp")


def text(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def propose(client: Client, code: str = "category", **change: Any) -> Any:
    return client.post(f"/desk/terms/{code}/", {**WORDS, **change})


@pytest.mark.usefixtures("three")
def test_a_lead_proposes_patterns_counsel_reads_and_agrees_and_sellers_are_told(enter: Enter) -> None:
    lead, counsel = enter(Role.LEAD, stepped_up=True), enter(Role.COUNSEL, stepped_up=True)
    assert "必要だが未公表" in text(lead, "/desk/terms/")

    asked = lead.post("/desk/terms/patterns/", {"clauses": list(BY_CODE)})
    waiting = text(counsel, "/desk/terms/?done=proposed")
    [change], [proposal] = TermsChange.objects.all(), Proposal.objects.all()
    read = text(counsel, f"/desk/terms/changes/{change.pk}/")
    decide = text(counsel, f"/desk/people/proposals/{proposal.pk}/")
    own = lead.post(f"/desk/people/proposals/{proposal.pk}/", {"act": "agree"})
    assert facts.versions() == ()
    agreed = counsel.post(f"/desk/people/proposals/{proposal.pk}/", {"act": "agree"})
    outbox.work(at=datetime.now(UTC))

    assert (asked.status_code, own.status_code, agreed.status_code) == (302, 403, 302)
    assert "まだ公表されていません" in waiting
    assert f"/desk/terms/changes/{change.pk}/" in waiting
    assert RECOVERY.text.ja in read
    assert RECOVERY.text.en in read
    assert f"/desk/terms/changes/{change.pk}/" in decide
    assert {one.clause for one in facts.versions()} == set(BY_CODE)
    assert Notice.objects.filter(to="seller:S-1", template="terms.new").count() == 1
    assert "必要だが未公表" not in text(lead, "/desk/terms/")
    assert "すべての条項が公表されています" in text(lead, "/desk/terms/patterns/")
    assert "知らせた出品者" in text(lead, f"/desk/terms/changes/{change.pk}/")


@pytest.mark.usefixtures("three")
def test_the_next_version_is_proposed_in_words_of_ones_own_beside_the_present_one(enter: Enter) -> None:
    in_force("category", at=NOW - timedelta(days=30))
    lead = enter(Role.LEAD, stepped_up=True)

    assert 'value="2"' in text(lead, "/desk/terms/category/")
    asked = propose(lead)

    change = TermsChange.objects.latest("id")
    read = text(enter(Role.AGENT), f"/desk/terms/changes/{change.pk}/")
    assert asked.status_code == 302
    assert "当店の文です。" in read
    assert BY_CODE["category"].text.ja in read
    assert "自社の文" in read


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("code", "change", "status", "words"),
    [
        ("category", {"text_en": ""}, 422, "文（英語）"),
        ("category", {"version": "1"}, 409, "公表した文は変えられません"),
        ("category", {"ground": "fraud-or-security"}, 422, "出品者に知らせる理由"),
        ("category", {"ground": "because"}, 422, "正しく選択"),
        (
            "category",
            {"binds_on_year": "2026", "binds_on_month": "11", "binds_on_day": "1"},
            422,
            "中15日以上",
        ),
        ("nothing", {}, 404, "その条項または変更はありません"),
    ],
)
def test_what_may_not_be_published_comes_back_with_the_reason(
    enter: Enter, code: str, change: dict[str, str], status: int, words: str
) -> None:
    in_force("category", at=NOW - timedelta(days=30))

    answer = propose(enter(Role.LEAD, stepped_up=True), code, **change)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert TermsChange.objects.count() == 1


@pytest.mark.usefixtures("three")
def test_a_change_that_was_declined_says_so_and_one_that_never_was_is_not_found(enter: Enter) -> None:
    lead, counsel = enter(Role.LEAD, stepped_up=True), enter(Role.COUNSEL, stepped_up=True)
    propose(lead, version="1")
    [change], [proposal] = TermsChange.objects.all(), Proposal.objects.all()

    counsel.post(f"/desk/people/proposals/{proposal.pk}/", {"act": "decline"})

    assert "承認されませんでした" in text(lead, f"/desk/terms/changes/{change.pk}/")
    assert facts.versions() == ()
    assert lead.get(f"/desk/terms/changes/{change.pk + 1}/").status_code == 404


@pytest.mark.usefixtures("three")
def test_nothing_chosen_is_nothing_proposed(enter: Enter) -> None:
    answer = enter(Role.LEAD, stepped_up=True).post("/desk/terms/patterns/", {})

    assert answer.status_code == 422
    assert not TermsChange.objects.exists()
