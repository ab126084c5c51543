"""The handbook: whoever works for the operator reads how things are done, finds words, and records it; nobody else enters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import CalendarDays
from mamori.ground.declared.fields import procedures
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.law.article5 import DISCLOSURE_HEARING
from mamori.rooms.disclosure import tasks
from mamori.rooms.disclosure.handbook import actions, queries
from mamori.rooms.disclosure.handbook.queries import file_of
from mamori.rooms.disclosure.models import ProcedureReading
from mamori.rooms.disclosure.tests.conftest import MONDAY, actor, counsel, lead
from mamori.rooms.disclosure.tests.test_reading import reads

pytestmark = pytest.mark.usefixtures("market_day")

type Enter = Callable[..., Client]
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def at_browser(enter: Enter) -> Client:
    return enter(Role.READER)


@pytest.fixture
def reader(at_browser: Client) -> Actor:
    del at_browser
    return actor(f"reader:{Account.objects.latest('id').pk}", Role.READER)


def read(client: Client, path: str) -> str:
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("code", [one.code for one in procedures()])
def test_every_procedure_has_a_page_for_a_reader_in_both_languages(enter: Enter, code: str) -> None:
    reader = enter(Role.READER)

    page = read(reader, f"/desk/reading/{code}/")
    reader.cookies["django_language"] = "en"
    english = read(reader, f"/desk/reading/{code}/")

    one = next(one for one in procedures() if one.code == code)
    assert escape(one.title.ja) in page
    assert escape(one.title.en) in english
    assert all(chart.title.ja in page for chart in one.lifecycles)


def test_the_words_of_a_search_are_found_however_they_are_spelt(enter: Enter) -> None:
    reader = enter(Role.READER)

    found = read(reader, "/desk/reading/?q=ｶｲｼﾞ請求 出品者")
    nothing = read(reader, "/desk/reading/?q=そんな言葉はない")
    long = read(reader, "/desk/reading/?q=" + "あ" * 3000)

    assert "見つかったところ" not in read(reader, "/desk/reading/")
    assert "どの手順にもありません" in found  # kana do not find kanji
    assert (
        "/desk/reading/request/"
        in read(reader, "/desk/reading/?q=開示請求　出品者").split("手順書（PDF）")[0]
    )
    assert "どの手順にもありません" in nothing
    assert "どの手順にもありません" in long
    assert queries.found(queries.every_procedure(MONDAY), "、。") == ()


def test_who_does_what_comes_first_and_the_tables_of_states_come_folded_behind(enter: Enter) -> None:
    page = read(enter(Role.READER), "/desk/reading/request/")

    assert (
        page.index("だれが、何をするか")
        < page.index("だれが何を決めるか")
        < page.index("販売業者等情報の開示請求の状態")
    )
    first = page[page.index("だれが、何をするか") : page.index('id="examples"')]
    assert first.index("受け付けた") < first.index("要件を確かめている") < first.index("途中で（")
    assert "出品者の意見を聴く → 出品者の意見を聴いている" in first
    assert "<details" in page.split("販売業者等情報の開示請求の状態", 1)[1].split("</section>", 1)[0]


def test_one_press_on_the_page_records_once_that_it_was_read(reader: Actor, at_browser: Client) -> None:
    page = read(at_browser, "/desk/reading/inquiry/")
    given = dict(re.findall(r'name="(token|digest)"[^>]*value="([^"]*)"', page))

    missing = at_browser.post("/desk/reading/inquiry/read/", given | {"digest": ""}, secure=True)
    first = at_browser.post("/desk/reading/inquiry/read/", given, secure=True)
    again = at_browser.post("/desk/reading/inquiry/read/", given, secure=True)

    assert missing.status_code == 422
    assert (first.status_code, again.status_code) == (302, 302)
    assert ProcedureReading.objects.get().by == "staff:" + reader.by.rpartition(":")[2]
    assert "読みました" in read(at_browser, "/desk/reading/")
    after = read(at_browser, "/desk/reading/inquiry/")
    assert ("今の版を読みました" in page, "今の版を読みました" in after) == (False, True)
    assert ("読んだと記録する" in page, "読んだと記録する" in after) == (True, False)


def test_a_press_on_words_that_changed_meanwhile_records_nothing(at_browser: Client) -> None:
    page = read(at_browser, "/desk/reading/inquiry/")
    given = dict(re.findall(r'name="(token|digest)"[^>]*value="([^"]*)"', page))
    actions.add_words(counsel(), procedure="inquiry", ja="まず文書番号を控えます。", en="")

    answer = at_browser.post("/desk/reading/inquiry/read/", given, secure=True)

    assert answer.status_code == 409
    assert "この手順が変わりました" in answer.content.decode()
    assert not ProcedureReading.objects.exists()


def test_leads_see_who_read_what_it_says_now(enter: Enter, reader: Actor, at_browser: Client) -> None:
    reads(reader, "request")
    boss = enter(Role.LEAD)
    before = read(boss, "/desk/reading/request/")
    listed = read(boss, "/desk/reading/")
    actions.add_words(counsel(), procedure="request", ja="", en="In our company counsel looks first.")
    after = read(boss, "/desk/reading/request/")

    assert "今の版を読んだ人：1" in listed
    assert ("今の版" in before, "前の版" in before) == (True, False)
    assert ("今の版" in after, "前の版" in after) == (False, True)
    assert "読んだあとで変わりました" in read(at_browser, "/desk/reading/")
    assert "そのあと手順が変わりました" in read(at_browser, "/desk/reading/request/")


def test_the_operators_own_words_are_marked_and_harmless(enter: Enter) -> None:
    actions.add_words(
        lead(), procedure="request", ja="**まず電話**<script>alert(1)</script>", en="Call first"
    )
    page = read(enter(Role.AGENT), "/desk/reading/request/")
    actions.add_words(lead(LATER), procedure="request", ja=" ", en="")

    assert "仕組みの定めではありません" in page
    assert "<strong>まず電話</strong>" in page
    assert "<script>alert" not in page
    assert queries.procedure_of("request", LATER).own is None


def test_what_changed_is_shown_line_by_line(enter: Enter) -> None:
    tasks.note_procedures(MONDAY)
    terms.set(lead(LATER), setting=DISCLOSURE_HEARING, value=CalendarDays(21))
    tasks.note_procedures(LATER + timedelta(days=1))
    page = read(enter(Role.READER), "/desk/reading/request/")

    assert "21日（暦）" in page.split("<ins>", 1)[1]


def test_only_who_works_for_the_operator_sees_a_page(enter: Enter) -> None:
    for role in (Role.BUYER, Role.SELLER, Role.ANONYMOUS, Role.OFFICER):
        assert enter(role).get("/desk/reading/request/", secure=True).status_code in (302, 403)
    assert enter(Role.READER).get("/desk/reading/no-such/", secure=True).status_code == 404


def test_the_whole_is_one_paper_and_one_file(enter: Enter) -> None:
    pytest.importorskip("typst")
    actions.add_words(lead(), procedure="request", ja="うちでは法務が先に見ます。", en="")
    answer = enter(Role.READER).get("/desk/reading/?format=pdf", secure=True)
    page = file_of(MONDAY, lang="ja", operator="みほん市場")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "<script" not in page
    assert "src=" not in page
    assert all(f'<article id="{one.code}">' in page for one in procedures())
    assert "要件を確かめている" in page[page.index('<article id="request">') : page.index("うちでは法務")]
    assert "うちでは法務が先に見ます。" in page
