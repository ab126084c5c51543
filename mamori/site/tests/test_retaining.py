"""What is over goes by the operator's days, each as an act, once an hour, and the wiring knows every rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.grammar.actor import Actor, Role
from mamori.grammar.declaration import Retention
from mamori.grammar.text import Text
from mamori.ground.cases import actions as cases
from mamori.ground.ledger import actions as ledger, facts as records
from mamori.ground.market import actions as market, facts as mirror
from mamori.ground.market.actions import BuyerLine, ListingLine, OrderLine
from mamori.ground.seal.models import SubjectKey
from mamori.ground.terms import actions as terms
from mamori.ground.terms.models import SettingValue
from mamori.ground.vault import actions as vault
from mamori.ground.web import once
from mamori.ground.web.models import Reply
from mamori.japan.calendar import JAPAN
from mamori.law.citations import OWN_RULE
from mamori.law.grounds import SUIT
from mamori.law.retention import FILES, PERSONS, REPLIES, RETENTIONS
from mamori.site import retaining
from mamori.site.checks.finding import Level
from mamori.site.checks.operator import kept_for_ever
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
RETENTIONS_THAT_END = [rule for rule in RETENTIONS if rule.least == 0]


def actor(role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=f"{role}:1", role=role, at=at, via="test")


def later(days: int) -> datetime:
    return MONDAY + timedelta(days=days)


def test_every_rule_has_its_task() -> None:
    assert set(retaining.PURGES) == set(RETENTIONS)


def test_a_rule_stays_within_its_bounds() -> None:
    text = Text("a", "a")
    with pytest.raises(ValueError, match="bounds"):
        Retention(
            code="x",
            title=text,
            what=text,
            since=text,
            days=0,
            least=1,
            most=9,
            because=text,
            citation=OWN_RULE,
        )
    assert PERSONS.over(0, MONDAY) is None
    assert FILES.over(1_095, MONDAY) == later(-1_095)


@pytest.mark.django_db
def test_the_operator_sets_the_days() -> None:
    assert retaining.days_of(FILES, at=MONDAY) == 1_095
    terms.set(actor(Role.LEAD), setting=FILES.setting, value=200)

    assert retaining.days_of(FILES, at=later(1)) == 200
    assert retaining.days_of(REPLIES, at=MONDAY) == 1


@pytest.fixture
def people(db: None) -> None:
    machine = actor(Role.MACHINE)
    put_shop(machine, ref="S-1", name="店", mail="shop@example.jp")
    market.put_listing(machine, ListingLine(ref="L-1", seller="S-1", name="品", price=1))
    for ref in ("B-1", "B-2", "B-3"):
        market.put_buyer(machine, BuyerLine(ref=ref, name="買手"))
    for ref, buyer in (("O-1", "B-1"), ("O-2", "B-2")):
        market.put_order(machine, OrderLine(ref=ref, buyer=buyer, seller="S-1", amount=1, ordered_at=MONDAY))


def gone() -> set[str]:
    return set(SubjectKey.objects.exclude(shredded_at=None).values_list("subject", flat=True))


@pytest.mark.usefixtures("people")
def test_nobody_is_forgotten_by_a_timer_where_the_operator_says_so() -> None:
    terms.set(actor(Role.LEAD), setting=PERSONS.setting, value=0)

    assert retaining.retain(at=later(9_000)) == 0
    assert gone() == set()


@pytest.mark.usefixtures("people")
def test_who_is_gone_for_five_years_is_forgotten_by_default_and_a_hold_wins() -> None:
    vault.hold(actor(Role.COUNSEL), what="buyer:B-1", ground=SUIT, reason="訴訟")

    assert retaining.retain(at=later(1_826)) == 0
    assert retaining.retain(at=later(1_828)) == 2
    assert gone() == {"buyer:B-2", "seller:S-1"}


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "level"), [(400, Level.GOOD), (0, Level.LOOK)])
def test_what_the_operator_chose_to_keep_for_ever_is_named(chosen: int, level: Level) -> None:
    terms.set(actor(Role.LEAD), setting=PERSONS.setting, value=chosen)

    found = dict(zip(RETENTIONS_THAT_END, kept_for_ever(later(1)), strict=True))

    assert found[PERSONS][0] is level


@pytest.mark.django_db
def test_a_new_house_takes_the_default_up() -> None:
    assert retaining.days_of(PERSONS, at=MONDAY) == PERSONS.days == 1_827
    assert not SettingValue.objects.exists()


@pytest.mark.usefixtures("people")
def test_who_is_gone_for_long_is_forgotten_but_not_whom_a_case_or_a_hold_needs() -> None:
    terms.set(actor(Role.LEAD), setting=PERSONS.setting, value=1_000)
    cases.open(
        kind="contact.trouble",
        about="contact.trouble:1",
        title="t",
        buyer_ref="B-2",
        seller_ref="S-1",
        order_ref="O-2",
        at=MONDAY,
    )
    held = vault.hold(actor(Role.COUNSEL), what="buyer:B-1", ground=SUIT, reason="訴訟")

    assert retaining.retain(at=later(999)) == 0
    assert retaining.retain(at=later(1_001)) == 0
    vault.lift(actor(Role.COUNSEL, later(1_001)), number=held, reason="終結")
    assert retaining.retain(at=later(1_002)) == 1

    assert gone() == {"buyer:B-1"}
    fact = mirror.buyer("B-1")
    assert fact is not None
    assert fact.erased
    [act] = [act for act in records.acts_about("buyer:B-1") if act.kind == ledger.SHREDDED]
    assert act.content is not None
    assert act.content["reason"] == "retention.market.persons"


@pytest.mark.usefixtures("people")
def test_an_order_or_a_record_since_then_keeps_somebody() -> None:
    terms.set(actor(Role.LEAD), setting=PERSONS.setting, value=1_000)
    market.put_order(
        actor(Role.MACHINE, later(500)),
        OrderLine(ref="O-3", buyer="B-1", seller="S-1", amount=1, ordered_at=later(500)),
    )
    market.put_buyer(actor(Role.MACHINE, later(600)), BuyerLine(ref="B-2", name="改名"))

    assert retaining.retain(at=later(1_100)) == 0
    assert retaining.retain(at=later(1_501)) == 2
    assert gone() == {"buyer:B-1", "seller:S-1"}
    with CaptureQueriesContext(connection) as first:
        assert retaining.retain(at=later(1_601)) == 1
    with CaptureQueriesContext(connection) as second:
        assert retaining.retain(at=later(1_602)) == 0
    asked = [query["sql"] for query in second if "ledger_actcontent" in query["sql"]]
    assert not asked  # nobody who is gone already is looked at again
    assert len(second) < len(first)


@pytest.mark.django_db
def test_replies_go_after_a_day() -> None:
    Reply.objects.create(owner="m", key="k", fingerprint="f", at=MONDAY, sealed=b"x")

    assert retaining.retain(at=MONDAY + once.KEPT - timedelta(seconds=1)) == 0
    assert retaining.retain(at=MONDAY + once.KEPT) == 1


def test_a_part_is_done_once_an_hour_and_at_once_again_while_there_is_more() -> None:
    done: list[datetime] = []
    left = [retaining.AT_ONCE, 3, 0, 0]

    def part(at: datetime) -> int:
        done.append(at)
        return left.pop(0)

    hourly = retaining.hourly(part)
    for minutes in (0, 1, 2, 30, 61, 62, 0):
        hourly(MONDAY + timedelta(minutes=minutes))

    assert [int((at - MONDAY).total_seconds() // 60) for at in done] == [0, 1, 61, 0]
