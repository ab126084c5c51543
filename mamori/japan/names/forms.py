"""The forms of corporations and how a bank abbreviates each: 株式会社 is ｶ), (ｶ or (ｶ), by where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.names.kana import modern, normal


class FormPlace(StrEnum):
    """Where the form stands: before the name (ｶ)X, behind it X(ｶ, or between X(ｶ)Y."""

    HEAD = "head"
    TAIL = "tail"
    MIDDLE = "middle"


PLACES = {
    FormPlace.HEAD: Text("前", "in front"),
    FormPlace.TAIL: Text("後ろ", "behind"),
    FormPlace.MIDDLE: Text("間", "between"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """One abbreviation, the written forms that it stands for, and how these are read in full."""

    short: str
    words: tuple[str, ...]
    full: tuple[str, ...]


def _form(line: str) -> Form:
    short, words, full = line.split()
    return Form(short, tuple(words.split(",")), tuple(full.split(",")))


FORMS: tuple[Form, ...] = tuple(
    _form(line)
    for line in (
        "カ 株式会社,(株) カブシキガイシヤ,カブシキカイシヤ,カブ",
        "ユ 有限会社,(有) ユウゲンガイシヤ,ユウゲンカイシヤ",
        "メ 合名会社,(名) ゴウメイガイシヤ,ゴウメイカイシヤ",
        "シ 合資会社,(資) ゴウシガイシヤ,ゴウシカイシヤ",
        "ド 合同会社,(同) ゴウドウガイシヤ,ゴウドウカイシヤ",
        "イ 医療法人社団,医療法人財団,社会医療法人,医療法人,(医) "
        "イリヨウホウジンシヤダン,イリヨウホウジンザイダン,シヤカイイリヨウホウジン,イリヨウホウジン",
        "ザイ 一般財団法人,公益財団法人,財団法人,(財),(一財),(公財) "
        "イツパンザイダンホウジン,コウエキザイダンホウジン,ザイダンホウジン",
        "シヤ 一般社団法人,公益社団法人,社団法人,(社),(一社),(公社) "
        "イツパンシヤダンホウジン,コウエキシヤダンホウジン,シヤダンホウジン",
        "シユウ 宗教法人,(宗) シユウキヨウホウジン",
        "ガク 学校法人,(学) ガツコウホウジン",
        "フク 社会福祉法人,(福) シヤカイフクシホウジン",
        "ソ 相互会社,(相) ソウゴガイシヤ,ソウゴカイシヤ",
        "ホゴ 更生保護法人 コウセイホゴホウジン",
        "トクヒ 特定非営利活動法人,NPO法人 トクテイヒエイリカツドウホウジン,エヌピ-オ-ホウジン,NPOホウジン",
        "チドク 地方独立行政法人 チホウドクリツギヨウセイホウジン",
        "ドク 独立行政法人,国立研究開発法人 ドクリツギヨウセイホウジン,コクリツケンキユウカイハツホウジン",
        "ベン 弁護士法人 ベンゴシホウジン",
        "チユウ 有限責任中間法人,無限責任中間法人,中間法人 "
        "ユウゲンセキニンチユウカンホウジン,ムゲンセキニンチユウカンホウジン,チユウカンホウジン",
        "ギヨ 行政書士法人 ギヨウセイシヨシホウジン",
        "シホウ 司法書士法人 シホウシヨシホウジン",
        "ゼイ 税理士法人 ゼイリシホウジン",
        "ダイ 国立大学法人,公立大学法人 コクリツダイガクホウジン,コウリツダイガクホウジン",
        "ノウ 農事組合法人 ノウジクミアイホウジン",
        "カンリ 管理組合法人 カンリクミアイホウジン",
        "ロウム 社会保険労務士法人 シヤカイホケンロウムシホウジン",
    )
)

BRANCHES: dict[str, tuple[str, ...]] = {
    "営業所": ("エイ", "エイギヨウシヨ", "エイギヨウジヨ"),
    "出張所": ("シユツ", "シユツチヨウジヨ", "シユツチヨウシヨ"),
}
"""Written word behind the name → its abbreviation, as in (ｴｲ, and its full readings."""

TRADES: dict[str, str] = {
    "国民健康保険団体連合会": "コクホレン",
    "国保団体連合会": "コクホレン",
    "社会保険診療報酬支払基金": "シヤホ",
    "支払基金": "シヤホ",
    "共済農業協同組合連合会": "キヨウサイレン",
    "農業協同組合連合会": "ノウキヨウレン",
    "漁業協同組合連合会": "ギヨレン",
    "国民健康保険組合": "コクホ",
    "健康保険組合": "ケンポ",
    "厚生年金基金": "コウネン",
    "社会福祉協議会": "シヤキヨウ",
    "食糧販売協同組合": "シヨクハンキヨウ",
    "生活協同組合": "セイキヨウ",
    "農業協同組合": "ノウキヨウ",
    "漁業協同組合": "ギヨキヨウ",
    "共済組合": "キヨウサイ",
    "協同組合": "キヨウクミ",
    "労働組合": "ロウクミ",
    "生命保険": "セイメイ",
    "海上火災保険": "カイジヨウ",
    "海上火災": "カイジヨウ",
    "火災海上保険": "カサイ",
    "火災海上": "カサイ",
    "連合会": "レン",
}
"""A word of a business within the name → how banks shorten it, without brackets; the full word is good as well."""


# A corporation's name taken apart, as it is written and as an account has it: form, where it stands, name, branch.


_WRITTEN = {word: form for form in FORMS for word in form.words}
_FORM_WORDS = regex("|".join(re.escape(w) for w in sorted(_WRITTEN, key=len, reverse=True)))
_BRANCH_WORDS = regex(f"({'|'.join(BRANCHES)})$")
_SHORT = {form.short: form for form in FORMS}
_ABBREVIATIONS = "|".join(sorted([*_SHORT, "カブ"], key=len, reverse=True))
_HEAD = regex(rf"\(?({_ABBREVIATIONS})\)")
_TAIL = regex(rf"\(({_ABBREVIATIONS})\)?$")
_MIDDLE = regex(rf"\(({_ABBREVIATIONS})\)")
_FULL = {full: short for short, *readings in BRANCHES.values() for full in readings}
_BRANCH = regex(rf"\((エイ|シユツ)\)?$|({'|'.join(_FULL)})$")
_BLANKS = regex(r"[\s・]+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A name's parts: what stands before and behind its form, or all of it before where it has none."""

    before: str
    behind: str = ""
    form: Form | None = None
    place: FormPlace | None = None
    branch: str = ""
    """The branch's abbreviation, エイ or シユツ."""


def _placed(text: str, start: int, end: int, form: Form, branch: str) -> Placed:
    before, behind = text[:start], text[end:]
    if not before:
        return Placed("", behind, form, FormPlace.HEAD, branch)
    return Placed(before, behind, form, FormPlace.MIDDLE if behind else FormPlace.TAIL, branch)


def written(name: str) -> Placed:
    """Take apart a name as it is registered: 山田商店株式会社千葉営業所, ㈱髙島屋."""
    text, branch = _BLANKS.sub("", modern(name)), ""
    if found := _BRANCH_WORDS.search(text):
        text, branch = text[: found.start()], BRANCHES[found[1]][0]
    if (found := _FORM_WORDS.search(text)) is None:
        return Placed(text, branch=branch)
    return _placed(text, *found.span(), _WRITTEN[found[0]], branch)


def in_account(kana: str) -> Placed:
    """Take apart a holder's kana with brackets: ｶ)ﾀｶｼﾏﾔ, ﾔﾏﾀﾞｼﾖｳﾃﾝ(ｶ)ﾁﾊﾞ(ｴｲ; full words stay in the name."""
    text, branch = normal(kana), ""
    if found := _BRANCH.search(text):
        text, branch = text[: found.start()], found[1] or _FULL[found[2]]
    found = _HEAD.match(text) or _TAIL.search(text) or _MIDDLE.search(text)
    if found is None:
        return Placed(text, branch=branch)
    return _placed(text, *found.span(), _SHORT["カ" if found[1] == "カブ" else found[1]], branch)


def spelt_out(kana: Placed, form: Form, place: FormPlace) -> list[Placed]:
    """Return the ways in which a name without brackets carries that form as a full word at that place."""
    found: list[Placed] = []
    for word in form.full:
        if place is FormPlace.HEAD and kana.before.startswith(word):
            found.append(Placed("", kana.before[len(word) :], form, place, kana.branch))
        elif place is FormPlace.TAIL and kana.before.endswith(word):
            found.append(Placed(kana.before[: -len(word)], "", form, place, kana.branch))
        elif place is FormPlace.MIDDLE and word in kana.before[1:-1]:
            before, _, behind = kana.before.partition(word)
            found.append(Placed(before, behind, form, place, kana.branch))
    return found
