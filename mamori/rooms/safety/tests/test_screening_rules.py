"""Words are found in spite of evasions, and what only looks like them is not."""

from __future__ import annotations

import pytest

from mamori.law.screening import SCREENING_LISTS, SCREENING_RULES
from mamori.rooms.safety.screening.rules import Screen, Sought, Told, bare, fault_of, place_of

SOUGHT = [
    Sought(rule=at, terms=one.terms, marks=one.marks, but=one.but, used=one.used, once=one.once)
    for at, one in enumerate(SCREENING_RULES)
]
SCREEN = Screen(SOUGHT)


def codes(name: str, *, is_used: bool = False, **more: str) -> set[str]:
    return {SCREENING_RULES[hit.rule].code for hit in SCREEN.hits(Told(name, **more), is_used=is_used)}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("モバイルバッテリー 20000mAh", "pse-battery"),
        ("モ　バ・イ-ル ﾊﾞｯﾃﾘｰ 大容量", "pse-battery"),
        ("もばいるばってりー", "pse-battery"),
        ("モ●バ●イ●ル●バッテリー", "pse-battery"),
        ("モバ\u200bイルバッテリー", "pse-battery"),
        ("ＰＯＷＥＲ－ＢＡＮＫ", "pse-battery"),
        ("モバイルバッテリー PSEマークなし", "pse-battery"),
        ("モバイルバッテリー ケース付き", "pse-battery"),
        ("P S E な し 充電器", "no-mark"),
        ("ノンPSE 変圧器", "no-mark"),
        ("ﾚｰｻﾞｰﾎﾟｲﾝﾀｰ 緑", "psc-laser"),
        ("磁 石 ボ ー ル 216個", "magnet-balls"),
        ("低用量ピ★ル", "prescription"),
        ("第①類医薬品 かぜ薬", "otc"),
        ("アスベスト 断熱材", "asbestos"),
        ("赤ワイン 750ml", "alcohol"),
        ("リコール対象 ヒーター", "recalled"),
    ],
)
def test_a_listing_is_found_however_its_words_are_written(name: str, code: str) -> None:
    found = codes(name)

    assert code in found


@pytest.mark.parametrize(
    "name",
    [
        "モバイルバッテリー PSEマーク付き",
        "モバイルバッテリー用ケース",
        "モバイルバッテリー (PSE認証済)",
        "マグネットボールペン",
        "赤ワイングラス 2客",
        "ワインレッドのドレス",
        "ノンアルコール赤ワイン",
        "無農薬りんご 5kg",
        "電子レンジ対応の皿",
        "シアリスト登山記",
        "コピーライター入門",
        "UPSET の T シャツ",
        "step service manual",
        "トランシーバー 技適マークあり",
        "レーザーポインター PSC適合",
        "リコール対策済みヒーター",
        "アスベスト検査キット",
        "防じんマスク 国家検定合格",
        "除草剤 農林水産省登録第12345号",
        "クラシックギター",
    ],
)
def test_what_states_its_mark_or_is_another_thing_is_not_found(name: str) -> None:
    assert codes(name) == set()


def test_any_field_is_read_and_used_goods_are_found_by_their_condition() -> None:
    assert codes("便利グッズ", category="家電・電気ストーブ") == {"pse-heater"}
    assert codes("便利グッズ", model="power-bank") == {"pse-battery"}
    assert codes("カメラ", is_used=True) == {"used-goods"}
    assert codes("カメラ 古物商許可 第123456789012号", is_used=True) == set()


def test_two_fields_make_no_word_together() -> None:
    assert codes("モバイル", brand="バッテリー") == set()


def test_the_place_of_a_word_is_as_it_is_written() -> None:
    words = "新品 モ　バ・イ-ル ﾊﾞｯﾃﾘｰ 大容量"

    place = place_of("モバイルバッテリー", words)

    assert place is not None
    assert words[slice(*place)] == "モ　バ・イ-ル ﾊﾞｯﾃﾘｰ"
    assert place_of("電気ストーブ", words) is None


NAMES = Screen([Sought(rule=1, terms=("株式会社アクメ電機", "Nova Power Co., Ltd.", "日星"), names=True)])


@pytest.mark.parametrize(
    ("told", "is_found"),
    [
        (Told("充電器", brand="アクメ電機"), True),
        (Told("充電器", brand="㈱ｱｸﾒ電機"), True),
        (Told("NOVA POWER 充電器"), True),
        (Told("充電器", seller="さくら\n株式会社アクメ電機"), True),
        (Told("充電器", brand="アクネ電機"), False),
        (Told("日星印の充電器"), False),
        (Told("充電器", brand="日星"), True),
        (Told("充電器", brand="日星堂"), False),
        (Told("supernova powerful"), False),
    ],
)
def test_a_name_is_compared_without_its_form_and_a_short_one_only_as_a_whole(
    told: Told, is_found: bool
) -> None:
    assert bool(NAMES.hits(told)) is is_found


def test_a_word_too_short_is_named() -> None:
    assert fault_of(["ペン", "pc"]) == "pc"
    assert fault_of(["ab c", "火"]) == "火"
    assert fault_of(["abc", "火薬"]) is None
    assert bare("株式会社") == "株式会社"


def test_rules_are_declared_whole() -> None:
    declared = [*SCREENING_RULES, *SCREENING_LISTS]

    assert len({one.code for one in declared}) == len(declared)
    assert 30 <= len(SCREENING_RULES) <= 45
    for one in SCREENING_RULES:
        assert one.terms
        assert fault_of((*one.terms, *one.marks)) is None, one.code


def test_each_term_finds_what_it_names() -> None:
    for at, one in enumerate(SCREENING_RULES):
        missed = [term for term in one.terms if at not in {hit.rule for hit in SCREEN.hits(Told(term))}]

        assert missed == [], one.code
