"""What should stand about refunds, recoveries, notices and looks follows from their rows, as far as those say it."""

from __future__ import annotations

from typing import Any

import pytest

from mamori.ground.matters.standing import Asks, Runs
from mamori.law.deadlines import (
    CONFIRMATION,
    FORMAL_ANSWER,
    FORMAL_REVIEW,
    HEARING,
    RECOVERY_REVIEW,
    REMEDY_DECISION,
    RETURN_ARRIVAL,
    RETURN_INSPECTION,
    RETURN_SENDING,
    SECOND_READER,
)
from mamori.rooms.contact.formal.rules import of_formal
from mamori.rooms.contact.lifecycle import FORMAL, RECOVERY, REMEDY
from mamori.rooms.contact.rules.clocks import Partly, of_look, of_recovery, of_remedy
from mamori.rooms.contact.tests.rows import (
    DAY,
    HOUR,
    MONDAY,
    Formal,
    Giving,
    Instruction,
    Recovery,
    Remedy,
    asks,
    kinds,
    the,
)


class TestMoney:
    """Refunds, recoveries, and what goes back."""

    def test_a_refund_waits_to_be_decided_on_where_it_was_asked_for_or_came_to_nothing(self) -> None:
        for owed in (Remedy(state="failed"), Remedy(asked_at=MONDAY), Remedy(amount=1)):
            standing = list(of_remedy(owed, instruction=None))
            assert standing == [
                Asks("decide-remedy"),
                Partly(REMEDY_DECISION, lacks="remedy.undecided_at", again=True),
            ]
        assert list(of_remedy(Remedy(), instruction=None)) == [
            Partly(REMEDY_DECISION, lacks="remedy.undecided_at", again=True, perhaps=True)
        ]

    def test_the_marketplace_is_awaited_since_it_was_told_and_each_chase_has_its_own_clock(self) -> None:
        for state in ("ordered", "instructed"):
            assert list(of_remedy(Remedy(state=state), instruction=Instruction())) == [
                Runs(CONFIRMATION, since=MONDAY + HOUR, key="1")
            ]
        assert list(of_remedy(Remedy(state="instructed"), instruction=Instruction(times=3))) == [
            Partly(CONFIRMATION, lacks="instruction.given_at", key="3")
        ]

    @pytest.mark.parametrize(
        ("state", "kind"),
        [("labelled", RETURN_SENDING), ("sent", RETURN_ARRIVAL), ("arrived", RETURN_INSPECTION)],
    )
    def test_goods_that_come_back_are_awaited_step_by_step(self, state: str, kind: Any) -> None:
        standing = list(of_remedy(Remedy(state=state), instruction=Instruction()))

        assert kinds(standing) == {kind.code}
        assert asks(standing) == ({"inspect-return"} if state == "arrived" else set())

    def test_a_refund_that_is_over_waits_for_nothing(self) -> None:
        for state in REMEDY.ends:
            assert list(of_remedy(Remedy(state=state), instruction=Instruction())) == []

    def test_a_seller_is_heard_and_a_deduction_looked_at_again_since_it_was_decided(self) -> None:
        heard = list(of_recovery(Recovery(state="heard", heard_at=MONDAY + HOUR), None))
        claimed = Recovery(state="claimed", decided_at=MONDAY + DAY)

        assert list(of_recovery(Recovery(), None)) == [Runs(HEARING, since=MONDAY)]
        assert heard == [
            Asks("decide-recovery"),
            Runs(RECOVERY_REVIEW, since=MONDAY + HOUR, again=True),
        ]
        assert list(of_recovery(claimed, Giving(state="awaited"))) == [
            Runs(RECOVERY_REVIEW, since=MONDAY + DAY, again=True)
        ]
        for state in RECOVERY.ends:
            assert list(of_recovery(Recovery(state=state, closed_at=MONDAY), None)) == []

    @pytest.mark.parametrize(("state", "asked"), [("instructed", set()), ("stalled", {"give-back-stalled"})])
    def test_money_that_goes_back_is_looked_at_again_until_it_is_back(
        self, state: str, asked: set[str]
    ) -> None:
        settled = Recovery(state="settled", closed_at=MONDAY)

        standing = list(of_recovery(settled, Giving(state=state)))

        assert standing[0] == Runs(RECOVERY_REVIEW, since=MONDAY + DAY, again=True)
        assert asks(standing) == asked
        assert list(of_recovery(settled, Giving(state="done"))) == []


class TestTheRest:
    """Notices and looks."""

    def test_a_notice_waits_for_the_seller_and_then_for_what_becomes_of_it(self) -> None:
        missed = list(of_formal(Formal(state="unanswered", followed_at=MONDAY + DAY)))

        assert list(of_formal(Formal())) == [Runs(FORMAL_ANSWER, since=MONDAY)]
        assert asks(missed) == {"formal-unanswered"}
        for state in ("unanswered", "acknowledged", "disputed"):
            followed = Formal(state=state, followed_at=MONDAY + DAY)
            assert the(of_formal(followed), FORMAL_REVIEW.code) == Runs(
                FORMAL_REVIEW, since=MONDAY + DAY, key="1"
            )
            followed.asked_at = MONDAY + 2 * DAY
            assert the(of_formal(followed), FORMAL_REVIEW.code) == Runs(
                FORMAL_REVIEW, since=MONDAY + 2 * DAY, key="2"
            )
        for state in FORMAL.ends:
            assert list(of_formal(Formal(state=state, closed_at=MONDAY))) == []

    def test_a_look_waits_for_a_second_reader_and_whether_it_was_told_no_row_says(self) -> None:
        assert list(of_look("ab", MONDAY)) == [
            Asks("second-reader"),
            Runs(SECOND_READER, since=MONDAY, key="ab", again=True),
        ]
        assert list(of_look("ab", None)) == [
            Partly(SECOND_READER, lacks="look.told_at", key="ab", perhaps=True)
        ]
