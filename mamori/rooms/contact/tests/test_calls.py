"""The call list: who is called first, what follows when nobody is reached, and what is remembered of a number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.declared import erasing
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import actions as outbox_actions, facts as outbox
from mamori.japan.written import TooManyWords
from mamori.law.display import DisplayItem
from mamori.law.settings import CALL_TRIES
from mamori.rooms.contact import actions as contact, calling, facts, tasks
from mamori.rooms.contact.actions.calls import Outcome, PromiseNeedsTime, PromiseOutOfReach
from mamori.rooms.contact.events import SellerNotReached
from mamori.rooms.contact.models import Call, WrongNumber
from mamori.rooms.contact.queries import board
from mamori.rooms.contact.queries.staff import calls_of, panel, tries
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
    agent,
    buyer,
    machine,
    open_asked,
    open_trouble,
    pass_time,
    seller,
    sellers_calls,
)
from mamori.rooms.contact.topics import Harm
from mamori.rooms.display.actions import displays as display
from mamori.rooms.display.rules.told import ShownDisplay, ShownItem
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("market_of_two")

TEN = timedelta(minutes=10)


def attention(trouble: int) -> str | None:
    return cases.case_of(f"contact.trouble:{trouble}").attention


def acts(trouble: int) -> list[str]:
    return [act.kind.removeprefix("contact.") for act in ledger.acts_about(f"contact.trouble:{trouble}")]


def running(trouble: int) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(f"contact.trouble:{trouble}")}


def told_lead() -> list[str]:
    return [notice.template for notice in outbox.notices(to="lead")]


def known_under(phone: str, hours: str = "") -> None:
    put_shop(machine(MONDAY), ref="S-1", name="店", mail="s@example.jp", phone=phone, hours=hours)


def test_danger_stands_before_money_and_then_what_is_due_soonest() -> None:
    money = open_trouble(harm=Harm.MONEY)
    pass_time(MONDAY + timedelta(hours=20))
    danger = open_asked(MONDAY + timedelta(hours=21), order_ref="O-3")

    listed = board.calls(at=MONDAY + timedelta(hours=21)).items

    assert [row.case.about for row in listed] == [f"contact.trouble:{n}" for n in (danger, money)]
    assert listed[0].is_grave
    assert "回答" in listed[0].why.ja


def test_a_case_asks_for_its_call_until_it_is_made() -> None:
    trouble = open_asked()
    assert attention(trouble) == "call-owed"
    assert "contact.danger_call" in running(trouble)

    pass_time(MONDAY + timedelta(hours=12))
    assert attention(trouble) == "call-overdue"
    assert "contact.danger_call" in running(trouble)

    [call] = sellers_calls()
    contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED)
    assert attention(trouble) is None
    assert "contact.danger_call" not in running(trouble)


def test_nobody_reached_is_tried_again_at_other_hours_and_then_a_lead_is_told() -> None:
    trouble, at = open_trouble(harm=Harm.MONEY), MONDAY
    pass_time(at + timedelta(hours=20))
    asked = []
    for turn in range(1, CALL_TRIES.default + 1):
        [call] = sellers_calls()
        asked.append(call.not_before)
        assert call.turn == turn
        at = max(at, call.not_before) + TEN
        contact.record_call(agent(at), call=call.id, outcome=Outcome.NO_ANSWER)
        if turn < CALL_TRIES.default:
            assert attention(trouble) in (None, "mediation-asked")
            assert "contact.recall" in running(trouble)
            pass_time(sellers_calls()[0].not_before)
            assert attention(trouble) in ("call-owed", "answer-missed", "resolution-missed")

    assert sellers_calls() == ()
    assert attention(trouble) == "not-reached"
    assert told_lead()[0] == "contact.not_reached"
    parts = [calling.calling.part_of(at.astimezone(MONDAY.tzinfo)) for at in asked[1:]]
    assert len(set(parts)) == 3


def test_a_call_for_later_is_not_on_the_list_of_now() -> None:
    open_asked()
    [call] = sellers_calls()

    contact.record_call(agent(), call=call.id, outcome=Outcome.VOICEMAIL)

    assert board.calls(at=MONDAY).items == ()
    [row] = board.later(at=MONDAY)
    assert row.not_before > MONDAY
    assert [r.id for r in board.calls(at=row.not_before).items] == [row.id]


def test_an_answer_drops_a_call_for_later_with_its_clock() -> None:
    trouble = open_asked()
    [call] = sellers_calls()
    contact.record_call(agent(), call=call.id, outcome=Outcome.VOICEMAIL)
    known = facts.trouble(trouble)
    assert known is not None

    contact.answer(seller(), thread=known.thread, said="回収します")

    assert sellers_calls() == ()
    assert not {"contact.recall", "contact.call"} & running(trouble)


def test_a_wrong_number_is_not_proposed_again_and_the_next_one_is_called_at_once() -> None:
    known_under("03-1111-1111 / 03-2222-2222")
    trouble = open_asked()
    [call] = sellers_calls()

    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER)

    [again] = sellers_calls()
    assert again.turn == 1
    assert attention(trouble) == "call-owed"
    assert [(line.place, line.is_wrong) for line in calling.lines("S-1")] == [(1, True), (2, False)]
    assert told_lead() == ["contact.danger_staff"]
    contact.record_call(agent(), call=again.id, outcome=Outcome.WRONG_NUMBER, line=2)
    assert calling.proposed("S-1") is None
    assert told_lead()[0] == "contact.number_wrong"
    assert attention(trouble) == "unreachable"


def test_what_is_remembered_of_a_wrong_number_shows_none_and_goes_with_its_seller() -> None:
    open_asked()
    [call] = sellers_calls()
    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER)
    kept = WrongNumber.objects.get()

    assert b"0000" not in bytes(kept.number)
    assert kept.seller_ref == "S-1"
    assert tasks.forget_numbers("buyer:S-1", MONDAY, 10) == 0
    assert erasing.erase("seller:S-1", MONDAY)["contact_wrongnumber"] == 1
    assert calling.proposed("S-1") is not None


def test_a_number_that_is_put_right_is_proposed_again() -> None:
    open_asked()
    [call] = sellers_calls()
    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER)

    known_under("03-3333-3333")

    line = calling.proposed("S-1")
    assert line is not None
    assert line.number == "03-3333-3333"


def test_a_seller_without_a_number_is_called_under_none_and_a_line_that_is_none_is_noted_as_none() -> None:
    known_under("")
    open_asked()
    [call] = sellers_calls()

    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER, line=7)

    assert Call.objects.get(pk=call.id).line == 0
    assert WrongNumber.objects.count() == 0


def test_a_promise_by_a_moment_is_kept_or_broken_and_counted() -> None:
    trouble, other = open_asked(), open_asked(order_ref="O-3")
    by = MONDAY + timedelta(hours=2, minutes=30)
    for call in sellers_calls():
        contact.record_call(agent(), call=call.id, outcome=Outcome.PROMISED, promised_by=by)
    known = facts.trouble(other)
    assert known is not None
    contact.answer(seller(MONDAY + timedelta(hours=1)), thread=known.thread, said="対応しました")

    pass_time(by)
    assert acts(trouble)[-1] == "record_call"  # not before the moment, and within the hour after it
    pass_time(by + timedelta(minutes=30))

    assert acts(trouble)[-1] == "break_promise"
    assert {c.trouble_id: c.kept for c in Call.objects.exclude(promised_at=None)} == {
        trouble: False,
        other: True,
    }
    assert {c.promised_at for c in Call.objects.exclude(promised_at=None)} == {by}


def promised() -> tuple[int, int]:
    trouble = open_asked()
    contact.request_mediation(buyer(), trouble=trouble)
    [call] = sellers_calls()
    contact.record_call(agent(), call=call.id, outcome=Outcome.PROMISED, promised_within=Hours(4))
    return trouble, call.id


def test_a_promise_is_kept_by_a_proposal_and_nobody_calls_again() -> None:
    trouble, call = promised()

    contact.propose(seller(MONDAY + timedelta(hours=1)), trouble=trouble, kind=Kind.FULL_REFUND)
    pass_time(MONDAY + timedelta(hours=6))

    assert list(Call.objects.filter(whom="seller").values_list("pk", "kept")) == [(call, True)]
    assert acts(trouble)[-1] == "keep_promise"
    assert attention(trouble) != "promise-broken"


def test_a_promise_is_kept_by_agreeing() -> None:
    trouble, call = promised()
    at = MONDAY + timedelta(hours=1)
    offered = contact.propose(agent(), trouble=trouble, kind=Kind.FULL_REFUND)

    contact.accept(buyer(at), proposal=offered)
    contact.accept(seller(at), proposal=offered)
    pass_time(MONDAY + timedelta(hours=6))

    assert list(Call.objects.filter(whom="seller").values_list("pk", "kept")) == [(call, True)]


def test_a_proposal_that_is_taken_back_in_time_keeps_no_promise() -> None:
    trouble, call = promised()
    at = MONDAY + timedelta(hours=1)

    offered = contact.propose(seller(at), trouble=trouble, kind=Kind.FULL_REFUND)
    contact.withdraw_proposal(seller(at + TEN), proposal=offered)
    pass_time(MONDAY + timedelta(hours=6))

    assert Call.objects.get(pk=call).kept is False
    assert cases.view(cases.Wish(attention="promise-broken")).cases[0].about == f"contact.trouble:{trouble}"


def test_a_promise_has_one_time_that_lies_ahead() -> None:
    open_asked()
    [call] = sellers_calls()
    by = MONDAY + timedelta(hours=1)

    with pytest.raises(PromiseNeedsTime):
        contact.record_call(
            agent(), call=call.id, outcome=Outcome.PROMISED, promised_by=by, promised_within=Hours(1)
        )
    with pytest.raises(PromiseNeedsTime):
        contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED, promised_by=by)
    for wrong in (MONDAY, MONDAY + timedelta(days=31)):
        with pytest.raises(PromiseOutOfReach):
            contact.record_call(agent(), call=call.id, outcome=Outcome.PROMISED, promised_by=wrong)


def test_a_note_is_sealed_shown_to_who_calls_and_not_in_the_record() -> None:
    trouble = open_asked()
    [call] = sellers_calls()
    with pytest.raises(TooManyWords):
        contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED, note="長" * 501)

    contact.record_call(agent(), call=call.id, outcome=Outcome.REACHED, note=" 店主は夕方に戻る ")

    row = Call.objects.get(pk=call.id)
    assert "夕方".encode() not in bytes(row.note or b"")
    [made, _] = tries(calls_of(row.trouble))
    assert made.note == "店主は夕方に戻る"
    assert all("夕方" not in str(act.content) for act in ledger.acts_about(f"contact.trouble:{trouble}"))


def test_the_panel_says_why_under_which_number_and_when() -> None:
    known_under("03-1111-1111", hours="13:00〜17:00")
    open_asked()
    call = Call.objects.select_related("trouble__thread").get(whom="seller")

    closed = panel(call, call.trouble, number="1234-5678", shop="店", at=MONDAY)
    open_ = panel(call, call.trouble, number="1234-5678", shop="店", at=MONDAY + timedelta(hours=4))

    assert "回答がありません" in closed.why.ja
    assert closed.proposed is not None
    assert closed.proposed.number == "03-1111-1111"
    assert closed.best is not None
    assert "13:00" in closed.best.ja
    assert open_.best is None
    assert open_.is_due


def test_a_wrong_number_asks_its_seller_to_prove_the_one_that_it_shows() -> None:
    known_under("03-1111-1111")
    shown = ShownDisplay(items=(ShownItem(item=DisplayItem.PHONE, said="03-1111-1111"),))
    display.write_display(machine(MONDAY), seller_ref="S-1", told=shown)
    open_asked()
    [call] = sellers_calls()

    contact.record_call(agent(), call=call.id, outcome=Outcome.WRONG_NUMBER)
    while outbox_actions.work(at=MONDAY + TEN):
        pass

    [asked] = [one for one in outbox.notices(to="seller:S-1") if one.template == "display.proof_asked"]
    assert asked.about == "display.proof:phone:S-1"


def test_calls_in_vain_ask_for_the_same_proof_and_only_of_who_shows_a_number() -> None:
    tasks.seller_not_reached(
        SellerNotReached(subject="contact.thread:1", trouble=1, case="C", seller_ref="S-1", times=4), MONDAY
    )

    assert "display.proof_asked" not in [one.template for one in outbox.notices(to="seller:S-1")]
