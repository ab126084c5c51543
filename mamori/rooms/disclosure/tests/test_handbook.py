"""The handbook: whoever works for the operator reads how things are done, finds words, and is asked; nobody else enters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from mamori.grammar.businesstime import CalendarDays
from mamori.grammar.hand import Hand, Role
from mamori.ground.declared.procedures import procedures
from mamori.ground.ledger import facts as ledger
from mamori.ground.people.models import Account
from mamori.ground.terms import actions as terms
from mamori.law.article5 import DISCLOSURE_HEARING
from mamori.rooms.disclosure import actions, tasks
from mamori.rooms.disclosure.models import ProcedureReading, ProcedureVersion
from mamori.rooms.disclosure.queries import handbook as queries
from mamori.rooms.disclosure.queries.handbookpaper import file_of
from mamori.rooms.disclosure.tests.conftest import MONDAY, agent, buyer, counsel, hand, lead

pytestmark = pytest.mark.usefixtures("market_day")

type Enter = Callable[..., Client]
LATER = MONDAY + timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """Somebody of another department, at a browser and in the record."""

    client: Client
    hand: Hand

    def answers(self, code: str, *, wrong: bool = False) -> list[int]:
        """Return the right answers, or wrong ones, to what it is asked next."""
        shown = queries.procedure_of(code, MONDAY)
        asked = queries.quiz_of(self.hand, shown, queries.times_read(self.hand, code))
        return [(one.right + wrong) % len(one.answers) for one in asked]

    def reads(self, code: str, answers: list[int]) -> int:
        """Answer as a form does."""
        return actions.read_procedure(
            self.hand,
            procedure=code,
            digest=queries.procedure_of(code, MONDAY).digest,
            turn=queries.times_read(self.hand, code),
            answers=answers,
        )


@pytest.fixture
def reader(enter: Enter) -> Reader:
    client = enter(Role.READER)
    return Reader(client, hand(f"reader:{Account.objects.latest('id').pk}", Role.READER))


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


def test_a_reader_answers_and_sees_what_was_right(reader: Reader) -> None:
    wrong = reader.reads("request", reader.answers("request", wrong=True))
    page = read(reader.client, "/desk/reading/request/")
    right = reader.reads("request", reader.answers("request"))

    assert (wrong, right) == (0, 5)
    assert page.count("正しくは：") == 5
    first, second = ProcedureReading.objects.order_by("id")
    assert (first.turn, second.turn, second.asked) == (0, 1, 5)


def test_other_questions_are_asked_the_next_time(reader: Reader) -> None:
    shown = queries.procedure_of("request", MONDAY)

    first, again = queries.quiz_of(reader.hand, shown, 0), queries.quiz_of(reader.hand, shown, 0)

    assert first == again
    assert first != queries.quiz_of(reader.hand, shown, 1)
    assert first != queries.quiz_of(agent(), shown, 0)


def test_answers_that_are_missing_are_wrong_and_what_was_never_offered_too(reader: Reader) -> None:
    assert reader.reads("request", []) == 0
    assert reader.reads("request", [99] * 5) == 0
    shown = queries.procedure_of("request", MONDAY)
    assert [one.chosen for one in queries.last_answers(reader.hand, shown)] == [None] * 5


def test_what_declares_nothing_to_ask_is_simply_read(reader: Reader) -> None:
    assert reader.reads("terms", []) == 0
    reading = queries.own_readings(reader.hand, [queries.procedure_of("terms", MONDAY)])["terms"]
    assert reading.has_passed


def test_who_answers_about_what_has_changed_meanwhile_is_told_to_read_it(reader: Reader) -> None:
    digest, answers = queries.procedure_of("request", MONDAY).digest, reader.answers("request")
    actions.add_words(lead(), procedure="request", ja="まず本人確認の書類を見ます。", en="")

    with pytest.raises(actions.ProcedureChanged):
        actions.read_procedure(reader.hand, procedure="request", digest=digest, turn=0, answers=answers)
    reader.reads("request", reader.answers("request"))
    with pytest.raises(actions.ProcedureChanged):
        actions.read_procedure(
            reader.hand,
            procedure="request",
            digest=queries.procedure_of("request", MONDAY).digest,
            turn=0,
            answers=answers,
        )


def test_the_form_asks_and_records_once(reader: Reader) -> None:
    page = read(reader.client, "/desk/reading/inquiry/quiz/")
    given = dict(re.findall(r'name="(token|digest|turn)"[^>]*value="([^"]*)"', page))
    given |= {f"answer_{place}": str(answer) for place, answer in enumerate(reader.answers("inquiry"))}

    missing = reader.client.post("/desk/reading/inquiry/quiz/", given | {"answer_0": ""}, secure=True)
    first = reader.client.post("/desk/reading/inquiry/quiz/", given, secure=True)
    again = reader.client.post("/desk/reading/inquiry/quiz/", given, secure=True)

    assert missing.status_code == 422
    assert (first.status_code, again.status_code) == (302, 302)
    reading = ProcedureReading.objects.get()
    assert (reading.by, reading.right, reading.asked) == (reader.hand.by, 5, 5)
    assert "読みました" in read(reader.client, "/desk/reading/")


def test_leads_see_who_read_what_it_says_now(enter: Enter, reader: Reader) -> None:
    reader.reads("request", reader.answers("request"))
    boss = enter(Role.LEAD)
    before = read(boss, "/desk/reading/request/readers/")
    listed = read(boss, "/desk/reading/")
    actions.add_words(counsel(), procedure="request", ja="", en="In our company counsel looks first.")
    after = read(boss, "/desk/reading/request/readers/")

    assert "今の版を読み終えた人：1" in listed
    assert ("今の版" in before, "前の版" in before) == (True, False)
    assert ("今の版" in after, "前の版" in after) == (False, True)
    assert "読んだあとで変わりました" in read(reader.client, "/desk/reading/")


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


def test_what_changed_is_kept_once_and_shown(enter: Enter) -> None:
    count = tasks.note_procedures(MONDAY)
    again = tasks.note_procedures(MONDAY)
    terms.set(lead(LATER), setting=DISCLOSURE_HEARING, value=CalendarDays(21))
    changed = tasks.note_procedures(LATER + timedelta(days=1))
    page = read(enter(Role.READER), "/desk/reading/request/")

    assert (count, again, changed) == (len(procedures()), 0, 1)
    assert "<ins>" in page
    assert "21日（暦）" in page.split("<ins>", 1)[1]
    assert ProcedureVersion.objects.filter(code="request").count() == 2
    acts = [
        one.kind for one in ledger.acts_about("disclosure.procedure:all", kind="disclosure.handbook_note")
    ]
    assert len(acts) == 2


def test_only_who_works_for_the_operator_reads_and_only_heads_write(enter: Enter) -> None:
    for role in (Role.BUYER, Role.SELLER, Role.ANONYMOUS, Role.OFFICER):
        assert enter(role).get("/desk/reading/request/", secure=True).status_code in (302, 403)
    with pytest.raises(queries.NoSuchProcedure):
        actions.read_procedure(buyer(), procedure="request", digest="", turn=0, answers=[])
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(agent(), procedure="request", ja="あ", en="")
    with pytest.raises(queries.NoSuchProcedure):
        actions.note_procedures(lead())
    with pytest.raises(queries.NoSuchProcedure):
        actions.add_words(lead(), procedure="no-such", ja="あ", en="")
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
