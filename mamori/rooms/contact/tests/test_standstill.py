"""Cases that staff let stand still: what waits to the end of the day, what never does, and that it ends by itself."""

from datetime import date, datetime, timedelta

import pytest

from mamori.grammar.statechart import StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.cases.facts import CaseNumberMistyped
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ContactsLine
from mamori.ground.outbox import facts as outbox
from mamori.japan.calendar import JAPAN
from mamori.japan.written import ReasonNeeded
from mamori.law.deadlines import ANSWER, HEARING, RESOLUTION, SILENCE
from mamori.rooms.contact import actions as contact, facts, urging
from mamori.rooms.contact.actions.standstill import (
    AT_ONCE,
    CannotStandStill,
    StandstillUnreadable,
)
from mamori.rooms.contact.models import Standstill, Thread
from mamori.rooms.contact.rules.proposals import Kind
from mamori.rooms.contact.rules.standstill import Cause
from mamori.rooms.contact.tests.conftest import (
    EVES,
    MONDAY,
    agent,
    buyer,
    content,
    lead,
    machine,
    open_trouble,
    pass_time,
    seller,
)

pytestmark = pytest.mark.usefixtures("market_of_two", "settled_contact")

WEDNESDAY = date(2026, 11, 18)
HOURS_TO_THURSDAY = timedelta(hours=62)
"""From Monday at ten to the end of Wednesday."""


def trouble(number: int) -> str:
    return f"contact.trouble:{number}"


def due(about: str, kind: str) -> datetime:
    [clock] = [one for one in clocks.open_clocks(about) if one.kind == kind]
    return clock.due_at.astimezone(JAPAN)


def held(*abouts: str, at: datetime = MONDAY, until: date = WEDNESDAY) -> None:
    named = "、".join(cases.case_of(about).number for about in abouts)
    contact.hold_still(lead(at), cases=named, cause=Cause.CARRIER, until=until, reason="集荷の停止")


def told(about: str) -> list[tuple[str, str]]:
    """Return to whom the centre wrote of a standstill of the case, and with which notice."""
    kinds = ("contact.stands_still", "contact.runs_on")
    found = [one for one in outbox.notices() if one.about == about and one.template in kinds]
    return sorted((one.to, one.template.removeprefix("contact.")) for one in found)


def test_what_the_seller_owes_waits_to_the_end_of_the_day_and_the_solution_does_not() -> None:
    number = open_trouble()
    about = trouble(number)
    before = {one.kind: one.due_at for one in clocks.open_clocks(about)}

    held(about)

    after = {one.kind: one.due_at for one in clocks.open_clocks(about)}
    known = facts.trouble(number)
    assert known is not None
    assert after[ANSWER.code] == before[ANSWER.code] + HOURS_TO_THURSDAY
    assert after[urging.URGE_CLOCK] > before[urging.URGE_CLOCK]
    assert after[RESOLUTION.code] == before[RESOLUTION.code]
    assert known.answer_due_at == Thread.objects.get().answer_due_at == after[ANSWER.code]
    assert Thread.objects.get().seller_due_at == after[ANSWER.code]


def test_it_ends_on_its_day_by_itself_and_both_sides_are_told_once() -> None:
    about = trouble(open_trouble())
    late = due(about, ANSWER.code) + HOURS_TO_THURSDAY

    held(about)
    pass_time(late - timedelta(minutes=1))
    before = Thread.objects.get().state
    pass_time(late)

    assert (before, Thread.objects.get().state) == ("waiting", "missed")
    assert told(about) == [("buyer:B-1", "stands_still"), ("seller:S-1", "stands_still")]
    said = next(one for one in outbox.notices() if one.template == "contact.stands_still")
    assert "配送が止まっているため" in said.body["ja"]
    assert "11月18日" in said.body["ja"]
    assert "法律で決まった日数は変わりません" in said.body["ja"]


def test_it_is_ended_sooner_by_an_earlier_day_and_what_lay_ahead_is_not_added() -> None:
    about = trouble(open_trouble())
    before = due(about, ANSWER.code)
    held(about)

    held(about, at=MONDAY + timedelta(hours=4), until=MONDAY.date())

    assert due(about, ANSWER.code) == before + timedelta(hours=14)
    assert Thread.objects.get().answer_due_at == before + timedelta(hours=14)
    said = [one.body["ja"] for one in outbox.notices() if one.template == "contact.stands_still"]
    assert sum("11月16日" in one for one in said) == 2


def test_another_day_makes_it_longer_and_counts_nothing_twice() -> None:
    about = trouble(open_trouble())
    before = due(about, ANSWER.code)
    held(about)

    held(about, at=MONDAY + timedelta(hours=30), until=WEDNESDAY + timedelta(days=1))

    assert due(about, ANSWER.code) == before + HOURS_TO_THURSDAY + timedelta(days=1)
    assert Standstill.objects.count() == 1


def test_one_that_was_over_begins_anew_and_the_days_between_count() -> None:
    about = trouble(open_trouble())
    before = due(about, ANSWER.code)
    held(about, until=MONDAY.date())
    tomorrow = MONDAY + timedelta(days=1)

    held(about, at=tomorrow, until=tomorrow.date())

    assert due(about, ANSWER.code) == before + 2 * timedelta(hours=14)


def test_what_begins_meanwhile_waits_as_well_and_other_cases_do_not() -> None:
    number, other = open_trouble(), open_trouble(order_ref="O-2")
    about, elsewhere = trouble(number), trouble(other)
    before = due(elsewhere, ANSWER.code)
    held(about)
    tuesday = MONDAY + timedelta(days=1)

    contact.answer(seller(tuesday), thread=Thread.objects.order_by("pk")[0].pk, said="お送りしました")
    said = content(about)

    silence = due(about, SILENCE.code)
    held(about, at=tuesday, until=tuesday.date())
    assert silence > due(about, SILENCE.code)
    assert said["payload"]["in_time"] is True
    assert due(elsewhere, ANSWER.code) == before
    assert told(elsewhere) == []


def test_a_buyer_who_cannot_write_is_not_taken_to_have_given_up() -> None:
    about = trouble(open_trouble())
    contact.answer(seller(), thread=Thread.objects.get().pk, said="お送りしました")
    over = due(about, SILENCE.code)

    held(about, until=MONDAY.date() + timedelta(days=20))
    pass_time(over)

    assert due(about, SILENCE.code) > over
    assert Thread.objects.get().closed_at is None


def test_an_answer_taken_back_meanwhile_is_owed_to_the_end_of_the_day_as_well() -> None:
    number = open_trouble()
    about = trouble(number)
    before = due(about, ANSWER.code)
    contact.request_mediation(buyer(), trouble=number)
    offered = contact.propose(seller(), trouble=number, kind=Kind.FULL_REFUND)
    held(about)

    contact.withdraw_proposal(seller(MONDAY + timedelta(hours=1)), proposal=offered)

    assert due(about, ANSWER.code) == before + HOURS_TO_THURSDAY
    assert Thread.objects.get().answer_due_at == before + HOURS_TO_THURSDAY


def test_an_answer_taken_back_after_its_case_ran_on_waits_for_what_it_stood_and_no_longer() -> None:
    number = open_trouble()
    about = trouble(number)
    before = due(about, ANSWER.code)
    contact.request_mediation(buyer(), trouble=number)
    offered = contact.propose(seller(MONDAY + timedelta(hours=1)), trouble=number, kind=Kind.FULL_REFUND)
    held(about, until=MONDAY.date() + timedelta(days=25))
    held(about, at=MONDAY + timedelta(hours=2), until=MONDAY.date())

    contact.withdraw_proposal(seller(MONDAY + timedelta(days=1)), proposal=offered)

    assert due(about, ANSWER.code) == before + timedelta(hours=14)


def test_an_answer_taken_back_after_it_was_due_is_owed_when_the_case_runs_on() -> None:
    number = open_trouble()
    about = trouble(number)
    before = due(about, ANSWER.code)
    contact.request_mediation(buyer(), trouble=number)
    offered = contact.propose(seller(), trouble=number, kind=Kind.FULL_REFUND)
    held(about)

    contact.withdraw_proposal(seller(before + timedelta(hours=2)), proposal=offered)

    assert due(about, ANSWER.code) == before + HOURS_TO_THURSDAY


def test_a_case_named_twice_or_chosen_again_for_the_same_day_is_told_once() -> None:
    about = trouble(open_trouble())
    number = cases.case_of(about).number

    contact.hold_still(
        lead(),
        cases=f"{number} {number[:4]}-{number[4:]}，{number[:4]} {number[4:]}",
        cause=Cause.CARRIER,
        until=WEDNESDAY,
        reason="停止",
    )
    held(about, at=MONDAY + timedelta(hours=1))

    assert told(about) == [("buyer:B-1", "stands_still"), ("seller:S-1", "stands_still")]


def test_a_hearing_about_a_recovery_waits_and_only_the_seller_is_told() -> None:
    number = open_trouble()
    contact.request_mediation(buyer(), trouble=number)
    instruction = contact.grant_remedy(agent(), trouble=number, amount=8_000, reason="x")
    market.confirm(machine(), instruction=instruction, outcome="confirmed")
    contact.confirm_instruction(machine(), instruction=instruction)
    known = facts.recovery_of(number)
    assert known is not None
    about = f"contact.recovery:{known.id}"
    before = due(about, HEARING.code)

    held(about)

    assert due(about, HEARING.code) > before
    assert told(about) == [("seller:S-1", "stands_still")]


def test_a_case_in_danger_never_stands_still_and_a_danger_ends_a_standstill() -> None:
    number = open_trouble()
    about = trouble(number)
    before = due(about, ANSWER.code)
    held(about)

    contact.raise_harm(buyer(MONDAY + timedelta(hours=1)), trouble=number, said="煙が出ました")

    assert due(about, ANSWER.code) <= before + timedelta(hours=1)
    assert Thread.objects.get().answer_due_at == due(about, ANSWER.code)
    assert ("buyer:B-1", "runs_on") in told(about)
    with pytest.raises(CannotStandStill):
        held(about, at=MONDAY + timedelta(hours=2))


def test_what_cannot_stand_still_is_named_and_none_of_the_others_does() -> None:
    here, over = trouble(open_trouble()), open_trouble(order_ref="O-2")
    contact.withdraw(buyer(), trouble=over)
    mine, closed = cases.case_of(here).number, cases.case_of(trouble(over)).number

    for wrong, refusal in ((closed, CannotStandStill), ("12345678", CaseNumberMistyped)):
        with pytest.raises(refusal, match=wrong):
            contact.hold_still(
                lead(), cases=f"{mine} {wrong}", cause=Cause.DISASTER, until=WEDNESDAY, reason="雪"
            )

    assert told(here) == []
    assert not Standstill.objects.exists()


def test_no_case_too_many_a_day_that_is_past_and_no_reason_are_refused() -> None:
    number = cases.case_of(trouble(open_trouble())).number
    good = {"cases": number, "cause": Cause.DISASTER, "until": WEDNESDAY, "reason": "雪"}
    for wrong in (
        {"cases": " 、"},
        {"cases": " ".join(str(n) for n in range(AT_ONCE + 1))},
        {"until": MONDAY.date() - timedelta(days=1)},
        {"until": MONDAY.date() + timedelta(days=40)},
        {"until": date.max},
    ):
        with pytest.raises(StandstillUnreadable):
            contact.hold_still(lead(), **good | wrong)  # type: ignore[arg-type]
    with pytest.raises(ReasonNeeded):
        contact.hold_still(lead(), **good | {"reason": " "})  # type: ignore[arg-type]


def test_only_a_lead_or_counsel_lets_cases_stand_still() -> None:
    number = cases.case_of(trouble(open_trouble())).number

    for actor in (agent(), buyer(), seller(), *EVES):
        with pytest.raises(StepNotYours):
            contact.hold_still(actor, cases=number, cause=Cause.DISASTER, until=WEDNESDAY, reason="x")


def test_the_record_of_each_case_says_that_it_stood_still_and_until_when() -> None:
    about = trouble(open_trouble())

    held(about)

    said = content(about)
    assert said["payload"]["cause"] == "carrier"
    assert said["payload"]["until"].startswith("2026-11-19T00:00")


def test_of_a_seller_who_is_protected_neither_notice_nor_clock_says_what_could_tell_where_it_is() -> None:
    market.put_contacts(
        machine(), ContactsLine(ref="S-1", phone="03-0000-0000", address="石川県金沢市", protected=True)
    )
    about = trouble(open_trouble())

    held(about)

    said = [one.body["ja"] for one in outbox.notices() if one.template == "contact.stands_still"]
    counted = [sentence.ja for one in clocks.open_clocks(about) for sentence in one.why]
    assert all("やむを得ない事情のため" in one and "配送" not in one for one in said)
    assert not any("配送" in sentence for sentence in counted)
    assert any("やむを得ない事情のため" in sentence for sentence in counted)
