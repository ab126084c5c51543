"""Nothing waits for ever, nothing waits twice, and nobody is told of a moment that has passed."""

from datetime import timedelta

import pytest

from mamori.grammar.businesstime import Hours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import facts as ledger
from mamori.ground.market import actions as marketing
from mamori.ground.outbox import actions as outbox, facts as outbox_facts
from mamori.japan.written import ReasonNeeded, checked
from mamori.law.deadlines import CONFIRMATION, REMEDY_DECISION, RESOLUTION
from mamori.rooms.contact import actions as contact, facts, urging
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.claiming import RemedyHindered
from mamori.rooms.contact.models import Trouble
from mamori.rooms.contact.rules.urging import Means, Urge
from mamori.rooms.contact.tests.conftest import (
    MONDAY,
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
from mamori.rooms.contact.topics import Topic

pytestmark = pytest.mark.usefixtures("market_of_two")
OVERDUE = MONDAY + timedelta(days=3)


def kinds(about: str) -> set[str]:
    return {clock.kind for clock in clocks.open_clocks(about)}


def thread_of(trouble: int) -> int:
    known = facts.trouble(trouble)
    assert known is not None
    return known.thread


def test_a_missed_question_still_ends_after_the_buyer_wrote_again() -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="使えますか")
    pass_time(OVERDUE)

    contact.write(buyer(OVERDUE), thread=thread, said="まだですか")
    waits = clocks.next_due(f"contact.thread:{thread}")
    pass_time(OVERDUE + timedelta(days=9))

    assert waits is not None
    assert waits > OVERDUE + timedelta(days=6)
    known = facts.thread(thread)
    assert known is not None
    assert known.state == "closed"


def test_a_refund_under_way_at_the_missed_resolution_waits_for_the_marketplace_only_and_may_fail() -> None:
    trouble = open_trouble()
    about, almost = f"contact.trouble:{trouble}", MONDAY + timedelta(hours=47)
    contact.request_mediation(buyer(), trouble=trouble)
    instruction = contact.grant_remedy(agent(almost), trouble=trouble, amount=8_000, reason="x")

    pass_time(MONDAY + timedelta(hours=49))
    waiting = kinds(about)
    marketing.confirm(machine(OVERDUE), instruction=instruction, outcome="refused")
    outbox.work(at=OVERDUE)

    assert CONFIRMATION.code in waiting
    assert REMEDY_DECISION.code not in waiting
    assert REMEDY_DECISION.code in kinds(about)
    assert not outbox_facts.stuck()
    assert "contact.not_carried_out" in {n.template for n in outbox_facts.notices(to="lead")}


def test_a_refund_that_failed_before_the_missed_resolution_does_not_stop_its_bell() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    instruction = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    marketing.confirm(machine(), instruction=instruction, outcome="refused")
    outbox.work(at=MONDAY)

    pass_time(OVERDUE)

    known = facts.trouble(trouble)
    assert known is not None
    assert known.state == "overdue"


def test_no_refund_is_granted_once_the_trouble_has_ended() -> None:
    trouble = open_trouble()
    contact.withdraw(buyer(), trouble=trouble)

    with pytest.raises(RemedyHindered):
        contact.grant_remedy(lead(), trouble=trouble, amount=8_000, reason="x")


def test_staff_say_that_it_is_solved_only_with_a_reason_and_the_buyer_is_told() -> None:
    trouble = open_trouble()

    with pytest.raises(ReasonNeeded):
        contact.solve(agent(), trouble=trouble)
    contact.solve(agent(), trouble=trouble, reason="電話で本人から聞いた")

    assert "contact.solved" in {n.template for n in outbox_facts.notices(to="buyer:B-1")}


def test_silence_is_announced_and_its_end_is_told() -> None:
    trouble = open_trouble()
    contact.answer(seller(), thread=thread_of(trouble), said="交換します")
    pass_time(MONDAY + timedelta(days=9))

    told = {n.template: n.values for n in outbox_facts.notices(to="buyer:B-1")}
    assert "contact.lapsed" in told
    assert told["contact.answered"]["until"]


def test_a_silent_buyer_does_not_stop_a_refund_and_the_index_knows_what_comes_next() -> None:
    trouble = open_trouble()
    about, late = f"contact.trouble:{trouble}", MONDAY + timedelta(days=6, hours=20)
    contact.answer(seller(), thread=thread_of(trouble), said="交換します")
    pass_time(late)
    contact.grant_remedy(agent(late), trouble=trouble, amount=8_000, reason="x")

    pass_time(MONDAY + timedelta(days=7, hours=20))

    assert kinds(about) == {CONFIRMATION.code}
    assert cases.case_of(about).next_due_at == clocks.next_due(about)


def test_an_answer_received_in_time_is_in_time_even_when_the_clock_rang_first() -> None:
    trouble = open_trouble()
    pass_time(MONDAY + timedelta(hours=24))

    contact.answer(seller(MONDAY + timedelta(hours=24)), thread=thread_of(trouble), said="交換します")

    assert content(f"contact.trouble:{trouble}")["payload"]["in_time"] is True


@pytest.mark.parametrize(("hours", "in_time"), [(48, True), (49, False)])
def test_an_answer_to_a_question_that_was_received_in_time_is_in_time_even_when_the_clock_rang_first(
    hours: int, in_time: bool
) -> None:
    thread = contact.ask_question(buyer(), listing_ref="L-1", topic=Topic.GOODS, said="サイズは?")
    pass_time(OVERDUE)

    contact.answer(seller(MONDAY + timedelta(hours=hours)), thread=thread, said="Mです")

    assert content(f"contact.thread:{thread}")["payload"]["in_time"] is in_time


def test_an_urging_names_a_moment_that_lies_ahead_or_none() -> None:
    trouble = open_trouble(order_ref="O-1")
    pass_time(OVERDUE)
    contact.answer(seller(OVERDUE), thread=thread_of(trouble), said="確認しました")
    contact.say_unsolved(buyer(OVERDUE + timedelta(days=9)), trouble=trouble, said="直りません")

    urged = [n.body["ja"] for n in outbox_facts.notices(to="seller:S-1") if n.template == "contact.urge"]
    missed = [words for words in urged if "期限を過ぎた" in words]
    assert missed
    assert all("2026年11月18日（水）10:00までに" in words for words in missed), missed


def test_an_urging_says_at_once_when_every_due_moment_has_passed() -> None:
    trouble = open_asked()
    pass_time(OVERDUE)
    moved = Trouble.objects.select_related("thread").get(pk=trouble)

    urging.carry_out(machine(OVERDUE), moved, Urge(Means.NOTICE, None))

    last = max(outbox_facts.notices(to="seller:S-1"), key=lambda notice: notice.number)
    assert "至急ご対応ください" in last.body["ja"]


def test_a_promise_that_was_kept_stays_kept_when_the_buyer_writes_again() -> None:
    trouble = open_asked()
    call = sellers_calls()[0].id
    contact.record_call(agent(), call=call, outcome=Outcome.PROMISED, promised_within=Hours(4))
    contact.answer(seller(MONDAY + timedelta(hours=1)), thread=thread_of(trouble), said="交換します")
    contact.write(buyer(MONDAY + timedelta(hours=2)), thread=thread_of(trouble), said="いつですか")

    pass_time(MONDAY + timedelta(hours=5))

    acts = [act.kind for act in ledger.acts_about(f"contact.trouble:{trouble}")]
    assert "contact.keep_promise" in acts
    assert "contact.break_promise" not in acts


def test_half_a_character_is_no_fault() -> None:
    assert checked("a\ud800") == "a?"


def test_a_recovery_is_waived_after_the_hearing_with_a_reason() -> None:
    trouble = open_trouble()
    contact.request_mediation(buyer(), trouble=trouble)
    instruction = contact.grant_remedy(agent(), trouble=trouble, amount=8_000, reason="x")
    marketing.confirm(machine(), instruction=instruction, outcome="confirmed")
    outbox.work(at=MONDAY)
    recovery = facts.recovery_of(trouble)
    assert recovery is not None
    contact.state_view(seller(), recovery=recovery.id, said="困ります")
    pass_time(MONDAY + timedelta(days=31))
    assert cases.case_of(f"contact.recovery:{recovery.id}").attention == "review-recovery"

    with pytest.raises(ReasonNeeded):
        contact.waive(lead(), recovery=recovery.id, reason=" ")
    contact.waive(lead(), recovery=recovery.id, reason="事情を考慮")

    assert facts.recovery_of(trouble) != recovery
    assert "contact.waived" in {n.template for n in outbox_facts.notices(to="seller:S-1")}


def test_a_calendar_that_moved_a_stopped_clock_tells_nobody() -> None:
    trouble = open_trouble()
    about = f"contact.trouble:{trouble}"
    before = facts.trouble(trouble)
    contact.withdraw(buyer(), trouble=trouble)

    contact.move_deadline(
        machine(), about=about, clock=RESOLUTION.code, old_due_at=MONDAY, new_due_at=OVERDUE
    )

    after = facts.trouble(trouble)
    assert before is not None
    assert after is not None
    assert after.resolution_due_at == before.resolution_due_at
    assert "contact.moved" not in {n.template for n in outbox_facts.notices(to="buyer:B-1")}


def test_a_missed_answer_is_urged_by_notice_call_and_letter() -> None:
    trouble = open_trouble()

    pass_time(MONDAY + timedelta(hours=25))

    told = [n.template for n in outbox_facts.notices() if n.to == "seller:S-1"]
    assert told.count("contact.urge_on_paper") == 1
    assert facts.trouble(trouble).state == "mediated"  # type: ignore[union-attr]
    assert kinds(f"contact.trouble:{trouble}") >= {urging.URGE_CLOCK, RESOLUTION.code}
