"""What cannot wait interrupts a hearing; who was not heard first is heard afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.outbox import facts as outbox
from mamori.law.deadlines import BREACH_HEARING
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.actions import view_of
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    agent,
    counsel,
    find,
    heard,
    lead,
    seller,
    send,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")
DANGER = wish("new-listings-stopped", 14, unheard=Unheard.DANGER)


def hearing(at: datetime = MONDAY) -> int:
    """Find something dangerous and ask the seller for its view."""
    finding = find(at, breach="dangerous-goods", severity=Severity.GRAVE, harm=Reach.DANGER, listing="")
    findings.ask_view(agent(at), finding=finding)
    return finding


def the(finding: int) -> Finding:
    return Finding.objects.get(pk=finding)


def told(to: str) -> list[str]:
    return [one.template for one in outbox.notices(to=to, limit=9)]


def waits(finding: int) -> bool:
    return any(
        one.kind == BREACH_HEARING.code for one in clocks.open_clocks(f"enforcement.finding:{finding}")
    )


def test_danger_during_a_hearing_is_decided_on_without_waiting_and_its_clock_stops() -> None:
    finding = hearing()

    deciding.decide(lead(), finding=finding, wish=DANGER)

    assert the(finding).state in ("decided", "proposed")
    assert the(finding).because_unheard == "danger"
    assert not waits(finding)


@pytest.mark.parametrize("given", [wish("suspended", 14), wish("notice", 0)])
def test_without_a_ground_that_forbids_waiting_a_hearing_is_waited_for(given: deciding.Wish) -> None:
    finding = hearing()

    with pytest.raises(Refusal) as refused:
        deciding.decide(lead(), finding=finding, wish=given)

    assert refused.value.code == "hearing-owed"
    assert (the(finding).state, waits(finding)) == ("hearing", True)


def test_where_another_person_approves_the_seller_is_told_and_speaks_meanwhile() -> None:
    finding = hearing()
    measure = deciding.decide(lead(), finding=finding, wish=wish("payout-held", 30, unheard=Unheard.FRAUD))

    assert (the(finding).state, waits(finding)) == ("proposed", False)
    assert told("seller:S-1")[0] == "enforcement.hastened"
    findings.state_view(seller(), finding=finding, said="偽物ではありません")
    assert told("lead")[0] == "enforcement.view_given"
    assert cases.case_of(f"enforcement.finding:{finding}").attention == "approve"
    assert the(finding).heard_at == MONDAY
    deciding.approve(counsel(), measure=measure)
    assert the(finding).because_unheard == "fraud"
    assert "決定の前に寄せられたご意見" in hearing_told(measure)


def hearing_told(measure: int) -> str:
    """Return what the reasons say of the hearing."""
    made = statements.read(Measure.objects.get(pk=measure))
    assert made is not None
    return str(made.part("hearing"))


def test_who_approves_reads_the_view_that_came_after_the_proposal(enter: Enter) -> None:
    at = datetime.now(UTC)
    finding = hearing(at)
    measure = deciding.decide(lead(at), finding=finding, wish=wish("payout-held", 30, unheard=Unheard.FRAUD))
    Measure.objects.filter(pk=measure).update(decided_by="staff:900")
    findings.state_view(seller(at), finding=finding, said="偽物ではありません")
    case = f"/desk/cases/{cases.case_of(f'enforcement.finding:{finding}').number}/"

    page = enter(Role.COUNSEL).get(f"{case}enforcement/{measure}/approve/").content.decode()

    assert "偽物ではありません" in page
    assert "提案のあとに意見が届いた" in page


def test_a_view_that_came_after_the_proposal_stays_heard_when_it_is_sent_back() -> None:
    finding = hearing()
    measure = deciding.decide(lead(), finding=finding, wish=wish("payout-held", 30, unheard=Unheard.FRAUD))
    findings.state_view(seller(), finding=finding, said="偽物ではありません")

    deciding.send_back(counsel(), measure=measure, reason="読み直す")

    assert (the(finding).state, the(finding).because_unheard) == ("heard", "")
    deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))


def test_who_was_heard_adds_to_its_view_until_the_decision_and_not_after_it() -> None:
    finding = heard()
    measure = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))

    findings.state_view(seller(), finding=finding, said="もう一つあります")
    deciding.approve(counsel(), measure=measure)

    assert view_of(the(finding)) == "直します\n\nもう一つあります"
    with pytest.raises(Refusal) as refused:
        findings.state_view(seller(), finding=finding, said="まだあります")
    assert refused.value.code == "view-too-late"


def decided_unheard(at: datetime = MONDAY) -> Measure:
    """Decide on danger without a hearing."""
    finding = hearing(at)
    number = deciding.decide(lead(at), finding=finding, wish=DANGER)
    if the(finding).state == "proposed":
        deciding.approve(counsel(at), measure=number)
    return Measure.objects.get(pk=number)


def test_who_was_not_heard_first_speaks_until_its_time_to_appeal_is_over() -> None:
    measure = decided_unheard()
    assert measure.appeal_until is not None

    findings.state_view(seller(), finding=measure.finding_id, said="検査に通っています")

    assert view_of(the(measure.finding_id)) == "検査に通っています"
    assert the(measure.finding_id).heard_at is None  # the decision was made without it
    assert told("lead")[0] == "enforcement.view_given"
    late = seller(measure.appeal_until + timedelta(seconds=1))
    with pytest.raises(Refusal) as refused:
        findings.state_view(late, finding=measure.finding_id, said="まだあります")
    assert refused.value.code == "view-too-late"


def test_its_page_has_the_form_for_it(enter: Enter) -> None:
    measure = decided_unheard(datetime.now(UTC))
    shop = enter(Role.SELLER, "seller:S-1")
    path = f"/seller/measures/{cases.case_of(f'enforcement.finding:{measure.finding_id}').number}/"

    assert "先にご意見を伺えませんでした。事情や" in shop.get(path).content.decode()
    assert send(shop, path, {"said": "検査に通っています"}).status_code == 302
    assert "検査に通っています" in shop.get(path).content.decode()
