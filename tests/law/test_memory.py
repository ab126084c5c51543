"""Nothing that was only remembered of the law is on a page for everybody."""

from __future__ import annotations

from dataclasses import replace

from mamori.grammar.citation import Citation, Confidence
from mamori.grammar.text import Text
from mamori.law.article5 import ELEMENTS, SELLER_ITEMS
from mamori.law.breaches import BREACHES
from mamori.law.citations import ARRIVAL
from mamori.law.clauses import CLAUSES
from mamori.law.consents import CONSENTS
from mamori.law.display import ITEMS
from mamori.law.duties import DUTIES
from mamori.law.formal import FORMAL_NOTICES
from mamori.law.help import HELP_PAGES
from mamori.law.practices import PRACTICES
from mamori.law.roads import POLICE, ROADS
from tests.journeys.plain import unfit
from tests.law.remembered import remembered, unread

FOR_EVERYBODY = (
    HELP_PAGES,
    FORMAL_NOTICES,
    ARRIVAL,
    ROADS,
    POLICE,
    DUTIES,
    PRACTICES,
    CONSENTS,
    CLAUSES,
    ELEMENTS,
    SELLER_ITEMS,
    ITEMS,
    BREACHES,
)
"""What is declared and stands on pages for everybody."""
UNREAD_LAW = Citation(Text("ある法律", "Some Act"), "7", Confidence.MEMORY)


def test_nothing_that_everybody_reads_rests_on_memory() -> None:
    assert remembered(*FOR_EVERYBODY) == []


def test_a_planted_source_that_nobody_read_is_found_wherever_it_lies() -> None:
    page = HELP_PAGES[0]
    planted = replace(page, parts=(*page.parts, replace(page.parts[0], cites=(UNREAD_LAW,))))

    assert remembered(planted, replace(ROADS[0], citation=UNREAD_LAW)) == ["Some Act, art. 7"]


def test_a_page_with_a_place_to_be_filled_or_an_unread_source_is_found() -> None:
    source = min(unread())

    assert unfit("注文 {order} について", is_public=False) == ["a place that nothing fills: {order}"]
    assert unfit("決めた人 staff:desk-9、条項 listing-measures", is_public=False) == [
        "a code: staff:desk-9",
        "a code: listing-measures",
    ]
    assert unfit(f"根拠：{source}", is_public=True) == [f"from memory: {source}"]
    assert unfit(f"根拠：{source}。波かっこは {{ }} です。", is_public=False) == []
