"""What everybody reads is what a lead chose, in words written for that, without a small count or anybody's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from mamori.grammar.statechart import StepNotYours
from mamori.law.complaints import ComplaintReason
from mamori.law.insight import MonthsCompared
from mamori.rooms.insight import actions, facts
from mamori.rooms.insight.queries.improvements import read_by_everybody
from mamori.rooms.insight.tests.conftest import (
    CHANGED,
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


def compared_with(before: int, after: int, *, rest: int = 0) -> int:
    """Publish a change whose counts are these, with so many other reports in the month before."""
    reported(before, at=in_month(3))
    reported(rest, at=in_month(3), reason=ComplaintReason.PRICE)
    number = changed()
    reported(after, at=in_month(5))
    actions.compare_improvement(agent(), improvement=number, came=CAME)
    actions.publish_improvement(lead(), improvement=number, words=WORDS)
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


def test_a_small_count_is_told_to_nobody_and_neither_is_one_that_leaves_a_small_rest() -> None:
    compared_with(9, 3, rest=2)

    [read] = read_by_everybody()
    assert (read.before, read.after) == (None, None)
    assert "少数のため件数を出していません" in page()
    assert "9件" not in page()


@pytest.mark.parametrize(("before", "after", "said"), [(9, 3, "前は9件です"), (3, 9, "後は9件です")])
def test_of_two_counts_the_one_that_is_not_small_is_told(before: int, after: int, said: str) -> None:
    compared_with(before, after)

    assert said in page()
    assert "3件です" not in page()


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
