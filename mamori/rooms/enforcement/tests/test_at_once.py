"""Closing without the days before it: on the listed grounds only, by two people, and the reasons say why."""

from __future__ import annotations

import pytest

from mamori.grammar.refusal import Refusal
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import spoken
from mamori.law.grounds import WITHOUT_WAITING
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.models import Measure
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    HINDERS,
    MONDAY,
    agent,
    counsel,
    decided,
    heard,
    lead,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def closing(at_once: str) -> Wish:
    return wish("closed", 0, at_once=at_once)


def at_once(ground: str) -> Measure:
    """Let a lead close an account without the days before it, and counsel approve."""
    number = deciding.decide(lead(), finding=heard(origin="test:once"), wish=closing(ground))
    deciding.approve(counsel(), measure=number)
    return Measure.objects.get(pk=number)


@pytest.mark.parametrize("ground", ["organised-crime", "required-by-law", "fraud-or-security"])
def test_an_account_is_closed_at_once_on_a_listed_ground_and_its_reasons_say_so(ground: str) -> None:
    measure = at_once(ground)

    assert (measure.state, measure.starts_at, measure.at_once) == ("ordered", MONDAY, ground)
    made = statements.read(measure)
    assert made is not None
    told = made.part("notice")
    assert told is not None
    assert "30日の期間を置かずに始めます" in told.ja
    assert next(one.title.en for one in WITHOUT_WAITING if one.code == ground) in told.en


def test_who_is_told_only_after_it_began_is_told_so_why_and_nothing_of_days_ahead() -> None:
    at_once("fraud-or-security")

    told = outbox.notices(to="seller:S-1", limit=1)[0]
    assert told.template == "enforcement.decided_at_once"
    for words in ("「利用契約の終了」を始めました", "不正・セキュリティ上の危険", "始めてからお知らせします"):
        assert words in told.body["ja"]
    for words in ("has begun: account closed", "fraud or a danger to security", "after it began"):
        assert words in told.body["en"]
    assert f"開始：{spoken(MONDAY).ja}" in told.body["ja"]
    made = statements.read(Measure.objects.get())
    assert made is not None
    assert "お知らせした開始の日" not in str(made.part("measure"))


def test_a_repeated_breach_is_a_ground_only_while_the_record_shows_it() -> None:
    finding = heard(origin="test:once")

    def close() -> int:
        return deciding.decide(lead(), finding=finding, wish=closing("repeat-breach"))

    with pytest.raises(Refusal) as nothing_before:
        close()
    undone = decided("notice", 0, origin="test:undone")
    standing.lift(lead(), measure=undone.pk, because=Ended.MISTAKE, reason="違う店")
    with pytest.raises(Refusal) as taken_back:
        close()
    decided("notice", 0, origin="test:before")

    assert {nothing_before.value.code, taken_back.value.code} == {"must-wait"}
    assert Measure.objects.get(pk=close()).at_once == "repeat-breach"


def test_repetition_alone_shortens_no_notice_and_the_seller_reads_how_it_hinders() -> None:
    decided("notice", 0, origin="test:before")
    finding = heard(origin="test:once")

    with pytest.raises(Refusal) as unsaid:
        deciding.decide(
            lead(), finding=finding, wish=wish("closed", 0, at_once="repeat-breach", hinders=None)
        )
    number = deciding.decide(lead(), finding=finding, wish=closing("repeat-breach"))
    deciding.approve(counsel(), measure=number)

    assert unsaid.value.code == "hindrance-unsaid"
    made = statements.read(Measure.objects.get(pk=number))
    assert made is not None
    told = made.part("notice")
    assert told is not None
    assert f"運営への支障：{HINDERS.ja}" in told.ja
    assert HINDERS.en in told.en


def test_of_other_grounds_nobody_asks_how_they_hinder_and_nothing_of_it_is_told() -> None:
    measure = at_once("organised-crime")

    made = statements.read(measure)
    assert made is not None
    assert HINDERS.ja not in str(made.part("notice"))


@pytest.mark.parametrize(
    ("measure", "days", "ground"),
    [("closed", 0, "milder"), ("closed", 0, "statutory-request"), ("suspended", 30, "organised-crime")],
)
def test_what_is_not_listed_for_a_measure_does_not_shorten_its_notice(
    measure: str, days: int, ground: str
) -> None:
    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=heard(), wish=wish(measure, days, at_once=ground))

    assert refused.value.code == "must-wait"
    assert not Measure.objects.exists()


def test_an_agent_gives_no_ground_for_haste_and_nobody_gives_it_alone() -> None:
    finding = heard()
    with pytest.raises(Refusal) as refused:
        deciding.decide(agent(), finding=finding, wish=closing("organised-crime"))
    number = deciding.decide(lead(), finding=finding, wish=closing("organised-crime"))

    assert refused.value.code == "other-than-table"
    assert Measure.objects.get(pk=number).state == "proposed"


def test_an_account_is_otherwise_closed_thirty_days_after_it_was_announced() -> None:
    measure = decided("closed", 0)

    assert (measure.state, measure.at_once) == ("announced", "")
    assert outbox.notices(to="seller:S-1", limit=1)[0].template == "enforcement.decided"
    made = statements.read(measure)
    assert made is not None
    assert "30日前" in str(made.part("notice"))
