"""By what a warning reaches a buyer first is known before it is written."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from mamori.ground.market import actions as market
from mamori.ground.market.lines import BuyerLine
from mamori.ground.outbox import actions as outbox
from mamori.ground.post import facts
from mamori.ground.post.tests.conftest import LEAD, MACHINE, NOON
from mamori.ground.terms import actions as terms
from mamori.law.settings import LETTERS_ON

pytestmark = pytest.mark.django_db
BUYERS = ("W-1", "W-2", "W-3", "GONE")


@pytest.fixture(autouse=True)
def known(db: None, settings: Settings) -> None:
    settings.MAMORI_MAIL = "folder:///nowhere"
    market.put_buyer(
        MACHINE, BuyerLine(ref="W-1", name="一", mail="w@example.jp", address="100-0001 千代田区1")
    )
    market.put_buyer(MACHINE, BuyerLine(ref="W-2", name="二", address="100-0001 千代田区1"))
    market.put_buyer(MACHINE, BuyerLine(ref="W-3", name="三", phone="090-0000-0000"))


def reached() -> list[str]:
    found = facts.warned_by(BUYERS, NOON)
    return [found[ref] for ref in BUYERS]


def test_by_mail_else_by_letter_else_by_nothing() -> None:
    assert reached() == ["mail", "letter", "nobody", "nobody"]


def test_where_no_letters_are_written_an_address_is_of_no_use() -> None:
    terms.set(LEAD, setting=LETTERS_ON, value=False)

    assert reached() == ["mail", "nobody", "nobody", "nobody"]


def test_whoever_is_reached_by_the_marketplace_alone_is_told_apart() -> None:
    outbox.add_endpoint(LEAD, url="https://shop.example/hooks", kinds=["notice"])

    assert reached() == ["mail", "letter", "market", "market"]


def test_where_no_mail_leaves_the_house_nobody_is_reached_by_us(settings: Settings) -> None:
    settings.MAMORI_MAIL = ""

    assert reached() == ["nobody"] * 4
