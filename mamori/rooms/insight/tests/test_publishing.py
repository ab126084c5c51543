"""What everybody reads is what a lead chose, in words written for that, without a small count or anybody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from mamori.grammar.statechart import StepNotYours
from mamori.law.insight import MonthsCompared
from mamori.rooms.insight import actions, facts
from mamori.rooms.insight.facts import read_by_everybody
from mamori.rooms.insight.tests.conftest import (
    CHANGED,
    COUNTERFEITS,
    NOON,
    SEEN,
    WORDS,
    agent,
    changed,
    in_month,
    lead,
    noted,
    one,
    reported,
)

PAGE = "/improvements/"
CAME = "部内の言葉で書いた結果。"


def page(language: str = "ja") -> str:
    answer = Client(headers={"accept-language": language}).get(PAGE, secure=True)
    return answer.content.decode()


def compared_with(before: int, after: int, *, figure: str = COUNTERFEITS) -> int:
    """Publish a change whose counts are these."""
    reported(before, at=in_month(3))
    reported(after, at=in_month(5))
    return published(figure=figure)


def published(now: datetime = NOON, **more: Any) -> int:
    """Publish a change, with what was counted before and after it."""
    number = changed(**more)
    actions.compare_improvement(agent(now), improvement=number, came=CAME)
    actions.publish_improvement(lead(now), improvement=number, words=WORDS)
    return number


def test_everybody_reads_what_was_seen_changed_and_counted_and_nothing_of_who_owns_it() -> None:
    number = compared_with(9, 6)

    [read] = read_by_everybody()
    assert (read.before, read.after, read.is_counted, read.is_compared) == (9, 6, True, True)
    told = page()
    assert WORDS.seen in told
    assert WORDS.changed in told
    assert "9件" in told
    assert "6件" in told
    for inside in (SEEN, CHANGED, CAME, "佐藤", "agent:1", one(number).title):
        assert inside not in told
    assert WORDS.seen_en in page("en")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [(9, 3, "前は9件、後は少数のため出しません"), (3, 9, "前は少数のため出しません、後は9件")],
)
def test_of_two_counts_the_one_that_is_not_small_is_told(before: int, after: int, said: str) -> None:
    compared_with(before, after)

    assert said in page()
    assert "3件" not in page()


@pytest.mark.parametrize(
    "figure", ["of=reports", "of=troubles", "of=reports&category=x", f"{COUNTERFEITS}&what=listing"]
)
def test_a_part_is_not_told_beside_another_and_no_count_beside_one_of_another_definition(figure: str) -> None:
    compared_with(9, 6, figure=figure)

    [read] = read_by_everybody()
    assert (read.is_told, read.before, read.after) == (False, None, None)
    assert "件数は出していません" in page()
    assert 'href="/measures/"' in page()


def test_one_month_and_three_side_by_side_tell_no_small_month_between_them() -> None:
    for month, count in ((1, 9), (2, 3), (3, 8), (4, 6)):
        reported(count, at=in_month(month))
    day = date(2026, 4, 20)
    published(on=day, months=MonthsCompared.ONE, now=in_month(9))
    published(on=day, months=MonthsCompared.THREE, now=in_month(9))

    three, one_ = read_by_everybody()

    assert one_.said[0].en == "8"
    assert three.said[0].en == "18 or more"
    assert three.before is None


def test_a_month_is_told_as_it_was_counted_first_however_often_it_is_compared() -> None:
    compared_with(9, 6)
    reported(2, at=in_month(3))

    published()

    assert {read.before for read in read_by_everybody()} == {9}


def test_words_that_name_a_few_are_not_published() -> None:
    number = compared_with(9, 3)

    with pytest.raises(actions.WordsTellFew):
        actions.publish_improvement(
            lead(), improvement=number, words=replace(WORDS, came="3件に減りました。", came_en="Fewer came.")
        )


def test_what_is_not_compared_yet_says_from_when_on_and_what_is_not_counted_says_so() -> None:
    waits = changed(on=date(2026, 6, 1), months=MonthsCompared.ONE, at=NOON)
    words = changed(figure="")
    actions.compare_improvement(agent(), improvement=words, came=CAME)
    for number in (waits, words):
        actions.publish_improvement(
            lead(), improvement=number, words=replace(WORDS, came="減りました。", came_en="Fewer.")
        )

    assert "2026年7月31日" in page()
    assert "件数はありません" in page()
    assert "減りました。" in page()
    assert "Fewer." in page("en")


def test_nothing_is_public_that_no_lead_chose() -> None:
    changed()

    assert read_by_everybody() == ()
    assert "まだありません" in page()
    with pytest.raises(StepNotYours):
        actions.publish_improvement(agent(), improvement=changed(), words=WORDS)


def test_only_where_something_was_changed_is_there_anything_to_publish() -> None:
    with pytest.raises(actions.NothingToRead):
        actions.publish_improvement(lead(), improvement=noted(), words=WORDS)


def test_what_came_of_it_is_read_in_both_languages_or_in_neither() -> None:
    with pytest.raises(actions.BothLanguages):
        actions.publish_improvement(lead(), improvement=changed(), words=replace(WORDS, came="減った。"))


def test_its_words_are_written_anew_and_it_keeps_its_place() -> None:
    number = changed()
    actions.publish_improvement(lead(), improvement=number, words=WORDS)
    actions.publish_improvement(
        lead(in_month(6, 16)), improvement=number, words=replace(WORDS, seen="別の文。")
    )

    assert one(number).published_at == NOON
    assert "別の文。" in page()
    assert WORDS.seen not in page()


def test_it_is_withdrawn_by_a_lead_and_gone_at_once() -> None:
    number = changed()
    actions.publish_improvement(lead(), improvement=number, words=WORDS)
    with pytest.raises(actions.StillPublic):
        actions.drop_improvement(agent(), improvement=number, reason="もうよい。")
    with pytest.raises(StepNotYours):
        actions.withdraw_improvement(agent(), improvement=number, reason="まちがい。")

    actions.withdraw_improvement(lead(), improvement=number, reason="まちがい。")

    assert WORDS.seen not in page()
    with pytest.raises(actions.NotPublic):
        actions.withdraw_improvement(lead(), improvement=number, reason="まちがい。")
    actions.drop_improvement(agent(), improvement=number, reason="もうよい。")


def test_the_measure_runs_from_when_something_was_first_noted() -> None:
    assert facts.first_noted_at() is None
    noted(NOON)
    noted(in_month(5))

    assert facts.first_noted_at() == in_month(5)
