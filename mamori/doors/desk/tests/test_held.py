"""Held money by age: payouts that wait and measures in one list, the oldest first, none left out; checks that end soon."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from conftest import Enter, in_force
from mamori.doors.desk.views import held
from mamori.grammar.actor import Actor, Role
from mamori.grammar.measure import Reach, Severity
from mamori.grammar.text import Text
from mamori.ground.cases import facts as cases
from mamori.ground.market.actions import Accepted
from mamori.japan.calendar import JAPAN
from mamori.law.clauses import CLAUSES
from mamori.law.identification import Method, Registrant
from mamori.rooms.enforcement.findings import actions as findings
from mamori.rooms.enforcement.findings.matter import Subject
from mamori.rooms.enforcement.measures.actions import deciding
from mamori.rooms.enforcement.measures.actions.deciding import Wish
from mamori.rooms.enforcement.policy import actions as policy
from mamori.rooms.enforcement.rules.bounds import Source
from mamori.rooms.payouts import actions as payouts
from mamori.rooms.payouts.accounts import actions as accounts
from mamori.rooms.payouts.accounts.details import Given
from mamori.rooms.payouts.actions import Asked
from tests.laid import laid
from tests.shops import put_shop

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


@laid(autouse=True)
def terms(db: None) -> None:
    """Let every clause be in force since long ago."""
    at = now() - timedelta(days=100)
    in_force(at=at, since=at.astimezone(JAPAN).date())


def machine(at: datetime) -> Actor:
    return Actor(by="machine:test", role=Role.MACHINE, at=at, via="test")


def shop(ref: str, at: datetime, *, holder: str = "", until: date | None = None) -> None:
    """Let a seller be checked, accept every clause, and have an account in a name where one is given."""
    put_shop(
        machine(at),
        ref=ref,
        name=f"店 {ref}",
        legal_name="山田 花子",
        legal_kana="ヤマダ ハナコ",
        registered_as=Registrant.PERSON,
        verified_by=Method.JPKI,
        verified_at=at - timedelta(days=1),
        verified_until=until,
        accepted=tuple(Accepted(clause=one.code, version=one.version, at=at) for one in CLAUSES),
    )
    if holder:
        given = Given(bank="0001", branch="001", kind="1", number="7654321", holder=holder)
        accounts.set_account(machine(at), seller_ref=ref, given=given)


def waits(ref: str, seller: str, amount: int, days: int) -> None:
    payouts.authorize(machine(now() - timedelta(days=days, hours=1)), asked=Asked(ref, seller, amount))


def measured(seller: str, days: int) -> str:
    """Let a measure hold a seller's proceeds for some days already; return its case."""
    at = now() - timedelta(days=days, hours=1)
    lead, other = (Actor(by=f"lead:{number}", role=Role.LEAD, at=at, via="test") for number in (1, 2))
    policy.draft_policy(lead)
    finding = findings.find(
        lead,
        breach="display",
        severity=Severity.MINOR,
        harm=Reach.NONE,
        subject=Subject(seller=seller),
        facts=(Text("表示がない。", "It is not shown."),),
        origin="test:held",
        source=Source.STAFF,
    )
    findings.ask_view(lead, finding=finding)
    findings.state_view(
        Actor(by=f"seller:{seller}", role=Role.SELLER, at=at, via="test"), finding=finding, said="直します"
    )
    why = Text("要請による。", "As requested.")
    wish = Wish(
        measure="payout-held",
        days=60,
        reason="要請のとおり",
        ground="statutory-request",
        document="要請 第1号",
        why_other=why,
        why_amount=why,
    )
    measure = deciding.decide(lead, finding=finding, wish=wish)
    deciding.approve(other, measure=measure)
    return cases.case_of(f"enforcement.finding:{finding}").number


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return re.sub(r"\s+", " ", page.content.decode())


def test_money_of_every_kind_stands_in_one_list_the_oldest_first(enter: Enter) -> None:
    early = now() - timedelta(days=80)
    shop("S-1", early)
    shop("S-2", early, holder="スズキ イチロウ")
    shop("S-3", early)
    waits("P-old", "S-1", 61_000, 61)
    case = measured("S-3", 45)
    waits("P-new", "S-2", 1_000, 7)

    page = text(enter(Role.AGENT), "/desk/held/")

    places = [page.index(one) for one in ("P-old", f"/desk/cases/{case}/", "P-new")]
    assert places == sorted(places)
    bands = re.findall(
        r"<li[^>]*>\s*<span>.*?</span>\s*<strong>(.*?)</strong>\s*<span class=\"quiet\">(.*?)</span>", page
    )
    assert bands == [
        ("61,000円", "支払い 1件"),
        ("0円", "支払い 0件 · 措置 1件"),
        ("0円", "支払い 0件"),
        ("1,000円", "支払い 1件"),
    ]
    assert "62,000円" in page
    assert (
        '<desc id="ages-desc">60日を超えるは61,000円、31〜60日は0円・措置 1件、8〜30日は0円、0〜7日は1,000円。</desc>'
        in page
    )


def test_a_payout_that_waits_for_a_name_alone_leads_to_the_case_of_that_name(enter: Enter) -> None:
    shop("S-1", now() - timedelta(days=9), holder="ヤマダ ハナヨ")
    waits("P-1", "S-1", 5_000, 2)
    number = next(
        case.number for case in cases.every_case(after=0, limit=9) if case.kind == "payouts.account"
    )
    assert not any(case.kind == "payouts.payout" for case in cases.every_case(after=0, limit=9))

    page = text(enter(Role.AGENT), "/desk/held/")

    assert "P-1" in page
    assert f"/desk/cases/{number}/" in page


def test_a_long_list_is_shown_in_parts_and_a_band_leads_to_its_part(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "SIZE", 2)
    shop("S-1", now() - timedelta(days=80))
    for number, days in enumerate((70, 40, 20, 3), start=1):
        waits(f"P-{number}", "S-1", 100 * number, days)
    desk = enter(Role.AGENT)

    first, second, beyond = (text(desk, f"/desk/held/?from={begin}") for begin in (0, 2, 10**18))

    assert ("P-1" in first, "P-2" in first, "P-3" in first) == (True, True, False)
    assert ("P-2" in second, "P-3" in second, "P-4" in second) == (False, True, True)
    assert "P-4" not in beyond
    assert 'href="?from=3">0〜7日' in first


def test_checks_that_ended_or_end_soon_are_listed_the_longest_over_first(enter: Enter) -> None:
    early = now() - timedelta(days=40)
    today = now().date()
    for ref, left in (("S-1", 25), ("S-2", -10), ("S-3", 40)):
        shop(ref, early, until=today + timedelta(days=left))
    shop("S-4", early)

    page = text(enter(Role.AGENT), "/desk/held/?show=identities")

    assert page.index("店 S-2") < page.index("店 S-1")
    assert "店 S-3" not in page
    assert "店 S-4" not in page
    assert page.count('class="chip bad"') == 1
    assert "/desk/payouts/sellers/S-2/" in page
