"""The seller reads what binds it, since when and by what, accepts the newest version itself, and keeps a receipt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.html import escape

from conftest import Enter, in_force
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.ledger import actions as ledger
from mamori.ground.market.actions import Accepted
from mamori.ground.outbox import actions as outbox
from mamori.ground.people.events import TermsAgreed
from mamori.ground.people.rules import Profile, Size
from mamori.ground.terms import actions, facts
from mamori.ground.terms.actions import Words
from mamori.ground.terms.models import ClauseAcceptance
from mamori.law.clauses import BY_CODE, CATEGORY, PAYOUT_HOLD, RECOVERY
from tests.laid import laid
from tests.shops import put_shop

NOW = datetime.now(UTC)
LONG_AGO = NOW - timedelta(days=90)
SHOP = Actor(by="machine:shop", role=Role.MACHINE, at=LONG_AGO, via="test")


@laid
def shop(db: None) -> None:
    accepted = tuple(
        Accepted(clause=code, version=1, at=LONG_AGO) for code in ("category", "changes", "recovery")
    )
    put_shop(SHOP, ref="S-1", name="店", mail="s1@example.jp", accepted=accepted)
    put_shop(SHOP, ref="S-2", name="影", mail="s2@example.jp")


def change(clause: str, version: int, at: datetime) -> None:
    lead = Actor(by="lead:1", role=Role.LEAD, at=at, via="test")
    profile = Profile(size=Size.THREE, delay=Hours(48))
    number = actions.propose_change(lead, words=[Words(clause=clause, version=version)], profile=profile)
    actions.change_agreed(TermsAgreed(subject=f"terms.change:{number}", proposal=0), at)
    outbox.work(at=at)


def page(enter: Enter, who: str, role: Role = Role.SELLER) -> str:
    return enter(role, who).get("/seller/terms/").content.decode()


@pytest.mark.usefixtures("shop")
def test_nothing_is_shown_before_anything_was_published(enter: Enter) -> None:
    assert "公表された規約はまだありません" in page(enter, "seller:S-1")


@pytest.mark.usefixtures("shop")
def test_the_page_says_what_binds_since_when_and_by_what(enter: Enter) -> None:
    in_force(at=LONG_AGO, since=date(2026, 1, 1))
    change("category", 2, LONG_AGO + timedelta(days=10))
    change("recovery", 2, LONG_AGO + timedelta(days=10))

    mine = page(enter, "seller:S-1")
    others = page(enter, "seller:S-2")

    assert "第2版が、変更のお知らせにより" in mine
    assert "第1版が、あなたの同意により" in mine
    assert mine.count("受領証") >= 4
    assert mine.count("同意していないため") == len(BY_CODE) - 3
    assert others.count("同意していないため") == len(BY_CODE)


@pytest.mark.usefixtures("shop")
def test_a_sellers_first_page_says_which_version_waits_until_it_was_accepted_and_never_reaches_back(
    enter: Enter,
) -> None:
    client, late = enter(Role.SELLER, "seller:S-2"), enter(Role.SELLER, "seller:S-1")
    quiet = client.get("/seller/").content.decode()
    change("recovery", 3, NOW - timedelta(minutes=5))
    waits, both = (one.get("/seller/").content.decode() for one in (client, late))
    english = client.get("/seller/", headers={"accept-language": "en"}).content.decode()
    pressed = client.post("/seller/terms/", {"accept": "recovery:3"})
    [row] = ClauseAcceptance.objects.filter(seller_ref="S-2")
    change("category", 2, NOW - timedelta(minutes=4))
    change("changes", 2, NOW - timedelta(minutes=4))
    more = client.get("/seller/").content.decode()

    assert "/seller/terms/" not in quiet.partition("<main")[2]
    for shown in (waits, both):
        assert f"運営者の規約「{RECOVERY.title.ja}」第3版に、まだ同意していません" in shown
        assert '<p><a href="/seller/terms/">' in shown
    assert f"“{escape(RECOVERY.title.en)}”, version 3, wait for you" in english
    assert pressed.status_code == 302
    assert (row.clause, row.version) == ("recovery", 3)
    assert row.accepted_at > NOW
    assert facts.binding("S-2", "recovery", NOW) is None
    assert f"「{CATEGORY.title.ja}」第2版と、ほか1件" in more
    assert RECOVERY.title.ja not in more.partition("<main")[2]


@pytest.mark.usefixtures("shop")
def test_the_seller_accepts_one_and_then_all_and_the_receipt_opens(enter: Enter) -> None:
    in_force(at=NOW - timedelta(hours=1))
    client = enter(Role.SELLER, "seller:S-2")

    one = client.post("/seller/terms/", {"accept": f"payout-hold:{PAYOUT_HOLD.version}"})
    bound = facts.binding("S-2", PAYOUT_HOLD.code, datetime.now(UTC))
    rest = client.post(
        "/seller/terms/", {"accept": [f"{code}:{clause.version}" for code, clause in BY_CODE.items()]}
    )
    ledger.sequence(at=datetime.now(UTC))

    assert (one.status_code, rest.status_code) == (302, 302)
    assert bound is not None
    assert ClauseAcceptance.objects.filter(seller_ref="S-2").count() == len(BY_CODE)
    shown = client.get("/seller/terms/?done=accepted").content.decode()
    assert "同意を記録しました" in shown
    assert "すべての版に同意済み" in shown
    address = shown.partition('href="/receipts/')[2].partition('"')[0]
    assert client.get(f"/receipts/{address}").status_code == 200


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "chosen", ["category:1", "category:3", "category:x", "category", "none:1", "closing:1"]
)
def test_a_version_that_is_not_the_newest_is_not_accepted(enter: Enter, chosen: str) -> None:
    in_force(CATEGORY.code, at=LONG_AGO)
    change("category", 2, LONG_AGO)

    answer = enter(Role.SELLER, "seller:S-2").post("/seller/terms/", {"accept": chosen})

    assert answer.status_code == 409
    assert not ClauseAcceptance.objects.filter(seller_ref="S-2").exists()


@pytest.mark.usefixtures("shop")
def test_a_delegate_reads_the_terms_and_cannot_accept_them(enter: Enter) -> None:
    in_force(RECOVERY.code, at=LONG_AGO)
    client = enter(Role.DELEGATE, "seller:S-2/hana")

    shown = client.get("/seller/terms/").content.decode()
    answer = client.post("/seller/terms/", {"accept": "recovery:1"})

    assert "ご本人だけです" in shown
    assert "この版に同意する" not in shown
    assert answer.status_code == 403
    assert not ClauseAcceptance.objects.filter(seller_ref="S-2").exists()


@pytest.mark.usefixtures("shop")
def test_a_version_that_is_to_come_says_so(enter: Enter) -> None:
    in_force(CATEGORY.code, at=LONG_AGO, since=date(2026, 1, 1))
    change("category", 2, NOW - timedelta(minutes=1))

    shown = page(enter, "seller:S-1")

    assert "第1版が、あなたの同意により" in shown
    assert "第2版は" in shown
    assert "今の版（第1版）を読む" in shown
