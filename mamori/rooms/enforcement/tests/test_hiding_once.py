"""One incident is judged once, and whatever else happens, only its own decision shows a provisionally hidden listing again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.facts import ListingState
from mamori.ground.market.models import Instruction
from mamori.law.deadlines import BREACH_HEARING
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, hiding as actions, standing
from mamori.rooms.enforcement.measures.rules import Paragraph
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.policy.records import judge
from mamori.rooms.enforcement.rules.bounds import Dismissed, Ended, Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    answer,
    counsel,
    decided,
    heard,
    lead,
    machine,
    ring,
    seller,
    send,
    wish,
)
from mamori.rooms.enforcement.tests.test_hiding import (
    BECAUSE,
    attention,
    dangerous,
    hidden,
    orders,
    the,
    told,
)

pytestmark = pytest.mark.usefixtures("shops")


def decide_as_listed(finding: int, at: datetime) -> Measure:
    """Let a lead remove the listing of a finding that was heard."""
    findings.state_view(seller(at), finding=finding, said="そのとおりです")
    return Measure.objects.get(pk=deciding.decide(lead(at), finding=finding, wish=wish("listing-removed", 0)))


def test_one_incident_is_counted_once_however_often_it_is_found() -> None:
    first, second = hidden(), hidden(lead(), origin="test:2")
    later = MONDAY + timedelta(days=1)
    decide_as_listed(first.finding_id, later)
    points = facts.record("S-1", at=later).points
    assert points > 0
    after = hidden(lead(later + timedelta(hours=1)), origin="test:3")

    for one in (second, after):
        judged = judge(Finding.objects.get(pk=one.finding_id), later + timedelta(hours=2))
        assert (judged.points, judged.situation.history) == (0, "none")
        measure = decided_otherwise(one.finding_id, later + timedelta(hours=2))
        assert "points" not in {part.about for part in parts(measure)}
    assert facts.record("S-1", at=later + timedelta(hours=3)).points == points


def parts(measure: Measure) -> tuple[Paragraph, ...]:
    made = statements.read(measure)
    return made.parts if made else ()


def decided_otherwise(finding: int, at: datetime) -> Measure:
    """Let a lead answer a finding with days of correction."""
    findings.state_view(seller(at), finding=finding, said="そのとおりです")
    return Measure.objects.get(pk=deciding.decide(lead(at), finding=finding, wish=wish("correction", 14)))


@pytest.mark.parametrize(
    "other",
    [
        {"listing": "L-3"},
        {"breach": "counterfeit"},
        {"at": MONDAY + timedelta(days=3)},
    ],
    ids=["another listing", "another breach", "after its end"],
)
def test_another_incident_counts_what_went_before(other: dict[str, object]) -> None:
    first = hidden()
    findings.state_view(seller(), finding=first.finding_id, said="そのとおりです")
    deciding.decide(lead(), finding=first.finding_id, wish=wish("correction", 14))
    points = facts.record("S-1", at=MONDAY).points

    found = dangerous(origin="test:2", **{"at": MONDAY} | other)

    assert judge(Finding.objects.get(pk=found), MONDAY + timedelta(days=4)).points == points > 0


def go(listing: str = "L-1") -> None:
    line = ListingLine(ref=listing, seller="S-1", name="品", price=8_000, state=ListingState.GONE)
    market.put_listing(machine(), line)


def suspend() -> None:
    finding = heard(listing="L-3", origin="test:other")
    number = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    deciding.approve(counsel(), measure=number)


def decide_another() -> None:
    """Let another matter of the same listing be decided, and its days go by."""
    finding = heard(origin="test:other", breach="display-false")
    deciding.decide(lead(), finding=finding, wish=wish("listing-hidden", 3))


def dismiss_another() -> None:
    finding = dangerous(origin="test:other")
    findings.dismiss(lead(), finding=finding, because=Dismissed.NO_BREACH, reason="確かめた")


def erase() -> None:
    """Destroy the seller's key, as an erasure does."""
    ledger.shred(lead(), subject="seller:S-1", reason="請求による消去")


@pytest.mark.parametrize("happens", [go, suspend, decide_another, dismiss_another, erase])
def test_whatever_else_happens_only_its_own_decision_shows_it_again(happens: Callable[[], None]) -> None:
    hiding = hidden(lead())
    answer(hiding.instruction)

    happens()
    ring(MONDAY + timedelta(days=90))
    for one in Instruction.objects.filter(closed_at__isnull=True):
        answer(one.pk, MONDAY + timedelta(days=90))

    assert "show_listing" not in orders()
    assert (the(hiding).state, facts.provisionally_hidden("L-1")) == ("in_force", True)
    assert told("lead", "hiding_undecided") > 50


def test_what_is_gone_when_it_is_decided_is_over_and_waits_for_nobody() -> None:
    hiding = hidden()
    answer(hiding.instruction)
    go()
    findings.dismiss(lead(), finding=hiding.finding_id, because=Dismissed.NO_BREACH, reason="確かめた")

    answer(the(hiding).undoing, outcome="refused")

    assert (the(hiding).state, the(hiding).ended_because) == ("over", "gone")


def test_staff_hide_it_on_the_page_of_the_finding_and_a_lead_lifts_it_there(enter: Enter) -> None:
    at = datetime.now(UTC)
    finding = dangerous(at)
    number = cases.case_of(f"enforcement.finding:{finding}").number
    case = f"/desk/cases/{number}/"
    desk, head, shop = enter(Role.AGENT), enter(Role.LEAD), enter(Role.SELLER, "seller:S-1")

    sent = send(desk, f"{case}enforcement/hide/", {"because": "煙が出た"})

    assert sent.status_code == 302
    assert facts.provisionally_hidden("L-1")
    assert "続けると記録" not in desk.get(case).content.decode()
    assert "暫定非表示を確かめた：解く" not in desk.get(case).content.decode()
    assert "暫定非表示を確かめた：解く" in head.get(case).content.decode()
    assert "確認待ち" in desk.get("/desk/measures/hidden/").content.decode()
    assert "暫定非表示：責任者の確認待ち" in head.get("/desk/today/").content.decode()
    page = shop.get(f"/seller/measures/{number}/").content.decode()
    for words in ("商品を暫定的に見えなくしています", "煙が出た", "ご意見・異議をお聞かせください"):
        assert words in page
    assert f"/seller/measures/{number}/#view" in shop.get("/seller/objections/").content.decode()
    sent = send(head, f"{case}enforcement/lift-hiding/", {"reason": "型番が違った"})
    assert sent.status_code == 302
    assert not facts.provisionally_hidden("L-1")


def closure(hiding: Measure) -> Measure:
    """Let two people decide, on a listing that is hidden, to close the shop's account in thirty days."""
    answer(hiding.instruction)
    findings.state_view(seller(), finding=hiding.finding_id, said="安全です")
    number = deciding.decide(lead(), finding=hiding.finding_id, wish=wish("closed", 0))
    deciding.approve(counsel(), measure=number)
    return Measure.objects.get(pk=number)


def test_while_a_closure_is_announced_the_listing_stays_hidden_until_the_account_is_closed() -> None:
    hiding = hidden(lead())
    closing = closure(hiding)

    assert (closing.state, orders(), the(hiding).state) == ("announced", ["hide_listing"], "in_force")
    made = statements.read(closing)
    assert made is not None
    assert "暫定的に非表示のまま" in str(made.part("notice"))
    ring(MONDAY + timedelta(days=31))
    closing.refresh_from_db()
    assert (closing.state, orders()) == ("ordered", ["hide_listing"])

    answer(closing.instruction, MONDAY + timedelta(days=31))

    assert orders() == ["hide_listing", "show_listing"]


def test_a_closure_that_is_called_off_shows_the_listing_again() -> None:
    hiding = hidden(lead())

    standing.lift(lead(), measure=closure(hiding).pk, because=Ended.MISTAKE, reason="取り違えた")

    assert orders() == ["hide_listing", "show_listing"]


def test_a_decision_says_nothing_of_a_hiding_where_there_is_none() -> None:
    made = statements.read(decided("closed", 0))

    assert made is not None
    assert "暫定的に非表示" not in str(made.part("notice"))


UNHEARD = wish("closed", 0, unheard=Unheard.DANGER)
"""What may be proposed of a danger before the seller is heard."""


def send_back(finding: int) -> None:
    proposed = Measure.objects.get(finding=finding, state="proposed")
    deciding.send_back(lead(), measure=proposed.pk, reason="先に意見を聴く")


@pytest.mark.parametrize(
    "go_on",
    [
        lambda finding: findings.state_view(seller(), finding=finding, said="安全です"),
        lambda finding: actions.confirm_hiding(lead(), finding=finding, reason="写真を見た"),
        lambda finding: actions.lift_hiding(lead(), finding=finding, reason="型番が違った"),
    ],
    ids=["objected to", "confirmed", "lifted"],
)
def test_where_a_proposal_is_sent_back_unheard_a_hiding_is_still_objected_to_confirmed_and_lifted(
    go_on: Callable[[int], None],
) -> None:
    hiding = hidden()
    deciding.decide(lead(), finding=hiding.finding_id, wish=UNHEARD)

    send_back(hiding.finding_id)

    assert the(hiding).finding.state == "hearing"
    assert awaited(hiding.finding_id)
    assert attention(hiding) == "hiding"
    go_on(hiding.finding_id)


def awaited(finding: int) -> bool:
    """Say whether a clock runs by which the seller's view is awaited."""
    open_ = clocks.open_clocks(f"enforcement.finding:{finding}")
    return BREACH_HEARING.code in {one.kind for one in open_}


def test_who_hides_while_a_proposal_waits_asks_the_seller_who_is_heard_when_it_is_sent_back() -> None:
    finding = dangerous()
    deciding.decide(lead(), finding=finding, wish=UNHEARD)

    number = actions.hide_provisionally(agent(), finding=finding, because=BECAUSE)
    send_back(finding)

    found = Finding.objects.get(pk=finding)
    assert (found.state, found.asked_at, awaited(finding)) == ("hearing", MONDAY, True)
    made = statements.read(Measure.objects.get(pk=number))
    assert made is not None
    assert "11月23日" in str(made.part("next"))
    assert actions.hide_provisionally(agent(), finding=finding, because=BECAUSE) == number
    assert Finding.objects.get(pk=finding).state == "hearing"


def test_a_hiding_that_stands_is_told_to_staff_alone() -> None:
    hiding = hidden()

    with pytest.raises(Refusal) as refused:
        actions.hide_provisionally(seller(), finding=hiding.finding_id, because=BECAUSE)

    assert refused.value.code == "step-not-yours"


def test_hidden_while_it_is_heard_the_seller_reads_until_when_and_after_that_that_it_may_speak_any_time() -> (
    None
):
    heard_now = dangerous()
    findings.ask_view(agent(), finding=heard_now)
    first = actions.hide_provisionally(agent(), finding=heard_now, because=BECAUSE)
    spoken = heard(breach="dangerous-goods", severity=Severity.GRAVE, harm=Reach.DANGER, origin="x:2")
    second = actions.hide_provisionally(agent(), finding=spoken, because=BECAUSE)

    assert Measure.objects.get(pk=first).view_due_at > MONDAY  # type: ignore[operator]
    assert Measure.objects.get(pk=second).view_due_at == MONDAY


def test_of_what_is_decided_nobody_is_reminded() -> None:
    hiding = hidden()
    findings.dismiss(lead(), finding=hiding.finding_id or 0, because=Dismissed.NO_BREACH, reason="確かめた")
    before = told("lead", "hiding_waits")

    actions.remind_hiding(machine(), measure=hiding.pk, clock="enforcement.hiding_look")

    assert told("lead", "hiding_waits") == before
