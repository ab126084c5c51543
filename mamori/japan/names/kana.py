"""The normal form in which kana of accounts are compared, their half-width bytes, and what a transfer may carry."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from mamori.grammar.regex import regex

CUT = 30
"""Half-width bytes of a holder's name in a transfer; banks ask for the first 30 of a longer one."""

_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)} | {0x309D: 0x30FD, 0x309E: 0x30FE}
_LARGE = dict(
    zip("ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ", "アイウエオツヤユヨワカケ" * 2, strict=True)
)
_DASHES = "‐‑‒–—―−－ーｰ─━﹣⁃﹘"
_SPELT = str.maketrans(
    _KATAKANA | {ord(c): large for c, large in _LARGE.items()} | dict.fromkeys(map(ord, _DASHES), "-")
)
_ONE_SOUND = str.maketrans("ヂヅヲヰヱ", "ジズオイエ")
_VA = (
    ("ヴア", "バ"),
    ("ヴイ", "ビ"),
    ("ヴエ", "ベ"),
    ("ヴオ", "ボ"),
    ("ヴ", "ブ"),
    ("ヷ", "バ"),
    ("ヸ", "ビ"),
    ("ヹ", "ベ"),
    ("ヺ", "ボ"),
)
_SILENT = regex(r"[\s・.,、。，．\u200b-\u200f\ufeff]+")
_SPACES = regex(r"\s+")
_LEGAL = regex(r"[0-9A-Zｱ-ﾝﾞﾟ().\- ]")
_HALF = {normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF |= {
    normalize("NFC", full + mark): half + sign
    for full, half in _HALF.items()
    for mark, sign in (("\u3099", "ﾞ"), ("\u309a", "ﾟ"))
}
_TO_HALF = str.maketrans(
    {full: half for full, half in _HALF.items() if len(full) == 1} | {"\u3099": "ﾞ", "\u309a": "ﾟ"}
)


def katakana(text: str) -> str:
    """Return the text in the letters of a transfer, full width: large katakana, capitals, `-`; blanks become one space."""
    text = normalize("NFKC", normalize("NFKC", text).translate(_SPELT)).upper()
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Return the only form that is compared: ｼﾏｽﾞ = シマヅ = しまづ, ﾀﾞｲｴ- = ダイエー, ﾐﾁｦ = ミチオ; blanks and ・ are nothing.

    A long vowel stays as it is written: 「ユウカ」 and 「ユカ」 are two people.
    """
    while (again := _once(text)) != text:
        text = again
    return text


def _once(text: str) -> str:
    text = _SILENT.sub("", normalize("NFKC", text).translate(_SPELT))
    text = normalize("NFKC", text).upper()
    for old, new in _VA:
        text = text.replace(old, new)
    return text.translate(_ONE_SOUND)


def half(text: str) -> str:
    """Return the text in half-width letters as a transfer carries them, a mark of voicing as a letter of its own."""
    return katakana(text).translate(_TO_HALF)


def is_cut(text: str) -> bool:
    """Say whether the name fills its 30 half-width bytes, so that something may be missing behind it."""
    return len(half(text)) == CUT


def cut(text: str, size: int = CUT) -> str:
    """Return the first `size` half-width bytes: ﾞ and ﾟ count, and may be lost by the cut."""
    return half(text)[:size].rstrip()


def begins(whole: str, start: str) -> bool:
    """Say whether a name begins with one that was cut, byte by half-width byte: ガ cut in two leaves ｶ."""
    return half(normal(whole)).startswith(half(normal(start)))


def illegal(text: str) -> str:
    """Return the letters, each once, that a transfer may not carry however they are spelt."""
    return "".join(dict.fromkeys(letter for letter in half(text) if not _LEGAL.match(letter)))


_ROWS = """
高髙 崎﨑嵜 辺邊邉 斎齋 斉齊 浜濱濵 徳德 瀬瀨 島嶋嶌㠀 沢澤 真眞 恵惠 広廣 国國圀 桜櫻 吉𠮷 橋𣘺 柳栁 桑桒 学學 竜龍 槙槇
曽曾 富冨 岳嶽 条條 栄榮 実實 寿壽 関關 蔵藏 応應 円圓 県縣 礼禮 弥彌 与與 万萬 豊豐 峰峯 館舘 野埜 凛凜 黒黑 顕顯 会會
渋澁 滝瀧 来來 仏佛 譲讓 静靜 聡聰聦 総總 亀龜 伝傳 歩步 毎每 鴎鷗 荘莊 園薗 薮藪籔 巌巖 穂穗 秋穐龝 松枩柗 船舩 桧檜
壷壺 塩鹽 楽樂 鉄鐵鐡 鶴靏靍 薫薰 蛍螢 郎郞 晃晄 暁曉 権權 気氣 沖冲 渓溪 満滿 為爲 猪豬 瑶瑤 画畫 畳疊 発發 稲稻 穣穰
粋粹 糸絲 経經 絵繪 継繼 続續 緑綠 縁緣 繊纖 声聲 芸藝 薬藥 虎乕 虫蟲 衛衞 装裝 覚覺 観觀 読讀 証證 誉譽 頼賴 賛贊 転轉
遥遙 郷鄕 釈釋 鎮鎭 鋭銳 隠隱 雑雜 霊靈 青靑 駅驛 駆驅 験驗 髪髮 鶏鷄 麦麥 麹麴 黄黃 尭堯 祢禰 涼凉 亜亞 仮假 児兒 処處
剣劍劔劒 励勵 労勞 勲勳 区區 医醫 双雙 収收 叙敍敘 啓啟 単單 囲圍 図圖 団團 圧壓 塁壘 壮壯 変變 奨奬 奥奧 嬢孃 宝寶寳
将將 対對 専專 尽盡 属屬 峡峽 巣巢 帯帶 帰歸 庁廳 弁辨辯 当當 径徑 従從 恒恆 悦悅 恋戀 戦戰 払拂 抜拔 択擇 担擔 挙擧
摂攝 数數 断斷 旧舊 昼晝 晋晉 枢樞 楼樓 様樣 欧歐 浄淨 浅淺 湾灣 済濟 潜潛 炉爐 点點 焼燒 煙烟 献獻 瓶甁 産產 禅禪 禄祿
秘祕 称稱 税稅 穏穩 粛肅 縄繩 舎舍 舗舖 艶艷 萌萠 蒋蔣 謡謠 録錄 隣鄰 随隨 頴穎 顔顏 黙默 昇曻 卯夘 喜㐂 姫姬 彦彥 慎愼
戸戶 柏栢 桝枡 氷冰 淵渕 清淸 煕熙凞 珍珎 皐皋 磯礒 祷禱 籠篭 翠翆 耕畊 芦蘆 諌諫 善譱 迩邇 鈎鉤 銭錢 錬鍊 闘鬭鬪 雁鴈
頚頸 鯵鰺 蝉蟬 蝋蠟 填塡 頬頰 掴摑 繋繫 醤醬 呑吞 躯軀 鹸鹼 麺麵 桟棧 柵栅 杯盃 略畧 群羣 幸倖 個箇 裏裡 砿礦
"""
# Not here: 阪, 碕, 悳, 埼 and others that are letters of their own, however alike they look or sound.

OLD: dict[str, str] = {
    old: row[0] for row in _ROWS.split() for old in row[1:] if normalize("NFKC", old) != row[0]
}
"""Glyph as it is written → glyph under which it is looked up."""

_OLD = str.maketrans(OLD)
_SELECTORS = regex("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_AGAIN = regex("([㐀-䶿一-鿿豈-﫿𠀀-𿿿])(々+)")


def modern(text: str) -> str:
    """Return a written name with each old glyph as its usual one, 々 as what it repeats, and no selectors of variants."""
    text = normalize("NFKC", _SELECTORS.sub("", text)).translate(_OLD)
    return _AGAIN.sub(lambda found: found[1] * (1 + len(found[2])), text)


KANJI = "〇㐀-䶿一-鿿豈-﫿𠀀-𿿿"
IS_KANJI = regex(f"[{KANJI}]")
_KANA_RUN = regex("[ぁ-ゖァ-ヺー゛゜\u3099\u309a]+")
_BETWEEN = regex(f"(?<=[{KANJI}])[ケヶカヵ](?=[{KANJI}])")
_SMALL = {"ケ": "ヶ", "カ": "ヵ"}
_BLANKS = regex(r"[\s・･]+")


def letters(name: str) -> str:
    """Return the name for the lattice: 関ケ原 as 関ヶ原, さとみ as サトミ, 髙橋 as 高橋; capitals; no blanks and no ・."""
    text = _BLANKS.sub("", modern(name)).upper()
    text = _BETWEEN.sub(lambda found: _SMALL.get(found[0], found[0]), text)
    return _KANA_RUN.sub(lambda found: found[0] if found[0] in {"ヶ", "ヵ"} else normal(found[0]), text)
