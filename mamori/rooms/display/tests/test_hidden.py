"""What an account's figures say: a sign has its reason and its source, and no sign decides anything.  Without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from mamori.ground.market.facts import CategoryCount, SellerActivity
from mamori.law.hidden import (
    BUSINESS_SIGNS,
    GUIDELINE_OF_2022,
    LOOK_AT,
    NOTICE_OF_2006,
    PRIVATE_SIGNS,
    GoodsGroup,
    groups_of,
)
from mamori.rooms.display.hidden import rules as standing
from mamori.rooms.display.hidden.rules import (
    DoubtListing,
    SignFound,
    StandingOutcome,
    asks_for_look,
    found_again,
    listing_of,
    score_of,
    signs_of,
)
from mamori.rooms.display.lifecycle import DoubtState

NOW = datetime(2026, 11, 16, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def offered(category: str, many: int, *, new: int = 0, used: int = 0, alike: int = 0) -> SellerActivity:
    """Return an account with so many on offer in one category."""
    one = CategoryCount(category=category, on_offer=many, new=new, used=used, alike=alike)
    return SellerActivity(on_offer=many, categories=(one,))


def codes(account: SellerActivity) -> dict[str, int]:
    """Return the signs by their code, with their points."""
    return {one.code: one.points for one in signs_of(account)}


@pytest.mark.parametrize(
    ("account", "code"),
    [
        (SellerActivity(listed_month=200), "listed_month"),
        (SellerActivity(on_offer=100), "on_offer"),
        (SellerActivity(sold_month=1_000_000), "sold_month"),
        (SellerActivity(sold_year=10_000_000), "sold_year"),
        (offered("家電・スマホ", 5, alike=5), "appliances_alike"),
        (offered("自動車・バイク部品", 3, alike=3), "parts_alike"),
        (offered("ＣＤ・ＤＶＤ", 3, alike=3), "discs_alike"),
        (offered("ブランドバッグ", 20), "brands_on_offer"),
        (offered("健康食品", 20), "health_food_on_offer"),
        (offered("チケット", 20), "tickets_on_offer"),
    ],
)
def test_each_figure_of_the_notice_alone_asks_a_person_to_look(account: SellerActivity, code: str) -> None:
    assert codes(account)[code] == LOOK_AT
    assert asks_for_look(score_of(signs_of(account)))


def test_beneath_half_of_every_figure_nothing_is_said() -> None:
    account = SellerActivity(
        listed_month=99, on_offer=49, sold_month=499_999, sold_year=4_999_999, reviews_month=9
    )

    assert signs_of(account) == ()
    assert not asks_for_look(score_of(()))


def test_half_of_a_figure_weighs_half_and_two_of_them_ask_for_a_look() -> None:
    half = SellerActivity(listed_month=100)
    both = SellerActivity(listed_month=199, sold_month=500_000)

    assert codes(half) == {"listed_month": 2}
    assert not asks_for_look(score_of(signs_of(half)))
    assert asks_for_look(score_of(signs_of(both)))


def test_several_of_one_model_new_goods_permits_and_reviews_are_signs_of_the_guideline() -> None:
    alike = codes(offered("雑貨", 3, alike=3))
    new = codes(offered("雑貨", 20, new=20))
    permit = codes(offered("お酒", 5))
    reviews = codes(SellerActivity(reviews_month=20))

    assert alike == {"alike": 3}
    assert new == {"new": 4, "mostly_new": 4}
    assert permit == {"permit": 3}
    assert reviews == {"reviews_month": 2}


def test_new_goods_among_more_used_ones_are_not_mostly_new() -> None:
    assert "mostly_new" not in codes(offered("服", 40, new=12, used=28))


def test_who_gives_a_collection_up_is_not_looked_at_for_the_number_alone() -> None:
    collection = offered("CD・DVD", 120, used=110, new=5, alike=2)

    assert codes(collection) == {"on_offer": 4, "collection": -4}
    assert score_of(signs_of(collection)) == 0


def test_who_clears_a_home_is_not_looked_at_for_the_number_alone() -> None:
    kinds = tuple(CategoryCount(category=name, on_offer=40, used=38) for name in ("服", "食器", "本"))
    household = SellerActivity(on_offer=120, categories=kinds)

    assert codes(household) == {"on_offer": 4, "household": -4}


def test_used_goods_of_which_many_are_of_one_model_are_no_collection() -> None:
    assert "collection" not in codes(offered("おもちゃ", 120, used=120, alike=6))


def test_what_is_made_by_hand_is_new_and_was_not_bought_to_be_sold() -> None:
    maker = offered("ハンドメイド", 25, new=25)

    assert codes(maker) == {"new": 4, "mostly_new": 4, "handmade": -7}
    assert not asks_for_look(score_of(signs_of(maker)))


def test_of_a_few_things_nothing_speaks_for_a_private_person() -> None:
    assert codes(offered("チケット", 9, used=9, alike=3)) == {"alike": 3}


def test_a_sign_is_a_sentence_with_its_figures_and_names_its_source() -> None:
    sign, *_ = signs_of(SellerActivity(sold_month=1_234_567))

    assert sign.said.ja == "この30日に1,234,567円が売れました（目安：1,000,000円以上）。"
    assert sign.said.en == "1,234,567 yen were sold within 30 days (guide: 1,000,000 or more)."
    assert "取引DPF法の基準ではない" in sign.source.ja
    assert sign.is_for_business


def test_what_speaks_for_a_private_person_is_said_too() -> None:
    *_, sign = signs_of(offered("CD", 120, used=120))

    assert not sign.is_for_business
    assert "趣味" in sign.said.ja


def test_signs_are_kept_and_found_again_and_one_that_is_declared_no_more_is_left_out() -> None:
    signs = signs_of(offered("チケット", 60, new=60))

    kept = [one.kept for one in signs]

    assert found_again([*kept, SignFound(code="gone", n=1, points=1).kept]) == signs


def test_no_figure_is_given_out_as_law() -> None:
    signs = (*BUSINESS_SIGNS, *PRIVATE_SIGNS)

    assert len({one.code for one in signs}) == len(signs)
    assert "取引DPF法の基準ではない" in NOTICE_OF_2006.instrument.ja
    assert "数の基準はなく" in GUIDELINE_OF_2022.instrument.ja


def test_a_category_is_known_by_words_in_its_name_and_may_be_of_several_kinds() -> None:
    assert groups_of("ゲーム・ソフト・家電") == {GoodsGroup.DISCS, GoodsGroup.APPLIANCES}
    assert groups_of("本・漫画") == frozenset()


@pytest.mark.parametrize(
    ("state", "score", "before", "rested", "done"),
    [
        (None, 3, 0, False, DoubtListing.NOTHING),
        (None, 4, 0, False, DoubtListing.LIST),
        (DoubtState.FLAGGED, 0, 8, False, DoubtListing.REFRESH),
        (DoubtState.LET_BE, 8, 8, False, DoubtListing.NOTHING),
        (DoubtState.LET_BE, 8, 8, True, DoubtListing.LIST),
        (DoubtState.LET_BE, 12, 8, False, DoubtListing.LIST),
        (DoubtState.LET_BE, 5, 0, False, DoubtListing.NOTHING),  # its signs had gone when it was let be
        (DoubtState.LET_BE, 6, 0, False, DoubtListing.LIST),
        (DoubtState.PRIVATE, 8, 8, True, DoubtListing.LIST),
        (DoubtState.UNCLEAR, 8, 8, True, DoubtListing.NOTHING),
        (DoubtState.UNCLEAR, 12, 8, False, DoubtListing.LIST),
        (DoubtState.MOOT, 8, 8, False, DoubtListing.LIST),
        (DoubtState.ASKED, 40, 8, True, DoubtListing.NOTHING),
        (DoubtState.ANSWERED, 40, 8, True, DoubtListing.NOTHING),
        (DoubtState.BUSINESS, 40, 8, True, DoubtListing.NOTHING),
    ],
)
def test_who_was_let_be_is_listed_again_after_its_rest_or_when_its_signs_grow(
    state: DoubtState | None, score: int, before: int, rested: bool, done: DoubtListing
) -> None:
    assert listing_of(state, score, before=before, has_rested=rested) is done


@dataclass(frozen=True)
class Word:
    """A word of the marketplace."""

    private: bool | None
    since: datetime
    said_at: datetime


@dataclass(frozen=True)
class Concluded:
    """A conclusion."""

    outcome: StandingOutcome
    since: datetime
    at: datetime


PRIVATE = Word(True, NOW - 100 * DAY, NOW - 100 * DAY)
BUSINESS = Concluded(StandingOutcome.BUSINESS, NOW - 20 * DAY, NOW)


def test_a_conclusion_counts_from_its_day_on_for_orders_before_and_after_it() -> None:
    def said(at: datetime) -> bool | None:
        return standing.was_business([PRIVATE], [BUSINESS], at)

    assert said(NOW - 200 * DAY) is None
    assert said(NOW - 21 * DAY) is False
    assert said(NOW - 20 * DAY) is True
    assert said(NOW + DAY) is True


def test_a_conclusion_is_taken_back_by_a_later_one_as_far_as_that_reaches() -> None:
    private = Concluded(StandingOutcome.PRIVATE, NOW - 10 * DAY, NOW + DAY)
    unclear = Concluded(StandingOutcome.UNCLEAR, NOW - 20 * DAY, NOW + DAY)

    assert standing.was_business([PRIVATE], [BUSINESS, private], NOW - 15 * DAY) is True
    assert standing.was_business([PRIVATE], [BUSINESS, private], NOW - 5 * DAY) is False
    assert standing.was_business([PRIVATE], [BUSINESS, unclear], NOW) is None


def test_that_it_is_told_to_be_private_once_more_takes_no_conclusion_back() -> None:
    again = Word(True, NOW + DAY, NOW + DAY)

    assert standing.was_business([PRIVATE, again], [BUSINESS], NOW + 2 * DAY) is True


def test_once_the_marketplace_registers_a_business_its_own_words_count_from_then_on() -> None:
    registered = Word(False, NOW + 10 * DAY, NOW + 10 * DAY)
    private = Word(True, NOW + 20 * DAY, NOW + 20 * DAY)
    words = [PRIVATE, registered, private]

    assert standing.was_business(words, [BUSINESS], NOW + 5 * DAY) is True
    assert standing.was_business(words, [BUSINESS], NOW + 15 * DAY) is True
    assert standing.was_business(words, [BUSINESS], NOW + 25 * DAY) is False
    assert standing.conclusion_of(words, [BUSINESS], None) is None


def test_of_whom_nobody_told_anything_a_conclusion_still_speaks() -> None:
    assert standing.was_business([], [], NOW) is None
    assert standing.was_business([], [BUSINESS], NOW) is True
    assert standing.was_business([Word(None, NOW, NOW)], [], NOW) is None
