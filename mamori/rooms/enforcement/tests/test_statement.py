"""The statement of reasons: made of the trace, complete by a check that notices whatever is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.law.breaches import BREACHES
from mamori.law.measures import MEASURES
from mamori.rooms.enforcement.measures.rules import Given, Statement, faults, statement
from mamori.rooms.enforcement.policy.rules.table import Cure, History, Situation
from mamori.rooms.enforcement.rules.bounds import Source, Unheard

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)


def given(**change: Any) -> Given:
    known: dict[str, Any] = {
        "number": 7,
        "situation": Situation(
            breach="display",
            severity=Severity.SERIOUS,
            history=History.FEW,
            cure=Cure.OPEN,
            harm=Reach.MONEY,
        ),
        "points_before": 20,
        "points": 10,
        "facts": (Text("表示がない。", "It is not shown."),),
        "source": Source.STAFF,
        "automated": False,
        "measure": "listing-hidden",
        "seller": "S-1",
        "target": "L-1",
        "row": "display-2",
        "policy": 3,
        "clause": Text("商品への措置", "Measures on listings"),
        "clause_version": 1,
        "ground": None,
        "starts_at": MONDAY,
        "ends_at": MONDAY + timedelta(days=14),
        "heard": True,
        "unheard": None,
        "deviation": False,
        "appeal_until": MONDAY + timedelta(days=180),
        "since": MONDAY - timedelta(days=3),
    }
    return Given(**known | change)


OTHER = {
    "deviation": True,
    "answered": (("notice", 0),),
    "why_other": Text("出品者が直したため。", "It was put right."),
}
HELD = {"measure": "payout-held", "target": "", "why_amount": Text("返金のため。", "For refunds.")}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.code)
@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.code)
def test_every_measure_against_every_breach_has_a_whole_statement(measure: Any, breach: Any) -> None:
    asked = given(
        measure=measure.code,
        situation=replace(given().situation, breach=breach.code),
        ends_at=MONDAY + timedelta(days=14) if measure.days else None,
        why_amount=Text("返金の見込みと同じ額のため。", "It is what buyers will have to be refunded."),
    )

    made = statement(asked)

    assert faults(asked, made) == ()
    assert all(part.text.ja.strip() and part.text.en.strip() for part in made.parts)


@pytest.mark.parametrize(
    "about",
    [
        "breach",
        "severity",
        "history",
        "cure",
        "harm",
        "fact",
        "basis",
        "measure",
        "hearing",
        "automation",
        "time",
        "appeal",
    ],
)
def test_a_statement_that_leaves_something_out_is_noticed(about: str) -> None:
    whole = statement(given())
    short = Statement(parts=tuple(part for part in whole.parts if part.about != about), dsa=whole.dsa)

    assert faults(given(), short) == (f"nothing is said of {about}",)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"facts": ()}, "no fact"),
        ({"clause": None}, "one clause or one ground, not both and not none"),
        ({"ground": Text("法第4条の要請", "article 4")}, "one clause or one ground, not both and not none"),
        ({"heard": False}, "neither heard nor a reason why not"),
        (
            {"deviation": True, "answered": (("notice", 0),)},
            "nothing is said of why it is other than the policy answers",
        ),
        ({"measure": "payout-held"}, "nothing is said of why that amount is held"),
        (
            {"measure": "payout-held", "clause": None, "ground": Text("法第4条の要請", "article 4")},
            "no clause, though money is held",
        ),
    ],
)
def test_no_clause_without_a_fact_and_no_measure_without_its_hearing(
    change: dict[str, Any], fault: str
) -> None:
    asked = given(**change)

    assert fault in faults(asked, statement(asked))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unheard": Unheard.DANGER, "heard": False}, "危険"),
        ({"measure": "notice", "heard": False}, "前もって行いません"),
        (OTHER, "基準とは別にしました"),
        (OTHER, "基準の答え「注意」のとおりにしなかった理由：出品者が直したため。"),
        (OTHER | {"answered": (("correction", 14),)}, "「是正のお願い 14日」のとおりにしなかった"),
        (HELD, "まだ支払っていない売上金の全額"),
        (HELD | {"amount": 50_000}, "上限 50,000円。この額が必要で、より少なくできない理由：返金のため。"),
        (HELD | {"ground": Text("法第4条の要請", "article 4")}, "第1版、および法第4条の要請"),
        ({"review_at": MONDAY + timedelta(days=7)}, "2026年11月23日"),
        ({"automated": True}, "そのあとは人"),
        ({"ends_at": None, "measure": "closed", "target": ""}, "終わりの定めはありません"),
        ({"clause": None, "ground": Text("法第4条の要請", "article 4")}, "法第4条の要請"),
    ],
)
def test_what_is_special_about_a_decision_is_said(change: dict[str, Any], said: str) -> None:
    made = statement(given(**change))

    assert said in "".join(part.text.ja for part in made.parts)


def test_a_closing_that_does_not_say_its_days_of_notice_is_noticed() -> None:
    asked = given(measure="closed", target="", ends_at=None)
    made = statement(asked)
    silent = Statement(parts=tuple(part for part in made.parts if part.about != "notice"), dsa=made.dsa)

    assert faults(asked, made) == ()
    assert "nothing is said of the notice before it" in faults(asked, silent)


def test_no_points_are_not_spoken_of() -> None:
    assert statement(given(points=0)).part("points") is None


def test_who_was_not_waited_for_and_spoke_before_the_decision_reads_both() -> None:
    asked = given(unheard=Unheard.FRAUD)
    made = statement(asked)

    assert faults(asked, made) == ()
    hearing = made.part("hearing")
    assert hearing is not None
    assert "期限を待たずに判断しましたが" in hearing.ja
    assert "What you gave before the decision was taken into account." in hearing.en
    late = statement(given(unheard=Unheard.FRAUD, heard=False)).part("hearing")
    assert "You were not heard first" in str(late) or "先にご意見を伺いませんでした" in str(late)


LAW = {"clause": None, "ground": Text("法第4条の要請", "article 4")}


def test_what_rests_on_the_law_says_on_which_document() -> None:
    named, silent = given(**LAW, document="第7号"), given(**LAW)

    assert faults(named, statement(named)) == ()
    assert "（文書：第7号）" in str(statement(named).part("basis"))
    assert faults(silent, statement(silent)) == ("no document that the ground rests on",)
