"""Each old glyph is looked up under its usual one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from mamori.japan.names.kana import OLD, letters, modern

NAMED = """
髙高 﨑崎 嵜崎 邉辺 邊辺 齋斎 齊斉 濵浜 濱浜 德徳 瀨瀬 嶋島 嶌島 澤沢 眞真 惠恵 廣広 國国 櫻桜 𠮷吉
𣘺橋 栁柳 桒桑 學学 龍竜 槇槙 曾曽 冨富 嶽岳 榮栄 實実 壽寿 關関 藏蔵 圓円 縣県 禮礼 彌弥 與与 萬万
豐豊 峯峰 舘館 埜野 凜凛 黑黒 顯顕 會会 澁渋 瀧滝 來来 佛仏 讓譲 靜静 聰聡 總総 龜亀 傳伝 鷗鴎 莊荘
薗園 巖巌 穗穂 穐秋 檜桧 壺壷 鹽塩 樂楽 鐵鉄 薰薫 螢蛍 晄晃 曉暁 權権 圀国 渕淵 條条 步歩 每毎 黃黄
綠緑 淸清
"""


@pytest.mark.parametrize("pair", NAMED.split())
def test_an_old_glyph_is_its_usual_one(pair: str) -> None:
    assert modern(pair[0]) == pair[1]


@pytest.mark.parametrize(("old", "usual"), OLD.items())
def test_every_glyph_of_the_table_leads_to_one_that_stays(old: str, usual: str) -> None:
    assert modern(old) == usual
    assert modern(usual) == usual


@pytest.mark.parametrize("pair", ["崎埼", "阪坂", "辻逗", "大太", "斎斉", "士土", "未末"])
def test_letters_of_their_own_stay_apart(pair: str) -> None:
    assert modern(pair[0]) != modern(pair[1])


def test_variants_of_one_letter_are_that_letter() -> None:
    assert modern("葛\U000e0100城") == "葛城"
    assert modern("\ufa19") == "神"
    assert modern("佐々木") == "佐佐木"


def test_a_written_name_is_made_ready_for_the_lattice() -> None:
    assert letters("髙橋 さとみ") == "高橋サトミ"
    assert letters("関ケ原・ﾊﾟｰｸ") == "関ヶ原パ-ク"
    assert letters("ケーキ屋") == "ケ-キ屋"
    assert letters("Tokyo商会") == "TOKYO商会"


@given(st.text(st.sampled_from("".join(OLD) + "".join(OLD.values()) + "々あア-ケヶカ山田")))
def test_a_name_made_ready_is_ready(name: str) -> None:
    assert letters(letters(name)) == letters(name)
