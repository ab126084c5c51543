"""Findings: taken in once, put before the seller, answered, ended; by nobody who has no business with them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.statechart import StepNotOpen, StepNotYours
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.clocks import facts as clocks
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine, ReviewLine
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.outbox import facts as outbox
from mamori.japan.written import NoWords, ReasonNeeded, TooManyWords
from mamori.law.deadlines import BREACH_HEARING, FINDING_GRAVE
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.actions import AlreadyFound, view_of
from mamori.rooms.enforcement.findings.matter import NotThere, Subject
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Evidence, Finding
from mamori.rooms.enforcement.rules.bounds import Dismissed, Source
from mamori.rooms.enforcement.tests.conftest import (
    EVES,
    MONDAY,
    actor,
    agent,
    find,
    heard,
    lead,
    machine,
    ring,
    seller,
    wish,
)

pytestmark = pytest.mark.usefixtures("shops")


def the(finding: int) -> Finding:
    return Finding.objects.get(pk=finding)


def told(to: str) -> list[str]:
    return [notice.template for notice in outbox.notices(to=to, limit=50)]


def test_a_finding_told_twice_from_the_same_origin_is_found_once() -> None:
    first = find(origin="report:7")
    again = find(origin="report:7")
    other = find(origin="report:8")

    assert first == again != other
    assert Finding.objects.count() == 2


def test_a_finding_is_a_case_that_asks_somebody_to_look_and_has_its_clock_by_severity() -> None:
    finding = find(severity=Severity.GRAVE)

    case = cases.case_of(f"enforcement.finding:{finding}")
    assert (case.kind, case.attention, case.seller_ref) == ("enforcement.finding", "look", "S-1")
    [clock] = clocks.open_clocks(f"enforcement.finding:{finding}")
    assert clock.kind == FINDING_GRAVE.code == "enforcement.decision_grave"
    assert case.next_due_at == clock.due_at


def test_what_is_alleged_lies_sealed_and_is_read_in_both_languages() -> None:
    finding = the(find())

    assert statements.facts_of(finding) == (
        Text("返品の条件が表示されていない。", "The conditions of return are not shown."),
    )
    assert "返品".encode() not in bytes(finding.alleged)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"breach": "murder"}, "breach-unknown"),
        ({"subject": Subject(seller="S-9")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", listing="L-2")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", listing="L-\0")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", order="O-2")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", review="R-9")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", review="R-2")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", category="玩具")}, "subject-unknown"),
        ({"subject": Subject(seller="S-1", category="食器")}, "subject-unknown"),
        ({"found_at": MONDAY + timedelta(days=1)}, "found-in-future"),
        ({"facts": ()}, "no-words"),
    ],
)
def test_a_finding_that_cannot_be_is_refused_with_a_sentence(change: dict[str, object], code: str) -> None:
    wares()
    known: dict[str, object] = {
        "breach": "display",
        "severity": Severity.MINOR,
        "harm": Reach.NONE,
        "subject": Subject(seller="S-1"),
        "facts": (Text("事実", "a fact"),),
        "origin": "test:x",
        "source": Source.STAFF,
    }

    with pytest.raises(Refusal) as refused:
        findings.find(agent(), **known | change)  # type: ignore[arg-type]

    assert refused.value.code == code
    assert not Finding.objects.exists()


def wares() -> None:
    """Let S-2 have a review and sell tableware, S-1 a review and no category but clothes."""
    for ref, owner, category in (("L-1", "S-1", "衣類"), ("L-2", "S-2", "食器")):
        line = ListingLine(ref=ref, seller=owner, name="品", price=8_000, category=category)
        market.put_listing(machine(), line)
        review = f"R-{ref[-1]}"
        market.put_review(
            machine(), ReviewLine(ref=review, listing=ref, seller=owner, stars=5, posted_at=MONDAY)
        )


def test_a_finding_may_name_whatever_is_the_sellers_own() -> None:
    wares()
    subject = Subject(seller="S-1", listing="L-1", review="R-1", order="O-1", category="衣類")

    finding = Finding.objects.get(pk=tell(subject))

    assert (finding.review_ref, finding.category) == ("R-1", "衣類")


def test_what_a_clock_finds_again_may_have_left_the_market_meanwhile() -> None:
    wares()
    finding = tell(Subject(seller="S-1", listing="L-1", category="衣類"))
    findings.ask_view(agent(), finding=finding)
    findings.state_view(seller(), finding=finding, said="直します")
    deciding.decide(lead(), finding=finding, wish=wish("correction", 3))
    line = ListingLine(ref="L-1", seller="S-1", name="品", price=8_000, category="雑貨")
    market.put_listing(machine(), line)

    ring(MONDAY + timedelta(days=4))

    assert Finding.objects.exclude(pk=finding).get().category == "衣類"


def tell(subject: Subject, said: str = "事実", by: Actor | None = None) -> int:
    return findings.find(
        by or agent(),
        breach="display",
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=subject,
        facts=(Text(said, said),),
        origin="form:1",
        source=Source.STAFF,
    )


def test_a_form_sent_twice_finds_once_and_other_words_are_not_lost_silently() -> None:
    first = tell(Subject(seller="S-1"))

    assert tell(Subject(seller="S-1")) == first
    with pytest.raises(AlreadyFound) as words:
        tell(Subject(seller="S-1"), "ほかの事実")
    with pytest.raises(AlreadyFound):
        tell(Subject(seller="S-1", listing="L-1"))
    assert cases.case_of(f"enforcement.finding:{first}").number in words.value.sentence.ja
    assert tell(Subject(seller="S-1"), "ほかの事実", machine()) == first, "news told twice is no form"
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("eve", [*EVES, seller()], ids=str)
def test_nobody_but_staff_and_the_machine_tells_of_a_finding(eve: Actor) -> None:
    if eve.role is Role.MACHINE:
        return  # a machine's hand is given by the house alone
    with pytest.raises(StepNotYours):
        findings.find(
            eve,
            breach="display",
            severity=Severity.MINOR,
            harm=Reach.NONE,
            subject=Subject(seller="S-1"),
            facts=(Text("事実", "a fact"),),
            origin="eve",
            source=Source.STAFF,
        )


@pytest.mark.parametrize("eve", EVES, ids=str)
def test_eve_neither_states_a_view_nor_says_that_it_is_cured(eve: Actor) -> None:
    finding = find()
    findings.ask_view(agent(), finding=finding)

    with pytest.raises(NotThere):
        findings.state_view(eve, finding=finding, said="うそ")
    with pytest.raises(NotThere):
        standing.say_cured(eve, finding=finding)


def test_the_seller_is_asked_and_hears_by_when() -> None:
    finding = find()

    due = findings.ask_view(agent(), finding=finding)

    assert the(finding).state == "hearing"
    assert told("seller:S-1") == ["enforcement.hearing"]
    assert due == next(
        clock.due_at
        for clock in clocks.open_clocks(f"enforcement.finding:{finding}")
        if clock.kind == BREACH_HEARING.code
    )


def test_what_the_seller_adds_stands_under_what_it_said_before() -> None:
    finding = heard()

    findings.state_view(actor("seller:S-1/hanako", Role.DELEGATE), finding=finding, said="写真を足しました")

    assert view_of(the(finding)) == "直します\n\n写真を足しました"
    assert the(finding).state == "heard"


@pytest.mark.parametrize(("said", "refusal"), [(" \u200b", NoWords), ("あ" * 10_001, TooManyWords)])
def test_a_view_without_words_or_without_end_is_refused(said: str, refusal: type[Refusal]) -> None:
    finding = find()
    findings.ask_view(agent(), finding=finding)

    with pytest.raises(refusal):
        findings.state_view(seller(), finding=finding, said=said)


def test_views_that_grow_beyond_reading_are_refused() -> None:
    finding = find()
    findings.ask_view(agent(), finding=finding)
    findings.state_view(seller(), finding=finding, said="あ" * 9_999)

    with pytest.raises(TooManyWords):
        findings.state_view(seller(), finding=finding, said="いう")


def test_a_seller_who_says_nothing_is_decided_upon_all_the_same() -> None:
    finding = find()
    due = findings.ask_view(agent(), finding=finding)

    ring(due)

    assert the(finding).state == "heard"
    assert cases.case_of(f"enforcement.finding:{finding}").attention in ("decide", "overdue")


def test_what_the_seller_says_is_put_right_counts_once_somebody_has_looked() -> None:
    finding = heard()

    standing.say_cured(seller(), finding=finding, said="直しました")
    assert the(finding).cured_at is None
    assert told("lead") == ["enforcement.cure_said"]
    with pytest.raises(ReasonNeeded):
        standing.note_cured(agent(), finding=finding, reason=" ")
    standing.note_cured(agent(), finding=finding, reason="表示を確かめた")

    assert the(finding).cured_at == MONDAY
    with pytest.raises(StepNotYours):
        standing.note_cured(seller(), finding=finding, reason="自分で")
    with pytest.raises(StepNotYours):
        standing.say_cured(agent(), finding=finding)


def test_a_dismissed_finding_tells_who_was_asked_and_the_reporter_only_the_kind() -> None:
    finding = heard(reporter="buyer:B-1")

    findings.dismiss(agent(), finding=finding, because=Dismissed.NO_BREACH, reason="表示はあった")

    assert the(finding).state == "dismissed"
    assert told("seller:S-1") == ["enforcement.dismissed", "enforcement.hearing"]
    [notice] = outbox.notices(to="buyer:B-1", limit=5)
    assert notice.template == "enforcement.reporter_told"
    assert "違反は確かめられませんでした" in notice.body["ja"]
    assert not clocks.open_clocks(f"enforcement.finding:{finding}")


def test_who_reported_what_is_put_right_by_now_is_told_so() -> None:
    finding = heard(reporter="buyer:B-1")

    findings.dismiss(agent(), finding=finding, because=Dismissed.CURED, reason="直っている")

    [notice] = outbox.notices(to="buyer:B-1", limit=5)
    assert "すでに直っています" in notice.body["ja"]
    assert "has been put right" in notice.body["en"]
    assert "違反は確かめられませんでした" not in notice.body["ja"]


def test_a_seller_who_was_never_asked_hears_nothing_of_a_dismissal() -> None:
    finding = find()

    findings.dismiss(agent(), finding=finding, because=Dismissed.NOT_ESTABLISHED, reason="見当たらない")

    assert told("seller:S-1") == []
    with pytest.raises(StepNotOpen):
        findings.ask_view(agent(), finding=finding)


def test_a_form_opened_before_somebody_else_acted_is_told_what_changed() -> None:
    finding = find()
    before = the(finding).version
    findings.ask_view(lead(), finding=finding)

    with pytest.raises(ChangedMeanwhile) as refused:
        findings.dismiss(agent(), finding=finding, because=Dismissed.NO_BREACH, reason="見た", version=before)

    assert "意見を求めた" in refused.value.sentence.ja
    assert the(finding).state == "hearing"


def test_a_finding_that_nobody_decides_on_is_told_to_a_lead_again_and_again() -> None:
    finding = find(severity=Severity.GRAVE)

    ring(MONDAY + timedelta(days=5))

    assert told("lead").count("enforcement.overdue") >= 3
    assert clocks.open_clocks(f"enforcement.finding:{finding}")
    findings.remind_decision(machine(), finding=find(origin="other"))


def test_evidence_is_named_once() -> None:
    finding = findings.find(
        machine(),
        breach="fraud",
        severity=Severity.GRAVE,
        harm=Reach.MONEY,
        subject=Subject(seller="S-1"),
        facts=(Text("事実", "a fact"),),
        origin="test:evidence",
        source=Source.MARKET,
        automated=True,
        evidence=(("case", "C-1"), ("act", "7")),
    )

    assert [(one.kind, one.ref) for one in Evidence.objects.filter(finding=finding)] == [
        ("case", "C-1"),
        ("act", "7"),
    ]
