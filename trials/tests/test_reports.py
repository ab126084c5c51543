"""A few reports across New Year: everybody who left an address hears every decision once, and planted faults are seen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mamori.ground.clocks.models import Clock
from mamori.japan.calendar import JAPAN
from mamori.law.complaints import COMPLAINT_DANGER, COMPLAINT_DECISION, ComplaintReason, ReportedWhat
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.rules import ReportTold
from trials import reports
from trials.reports.measure import Played, open_house, played
from trials.reports.people import YEAR, Behaviour, Manner, Reporter, drawn
from trials.reports.play import anybody
from trials.sizes import sized

REPORTS, FEW = sized((60, 30), (300, 300))
LIVELY = Behaviour(danger_in_time=0.5, decided_late=0.15, asks_again=0.4)
PLANTED = (
    "planted_skipped_untold",
    "planted_swallowed_untold",
    "planted_forgotten_twice",
    "planted_calendar_wrong_due",
)
GOOD: dict[str, Any] = {
    "tellings": 9, "told": 9, "told_twice": 0, "told_early": 0, "told_wrongly": 0, "strangers": 0, "lost": 0,
    "pages_wrong": 0, "erased_too_soon": 0, "joined_wrongly": 0, "honest_refused": 0, "dangers": 3, "dangers_unheard": 0,
    "decisions_late_unheard": 0, "wrong_due": 0, "stuck": 0,
}  # fmt: skip
type Small = Callable[..., Played]


@pytest.fixture
def small(settings: Any, tmp_path: Path, db: None) -> Small:
    settings.MAMORI_MAIL = f"folder://{tmp_path / 'mail'}"
    settings.MAMORI_MAIL_FROM = "house@mamori.example.jp"

    def play(fault: str = "", count: int = REPORTS) -> Played:
        with transaction.atomic():
            found = played(reports=count, seed=46, span="turn", behaviour=LIVELY, fault=fault)
            transaction.set_rollback(True)
        return found

    return play


@pytest.mark.sized
def test_across_new_year_everybody_hears_every_decision_once_and_no_report_is_lost(small: Small) -> None:
    found = small()

    assert {name for name, is_kept in reports.kept(asdict(found)).items() if not is_kept} == set(), found
    assert found.reports == REPORTS > found.matters
    assert found.confirmed > REPORTS // 4
    assert min(found.across["new_year"], found.again, found.dangers_reminded, found.decisions_late) > 0, found


@pytest.mark.sized
@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("skipped-day", "untold"),
        ("swallowed", "untold"),
        ("forgotten", "told_twice"),
        ("open-at-new-year", "wrong_due"),
    ],
)
def test_what_is_planted_is_seen(small: Small, fault: str, seen: str) -> None:
    assert getattr(small(fault, count=FEW), seen) > 0


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        # Five business days from the day after: 28 December 2026 is a Monday, the centre is closed from the 29th to 3 January.
        ("2026-12-28T10:00", "2027-01-09T00:00"),  # 4, 5, 6, 7, 8 January
        ("2026-12-30T23:59", "2027-01-09T00:00"),  # the same: no day before the 4th counts
        ("2026-12-25T09:00", "2027-01-08T00:00"),  # the 28th, then 4, 5, 6, 7 January
        ("2027-01-04T00:00", "2027-01-13T00:00"),  # 5 to 8 and the 12th: the 11th is the Coming-of-Age Day
        # Golden Week of 2026: closed on 29 April and from Saturday 2 to Wednesday 6 May; 30 April and 1 May are business days.
        ("2026-04-28T18:00", "2026-05-12T00:00"),  # 30 April, 1, 7, 8, 11 May
        ("2026-05-02T08:00", "2026-05-14T00:00"),  # 7, 8, 11, 12, 13 May
    ],
)
def test_a_decision_is_due_on_the_day_that_a_person_counts_on_the_wall(
    db: None, reported: str, due: str
) -> None:
    open_house(datetime(2026, 4, 1, tzinfo=JAPAN), closes=True)
    at = datetime.fromisoformat(reported).replace(tzinfo=JAPAN)
    told = ReportTold(
        what=ReportedWhat.LISTING, reason=ComplaintReason.DANGEROUS, where="L-1", words="煙が出た。"
    )
    actions.report(anybody(at), told=told, secret="s" * 22, source="192.0.2.1")

    assert {one.kind: one.due_at for one in Clock.objects.filter(about__startswith="complaints.")} == {
        COMPLAINT_DECISION.code: datetime.fromisoformat(due).replace(tzinfo=JAPAN),
        COMPLAINT_DANGER.code: at + timedelta(hours=4),
    }


def test_the_year_is_drawn_with_its_seasons_floods_and_incidents_and_is_the_same_each_time() -> None:
    def year() -> list[Reporter]:
        return drawn(YEAR, reports=5_000, behaviour=Behaviour(), dice=random.Random(5))

    first, again = year(), year()
    days = Counter(one.at.astimezone(JAPAN).date() for one in first)

    assert [(one.at, one.where, one.manner) for one in first] == [
        (one.at, one.where, one.manner) for one in again
    ]
    assert (len(first), len(days)) == (5_000, 365)
    assert days[date(2026, 5, 3)] > 200
    assert Counter(one.source for one in first).most_common(1)[0][1] > 100
    assert {one.manner for one in first} == set(Manner)
    assert {one.reason for one in first} == set(ComplaintReason)


def test_a_year_in_which_somebody_is_not_told_or_is_told_twice_breaks_its_promise() -> None:
    planted: dict[str, Any] = dict.fromkeys(PLANTED, 1)
    found = reports.ReportedYear(engine="sqlite", seed=1, behaviour={}, year=GOOD, **planted)
    worse: list[dict[str, Any]] = [{"told": 8}, {"tellings": 0, "told": 0}, {"dangers": 0}]
    worse += [{name: 1} for name, value in GOOD.items() if value == 0]

    assert all(reports.promises(found).values())
    for one in worse:
        assert not all(reports.promises(replace(found, year=GOOD | one)).values()), one
    for name in PLANTED:
        missed: dict[str, Any] = {name: 0}
        assert not all(reports.promises(replace(found, **missed)).values()), name
