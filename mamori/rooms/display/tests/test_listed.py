"""What the names of goods on offer tell is held against the display: said to the seller, and never more than a doubt."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from mamori.ground.market import actions as market
from mamori.ground.market.actions import ListingLine
from mamori.ground.market.lines import ListingState, Nature
from mamori.law.display import DisplayItem, SellerKind, Trait
from mamori.rooms.display import facts
from mamori.rooms.display.actions import displays
from mamori.rooms.display.lifecycle import DisplayState
from mamori.rooms.display.rules.checks.listed import unlike_offers
from mamori.rooms.display.rules.told import AskedOf, OnOffer, ShownWords
from mamori.rooms.display.tests.conftest import MONDAY, display, machine, seller

I = DisplayItem  # noqa: E741
SAYS = {I.SHIPPING: ("全国一律 800円",), I.RETURNS: ("到着後8日以内なら返品できます。",)}


def unlike(
    name: str,
    *,
    says: dict[DisplayItem, tuple[str, ...]] = SAYS,
    traits: Iterable[Trait] = (Trait.SENDS,),
    on_request: Iterable[DisplayItem] = (),
    is_goods: bool = False,
) -> list[str]:
    shown = ShownWords(values=says, on_request=frozenset(on_request))
    terms = AskedOf(seller=SellerKind.SOLE_TRADER, traits=frozenset(traits))
    found = unlike_offers(shown, terms, (OnOffer(name="鍋"), OnOffer(name=name, is_goods=is_goods)))
    assert not any(one.is_sure for one in found)
    return [one.item.value for one in found]


@pytest.mark.parametrize(
    ("name", "items"),
    [
        ("【送料無料】鉄鍋 26cm", ["shipping"]),
        ("鉄鍋 送料込み", ["shipping"]),
        ("訳あり鍋 ※返品不可", ["returns"]),
        ("鍋 ノークレームノーリターンで", ["returns"]),
        ("コーヒー定期便 月2回", ["recurring_terms"]),
        ("会計ソフト ダウンロード版", ["computer"]),
        ("ＤＬ版 会計ソフト", ["computer"]),
        ("鉄鍋 26cm", []),
        ("無料ラッピングつき鍋", []),
        ("定期入れ 本革", []),
    ],
)
def test_what_a_name_tells_is_held_against_the_display(name: str, items: list[str]) -> None:
    assert unlike(name) == items


def test_a_display_that_says_the_same_agrees() -> None:
    says = {I.SHIPPING: ("5,000円以上は送料無料",), I.RETURNS: ("セール品は返品できません。",)}

    assert unlike("【送料無料】鍋 返品不可", says=says) == []
    assert unlike("コーヒー定期便", traits=(Trait.SENDS, Trait.RECURRING)) == []
    assert unlike("会計ソフト DL版", traits=(Trait.SENDS, Trait.SOFTWARE)) == []


def test_what_the_display_says_nothing_of_is_no_contradiction() -> None:
    assert unlike("【送料無料】鍋 返品不可", says={}) == []


def test_who_sends_goods_and_says_that_nothing_is_sent_is_told_once() -> None:
    assert unlike("鍋 送料無料", traits=(), is_goods=True) == ["shipping"]
    assert unlike("鍋", traits=(), says={}, is_goods=True) == ["shipping"]


def test_when_what_is_made_later_comes_may_not_be_left_for_requests() -> None:
    assert unlike("受注生産 鉄鍋", on_request=(I.DELIVERY,)) == ["delivery"]
    assert unlike("受注生産 鉄鍋") == []


@pytest.mark.django_db
@pytest.mark.usefixtures("shops")
def test_a_seller_reads_of_which_goods_it_is_and_nothing_follows_by_itself() -> None:
    name = "【送料無料】" + "鉄鍋" * 40
    for number, (ref, state) in enumerate((("S-1", ListingState.ON_OFFER), ("S-2", ListingState.HIDDEN))):
        line = ListingLine(
            ref=f"L-{number}", seller=ref, name=name, price=8_000, nature=Nature.GOODS, state=state
        )
        market.put_listing(machine(MONDAY), line)

    written = displays.write_display(seller(), seller_ref="S-1", told=display())
    other = displays.faults_of(seller(ref="S-2"), seller_ref="S-2", told=display())

    [one] = written.faults
    assert one.code == "shipping:listed"
    assert "【送料無料】鉄鍋" in one.text.ja
    assert len(one.said) == 41
    assert written.state is DisplayState.UNSURE
    assert facts.display("S-1").lacking_since is None
    assert "shipping:listed" not in [each.code for each in other]  # what is not on offer is nobody's to read
