"""An accident is one road: it begins by itself or by a call, and each of its steps is taken by a person."""

from __future__ import annotations

import pytest

from mamori.ground.market import actions as market
from mamori.ground.market.actions import Item, OrderLine
from mamori.ground.outbox.models import Notice
from mamori.law.accidents import Hurt, ToldHow, ToldWhom
from mamori.law.clarifications import AskedWhat, AskedWhom
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.alerts import facts as alerts
from mamori.rooms.contact.alerts.actions import say_hurt
from mamori.rooms.contact.models import AlertedBuyer
from mamori.rooms.contact.topics import Harm
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.clarifications.actions import ToClarify
from mamori.rooms.safety.accidents import actions, queries
from mamori.rooms.safety.accidents.matter import about, said_of
from mamori.rooms.safety.models import Accident
from mamori.rooms.safety.tests.happened import (  # noqa: F401
    BURNT,
    DAY,
    HOUR,
    MONDAY,
    WHY,
    agent,
    asks,
    buyer,
    enter,
    hear,
    in_trouble,
    lead,
    machine,
    market_day,
    row,
    told,
    warn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("market_day")]

# It begins.


def test_what_was_heard_by_telephone_is_entered_sealed_and_nobody_is_told() -> None:
    before = Notice.objects.count()

    number = enter(lot="A-17")

    one = row(number)
    assert (one.listing_ref, one.seller_ref, one.hurt, one.fire) == ("L-1", "S-1", "minor", False)
    assert said_of(one).lot == "A-17"
    assert "やけど".encode() not in bytes(one.said or b"")
    assert [report.source for report in one.reports.all()] == ["telephone"]
    assert asks(number) == {"step"}
    assert Notice.objects.count() == before


def test_a_second_call_about_the_same_goods_is_added_to_the_open_one_and_gravity_only_rises() -> None:
    number = enter(hurt=Hurt.GRAVE)

    assert enter(hurt=Hurt.NONE, fire=True, what="床がこげた。") == number

    one = row(number)
    assert (one.hurt, one.fire, one.is_serious) == ("grave", True, True)
    assert said_of(one).what == "手にやけどをした。\n床がこげた。"
    assert one.reports.count() == 2


def test_goods_that_nobody_knows_have_no_accident() -> None:
    with pytest.raises(actions.NoSuchGoods):
        enter("L-404")
    assert not Accident.objects.exists()


def test_a_trouble_with_injury_or_fire_enters_one_that_asks_for_a_look_and_another_trouble_does_not() -> None:
    number = in_trouble(Harm.MONEY, "ふたが閉まりません。")
    assert not Accident.objects.exists()

    contact.raise_harm(buyer(), trouble=number, said="煙が出て、やけどをしました。")
    hear(MONDAY)

    one = row(Accident.objects.get().pk)
    assert (one.hurt, one.fire) == ("unknown", False)
    assert asks(one.pk) == {"look", "step"}
    assert [report.about for report in one.reports.all()] == [f"contact.trouble:{number}"]
    assert not Notice.objects.filter(template__startswith="safety.").exists()
    assert enforcement.hidden_by("L-1") is None
    assert one.alert is None


def test_an_order_of_several_goods_does_not_tell_which_and_its_trouble_stays_where_it_is() -> None:
    items = tuple(Item(listing=ref, price=4_800) for ref in ("L-1", "L-2"))
    market.put_order(
        machine(MONDAY - DAY),
        OrderLine(
            ref="O-1", buyer="B-1", seller="S-1", items=items, amount=9_600, ordered_at=MONDAY - 9 * DAY
        ),
    )

    in_trouble()

    assert not Accident.objects.exists()


def test_a_look_counts_for_what_was_there_to_be_seen_and_no_more() -> None:
    number = enter()
    in_trouble(at=MONDAY + HOUR)

    actions.look_at(agent(MONDAY + HOUR), accident=number, seen_until=MONDAY + HOUR / 2)
    assert "look" in asks(number)
    actions.look_at(agent(MONDAY + HOUR), accident=number, seen_until=MONDAY + HOUR)
    assert asks(number) == {"step"}


# The steps.


def test_the_sale_is_stopped_by_a_finding_and_a_provisional_hiding_and_is_not_stopped_twice() -> None:
    number = enter()

    actions.stop_sale(agent(), accident=number, because=BURNT)

    goods = row(number).goods.get()
    assert enforcement.hidden_by("L-1") == goods.finding
    assert row(number).stopped_at == MONDAY
    with pytest.raises(actions.AlreadyStopped):
        actions.stop_sale(agent(), accident=number, because=BURNT)


def test_goods_that_are_added_are_to_be_stopped_too_and_have_no_open_accident_of_their_own() -> None:
    number = enter()
    actions.stop_sale(agent(), accident=number, because=BURNT)

    actions.add_goods(agent(), accident=number, refs="L-2、L-1")

    assert row(number).stopped_at is None
    assert [one.listing_ref for one in row(number).goods.order_by("pk")] == ["L-1", "L-2"]
    assert enter("L-2") == number
    with pytest.raises(actions.NoSuchGoods):
        actions.add_goods(agent(), accident=number, refs="L-2 L-404")


def test_a_listing_with_an_accident_of_its_own_is_not_added_to_another() -> None:
    number, other = enter("L-1"), enter("L-2")
    with pytest.raises(actions.GoodsElsewhere) as refused:
        actions.add_goods(agent(), accident=number, refs="L-2")
    assert f"{other}" in str(refused.value)


def test_what_may_be_the_same_goods_is_offered_by_brand_and_model() -> None:
    shown = queries.accident(agent(), enter())
    assert [one.ref for one in queries.candidates(shown)] == ["L-2"]


def test_the_maker_is_asked_and_the_seller_is_not_asked_here() -> None:
    number = enter()
    asked = {"what": AskedWhat.UNSAFE, "words": "同じ事故を知っていますか。", "name": "さくら製作所"}

    actions.ask_maker(agent(), accident=number, asked=ToClarify(whom=AskedWhom.MAKER, **asked))

    assert len(enforcement.awaited_of(about(number))) == 1
    assert row(number).maker_asked_at == MONDAY
    with pytest.raises(actions.AskTheMaker):
        actions.ask_maker(agent(), accident=number, asked=ToClarify(whom=AskedWhom.SELLER, **asked))


@pytest.mark.parametrize(
    ("whom", "step"),
    [
        (ToldWhom.NITE, "nite_at"),
        (ToldWhom.CAA, "caa_at"),
        (ToldWhom.MAKER, "maker_told_at"),
        (ToldWhom.REPRESENTATIVE, "maker_told_at"),
    ],
)
def test_a_person_notes_whom_they_told_and_when(whom: ToldWhom, step: str) -> None:
    number, later = enter(), MONDAY + DAY
    at = MONDAY + HOUR

    actions.note_told(agent(later), accident=number, whom=whom, how=ToldHow.MAIL, told_at=at)

    assert getattr(row(number), step) == at
    for wrong in (MONDAY - HOUR, later + HOUR):
        with pytest.raises(actions.ToldInFuture):
            actions.note_told(agent(later), accident=number, whom=whom, how=ToldHow.MAIL, told_at=wrong)


def test_a_buyer_in_trouble_is_asked_to_keep_the_thing_and_a_later_one_opens_the_step_again() -> None:
    number = enter()
    actions.ask_to_keep(agent(), accident=number)
    assert row(number).kept_at == MONDAY

    in_trouble()
    assert row(number).kept_at is None
    actions.ask_to_keep(agent(), accident=number)
    actions.ask_to_keep(agent(), accident=number)

    assert Notice.objects.filter(to="buyer:B-1", template="safety.keep").count() == 1


def test_all_buyers_are_warned_once_and_those_of_added_goods_when_it_is_widened() -> None:
    number = enter()
    alert = warn(number)
    with pytest.raises(actions.NobodyToWarn):
        warn(number)
    with pytest.raises(actions.NobodyToWarn):
        actions.widen_warning(agent(), accident=number)

    actions.add_goods(agent(), accident=number, refs="L-2")
    actions.widen_warning(agent(), accident=number)

    assert alerts.alert(alert).listings == ("L-1", "L-2")  # type: ignore[union-attr]
    assert alerts.alert(alert).about == about(number)  # type: ignore[union-attr]
    assert Notice.objects.filter(to="buyer:B-1", template="contact.alert").count() == 1


def test_a_buyer_who_answers_that_somebody_was_hurt_raises_it_and_asks_for_a_look() -> None:
    number = enter(hurt=Hurt.NONE)
    warn(number)

    say_hurt(buyer(MONDAY + HOUR), alerted=AlertedBuyer.objects.get().pk)
    hear(MONDAY + HOUR)

    assert (row(number).hurt, "look" in asks(number)) == ("minor", True)
