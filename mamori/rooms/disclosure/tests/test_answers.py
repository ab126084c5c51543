"""Answers on practices: published by two, or by one after a day and saying so; what is not done is told nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.ground.people.models import Account
from mamori.law.guideline import HEADINGS, UNREAD
from mamori.law.practices import PRACTICES
from mamori.rooms.disclosure.editions import actions as editions_actions, queries as editions
from mamori.rooms.disclosure.measures import actions as measures_actions, queries as measures_queries
from mamori.rooms.disclosure.measures.queries import BY_DUTY, OUTLINES, duty_of, headings
from mamori.rooms.disclosure.measures.rules import AnswerFault, AnswerSaid, AnswerSays, faults
from mamori.rooms.disclosure.models import PracticeAnswer
from mamori.rooms.disclosure.tests.conftest import DAY, agent, counsel, lead
from mamori.rooms.disclosure.tests.measured import AFTER, half_counted, opened
from mamori.rooms.disclosure.tests.test_pages import read, send, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff")]
NOW = datetime.now(UTC) - timedelta(hours=1)
AGO = NOW - 40 * DAY
WORDS: Mapping[str, Any] = {
    "words_ja": "四半期ごとに消費者庁と意見を交わしています。",
    "words_en": "We meet the Consumer Affairs Agency every quarter.",
    "since_on": date(2024, 4, 1),
    "shown": "会議の記録（2024年4月から）",
    "link": "https://market.example/meetings",
}
OWN = {"title_ja": "研修", "title_en": "Training"}


def proposed(by: Actor | None = None, practice: str = "P10", **more: Any) -> int:
    said = dict(WORDS) | more
    return measures_actions.propose_answer(by or lead(AGO), practice=practice, **said)


def published(practice: str = "P10", at: datetime = AGO, **more: Any) -> int:
    number = proposed(lead(at), practice, **more)
    measures_actions.publish_answer(counsel(at), answer=number)
    return number


def alone() -> None:
    """Let nobody but the lead be there."""
    Account.objects.exclude(role=Role.LEAD.value).update(is_active=False)


@pytest.fixture
def anybody(enter: Enter) -> Client:
    return enter(Role.ANONYMOUS)


def test_what_is_done_elsewhere_stands_in_the_operators_words_once_another_person_published_it(
    anybody: Client,
) -> None:
    number = proposed()
    before = read(anybody, "/measures/")
    with pytest.raises(measures_actions.AnswerNeedsAnother):
        measures_actions.publish_answer(lead(AGO + 2 * DAY), answer=number)
    measures_actions.publish_answer(counsel(AGO), answer=number)

    page, sent = read(anybody, "/measures/"), measures_queries.text_now(NOW)
    complaints = page[page.index('id="complaints"') : page.index('id="identity"')]

    assert 'id="P10"' not in before
    for said in ("行政機関と定期的に意見を交わす", WORDS["words_ja"], "2024年4月1日", WORDS["shown"]):
        assert said in complaints
    assert f'href="{WORDS["link"]}"' in complaints
    assert "一人で公表" not in page
    assert WORDS["words_ja"] in sent.ja[sent.ja.index("第3条第1項第2号") : sent.ja.index("第3条第1項第3号")]
    assert WORDS["words_en"] in sent.en


def test_a_house_of_one_person_publishes_after_a_day_and_the_page_says_so(anybody: Client) -> None:
    alone()
    number = proposed()

    with pytest.raises(measures_actions.AloneTooSoon) as refused:
        measures_actions.publish_answer(lead(AGO + DAY - timedelta(minutes=1)), answer=number)
    measures_actions.publish_answer(lead(AGO + DAY), answer=number)

    assert "一人で公表できます" in refused.value.sentence.ja
    assert "書いた人が一人で公表しました" in read(anybody, "/measures/")


def test_what_is_answered_as_not_done_leaves_the_page_and_the_text_for_jomc(anybody: Client) -> None:
    before = read(anybody, "/measures/")
    published("P12", says=AnswerSays.NOT_DONE)

    assert 'id="P12"' in before
    assert 'id="P12"' not in read(anybody, "/measures/")
    assert OUTLINES["P12"].does.ja[:20] not in measures_queries.text_now(NOW).ja


def test_what_runs_here_keeps_its_heading_beside_what_is_done_elsewhere(anybody: Client) -> None:
    published("P17", words_ja="別の仕組みで書類を受け取っています。")

    page = read(anybody, "/measures/")
    line = page[page.index('id="P17"') : page.index('id="P18"')]

    assert "出品者をいつ、どの方法で本人と確かめたかを記録する" in line
    assert "運営者がほかの手段で行っていること" in line
    assert "別の仕組みで書類を受け取っています。" in line


@pytest.mark.parametrize("code", sorted(code for code, one in measures_queries.BY_CODE.items() if one.runs))
def test_what_is_done_elsewhere_alone_is_headed_by_no_more_than_could_run_here(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(code)
    monkeypatch.setattr(measures_queries, "is_on", lambda outline, at: False)

    [told] = [one for one in measures_queries.measures(NOW).of_practices if one.code == code]

    assert told.outline is None
    assert told.heading == told.practice.runs != told.practice.text


def test_since_when_something_is_done_here_is_said_by_an_answer(anybody: Client) -> None:
    opened(AGO)
    published("P06", says=AnswerSays.HERE, since_on=date(2021, 4, 5))

    assert "2021年4月5日" in read(anybody, "/measures/")


def test_a_newer_answer_replaces_the_one_before_and_one_waits_at_a_time() -> None:
    first = published()
    second = proposed(counsel(AGO + DAY))
    with pytest.raises(measures_actions.AnswerWaitsAlready):
        proposed(lead(AGO + DAY))
    measures_actions.publish_answer(lead(AGO + DAY), answer=second)

    told = measures_queries.measures(NOW).of_practices
    before = measures_queries.measures(AGO + timedelta(hours=1)).of_practices

    assert PracticeAnswer.objects.get(pk=first).state == "replaced"
    assert [one.answer.id for one in told if one.answer] == [second]
    assert [one.answer.id for one in before if one.answer] == [first]


def test_false_words_are_taken_back_by_one_person_at_once(anybody: Client) -> None:
    number = published()
    measures_actions.withdraw_answer(lead(AGO + DAY), answer=number, reason="会議をやめた。")

    assert 'id="P10"' not in read(anybody, "/measures/")


def test_what_is_done_besides_has_a_title_and_no_number_of_a_practice(anybody: Client) -> None:
    published("", at=AGO, **OWN, words_ja="年に2回<script>alert(1)</script>")
    published("", at=AGO, **OWN)

    page = read(anybody, "/measures/")

    assert page.count("<h3>研修</h3>") == 2
    assert "<script>alert" not in page
    assert "研修" not in measures_queries.text_now(NOW).ja


def test_an_edition_tells_what_was_answered_in_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    half_counted()
    known = {one.month: one.counts for one in measures_queries.published_months()}
    monkeypatch.setattr(measures_queries, "count", lambda month: dict(known[month]))
    published("P10", at=AFTER - 90 * DAY)
    published("", at=AFTER - 90 * DAY, **OWN)
    late = published("P15", at=AFTER)
    number = editions_actions.draft_edition(lead(AFTER), half="2026-1")

    told = {one["code"]: one for one in editions.edition_of(counsel(AFTER), number).told["measures"]}

    assert WORDS["words_ja"] in told["P10"]["text"]["ja"]
    assert told["P10"]["since"] == "2024-04-01"
    assert [one["title"]["en"] for code, one in told.items() if code.startswith("own-")] == ["Training"]
    assert "P15" not in told
    assert late


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"words_ja": " "}, measures_actions.AnswerUnsaid),
        ({"words_en": ""}, measures_actions.AnswerUnsaid),
        ({"since_on": None}, measures_actions.AnswerUndated),
        ({"since_on": NOW.date() + 3 * DAY}, measures_actions.DayToCome),
        ({"shown": ""}, measures_actions.AnswerUnproved),
        ({"link": "http://market.example/"}, measures_actions.LinkNotHttps),
        ({"link": "https://market example/"}, measures_actions.LinkNotHttps),
        ({"link": "javascript:alert(1)"}, measures_actions.LinkNotHttps),
        ({"says": AnswerSays.HERE}, measures_actions.NotDoneHere),
        ({"practice": ""}, measures_actions.AnswerUnsaid),
        ({"practice": "P99"}, measures_queries.NoSuchPracticeAnswer),
        ({"by": agent(AGO)}, measures_queries.NoSuchPracticeAnswer),
    ],
)
def test_an_answer_without_words_day_or_proof_is_refused(
    more: Mapping[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        proposed(**dict(more))
    assert not PracticeAnswer.objects.exists()


def test_nobody_but_leads_and_counsel_decides_on_answers_and_an_old_page_changes_nothing() -> None:
    number = proposed()

    for who, answer in ((agent(AGO), number), (counsel(AGO), number + 1)):
        with pytest.raises(measures_queries.NoSuchPracticeAnswer):
            measures_actions.publish_answer(who, answer=answer)
    with pytest.raises(Refusal, match=r"[Ss]omebody|changed"):
        measures_actions.drop_answer(counsel(AGO), answer=number, reason="もう要らない。", version=7)
    measures_actions.drop_answer(counsel(AGO), answer=number, reason="もう要らない。", version=0)
    assert PracticeAnswer.objects.get().state == "dropped"


def test_each_fault_is_named_beside_the_field_that_has_it() -> None:
    empty = AnswerSaid(practice="", says=AnswerSays.ELSEWHERE, link="ftp://x.example")
    names = ("title_ja", "title_en", "words_ja", "words_en")

    found = list(faults(empty, runs=False, today=NOW.date()))

    assert found == [
        *((name, AnswerFault.NO_WORDS) for name in names),
        ("since_on", AnswerFault.NO_DAY),
        ("shown", AnswerFault.NO_PROOF),
        ("link", AnswerFault.NOT_HTTPS),
    ]
    assert not list(
        faults(AnswerSaid(practice="P10", says=AnswerSays.NOT_DONE), runs=False, today=NOW.date())
    )
    assert {one.text.ja for one in AnswerSays}


def test_pages_of_staff_ask_refuse_beside_the_field_and_publish(enter: Enter) -> None:
    lead_, counsel_ = enter(Role.LEAD), enter(Role.COUNSEL, stepped_up=True)
    day = {"since_on_year": "2024", "since_on_month": "4", "since_on_day": "1"}
    given = {name: value for name, value in WORDS.items() if name != "since_on"} | {"says": "elsewhere"}

    refused = send(lead_, "/desk/editions/P10/", **(given | {"shown": "", "link": "http://a.example"}))
    kept = send(lead_, "/desk/editions/P10/", **given, **day)
    number = PracticeAnswer.objects.get().pk
    waits = read(counsel_, "/desk/editions/guideline/")
    own = read(lead_, f"/desk/editions/answers/{number}/")
    done = send(counsel_, f"/desk/editions/answers/{number}/publish/")
    back = send(lead_, f"/desk/editions/answers/{number}/withdraw/", reason="やめた。")
    other = send(lead_, "/desk/editions/own/", **OWN, **given, **day)

    assert refused.status_code == 422
    for name in ("shown", "link", "since_on"):
        assert refused.context["form"].has_error(name)
    assert not refused.context["form"].non_field_errors()
    assert "別の人の確認を待ちます" in text(kept)
    assert f"/desk/editions/answers/{number}/" in waits
    assert "別の責任者か法務担当の確認が要ります" in own
    assert "公表しました" in text(done)
    assert "公表をやめました" in text(back)
    assert other.status_code == 200
    assert lead_.get("/desk/editions/P99/", secure=True).status_code == 404
    for path in ("publish", "nothing"):
        assert lead_.get(f"/desk/editions/answers/999/{path}/", secure=True).status_code in (302, 404)


def test_one_who_is_alone_reads_from_when_on_it_can_be_published(enter: Enter) -> None:
    client = enter(Role.LEAD)
    send(client, "/desk/editions/P10/", says="not-done")
    answer = PracticeAnswer.objects.get()
    Account.objects.exclude(pk=answer.proposed_by.removeprefix("staff:")).update(is_active=False)

    page = read(client, f"/desk/editions/answers/{answer.pk}/")

    assert "一人で公表できます" in page


def test_every_practice_that_serves_an_item_stands_under_one_heading_of_it() -> None:
    named = [(one.duty, code) for one in HEADINGS for code in one.practices]

    assert {code for _, code in named} == {one.code for one in PRACTICES if one.duty}
    assert len(named) == len({code for _, code in named})
    for duty, code in named:
        practice = next(one for one in PRACTICES if one.code == code)
        assert BY_DUTY[duty_of(practice)].citation == BY_DUTY[duty].citation
    assert len({one.title for one in headings(NOW)}) == len(HEADINGS) + 1


def test_the_page_of_headings_says_on_top_that_the_notice_was_not_read(enter: Enter) -> None:
    page = read(enter(Role.COUNSEL), "/desk/editions/guideline/")

    assert page.index("<h1") < page.index(UNREAD.ja) < page.index('<h2 id="heading-1"')
    assert "告示の文言ではありません" in page
    assert "チャット" in page[page.index("ないもの：") :]
