"""A finding is recorded a question a page: only what the breach asks for, nothing lost, all of it checked at the end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.text import Text
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.models import Finding
from mamori.rooms.enforcement.tests.conftest import MONDAY, asked, machine, sends
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")
NEW = "/desk/findings/new/"
PAGES: dict[str, dict[str, object]] = {
    "seller": {"seller": "S-1"},
    "breach": {"breach": "display-false"},
    "weight": {"severity": "minor", "harm": "none"},
    "about": {"listing": "L-1"},
    "noticed": {"found_at": "2026-11-16T09:30"},
    "facts": {"facts": "返品の条件がない。"},
}


@pytest.fixture
def desk(enter: Enter) -> Client:
    return enter(Role.AGENT)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_finding_is_asked_for_page_by_page_checked_and_recorded_once(desk: Client) -> None:
    checked = asked(desk, NEW, PAGES)
    first, twice = sends(desk, checked), sends(desk, checked)

    for words in ("S-1", "うそ・大げさな表示", "軽い", "被害なし", "L-1", "返品の条件がない。"):
        assert words in body(checked)
    assert "ここで決まることはありません" in body(checked)
    assert first.headers["Location"] == twice.headers["Location"]
    assert first.headers["Location"].endswith("?done=found")
    found = Finding.objects.get()
    assert (found.seller_ref, found.breach, found.severity, found.harm) == (
        "S-1",
        "display-false",
        "minor",
        "none",
    )
    assert (found.listing_ref, found.found_at) == ("L-1", MONDAY - timedelta(minutes=30))
    assert statements.facts_of(found) == (Text("返品の条件がない。", "返品の条件がない。"),)


def test_nothing_is_recorded_before_the_last_page_is_sent(desk: Client) -> None:
    asked(desk, NEW, PAGES)

    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("breach", "fields"),
    [
        ("unanswered", {"order"}),
        ("fake-review", {"review", "order"}),
        ("counterfeit", {"listing", "category", "order"}),
    ],
)
def test_only_what_a_measure_against_such_a_breach_could_touch_is_asked(
    desk: Client, breach: str, fields: set[str]
) -> None:
    some = {name: PAGES[name] for name in ("seller", "weight")} | {"breach": {"breach": breach}}

    page: Any = asked(desk, NEW, some)

    assert set(page.context["form"].fields) == fields


@pytest.mark.parametrize(
    ("step", "given", "sentence"),
    [
        ("seller", {"seller": "S-9"}, "出品者「S-9」が見つからない"),
        ("seller", {"seller": ""}, "「出品者の番号」をご記入ください"),
        ("breach", {}, "「違反の種類」を選んでください"),
        ("weight", {"severity": "minor"}, "「被害」を選んでください"),
        ("about", {"listing": "L-2"}, "商品「L-2」が見つからないか、この出品者のものではありません"),
        ("about", {"order": "O-2"}, "注文「O-2」が見つからない"),
        ("noticed", {"found_at": "2199-01-01T10:00"}, "見つけた日時が今より先です"),
        ("noticed", {"found_at": "1999-01-01T10:00"}, "2020年より前です"),
        ("facts", {"facts": " "}, "何も書かれていません"),
    ],
)
def test_what_is_wrong_is_said_on_the_page_that_asks_it(
    desk: Client, step: str, given: dict[str, str], sentence: str
) -> None:
    page: Any = asked(desk, NEW, PAGES | {step: given})

    assert page.status_code == 422
    assert sentence in body(page)
    for value in given.values():
        assert value in body(page), "what was typed is still there"


def test_a_link_that_names_the_seller_asks_for_it_no_more_and_it_can_still_be_changed(desk: Client) -> None:
    link = f"{NEW}?seller=S-1"
    begun: Any = desk.get(link, follow=True)
    rest = {name: given for name, given in PAGES.items() if name != "seller"}

    checked = asked(desk, link, rest)

    assert begun.redirect_chain[-1][0] == f"{NEW}breach/?seller=S-1"
    assert "S-1" in body(checked)
    assert f"{NEW}seller/?draft=" in body(checked)
    assert sends(desk, checked).status_code == 302
    assert Finding.objects.get().seller_ref == "S-1"


def test_going_back_shows_what_was_answered_and_another_breach_asks_its_own_questions(desk: Client) -> None:
    asked(desk, NEW, PAGES)
    back: Any = desk.get(f"{NEW}facts/", follow=True)
    token = back.context["token"]

    changed = desk.post(f"{NEW}breach/", {"token": token, "breach": "fake-review"})
    checked: Any = desk.get(changed.headers["Location"])

    assert "返品の条件がない。" in body(back)
    assert "返品の条件がない。" in body(checked), "no word is lost"
    assert "L-1" not in body(checked)
    assert sends(desk, checked).status_code == 302
    assert Finding.objects.get().listing_ref == ""


@pytest.mark.parametrize(("lang", "is_asked"), [("", False), ("ja", False), ("en", True), ("zh-Hant", True)])
def test_facts_are_asked_for_in_english_where_the_seller_does_not_read_japanese(
    desk: Client, lang: str, is_asked: bool
) -> None:
    put_shop(machine(), ref="S-1", name="店", mail="shop@example.jp", lang=lang)

    page = asked(desk, NEW, PAGES)

    assert ("英語でもお書きください" in body(page)) is is_asked
    assert page.status_code == (422 if is_asked else 200)


def test_both_wordings_are_kept_where_both_were_asked_for(desk: Client) -> None:
    put_shop(machine(), ref="S-1", name="店", mail="shop@example.jp", lang="en")
    facts = {"facts": "返品の条件がない。", "facts_en": "No conditions of return."}

    sends(desk, asked(desk, NEW, PAGES | {"facts": facts}))

    told = statements.facts_of(Finding.objects.get())
    assert told == (Text("返品の条件がない。", "No conditions of return."),)


def test_left_empty_it_was_noticed_now(desk: Client) -> None:
    checked = asked(desk, NEW, PAGES | {"noticed": {"found_at": ""}})

    assert "いま（記録したとき）" in body(checked)
    assert sends(desk, checked).status_code == 302
    assert Finding.objects.get().found_at == Finding.objects.get().opened_at


def test_two_findings_begun_beside_each_other_do_not_mix(desk: Client) -> None:
    first = sends(desk, asked(desk, NEW, PAGES))
    second = sends(desk, asked(desk, NEW, PAGES | {"facts": {"facts": "ほかの事実。"}}))

    assert first.headers["Location"] != second.headers["Location"]
    assert Finding.objects.count() == 2
