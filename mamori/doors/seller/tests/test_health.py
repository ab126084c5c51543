"""A seller is told plainly what is fine and what is missing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import Enter, in_force
from mamori.doors.seller.health import findings
from mamori.grammar.actor import Actor, Role
from mamori.grammar.businesstime import Hours
from mamori.ground.clocks import actions as clocks, facts as clock_facts
from mamori.ground.market import actions as market
from mamori.ground.market.actions import Accepted, BuyerLine, OrderLine, SellerLine
from mamori.ground.web.wording import Tone
from mamori.japan.calendar import JAPAN
from mamori.rooms.contact import actions as contact, facts, tasks
from mamori.rooms.contact.actions.calls import Outcome
from mamori.rooms.contact.tests.conftest import sellers_calls
from mamori.rooms.contact.topics import Harm, Topic
from tests.laid import laid
from tests.shops import put_shop

MONDAY = datetime(2026, 11, 16, 10, tzinfo=JAPAN)
WHOLE = {
    "legal_name": "株式会社みほん", "address": "東京都千代田区一番町1-1", "phone": "03-0000-1111",
    "returns_to": "埼玉県川口市本町2-2", "mail": "shop@example.jp",
}  # fmt: skip


def ring(until: datetime) -> None:
    """Ring what falls due until then, one moment after the other."""
    while (due := clock_facts.next_firing(until=until)) is not None:
        clocks.fire_due(at=due, tasks=tasks.RINGS)


def actor(by: str, role: Role, at: datetime = MONDAY) -> Actor:
    return Actor(by=by, role=role, at=at, via="test")


@laid
def shop(db: None) -> None:
    by = actor("machine:test", Role.MACHINE, MONDAY - timedelta(days=9))
    accepted = (Accepted(clause="recovery", version=1, at=by.at),)
    put_shop(by, ref="S-1", name="店", accepted=accepted, **WHOLE)  # type: ignore[arg-type]
    market.put_seller(by, SellerLine(ref="S-2", name="影"))
    in_force("recovery", at=by.at)
    market.put_buyer(by, BuyerLine(ref="B-1", name="買手"))
    for number in range(1, 7):
        line = OrderLine(ref=f"O-{number}", buyer="B-1", seller="S-1", amount=8_000, ordered_at=by.at)
        market.put_order(by, line)


def trouble(number: int) -> int:
    return contact.open_trouble(
        actor("buyer:B-1", Role.BUYER), order_ref=f"O-{number}", topic=Topic.BROKEN, harm=Harm.MONEY,
        said="動きません", centre_may_read=False,
    )  # fmt: skip


def answer(trouble: int, at: datetime) -> None:
    known = facts.trouble(trouble)
    assert known is not None
    contact.answer(actor("seller:S-1", Role.SELLER, at), thread=known.thread, said="送ります")


def told(ref: str, at: datetime) -> dict[str, tuple[Tone, str]]:
    return {one.about.ja: (one.tone, one.text.ja) for one in findings(ref, at)}


@pytest.mark.usefixtures("shop")
def test_a_shop_that_has_everything_reads_that_nothing_is_missing(enter: Enter) -> None:
    found = told("S-1", MONDAY)

    page = enter(Role.SELLER, "seller:S-1").get("/seller/health/").content.decode()
    assert {tone for tone, _ in found.values()} == {Tone.GOOD}
    assert "足りないものはありません。" in page
    assert "株式会社みほん" in page


@pytest.mark.usefixtures("shop")
def test_what_is_missing_is_named(enter: Enter) -> None:
    found = told("S-2", MONDAY)

    assert found["購入者に見せる連絡先"][0] is Tone.BAD
    assert "登録された名称・住所・電話番号・返品先" in found["購入者に見せる連絡先"][1]
    assert found["お知らせの届け先"][0] is Tone.BAD
    assert found["規約"][0] is Tone.WARN
    assert "立替返金の回収" in found["規約"][1]
    assert "3件あります" in enter(Role.DELEGATE, "seller:S-2/hana").get("/seller/health/").content.decode()


@pytest.mark.usefixtures("shop")
def test_answers_in_time_are_counted_by_the_clocks_and_late_ones_too() -> None:
    for number in range(1, 6):
        answer(trouble(number), MONDAY + timedelta(hours=1))
    late = trouble(6)
    before = told("S-1", MONDAY + timedelta(hours=2))
    ring(until=MONDAY + timedelta(hours=25))
    overdue = told("S-1", MONDAY + timedelta(hours=25))
    answer(late, MONDAY + timedelta(hours=26))
    after = told("S-1", MONDAY + timedelta(hours=27))
    next_month = told("S-1", datetime(2026, 12, 1, tzinfo=JAPAN))

    assert before["期限までの回答（今月）"] == (Tone.GOOD, "5件中5件（100%）")
    assert before["待っている購入者"] == (Tone.WARN, "1件があなたの番です。")
    assert overdue["待っている購入者"] == (Tone.BAD, "1件が期限を過ぎています（あなたの番1件）。")
    assert after["期限までの回答（90日）"] == (Tone.WARN, "6件中5件（83%）")
    assert next_month["期限までの回答（今月）"][1] == "回答する期限はありませんでした。"
    assert next_month["期限までの回答（90日）"][1] == "6件中5件（83%）"


@pytest.mark.usefixtures("shop")
def test_of_few_answers_no_share_is_told() -> None:
    answer(trouble(1), MONDAY + timedelta(hours=1))

    assert told("S-1", MONDAY + timedelta(hours=2))["期限までの回答（今月）"] == (Tone.GOOD, "1件中1件")


@pytest.mark.usefixtures("shop")
def test_a_wrong_number_and_a_broken_promise_are_said() -> None:
    number = trouble(1)
    ring(until=MONDAY + timedelta(hours=25))
    call = next(one for one in sellers_calls() if one.trouble == number)
    caller = actor("agent:a", Role.AGENT, MONDAY + timedelta(hours=25))
    contact.record_call(caller, call=call.id, outcome=Outcome.WRONG_NUMBER, line=1)
    other = trouble(2)
    ring(until=MONDAY + timedelta(hours=25))
    call = next(one for one in sellers_calls() if one.trouble == other)
    contact.record_call(caller, call=call.id, outcome=Outcome.PROMISED, promised_within=Hours(2))
    ring(until=MONDAY + timedelta(hours=28))

    found = told("S-1", MONDAY + timedelta(hours=29))

    assert found["電話番号"] == (
        Tone.BAD, "登録の電話番号1件のうち1件が、つながらない番号でした。正しい番号を登録してください。"
    )  # fmt: skip
    assert found["電話での約束（90日）"] == (Tone.BAD, "守られた0件・守られなかった1件。")


FACTS = {
    "representative": "代表 太郎", "corporate_number": "7000012050002", "invoice_number": "T7000012050002",
    "fax": "03-0000-1119", "support_hours": "平日9時から12時", "administrator": "国内管理株式会社",
    "administrator_address": "大阪府大阪市北区梅田9-9", "administrator_phone": "06-0000-3333",
}  # fmt: skip
UNSHOWN = "登録されていて、購入者には見せていないこと"


def own_pages(enter: Enter, **told: object) -> list[str]:
    """Return what the seller and its delegate read of how the shop stands once that was told of it."""
    put_shop(actor("machine:test", Role.MACHINE), ref="S-1", name="店", **WHOLE, **FACTS, **told)
    guests = ((Role.SELLER, "seller:S-1"), (Role.DELEGATE, "seller:S-1/hana"))
    return [enter(role, who).get("/seller/health/").content.decode() for role, who in guests]


@pytest.mark.usefixtures("shop")
def test_a_shop_reads_all_that_is_registered_and_what_of_it_no_buyer_is_shown(enter: Enter) -> None:
    for page in own_pages(enter):
        shown, unshown = page.split(UNSHOWN)

        assert [value for value in FACTS.values() if value not in page] == []
        assert FACTS["representative"] in shown
        assert FACTS["invoice_number"] not in shown
        assert FACTS["invoice_number"] in unshown
        assert FACTS["representative"] not in unshown


@pytest.mark.usefixtures("shop")
def test_a_private_person_reads_what_is_registered_although_no_buyer_does(enter: Enter) -> None:
    for page in own_pages(enter, private=True):
        unshown = page.split(UNSHOWN)[1]

        assert [value for value in FACTS.values() if value not in unshown] == []
        assert WHOLE["address"] not in page


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.usefixtures("shop")
def test_nobody_of_the_shop_reads_that_it_is_protected_or_where_it_is(enter: Enter, private: bool) -> None:
    for page in own_pages(enter, protected=True, private=private):
        assert FACTS["invoice_number"] in page
        for absent in (FACTS["fax"], WHOLE["address"], WHOLE["phone"], "保護", "支援措置", "protected"):
            assert absent not in page, absent
