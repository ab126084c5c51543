"""Everybody who bought something dangerous is told once, however often a turn is begun, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.declared import memory
from mamori.ground.market.actions import ListingLine, put_listing
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Notice
from mamori.ground.post.models import Mail
from mamori.ground.seal import actions as sealing
from mamori.ground.terms import actions as terms
from mamori.law.settings import LETTERS_ON
from mamori.rooms.contact.alerts import actions
from mamori.rooms.contact.alerts.lifecycle import AlertOutcome, AlertState
from mamori.rooms.contact.models import AlertedBuyer, AlertedGoods
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, agent, lead, machine
from mamori.rooms.contact.tests.warned import (
    ABOUT,
    DANGER,
    DAY,
    begin,
    chargers,
    hear,
    many,
    one,
    ring,
    row,
    sold,
    told,
    warn,
    ways,
)
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("charged")]


@laid
def charged(market_of_two: None) -> None:
    chargers()


@pytest.fixture(autouse=True)
def mailed(settings: Any) -> None:
    settings.MAMORI_MAIL = "folder:///nowhere"
    settings.MAMORI_MAIL_FROM = "窓口 <centre@market.example>"


def test_whoever_bought_it_is_told_once_by_mail_by_letter_or_is_to_be_called() -> None:
    terms.set(lead(), setting=LETTERS_ON, value=True)

    number = warn("L-3", "L-4")

    assert ways(number) == {"T-1": "mail", "T-2": "letter", "T-3": "nobody"}
    assert [told(ref) for ref in ("T-1", "T-2", "T-3", "T-4", "T-5")] == [["alert"]] * 3 + [[], []]
    assert one(number).state == AlertState.STANDING
    goods = AlertedGoods.objects.filter(buyer=row(number)).order_by("pk")
    assert [(each.listing_ref, each.orders) for each in goods] == [
        ("L-3", ["T-11", "T-12"]),
        ("L-4", ["T-11"]),
    ]


def test_first_of_all_it_says_to_stop_then_what_is_dangerous_then_what_is_next() -> None:
    warn("L-3", "L-4")

    notice = Notice.objects.get(to="buyer:T-1", template="contact.alert")
    assert notice.kind == "safety"
    assert notice.title["ja"] == "使うのをやめてください：充電器 X-1"
    assert notice.body["ja"].split("\n")[:3] == [
        "すぐに使うのをやめ、商品は捨てずに保管してください。",
        "ご注文の「充電器 L-3」、「充電器 L-4」について：充電中に熱くなり、火が出ることがあります。",
        "返し方と返金は、このあとお知らせします。",
    ]
    assert Mail.objects.get(notice=notice).urgent


def test_where_it_need_not_be_kept_nobody_is_asked_to() -> None:
    warn(keep=False)

    body = Notice.objects.get(to="buyer:T-1", template="contact.alert").body["en"]
    assert body.startswith("Please stop using it at once.\n")


def test_a_cancelled_order_that_may_have_been_sent_is_told_of() -> None:
    sold("T-42", "T-4", "L-3", cancelled_at=MONDAY - DAY)

    assert "T-4" in ways(warn())


def test_begun_again_about_the_same_matter_it_is_the_same_alert() -> None:
    number = warn()

    assert begin("L-5") == number
    hear()
    assert told("T-5") == []
    assert told() == ["alert"]


def test_a_buyer_of_a_listing_that_is_added_later_is_told_of_that_one_and_never_twice_of_any() -> None:
    number = warn("L-3")

    assert actions.widen(agent(), number, ("L-3", "L-4", "L-5", "GONE")) == 2
    hear()

    assert told("T-1") == ["alert", "alert_more"]
    more = Notice.objects.get(to="buyer:T-1", template="contact.alert_more")
    assert "「充電器 L-4」" in more.body["ja"]
    assert "L-3" not in more.body["ja"]
    assert (told("T-2"), told("T-5")) == (["alert"], ["alert"])
    with pytest.raises(actions.NoSuchListings):
        actions.widen(agent(), number, ("L-3",))


def test_a_listing_that_is_added_while_buyers_are_told_is_looked_for_from_the_first_order() -> None:
    many(actions.AT_ONCE + 30)
    sold("T-53", "T-5", "L-4", at=MONDAY - 40 * DAY)
    number = begin()
    outbox.work(at=MONDAY, limit=1)

    actions.widen(agent(), number, ("L-4",))
    hear()

    assert told("T-5") == ["alert"]
    assert len(ways(number)) == actions.AT_ONCE + 30 + 4


def test_orders_that_come_later_are_found_every_day_until_it_is_ended() -> None:
    number = warn()
    sold("T-52", "T-5", "L-3", at=MONDAY - 40 * DAY)
    sold("T-32", "T-3", "L-3", at=MONDAY + timedelta(hours=1))

    ring(MONDAY + DAY)
    assert told("T-5") == ["alert"]
    assert (told("T-3"), AlertedGoods.objects.get(buyer=row(number, "T-3")).orders) == (
        ["alert"],
        ["T-31", "T-32"],
    )

    sold("T-43", "T-4", "L-3", at=MONDAY + DAY)
    actions.end_alert(lead(MONDAY + DAY), number, outcome=AlertOutcome.DONE, reason="済んだ。")
    hear(MONDAY + DAY)
    assert told("T-4") == ["alert"]
    assert (one(number).state, one(number).closed_at) == (AlertState.DONE, MONDAY + DAY)

    sold("T-13", "B-1", "L-3", at=MONDAY + DAY)
    ring(MONDAY + 30 * DAY)
    assert (told("B-1"), told("T-1")) == ([], ["alert"])


def test_where_there_was_no_danger_everybody_who_was_told_hears_so_and_nobody_else() -> None:
    number = warn()

    actions.end_alert(lead(), number, outcome=AlertOutcome.SAFE, reason="試験で異常がなかった。")
    hear()

    assert [told(ref) for ref in ("T-1", "T-2", "T-3", "T-5")] == [["alert", "alert_cleared"]] * 3 + [[]]
    assert one(number).state == AlertState.CLEARED
    ring(MONDAY + 30 * DAY)
    assert told() == ["alert", "alert_cleared"]
    with pytest.raises(StepNotOpen):
        actions.end_alert(lead(), number, outcome=AlertOutcome.DONE, reason="済んだ。")
    with pytest.raises(StepNotOpen):
        actions.widen(agent(), number, ("L-5",))


def test_it_may_turn_out_safe_while_buyers_are_still_being_told() -> None:
    many(actions.AT_ONCE * 3)
    number = begin()
    outbox.work(at=MONDAY, limit=2)

    actions.end_alert(lead(), number, outcome=AlertOutcome.SAFE, reason="型番が違った。")
    hear()

    was_told = set(ways(number))
    assert len(was_told) == 2 * actions.AT_ONCE
    assert all(told(ref) == ["alert", "alert_cleared"] for ref in was_told)
    assert Notice.objects.filter(template__startswith="contact.alert").count() == 2 * len(was_told)


def test_somebody_who_was_erased_is_not_told_and_one_who_is_erased_later_not_again() -> None:
    sealing.shred(subject="buyer:T-2", at=MONDAY)
    number = warn()
    assert "T-2" not in ways(number)

    sealing.shred(subject="buyer:T-1", at=MONDAY)
    assert actions.forget_alerted(machine(), "seller:T-1", 10) == 0
    assert actions.forget_alerted(machine(), "buyer:T-1", 10) == 1
    actions.widen(agent(), number, ("L-4",))
    ring(MONDAY + 9 * DAY)

    assert (row(number).state, told()) == ("erased", ["alert"])


def test_nobody_but_staff_or_the_machine_begins_widens_or_ends_one() -> None:
    number = warn()

    for eve in [each for each in EVES if each.role != "machine"]:
        with pytest.raises(actions.NoSuchAlert):
            actions.alert_buyers(eve, about="x:1", listings=("L-3",), danger=DANGER, ask_to_keep=True)
        for verb in (
            lambda who: actions.widen(who, number, ("L-5",)),
            lambda who: actions.end_alert(who, number, outcome=AlertOutcome.DONE, reason="終える。"),
            lambda who: actions.remind(who, alert=number),
        ):
            with pytest.raises(Refusal):
                verb(eve)
    with pytest.raises(actions.NoSuchAlert):
        actions.widen(agent(), 999_999, ("L-5",))
    with pytest.raises(actions.NoSuchListings):
        begin("GONE", about="x:2")


def test_a_turn_that_is_killed_within_leaves_nothing_and_tells_nobody_twice() -> None:
    many(actions.AT_ONCE * 2 + 30)
    number = begin()

    class Killed(Exception):
        """Stands for the end of the process."""

    def killed() -> None:
        actions.go_on(machine(), alert=number, turn=one(number).turn)
        memory.write()
        raise Killed

    for turns in range(3):
        before = (AlertedBuyer.objects.count(), Mail.objects.count(), Notice.objects.count())
        assert before[0] == turns * actions.AT_ONCE
        with pytest.raises(Killed), transaction.atomic():
            killed()
        assert (AlertedBuyer.objects.count(), Mail.objects.count(), Notice.objects.count()) == before
        outbox.work(at=MONDAY, limit=1)
        for old in range(one(number).turn):  # what was asked before is asked once more: nothing is done again
            actions.go_on(machine(), alert=number, turn=old)
    hear()

    everybody = {f"M-{n:05}" for n in range(actions.AT_ONCE * 2 + 30)} | {"T-1", "T-2", "T-3"}
    assert set(ways(number)) == everybody
    notices = Notice.objects.filter(template="contact.alert").values_list("to", flat=True)
    assert sorted(notices) == sorted(f"buyer:{ref}" for ref in everybody)
    assert (
        Mail.objects.count() == len(set(Mail.objects.values_list("message_id", flat=True))) == len(everybody)
    )


def test_the_database_lets_nobody_be_told_twice() -> None:
    number = warn()

    with pytest.raises(IntegrityError), transaction.atomic():
        AlertedBuyer.objects.create(alert_id=number, buyer_ref="T-1", way="mail", told_at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertedGoods.objects.create(buyer=row(number), listing_ref="L-3", told_at=MONDAY)


def test_many_orders_without_a_buyer_to_tell_are_gone_through_in_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "LOOKED_AT_ONCE", 3)
    put_listing(machine(), ListingLine(ref="L-9", seller="S-2", name="別の店", price=1))

    number = warn("L-3", "L-9")

    assert set(ways(number)) == {"T-1", "T-2", "T-3"}
    assert one(number).turn == 3
    assert Notice.objects.filter(about=actions.about(number)).count() == 3
    assert one(number).about == ABOUT
