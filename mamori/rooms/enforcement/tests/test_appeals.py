"""Appeals: in time, once, by another person, with words both ways and notes apart; what is granted is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.ground.people.models import Account
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.appeals.actions import GrantedPart
from mamori.rooms.enforcement.appeals.queries import appeal_of
from mamori.rooms.enforcement.findings.matter import NotThere
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures.actions import standing
from mamori.rooms.enforcement.models import Appeal, Measure
from mamori.rooms.enforcement.policy import records
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    answer,
    decided,
    lead,
    machine,
    ring,
    seller,
)

pytestmark = pytest.mark.usefixtures("shops")


def reviewer(at: datetime = MONDAY) -> Actor:
    """Return counsel who took no part in any decision."""
    return actor("counsel:9", Role.COUNSEL, at)


def appealed(measure: Measure | None = None) -> int:
    found = measure or decided()
    return appeals.appeal(seller(), measure=found.pk, said="事実と違います")


def reviewed(measure: Measure | None = None) -> int:
    appeal = appealed(measure)
    appeals.take_appeal(reviewer(), appeal=appeal)
    return appeal


def the(appeal: int) -> Appeal:
    return Appeal.objects.get(pk=appeal)


def told(to: str) -> list[str]:
    return [notice.template for notice in outbox.notices(to=to, limit=99)]


def test_an_appeal_is_a_case_of_its_own_with_its_clock_and_waits_for_another_reviewer() -> None:
    appeal = appealed()

    case = cases.case_of(f"enforcement.appeal:{appeal}")
    assert (case.kind, case.attention) == ("enforcement.appeal", "take")
    assert case.next_due_at is not None
    assert told("seller:S-1")[0] == "enforcement.appeal_received"
    assert told("lead")[0].startswith("enforcement.appeal_to_")


@pytest.mark.parametrize("eve", [*EVES, agent(), lead(), machine()], ids=str)
def test_nobody_but_the_seller_appeals(eve: Actor) -> None:
    measure = decided()

    with pytest.raises(NotThere):
        appeals.appeal(eve, measure=measure.pk, said="違う")

    assert not Appeal.objects.exists()


def test_an_appeal_after_its_time_is_refused_with_the_moment() -> None:
    measure = decided()
    assert measure.appeal_until is not None
    late = measure.appeal_until + timedelta(seconds=1)

    with pytest.raises(Refusal) as refused:
        appeals.appeal(seller(late), measure=measure.pk, said="今さら")

    assert refused.value.code == "appeal-too-late"


def test_a_second_appeal_is_led_to_the_first_while_it_is_open_and_told_when_it_is_decided() -> None:
    measure = decided()
    appeal = reviewed(measure)
    with pytest.raises(Refusal) as again:
        appeals.appeal(seller(), measure=measure.pk, said="もう一度")
    appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.KEPT, said="記録のとおり")
    with pytest.raises(Refusal) as after:
        appeals.appeal(seller(), measure=measure.pk, said="もう一度")

    assert again.value.code == "appeal-open"
    assert after.value.code == "appeal-decided"
    assert appeal_records.number(the(appeal)) in again.value.sentence.ja


def test_a_withdrawn_appeal_can_be_made_again() -> None:
    measure = decided()
    appeals.withdraw_appeal(seller(), appeal=appealed(measure))

    assert the(appealed(measure)).state == "received"


def test_a_hold_of_money_is_appealed_against_as_long_as_it_stands_and_nothing_else_after_its_day() -> None:
    hidden, held = decided(days=60), decided("payout-held", 60, origin="test:2", breach="counterfeit")
    assert hidden.appeal_until is not None
    late = hidden.appeal_until + timedelta(days=1)

    with pytest.raises(Refusal) as refused:
        appeals.appeal(seller(late), measure=hidden.pk, said="違う")
    appeal = appeals.appeal(seller(late), measure=held.pk, said="返金は済みました")

    assert refused.value.code == "appeal-too-late"
    assert the(appeal).state == "received"


def test_there_is_nothing_to_appeal_against_before_a_decision_or_after_its_reversal() -> None:
    measure = decided("notice", 0)
    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    with pytest.raises(Refusal) as refused:
        appeals.appeal(seller(), measure=measure.pk, said="違う")

    assert refused.value.code == "nothing-to-appeal"


@pytest.mark.parametrize(("by", "role"), [("lead:2", Role.LEAD), ("counsel:3", Role.COUNSEL)])
def test_who_proposed_and_who_approved_do_not_review(by: str, role: Role) -> None:
    Account.objects.create(
        pk=9, email="x@example.jp", name="x", role="counsel", added_at=MONDAY - timedelta(days=60)
    )
    measure = decided("suspended", 30)
    appeal = appealed(measure)

    with pytest.raises(Refusal) as refused:
        appeals.take_appeal(actor(by, role), appeal=appeal)
    appeals.take_appeal(actor("counsel:9", Role.COUNSEL), appeal=appeal)

    assert refused.value.code == "another-reviewer"
    assert the(appeal).reviewer == "staff:9"


def test_who_decided_does_not_review_even_where_nobody_else_is_there_and_is_told_whom_to_invite() -> None:
    appeal = appealed()

    with pytest.raises(Refusal) as refused:
        appeals.take_appeal(lead(), appeal=appeal)

    assert refused.value.code == "another-reviewer"
    assert "招いて" in refused.value.sentence.ja
    assert the(appeal).reviewer == ""
    assert told("lead")[0] == "enforcement.appeal_to_invite"


def test_where_somebody_else_is_there_nobody_is_asked_to_invite_one() -> None:
    Account.objects.create(
        pk=9, email="x@example.jp", name="x", role="counsel", added_at=MONDAY - timedelta(days=60)
    )

    number = appeal_records.number(the(appealed()))

    assert told("lead")[0] == "enforcement.appeal_to_take"
    assert appeal_of(lead(), number).to_invite is None


def test_the_page_of_staff_says_that_somebody_has_to_be_invited_and_that_of_the_seller_does_not() -> None:
    appeal = appealed()
    number = appeal_records.number(the(appeal))

    assert appeal_of(lead(), number).to_invite is not None
    assert appeal_of(seller(), number).to_invite is None
    appeals.take_appeal(reviewer(), appeal=appeal)
    assert appeal_of(lead(), number).to_invite is None


def test_only_the_reviewer_speaks_and_decides() -> None:
    appeal = reviewed()

    with pytest.raises(StepNotYours):
        appeals.reply_appeal(lead(), appeal=appeal, said="口を出す")
    with pytest.raises(StepNotYours):
        appeals.decide_appeal(lead(), appeal=appeal, outcome=AppealState.KEPT, said="だめ")
    with pytest.raises(StepNotYours):
        appeals.decide_appeal(agent(), appeal=appeal, outcome=AppealState.KEPT, said="だめ")


def test_both_sides_write_and_notes_lie_in_another_table() -> None:
    appeal = reviewed()

    appeals.reply_appeal(reviewer(), appeal=appeal, said="写真はありますか", asks=True)
    assert the(appeal).state == "asked"
    appeals.note_appeal(reviewer(), appeal=appeal, said="前の決定は急ぎすぎ")
    appeals.write_appeal(seller(), appeal=appeal, said="写真です")
    appeals.reply_appeal(reviewer(), appeal=appeal, said="受け取りました")

    said = [words for _, words in appeal_records.messages(the(appeal))]
    assert said == ["事実と違います", "写真はありますか", "写真です", "受け取りました"]
    assert [words for _, words in appeal_records.notes(the(appeal))] == ["前の決定は急ぎすぎ"]
    assert told("seller:S-1")[:2] == ["enforcement.appeal_replied", "enforcement.appeal_asked"]
    with pytest.raises(StepNotYours):
        appeals.note_appeal(seller(), appeal=appeal, said="のぞき見")


def test_a_seller_who_does_not_answer_does_not_hold_the_review_up() -> None:
    appeal = reviewed()
    appeals.reply_appeal(reviewer(), appeal=appeal, said="写真はありますか", asks=True)

    ring(MONDAY + timedelta(days=20))

    assert the(appeal).state == "review"
    assert "enforcement.appeal_late" in told("seller:S-1")
    assert clocks.open_clocks(f"enforcement.appeal:{appeal}")


def test_what_is_granted_is_undone_at_the_marketplace_and_its_points_go() -> None:
    measure = decided()
    answer(measure.instruction)
    appeal = reviewed(measure)

    appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.GRANTED, said="誤りでした")

    undoing = Measure.objects.get(pk=measure.pk)
    assert undoing.state == "undoing"
    assert records.counted_points("S-1", MONDAY) == 0
    answer(undoing.undoing)
    assert Measure.objects.get(pk=measure.pk).state == "reversed"
    assert the(appeal).closed_at == MONDAY
    appeals.remind_appeal(machine(), appeal=appeal)


@pytest.mark.parametrize(("kind", "ended"), [("notice", "over"), ("closed", "called_off")])
def test_a_measure_that_is_over_is_reversed_afterwards_when_the_appeal_is_granted(
    kind: str, ended: str
) -> None:
    measure = decided(kind, 0)
    appeal = reviewed(measure)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    assert Measure.objects.get(pk=measure.pk).state == ended

    later = MONDAY + timedelta(hours=1)
    appeals.decide_appeal(reviewer(later), appeal=appeal, outcome=AppealState.GRANTED, said="誤りでした")

    assert records.counted_points("S-1", later) == 0
    found = Measure.objects.get(pk=measure.pk)
    assert (found.state, found.ended_because, found.closed_at) == ("reversed", "appeal", MONDAY)
    assert "enforcement.reversed" in told("seller:S-1")


def asked_for_more(measure: Measure) -> int:
    appeal = reviewed(measure)
    appeals.reply_appeal(reviewer(), appeal=appeal, said="写真はありますか", asks=True)
    return appeal


@pytest.mark.parametrize("came", [appealed, reviewed, asked_for_more], ids=["received", "review", "asked"])
@pytest.mark.parametrize(("kind", "days"), [("notice", 0), ("closed", 0), ("listing-hidden", 14)])
def test_an_appeal_against_what_staff_found_to_be_a_mistake_is_over_and_the_seller_is_told_once(
    kind: str, days: int, came: Callable[[Measure], int]
) -> None:
    measure = decided(kind, days)
    if measure.instruction:
        answer(measure.instruction)
    appeal = came(measure)

    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    if undoing := Measure.objects.get(pk=measure.pk).undoing:
        answer(undoing)

    name = f"enforcement.appeal:{appeal}"
    assert (the(appeal).state, the(appeal).closed_at) == ("reversed", MONDAY)
    assert (cases.case_of(name).closed_at, clocks.open_clocks(name)) == (MONDAY, ())
    assert told("seller:S-1").count("enforcement.appeal_reversed") == 1
    assert "enforcement.appeal_ended" not in told("seller:S-1")
    ring(MONDAY + timedelta(days=60))
    assert told("seller:S-1").count("enforcement.reversed") == 1
    assert "enforcement.appeal_late" not in told("seller:S-1")
    with pytest.raises(StepNotOpen):
        appeals.take_appeal(reviewer(), appeal=appeal)
    with pytest.raises(Refusal) as again:
        appeals.appeal(seller(), measure=measure.pk, said="もう一度")
    assert again.value.code == "nothing-to-appeal"


def test_an_appeal_against_what_is_over_is_over_too_when_it_turns_out_to_be_a_mistake() -> None:
    measure = decided("notice", 0)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    appeal = reviewed(measure)

    standing.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    assert the(appeal).state == "reversed"


@pytest.mark.parametrize("because", [Ended.REVIEWED, Ended.CURED])
def test_an_appeal_goes_on_where_the_measure_ended_and_its_points_stay(because: Ended) -> None:
    measure = decided("notice", 0)
    appeal = reviewed(measure)
    standing.note_cured(lead(), finding=measure.finding_id, reason="確かめた")

    standing.lift(lead(), measure=measure.pk, because=because, reason="もうよい")

    assert the(appeal).state == "review"


def test_a_measure_that_is_being_lifted_is_reversed_when_the_appeal_is_granted() -> None:
    measure = decided()
    answer(measure.instruction)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")
    appeal = reviewed(measure)

    appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.GRANTED, said="誤りでした")
    answer(Measure.objects.get(pk=measure.pk).undoing)

    assert Measure.objects.get(pk=measure.pk).state == "reversed"


def test_of_what_is_over_no_part_is_ended_and_its_points_can_still_go() -> None:
    measure = decided("notice", 0)
    appeal = reviewed(measure)
    standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい")

    with pytest.raises(Refusal) as refused:
        appeals.decide_appeal(
            reviewer(), appeal=appeal, outcome=AppealState.PARTLY, said="一部", part=GrantedPart.MEASURE
        )
    still = the(appeal).state
    appeals.decide_appeal(
        reviewer(), appeal=appeal, outcome=AppealState.PARTLY, said="一部", part=GrantedPart.POINTS
    )

    assert (refused.value.code, still, the(appeal).state) == ("part-is-over", "review", "partly")


@pytest.mark.parametrize(
    ("part", "state", "has_points"),
    [(GrantedPart.MEASURE, "over", True), (GrantedPart.POINTS, "in_force", False)],
)
def test_a_part_ends_the_measure_or_takes_its_points(part: GrantedPart, state: str, has_points: bool) -> None:
    measure = decided("notice", 0)
    appeal = reviewed(measure)

    with pytest.raises(Refusal) as unsaid:
        appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.PARTLY, said="一部")
    appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.PARTLY, said="一部", part=part)

    assert unsaid.value.code == "part-unsaid"
    assert Measure.objects.get(pk=measure.pk).state == state
    assert (records.counted_points("S-1", MONDAY) > 0) is has_points


def test_closing_an_account_waits_for_the_appeal_and_comes_when_it_is_not_granted() -> None:
    measure = decided("closed", 0)
    assert measure.starts_at is not None
    appeal = reviewed(measure)

    ring(measure.starts_at + timedelta(days=1))
    assert Measure.objects.get(pk=measure.pk).state == "announced"
    late = measure.starts_at + timedelta(days=1)
    appeals.decide_appeal(reviewer(late), appeal=appeal, outcome=AppealState.KEPT, said="記録のとおり")
    ring(late + timedelta(days=40))

    assert Measure.objects.get(pk=measure.pk).state == "ordered"


def test_an_ended_appeal_takes_no_more_words() -> None:
    appeal = reviewed()
    appeals.decide_appeal(reviewer(), appeal=appeal, outcome=AppealState.KEPT, said="記録のとおり")

    with pytest.raises(StepNotOpen):
        appeals.write_appeal(seller(), appeal=appeal, said="まだ")
    with pytest.raises(StepNotOpen):
        appeals.take_appeal(reviewer(), appeal=appeal)
