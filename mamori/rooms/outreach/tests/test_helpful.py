"""What readers say of the help is counted once for a visit, and nobody is remembered; lessons are begun from, never published."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.ground.ledger.models import Act
from mamori.law.help import HelpfulWord
from mamori.law.lessons import LESSONS
from mamori.rooms.display.tests.test_pages import read
from mamori.rooms.outreach import actions
from mamori.rooms.outreach.models import Announcement, HelpfulDay
from mamori.rooms.outreach.rules import promises
from mamori.rooms.outreach.tests import conftest
from mamori.rooms.outreach.tests.test_help_pages import WORDS, published

pytestmark = pytest.mark.django_db
PAGE = "/guide/after-a-report/"


def say(client: Client, path: str = PAGE, **told: Any) -> str:
    return str(conftest.take(client, f"{path}helpful/", **told).content.decode())


def counted() -> list[tuple[str, str, int]]:
    return list(HelpfulDay.objects.order_by("id").values_list("page", "said", "count"))


def test_what_a_reader_says_is_counted_for_the_day_and_nothing_else_is_kept(enter: Enter) -> None:
    acts = Act.objects.count()

    thanked = say(enter(), said="yes")
    say(enter(), said="not-there")
    say(enter(), said="yes")

    assert "ありがとうございます" in thanked
    assert "お答えをいただきました" in thanked
    assert counted() == [("after-a-report", "yes", 2), ("after-a-report", "not-there", 1)]
    assert {field.name for field in HelpfulDay._meta.fields} == {
        "id",
        "page",
        "version",
        "on",
        "said",
        "count",
    }
    assert Act.objects.count() == acts


def test_a_visit_is_counted_once_for_a_page_however_often_it_says_so(enter: Enter) -> None:
    visitor = enter()
    form = visitor.get(f"{PAGE}helpful/", secure=True).context
    sent = {"token": form["token"], "said": "yes"}
    other = visitor.get(f"{PAGE}helpful/", secure=True).context["token"]

    for token in (sent["token"], sent["token"], other):
        answer = visitor.post(f"{PAGE}helpful/", sent | {"token": token}, secure=True)
        assert answer.status_code == 302

    assert counted() == [("after-a-report", "yes", 1)]
    assert visitor.get(f"{PAGE}helpful/", secure=True).headers["Location"] == PAGE
    assert "このページは役に立ちましたか" in read(visitor, "/guide/before-buying/")


@pytest.mark.parametrize("said", ["", "no such word", "<script>", "役に立った" * 999])
def test_words_that_are_not_offered_are_not_taken(enter: Enter, said: str) -> None:
    shown = say(enter(), said=said)

    assert "エラー" in shown
    assert "<script>alert" not in shown
    assert counted() == []


def test_an_articles_edition_is_counted_by_itself_and_a_withdrawn_one_asks_nothing(enter: Enter) -> None:
    number = published(enter)
    say(enter(), f"/guide/articles/{number}/", said="unclear")
    take_back = {"reason": "古くなりました"}

    conftest.take(enter(Role.LEAD), f"/desk/announcements/{number}/withdraw/", **take_back)

    row = HelpfulDay.objects.get()
    assert (row.page, row.version, row.count) == (f"articles/{number}", "1", 1)
    assert enter().get(f"/guide/articles/{number}/helpful/", secure=True).status_code == 404
    assert enter().get("/guide/nothing/helpful/", secure=True).status_code == 404
    assert "役に立ちましたか" not in read(enter(), f"/guide/articles/{number}/")


def test_staff_read_how_often_what_was_said_of_which_version(enter: Enter) -> None:
    number = published(enter)
    say(enter(), said="wrong")
    say(enter(), f"/guide/articles/{number}/", said="yes")
    actions.say_helpful(conftest.machine(), of=actions.HelpVersion("gone-page", "1"), said=HelpfulWord.NO)

    shown = unescape(read(enter(Role.AGENT), "/desk/help/answers/"))
    narrowed = unescape(read(enter(Role.AGENT), "/desk/help/answers/?said=wrong"))

    for words in (
        "困りごとを伝えたあと、どうなりますか",
        WORDS["title"],
        "gone-page",
        "まちがっていると思う",
    ):
        assert words in shown
    assert WORDS["title"] not in narrowed


def test_a_day_is_one_in_japan() -> None:
    late = Actor(
        by="anonymous", role=Role.ANONYMOUS, at=datetime(2026, 11, 29, 15, 1, tzinfo=UTC), via="test"
    )

    actions.say_helpful(late, of=actions.HelpVersion("payouts", "1"), said=HelpfulWord.YES)

    assert HelpfulDay.objects.get().on == date(2026, 11, 30)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.slug)
def test_an_article_begins_from_a_lesson_and_is_published_by_another_person(
    enter: Enter, lesson: Any
) -> None:
    form = enter(Role.AGENT).get(f"/desk/help/write/?from={lesson.slug}", secure=True).context["form"]

    assert form.initial["body"] == lesson.body.ja
    assert lesson.title.ja in read(enter(Role.AGENT), "/desk/help/")
    assert not Announcement.objects.exists()
    number = published(enter, **form.initial)
    shown = read(enter(), f"/guide/articles/{number}/")
    assert lesson.title.ja in shown
    assert 'href="tel:188"' in shown
    assert "印刷する" in shown


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.slug)
def test_a_lesson_promises_nothing_that_would_need_a_ground(lesson: Any) -> None:
    texts = (lesson.title.ja, lesson.body.ja, lesson.title.en, lesson.body.en)

    assert [one.said for one in promises(*texts)] == []
    assert "188" in lesson.body.ja


def test_a_lesson_that_is_not_there_leaves_the_form_empty(enter: Enter) -> None:
    form = enter(Role.AGENT).get("/desk/help/write/?from=nothing", secure=True).context["form"]

    assert form.initial == {}
