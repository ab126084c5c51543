"""A list that somebody sends is held against the listings: what is meant, why, what is near, and what is not here."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mamori.ground.market import actions
from mamori.ground.market.facts import FoundBy, ListRow, RowMatch, Unfound, match, read_list
from mamori.ground.market.lines import ListingLine, ListingState
from mamori.ground.market.models import Listing
from mamori.ground.market.tests.conftest import MACHINE

pytestmark = pytest.mark.usefixtures("goods")
SHOP = "https://shop.example/items"


@pytest.fixture
def goods(market: None) -> None:
    """Put some goods beside the spoon of the small market."""
    for line in (
        ListingLine(
            ref="L-10", seller="S-1", price=1, name="モバイルバッテリー 大容量 急速充電", url=f"{SHOP}/10?color=red",
            brand="パワーエックス(PowerX)", model="AB-1234", gtin="4901234567894",
        ),
        ListingLine(ref="L-11", seller="S-1", price=1, name="【新品】PowerX モバイル電源 AB-1235BK 黒", url=f"{SHOP}/11"),
        ListingLine(ref="L-12", seller="S-1", price=1, name="替刃", brand="Kogu", model="AB-1234", url=f"{SHOP}?a=1&b=2"),
        ListingLine(
            ref="L-13", seller="S-1", price=1, name="木製 積み木セット 赤", url=f"{SHOP}/13", state=ListingState.GONE
        ),
        ListingLine(ref="L-14", seller="S-1", price=1, name="加湿器", brand="Mizu", model="S1", gtin="49123456"),
        ListingLine(ref="~-h38h1a", seller="S-1", price=1, name="番号がかなの品", url="https://xn--r8jz45g.example/a"),
    ):  # fmt: skip
        actions.put_listing(MACHINE, line)


def told(found: RowMatch) -> str:
    """Return what was found as one line: sure ones, near ones in brackets, what is missing."""
    sure = [f"{one.ref} {one.why}" for one in found.candidates]
    near = [f"({one.ref} {one.why})" for one in found.near]
    return ", ".join([*sure, *near, *([found.missing.name] if found.missing else [])])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        # addresses, however they are written
        ("https://shop.example/items/10?color=red", "L-10 url"),
        ("hxxps://www.shop[.]example/items/11/?utm_source=mail&gclid=1", "L-11 url"),
        ("ｈｔｔｐｓ：／／ｓｈｏｐ．ｅｘａｍｐｌｅ／ｉｔｅｍｓ／１１", "L-11 url"),
        ("hxxp[:]//m.shop(.)example/items/11。販売中", "L-11 url"),
        ("shop.example/items/11", "L-11 url"),
        ("https://shop.example/items/?b=2&utm_source=mail&a=1", "L-12 url"),
        ("https://例え.example/a", "~-h38h1a url"),
        ("https://XN--R8JZ45G.example/a#top", "~-h38h1a url"),
        ("https://shop.example/item.php?id=L-12", "L-12 url"),
        ("https://other.example/items/L-12", "ELSEWHERE"),
        ("https://shop.example/items/99", "NONE"),
        (f"{SHOP}/13", "L-13 url, GONE"),
        ("http://[", "VAGUE"),
        # our number
        ("L-12", "L-12 number"),
        ("商品番号:Ｌ－１２", "L-12 number"),
        # JAN and its kin
        ("4901234567894", "L-10 gtin"),
        ("490-1234-567894", "L-10 gtin"),
        ("４９０１２３４５６７８９４", "L-10 gtin"),
        ("04901234567894", "L-10 gtin"),
        ("JAN:4901234567890", "(L-10 other_gtin), NONE"),
        ("4901234567984", "(L-10 other_gtin), NONE"),
        ("4901234567887", "NONE"),
        # brand and model
        ("PowerX AB-1234", "L-10 brand_model, (L-12 other_brand)"),
        ("AB-1235BK", "L-11 model"),
        # words
        ("積み木セット 赤", "L-13 words, GONE"),
        ("赤いおもちゃすべて", "VAGUE"),
        ("all red toys", "VAGUE"),
        ("充電", "VAGUE"),
        ("電気毛布 シングル", "NONE"),
    ],
)  # fmt: skip
def test_a_pasted_line_finds(said: str, found: str) -> None:
    row = read_list(said)[0]
    if said.startswith("PowerX"):
        row = ListRow.of(brand="PowerX", model="AB-1234")

    assert told(match([row])[0]) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (ListRow.of(gtin="49123456"), "L-14 gtin"),
        (ListRow.of(gtin="ISBN4-10-101001-3"), "VAGUE"),
        (ListRow.of(gtin="2000000000008"), "VAGUE"),
        (ListRow.of(brand="Mizu株式会社", model="S1"), "L-14 brand_model"),
        (ListRow.of(model="S1"), "VAGUE"),
        (ListRow.of(model="ab1234"), "L-10 model, L-12 model"),
        (ListRow.of(brand="㈱パワーエックス", model="ＡＢー１２３４"), "L-10 brand_model, (L-12 other_brand)"),
        (ListRow.of(brand="PowerX", model="AB-1243"), "(L-10 other_model), NONE"),
        (ListRow.of(brand="PowerX", model="AB-1234+"), "(L-10 other_model), NONE"),
        (ListRow.of(brand="PowerX", model="AB-1235"), "(L-10 other_model), (L-11 other_model), NONE"),
        (ListRow.of(brand="PowerX", words="モバイルバッテリー"), "L-10 words"),
        (ListRow.of(brand="PowerX", model="ZZ-9", words="モバイル電源"), "(L-11 other_words), NONE"),
        (ListRow.of(brand="Kogu", words="モバイルバッテリー 大容量"), "NONE"),
        (ListRow.of(words="もばいるばってりー 急速充電"), "L-10 words"),
        (ListRow.of(brand="PowerX"), "VAGUE"),
        (ListRow.of(), "VAGUE"),
        (ListRow.of(url="https://other.example/1", gtin="4901234567894"), "L-10 gtin"),
    ],
)  # fmt: skip
def test_a_row_of_several_columns_finds(row: ListRow, found: str) -> None:
    assert told(match([row])[0]) == found


def test_a_listing_that_is_hidden_is_here_and_said_to_be_hidden() -> None:
    Listing.objects.filter(pk="L-10").update(state="hidden")

    (found,) = match([ListRow.of(gtin="4901234567894")])

    assert (found.missing, found.candidates[0].state) == (None, ListingState.HIDDEN)


def test_ten_are_named_and_the_others_counted_and_too_many_by_words_alone_are_none() -> None:
    for number in range(60):
        line = ListingLine(
            ref=f"T-{number:02}", seller="S-1", price=1, name="LED ライト", gtin="4512345678906"
        )
        actions.put_listing(MACHINE, line)

    by_number, by_words = match([ListRow.of(gtin="4512345678906"), ListRow.of(words="LEDライト")])

    assert (len(by_number.candidates), by_number.more, by_number.missing) == (10, 50, None)
    assert (by_words.candidates, by_words.more, by_words.missing) == ((), 60, Unfound.VAGUE)


def test_the_listings_are_read_once_however_many_rows_there_are() -> None:
    rows = read_list("\n".join(f"AB-{number}\tPowerX 電源 {number}" for number in range(1_000, 1_300)))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = match(rows)

    assert len(asked) == 1
    assert len(found) == 300
    assert told(found[235]).startswith("(L-10 other_model), (L-11 other_model)")


def test_some_listings_alone_may_be_looked_through_and_a_house_says_its_own_hosts() -> None:
    row = ListRow.of(url="https://old.example/items/404", model="AB-1234")

    assert [one.ref for one in match([row], among=["L-12"])[0].candidates] == ["L-12"]
    assert (
        match([ListRow.of(url="https://old.example/404")], hosts=["old.example"])[0].missing is Unfound.NONE
    )
    assert match([ListRow.of(url="https://old.example/404")])[0].missing is Unfound.ELSEWHERE


def test_every_reason_is_said_in_both_languages() -> None:
    assert len({one.text for one in [*FoundBy, *Unfound]}) == len(FoundBy) + len(Unfound)
