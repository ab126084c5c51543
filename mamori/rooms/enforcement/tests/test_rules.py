"""Bounds, points and what contact tells: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.measure import Concerns, Days, Measure, Reach, Severity
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.law.grounds import MEASURE_GROUNDS
from mamori.law.measures import (
    CLOSED,
    LISTING_HIDDEN,
    LISTING_REMOVED,
    MEASURES,
    NOTICE,
    PAYOUT_HELD,
    SUSPENDED,
)
from mamori.rooms.contact.topics import Harm
from mamori.rooms.enforcement.policy.rules import judging
from mamori.rooms.enforcement.policy.rules.judging import Points
from mamori.rooms.enforcement.policy.rules.table import History, Pair, PolicyAnswer
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Unheard

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
ANSWER = PolicyAnswer(measure="listing-hidden", days=14, points=10, row="r")


def test_measures_stand_from_the_mildest_to_the_gravest_each_once() -> None:
    gravities = [measure.gravity for measure in MEASURES]

    assert gravities == sorted(set(gravities))
    assert len({measure.code for measure in MEASURES}) == len(MEASURES)


def test_a_hold_of_money_without_an_end_and_a_measure_without_a_clause_cannot_be_declared() -> None:
    known = {"code": "x", "gravity": 1, "title": Text("x", "x"), "text": Text("x", "x")}

    with pytest.raises(ValueError, match="needs an end"):
        Measure(**known, concerns=Concerns.MONEY, clause="c")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="clause"):
        Measure(**known, concerns=Concerns.SELLER, clause="")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="bounds"):
        Days(5, 3, 9)


@pytest.mark.parametrize(
    ("measure", "days", "fits"),
    [
        (LISTING_HIDDEN, 0, False),
        (LISTING_HIDDEN, 90, True),
        (LISTING_HIDDEN, 91, False),
        (NOTICE, 0, True),
        (NOTICE, 1, False),
    ],
)
def test_days_lie_within_the_declared_bounds(measure: Measure, days: int, fits: bool) -> None:
    assert bounds.days_fit(measure, days) is fits


def test_graver_is_a_graver_measure_or_more_days_of_the_same() -> None:
    assert bounds.is_graver((("suspended", 1),), ANSWER)
    assert bounds.is_graver((("listing-hidden", 15),), ANSWER)
    assert bounds.is_graver((("listing-hidden", 14), ("new-listings-stopped", 3)), ANSWER)
    assert not bounds.is_graver((("listing-hidden", 14),), ANSWER)
    assert not bounds.is_graver((("notice", 0),), ANSWER)
    assert not bounds.is_deviation((("listing-hidden", 14),), ANSWER)
    assert bounds.is_deviation((("notice", 0),), ANSWER)
    with_it = replace(ANSWER, beside="suspended", beside_days=30)
    assert bounds.is_deviation((("listing-hidden", 14),), with_it)
    assert not bounds.is_graver((("listing-hidden", 14),), with_it)


@pytest.mark.parametrize(
    ("pair", "breach", "harm", "back"),
    [
        ((("suspended", 30),), "counterfeit", Reach.NONE, True),
        ((("listing-hidden", 90),), "dangerous-goods", Reach.DANGER, True),
        ((("listing-hidden", 14),), "display-false", Reach.DANGER, True),
        ((("listing-hidden", 14),), "display-false", Reach.MONEY, False),
        ((("listing-removed", 0), ("suspended", 30)), "counterfeit", Reach.NONE, False),
        ((("closed", 0),), "counterfeit", Reach.NONE, False),
        ((("payout-held", 30),), "counterfeit", Reach.NONE, False),
        ((("correction", 14),), "counterfeit", Reach.NONE, False),
        ((("payout-held", 30), ("suspended", 30)), "fraud", Reach.DANGER, False),
        ((("suspended", 30),), "unanswered", Reach.DANGER, False),
    ],
)
def test_nothing_dangerous_or_counterfeit_comes_back_by_a_timer(
    pair: Pair, breach: str, harm: Reach, *, back: bool
) -> None:
    assert bounds.comes_back(pair, breach, harm) is back


@pytest.mark.parametrize(
    ("breach", "severity", "harm", "history", "bears"),
    [
        ("display-false", Severity.MINOR, Reach.MONEY, History.FEW, {NOTICE}),
        ("display-false", Severity.MINOR, Reach.DANGER, History.NONE, {NOTICE, LISTING_REMOVED}),
        ("counterfeit", Severity.MINOR, Reach.NONE, History.NONE, {NOTICE, LISTING_REMOVED}),
        ("display-false", Severity.SERIOUS, Reach.NONE, History.NONE, {NOTICE, LISTING_REMOVED, SUSPENDED}),
        ("display-false", Severity.MINOR, Reach.NONE, History.SEVERAL, {NOTICE, LISTING_REMOVED, SUSPENDED}),
    ],
)
def test_a_clause_bears_its_measure_against_what_weighs_enough(
    breach: str, severity: Severity, harm: Reach, history: History, bears: set[Measure]
) -> None:
    borne = {
        one
        for one in (NOTICE, LISTING_REMOVED, SUSPENDED)
        if bounds.weighs_enough(one, breach, severity=severity, harm=harm, history=history)
    }

    assert borne == bears


def test_who_may_decide_otherwise_and_when_two_decide() -> None:
    assert bounds.may_deviate(Role.LEAD)
    assert not bounds.may_deviate(Role.AGENT)
    assert bounds.needs_second(CLOSED, graver=False, unheard=None)
    assert bounds.needs_second(NOTICE, graver=True, unheard=None)
    assert bounds.needs_second(NOTICE, graver=False, unheard=Unheard.FRAUD)
    assert bounds.needs_second(NOTICE, graver=False, unheard=Unheard.LAW)
    assert not bounds.needs_second(NOTICE, graver=False, unheard=Unheard.DANGER)
    for law in MEASURE_GROUNDS:
        assert bounds.needs_second(NOTICE, graver=False, unheard=None, ground=law.code)


@pytest.mark.parametrize(
    ("because", "harm", "ground", "role", "may"),
    [
        (Unheard.DANGER, Reach.DANGER, "", Role.AGENT, True),
        (Unheard.DANGER, Reach.MONEY, "", Role.LEAD, False),
        (Unheard.LAW, Reach.NONE, "statutory-request", Role.AGENT, True),
        (Unheard.LAW, Reach.DANGER, "", Role.LEAD, False),
        (Unheard.LAW, Reach.DANGER, "because-i-say-so", Role.LEAD, False),
        (Unheard.FRAUD, Reach.MONEY, "", Role.LEAD, True),
        (Unheard.FRAUD, Reach.MONEY, "", Role.AGENT, False),
    ],
)
def test_the_hearing_is_skipped_only_where_danger_law_or_a_deciders_word_forbids_waiting(
    because: Unheard, harm: Reach, ground: str, role: Role, may: bool
) -> None:
    assert bounds.may_skip_hearing(because, PAYOUT_HELD, harm=harm, ground=ground, role=role) is may


def test_points_count_until_they_expire_or_were_reversed() -> None:
    until = MONDAY + timedelta(days=365)
    kept = Points(points=10, at=MONDAY, until=until)
    reversed_ = Points(points=5, at=MONDAY, until=until, ended_at=MONDAY + timedelta(days=1))

    assert judging.total([kept, reversed_], MONDAY) == 15
    assert judging.total([kept, reversed_], MONDAY + timedelta(days=1)) == 10
    assert judging.total([kept, reversed_], until) == 0
    assert judging.total([kept], MONDAY - timedelta(seconds=1)) == 0


@pytest.mark.parametrize(
    ("severity", "before", "times", "after"),
    [
        (Severity.MINOR, 2, 3, Severity.MINOR),
        (Severity.MINOR, 3, 3, Severity.SERIOUS),
        (Severity.MINOR, 9, 0, Severity.MINOR),
        (Severity.SERIOUS, 9, 3, Severity.SERIOUS),
    ],
)
def test_what_comes_back_often_counts_one_band_graver(
    severity: Severity, before: int, times: int, after: Severity
) -> None:
    assert judging.severity_after(severity, before=before, times=times) is after


def test_a_seller_who_never_answered_is_in_breach_and_one_who_did_is_not() -> None:
    assert bounds.is_unanswered(None, closed=False)
    assert not bounds.is_unanswered(MONDAY, closed=False)
    assert not bounds.is_unanswered(None, closed=True)
    assert bounds.is_broken("missed")
    assert not bounds.is_broken("declined")
    assert bounds.is_refused("borne", claimed=1)
    assert not bounds.is_refused("borne", claimed=0)
    assert not bounds.is_refused("settled", claimed=100)


@pytest.mark.parametrize("harm", Harm)
def test_every_harm_of_contact_has_its_band(harm: Harm) -> None:
    assert bounds.HARMS[harm.value] in Reach
    assert bounds.SEVERITIES[harm.value] in Severity
