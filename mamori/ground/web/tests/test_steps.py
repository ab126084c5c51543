"""One question a page: asked in turn, kept sealed, changed, checked, and sent once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from mamori.grammar.hand import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.steps import Answers, Question, Steps, plain
from mamori.ground.web.wording import said

type Enter = Callable[..., Client]

SENT: list[tuple[Answers, str]] = []


class Shut(Refusal):
    """Given by the tests when nothing can be taken."""

    code = "shut-by-tests"
    status = 409
    text = Text("いまは受け付けていません。", "Nothing is taken just now.")


class What(HouseForm):
    what = forms.ChoiceField(
        label="?",
        widget=forms.RadioSelect,
        choices=[("late", said("届かない", "Late")), ("odd", said("違う", "Odd"))],
    )


class When(HouseForm):
    day = DayField(label="?")


class Words(HouseForm):
    words = forms.CharField(label=said("事情", "Words"), max_length=20)
    more = forms.CharField(label=said("追記", "More"), required=False)


def send(request: Any, answers: Answers, token: str) -> str:
    if answers["words"]["words"] == "shut":
        raise Shut
    if token not in [known for _, known in SENT]:
        SENT.append((answers, token))
    return "/done/"


STEPS = Steps(
    name="sample",
    title=Text("申し出", "Report"),
    questions=(
        Question(name="what", title=Text("何に困っていますか", "What is wrong?"), form=plain(What)),
        Question(
            name="when",
            title=Text("いつ届きましたか", "When did it come?"),
            form=plain(When),
            asked=lambda answers: answers["what"]["what"] == "odd",
        ),
        Question(name="words", title=Text("くわしく", "In your words"), form=plain(Words)),
    ),
    send=send,
    leave="/leave/",
)


@open_to(*EVERYONE)
def view(request: Any, step: str = "") -> HttpResponse:
    return STEPS.page(request, step, base="/s/")


urlpatterns = [path("s/", view), path("s/<slug:step>/", view)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client(enter: Enter) -> Client:
    SENT.clear()
    return enter(Role.BUYER, "buyer:B-1")


def go(client: Client, step: str, **data: str) -> str:
    """Answer a page and return where it leads."""
    answer = client.post(f"/s/{step}/", data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def answered(client: Client, words: str = "箱が空でした") -> str:
    """Answer everything and return the token on the page of answers."""
    go(client, "what", what="late")
    go(client, "words", words=words)
    page = client.get("/s/check/")
    return str(page.context["token"])


def test_questions_come_one_after_the_other(client: Client) -> None:
    assert client.get("/s/")["Location"] == "/s/what/"
    assert client.get("/s/words/")["Location"] == "/s/what/"
    assert client.get("/s/check/")["Location"] == "/s/what/"
    assert go(client, "what", what="odd") == "/s/when/"
    assert go(client, "when", day_year="2026", day_month="11", day_day="2") == "/s/words/"
    assert go(client, "words", words="x") == "/s/check/"


def test_a_form_without_its_token_sends_nothing_and_breaks_nothing(client: Client) -> None:
    before = client.post("/s/check/")
    answered(client)
    after = client.post("/s/check/")

    assert (before.status_code, before["Location"]) == (302, "/s/what/")
    assert after.status_code == 200
    assert SENT == []


def test_the_question_is_the_heading_and_back_leads_back(client: Client) -> None:
    first = client.get("/s/what/").content.decode()
    go(client, "what", what="late")
    second = client.get("/s/words/").content.decode()

    assert "<h1>何に困っていますか</h1>" in first
    assert 'href="/leave/"' in first
    assert "<h1>くわしく</h1>" in second
    assert 'href="/s/what/"' in second


def test_a_question_that_does_not_apply_is_not_asked(client: Client) -> None:
    assert go(client, "what", what="late") == "/s/words/"
    assert client.get("/s/when/")["Location"] == "/s/words/"


def test_a_wrong_answer_is_shown_again_with_what_to_do(client: Client) -> None:
    answer = client.post("/s/what/", {"what": "neither"})

    assert answer.status_code == 422
    assert "入力をご確認ください" in answer.content.decode()
    assert client.get("/s/")["Location"] == "/s/what/"


def test_answers_are_shown_in_words_with_a_way_to_change_them(client: Client) -> None:
    answered(client)
    page = client.get("/s/check/").content.decode()

    assert "届かない" in page
    assert "箱が空でした" in page
    assert 'href="/s/what/"' in page
    assert "late" not in page


def test_a_changed_answer_asks_what_now_applies_and_keeps_the_rest(client: Client) -> None:
    answered(client)

    assert "箱が空でした" in client.get("/s/words/").content.decode()
    assert go(client, "what", what="odd") == "/s/when/"
    assert go(client, "when", day_year="２０２６", day_month="11", day_day="2") == "/s/check/"
    page = client.get("/s/check/").content.decode()
    assert "2026年11月2日（月）" in page
    assert "箱が空でした" in page


def test_a_report_is_sent_once_however_often_it_is_pressed(client: Client) -> None:
    token = answered(client)

    first = client.post("/s/check/", {"token": token})
    again = client.post("/s/check/", {"token": token})

    assert (first["Location"], again["Location"]) == ("/done/", "/done/")
    assert [sent for _, sent in SENT] == [token]
    assert SENT[0][0] == {"what": {"what": "late"}, "words": {"words": "箱が空でした", "more": ""}}
    assert client.get("/s/")["Location"] == "/s/what/"


def test_a_page_of_answers_from_before_a_change_sends_nothing(client: Client) -> None:
    answered(client)

    answer = client.post("/s/check/", {"token": "of another time"})

    assert answer.status_code == 200
    assert SENT == []


def test_a_refusal_is_shown_above_the_answers_and_loses_nothing(client: Client) -> None:
    token = answered(client, words="shut")

    answer = client.post("/s/check/", {"token": token})

    assert answer.status_code == 409
    assert "いまは受け付けていません。" in answer.content.decode()
    go(client, "words", words="open")
    assert client.post("/s/check/", {"token": token})["Location"] == "/done/"


def test_what_waits_in_a_session_cannot_be_read_in_the_database(client: Client) -> None:
    answered(client, words="canary words")

    kept = [session.get_decoded() for session in Session.objects.all()]

    assert any(key.startswith("steps:sample") for session in kept for key in session)
    assert "canary" not in repr(kept)


def test_answers_sealed_with_a_secret_that_is_gone_are_asked_anew(client: Client) -> None:
    from django.conf import settings

    answered(client)
    session = client.session

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert client.get("/s/")["Location"] == "/s/check/"
    session["steps:sample:/s/"] = "nothing of ours"
    session.save()
    assert client.get("/s/")["Location"] == "/s/what/"


def test_somebody_who_signs_in_elsewhere_finds_nothing_of_it(client: Client, enter: Enter) -> None:
    answered(client)

    assert enter(Role.BUYER, "buyer:B-2").get("/s/check/")["Location"] == "/s/what/"
