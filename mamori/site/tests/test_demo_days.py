"""The demo's story ends before now on whatever day it is played, on business days alone, and its house is made once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mamori.japan.calendar import JAPAN, japanese_calendar
from mamori.site.demo import course, stage

WRITTEN = (
    *(f"2026-11-{day}" for day in (16, 17, 18, 19, 20, 24, 25, 26, 27, 30)),
    *(f"2026-12-{day:02}" for day in (1, 2, 3, 4, 7, 8, 9, 11, 14, 15, 16, 17, 18, 21)),
    *("2027-01-12", "2027-02-01", "2027-02-02", "2027-02-15", "2027-03-02"),
)


@pytest.fixture
def playing(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    course.half.cache_clear()


@pytest.mark.parametrize("year", [2025, 2027, 2031])
def test_on_every_day_of_a_year_the_story_keeps_its_order_and_is_over(
    playing: pytest.MonkeyPatch, year: int
) -> None:
    for nth in range(365):
        now = datetime(year, 1, 1, 0, 1, tzinfo=JAPAN) + timedelta(days=nth)
        playing.setattr(course, "NOW", now)
        course.half.cache_clear()

        played = [course.moment(f"{day}T18:00") for day in WRITTEN]

        assert played == sorted(set(played)), now
        assert played[-1] < now < played[-1] + timedelta(days=190)
        assert all(japanese_calendar().why_closed(day.date()) is None for day in played)
        assert course.half().until + timedelta(days=30) < course.moment("2027-02-01T00:00") + timedelta(
            days=1
        )
        assert course.month("2026-12") < course.month("2027-02")


def test_every_order_of_the_sample_is_made_before_now_and_those_of_the_story_before_it() -> None:
    orders = list(course.market(Path(stage.__file__).parents[3] / "examples" / "market" / "orders.ndjson"))
    begins = course.moment("2026-11-16T00:00")

    assert len(course.ordered(orders, None, course.NOW)) == 1200
    assert len(course.ordered([one for one in orders if '"ref":"O-000001"' in one], None, begins)) == 1
    assert course.ordered(orders, begins, course.NOW) + course.ordered(orders, None, begins)


def test_a_house_is_kept_for_as_long_as_its_day_address_and_code_stay(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    (home / "keys").mkdir(parents=True)
    (home / "mamori.sqlite3").write_text("as it was made")

    assert stage.kept(home, "today") == ""
    stage.keep(home, "today", "the story")
    (home / "mamori.sqlite3").write_text("as somebody left it")

    assert stage.kept(home, "today") == "the story"
    assert (home / "mamori.sqlite3").read_text() == "as it was made"
    assert stage.kept(home, "tomorrow") == ""
    assert not (home / stage.MADE).exists()


def test_what_a_house_is_made_of_changes_with_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAMORI_ORIGIN", "http://localhost:8000")
    (tmp_path / "mamori").mkdir()
    (tmp_path / "mamori" / "one.py").write_text("1")
    before = stage.key_of(tmp_path, "ja")

    (tmp_path / "mamori" / "two.html").write_text("2")

    assert stage.key_of(tmp_path, "en") != stage.key_of(tmp_path, "ja") != before
    assert stage.key_of(tmp_path, "ja") == stage.key_of(tmp_path, "ja")
