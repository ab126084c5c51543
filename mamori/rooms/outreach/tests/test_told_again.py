"""Nobody is left out by the order of a database; the same is told again only where somebody says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from mamori.ground.market import facts as market
from mamori.ground.market.models import Seller
from mamori.ground.terms import actions as terms
from mamori.law.outreach import ARTICLE5, CAMPAIGNS, OUTREACH_HOURLY, Audience
from mamori.rooms.outreach.campaigns import actions
from mamori.rooms.outreach.lifecycle import CampaignState
from mamori.rooms.outreach.tests.conftest import (
    MONDAY,
    drafted,
    hear,
    lead,
    notices,
    one,
    ring,
    shop,
    shops_told,
    started,
    told_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops")]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hourly(most: int, at: datetime = MONDAY) -> None:
    terms.set(lead(at), setting=OUTREACH_HOURLY, value=most)


def by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database order references as a collation of people does: a, B, c."""

    def selling(*, after: str, limit: int) -> tuple[str, ...]:
        refs = sorted(Seller.objects.values_list("ref", flat=True), key=str.lower)
        return tuple(ref for ref in refs if ref.lower() > after.lower())[:limit]

    monkeypatch.setattr(market, "selling", selling)


def test_nobody_is_left_out_however_the_database_orders_references(monkeypatch: pytest.MonkeyPatch) -> None:
    by_letter(monkeypatch)
    hourly(20)
    for letter in "aBcD":
        shops_told(20, letter)
    number = started()

    ring(MONDAY + 9 * HOUR)

    assert one(number).found == len(told_of(number)) == 82
    assert one(number).state == CampaignState.STANDING


def test_nobody_is_left_out_by_the_collation_of_a_server() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite orders by bytes")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute('ALTER TABLE market_seller ALTER COLUMN ref TYPE varchar(64) COLLATE "en-US-x-icu"')
    hourly(20)
    for letter in "aBcD":
        shops_told(20, letter)
    number = started()

    ring(MONDAY + 9 * HOUR)

    assert one(number).found == len(told_of(number)) == 82


def test_the_same_is_told_again_only_where_somebody_says_that_it_shall_be() -> None:
    first = started()
    actions.finish_campaign(lead(), campaign=first, reason="終える。")
    shop("S-9", False)
    second, third = drafted(at=MONDAY + DAY), drafted(Audience.LACKING, at=MONDAY + DAY)
    assert [one(number).told_before for number in (second, third)] == [2, 2]

    for number in (second, third):
        with pytest.raises(actions.ToldBefore):
            actions.start_campaign(lead(MONDAY + DAY), campaign=number, reason="知らせる。")
    actions.start_campaign(lead(MONDAY + DAY), campaign=second, reason="毎年知らせる。", again=True)
    hear(MONDAY + DAY)

    assert told_of(second) == ["S-1", "S-2", "S-9"]


def test_who_was_told_by_another_after_it_was_counted_is_not_told_again_unasked() -> None:
    second = drafted()
    first = started()
    assert one(second).told_before == 0
    actions.finish_campaign(lead(), campaign=first, reason="終える。")

    with pytest.raises(actions.ToldBefore):
        actions.start_campaign(lead(), campaign=second, reason="知らせる。")


def test_what_is_resumed_tells_nobody_whom_another_told_meanwhile() -> None:
    hourly(20)
    shops_told(30)
    first = started()
    actions.stop_campaign(lead(), campaign=first, reason="様子を見る。")
    second = started(Audience.UNTOLD, MONDAY + HOUR)
    assert len(told_of(second)) == 12
    actions.finish_campaign(lead(MONDAY + HOUR), campaign=second, reason="終える。")

    actions.resume_campaign(lead(MONDAY + HOUR), campaign=first, reason="続ける。")
    hear(MONDAY + HOUR)

    assert len(told_of(first)) == 20
    assert one(first).state == CampaignState.STANDING


def test_what_is_declared_no_more_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    hourly(20)
    shops_told(30)
    number = started()
    monkeypatch.delitem(CAMPAIGNS, ARTICLE5.code)  # type: ignore[arg-type]

    shop("S-9", False, MONDAY + HOUR)
    ring(MONDAY + 30 * DAY)
    assert len(told_of(number)) == 20
    assert notices("S-9") == []

    actions.stop_campaign(lead(), campaign=number, reason="もう知らせない。")
    with pytest.raises(actions.NoSuchCampaign):
        actions.resume_campaign(lead(), campaign=number, reason="続ける。")
