"""A review that is due and a view that came after the decision keep the case open until somebody dealt with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases.models import Ask, Case
from mamori.ground.clocks import facts as clocks
from mamori.ground.clocks.actions import Fired
from mamori.ground.ledger import facts as ledger
from mamori.ground.outbox import facts as outbox
from mamori.law.deadlines import MEASURE_REVIEW, VIEW_LOOK
from mamori.rooms.enforcement import tasks
from mamori.rooms.enforcement.findings import actions as findings, matter as records
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Ended, Unheard
from mamori.rooms.enforcement.rules.standing import DECISIONS
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    decided,
    find,
    lead,
    machine,
    ring,
    seller,
    send,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def case(finding: int) -> Case:
    return Case.objects.get(about=f"enforcement.finding:{finding}")


def asked(finding: int) -> set[str]:
    return set(Ask.objects.filter(case=case(finding)).values_list("what", flat=True))


def a_hold() -> Measure:
    """Return a hold of 60 days that is in force, whose review has just become due."""
    measure = decided("payout-held", 60)
    answer(measure.instruction)
    assert case(measure.finding_id).closed_at is not None
    ring(MONDAY + 31 * DAY)
    measure.refresh_from_db()
    return measure


def number_of(finding: int) -> str:
    return records.number(Finding.objects.get(pk=finding))


def unheard(at: datetime = MONDAY) -> int:
    """Return a finding on which was decided without a hearing, and its seller's view came afterwards."""
    finding = find(at, harm=Reach.DANGER)
    deciding.decide(lead(at), finding=finding, wish=wish("correction", 14, unheard=Unheard.DANGER))
    findings.state_view(seller(at + HOUR), finding=finding, said="危険ではありません")
    return finding


def test_a_due_review_is_in_the_queue_until_somebody_says_that_the_measure_stays() -> None:
    hold = a_hold()
    assert (case(hold.finding_id).attention, asked(hold.finding_id)) == ("review", {"review"})

    standing.review(lead(MONDAY + 32 * DAY), measure=hold.pk, reason="返金がまだ続いている")

    assert case(hold.finding_id).closed_at is not None
    assert (case(hold.finding_id).attention, asked(hold.finding_id)) == (None, set())
    assert Measure.objects.get(pk=hold.pk).state == "in_force"


def test_a_missed_review_is_asked_for_again_every_few_days_and_its_day_stays_to_be_seen() -> None:
    hold = a_hold()
    assert hold.review_at is not None
    assert hold.review_at < MONDAY + 32 * DAY

    ring(MONDAY + 59 * DAY)

    asked_for = [one.template for one in outbox.notices(to="lead", limit=50)].count("enforcement.to_review")
    assert asked_for >= 5
    assert Measure.objects.get(pk=hold.pk).review_at == hold.review_at


def test_nobody_looks_again_at_what_ends_before() -> None:
    hold = a_hold()
    standing.review(lead(MONDAY + 32 * DAY), measure=hold.pk, reason="返金がまだ続いている")

    assert Measure.objects.get(pk=hold.pk).review_at is None
    kinds = {one.kind for one in clocks.open_clocks(f"enforcement.measure:{hold.pk}")}
    assert kinds == {"enforcement.end"}


def test_what_has_no_end_is_reviewed_again_and_asked_for_until_then() -> None:
    measure = decided("listing-removed", 0)
    answer(measure.instruction)
    measure.refresh_from_db()
    assert measure.review_at is not None
    first = measure.review_at
    ring(first + 20 * DAY)
    measure.refresh_from_db()
    assert measure.review_at == first  # it is asked for again, and seen to be late

    at = first + 200 * DAY
    standing.review(lead(at), measure=measure.pk, reason="まだ必要")

    measure.refresh_from_db()
    open_ones = [
        one
        for one in clocks.open_clocks(f"enforcement.measure:{measure.pk}")
        if one.kind == MEASURE_REVIEW.code
    ]
    assert [one.due_at for one in open_ones] == [measure.review_at]
    assert measure.review_at is not None
    assert measure.review_at > at
    assert case(measure.finding_id).closed_at is not None


def test_a_look_in_the_very_moment_of_the_reminder_counts_from_then_for_the_whole_time() -> None:
    measure = decided("listing-removed", 0)
    answer(measure.instruction)
    at = Measure.objects.get(pk=measure.pk).review_at
    assert at is not None
    ring(at)

    standing.review(lead(at), measure=measure.pk, reason="まだ必要")

    [clock] = clocks.open_clocks(f"enforcement.measure:{measure.pk}")
    assert clock.due_at == Measure.objects.get(pk=measure.pk).review_at == at + 180 * DAY + DAY


def test_a_review_that_ends_the_measure_is_dealt_with_too() -> None:
    hold = a_hold()

    standing.lift(lead(MONDAY + 32 * DAY), measure=hold.pk, because=Ended.REVIEWED, reason="要らない")
    assert asked(hold.finding_id) == set()  # the marketplace has to confirm: the case is open
    answer(Measure.objects.get(pk=hold.pk).undoing, MONDAY + 32 * DAY)

    assert case(hold.finding_id).closed_at is not None
    assert case(hold.finding_id).attention is None


def test_what_ends_by_itself_asks_for_no_review_any_more() -> None:
    hold = a_hold()

    ring(MONDAY + 62 * DAY)

    assert Measure.objects.get(pk=hold.pk).state == "lifting"
    assert "review" not in asked(hold.finding_id)
    assert case(hold.finding_id).attention != "review"


@pytest.mark.parametrize(
    ("by", "reason", "code"),
    [
        (agent(MONDAY + 32 * DAY), "続ける", "step-not-yours"),
        (seller(MONDAY + 32 * DAY), "続ける", "step-not-yours"),
        (machine(MONDAY + 32 * DAY), "続ける", "step-not-yours"),
        (lead(MONDAY + 32 * DAY), " ", "reason-needed"),
    ],
)
def test_a_lead_or_counsel_says_that_it_stays_and_why(by: Actor, reason: str, code: str) -> None:
    hold = a_hold()

    with pytest.raises(Refusal) as refused:
        standing.review(by, measure=hold.pk, reason=reason)

    assert refused.value.code == code
    assert asked(hold.finding_id) == {"review"}


def test_no_review_is_noted_that_is_not_due_or_twice() -> None:
    hold = decided("payout-held", 60)
    with pytest.raises(standing.NoReviewDue):
        standing.review(lead(), measure=hold.pk, reason="続ける")


def test_a_view_after_the_decision_is_in_the_queue_until_it_is_read() -> None:
    finding = unheard()
    assert (case(finding).attention, asked(finding), case(finding).closed_at) == ("view", {"view"}, None)
    ring(MONDAY + 16 * DAY)
    assert (case(finding).attention, asked(finding)) == ("view", {"view"})

    standing.read_view(agent(MONDAY + 17 * DAY), finding=finding, reason="新しい事情はない")

    assert (case(finding).attention, asked(finding)) == (None, set())
    assert case(finding).closed_at is not None
    with pytest.raises(standing.NoViewToRead):
        standing.read_view(agent(MONDAY + 17 * DAY), finding=finding, reason="もう一度")


def test_an_unread_view_is_reminded_of_until_it_is_read() -> None:
    finding = unheard()
    name = f"enforcement.finding:{finding}"
    assert [one.kind for one in clocks.open_clocks(name)] == [VIEW_LOOK.code]
    assert case(finding).next_due_at is not None

    ring(MONDAY + 10 * DAY)

    times = [one.template for one in outbox.notices(to="lead", limit=50)].count("enforcement.view_given")
    assert times >= 2
    standing.remind(
        machine(MONDAY + 10 * DAY), finding=find(origin="test:2"), clock=VIEW_LOOK.code
    )  # none waits there
    standing.read_view(lead(MONDAY + 10 * DAY), finding=finding, reason="読んだ")
    assert not clocks.open_clocks(name)


def test_a_clock_that_no_verb_is_named_for_reminds_of_what_it_runs_for() -> None:
    finding = find()
    severity = DECISIONS[Severity(Finding.objects.get(pk=finding).severity)]

    standing.remind(machine(MONDAY + 10 * DAY), finding=finding, clock=severity.code)
    standing.remind(machine(MONDAY + 10 * DAY), finding=finding, clock=VIEW_LOOK.code)  # nobody asks for that

    [notice] = [one for one in outbox.notices(to="lead", limit=50) if one.template == "enforcement.reminded"]
    [act] = ledger.acts_of([f"enforcement.finding:{finding}"], kind="enforcement.remind")[
        f"enforcement.finding:{finding}"
    ]
    assert severity.title.ja in notice.title["ja"]
    assert act.content is not None
    assert act.content["payload"]["clock"] == severity.code


@pytest.mark.parametrize("by", [seller(), machine()])
def test_staff_read_it(by: Actor) -> None:
    finding = unheard()
    with pytest.raises(Refusal) as refused:
        standing.read_view(by, finding=finding, reason="読んだ")
    assert refused.value.code == "step-not-yours"
    assert asked(finding) == {"view"}


@pytest.mark.parametrize(("kind", "days"), [("notice", 0), ("correction", 14)])
def test_who_was_not_heard_before_a_notice_gives_its_view_as_its_statement_says(kind: str, days: int) -> None:
    finding = find()
    number = deciding.decide(lead(), finding=finding, wish=wish(kind, days))
    statement = statements.read(Measure.objects.get(pk=number))
    assert statement is not None
    assert "You can give your view now" in statement.part("hearing").en  # type: ignore[union-attr]

    findings.state_view(seller(MONDAY + HOUR), finding=finding, said="違反ではありません")

    assert asked(finding) == {"view"}
    assert "enforcement.view_given" in [one.template for one in outbox.notices(to="lead", limit=9)]
    until = Measure.objects.get(pk=number).appeal_until
    assert until is not None
    with pytest.raises(findings.ViewTooLate):
        findings.state_view(seller(until + HOUR), finding=finding, said="まだあります")


def test_the_page_of_a_notice_has_the_form(enter: Enter) -> None:
    now = datetime.now(UTC)
    finding = find(now)
    deciding.decide(lead(now), finding=finding, wish=wish("notice", 0))
    page = f"/seller/measures/{number_of(finding)}/"

    sent = send(enter(Role.SELLER, "seller:S-1"), page, {"said": "違反ではありません"})

    assert sent.status_code == 302
    assert Finding.objects.get(pk=finding).view_unread_since is not None


def test_the_desk_has_a_page_for_each(enter: Enter) -> None:
    now = datetime.now(UTC)
    finding = unheard(now)
    at = f"/desk/cases/{number_of(finding)}/"
    shop = enter(Role.AGENT)
    assert "決定のあとの意見を読んだ" in shop.get(at).content.decode()
    done = send(shop, f"{at}enforcement/view-read/", {"reason": "新しい事情はない"})
    assert done.status_code == 302
    assert "意見を読んだことを記録しました" in shop.get(done["Location"]).content.decode()

    hold = decided("payout-held", 60, now, origin="test:2")
    Measure.objects.filter(pk=hold.pk).update(review_due_since=now)
    at = f"/desk/cases/{number_of(hold.finding_id)}/"
    assert "見直した：措置を続ける" not in enter(Role.AGENT).get(at).content.decode()
    head = enter(Role.COUNSEL)
    done = send(head, f"{at}enforcement/{hold.pk}/review/", {"reason": "まだ必要"})
    assert done.status_code == 302
    assert "措置を続けることを記録しました" in head.get(done["Location"]).content.decode()
    assert Measure.objects.get(pk=hold.pk).review_due_since is None


def test_a_clock_of_something_else_for_which_no_task_is_named_is_no_findings() -> None:
    fired = Fired(kind=VIEW_LOOK.code, about="enforcement.appeal:1", key="", due_at=MONDAY, at=MONDAY)

    with pytest.raises(LookupError, match=r"enforcement\.appeal:1"):
        tasks.asked_due(fired)
