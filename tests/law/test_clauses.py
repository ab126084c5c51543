"""The clauses: a text never changes without a new version, money has a review and an end, and each is fair in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from mamori.grammar.declaration import Clause
from mamori.grammar.text import Text
from mamori.law.citations import TRANSPARENCY_ORDER
from mamori.law.clauses import BY_CODE, CLAUSES, CLOSING, FORMER, PAYOUT_HOLD
from mamori.law.grounds import GROUNDS, REPEAT_BREACH, SHORT_NOTICE_GROUNDS, WITHOUT_WAITING
from mamori.law.measures import CLOSED, MEASURES

DIGESTS = {
    "changes 1": "4ca27f8a4898f8cf",
    "display-and-conduct 1": "b77b125dd2a871a7",
    "notice-and-correction 1": "7cb305a7399a001a",
    "notice-and-correction 2": "1e1feb3011e9b22a",
    "listing-measures 1": "c9add056e07b8563",
    "listing-measures 2": "5ff48ab349039ad2",
    "listing-measures 3": "77199eceb75f013d",
    "reviews 1": "1d8a7807ae4f5860",
    "reviews 2": "4a7d97ce442ff83a",
    "category 1": "77bd69055be61088",
    "new-listings 1": "5a4c45d1752f28cc",
    "new-listings 2": "483e313a5d202b82",
    "payout-hold 1": "ecea7c7daf9d3dbe",
    "payout-hold 2": "f33c9d3809ef9006",
    "recovery 1": "10dd28d58edd4ac2",
    "suspension 1": "e5d9d98015d59898",
    "closing 1": "7f578f5adf1f000f",
    "closing 2": "033e81c4b173b9e8",
    "appeals 1": "2a283b583bf23597",
}
"""What each version says, for ever: a changed text is a new version, with a line of its own; the old one goes to FORMER."""
NOT_OURS = {"changes", "appeals", "display-and-conduct"}
"""Clauses that are no measure themselves."""


def digest(clause: Clause) -> str:
    words = [clause.title.ja, clause.title.en, clause.text.ja, clause.text.en]
    return sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:16]


def changed(clauses: tuple[Clause, ...]) -> dict[str, str]:
    """Return the versions whose words are not those on record."""
    found = {f"{one.code} {one.version}": digest(one) for one in clauses}
    return {name: value for name, value in found.items() if DIGESTS.get(name) != value}


def test_no_text_of_a_clause_has_changed_without_a_new_version() -> None:
    assert changed((*CLAUSES, *FORMER)) == {}
    assert {f"{one.code} {one.version}" for one in (*CLAUSES, *FORMER)} == set(DIGESTS)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one.code)
def test_one_changed_character_is_found_in_any_text_of_any_clause(clause: Clause) -> None:
    title, text = clause.title, clause.text
    planted = (
        replace(clause, title=Text(f"{title.ja}。", title.en)),
        replace(clause, title=Text(title.ja, f"{title.en}s")),
        replace(clause, text=Text(text.ja.replace("。", "、", 1), text.en)),
        replace(clause, text=Text(text.ja, text.en.replace(" ", "", 1))),
    )

    assert [bool(changed((one,))) for one in planted] == [True] * 4


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one.code)
def test_every_measure_gives_its_reason_hears_the_seller_and_may_be_appealed_against(clause: Clause) -> None:
    if clause.code not in NOT_OURS:
        assert "理由" in clause.text.ja
        assert "意見を聴" in clause.text.ja or "述べる" in clause.text.ja
        assert "不服を申し出" in clause.text.ja or "不服の申し出" in clause.text.ja
        assert any(word in clause.text.en for word in ("appeal", "object"))


def test_holding_money_names_its_review_and_its_end() -> None:
    for words in ("見直しの日", "終わる日", "金額"):
        assert words in PAYOUT_HOLD.text.ja
    for words in ("day of review", "on which it ends", "amount"):
        assert words in PAYOUT_HOLD.text.en
    assert [one.code for one in CLAUSES if one.money] == ["payout-hold", "recovery"]


def test_every_measure_has_its_clause_and_each_says_so_of_the_other() -> None:
    by_measure = {f"enforcement.{one.code}": one.clause for one in MEASURES}
    by_clause = {act: one.code for one in CLAUSES for act in one.needed_for}

    assert {act: code for act, code in by_clause.items() if act in by_measure} == by_measure


def test_days_of_notice_and_exceptions_are_as_declared() -> None:
    assert {one.code: one.notice_days for one in CLAUSES if one.notice_days != 15} == {"closing": 30}
    assert CLOSING.notice_days == CLOSED.announced_days
    assert CLOSING.exceptions == WITHOUT_WAITING
    assert set(WITHOUT_WAITING) <= set(GROUNDS)
    assert BY_CODE["closing"] is CLOSING
    assert "30" in CLOSING.text.ja
    assert "15" in BY_CODE["changes"].text.ja


def test_what_leaves_no_days_of_notice_is_what_the_order_on_designated_malls_lists() -> None:
    listed = {one.code: one.citation.article for one in WITHOUT_WAITING}

    assert listed == {
        "repeat-breach": "12(2)(i)",
        "organised-crime": "12(2)(ii)",
        "required-by-law": "12(1)(ii), 12(2)(iv)",
        "fraud-or-security": "12(1)(iii), 12(2)(v)",
    }
    assert {one.code for one in SHORT_NOTICE_GROUNDS} == {"required-by-law", "fraud-or-security"}
    assert {one.citation.instrument for one in WITHOUT_WAITING} == {TRANSPARENCY_ORDER}


def test_a_repeated_breach_leaves_no_days_only_where_it_hinders_the_business() -> None:
    assert "支障が生じるおそれ" in REPEAT_BREACH.text.ja
    assert "likely to hinder" in REPEAT_BREACH.text.en
    assert "違反を繰り返しそのため運営に支障が生じるおそれがあるとき" in CLOSING.text.ja
    assert "repeated and that is likely to hinder the business" in CLOSING.text.en


def test_what_a_clause_promises_of_reviews_and_time_the_measures_keep() -> None:
    clauses = {one.code: one.text for one in CLAUSES}

    for one in MEASURES:
        ja, en = "見直しの日" in clauses[one.clause].ja, "day of review" in clauses[one.clause].en
        assert ja == en == one.reviewed, one.code
    assert not [one.code for one in CLAUSES if "延ばす" in one.text.ja or "more time" in one.text.en]
    assert [one.code for one in MEASURES if one.clause == "category" and one.ends_by_cure]
