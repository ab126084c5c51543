"""What a buyer who was warned answers, who is told once more, who is called, and what the funnel counts."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.event import Event
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.actions import BuyerLine, put_buyer
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import publishing
from mamori.ground.outbox.models import Event as EventRow
from mamori.ground.seal import actions as sealing
from mamori.rooms.contact import actions as contact
from mamori.rooms.contact.alerts import actions, facts, queries
from mamori.rooms.contact.alerts.lifecycle import CallOutcome
from mamori.rooms.contact.lifecycle import TroubleState
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.tests.conftest import EVES, MONDAY, actor, agent, lead, machine
from mamori.rooms.contact.tests.warned import (
    ABOUT,
    DAY,
    chargers,
    hear,
    many,
    one,
    ring,
    row,
    sold,
    told,
    warn,
)
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("charged")]
DUE = MONDAY + 5 * DAY


@laid
def charged(market_of_two: None) -> None:
    chargers()


@pytest.fixture(autouse=True)
def mailed(settings: Any) -> None:
    settings.MAMORI_MAIL = "folder:///nowhere"
    settings.MAMORI_MAIL_FROM = "窓口 <centre@market.example>"


@pytest.fixture
def number() -> int:
    return warn("L-3", "L-4")


def buyer(ref: str = "T-1", at: datetime = MONDAY) -> Actor:
    return actor(f"buyer:{ref}", Role.BUYER, at)


def answered() -> list[Event]:
    """Return what the room above was told, the oldest first."""
    rows = EventRow.objects.filter(kind="contact.alert_answered").order_by("pk")
    return [publishing.read(row) for row in rows]


def counted(number: int) -> dict[str, int]:
    """Return what is not nothing in the funnel."""
    return {name: count for name, count in asdict(facts.funnel(number)).items() if count}


def to_call(number: int) -> list[str]:
    rows = queries.unreached_of(number).rows(agent())
    return list(rows.order_by("told_at", "id").values_list("buyer_ref", flat=True))


def test_an_answer_is_noted_since_it_was_first_given_and_told_to_the_room_above(number: int) -> None:
    alerted = row(number).pk

    actions.say_read(buyer(), alerted=alerted)
    assert (row(number).state, row(number).opened_at) == ("waiting", MONDAY)
    actions.say_stopped(buyer(at=MONDAY + DAY), alerted=alerted)
    actions.say_stopped(buyer(at=MONDAY + 2 * DAY), alerted=alerted)
    actions.say_hurt(buyer(at=MONDAY + 2 * DAY), alerted=alerted)
    actions.say_gone(buyer(at=MONDAY + 3 * DAY), alerted=alerted)

    kept = row(number)
    assert (kept.state, kept.opened_at, kept.stopped_at) == ("answered", MONDAY, MONDAY + DAY)
    assert (kept.hurt_at, kept.gone_at) == (MONDAY + 2 * DAY, MONDAY + 3 * DAY)
    said = [(each.answer, each.hurt) for each in answered()]  # type: ignore[attr-defined]
    assert said == [("read", False), ("stopped", False), ("stopped", False), ("hurt", True), ("gone", False)]
    last: Any = answered()[3]
    assert (last.about, last.buyer_ref, last.orders) == (ABOUT, "T-1", ("T-11", "T-12", "T-11"))


def test_nobody_answers_for_a_buyer_on_the_page_and_staff_only_as_they_heard(number: int) -> None:
    alerted = row(number).pk

    for who in (*[eve for eve in EVES if eve.role != "machine"], buyer("T-2"), agent(), machine()):
        for verb in (actions.say_read, actions.say_stopped, actions.say_hurt, actions.say_gone):
            with pytest.raises(Refusal):
                verb(who, alerted=alerted)
    for who in (buyer(), machine()):
        with pytest.raises(actions.NoSuchAlert):
            actions.note_call(who, alerted=alerted, outcome=CallOutcome.STOPPED, note="聞いた。")
        with pytest.raises(actions.NoSuchAlert):
            actions.see_number(who, alerted=alerted)
    assert row(number).opened_at is None


def test_who_has_not_answered_is_told_once_more_when_the_time_is_over_and_then_called(number: int) -> None:
    assert to_call(number) == ["T-3"]
    actions.say_stopped(buyer("T-2"), alerted=row(number, "T-2").pk)

    ring(DUE - timedelta(minutes=1))
    assert told() == ["alert"]
    ring(DUE + DAY)

    assert [told(ref) for ref in ("T-1", "T-2", "T-3")] == [["alert", "alert_reminder"], ["alert"], ["alert"]]
    assert to_call(number) == ["T-1", "T-3"]
    ring(MONDAY + 40 * DAY)
    assert told() == ["alert", "alert_reminder"]


def test_who_has_only_read_it_is_told_once_more(number: int) -> None:
    actions.say_read(buyer(), alerted=row(number).pk)

    ring(DUE + DAY)

    assert told() == ["alert", "alert_reminder"]


def test_those_told_on_one_day_are_told_once_more_together_and_later_ones_in_their_own_time() -> None:
    many(actions.AT_ONCE + 20)
    put_buyer(machine(), BuyerLine(ref="T-6", name="六", mail="t6@example.jp"))
    sold("T-61", "T-6", "L-5")
    number = warn()
    actions.widen(agent(MONDAY + 2 * DAY), number, ("L-5",))
    hear(MONDAY + 2 * DAY)

    ring(DUE + DAY)
    assert told("M-00119") == ["alert", "alert_reminder"]
    assert told("T-6") == ["alert"]
    assert facts.funnel(number).to_call == actions.AT_ONCE + 20 + 4
    assert one(number).remind_since == MONDAY + 2 * DAY
    ring(DUE + 3 * DAY)

    assert (told("T-6"), told("T-5")) == (["alert", "alert_reminder"], ["alert"])
    assert told("M-00119") == ["alert", "alert_reminder"]
    assert one(number).remind_since is None


def test_those_told_at_other_hours_of_the_day_are_told_once_more_with_the_first(number: int) -> None:
    later = MONDAY + timedelta(hours=3)
    put_buyer(machine(), BuyerLine(ref="T-6", name="六", mail="t6@example.jp"))
    sold("T-61", "T-6", "L-3")
    actions.look_again(machine(later), alert=number)
    hear(later)

    ring(DUE + DAY)

    assert row(number, "T-6").told_at == later
    assert row(number, "T-6").reminded_at == row(number).reminded_at
    assert row(number).reminded_at is not None
    turns = ledger.acts_about(actions.about(number), kind="contact.alert_call_to_mind")
    assert len(turns) == 1


def test_staff_need_not_wait_for_the_time(number: int) -> None:
    actions.remind(machine(), alert=number)
    assert one(number).remind_upto is None

    actions.remind(agent(), alert=number, reason="急ぐ。")
    assert (one(number).remind_since, one(number).remind_upto) == (None, MONDAY)
    hear()

    assert told() == ["alert", "alert_reminder"]
    assert told("T-3") == ["alert"]
    actions.remind(agent(), alert=number, reason="急ぐ。")
    ring(DUE + DAY)
    assert told() == ["alert", "alert_reminder"]


def test_a_call_that_reaches_them_counts_as_their_answer_and_one_that_does_not_leaves_them_on_the_list(
    number: int,
) -> None:
    alerted = row(number, "T-3").pk

    actions.note_call(agent(), alerted=alerted, outcome=CallOutcome.MISSED, note="出なかった。", version=0)
    assert (to_call(number), row(number, "T-3").calls, answered()) == (["T-3"], 1, [])
    with pytest.raises(ChangedMeanwhile):
        actions.note_call(agent(), alerted=alerted, outcome=CallOutcome.HURT, note="やけど。", version=0)
    actions.note_call(lead(), alerted=alerted, outcome=CallOutcome.HURT, note="やけど。", version=1)

    kept = row(number, "T-3")
    assert (to_call(number), kept.state, kept.outcome, kept.hurt_at) == ([], "answered", "hurt", MONDAY)
    assert [each.hurt for each in answered()] == [True]  # type: ignore[attr-defined]
    assert "やけど".encode() not in bytes(kept.note or b"")
    assert queries.alerted(agent(), alerted).note == "やけど。"
    with pytest.raises(StepNotOpen):
        actions.note_call(agent(), alerted=alerted, outcome=CallOutcome.GONE, note="ない。")


def test_the_number_is_shown_to_whoever_is_recorded_for_a_while_and_not_after_the_call(number: int) -> None:
    alerted = row(number, "T-3").pk
    assert queries.alerted(agent(), alerted).phone is None

    actions.see_number(agent(), alerted=alerted)

    assert queries.alerted(agent(), alerted).phone == "090-0000-0003"
    assert queries.alerted(agent(MONDAY + queries.NUMBER_STAYS), alerted).phone == "090-0000-0003"
    assert queries.alerted(agent(MONDAY + timedelta(minutes=31)), alerted).phone is None
    assert queries.alerted(lead(), alerted).phone is None
    actions.note_call(agent(), alerted=alerted, outcome=CallOutcome.MISSED, note="出なかった。")
    assert queries.alerted(agent(), alerted).phone is None


def test_a_trouble_about_one_of_the_orders_is_noted_and_ends_the_waiting(number: int) -> None:
    def report(ref: str, order: str) -> int:
        return contact.open_trouble(
            buyer(ref),
            order_ref=order,
            topic=Topic.RETURNS,
            harm=Harm.INCONVENIENCE,
            said="返したい",
            centre_may_read=True,
        )

    sold("T-14", "T-1", "L-5")
    report("T-5", "T-51")
    report("T-1", "T-14")
    hear()
    assert row(number).trouble_id is None
    trouble = report("T-1", "T-12")
    hear()

    kept = row(number)
    assert (kept.trouble_id, kept.state, kept.opened_at) == (trouble, "answered", MONDAY)
    assert counted(number)["returning"] == 1
    second = report("T-1", "T-11")
    hear()
    assert (row(number).trouble_id, second != trouble) == (trouble, True)
    Trouble.objects.filter(pk=trouble).update(state=TroubleState.MADE_GOOD, closed_at=MONDAY)
    assert counted(number)["made_good"] == 1


def test_the_funnel_counts_everybody_once(number: int) -> None:
    assert counted(number) == {"told": 3, "mail": 1, "letter": 1, "nobody": 1, "unanswered": 3, "to_call": 1}

    actions.say_stopped(buyer(), alerted=row(number).pk)
    actions.say_hurt(buyer(), alerted=row(number).pk)
    actions.say_read(buyer("T-2"), alerted=row(number, "T-2").pk)

    expected = {"told": 3, "mail": 1, "letter": 1, "nobody": 1, "opened": 2, "stopped": 1, "hurt": 1}
    assert counted(number) == expected | {"unanswered": 2, "to_call": 1}


def test_the_room_above_finds_its_alert_by_its_own_matter(number: int) -> None:
    fact = facts.alert_about(ABOUT)

    assert fact == facts.alert(number)
    assert fact is not None
    assert (fact.number, fact.listings, fact.goods.ja) == (number, ("L-3", "L-4"), "充電器 X-1")
    assert (facts.alert_about("safety.accident:4"), facts.alert(999_999)) == (None, None)
    assert replace(fact) == fact


def test_what_was_heard_goes_with_the_buyer(number: int) -> None:
    alerted = row(number, "T-3").pk
    actions.note_call(agent(), alerted=alerted, outcome=CallOutcome.MISSED, note="出なかった。")

    sealing.shred(subject="buyer:T-3", at=MONDAY)
    assert actions.forget_alerted(machine(), "buyer:T-3", 10) == 1

    assert (row(number, "T-3").note, row(number, "T-3").closed_at) == (None, MONDAY)
    assert to_call(number) == []
    assert actions.forget_alerted(machine(), "buyer:T-3", 10) == 0
