"""The room's decisions, one sentence each: urging, eligibility, reading."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from mamori.grammar.actor import Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.declaration import Ground
from mamori.law.grounds import BUYER_CONSENT, EMERGENCY, GUARANTEE, PARTY_SHARE, WARRANT
from mamori.rooms.contact.lifecycle import TroubleState
from mamori.rooms.contact.rules.eligibility import (
    HINDRANCES,
    KINDS,
    Against,
    Claim,
    Hindrance,
    Kind,
    against,
    kinds,
    most,
)
from mamori.rooms.contact.rules.reading import is_told_of_look, may_read
from mamori.rooms.contact.rules.reasons import (
    DEDUCT_BECAUSE,
    NO_REMEDY_BECAUSE,
    DeductBecause,
    NoRemedyBecause,
)
from mamori.rooms.contact.rules.urging import TABLE, Means, urges
from mamori.rooms.contact.topics import HARMS, PROGRESS, TOPICS, Harm, Progress, Topic

NOON = datetime(2026, 11, 16, 3, tzinfo=UTC)
CLAIM = Claim(
    state=TroubleState.OVERDUE,
    topic=Topic.BROKEN,
    answer_due_at=NOON + timedelta(days=1),
    free_at=NOON + timedelta(days=30),
    returns=True,
    ordered_at=NOON - timedelta(days=10),
    reported_at=NOON,
    amount=8_000,
    refunded=0,
    charged_back=False,
    cancelled_at=None,
    unsent=False,
    refunds_this_year=0,
    ceiling=100_000,
    days=90,
    times=5,
)


def test_every_word_has_a_text() -> None:
    assert set(TOPICS) == set(Topic)
    assert set(HARMS) == set(Harm)
    assert set(PROGRESS) == set(Progress)
    assert set(HINDRANCES) == set(Hindrance)
    assert set(KINDS) == set(Kind)


def test_reasons_that_parties_are_told_are_declared() -> None:
    assert set(NO_REMEDY_BECAUSE) == set(NoRemedyBecause)
    assert set(DEDUCT_BECAUSE) == set(DeductBecause)


def test_the_table_has_a_row_for_every_topic_harm_and_progress() -> None:
    for topic, harm, progress in product(Topic, Harm, Progress):
        assert isinstance(urges(topic, harm, progress), tuple)


def test_a_hole_in_the_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mamori.rooms.contact.rules.urging.TABLE", TABLE[1:3])

    with pytest.raises(LookupError, match="no row for broken, inconvenience, missed"):
        urges(Topic.BROKEN, Harm.INCONVENIENCE, Progress.MISSED)


def test_danger_is_called_about_at_once_and_inconvenience_is_not_called_about_before_the_answer_is_due() -> (
    None
):
    danger = urges(Topic.BROKEN, Harm.DANGER, Progress.UNANSWERED)
    inconvenience = urges(Topic.OTHER, Harm.INCONVENIENCE, Progress.UNANSWERED)

    assert any(urge.means is Means.CALL and urge.after is None for urge in danger)
    assert {urge.means for urge in inconvenience} == {Means.NOTICE}


def test_urging_starts_before_the_answer_is_due() -> None:
    for topic, harm in product(Topic, Harm):
        first = urges(topic, harm, Progress.UNANSWERED)[0].after
        assert first is None or first.count < 24


def test_an_unsafe_thing_is_urged_at_once_and_unpaid_money_is_called_about_sooner_than_the_rest() -> None:
    unsafe = urges(Topic.UNSAFE, Harm.INCONVENIENCE, Progress.UNANSWERED)
    unpaid = urges(Topic.REFUND_UNPAID, Harm.INCONVENIENCE, Progress.UNSOLVED)
    other = urges(Topic.OTHER, Harm.INCONVENIENCE, Progress.UNSOLVED)

    assert [(u.means, u.after) for u in unsafe] == [
        (Means.NOTICE, None),
        (Means.CALL, Hours(4)),
        (Means.CALL, Hours(20)),
    ]
    assert (unpaid[-1].means, unpaid[-1].after) == (Means.CALL, Hours(8))
    assert (other[-1].means, other[-1].after) == (Means.CALL, Hours(12))


def test_an_answered_trouble_is_left_in_peace() -> None:
    assert urges(Topic.BROKEN, Harm.DANGER, Progress.ANSWERED) == ()


def test_an_eligible_claim_is_hindered_by_nothing_and_limited_by_price_and_ceiling() -> None:
    assert against(CLAIM) == ()
    assert most(CLAIM) == 8_000
    assert most(replace(CLAIM, refunded=3_000)) == 5_000
    assert most(replace(CLAIM, ceiling=1_000)) == 1_000
    assert most(replace(CLAIM, refunded=9_000)) == 0
    assert most(replace(CLAIM, charged_back=True)) == 0


@pytest.mark.parametrize(
    ("change", "hindrance"),
    [
        ({"state": TroubleState.SOLVED}, Hindrance.ENDED),
        ({"state": TroubleState.OPEN}, Hindrance.TOO_EARLY),
        ({"reported_at": NOON + timedelta(days=80, seconds=1)}, Hindrance.TOO_LATE),
        ({"refunds_this_year": 5}, Hindrance.TOO_OFTEN),
        ({"refunded": 8_000}, Hindrance.ALREADY_REFUNDED),
        ({"charged_back": True}, Hindrance.CHARGED_BACK),
        ({"refunded": 8_000, "cancelled_at": NOON}, Hindrance.CANCELLED),
        ({"ceiling": 0}, Hindrance.NOT_OFFERED),
    ],
)
def test_each_limit_is_named_when_it_stands_against_a_refund(
    change: dict[str, object], hindrance: Hindrance
) -> None:
    assert [found.hindrance for found in against(replace(CLAIM, **change))] == [hindrance]  # type: ignore[arg-type]


def test_what_is_only_early_says_until_when_and_what_is_final_does_not() -> None:
    early = replace(CLAIM, state=TroubleState.OPEN, refunds_this_year=5, charged_back=True)

    assert against(early) == (
        Against(Hindrance.TOO_EARLY, CLAIM.answer_due_at),
        Against(Hindrance.TOO_OFTEN, CLAIM.free_at),
        Against(Hindrance.CHARGED_BACK),
    )


def test_what_may_be_given_depends_on_the_ceiling_on_the_goods_and_on_what_stands_against_it() -> None:
    assert kinds(CLAIM) == (Kind.REFUND, Kind.RETURN, Kind.PART)
    assert kinds(replace(CLAIM, ceiling=3_000)) == (Kind.RETURN, Kind.PART)
    assert kinds(replace(CLAIM, topic=Topic.NOT_ARRIVED)) == (Kind.REFUND, Kind.PART)
    assert kinds(replace(CLAIM, returns=False)) == (Kind.REFUND, Kind.PART)
    assert kinds(replace(CLAIM, refunded=7_998)) == (Kind.REFUND, Kind.RETURN, Kind.PART)
    assert kinds(replace(CLAIM, refunded=7_999)) == (Kind.REFUND, Kind.RETURN)
    assert kinds(replace(CLAIM, charged_back=True)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"state": TroubleState.MEDIATED},
        {"reported_at": NOON + timedelta(days=80)},
        {"refunds_this_year": 4},
        {"refunded": 7_999},
    ],
)
def test_just_within_a_limit_is_within(change: dict[str, object]) -> None:
    assert against(replace(CLAIM, **change)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ground", "consented", "shared", "mediated", "reason", "allowed"),
    [
        (BUYER_CONSENT, True, False, True, "", True),
        (BUYER_CONSENT, True, False, False, "", False),
        (BUYER_CONSENT, False, True, True, "", False),
        (PARTY_SHARE, False, True, False, "", True),
        (PARTY_SHARE, True, False, True, "", False),
        (WARRANT, False, False, False, "東京地裁 令和8年(む)1号", True),
        (WARRANT, True, True, True, "  ", False),
        (EMERGENCY, False, False, False, "発火の連絡", True),
        (EMERGENCY, False, False, False, "", False),
        (GUARANTEE, True, True, True, "I would like to", False),
    ],
)
def test_words_are_read_only_on_a_ground_that_holds(
    ground: Ground, consented: bool, shared: bool, mediated: bool, reason: str, allowed: bool
) -> None:
    given = {"consented": consented, "shared": shared, "mediated": mediated}

    assert may_read(ground, Role.LEAD, **given, reason=reason) is allowed


def test_what_asks_for_a_written_reason_is_not_read_without_one() -> None:
    given = {"consented": True, "shared": True, "mediated": True}

    assert not may_read(WARRANT, Role.LEAD, **given)
    assert not may_read(EMERGENCY, Role.AGENT, **given)


def test_a_look_is_told_to_both_after_a_share_to_the_buyer_alone_by_its_consent_and_to_none_by_a_warrant() -> (
    None
):
    told = {
        ground: {role for role in Role if is_told_of_look(ground.code, role)}
        for ground in (PARTY_SHARE, BUYER_CONSENT, WARRANT)
    }

    assert told == {PARTY_SHARE: set(Role), BUYER_CONSENT: {Role.BUYER}, WARRANT: set()}
