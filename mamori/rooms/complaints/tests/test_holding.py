"""A danger that cannot wait: staff hide the goods provisionally in the act that takes the report up, and the shop is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import Enter, in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Severity
from mamori.grammar.refusal import Refusal
from mamori.ground.cases import facts as cases
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted
from mamori.ground.market.models import Instruction
from mamori.ground.outbox.models import Notice
from mamori.law.clauses import CLAUSES
from mamori.law.complaints import HELD_BECAUSE, ComplaintReason, DangerAnswer
from mamori.rooms.complaints import actions
from mamori.rooms.complaints.queries import complaint_of
from mamori.rooms.complaints.tests.conftest import (
    DAY,
    EARLY,
    FOUND,
    HOUR,
    MONDAY,
    WHY,
    agent,
    confirmed,
    lead,
    machine,
    mailed,
    reported,
    ring,
    row,
    running,
    whole,
    work,
)
from mamori.rooms.enforcement import facts as enforcement
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.measures.actions import hiding
from mamori.rooms.enforcement.models import Finding, Measure, Strike
from mamori.rooms.enforcement.rules.bounds import Dismissed
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.django_db
HURT = {"danger": (DangerAnswer.INJURY,)}
DANGEROUS = {"reason": ComplaintReason.DANGEROUS}


@laid
def terms(db: None) -> None:
    """Let the terms be in force, and the shop have accepted them."""
    in_force(at=EARLY, since=EARLY.date())
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=EARLY) for one in CLAUSES)
    put_shop(
        machine(EARLY),
        ref="S-1",
        name="さくら家電",
        mail="info@sakura.example.jp",
        phone="03-3507-8801",
        address="東京都千代田区霞が関3-1-1",
        legal_name="株式会社さくら家電",
        accepted=accepted,
    )


def hold(secret: str, by: Actor | None = None) -> None:
    actions.hold_at_once(
        by or lead(), complaint=whole(secret).pk, severity=Severity.GRAVE, said=FOUND, reason=WHY
    )


@pytest.mark.parametrize("by", [agent, lead])
def test_dangerous_goods_are_hidden_when_the_report_is_taken_up_and_nothing_is_decided(
    terms: None, by: Callable[[], Actor]
) -> None:
    secret = confirmed(**DANGEROUS)
    hold(secret, by())
    work()

    finding, measure = Finding.objects.get(), Measure.objects.get()
    assert (measure.kind, measure.target_ref, measure.ends_at) == (
        "listing-hidden-provisionally",
        "L-1",
        None,
    )
    assert (finding.state, finding.decided_at) == ("hearing", None)
    assert enforcement.provisionally_hidden("L-1")
    assert not Strike.objects.exists()
    assert (whole(secret).state, whole(secret).finding) == ("upheld", finding.pk)
    assert Notice.objects.filter(to="seller:S-1", template="enforcement.hidden_provisionally").exists()
    assert len(mailed(secret)) == 1
    assert [one.kind for one in enforcement.standing("S-1")] == ["listing-hidden-provisionally"]


def test_the_shop_reads_at_once_what_was_found_and_why_it_could_not_wait(terms: None, enter: Enter) -> None:
    secret = reported(**DANGEROUS)
    hold(secret)

    number = cases.case_of(f"enforcement.finding:{whole(secret).finding}").number
    told = enter(Role.SELLER, "seller:S-1").get(f"/seller/measures/{number}/").content.decode()
    for words in (HELD_BECAUSE.ja, FOUND):
        assert words in told
    assert WHY not in told


@pytest.mark.parametrize(
    "more", [{"reason": ComplaintReason.COUNTERFEIT}, DANGEROUS | {"where": "消えた商品"}]
)
def test_what_can_wait_or_is_not_known_is_not_hidden_at_once(terms: None, more: dict[str, Any]) -> None:
    secret = reported(**more)
    with pytest.raises(Refusal) as refused:
        hold(secret)

    assert refused.value.code == "not-to-hold"
    assert not Measure.objects.exists()


def test_it_is_offered_to_all_staff_where_goods_are_known_and_dangerous(terms: None, enter: Enter) -> None:
    danger, other = reported(**DANGEROUS), reported(where="L-2")
    pages = {
        (role, number): enter(role).get(f"/desk/complaints/{number}/").content.decode()
        for role in (Role.LEAD, Role.AGENT)
        for number in (whole(danger).pk, whole(other).pk)
    }

    shown = {at for at, page in pages.items() if "商品を暫定的に非表示にし" in page}
    assert shown == {(Role.LEAD, whole(danger).pk), (Role.AGENT, whole(danger).pk)}


def quiet() -> str:
    """Let somebody say that they were hurt by goods which another report has hidden: it waits quietly, and was read."""
    hurt, first = reported(reason=ComplaintReason.OTHER, **HURT), reported(**DANGEROUS)
    hold(first, agent())
    work()
    actions.read_reports(agent(), complaint=whole(hurt).pk, reports=[row(hurt).pk], until=MONDAY)
    assert case(hurt).urgent_since is None
    assert "complaints.danger" not in running(hurt)
    return hurt


def case(secret: str) -> cases.CaseFact:
    return cases.case_of(f"complaints.complaint:{whole(secret).pk}")


def test_a_hiding_that_the_marketplace_refuses_lets_every_danger_of_the_goods_stand_first_again(
    terms: None,
) -> None:
    hurt = quiet()

    order = Instruction.objects.get(target_ref="L-1")
    market.confirm(machine(), instruction=order.pk, outcome="refused")
    work()

    assert not enforcement.provisionally_hidden("L-1")
    assert (case(hurt).urgent_since, case(hurt).attention) == (MONDAY, "danger")
    assert "complaints.danger" in running(hurt)
    assert not complaint_of(lead(), whole(hurt).pk).is_hidden


@pytest.mark.parametrize("late", [0.5, 30])
def test_a_hiding_that_is_lifted_lets_every_danger_of_the_goods_stand_first_again(
    terms: None, late: float
) -> None:
    hurt, at = quiet(), MONDAY + late * HOUR
    finding, version = Finding.objects.get(), whole(hurt).version

    hiding.lift_hiding(lead(at), finding=finding.pk, reason="別の商品だった")
    work(at)

    assert (case(hurt).urgent_since, case(hurt).attention) == (MONDAY, "danger")
    assert "complaints.danger" in running(hurt)
    assert whole(hurt).version == version


def beside_hidden_goods() -> tuple[str, str]:
    """Let another complaint of a harm, which was read, stand beside the one by which the goods are hidden; return both."""
    other = reported(reason=ComplaintReason.OTHER, danger=(DangerAnswer.INJURY,))
    first = reported(**DANGEROUS)
    hold(first, agent())
    work()
    instruction = Instruction.objects.get(target_ref="L-1")
    market.confirm(machine(), instruction=instruction.pk, outcome="confirmed")
    work()
    actions.read_reports(agent(), complaint=whole(other).pk, reports=[row(other).pk], until=MONDAY)
    return other, first


def test_a_danger_whose_goods_are_rightly_hidden_is_nobodys_to_be_late_with(terms: None) -> None:
    other, _ = beside_hidden_goods()
    assert (case(other).urgent_since, case(other).attention) == (None, "begin")
    ring(MONDAY + 5 * HOUR)

    assert "complaints.danger_hidden" in running(other)
    assert not case(other).is_late(MONDAY + 5 * HOUR)


def test_goods_that_are_shown_again_let_their_danger_stand_first_also_where_its_case_is_late(
    terms: None,
) -> None:
    other, first = beside_hidden_goods()
    late = MONDAY + 12 * DAY
    ring(late)
    assert case(other).is_late(late)
    number = whole(first).finding
    assert number is not None
    findings.dismiss(lead(late), finding=number, because=next(iter(Dismissed)), reason=WHY)
    work(late)
    ring(late + 24 * HOUR)

    assert (case(other).urgent_since, case(other).attention) == (MONDAY, "danger")


def test_who_reads_what_came_of_a_late_case_ends_what_was_urgent_of_it(terms: None) -> None:
    secret = reported(**DANGEROUS)
    actions.rule_out(lead(), complaint=whole(secret).pk, reason=WHY)
    late = MONDAY + 12 * DAY
    ring(late)
    came = reported(at=late, source="203.0.113.7", **DANGEROUS)
    assert case(secret).urgent_since == late
    shown = [row(one).pk for one in (secret, came)]
    actions.read_reports(agent(late + HOUR), complaint=whole(secret).pk, reports=shown, until=late + HOUR)

    assert (case(secret).urgent_since, case(secret).attention) == (None, "begin")
