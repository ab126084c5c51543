"""How Latin letters, digits and signs within a company's name may sound."""

from __future__ import annotations

from itertools import product

_LETTERS = """
A エ-,エイ,ア B ビ-,ビイ,ビ C シ-,シイ,シ D デイ-,デイ,デ-,デイイ E イ-,イイ,イ F エフ G ジ-,ジイ,ジ
H エイチ,エツチ,エツチ-,エイチ-,エチ I アイ J ジエ-,ジエイ K ケ-,ケイ L エル M エム N エヌ,エン O オ-,オウ,オ
P ピ-,ピイ,ピ Q キユ-,キユウ R ア-ル,アアル,アル S エス T テイ-,テイ,テ-,テイイ U ユ-,ユウ,ユ V ブイ,ブイ-,ビ-
W ダブリユ-,ダブリユウ,ダブル,ダブリユ X エツクス,エクス Y ワイ Z ゼツト,ゼツド,ズイ-
"""
_DIGITS = """
0 ゼロ,レイ,マル,オ- 1 イチ,イツ,ワン,ヒト 2 ニ,ツ-,フタ 3 サン,スリ-,ミ 4 ヨン,シ,フオ-,ヨ 5 ゴ,フアイブ,イツ
6 ロク,ロツ,シツクス,ム 7 ナナ,シチ,セブン 8 ハチ,ハツ,エイト,ヤ 9 キユウ,ク,ナイン 10 ジユウ,ジツ,テン 100 ヒヤク 1000 セン
"""
_SIGNS = (
    "& アンド,エンド + プラス,アンド @ アツト % パ-セント # シヤ-プ α アルフア β ベ-タ Α アルフア Β ベ-タ"
)


def _pairs(table: str) -> dict[str, tuple[str, ...]]:
    words = table.split()
    return {key: (key, *sounds.split(",")) for key, sounds in zip(words[::2], words[1::2], strict=True)}


def _two_digits() -> dict[str, tuple[str, ...]]:
    units = _pairs(_DIGITS)
    return {
        ten + one: tuple(
            (head if ten != "1" else "") + "ジユウ" + tail
            for head in units[ten][1:]
            for tail in (units[one][1:] if one != "0" else ("",))
        )
        for ten, one in product("123456789", "0123456789")
        if ten + one != "10"
    }


SOUNDS: dict[str, tuple[str, ...]] = _pairs(_LETTERS) | _pairs(_DIGITS) | _pairs(_SIGNS) | _two_digits()
"""A letter, digit or sign → itself and its names."""

SILENT = frozenset("()[]「」『』【】〈〉《》&+/\\~〜'’`\"“”!?:;*_=<>|^®©™%#@○●◎□■△▲▽▼☆★♪.,、。，．")
"""Signs that an account may leave out."""

_VOWELS = dict(zip("AIUEO", range(5), strict=True))
_ROWS = (
    " アイウエオ,K カキクケコ,S サシスセソ,T タチツテト,N ナニヌネノ,H ハヒフヘホ,M マミムメモ,R ラリルレロ,L ラリルレロ,"
    "G ガギグゲゴ,Z ザジズゼゾ,D ダジズデド,B バビブベボ,P パピプペポ,Y ヤイユエヨ,W ワイウエオ,C カシクセコ,V バビブベボ"
)


def _romaji() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in _ROWS.split(","):
        consonant, _, kana = row.partition(" ")
        for vowel, at in _VOWELS.items():
            found[consonant + vowel] = kana[at]
            if len(consonant) == 1 and consonant not in "YWCVL":
                found[consonant + "Y" + vowel] = kana[1] + "ヤイユエヨ"[at]
    for (head, sounds), vowel in product((("SH", "シ"), ("CH", "チ"), ("J", "ジ")), _VOWELS):
        found[head + vowel] = sounds + ("" if vowel == "I" else "ヤイユエヨ"[_VOWELS[vowel]])
    found |= {
        "TSU": "ツ",
        "FU": "フ",
        "FA": "フア",
        "FI": "フイ",
        "FE": "フエ",
        "FO": "フオ",
        "N": "ン",
        "M": "ン",
    }
    return {spelling: sound for spelling, sound in found.items() if spelling}


ROMAJI: dict[str, str] = _romaji()
"""A syllable in Latin letters, as TO, SHI or KYO → its kana; only whole words of such syllables are read so."""
