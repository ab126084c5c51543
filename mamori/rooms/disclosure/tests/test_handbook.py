"""The handbook: whoever works for the operator reads how things are done, finds words, and is asked; nobody else enters."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.hand import Role
from mamori.ground.declared.procedures import procedures
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.law.article5 import DISCLOSURE_HEARING
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.models import ProcedureReading
from mamori.rooms.disclosure.queries import handbook as queries
from mamori.rooms.disclosure.queries.handbookpaper import file_of
from mamori.rooms.disclosure.tests.conftest import MONDAY, counsel, lead
from mamori.rooms.disclosure.tests.test_reading import Reader

pytestmark = pytest.mark.usefixtures("market_day")

type Enter = Callable[..., Client]
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def at_browser(enter: Enter) -> Client:
    return enter(Role.READER)


@pytest.fixture
def reader(at_browser: Client) -> Reader:
    del at_browser
    return Reader(f"reader:{Account.objects.latest('id').pk}")


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


def test_a_reader_answers_and_sees_what_was_right(reader: Reader, at_browser: Client) -> None:
    wrong = reader.reads("request", reader.answers("request", wrong=True))
    page = read(at_browser, "/desk/reading/request/")
    right = reader.reads("request", reader.answers("request"))

    assert (wrong, right) == (0, 5)
    assert page.count("正しくは：") == 5
    first, second = ProcedureReading.objects.order_by("id")
    assert (first.turn, second.turn, second.asked) == (0, 1, 5)


def test_the_form_asks_and_records_once(reader: Reader, at_browser: Client) -> None:
    page = read(at_browser, "/desk/reading/inquiry/quiz/")
    given = dict(re.findall(r'name="(token|digest|turn)"[^>]*value="([^"]*)"', page))
    given |= {f"answer_{place}": str(answer) for place, answer in enumerate(reader.answers("inquiry"))}

    missing = at_browser.post("/desk/reading/inquiry/quiz/", given | {"answer_0": ""}, secure=True)
    first = at_browser.post("/desk/reading/inquiry/quiz/", given, secure=True)
    again = at_browser.post("/desk/reading/inquiry/quiz/", given, secure=True)

    assert missing.status_code == 422
    assert (first.status_code, again.status_code) == (302, 302)
    reading = ProcedureReading.objects.get()
    assert (reading.by, reading.right, reading.asked) == ("staff:" + reader.hand.by.rpartition(":")[2], 5, 5)
    assert "読みました" in read(at_browser, "/desk/reading/")


def test_leads_see_who_read_what_it_says_now(enter: Enter, reader: Reader, at_browser: Client) -> None:
    reader.reads("request", reader.answers("request"))
    boss = enter(Role.LEAD)
    before = read(boss, "/desk/reading/request/readers/")
    listed = read(boss, "/desk/reading/")
    actions.add_words(counsel(), procedure="request", ja="", en="In our company counsel looks first.")
    after = read(boss, "/desk/reading/request/readers/")

    assert "今の版を読み終えた人：1" in listed
    assert ("今の版" in before, "前の版" in before) == (True, False)
    assert ("今の版" in after, "前の版" in after) == (False, True)
    assert "読んだあとで変わりました" in read(at_browser, "/desk/reading/")


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
    answer = enter(Role.READER).get("/desk/reading/handbook.pdf", secure=True)
    page = file_of(MONDAY, lang="ja", operator="みほん市場")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "<script" not in page
    assert "src=" not in page
    assert all(f'<article id="{one.code}">' in page for one in procedures())
    assert "うちでは法務が先に見ます。" in page
