"""Versions of clauses: published by two people, never changed, told to each seller once, accepted with a receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.grammar.text import Text
from mamori.ground.ledger import facts as ledger
from mamori.ground.market.actions import Accepted
from mamori.ground.outbox import actions as outbox
from mamori.ground.outbox.models import Notice
from mamori.ground.people import actions as people, facts as people_facts
from mamori.ground.people.actions.proposing import NotYoursToAgree
from mamori.ground.people.events import TermsAgreed
from mamori.ground.people.models import Account
from mamori.ground.people.rules import Profile, Size
from mamori.ground.terms import actions, facts
from mamori.ground.terms.actions import Words
from mamori.ground.terms.models import (
    ClauseAcceptance,
    ClausePublished,
    ClauseWording,
    TermsChange,
    TermsTold,
)
from mamori.ground.terms.rules import By, start_of
from mamori.law.clauses import BY_CODE, CATEGORY, CHANGES, CLOSING, RECOVERY
from tests.shops import put_shop

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 3, tzinfo=UTC)  # 12:00 in Japan
DAY = timedelta(days=1)
THREE = Profile(size=Size.THREE, delay=Hours(48))
OWN = Words(
    clause=CATEGORY.code, version=2, title=Text("レビュー", "Reviews"), text=Text("当店の文", "Our own words")
)
SHOP = Actor(by="machine:shop", role=Role.MACHINE, at=MONDAY, via="test")


def lead(at: datetime = MONDAY) -> Actor:
    return Actor(by="lead:1", role=Role.LEAD, at=at, via="test")


def seller(ref: str, at: datetime = MONDAY) -> Actor:
    return Actor(by=f"seller:{ref}", role=Role.SELLER, at=at, via="page")


def propose(*words: Words, at: datetime = MONDAY, **more: object) -> int:
    return actions.propose_change(lead(at), words=words, profile=THREE, **more)  # type: ignore[arg-type]


def publish(*words: Words, at: datetime = MONDAY, **more: object) -> int:
    change = propose(*words, at=at, **more)
    actions.change_agreed(TermsAgreed(subject=f"terms.change:{change}", proposal=0), at)
    return change


def opened(ref: str, *accepted: str, at: datetime = MONDAY - 60 * DAY) -> None:
    """Tell of a seller that accepted the first version of these clauses."""
    told = tuple(Accepted(clause=code, version=1, at=at) for code in accepted)
    put_shop(SHOP, ref=ref, name=f"店{ref}", mail=f"{ref}@example.jp", accepted=told)


def bound(ref: str, clause: str, at: datetime) -> int | None:
    found = facts.binding(ref, clause, at)
    return found.version if found else None


def notices(ref: str) -> Sequence[str]:
    return list(Notice.objects.filter(to=f"seller:{ref}").order_by("id").values_list("template", flat=True))


def test_what_binds_is_what_was_accepted_of_what_was_published_word_for_word() -> None:
    opened("S-1", RECOVERY.code)
    assert facts.binding("S-1", RECOVERY.code, MONDAY) is None

    in_force(RECOVERY.code, at=MONDAY, since=date(2026, 4, 1))

    found = facts.binding("S-1", RECOVERY.code, MONDAY)
    assert found is not None
    assert (found.version, found.since, found.by) == (1, MONDAY - 60 * DAY, By.ACCEPTANCE)
    assert (found.title, found.text) == (RECOVERY.title, RECOVERY.text)
    act = ledger.act(found.act or 0)
    assert act is not None
    assert (act.kind, act.subject) == ("terms.accepted", "seller:S-1")
    assert facts.binding("S-2", RECOVERY.code, MONDAY) is None
    assert facts.binding("S-1", RECOVERY.code, MONDAY - 61 * DAY) is None


def test_a_first_publication_counts_from_its_day_where_none_is_named() -> None:
    opened("S-1", RECOVERY.code)
    in_force(RECOVERY.code, at=MONDAY)

    assert bound("S-1", RECOVERY.code, MONDAY) == 1
    assert bound("S-1", RECOVERY.code, start_of(date(2026, 11, 16)) - timedelta(seconds=1)) is None


def test_a_change_reaches_who_was_told_after_fifteen_whole_days_and_who_never_accepted_not_at_all() -> None:
    opened("S-1", CATEGORY.code, CHANGES.code)
    opened("S-2", CHANGES.code)
    opened("S-3", CATEGORY.code)
    in_force(CATEGORY.code, CHANGES.code, at=MONDAY - DAY, since=date(2026, 4, 1))
    outbox.work(at=MONDAY - DAY)

    publish(OWN)
    outbox.work(at=MONDAY)

    begins = start_of(date(2026, 12, 2))
    assert bound("S-1", CATEGORY.code, begins - timedelta(seconds=1)) == 1
    found = facts.binding("S-1", CATEGORY.code, begins)
    assert found is not None
    assert (found.version, found.since, found.by) == (2, begins, By.ANNOUNCEMENT)
    assert (found.title, found.text) == (OWN.title, OWN.text)
    assert facts.binding("S-2", CATEGORY.code, begins + 99 * DAY) is None
    assert bound("S-3", CATEGORY.code, begins + 99 * DAY) == 1
    assert set(facts.bindings("S-1", BY_CODE, begins)) == {CATEGORY.code, CHANGES.code}


def test_a_change_about_money_waits_for_the_sellers_own_acceptance() -> None:
    opened("S-1", RECOVERY.code, CHANGES.code)
    in_force(RECOVERY.code, CHANGES.code, at=MONDAY - DAY, since=date(2026, 4, 1))
    publish(Words(clause=RECOVERY.code, version=2))
    outbox.work(at=MONDAY)
    later = MONDAY + 90 * DAY

    assert bound("S-1", RECOVERY.code, later) == 1
    act = actions.agree(seller("S-1", later), clause=RECOVERY.code, version=2)

    found = facts.binding("S-1", RECOVERY.code, later)
    assert found is not None
    assert (found.version, found.act, found.since) == (2, act, later)
    assert actions.agree(seller("S-1", later + DAY), clause=RECOVERY.code, version=2) == act
    assert ClauseAcceptance.objects.filter(version=2).count() == 1


def test_a_seller_that_came_while_others_were_told_is_told_too_and_has_its_days() -> None:
    in_force(CATEGORY.code, CHANGES.code, at=MONDAY - DAY, since=date(2026, 4, 1))
    publish(OWN)
    outbox.work(at=MONDAY)
    late = Actor(by="machine:shop", role=Role.MACHINE, at=MONDAY + 10 * DAY, via="test")
    accepted = tuple(
        Accepted(clause=code, version=1, at=MONDAY - 60 * DAY) for code in (CATEGORY.code, CHANGES.code)
    )

    for _ in range(2):
        put_shop(late, ref="S-9", name="店", mail="x@example.jp", accepted=accepted)

    assert notices("S-9") == ["terms.new"]
    assert bound("S-9", CATEGORY.code, start_of(date(2026, 12, 11))) == 1
    assert bound("S-9", CATEGORY.code, start_of(date(2026, 12, 12))) == 2


def test_each_seller_is_told_once_and_who_accepted_all_of_it_not_at_all() -> None:
    for number in range(45):
        opened(f"S-{number:02}", *([RECOVERY.code] if number == 7 else []))

    change = in_force(RECOVERY.code, at=MONDAY, since=date(2026, 4, 1))
    outbox.work(at=MONDAY)
    with transaction.atomic():
        again = actions.notify_change(
            change=change, sellers=[f"S-{number:02}" for number in range(45)], at=MONDAY
        )

    assert again == 0
    assert TermsTold.objects.count() == Notice.objects.filter(template="terms.new").count() == 44
    assert notices("S-07") == []
    assert notices("S-44") == ["terms.new"]


def test_two_people_publish_and_the_words_stand_in_the_log() -> None:
    one, two = (
        Account.objects.create(
            email=f"{name}@example.jp", name=name, role="lead", added_at=MONDAY - timedelta(days=60)
        )
        for name in ("a", "b")
    )
    words = Words(clause=CLOSING.code, version=1)
    first = Actor(by=one.who, role=Role.LEAD, at=MONDAY, via="test")
    change = actions.propose_change(first, words=[words], profile=THREE)
    assert facts.versions() == ()
    [waiting] = people_facts.open_proposals(about=f"terms.change:{change}")

    with pytest.raises(NotYoursToAgree):
        people.agree(first, proposal=waiting.number, profile=THREE)
    second = Actor(by=two.who, role=Role.LEAD, at=MONDAY + DAY, via="test")
    people.agree(second, proposal=waiting.number, profile=THREE)

    [published] = facts.versions(CLOSING.code)
    assert (published.announced_at, published.binds_on, published.is_own) == (
        MONDAY + DAY, date(2026, 11, 17), False,
    )  # fmt: skip
    content = ledger.acts_about("terms.clause:closing")[0].content
    assert content is not None
    assert content["payload"]["text_ja"] == CLOSING.text.ja


@pytest.mark.parametrize(("clause", "first"), [(CATEGORY, date(2026, 12, 2)), (CLOSING, date(2026, 12, 17))])
def test_a_change_that_would_bind_too_early_is_refused_by_a_sentence_with_the_day(
    clause: object, first: date
) -> None:
    code = clause.code  # type: ignore[attr-defined]
    in_force(code, at=MONDAY - DAY)
    words = Words(clause=code, version=BY_CODE[code].version + 1)

    with pytest.raises(actions.BindsTooEarly) as refused:
        propose(words, binds_on=first - DAY)
    publish(words, binds_on=first)

    assert str(first.day) in refused.value.sentence.ja
    assert facts.versions(code)[-1].binds_on == first


def test_a_change_that_was_agreed_to_too_late_for_its_day_is_refused_and_nothing_is_published() -> None:
    in_force(CATEGORY.code, at=MONDAY - DAY)
    change = propose(OWN, binds_on=date(2026, 12, 2))

    with pytest.raises(actions.BindsTooEarly):
        actions.change_agreed(TermsAgreed(subject=f"terms.change:{change}", proposal=0), MONDAY + DAY)

    assert len(facts.versions(CATEGORY.code)) == 1


def test_an_urgent_change_needs_a_declared_ground_and_a_reason_and_tells_it() -> None:
    opened("S-1", CATEGORY.code, CHANGES.code)
    in_force(CATEGORY.code, CHANGES.code, at=MONDAY - DAY, since=date(2026, 4, 1))
    for wrong in ({"ground": "because"}, {"ground": "fraud-or-security", "reason": " "}):
        with pytest.raises(actions.ShortNoticeUnfounded):
            propose(OWN, **wrong)
    with pytest.raises(actions.BindsTooEarly):
        propose(OWN, ground="required-by-law", reason="法の改正", binds_on=date(2026, 11, 15))

    publish(OWN, ground="fraud-or-security", reason="なりすましが広がっているため")
    assert bound("S-1", CATEGORY.code, MONDAY) == 2
    outbox.work(at=MONDAY)

    notice = Notice.objects.get(to="seller:S-1")
    assert notice.template == "terms.at_once"
    assert "なりすまし" in notice.body["ja"]


def test_published_words_never_change() -> None:
    in_force(CATEGORY.code, at=MONDAY - DAY)

    with pytest.raises(actions.VersionNotNewer):
        propose(Words(clause=CATEGORY.code, version=1, text=Text("別の文", "other words")))
    two = [propose(OWN), propose(OWN)]
    actions.change_agreed(TermsAgreed(subject=f"terms.change:{two[0]}", proposal=0), MONDAY)
    with pytest.raises(actions.VersionNotNewer):
        actions.change_agreed(TermsAgreed(subject=f"terms.change:{two[1]}", proposal=0), MONDAY)

    for model in (TermsChange, ClauseWording, ClausePublished):
        for act in (lambda m=model: m.objects.update(id=99), lambda m=model: m.objects.all().delete()):  # type: ignore[misc]
            with pytest.raises(IntegrityError), transaction.atomic():
                act()


@pytest.mark.parametrize(
    "words",
    [
        (),
        (OWN, OWN),
        (Words(clause="none", version=1),),
    ],
)
def test_what_is_no_clause_is_refused(words: tuple[Words, ...]) -> None:
    with pytest.raises(actions.NoSuchClause):
        propose(*words)


@pytest.mark.parametrize(
    "words",
    [
        Words(clause=CATEGORY.code, version=0),
        Words(clause=CATEGORY.code, version=1, title=Text("長" * 101, "long")),
        Words(clause=CATEGORY.code, version=1, title=Text("二\n行", "lines")),
        Words(clause=CATEGORY.code, version=1, text=Text("文", "x" * 4_001)),
    ],
)
def test_words_that_do_not_fit_are_refused(words: Words) -> None:
    with pytest.raises(actions.WordingUnfit):
        propose(words)
    assert not TermsChange.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD, Role.COUNSEL}))
def test_nobody_else_changes_the_terms(role: Role) -> None:
    eve = Actor(by="eve", role=role, at=MONDAY, via="test")

    with pytest.raises(actions.ChangingNotYours):
        actions.propose_change(eve, words=[OWN], profile=THREE)


def test_only_the_seller_accepts_and_only_the_newest_version() -> None:
    in_force(CATEGORY.code, at=MONDAY - DAY)
    publish(OWN)

    for role in sorted(set(Role) - {Role.SELLER}):
        eve = Actor(by="seller:S-1/eve", role=role, at=MONDAY, via="test")
        with pytest.raises(actions.AcceptingNotYours):
            actions.agree(eve, clause=CATEGORY.code, version=2)
    for version in (1, 3):
        with pytest.raises(actions.VersionNotOffered):
            actions.agree(seller("S-1"), clause=CATEGORY.code, version=version)
    with pytest.raises(actions.VersionNotOffered):
        actions.agree(seller("S-1"), clause=CLOSING.code, version=1)

    assert not ClauseAcceptance.objects.exists()


def test_an_acceptance_older_than_receipts_gets_one_when_it_is_given_again() -> None:
    in_force(CATEGORY.code, at=MONDAY, since=date(2026, 4, 1))
    ClauseAcceptance.objects.create(
        seller_ref="S-1", clause=CATEGORY.code, version=1, accepted_at=MONDAY - 9 * DAY, source="market"
    )
    before = facts.binding("S-1", CATEGORY.code, MONDAY)

    act = actions.agree(seller("S-1"), clause=CATEGORY.code, version=1)

    assert before is not None
    assert before.act is None
    assert ledger.act(act) is not None
    assert bound("S-1", CATEGORY.code, MONDAY - 9 * DAY) == 1
