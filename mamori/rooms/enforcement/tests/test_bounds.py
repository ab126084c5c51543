"""The bounds of a decision at their edges: caps, targets, the second person, grounds; who sees a matter, who else is there."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from mamori.grammar.actor import STAFF, Role
from mamori.grammar.measure import Concerns, Measure as Declared, Reach
from mamori.ground.matters.seen import ChangedMeanwhile
from mamori.ground.people.models import Account
from mamori.law.grounds import REPEAT_BREACH, WITHOUT_WAITING
from mamori.law.measures import (
    CATEGORY_CLOSED,
    CLOSED,
    LISTING_HIDDEN,
    LISTING_REMOVED,
    MEASURES,
    NOTICE,
    PAYOUT_HELD,
    REVIEW_REMOVED,
)
from mamori.rooms.enforcement.findings.matter import (
    NotThere,
    Subject,
    is_sellers,
    is_told,
    may_see,
    somebody_else,
    subject_of,
    the_finding,
    the_measure,
)
from mamori.rooms.enforcement.lifecycle import MeasureState
from mamori.rooms.enforcement.measures.actions import deciding, standing
from mamori.rooms.enforcement.models import Finding, Measure
from mamori.rooms.enforcement.rules import bounds
from mamori.rooms.enforcement.rules.bounds import Ended, Unheard
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    actor,
    agent,
    answer,
    counsel,
    decided,
    heard,
    lead,
    seller,
    wish,
)


@pytest.mark.parametrize(
    ("amount", "fits"),
    [(0, True), (-1, False), (1, True), (bounds.MOST_YEN, True), (bounds.MOST_YEN + 1, False)],
)
def test_a_hold_is_capped_at_a_yen_or_more_and_not_above_the_most(amount: int, fits: bool) -> None:
    assert bounds.amount_fits(PAYOUT_HELD, amount) is fits
    assert bounds.amount_fits(NOTICE, amount) is (amount == 0)


def test_the_cap_is_said_in_figures() -> None:
    assert bounds.cap_text(50_000).ja == "上限 50,000円"
    assert bounds.cap_text(50_000).en == "up to 50,000 yen"


def test_each_measure_names_what_it_touches_or_the_seller() -> None:
    assert bounds.needed_target(LISTING_HIDDEN) == "listing_ref"
    assert bounds.needed_target(REVIEW_REMOVED) == "review_ref"
    assert bounds.needed_target(CATEGORY_CLOSED) == "category"
    whole = {one for one in MEASURES if one.concerns in (Concerns.SELLER, Concerns.MONEY)}
    assert {bounds.needed_target(one) for one in whole} == {""}


def test_what_comes_at_once_takes_a_second_person() -> None:
    assert bounds.needs_second(NOTICE, graver=False, unheard=None, at_once=REPEAT_BREACH.code) is True
    assert bounds.needs_second(NOTICE, graver=False, unheard=None, at_once="") is False


@pytest.mark.parametrize("role", sorted(STAFF))
@pytest.mark.parametrize("because", [Ended.CURED, Ended.REVIEWED, Ended.MISTAKE])
def test_what_two_people_decide_an_agent_ends_only_as_put_right(because: Ended, role: Role) -> None:
    may = role in (Role.LEAD, Role.COUNSEL) or because is Ended.CURED

    assert bounds.may_end_early(PAYOUT_HELD, because, role, by_two=False) is may
    assert bounds.may_end_early(NOTICE, because, role, by_two=False) is True
    assert bounds.may_end_early(NOTICE, because, role, by_two=True) is may


@pytest.mark.parametrize(
    ("measure", "by_two", "cured", "over", "agents", "deciders"),
    [
        (NOTICE, False, False, False, (Ended.REVIEWED,), (Ended.REVIEWED, Ended.MISTAKE)),
        (NOTICE, True, False, False, (), (Ended.REVIEWED, Ended.MISTAKE)),
        (PAYOUT_HELD, False, True, False, (Ended.CURED,), (Ended.CURED, Ended.REVIEWED, Ended.MISTAKE)),
        (NOTICE, False, True, True, (), (Ended.MISTAKE,)),
    ],
)
def test_a_decider_ends_a_measure_for_any_reason_that_is_there_an_agent_no_mistake_nor_what_took_two(
    measure: Declared,
    by_two: bool,
    cured: bool,
    over: bool,
    agents: tuple[Ended, ...],
    deciders: tuple[Ended, ...],
) -> None:
    given = {"by_two": by_two, "cured": cured, "over": over}

    assert bounds.endings(measure, Role.AGENT, **given) == agents
    assert {bounds.endings(measure, role, **given) for role in bounds.DECIDERS} == {deciders}


def test_an_undoing_is_asked_for_once_more_by_a_decider_alone_and_all_else_by_whoever_acts() -> None:
    for state, role in product(MeasureState, STAFF):
        may = state is not MeasureState.UNDOING or role in (Role.LEAD, Role.COUNSEL)
        assert bounds.may_order_again(state, role) is may, (state, role)


def test_an_appeal_is_in_time_on_its_last_moment_and_against_a_hold_until_the_money_is_released() -> None:
    late = MONDAY + timedelta(seconds=1)

    for measure, state in product((NOTICE, PAYOUT_HELD), MeasureState):
        assert bounds.is_in_time(measure, state, MONDAY, MONDAY)
        holds = measure is PAYOUT_HELD and state in bounds.HOLDING
        assert bounds.is_in_time(measure, state, MONDAY, late) is holds, (measure.code, state)


@pytest.mark.parametrize(
    ("measure", "breach", "harm", "down"),
    [
        (LISTING_REMOVED, "counterfeit", Reach.NONE, True),
        (LISTING_HIDDEN, "display-false", Reach.DANGER, True),
        (LISTING_HIDDEN, "display-false", Reach.MONEY, False),
        (NOTICE, "counterfeit", Reach.DANGER, False),
    ],
)
def test_goods_that_are_the_breach_or_dangerous_stay_down_once_taken_away(
    measure: Declared, breach: str, harm: Reach, down: bool
) -> None:
    assert bounds.stays_down(measure, breach, harm) is down


def test_only_what_is_announced_has_grounds_to_come_at_once_and_repetition_must_be_on_record() -> None:
    for measure in MEASURES:
        listed = bounds.grounds_at_once(measure)
        assert listed == (WITHOUT_WAITING if measure is CLOSED else ()), measure.code
    assert bounds.may_be_at_once(REPEAT_BREACH.code, repeated=True)
    assert not bounds.may_be_at_once(REPEAT_BREACH.code, repeated=False)
    assert bounds.may_be_at_once(WITHOUT_WAITING[-1].code, repeated=False)
    assert [one.code for one in WITHOUT_WAITING if bounds.must_hinder(one.code)] == [REPEAT_BREACH.code]


@pytest.mark.usefixtures("shops")
def test_a_proposal_that_changed_since_its_form_was_opened_is_not_approved_or_sent_back_by_it() -> None:
    finding = heard()
    measure = deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))
    opened = Finding.objects.get(pk=finding).version
    standing.note_cured(agent(), finding=finding, reason="確かめた")

    with pytest.raises(ChangedMeanwhile):
        deciding.approve(counsel(), measure=measure, version=opened)
    with pytest.raises(ChangedMeanwhile):
        deciding.send_back(counsel(), measure=measure, reason="重い", version=opened)

    assert Measure.objects.get(pk=measure).state == "proposed"
    deciding.send_back(counsel(), measure=measure, reason="重い", version=opened + 1)


@pytest.mark.usefixtures("shops")
def test_a_measure_that_changed_since_its_form_was_opened_is_not_ended_or_ordered_again_by_it() -> None:
    measure = decided()
    answer(measure.instruction, outcome="refused")
    opened = Finding.objects.get(pk=measure.finding_id).version
    standing.order_again(lead(), measure=measure.pk, version=opened)

    with pytest.raises(ChangedMeanwhile):
        standing.order_again(lead(), measure=measure.pk, version=opened)
    with pytest.raises(ChangedMeanwhile):
        standing.lift(lead(), measure=measure.pk, because=Ended.REVIEWED, reason="もうよい", version=opened)

    assert Measure.objects.get(pk=measure.pk).state == "ordered"


def test_a_decider_says_that_fraud_cannot_wait_and_nobody_else() -> None:
    for role, measure in product(STAFF, MEASURES):
        may = bounds.may_skip_hearing(Unheard.FRAUD, measure, harm=Reach.DANGER, ground="x", role=role)
        assert may is (role in bounds.DECIDERS and measure is PAYOUT_HELD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "is_active", "number", "is_there"),
    [
        (Role.LEAD, True, 9, True),
        (Role.COUNSEL, True, 9, True),
        (Role.AGENT, True, 9, False),
        (Role.LEAD, False, 9, False),
        (Role.LEAD, True, 2, False),
        (Role.COUNSEL, True, 3, False),
    ],
)
def test_somebody_else_is_an_active_decider_who_took_no_part(
    role: Role, is_active: bool, number: int, is_there: bool
) -> None:
    mail = f"{number}@example.jp"
    Account.objects.create(
        pk=number, email=mail, name="x", role=role, added_at=MONDAY - timedelta(days=60), is_active=is_active
    )

    assert somebody_else(("staff:2", "staff:3"), MONDAY) is is_there


@pytest.mark.parametrize(
    ("by", "role", "sees"),
    [
        ("seller:S-1", Role.SELLER, True),
        ("seller:S-11", Role.SELLER, False),
        ("seller:S-1/hanako", Role.DELEGATE, True),
        ("seller:S-1/", Role.DELEGATE, False),
        ("seller:S-1", Role.DELEGATE, False),
        ("seller:S-11/hanako", Role.DELEGATE, False),
        ("seller:S-1/hanako", Role.SELLER, False),
        ("seller:S-1/hanako", Role.BUYER, False),
        ("agent:1", Role.AGENT, True),
        ("lead:2", Role.LEAD, True),
        ("counsel:3", Role.COUNSEL, True),
        ("machine:clock", Role.MACHINE, True),
        ("eve", Role.MACHINE, False),
        ("seller:S-1", Role.OFFICER, False),
    ],
)
def test_a_matter_is_seen_by_its_seller_its_delegates_staff_and_machines(
    by: str, role: Role, sees: bool
) -> None:
    assert may_see(actor(by, role), "S-1") is sees
    assert is_sellers(actor(by, role), "S-1") is (sees and role in (Role.SELLER, Role.DELEGATE))


def test_a_sellers_reference_may_hold_a_slash_and_its_delegate_acts_for_no_shorter_one() -> None:
    hanako = actor("seller:S/1/hanako", Role.DELEGATE)

    assert [ref for ref in ("S", "S/1", "S/1/hanako", "") if is_sellers(hanako, ref)] == ["S/1"]


def test_what_a_finding_is_about_is_all_that_it_was_told_of() -> None:
    told = Finding(seller_ref="S-1", listing_ref="L-1", review_ref="V-1", order_ref="O-1", category="c")

    about = Subject(seller="S-1", listing="L-1", review="V-1", order="O-1", category="c")
    assert subject_of(told) == about


@pytest.mark.usefixtures("shops")
def test_a_form_is_out_of_date_by_whatever_its_writer_may_know_of_and_by_nothing_else() -> None:
    finding = heard()
    opened = Finding.objects.get(pk=finding).version
    deciding.decide(lead(), finding=finding, wish=wish("suspended", 30))

    assert the_finding(seller(), finding, opened).pk == finding, "it knows of no proposal"
    with pytest.raises(ChangedMeanwhile):
        the_finding(agent(), finding, opened)
    standing.note_cured(agent(), finding=finding, reason="確かめた")
    with pytest.raises(ChangedMeanwhile):
        the_finding(agent(), finding, opened)
    assert the_finding(agent(), finding, opened + 2).pk == finding


@pytest.mark.usefixtures("shops")
def test_nothing_is_found_for_a_stranger_or_under_no_number_and_what_is_found_brings_its_finding() -> None:
    measure = decided()

    for stranger in (actor("seller:S-2", Role.SELLER), actor("eve", Role.MACHINE)):
        with pytest.raises(NotThere):
            the_finding(stranger, measure.finding_id)
        with pytest.raises(NotThere):
            the_measure(stranger, measure.pk)
    for none in (0, measure.pk + 1):
        with pytest.raises(NotThere):
            the_measure(lead(), none)
        with pytest.raises(NotThere):
            the_finding(lead(), none + 100)
    found = the_measure(seller(), measure.pk)
    assert (found, found.finding) == (measure, the_finding(seller(), measure.finding_id))


def test_beside_a_measure_comes_another_one_on_the_seller_and_never_itself_nor_a_notice() -> None:
    found = [bounds.fits_beside(one.code, LISTING_HIDDEN.code) for one in (CLOSED, PAYOUT_HELD, NOTICE)]

    assert found == [True, True, False]
    assert not bounds.fits_beside(CLOSED.code, CLOSED.code)


@pytest.mark.usefixtures("shops")
def test_a_seller_is_told_once_asked_or_heard_and_else_by_a_measure_that_is_more_than_proposed() -> None:
    suspended = deciding.decide(lead(), finding=heard(), wish=wish("suspended", 30))
    silent = Measure.objects.get(pk=suspended).finding
    silent.asked_at = silent.heard_at = None

    assert is_told(Finding(asked_at=MONDAY))
    assert is_told(Finding(heard_at=MONDAY))
    assert not is_told(silent)
    deciding.approve(counsel(), measure=suspended)
    assert is_told(silent)
