"""A danger stands before all else until somebody has reached the buyer or said, with the reason, that there is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import actions as case_actions, facts as cases
from mamori.ground.cases.facts import Wish
from mamori.ground.cases.models import Ask
from mamori.ground.clocks.models import Clock
from mamori.ground.ledger import facts as ledger
from mamori.japan.calendar import JAPAN
from mamori.japan.written import ReasonNeeded
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import actions as contact, facts
from mamori.rooms.contact.actions.calls import BuyerAnswersNeeded, Outcome
from mamori.rooms.contact.actions.danger import DangerStands, HarmNotLower, NoDangerStands
from mamori.rooms.contact.finding import NothingHere
from mamori.rooms.contact.lifecycle import ThreadState, TroubleState
from mamori.rooms.contact.models import Call, Trouble
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.staff import calls_of, tries
from mamori.rooms.contact.rules.danger import Answers, Known, said
from mamori.rooms.contact.rules.duties import Duty, duties
from mamori.rooms.contact.rules.reasons import LowerBecause, NoRemedyBecause
from mamori.rooms.contact.rules.standing import Matter
from mamori.rooms.contact.tests.agreeing import told
from mamori.rooms.contact.tests.conftest import (
    ANSWERED,
    EVES,
    FRIDAY,
    MONDAY,
    actor,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_asked,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm, Topic
from tests.shops import put_shop
from tests.taking import take

pytestmark = pytest.mark.usefixtures("market_of_two")
HOUR = timedelta(hours=1)
SMOKE = "充電中に煙が出ました"
BURNT = Answers(injured=Known.YES, fire=Known.NO, kept=Known.UNKNOWN, stopped=Known.YES)


def about(trouble: int) -> str:
    return f"contact.trouble:{trouble}"


def in_danger(at: datetime = MONDAY) -> int:
    return open_trouble(at, harm=Harm.DANGER)


def buyers_call(trouble: int) -> Call:
    return Call.objects.get(trouble=trouble, whom="buyer", closed_at__isnull=True)


def stands(trouble: int) -> bool:
    """Say whether it is in danger wherever that is kept, and that all of these places agree."""
    found, case = Trouble.objects.get(pk=trouble), cases.case_of(about(trouble))
    owed = Call.objects.filter(trouble=trouble, whom="buyer", closed_at__isnull=True).count()
    listed = Ask.objects.filter(case__about=about(trouble), what="danger").exists()
    everywhere = {
        found.in_danger,
        case.attention == "danger",
        case.urgent_since is not None,
        owed == 1,
        listed,
    }
    assert len(everywhere) == 1, (found.in_danger, case, owed, listed)
    return found.in_danger


def ruled_out(by: Actor, trouble: int, harm: Harm = Harm.MONEY) -> None:
    contact.rule_out_danger(
        by, trouble=trouble, harm=harm, because=LowerBecause.MISREAD, reason="箱の話だった"
    )


def test_neither_taking_it_nor_a_voicemail_to_the_seller_ends_a_danger_that_a_buyer_told_of() -> None:
    other = open_trouble(order_ref="O-3", harm=Harm.MONEY)
    trouble = open_trouble(harm=Harm.MONEY)
    contact.request_mediation(buyer(MONDAY + HOUR), trouble=trouble)
    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)
    [sellers] = sellers_calls()

    take(agent(MONDAY + 2 * HOUR), trouble)
    contact.record_call(agent(MONDAY + 2 * HOUR), call=sellers.id, outcome=Outcome.VOICEMAIL)

    assert stands(trouble)
    assert [case.about for case in cases.view(Wish()).cases] == [about(trouble), about(other)]


def test_a_danger_that_was_told_of_at_the_first_inquiry_is_one_from_then_on() -> None:
    trouble = in_danger()

    assert stands(trouble)
    assert told("agent") == ["danger_staff"]
    assert [(call.whom, call.why) for call in facts.call_list()] == [
        ("buyer", "danger"),
        ("seller", "unanswered"),
    ]
    assert [row.buyer for row in board.calls(at=MONDAY).items] == ["B-1", ""]


def _solve(trouble: int) -> None:
    contact.solve(agent(), trouble=trouble, reason="電話で聞いた")


def _refuse(trouble: int) -> None:
    contact.request_mediation(buyer(), trouble=trouble)
    pass_time(MONDAY + timedelta(days=3))
    contact.refuse_remedy(
        lead(MONDAY + timedelta(days=3)),
        trouble=trouble,
        because=NoRemedyBecause.NOT_ESTABLISHED,
        reason="調べた",
    )


def _make_good(trouble: int) -> None:
    contact.request_mediation(buyer(), trouble=trouble)
    instruction = contact.grant_remedy(lead(), trouble=trouble, amount=8_000, reason="回答なし")
    contact.confirm_instruction(machine(), instruction=instruction)


def _lapse(trouble: int) -> None:
    contact.answer(seller(), thread=Trouble.objects.get(pk=trouble).thread_id, said="交換します")
    pass_time(MONDAY + timedelta(days=40))


ENDS: tuple[Callable[[int], None], ...] = (
    lambda trouble: contact.solve(buyer(), trouble=trouble),
    lambda trouble: contact.withdraw(buyer(), trouble=trouble),
    _solve,
    _refuse,
    _make_good,
    _lapse,
)


@pytest.mark.parametrize(
    "end", ENDS, ids=["solved", "withdrawn", "by staff", "refused", "refunded", "lapsed"]
)
def test_no_end_of_a_trouble_ends_its_danger_not_even_the_buyers_own_word_that_it_is_solved(
    end: Callable[[int], None],
) -> None:
    trouble = in_danger()

    end(trouble)

    assert Trouble.objects.get(pk=trouble).closed_at is not None
    assert stands(trouble)
    assert cases.case_of(about(trouble)).closed_at is None
    assert Clock.objects.filter(about=about(trouble), done_at__isnull=True).count() == 1
    later = MONDAY + timedelta(days=41)
    contact.reach_buyer(agent(later), trouble=trouble, answers=ANSWERED)
    assert not stands(trouble)
    assert cases.case_of(about(trouble)).closed_at == Trouble.objects.get(pk=trouble).closed_at
    assert Clock.objects.filter(about=about(trouble), done_at__isnull=True).count() == 0


def test_once_the_buyer_was_reached_the_answers_stand_in_the_record_and_the_seller_is_still_called() -> None:
    trouble = in_danger()

    contact.reach_buyer(agent(MONDAY + HOUR), trouble=trouble, answers=BURNT, note="型番 X-1")

    assert not stands(trouble)
    kept = content(about(trouble))
    assert kept["reason"] == "型番 X-1"
    assert said(kept["payload"])[0][1].en == "yes"
    assert {kept["payload"][name] for name in ("kept", "stopped")} == {"unknown", "yes"}
    assert ledger.acts_about(about(trouble))[-1].kind == "contact.reach_buyer"
    assert told("lead")[0] == "danger_harmed"
    assert [call.whom for call in facts.call_list()] == ["seller"]
    assert cases.case_of(about(trouble)).attention == "call-owed"
    with pytest.raises(NoDangerStands):
        contact.reach_buyer(agent(), trouble=trouble, answers=ANSWERED)


def test_without_injury_and_fire_no_lead_is_told_and_a_buyer_in_danger_again_is_so_again() -> None:
    trouble = open_asked()
    assert "danger_harmed" not in told("lead")

    contact.raise_harm(buyer(MONDAY + HOUR), trouble=trouble, said=SMOKE)

    assert stands(trouble)
    assert Trouble.objects.get(pk=trouble).danger_since == MONDAY + HOUR


def test_a_lead_rules_a_danger_out_with_a_reason_that_both_sides_hear() -> None:
    trouble = in_danger()
    with pytest.raises(DangerStands):
        contact.lower_harm(lead(), trouble=trouble, harm=Harm.MONEY, because=LowerBecause.MISREAD, reason="x")
    with pytest.raises(ReasonNeeded):
        contact.rule_out_danger(
            lead(), trouble=trouble, harm=Harm.MONEY, because=LowerBecause.MISREAD, reason=" "
        )
    with pytest.raises(HarmNotLower):
        ruled_out(lead(), trouble, Harm.DANGER)
    with pytest.raises(StepNotYours):
        ruled_out(agent(), trouble)
    assert stands(trouble)

    ruled_out(lead(), trouble)

    assert not stands(trouble)
    assert Trouble.objects.get(pk=trouble).harm == "money"
    assert (told("buyer:B-1")[0], told("seller:S-1")[0]) == ("harm_lowered", "harm_lowered")
    assert Call.objects.get(trouble=trouble, whom="seller").urgency == 1


def test_a_danger_of_a_trouble_that_is_over_is_ruled_out_as_well_and_nobody_is_urged() -> None:
    trouble = in_danger()
    contact.solve(buyer(), trouble=trouble)

    ruled_out(lead(), trouble)

    assert not stands(trouble)
    assert facts.call_list() == ()


@pytest.mark.parametrize("eve", [*EVES, buyer(), seller(), actor("counsel:c", Role.COUNSEL), machine()])
def test_nobody_else_ends_a_danger(eve: Actor) -> None:
    trouble = in_danger()

    for deed in (
        lambda: contact.reach_buyer(eve, trouble=trouble, answers=ANSWERED),
        lambda: ruled_out(eve, trouble),
    ):
        with pytest.raises((NothingHere, StepNotYours)):
            deed()

    assert stands(trouble)


def test_a_buyer_who_is_not_reached_is_called_again_an_hour_later_for_ever_and_a_lead_is_told() -> None:
    trouble = in_danger()
    at = MONDAY
    with pytest.raises(BuyerAnswersNeeded):
        contact.record_call(agent(), call=buyers_call(trouble).pk, outcome=Outcome.REACHED)

    for turn in range(1, CALL_TRIES.default + 2):
        call = buyers_call(trouble)
        assert (call.turn, call.not_before) == (turn, at)
        outcome = Outcome.WRONG_NUMBER if turn == 1 else Outcome.VOICEMAIL
        contact.record_call(agent(at), call=call.pk, outcome=outcome, note="留守")
        assert stands(trouble)
        at += HOUR

    assert told("lead").count("danger_not_reached") == 2
    assert buyers_call(trouble).not_before == at
    made = tries(calls_of(Trouble.objects.get(pk=trouble)))
    assert {(one.to.en, one.note) for one in made} == {("the buyer", "留守")}


def test_a_call_to_a_buyer_that_nobody_makes_is_asked_for_again_by_day_and_night() -> None:
    trouble = in_danger(FRIDAY)

    pass_time(FRIDAY + timedelta(hours=5))

    assert told("agent").count("danger_staff") == 3
    assert stands(trouble)


@pytest.mark.parametrize(
    ("hours", "again"),
    [
        ("毎日 9時〜20時", datetime(2026, 11, 20, 19, 10, tzinfo=JAPAN)),
        ("daily 9 to 20", datetime(2026, 11, 20, 19, 10, tzinfo=JAPAN)),
        ("毎日 9時〜18時", datetime(2026, 11, 21, 9, 10, tzinfo=JAPAN)),  # a Saturday
        ("平日 9時〜18時", datetime(2026, 11, 23, 9, 10, tzinfo=JAPAN)),  # a holiday is no weekend
    ],
)
def test_in_danger_a_seller_is_called_again_as_soon_as_its_own_hours_say_that_it_is_open(
    hours: str, again: datetime
) -> None:
    put_shop(machine(FRIDAY), ref="S-1", name="店", mail="s@example.jp", phone="03-1111-1111", hours=hours)
    in_danger(FRIDAY)
    [call] = sellers_calls()

    contact.record_call(agent(FRIDAY + timedelta(minutes=10)), call=call.id, outcome=Outcome.NO_ANSWER)

    [waiting] = sellers_calls()
    assert waiting.not_before == again


def test_staff_have_the_two_ways_out_of_a_danger_before_all_else_also_when_the_trouble_is_over() -> None:
    over = Matter(thread=ThreadState.CLOSED, trouble=TroubleState.SOLVED, harm=Harm.DANGER, in_danger=True)

    assert duties(over, Role.LEAD) == (Duty.REACH, Duty.NO_DANGER)
    assert duties(over, Role.AGENT) == (Duty.REACH,)
    assert duties(over, Role.COUNSEL) == ()


@pytest.mark.parametrize("way", ["reach", "rule_out"])
def test_a_danger_ends_also_when_code_of_before_took_its_call_off_the_list_during_an_upgrade(
    way: str,
) -> None:
    trouble, later = in_danger(), MONDAY + HOUR
    buyers = Call.objects.filter(trouble=trouble, whom="buyer")
    buyers.update(state="dropped", closed_at=MONDAY)

    if way == "reach":
        contact.reach_buyer(agent(later), trouble=trouble, answers=BURNT)
    else:
        ruled_out(lead(later), trouble)

    assert Trouble.objects.get(pk=trouble).danger_ended_at == later
    assert not buyers.filter(closed_at__isnull=True).exists()


def test_a_case_in_danger_is_taken_and_given_back_and_stays_in_danger() -> None:
    trouble = in_danger()

    case_actions.take(agent(), about=about(trouble))
    case_actions.give_back(agent(), about=about(trouble))

    assert stands(trouble)
    found = cases.next_of("agent:a")
    assert found is not None
    assert found.about == about(trouble)


def talk_about(trouble: int) -> int:
    return Trouble.objects.get(pk=trouble).thread_id


def test_words_of_a_burn_raise_a_trouble_that_was_told_to_be_an_inconvenience() -> None:
    trouble = contact.open_trouble(
        buyer(),
        order_ref="O-1",
        topic=Topic.BROKEN,
        harm=Harm.INCONVENIENCE,
        said="手に火傷をしました",
        centre_may_read=True,
    )

    assert stands(trouble)
    assert Trouble.objects.get(pk=trouble).harm == "danger"


@pytest.mark.parametrize("answered", [False, True])
def test_words_of_smoke_that_a_buyer_adds_later_raise_it_as_though_they_had_said_so(answered: bool) -> None:
    trouble = open_trouble(harm=Harm.INCONVENIENCE)
    if answered:
        contact.answer(seller(), thread=talk_about(trouble), said="交換します")
    contact.write(buyer(MONDAY + HOUR), thread=talk_about(trouble), said=SMOKE)

    assert stands(trouble)
    assert ledger.acts_about(about(trouble))[-1].kind == "contact.raise_harm"
    assert "danger_seller" in told("seller:S-1")
    contact.write(buyer(MONDAY + HOUR), thread=talk_about(trouble), said=SMOKE)
    assert told("agent").count("danger_staff") == 2
    contact.write(buyer(MONDAY + HOUR), thread=talk_about(trouble), said="箱は青です")
    assert told("agent").count("danger_staff") == 2


def test_an_answer_that_did_not_help_and_burns_is_a_danger_and_other_words_are_none() -> None:
    trouble = open_trouble()
    contact.answer(seller(), thread=talk_about(trouble), said="お使いになれます。発火はしません")
    assert not stands(trouble)
    contact.say_unsolved(buyer(MONDAY + HOUR), trouble=trouble, said="まだ動きません")
    assert not stands(trouble)

    contact.answer(seller(MONDAY + HOUR), thread=talk_about(trouble), said="もう一度お試しください")
    contact.say_unsolved(buyer(MONDAY + 2 * HOUR), trouble=trouble, said=SMOKE)
    assert stands(trouble)


def test_a_question_before_a_purchase_owes_nobody_a_call() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="発火しませんか")
    contact.write(buyer(MONDAY + HOUR), thread=thread, said="発火が心配です")

    assert not Call.objects.filter(whom="buyer").exists()
