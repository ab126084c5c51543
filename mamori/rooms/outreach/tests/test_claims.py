"""Which words of an announcement need a ground: numbers, shares, "the first", "always"; not days, articles and addresses."""

from __future__ import annotations

from datetime import date

import pytest

from mamori.rooms.outreach.rules import GroundedClaim, promises, stands_in, ungrounded


def said(*texts: str) -> list[str]:
    return [one.said for one in promises(*texts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("偽物の出品を1,200件取り除きました。", ["1,200件"]),
        ("偽物の出品を１２００ 件取り除きました。", ["１２００ 件"]),
        ("申し出の97.5％に48時間以内に答えました。", ["97.5％", "48時間以内"]),
        ("業界初の仕組みで、必ずお守りします。", ["業界初", "必ず"]),
        ("We removed 3 million listings, 99% of them within a day.", ["3 million listings", "99%"]),
        ("1,200 fakes taken down within 2 days.", ["1,200 fakes", "2 days"]),
        ("Fakes are never sold here, guaranteed.", ["never", "guaranteed"]),
        ("顧客満足度No.1", ["No.1"]),
    ],
)
def test_words_that_promise_something_need_a_ground(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月29日に、消費者庁と意見を交わしました。",
        "取引DPF法第3条第2項にもとづき公表します。",
        "電話は188、03-1234-5678です。",
        "The act came into force on 1 May 2022; article 3 requires it.",
        "製品安全誓約に署名しました。",
    ],
)
def test_days_articles_and_telephones_promise_nothing(text: str) -> None:
    assert said(text) == []


def test_the_same_words_in_title_and_text_are_asked_about_once() -> None:
    assert said("1,200件を削除", "合わせて1,200件です。") == ["1,200件"]


def test_a_ground_covers_the_words_that_it_quotes_and_no_others() -> None:
    claim = GroundedClaim(
        said="偽物1,200件", means="取り除いた出品", on=date(2026, 9, 30), evidence="措置の記録"
    )

    left = ungrounded([claim], "偽物1,200件と、模倣品300件。")

    assert [one.said for one in left] == ["300件"]


def test_a_ground_quotes_the_text_as_it_stands() -> None:
    assert stands_in("1,200件", "題", "1,200件です")
    assert not stands_in("1200件", "題", "1,200件です")
    assert not stands_in("", "題")


def test_a_ground_is_kept_and_read_back_as_it_was() -> None:
    claim = GroundedClaim(
        said="97％", means="回答", means_en="answers", on=date(2026, 9, 30), evidence="月次の集計"
    )

    assert GroundedClaim.of(claim.row) == claim
