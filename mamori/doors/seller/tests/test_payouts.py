"""The page of how a shop stands says whether its money goes where it should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mamori.doors.seller.health import of_money
from mamori.grammar.actor import Actor, Role
from mamori.ground.web.wording import Tone
from mamori.law.identification import Method, Registrant
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from tests.laid import laid
from tests.shops import put_shop

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
EARLY = NOW - timedelta(days=30)
HANAKO = Given(bank="0001", branch="001", number="1234567", holder="ヤマダ ハナコ")
TARO = Given(bank="0001", branch="001", number="7654321", holder="ヤマダ ハナコ")
STRANGER = Given(bank="0001", branch="001", number="5555555", holder="スズキ イチロウ")


def machine(at: datetime = NOW) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


@laid
def shop(db: None) -> None:
    for ref in ("S-1", "S-2"):
        put_shop(
            machine(EARLY),
            ref=ref,
            name="店",
            legal_name="山田 花子",
            legal_kana="ヤマダ ハナコ",
            registered_as=Registrant.PERSON,
            verified_by=Method.JPKI,
            verified_at=EARLY,
        )


def told() -> list[tuple[Tone, str]]:
    return [(one.tone, one.text.ja) for one in of_money("S-1")]


@pytest.mark.usefixtures("shop")
def test_where_nobody_pays_by_this_house_nothing_is_said() -> None:
    assert told() == []


@pytest.mark.usefixtures("shop")
def test_who_has_no_account_reads_so_where_others_are_paid() -> None:
    accounts.set_account(machine(), seller_ref="S-2", given=HANAKO)

    [(tone, text)] = told()

    assert tone is Tone.WARN
    assert "口座が登録されていません" in text


@pytest.mark.usefixtures("shop")
def test_an_account_that_is_fine_changes_or_is_looked_at() -> None:
    accounts.set_account(machine(EARLY), seller_ref="S-1", given=HANAKO)
    fine = told()
    accounts.set_account(machine(), seller_ref="S-1", given=TARO)
    changing = told()

    assert fine[0][0] is Tone.GOOD
    assert "すぐに止めてください" in changing[0][1]


@pytest.mark.usefixtures("shop")
def test_a_name_that_is_looked_at_and_money_that_waits_are_told() -> None:
    accounts.set_account(machine(), seller_ref="S-1", given=STRANGER)
    looked = told()
    payouts.authorize(machine(), asked=Asked("P-1", "S-1", 10_000))
    [finding] = of_money("S-1")

    assert "担当者が確かめています" in looked[0][1]
    assert "10,000円" in finding.text.ja
    assert finding.path == "/seller/payouts/"
