"""While the house is upgraded the version before still takes objections in and answers them: each is met like one of ours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mamori.ground.cases import facts as cases
from mamori.ground.clocks import actions as clocks
from mamori.ground.clocks.models import IS_OPEN, Clock
from mamori.ground.outbox import facts as outbox
from mamori.ground.terms import facts as terms
from mamori.law.deadlines import PAYOUT_OBJECTION
from mamori.rooms.payouts.holds import actions
from mamori.rooms.payouts.models import Objection, Payout
from mamori.rooms.payouts.refusals import AlreadyObjected, NoObjection
from mamori.rooms.payouts.tests.conftest import MONDAY, counsel, held, lead, seller, settle
from tests.settled.whole import differing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shops", "staff")]
DAY = timedelta(days=1)
NAME = "payouts.payout:P-1"


def taken_in_before() -> None:
    """Let a payout wait, and the version before take an objection to it in: the row and its clock are all that it writes."""
    held()
    Objection.objects.create(payout=Payout.objects.get(), said=b"", by="seller:S-1", at=MONDAY)
    span = terms.duration(PAYOUT_OBJECTION, at=MONDAY)
    clocks.start(kind=PAYOUT_OBJECTION.code, about=NAME, at=MONDAY, duration=span)


def answered_before() -> None:
    """Let a payout wait and be objected to, and the version before answer: the row, and the clock that it stops."""
    held()
    actions.object_to_hold(seller(), payout="P-1", said="違います")
    Objection.objects.update(answer=b"", answered_by="staff:2", answered_at=MONDAY)
    clocks.stop(about=NAME, at=MONDAY, why="answer_objection", kind=PAYOUT_OBJECTION.code)


def waits_for_its_answer() -> list[datetime]:
    """Return since when clocks of an objection run."""
    running = Clock.objects.filter(IS_OPEN, about=NAME, kind=PAYOUT_OBJECTION.code)
    return list(running.values_list("started_at", flat=True))


def test_what_was_taken_in_before_still_waits_for_its_answer_after_a_look() -> None:
    taken_in_before()

    actions.review(counsel(MONDAY + DAY), payout="P-1", reason="まだ必要")

    assert waits_for_its_answer() == [MONDAY]
    assert cases.case_of(NAME).attention == "objection"
    assert list(differing("payouts", MONDAY + DAY)) == []


def test_what_was_taken_in_before_is_reminded_of_until_it_is_answered() -> None:
    taken_in_before()

    settle(MONDAY + 20 * DAY)
    reminded = [one.template for one in outbox.notices(to="lead", limit=99)].count("payouts.objected")
    actions.answer_objection(lead(MONDAY + 20 * DAY), payout="P-1", said="お待たせしました。")

    assert reminded >= 2
    assert waits_for_its_answer() == []


def test_to_what_was_objected_before_nobody_objects_a_second_time() -> None:
    taken_in_before()

    with pytest.raises(AlreadyObjected):
        actions.object_to_hold(seller(MONDAY + DAY), payout="P-1", said="もう一度")


def test_what_was_answered_before_asks_for_nothing_and_may_be_objected_to_again() -> None:
    answered_before()

    actions.review(counsel(MONDAY + DAY), payout="P-1", reason="まだ必要")

    assert (waits_for_its_answer(), cases.case_of(NAME).attention) == ([], None)
    with pytest.raises(NoObjection):
        actions.answer_objection(lead(MONDAY + DAY), payout="P-1", said="書類を確かめます。")
    actions.object_to_hold(seller(MONDAY + DAY), payout="P-1", said="もう一度")
    assert waits_for_its_answer() == [MONDAY + DAY]
