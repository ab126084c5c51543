"""A seller's record: what came to be, how it stands, and what was reversed; nothing that was only proposed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from conftest import Enter
from mamori.grammar.actor import Role
from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.facts import Nature
from mamori.rooms.enforcement import facts
from mamori.rooms.enforcement.appeals import actions as appeals, matter as appeal_records
from mamori.rooms.enforcement.findings import matter as records
from mamori.rooms.enforcement.measures.actions import deciding, standing as actions
from mamori.rooms.enforcement.models import Appeal, Finding, Measure
from mamori.rooms.enforcement.policy import queries
from mamori.rooms.enforcement.rules.bounds import Ended
from mamori.rooms.enforcement.tests.conftest import (
    MONDAY,
    answer,
    counsel,
    decided,
    find,
    heard,
    lead,
    machine,
    seller,
    wish,
)
from tests.reading import words
from tests.shops import put_shop

pytestmark = pytest.mark.usefixtures("shops")


def proposed(origin: str = "test:proposed") -> int:
    return deciding.decide(lead(), finding=heard(origin=origin, listing="L-3"), wish=wish("suspended", 30))


def mistaken(kind: str = "notice", days: int = 0, origin: str = "test:mistake") -> Measure:
    measure = decided(kind, days, origin=origin)
    actions.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    return measure


def stands() -> list[str]:
    return [one.stands.ja for one in facts.record("S-1", at=MONDAY).measures]


def test_what_is_only_proposed_or_was_not_approved_is_no_measure_on_the_record() -> None:
    measure = proposed()
    assert stands() == []

    deciding.send_back(counsel(), measure=measure, reason="重い")
    assert stands() == []

    finding = Measure.objects.get(pk=measure).finding_id
    deciding.approve(counsel(), measure=deciding.decide(lead(), finding=finding, wish=wish("suspended", 30)))
    assert stands() == ["通販サイトに指示した、確認待ち"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [("notice", "取り消した（誤りがあったため）"), ("closed", "実施の前に取りやめた（誤りがあったため）")],
)
def test_what_was_reversed_is_called_so(kind: str, said: str) -> None:
    mistaken(kind)

    assert stands() == [said]


def test_staff_and_the_seller_read_of_a_reversal_what_it_was(enter: Enter) -> None:
    number = records.number(mistaken().finding)
    case = enter(Role.LEAD).get(f"/desk/cases/{number}/").content.decode()
    page = enter(Role.LEAD).get("/desk/sellers/S-1/").content.decode()
    own = enter(Role.SELLER, "seller:S-1").get("/seller/measures/").content.decode()

    for shown in (case, page):
        assert "取り消した（誤りがあったため）" in shown
    assert "決めた措置を取り消した" in own


def test_what_is_being_undone_is_not_said_to_be_in_force(enter: Enter) -> None:
    measure = decided()
    answer(measure.instruction)
    actions.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")
    seller = enter(Role.SELLER, "seller:S-1")

    for path in ("/seller/measures/", "/seller/health/"):
        page = seller.get(path).content.decode()
        assert "取消しを指示した、確認待ち（誤りがあったため）" in page
        assert "自動で" not in page


def test_the_last_decisions_are_those_that_were_not_reversed_and_how_many_were_is_said() -> None:
    standing = decided("notice", 0)
    mistaken()
    mistaken("closed", origin="test:called off")
    proposed()

    found = queries.last_decisions()

    assert [one.at for one in found] == [standing.decided_at]
    assert queries.reversed_since(found) == 2
    assert queries.reversed_since([]) == 2


def test_what_was_reversed_before_the_oldest_of_them_is_not_spoken_of() -> None:
    mistaken()
    Measure.objects.update(decided_at=datetime(2026, 1, 1, tzinfo=UTC))
    decided("notice", 0)

    assert queries.reversed_since(queries.last_decisions()) == 0


def test_the_page_of_an_appeal_says_sorry_for_what_was_a_mistake(enter: Enter) -> None:
    measure = decided("notice", 0)
    appeal = appeals.appeal(seller(), measure=measure.pk, said="違います")
    path = f"/seller/appeals/{appeal_records.number(Appeal.objects.get(pk=appeal))}/"
    shop = enter(Role.SELLER, "seller:S-1")
    assert "誤りでした" not in shop.get(path).content.decode()

    actions.lift(lead(), measure=measure.pk, because=Ended.MISTAKE, reason="違う店")

    page = shop.get(path).content.decode()
    assert "誤りでした" in page
    assert "異議を取り下げる" not in page


def test_staff_read_what_was_told_of_a_seller_and_counsel_alone_that_it_is_protected(enter: Enter) -> None:
    by = machine()
    put_shop(
        by,
        ref="S-1",
        name="店",
        private=True,
        private_since=by.at,
        private_by="seller",
        representative="代表 太郎",
        corporate_number="7000012050002",
        invoice_number="T7000012050002",
        protected=True,
    )

    pages = {
        role: enter(role).get("/desk/sellers/S-1/").content.decode()
        for role in (Role.AGENT, Role.LEAD, Role.COUNSEL)
    }

    assert [role for role, page in pages.items() if "保護の必要な人です" in page] == [Role.COUNSEL]
    for page in pages.values():
        assert "事業者ではない個人（出品者の申告）" in page
        assert "T7000012050002" in page
        assert "代表 太郎" in page


def test_the_page_of_a_finding_shows_the_listing_with_links_that_load_nothing(enter: Enter) -> None:
    line = {"ref": "L-1", "seller": "S-1", "name": "木のスプーン", "price": 8_000}
    number = records.number(Finding.objects.get(pk=find()))
    before = enter(Role.AGENT).get(f"/desk/cases/{number}/").content.decode()

    market.put_listing(
        machine(),
        ListingLine(
            **line,  # type: ignore[arg-type]
            url="https://shop.example.jp/1",
            model="KM-2",
            nature=Nature.SERVICE,
            pictures=("https://img.example.jp/1.jpg",),
        ),
    )
    page = words(enter(Role.AGENT).get(f"/desk/cases/{number}/"))

    assert "種類は通販サイトから聞いていない" in before
    assert "商品ページ" not in before
    for told in ("木のスプーン", "役務（サービス）", "KM-2"):
        assert told in page
    for address in ("https://shop.example.jp/1", "https://img.example.jp/1.jpg"):
        assert f'href="{address}" rel="noopener noreferrer nofollow"' in page
        assert f'src="{address}"' not in page
