"""A seller finds beside how its shop stands what counts against it, what it is asked and what stands, each with its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Enter
from mamori.doors.seller.health import of_measures
from mamori.grammar.actor import Role
from mamori.ground.web.wording import Tone
from mamori.rooms.enforcement.findings import actions as findings_actions
from mamori.rooms.enforcement.measures.actions import standing as actions
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    decided,
    find,
    lead,
    shops,  # noqa: F401
)

pytestmark = pytest.mark.usefixtures("shops")


def lines(ref: str = "S-1") -> list[tuple[str, Tone, str]]:
    return [(one.about.ja, one.tone, one.text.ja) for one in of_measures(ref, MONDAY)]


def test_a_seller_without_anything_reads_that_nothing_counts() -> None:
    find()

    assert lines() == [("違反の点数", Tone.GOOD, "現在の違反点数はありません。")]


def test_a_hearing_is_shown_with_its_day_and_leads_to_its_page() -> None:
    findings_actions.ask_view(agent(), finding=find())

    [asked, _] = list(of_measures("S-1", MONDAY))

    assert (asked.about.ja, asked.tone) == ("ご意見の求め", Tone.WARN)
    assert "まだ何も決めていません" in asked.text.ja
    assert asked.path.startswith("/seller/measures/")
    assert lines("S-2")[0][1] is Tone.GOOD


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        ("listing-hidden", 14, "自動で終わります"),
        ("correction", 14, "直してください"),
        ("closed", 0, "予告しています"),
    ],
)
def test_what_stands_is_shown_with_its_end_and_points_until_when(kind: str, days: int, said: str) -> None:
    measure = decided(kind, days)
    if measure.instruction:
        answer(measure.instruction)

    [standing, points] = lines()

    assert standing[1] is Tone.WARN
    assert said in standing[2]
    assert points[1] is Tone.WARN
    assert "に消えます" in points[2]


def test_what_was_reversed_counts_no_more() -> None:
    measure = decided("notice", 0)
    assert lines()[-1][1] is Tone.WARN

    actions.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    assert lines() == [("違反の点数", Tone.GOOD, "現在の違反点数はありません。")]


def test_points_that_expired_are_not_shown() -> None:
    decided("notice", 0)

    late = MONDAY + timedelta(days=4_000)

    assert [one.tone for one in of_measures("S-1", late)][-1] is Tone.GOOD


def test_the_page_shows_them(enter: Enter) -> None:
    decided("listing-hidden", 14)

    page = enter(Role.SELLER, "seller:S-1").get("/seller/health/").content.decode()

    assert "違反の点数" in page
    assert "/seller/measures/" in page
