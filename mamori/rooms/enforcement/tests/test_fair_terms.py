"""Nothing is done to a seller that its terms do not bear: what they bound when, how grave, and in whose words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.clocks import facts as clocks
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, SellerLine
from mamori.ground.people.actions import proposing
from mamori.ground.people.models import Account, Proposal
from mamori.ground.people.rules import Profile, Size
from mamori.ground.terms import actions as terms
from mamori.law.clauses import CLAUSES
from mamori.rooms.enforcement.appeals import actions as appeals
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.lifecycle import AppealState
from mamori.rooms.enforcement.measures import statements
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.rules.bounds import Source, Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    actor,
    agent,
    answer,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    ring,
    seller,
    wish,
)
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def refused(code: str, deed: object, *args: object, **more: object) -> bool:
    with pytest.raises(Refusal) as found:
        deed(*args, **more)  # type: ignore[operator]
    return found.value.code == code


def test_nobody_is_held_to_a_clause_that_was_accepted_after_the_breach_was_noticed() -> None:
    found = findings.find(
        agent(),
        breach="display",
        severity=Severity.SERIOUS,
        harm=Reach.NONE,
        subject=Subject(seller="S-2", listing="L-2"),
        facts=(Text("表示がない。", "Nothing is shown."),),
        origin="test:9",
        source=Source.STAFF,
        found_at=MONDAY - 50 * DAY,
    )
    findings.ask_view(agent(), finding=found)
    findings.state_view(actor("seller:S-2", Role.SELLER), finding=found, said="直します")
    accepted = tuple(Accepted(clause=one.code, version=one.version, at=MONDAY) for one in CLAUSES)
    market.put_seller(machine(), SellerLine(ref="S-2", name="影", accepted=accepted))

    assert refused("no-clause", deciding.decide, lead(MONDAY + HOUR), finding=found, wish=wish())


@pytest.mark.parametrize("measure", ["listing-removed", "suspended", "closed", "new-listings-stopped"])
def test_a_light_first_breach_is_not_answered_by_what_the_terms_keep_for_heavy_ones(measure: str) -> None:
    finding = heard(severity=Severity.MINOR)
    days = 0 if measure in ("listing-removed", "closed") else 14

    assert refused("too-light", deciding.decide, lead(), finding=finding, wish=wish(measure, days))


def test_a_listing_that_puts_people_in_danger_or_is_itself_the_breach_is_removed_at_once() -> None:
    for n, more in enumerate(({"harm": Reach.DANGER}, {"breach": "counterfeit", "listing": "L-3"})):
        finding = heard(severity=Severity.MINOR, origin=f"test:{n}", **more)
        assert deciding.decide(lead(), finding=finding, wish=wish("listing-removed", 0))


@pytest.mark.parametrize("measure", ["listing-hidden", "suspended"])
def test_on_a_word_about_fraud_money_alone_is_held_before_the_seller_is_heard(measure: str) -> None:
    finding = find(breach="display")
    unheard = wish(measure, 14, unheard=Unheard.FRAUD)

    assert refused("hearing-owed", deciding.decide, lead(), finding=finding, wish=unheard)
    held = deciding.decide(lead(), finding=finding, wish=wish("payout-held", 14, unheard=Unheard.FRAUD))
    assert Measure.objects.get(pk=held).state == "proposed", "and nobody decides it alone"


def test_money_is_not_held_for_what_is_owed_to_the_operator() -> None:
    finding = heard(breach="recovery-refused")

    assert refused(
        "beside-the-breach", deciding.decide, lead(), finding=finding, wish=wish("payout-held", 14)
    )


def somebody(at: object = MONDAY) -> Actor:
    return actor("lead:5", Role.LEAD, at)  # type: ignore[arg-type]


def test_who_said_that_a_measure_stays_and_who_read_the_view_review_no_appeal_against_it() -> None:
    Account.objects.create(
        pk=9, email="x@example.jp", name="x", role="counsel", added_at=MONDAY - timedelta(days=60)
    )
    held = decided("payout-held", 60, amount=1_000)
    answer(held.instruction)
    ring(MONDAY + 32 * DAY)
    standing.review(somebody(MONDAY + 32 * DAY), measure=held.pk, reason="まだ必要")
    unheard = find(harm=Reach.DANGER, origin="test:2", breach="counterfeit")
    hidden = deciding.decide(lead(), finding=unheard, wish=wish("correction", 14, unheard=Unheard.DANGER))
    findings.state_view(seller(MONDAY + HOUR), finding=unheard, said="違います")
    standing.read_view(somebody(MONDAY + 2 * HOUR), finding=unheard, reason="変わらない")

    for measure in (held.pk, hidden):
        at = MONDAY + 32 * DAY
        appeal = appeals.appeal(seller(at), measure=measure, said="違います")
        assert refused("another-reviewer", appeals.take_appeal, somebody(at), appeal=appeal)


def test_a_word_that_it_is_put_right_holds_up_a_decision_once_and_not_for_ever() -> None:
    finding = heard(severity=Severity.GRAVE)
    measure = deciding.decide(lead(), finding=finding, wish=wish("closed", 0))
    at = MONDAY + HOUR
    standing.say_cured(seller(at), finding=finding)
    assert refused("cure-unseen", deciding.approve, counsel(at), measure=measure)
    standing.note_uncured(agent(at), finding=finding, reason="まだ直っていない")
    standing.say_cured(seller(at), finding=finding)

    deciding.approve(counsel(at), measure=measure)

    assert Measure.objects.get(pk=measure).state == "announced"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"severity": Severity.GRAVE}, "already-found"),
        ({"harm": Reach.DANGER}, "already-found"),
        ({"found_at": MONDAY - DAY}, "already-found"),
        ({"found_at": MONDAY.replace(year=1)}, "found-long-ago"),
        ({"found_at": MONDAY.replace(year=2019)}, "found-long-ago"),
    ],
)
def test_a_form_that_says_something_else_is_not_swallowed(change: dict[str, object], code: str) -> None:
    told: dict[str, object] = {
        "breach": "display",
        "severity": Severity.MINOR,
        "harm": Reach.NONE,
        "subject": Subject(seller="S-1", listing="L-1"),
        "facts": (Text("表示がない。", "Nothing is shown."),),
        "origin": "staff:1",
        "source": Source.STAFF,
    }
    first = findings.find(agent(), **told)  # type: ignore[arg-type]
    assert findings.find(agent(), **told) == first  # type: ignore[arg-type]

    assert refused(code, findings.find, agent(), **told | change)
    assert Finding.objects.count() == 1


def test_of_an_erased_seller_nothing_is_found_anew() -> None:
    finding = find()
    deciding.decide(lead(), finding=finding, wish=wish("correction", 14))
    ledger.shred(machine(MONDAY + DAY), subject="seller:S-1", reason="本人の求め")

    ring(MONDAY + 30 * DAY)

    assert [one.pk for one in Finding.objects.all()] == [finding]
    assert not [one for one in clocks.stuck() if one.kind.startswith("enforcement.")]


def test_a_reason_and_a_notice_call_the_clause_by_the_name_under_which_it_was_accepted() -> None:
    early = MONDAY - 50 * DAY
    own = Text("当店の出品のきまり", "Our rules for listings")
    words = [terms.Words(clause="listing-measures", version=4, title=own, text=Text("本文。", "Words."))]
    profile = Profile(size=Size.THREE, delay=Hours(48))
    change = terms.propose_change(
        lead(early), words=words, profile=profile, binds_on=(MONDAY - 30 * DAY).date()
    )
    with transaction.atomic():
        proposing.effect(lead(early), Proposal.objects.get(about=f"terms.change:{change}"))
    accepted = (Accepted(clause="listing-measures", version=4, at=MONDAY - 20 * DAY),)
    put_shop(machine(), ref="S-1", name="店", mail="shop@example.jp", accepted=accepted)

    measure = decided()

    statement = statements.read(measure)
    assert statement is not None
    basis = statement.part("basis")
    assert basis is not None
    assert (measure.clause_version, own.ja in basis.ja) == (4, True)


def test_a_hold_is_appealed_against_until_it_is_released() -> None:
    held = decided("payout-held", 60, amount=1_000)
    answer(held.instruction)
    ring(MONDAY + 200 * DAY)
    held.refresh_from_db()
    assert held.state == "lifting"

    appeal = appeals.appeal(seller(MONDAY + 200 * DAY), measure=held.pk, said="まだ支払われません")

    assert Appeal.objects.get(pk=appeal).state == AppealState.RECEIVED
