"""One question a page: asked in turn, kept sealed, changed, checked, and sent once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from mamori.grammar.actor import Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.web.access import EVERYONE, open_to
from mamori.ground.web.forms import DayField, HouseForm
from mamori.ground.web.sessions import KEPT, SessionStore
from mamori.ground.web.steps import Answers, Question, Steps, plain
from mamori.ground.web.wording import said

type Enter = Callable[..., Client]

SENT: list[tuple[Answers, str]] = []
NOTES: dict[str, str] = {}


class Shut(Refusal, code="shut-by-tests", status=409):
    """Given by the tests when nothing can be taken."""

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


def stop(request: Any, form: Any, answers: Answers, back: str) -> HttpResponse | None:
    return HttpResponse("stopped") if form.cleaned_data["words"] == "stop" else None


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
        Question(name="words", title=Text("くわしく", "In your words"), form=plain(Words), between=stop),
    ),
    send=send,
    given=lambda request: {"what": {"what": [request.GET["what"]]}} if "what" in request.GET else {},
    above=lambda request, answers: NOTES.get("above", ""),
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
    NOTES.clear()
    return enter(Role.BUYER, "buyer:B-1")


def go(client: Client, step: str, draft: str = "", **data: str) -> str:
    """Answer a page of a draft and return where it leads, without the draft's name."""
    answer = client.post(f"/s/{step}/{draft}", data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).partition("?")[0]


def begun(client: Client, what: str) -> str:
    """Begin another draft, and return how addresses name it."""
    page = client.get("/s/what/?draft=new")
    answer = client.post("/s/what/?draft=new", {"token": page.context["token"], "what": what})
    return "?" + str(answer["Location"]).partition("?")[2]


def form(client: Client, draft: str = "") -> dict[str, str]:
    """Return what the page of answers sends."""
    page = client.get(f"/s/check/{draft}")
    return {name: str(page.context[name]) for name in ("token", "shown")}


def answered(client: Client, words: str = "箱が空でした") -> dict[str, str]:
    """Answer everything and return what the page of answers sends."""
    go(client, "what", what="late")
    go(client, "words", words=words)
    return form(client)


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
    assert after.status_code == 409
    assert "内容が変わりました（?、事情、追記）" in after.content.decode()
    assert SENT == []


def test_the_question_is_the_heading_and_back_leads_back(client: Client) -> None:
    first = client.get("/s/what/").content.decode()
    go(client, "what", what="late")
    second = client.get("/s/words/").content.decode()

    assert "<h1>何に困っていますか</h1>" in first
    assert 'href="/leave/"' in first
    assert "<h1>くわしく</h1>" in second
    assert 'name="left">戻る</button>' in second
    assert go(client, "words", left="") == "/s/what/"


def test_going_back_keeps_what_is_not_finished_and_says_nothing_of_errors(client: Client) -> None:
    go(client, "what", what="late")
    page = client.get("/s/words/")
    back = client.post("/s/words/", {"token": page.context["token"], "more": "まだ途中", "left": ""})

    assert go(client, "what", "?" + back["Location"].partition("?")[2], what="late") == "/s/words/"
    again = client.get("/s/words/")
    assert again.status_code == 200
    assert "まだ途中" in again.content.decode()
    assert 'class="fault"' not in again.content.decode()


def test_what_was_left_is_looked_at_before_it_is_an_answer(client: Client) -> None:
    go(client, "what", what="late")
    go(client, "words", words="stop", left="")

    assert client.get("/s/check/")["Location"] == "/s/words/"
    assert client.post("/s/words/", {"words": "stop"}).content == b"stopped"


def test_a_page_carries_no_answers_unless_it_says_so(client: Client) -> None:
    go(client, "what", what="late")

    assert 'name="sealed"' not in client.get("/s/words/").content.decode()


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
    assert re.search(r'href="/s/what/\?draft=[0-9a-f-]{36}"', page)
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
    sends = answered(client)

    first = client.post("/s/check/", sends)
    again = client.post("/s/check/", sends)

    assert (first["Location"], again["Location"]) == ("/done/", "/done/")
    assert [sent for _, sent in SENT] == [sends["token"]]
    assert SENT[0][0] == {"what": {"what": "late"}, "words": {"words": "箱が空でした", "more": ""}}
    assert client.get("/s/")["Location"] == "/s/what/"
    assert client.get(f"/s/words/?draft={sends['token']}")["Location"].startswith("/s/what/")


def test_a_form_of_a_draft_that_is_gone_sends_nothing_else_in_its_place(client: Client) -> None:
    answered(client)

    answer = client.post("/s/check/", {"token": "of another time"})

    assert (answer.status_code, answer["Location"]) == (302, "/s/what/")
    assert SENT == []


def test_what_was_changed_in_another_tab_is_shown_before_it_is_sent(client: Client) -> None:
    shown = answered(client)
    go(client, "words", f"?draft={shown['token']}", words="別の言葉")

    stopped = client.post("/s/check/", shown)
    page = stopped.content.decode()
    nothing = list(SENT)
    sent = client.post("/s/check/", {name: str(stopped.context[name]) for name in ("token", "shown")})

    assert stopped.status_code == 409
    assert "内容が変わりました（事情、追記）" in page
    assert "別の言葉" in page
    assert nothing == []
    assert sent["Location"] == "/done/"
    assert SENT[0][0]["words"]["words"] == "別の言葉"


@pytest.mark.parametrize(("was", "now"), [("本文の一", "本文の二"), ("", "本文の二")])
def test_a_text_that_is_made_otherwise_by_now_is_shown_before_it_is_sent(
    client: Client, was: str, now: str
) -> None:
    NOTES["above"] = was
    shown = answered(client)
    NOTES["above"] = now

    stopped = client.post("/s/check/", shown)

    assert stopped.status_code == 409
    assert "内容が変わりました（下に示す文章）" in stopped.content.decode()
    assert SENT == []


def test_a_question_that_was_shown_and_is_no_longer_asked_is_shown_too(client: Client) -> None:
    go(client, "what", what="odd")
    go(client, "when", day_year="2026", day_month="11", day_day="2")
    go(client, "words", words="x")
    shown = form(client)
    more = shown | {"shown": shown["shown"] + " gone:0000"}

    assert client.post("/s/check/", more).status_code == 409
    assert client.post("/s/check/", shown)["Location"] == "/done/"


def test_two_drafts_never_fill_each_other(client: Client) -> None:
    first, second = begun(client, "late"), begun(client, "late")
    go(client, "words", first, words="一つめ")
    go(client, "words", second, words="二つめ")

    one, two = form(client, first), form(client, second)
    client.post("/s/check/", one)
    client.post("/s/check/", two)

    assert one["token"] != two["token"]
    assert [answers["words"]["words"] for answers, _ in SENT] == ["一つめ", "二つめ"]


def test_two_tabs_that_begin_at_once_are_two_drafts(client: Client) -> None:
    tabs = [client.get("/s/what/").context["token"] for _ in range(2)]

    led = [client.post("/s/what/", {"token": tab, "what": "late"})["Location"] for tab in tabs]

    assert led == [f"/s/words/?draft={tab}" for tab in tabs]


def test_a_link_to_something_else_begins_empty_and_offers_the_draft(client: Client) -> None:
    sends = answered(client)

    same = client.get("/s/?what=late")
    other = client.get("/s/?what=odd")
    page = client.get("/s/when/?what=odd").content.decode()
    unknown = client.get("/s/?what=neither")

    assert same["Location"] == "/s/check/?what=late"
    assert "前に書きかけた内容の続きです" in client.get(same["Location"]).content.decode()
    assert other["Location"] == "/s/when/?what=odd"
    assert "まだ送っていない書きかけがあります" in page
    assert f'<a href="/s/?draft={sends["token"]}">届かない / 箱が空でした</a>' not in page
    assert f'<a href="/s/?draft={sends["token"]}">届かない</a>' in page
    assert "箱が空でした" not in page
    assert unknown["Location"] == "/s/what/?what=neither"


def test_who_goes_on_unasked_may_begin_anew(client: Client) -> None:
    shown = answered(client)

    page = client.get("/s/check/").content.decode()
    named = client.get(f"/s/check/?draft={shown['token']}").content.decode()
    anew = client.get("/s/words/?draft=new")

    assert 'href="/s/?draft=new">新しく書きはじめる' in page
    assert "新しく書きはじめる" not in named
    assert anew["Location"] == "/s/what/?draft=new"


def test_no_more_than_a_few_drafts_are_kept_and_the_oldest_goes_first(client: Client) -> None:
    names = [begun(client, "late") for _ in range(KEPT + 1)]

    gone, kept = (client.get(f"/s/words/{name}") for name in (names[0], names[1]))

    assert gone.status_code == 302
    assert kept.status_code == 200


def test_an_answer_that_comes_before_its_turn_is_kept_for_who_begins_once_more(client: Client) -> None:
    early = client.post("/s/words/", {"words": "先に"})
    draft = "?" + str(early["Location"]).partition("?")[2]

    assert early["Location"].startswith("/s/what/?draft=")
    assert go(client, "what", draft, what="late") == "/s/check/"
    assert client.post("/s/nothing/?draft=new", {"words": "x"})["Location"] == "/s/what/?draft=new"
    assert client.post("/s/words/?draft=new", {"words": ""})["Location"] == "/s/what/?draft=new"


def test_a_refusal_is_shown_above_the_answers_and_loses_nothing(client: Client) -> None:
    sends = answered(client, words="shut")

    answer = client.post("/s/check/", sends)

    assert answer.status_code == 409
    assert "いまは受け付けていません。" in answer.content.decode()
    go(client, "words", f"?draft={sends['token']}", words="open")
    assert client.post("/s/check/", form(client))["Location"] == "/done/"


def test_what_waits_in_a_session_cannot_be_read_in_the_database(client: Client) -> None:
    answered(client, words="canary words")

    kept = [SessionStore().decode(session.session_data) for session in Session.objects.all()]

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
