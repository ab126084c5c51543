"""What hinders a seller is settled for each matter, told in the same act, and read in one look."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.grammar.clearance import Doing, Hinders, Vouches
from mamori.grammar.text import Text
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market, facts
from mamori.ground.market.actions import SellerLine
from mamori.ground.market.facts import ClearanceFact, PayoutClearance
from mamori.ground.market.models import Impediment
from mamori.ground.matters.settlement import settle
from mamori.ground.outbox.models import Event
from mamori.japan.calendar import JAPAN

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
HOUR = timedelta(hours=1)
MATTER, OTHER = "room.matter:1", "room.matter:2"


@pytest.fixture(autouse=True)
def shops() -> None:
    for ref in ("S-1", "S-2"):
        market.put_seller(machine(), SellerLine(ref=ref, name="店"))


def machine() -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=MONDAY, via="test")


def stops(what: Doing = Doing.LISTING, code: str = "stopped", **more: object) -> Hinders:
    known: dict[str, object] = {
        "seller": "S-1",
        "todo": Text("お待ちください。", "Please wait."),
        "since": MONDAY,
    }
    return Hinders(what, code, Text("出品できません。", "Nothing may be listed."), **known | more)  # type: ignore[arg-type]


def put(*said: Hinders | Vouches, about: str = MATTER, at: datetime = MONDAY) -> None:
    market.settle_clearance({about: said}, at=at)


def now(at: datetime = MONDAY, ref: str = "S-1", listing: str = "") -> ClearanceFact:
    found = facts.clearance(ref, at=at, listing=listing)
    assert found is not None
    return found


def news() -> list[dict[str, str]]:
    events = Event.objects.filter(kind="market.clearance_changed").order_by("pk")
    told = [json.loads(event.body)["data"] for event in events]
    return [
        {name: one[name] for name in ("seller_ref", "what", "category", "listing") if one[name]}
        for one in told
    ]


def test_a_seller_of_whom_nothing_is_said_may_list_and_nobody_knows_whether_it_is_paid() -> None:
    found = now()

    assert (found.may_sell, found.may_list, found.closed_categories) == (True, True, ())
    assert found.payout is PayoutClearance.NOT_TOLD
    assert found.may_list_in("nobody ever declared this")


def test_nobody_told_of_a_seller_and_what_can_be_no_reference_is_answered_by_nothing() -> None:
    assert facts.clearance("S-9", at=MONDAY) is None
    assert facts.clearance("S-1\0", at=MONDAY) is None
    assert facts.clearance("S-1", at=MONDAY, listing="L\0") is None


def test_what_hinders_is_put_up_once_told_once_and_taken_away_when_it_is_not_said_any_more() -> None:
    put(stops())
    put(stops(), at=MONDAY + HOUR)
    stopped, told = now(), news()

    put(at=MONDAY + 2 * HOUR)

    assert (stopped.may_list, stopped.may_sell) == (False, True)
    assert told == [{"seller_ref": "S-1", "what": "listing"}]
    assert now().may_list
    assert news() == told * 2


def test_one_matter_takes_away_nothing_that_another_says() -> None:
    put(stops())
    put(stops(), about=OTHER)

    put()

    assert not now().may_list


def test_what_is_said_otherwise_takes_the_place_of_what_was_said_and_is_told_once() -> None:
    put(stops())
    put(stops(until=MONDAY + HOUR))

    assert [row.until for row in Impediment.objects.all()] == [MONDAY + HOUR]
    assert len(news()) == 2


def test_what_no_row_dates_stands_since_it_was_first_said() -> None:
    put(stops(since=None))
    put(stops(since=None), at=MONDAY + HOUR)

    assert [one.since for one in now(MONDAY + HOUR).hindrances] == [MONDAY]


def test_what_ended_hinders_no_more_and_what_is_to_come_not_yet_whatever_clocks_have_fired() -> None:
    put(stops(since=MONDAY + HOUR, until=MONDAY + 2 * HOUR))

    assert now(MONDAY + HOUR - timedelta(seconds=1)).may_list
    assert not now(MONDAY + HOUR).may_list
    assert now(MONDAY + 2 * HOUR).may_list


def test_what_is_to_come_is_told_by_the_act_that_settles_it_then() -> None:
    put(stops(since=MONDAY + HOUR))
    before = news()
    put(stops(since=MONDAY + HOUR), at=MONDAY + HOUR)
    begun = news()
    put(stops(since=MONDAY + HOUR), at=MONDAY + 2 * HOUR)

    assert (before, len(begun), len(news())) == ([], 1, 1)


def test_what_never_began_goes_unheard() -> None:
    put(stops(since=MONDAY + HOUR))
    put()

    assert news() == []
    assert not Impediment.objects.exists()


def test_a_closed_category_closes_no_other_and_a_stopped_listing_no_other() -> None:
    put(
        stops(Doing.CATEGORY, category="食品"),
        stops(Doing.OFFER, listing="L-1"),
        stops(Doing.OFFER, "hidden", listing="L-2"),
    )

    found = now(listing="L-1")

    assert (found.may_list, found.closed_categories) == (True, ("食品",))
    assert (found.may_list_in("食品"), found.may_list_in("衣類")) == (False, True)
    assert (found.may_offer("L-1"), now(listing="L-3").may_offer("L-3")) == (False, True)
    assert [one.listing for one in found.hindrances] == ["", "L-1"]


def test_who_may_not_sell_may_not_list_anything_either() -> None:
    put(stops(Doing.SELLING))

    found = now(listing="L-1")

    assert (found.may_sell, found.may_list) == (False, False)
    assert not found.may_list_in("食品")
    assert not found.may_offer("L-1")


def test_money_is_clear_only_where_somebody_answers_for_it_and_nothing_hinders_it() -> None:
    said = []
    for some in (
        [stops(Doing.PAYOUT)],
        [Vouches(Doing.PAYOUT, seller="S-1")],
        [Vouches(Doing.PAYOUT, seller="S-1"), stops(Doing.PAYOUT, in_part=True)],
        [Vouches(Doing.PAYOUT, seller="S-1"), stops(Doing.PAYOUT, in_part=True), stops(Doing.PAYOUT, "all")],
        [stops(Doing.PAYOUT, in_part=True)],
    ):
        put(*some)
        said.append(now().payout)

    assert said == [
        PayoutClearance.HELD,
        PayoutClearance.CLEAR,
        PayoutClearance.PART,
        PayoutClearance.HELD,
        PayoutClearance.NOT_TOLD,
    ]


def test_what_is_undone_leaves_neither_row_nor_news() -> None:
    with transaction.atomic():
        put(stops())
        transaction.set_rollback(True)

    assert now().may_list
    assert news() == []


def test_the_answer_is_one_indexed_read_however_much_is_said() -> None:
    put(*(stops(Doing.OFFER, listing=f"L-{number}") for number in range(300)), stops())
    put(*(stops(code=f"c{number}", seller="S-2") for number in range(50)), about=OTHER)

    with CaptureQueriesContext(connection) as made:
        found = now(listing="L-7")

    assert [one.listing for one in found.hindrances] == ["", "L-7"]
    (said,) = made.captured_queries
    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        if not is_sqlite:
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + said["sql"])
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "market_impediment_sellers" in plan


def test_a_matter_that_hinders_without_being_said_to_is_a_bug() -> None:
    with pytest.raises(ValueError, match="are not said to"):
        settle({MATTER: [stops()]}, at=MONDAY, why="did")
    settle({MATTER: [stops()]}, at=MONDAY, why="did", hindering=[MATTER])
    settle({MATTER: []}, at=MONDAY, why="did")
    kept = now().may_list

    settle({MATTER: []}, at=MONDAY, why="did", hindering=[MATTER])

    assert not kept
    assert now().may_list


def test_who_was_erased_may_do_nothing() -> None:
    ledger.shred(machine(), subject="seller:S-1", reason="test")

    stood = now()

    assert (stood.may_sell, stood.payout) == (False, PayoutClearance.HELD)
    assert market.close_erased("seller:S-1", MONDAY, 9) == 0
    assert market.close_erased("buyer:B-1", MONDAY, 9) == market.close_erased("seller:S-9", MONDAY, 9) == 0
    assert now(ref="S-2").may_sell
