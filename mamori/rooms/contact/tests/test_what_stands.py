"""What should stand about each kind of matter of the room follows from its rows alone, or it is said which column they lack."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mamori.grammar.businesstime import EveryHours, Hours
from mamori.ground.matters.standing import Asks, Runs
from mamori.japan.calendar import japanese_calendar
from mamori.law import alerts, deadlines
from mamori.law.deadlines import (
    AGREEMENT,
    ANSWER,
    CALL,
    DANGER_CALL,
    DEADLINES,
    PROPOSAL,
    QUESTION_ANSWER,
    RESOLUTION,
    SILENCE,
)
from mamori.rooms.contact.alerts import rules as alert_rules
from mamori.rooms.contact.formal import rules as formal_rules
from mamori.rooms.contact.lifecycle import TROUBLE, MediationState
from mamori.rooms.contact.rules import clocks
from mamori.rooms.contact.rules.clocks import (
    DANGER_RECALL_CLOCK,
    LACKING,
    PROMISE_CLOCK,
    RECALL_CLOCK,
    URGE_CLOCK,
    Partly,
    Standing,
    of_call,
    of_offer,
    of_promise,
    of_question,
    of_trouble,
)
from mamori.rooms.contact.rules.owed import Owed
from mamori.rooms.contact.tasks import RINGS
from mamori.rooms.contact.tests.rows import (
    DAY,
    HOUR,
    MONDAY,
    OFF,
    Call,
    Offer,
    Thread,
    Trouble,
    asks,
    kinds,
    the,
)


def trouble(thread: Thread | None = None, *, owed: Owed | None = None, **row: Any) -> list[Standing]:
    asked = {name: row.pop(name) for name in ("mediation", "turned", "closed") if name in row}
    return list(of_trouble(Trouble(**row), thread or Thread(), owed=owed, **asked))


class TestConversations:
    """Questions and troubles."""

    def test_a_first_answer_is_owed_since_the_inquiry_without_the_shops_days_off(self) -> None:
        question = list(of_question(Thread(), first=True, closed=OFF))

        assert question == [Runs(QUESTION_ANSWER, since=MONDAY, without=OFF)]
        assert the(trouble(closed=OFF), ANSWER.code) == Runs(ANSWER, since=MONDAY, without=OFF)

    @pytest.mark.parametrize(
        "row",
        [{"first_answered_at": MONDAY + HOUR}, {"turned": True}, {"danger_since": MONDAY + HOUR}],
    )
    def test_since_when_a_later_answer_is_owed_no_row_says(self, row: dict[str, Any]) -> None:
        later = Partly(ANSWER, lacks="thread.asked_at", due=MONDAY + DAY)

        assert the(trouble(**row), ANSWER.code) == later
        assert list(of_question(Thread(), first=False)) == [
            Partly(QUESTION_ANSWER, lacks="thread.asked_at", due=MONDAY + DAY)
        ]

    def test_a_danger_that_was_told_of_at_once_leaves_the_first_answer_the_first(self) -> None:
        assert the(trouble(danger_since=MONDAY, harm="danger"), ANSWER.code) == Runs(ANSWER, since=MONDAY)

    def test_a_question_that_is_answered_or_missed_waits_for_its_buyer_and_a_closed_one_for_nobody(
        self,
    ) -> None:
        missed = list(of_question(Thread(state="missed"), first=False))

        assert kinds(of_question(Thread(state="answered"), first=False)) == {SILENCE.code} == kinds(missed)
        assert asks(missed) == {"answer-missed"}
        assert list(of_question(Thread(state="closed", closed_at=MONDAY), first=False)) == []

    def test_a_buyer_is_awaited_only_while_the_seller_has_answered_and_nothing_is_owed(self) -> None:
        answered = Thread(state="answered", awaits_buyer=True)

        assert SILENCE.code in kinds(trouble(answered, progress="answered"))
        assert SILENCE.code not in kinds(trouble(answered, progress="answered", owed=Owed.DECISION))
        assert SILENCE.code not in kinds(trouble(Thread(state="answered"), progress="answered"))
        assert SILENCE.code not in kinds(trouble(Thread(state="waiting", awaits_buyer=True)))

    def test_a_seller_is_urged_by_the_rows_of_the_table_that_are_not_at_once(self) -> None:
        urged = [one for one in trouble() if isinstance(one, Partly) and one.kind == URGE_CLOCK]
        grave = [one for one in trouble(harm="danger") if isinstance(one, Partly) and one.kind == URGE_CLOCK]

        assert {one.key: one.span for one in urged} == {
            "unanswered/0/notice": Hours(12),
            "unanswered/1/call": Hours(20),
        }
        assert [one.span for one in grave] == [EveryHours(4), EveryHours(20)]

    def test_what_the_operator_refunds_the_seller_owes_no_more(self) -> None:
        standing = trouble(
            Thread(state="missed"), owed=Owed.REMEDY, state="overdue", mediation=MediationState.OPEN
        )

        assert kinds(trouble(owed=Owed.REMEDY)) == {RESOLUTION.code}
        assert standing == []

    def test_a_solution_is_owed_until_it_is_overdue_or_all_is_paid_back_and_may_begin_anew(self) -> None:
        answered = Thread(state="answered")
        again = trouble(answered, progress="answered", paid_back_at=MONDAY, first_due_at=MONDAY)

        assert the(trouble(), RESOLUTION.code) == Runs(RESOLUTION, since=MONDAY)
        assert RESOLUTION.code not in kinds(trouble(state="overdue"))
        assert trouble(answered, progress="answered", paid_back_at=MONDAY) == []
        assert again == [Partly(RESOLUTION, lacks="trouble.resolution_since", due=MONDAY + 2 * DAY)]

    def test_what_is_overdue_and_a_mediation_that_nobody_took_are_asked_for(self) -> None:
        late = trouble(
            Thread(state="missed"), state="overdue", progress="missed", mediation=MediationState.OPEN
        )
        answered = Thread(state="answered")
        paid = trouble(answered, progress="answered", paid_back_at=MONDAY, mediation=MediationState.OPEN)

        assert asks(late) == {"answer-missed", "resolution-missed", "mediation-asked"}
        assert asks(trouble(mediation=MediationState.TAKEN)) == set()
        assert asks(trouble(mediation=MediationState.OPEN, owed=Owed.AGREEMENT)) == set()
        assert asks(paid) == set()

    def test_a_danger_is_asked_about_until_the_buyer_was_reached_also_when_the_trouble_is_over(self) -> None:
        over = trouble(danger_since=MONDAY, harm="danger", state="solved", closed_at=MONDAY + DAY)

        assert over == [Asks("danger")]
        assert trouble(danger_since=MONDAY, danger_ended_at=MONDAY, state="solved", closed_at=MONDAY) == []

    def test_a_trouble_that_is_over_waits_for_nothing(self) -> None:
        for state in TROUBLE.ends:
            assert trouble(state=state, closed_at=MONDAY) == []


class TestOffersAndCalls:
    """Proposals and telephone calls."""

    def test_a_proposal_waits_for_a_reply_and_an_agreement_since_the_last_agreed(self) -> None:
        both = {"buyer_agreed_at": MONDAY + HOUR, "state": "accepted"}
        buyers = Offer(
            by_side="buyer", buyer_agreed_at=MONDAY, seller_agreed_at=MONDAY + HOUR, state="accepted"
        )

        assert list(of_offer(Offer())) == [Runs(PROPOSAL, since=MONDAY, key="7")]
        assert list(of_offer(Offer(**both))) == [Runs(AGREEMENT, since=MONDAY + HOUR, key="7")]  # type: ignore[arg-type]
        assert list(of_offer(buyers)) == [Runs(AGREEMENT, since=MONDAY + HOUR, key="7")]
        assert list(of_offer(Offer(state="kept"))) == []

    def test_who_agreed_last_to_what_the_centre_proposed_no_row_says(self) -> None:
        centres = Offer(by_side="centre", state="accepted", buyer_agreed_at=MONDAY)

        assert list(of_offer(centres)) == [
            Partly(AGREEMENT, lacks="proposal.agreed_at", key="7", due=MONDAY + DAY)
        ]

    def test_a_call_is_to_be_made_since_it_was_entered_and_flagged_again_and_again(self) -> None:
        grave = Call(urgency=0)

        assert list(of_call(Call(), danger_since=None)) == [Runs(CALL, since=MONDAY, key="3", again=True)]
        assert list(of_call(grave, danger_since=MONDAY)) == [
            Runs(DANGER_CALL, since=MONDAY, key="3", again=True)
        ]
        assert list(of_call(Call(whom="buyer", urgency=0), danger_since=MONDAY + HOUR)) == [
            Runs(DANGER_CALL, since=MONDAY, key="3", again=True)
        ]

    def test_a_call_that_is_put_off_waits_until_then_and_of_what_follows_no_row_says_since_when(self) -> None:
        later, buyers = (
            Call(not_before=MONDAY + HOUR),
            Call(whom="buyer", urgency=0, not_before=MONDAY + HOUR),
        )

        put_off, *perhaps = of_call(later, danger_since=None)

        assert put_off == Partly(RECALL_CLOCK, lacks="call.wait", key="3", since=MONDAY, due=MONDAY + HOUR)
        assert [(one.code, one.perhaps) for one in perhaps if isinstance(one, Partly)] == [
            (CALL.code, True),
            (DANGER_CALL.code, True),
        ]
        assert DANGER_RECALL_CLOCK in kinds(of_call(buyers, danger_since=MONDAY))

    def test_a_danger_lets_a_call_that_waits_be_made_at_once(self) -> None:
        put_off = Call(urgency=0, not_before=MONDAY + HOUR)

        assert list(of_call(put_off, danger_since=MONDAY + HOUR)) == [
            Runs(DANGER_CALL, since=MONDAY + HOUR, key="3", again=True)
        ]

    def test_by_which_clock_a_call_runs_that_was_urgent_once_no_row_says(self) -> None:
        standing = list(of_call(Call(), danger_since=MONDAY))

        assert all(isinstance(one, Partly) and one.perhaps for one in standing)

    def test_a_promise_fires_not_before_what_was_promised(self) -> None:
        promised = Call(closed_at=MONDAY, promised_at=MONDAY + timedelta(hours=3, minutes=30))

        assert list(of_promise(promised, japanese_calendar())) == [
            Runs(PROMISE_CLOCK, since=MONDAY, span=Hours(4), key="3")
        ]
        assert list(of_promise(Call(closed_at=MONDAY), japanese_calendar())) == []
        assert list(of_promise(Call(promised_at=MONDAY), japanese_calendar())) == []


def test_every_column_that_is_lacking_is_named_once_and_lacked_by_a_rule() -> None:
    rules = [Path(clocks.__file__)]
    named = {
        keyword.value.value
        for path in rules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword | ast.Call)
        for keyword in getattr(node, "keywords", ())
        if keyword.arg == "lacks" and isinstance(keyword.value, ast.Constant)
    }

    assert named == set(LACKING)


def test_every_clock_that_fires_in_this_room_is_spoken_of() -> None:
    rules = [Path(one.__file__) for one in (clocks, formal_rules, alert_rules)]
    spoken = {
        node.id
        for path in rules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    names = {one.code: name for name, one in vars(deadlines).items() if one in DEADLINES}
    names |= {one.code: name for name, one in vars(alerts).items() if one in alerts.ALERT_DEADLINES}
    names |= {value: name for name, value in vars(clocks).items() if name.endswith("_CLOCK")}

    assert [kind for kind in RINGS if names[kind] not in spoken] == []
