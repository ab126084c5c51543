"""Which provision a buyer's notice may rest on: who sold, what was sold, until when; what nobody has read gives no figure."""

from __future__ import annotations

import re

import pytest

from mamori.grammar.citation import Confidence
from mamori.grammar.formal import FormalNotice, Sold
from mamori.law.citations import (
    DECEIVED,
    FINAL_SCREEN,
    MISTAKEN,
    MISTOLD,
    NOT_PERFORMED,
    NOT_TO_BE_EXPECTED,
    RETURNING,
)
from mamori.law.formal import (
    CANCELLATION,
    FORMAL_NOTICES,
    GOODS,
    MINOR,
    RESCISSION,
    RETURN,
    RIGHT,
    SERVICE,
    offered,
)

PRIVATE = Sold(private=True)


def sold(*kinds: str, private: bool = False) -> Sold:
    return Sold(private=private, kinds=frozenset(kinds))


def articles(notice: FormalNotice, sale: Sold) -> list[str]:
    return [provision.citation.article for provision in notice.provisions_for(sale)]


@pytest.mark.parametrize(
    ("sale", "may"),
    [
        (Sold(), True),
        (sold(GOODS), True),
        (sold(RIGHT), True),
        (sold(SERVICE, GOODS), True),
        (sold(SERVICE, ""), True),
        (sold(SERVICE), False),
        (PRIVATE, False),
        (sold(GOODS, private=True), False),
        (sold(RIGHT, private=True), False),
    ],
)
def test_the_return_within_eight_days_is_for_goods_and_rights_that_a_business_sold(
    sale: Sold, may: bool
) -> None:
    assert (RETURNING in [provision.citation for provision in RETURN.provisions_for(sale)]) is may
    assert (RETURN in offered(sale)) is may


def test_the_last_screen_is_one_ground_and_a_false_word_elsewhere_is_another() -> None:
    [screen, mistold, deceived, mistaken] = CANCELLATION.provisions

    assert screen.citation is FINAL_SCREEN
    assert "最終確認画面" in screen.when.ja
    assert "ほかの画面や説明は含まない" in screen.when.ja
    assert mistold.citation is MISTOLD
    assert (deceived.citation.article, mistaken.citation.article) == ("96", "95")


def test_against_a_private_seller_only_the_civil_code_is_named() -> None:
    cited = {one.code: articles(one, PRIVATE) for one in FORMAL_NOTICES}

    assert cited == {
        "return": [],
        "rescission": ["541", "542"],
        "cancellation": ["96", "95"],
        "minor": ["5"],
    }
    assert offered(PRIVATE) == (RESCISSION, CANCELLATION, MINOR)


def test_a_contract_is_rescinded_after_a_demand_and_in_some_cases_without_one() -> None:
    assert [provision.citation for provision in RESCISSION.provisions] == [NOT_PERFORMED, NOT_TO_BE_EXPECTED]
    assert "求めずに解除できる" in RESCISSION.hint.ja
    assert "need not ask first" in RESCISSION.hint.en


def test_what_was_not_read_names_no_figure() -> None:
    for notice in FORMAL_NOTICES:
        for provision in notice.provisions:
            assert provision.citation.confidence is not Confidence.MEMORY
            if provision.citation in (MISTAKEN, DECEIVED):  # of these only the first paragraph was read
                assert provision.limit is None
                assert not re.search(r"[0-9０-９]", f"{provision.when}")
            if provision.limit is not None:
                assert provision.limit.citation.confidence is not Confidence.MEMORY


def test_only_the_eight_days_are_counted_and_they_stand_in_the_statute() -> None:
    counted = [provision for notice in FORMAL_NOTICES for provision in notice.provisions if provision.within]

    assert [provision.citation for provision in counted] == [RETURNING]
    assert RETURNING.confidence is Confidence.STATUTE
    assert counted[0].within is not None
    assert counted[0].within.count == 7  # days after that of receipt, which is the first


def test_cancelling_is_said_to_end_a_year_after_knowing_and_five_after_the_contract() -> None:
    limits = [provision.limit for provision in CANCELLATION.provisions[:2]]

    for limit in limits:
        assert limit is not None
        assert "1年" in limit.text.ja
        assert "5年" in limit.text.ja
    assert [limit.citation.confidence for limit in limits if limit] == [
        Confidence.SECONDARY,
        Confidence.STATUTE,
    ]
