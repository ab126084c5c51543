"""What an authority may rest a request on, what follows from it, and which accidents are serious ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from mamori.grammar.businesstime import add
from mamori.grammar.citation import Confidence
from mamori.japan.calendar import japanese_calendar
from mamori.law.accidents import MAKER_MUST_REPORT, Hurt, is_serious
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.requests import (
    REQUEST_BASES,
    REQUEST_PLEDGE,
    REQUEST_STATUTE,
    RequestAbout,
    RequestBasis,
)

JAPAN = timezone(timedelta(hours=9))


def test_every_basis_is_declared_and_those_under_a_statute_are_exactly_the_grounds_of_measures() -> None:
    assert set(REQUEST_BASES) == set(RequestBasis)
    assert tuple(one.ground for one in RequestBasis if one.ground) == MEASURE_GROUNDS


def test_only_a_request_under_a_statute_takes_away_liability_and_nothing_rests_on_memory() -> None:
    assert {one for one in RequestBasis if one.immunity} == {one for one in RequestBasis if one.is_statutory}
    from_memory = {one for one in RequestBasis if one.rule.citation.confidence is Confidence.MEMORY}
    assert from_memory == {RequestBasis.HEALTH}
    assert not RequestBasis.HEALTH.is_statutory


def test_a_governor_may_ask_too_and_that_it_is_published_is_read_of_no_law_on_medicines() -> None:
    assert "都道府県知事" in RequestBasis.MEDICINES.rule.text.ja
    assert {one for one in RequestBasis if one.is_statutory and not one.may_publish} == {
        RequestBasis.MEDICINES
    }


def test_each_basis_has_its_own_clock_and_what_is_only_for_information_has_none() -> None:
    assert {one for one in RequestBasis if one.deadline is None} == {RequestBasis.INFORMATION}
    assert {one for one in RequestBasis if one.deadline is REQUEST_PLEDGE} == {RequestBasis.PLEDGE}
    assert not REQUEST_PLEDGE.fixed
    assert REQUEST_PLEDGE.citation.confidence is Confidence.OFFICIAL
    assert REQUEST_STATUTE.citation.confidence is Confidence.PRACTICE


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        (datetime(2026, 12, 3, 9, 0, tzinfo=JAPAN), date(2026, 12, 7)),
        (datetime(2026, 12, 3, 23, 59, tzinfo=JAPAN), date(2026, 12, 7)),
        (datetime(2026, 12, 5, 9, 0, tzinfo=JAPAN), date(2026, 12, 8)),
    ],
    ids=["Thursday", "late on Thursday", "Saturday"],
)
def test_day_one_is_the_business_day_after_the_request(asked: datetime, last: date) -> None:
    for deadline in (REQUEST_PLEDGE, REQUEST_STATUTE):
        due = add(asked, deadline.duration, japanese_calendar())

        assert (due.at - timedelta.resolution).date() == last


def test_what_is_told_of_a_display_rests_on_our_own_terms() -> None:
    told = {one for one in RequestBasis if one.rule.about is RequestAbout.DISPLAY and not one.is_statutory}

    assert told == {
        RequestBasis.COMMERCE,
        RequestBasis.MISLEADING,
        RequestBasis.HEALTH,
        RequestBasis.USED_GOODS,
    }
    assert all("免責はない" in one.rule.text.ja for one in told)


@pytest.mark.parametrize(
    ("hurt", "fire", "serious"),
    [
        (Hurt.NONE, False, False),
        (Hurt.MINOR, False, False),
        (Hurt.GRAVE, False, True),
        (Hurt.DEATH, False, True),
        (Hurt.NONE, True, True),
    ],
)
def test_an_accident_is_serious_by_thirty_days_of_treatment_a_death_or_a_fire(
    hurt: Hurt, fire: bool, serious: bool
) -> None:
    assert is_serious(hurt, fire=fire) is serious


def test_the_makers_ten_days_are_told_and_are_no_clock_of_ours() -> None:
    assert "10日以内" in MAKER_MUST_REPORT.ja
    assert "does not bind the marketplace" in MAKER_MUST_REPORT.en
