"""Whether a display says of one thing the one and the contrary: free and for money, to be sent back and not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.rooms.display.rules.text.wordings import AMOUNT

CLAUSE = regex(r"[。\n！!;；]|(?<=[a-z])\. ")
_PIECE = regex(r"[。\n！!;；、，]|(?<=[a-z])[.,] |(?<=円)[・/ ]|ただし|但し")

_CONDITION = regex(
    r"以上|未満|以下|超え|場合|限り|限定|お?まとめ|会員|定期|初回|対象|一部|条件|ご購入で|のみ|除く|以外|離島|沖縄"
    r"|北海道|地域|サイズ|クール|冷凍|冷蔵|代引|手数料|あたり|につき|追加|別途|メール便|ネコポス|レターパック|ゆう"
    r"|定形|宅配便|宅急便|ヤマト|佐川|速達|海外|東北|関東|九州|四国|期間|over|above|under|below|orders? of|except"
    r"|only|if\b|express|standard|members?"
)
_FREE = regex(
    r"^送料込み?(?:です)?$|[(・、]送料込み?\)?$|^日本全国[^\d]{0,4}無料|送料[^\d、]{0,12}(?:無料|かかりません|込み"
    r"|0円|当(?:店|社)負担)|全(?:国|品)[^\d]{0,8}送料?無料|^(?:全国)?(?:一律)?無料|free shipping"
    r"|shipping (?:is )?(?:always )?free|free delivery"
)
_COSTS = regex(
    rf"^[^\d]{{0,12}}?(?:送料|配送料|配送費|shipping|flat rate)[^\d無円]{{0,16}}?(?P<yen>{AMOUNT})"
    rf"|^(?:国内|日本)?(?:全国)?(?:一律|どこでも)[^\d無円]{{0,6}}(?P<flat>{AMOUNT})"
    rf"|^[^\d無]{{0,10}}(?P<of>{AMOUNT})の(?:配?送料)|^(?P<bare>{AMOUNT})"
)
_MAINLAND = regex(r"関東|関西|本州|東北|九州|中国|近畿|東海|全国")
_LIMITED = regex(r"以上|未満|離島|クール|代引|手数料|以下")
_OF_COURSE = regex(r"コース|定期|回分|総額|初回|キャンペーン|返")
_BELOW = regex(r"([\d,]{3,9})円(?:\(税込\))?[^。\n円]{0,8}未満[^。\n]{0,48}?一律\s?([\d,]{2,7})円")
_COLLECT = regex(r"着払い?で?(?:の)?(?:発送|お送り|お届け|配送)")
_OF_RETURN = regex(r"返品|返送|交換|不良|return")

_DEFECT = regex(
    r"不良|初期|破損|汚損|誤|相違|違い|異な|不適合|欠陥|キズ|傷|瑕疵|当(?:店|社|方)の|不備|間違|damage|defect|wrong"
    r"|fault|incorrect|error|dead"
)
_NO = regex(
    r"^(?:無し|なし|不可|できません|お受けできません)(?:です|$)|(?:返品|交換|返金"
    r"|キャンセル)[^。\n可]{0,30}?(?:不可|できません|出来ません|いたしません|致しません|できない|しない"
    r"|いただけません|なれません|応じません|返金しません|おりません|かねます|お断り|受け付けません|受付けません"
    r"|応じられません|お受けしません|ございません|なし)|ノーリターン"
    r"|no (?:returns|refunds)|non-?refundable|(?:not|cannot|don't|never) (?:be )?(?:accept|return|refund)"
    r"|all sales (?:are )?final"
)
_YES = regex(
    r"(?:返品|交換|返金|キャンセル)[^。\n不]{0,60}?(?:可(?!否)|可能|承り|お受け(?:いたします|します|して(?:い"
    r"|お)り?ます|でき(?!ま?せん))|できます|出来ます|いただけます|応じ(?:ます|させ)|ok|大丈夫|対応(?:いた|し)ます"
    r"|受け付け(?:ます|てお|いた))|\d{1,3}日以内[^。\n不]{0,24}?(?:返品|返金)(?:(?!ません)[^。\n不]){0,8}(?:可|ください"
    r"|連絡|でき(?!ません)|お受け(?!でき)|$)"
    r"|全額(?:を)?(?:返金|お返し|ご返金)|いつでも[^。不]{0,6}返金|(?:returns?|refunds?) (?:are )?accepted"
    r"|can (?:be )?return|(?:may|full) (?:return|refund)|within \d{1,3} days"
)
_OF_CUSTOMER = regex(r"お?客様(?:の)?(?:ご)?都合|自己都合|イメージ違い|change of mind|思っていた|注文間違い")
_WITHIN = regex(r"(\d{1,3})\s?日以内")
_SORTED = regex(r"開封|セール|受注|オーダー|名入れ|食品|アウトレット|交換")
_EXCEPTION = regex(r"ただし|但し|なお")
_ALWAYS = regex(r"に(?:関|かか)わらず|であっても|を問わず|いかなる")
_SPLIT = regex(
    r"場合|後は|過ぎ|以降|当日|後の|その後|開封|使用|セール|受注|オーダー|名入れ|食品|生鮮|性質|除|以外|発送後"
    r"|ダウンロード後|一部|デジタル|下着|衛生|汚れ|アウトレット|after|opened|used|custom|sale items|except"
)
_ALL = regex(r"一切|いかなる|全て|すべて|どのような|理由の如何|いかなる理由|any reason|all sales|under any")


def contradicts_shipping(values: tuple[str, ...]) -> bool:
    """Say whether shipping is free without condition in one place and costs money without condition in another."""
    free, amounts, regional, collects = set[int](), set[str](), set[int](), False
    for at, value in enumerate(values):
        if at and _OF_COURSE.search(value):
            continue
        for clause in _clauses((value,), _PIECE):
            if _OF_RETURN.search(clause):
                continue
            collects = collects or _COLLECT.search(clause) is not None
            found = _COSTS.search(clause)
            if (
                found is None
                and _MAINLAND.search(clause)
                and not _LIMITED.search(clause)
                and re.search(AMOUNT, clause)
            ):
                regional.add(at)
            if _CONDITION.search(clause):
                continue
            if _FREE.search(clause):
                free.add(at)
            if found is not None:
                amounts.add(re.sub(r"\D", "", next(filter(None, found.groups()))))
    steps = dict[str, set[str]]()
    for clause in _clauses(values, CLAUSE):
        for step, amount in _BELOW.findall(clause):
            steps.setdefault(step, set()).add(amount)
    if any(len(prices) > 1 for prices in steps.values()):
        return True
    is_paid = bool(amounts - {"0"} or collects or any(regional - {at} for at in free))
    return (bool(free) and is_paid) or (len(amounts - {"0"}) > 1 and len(values) > 1)


def contradicts_returns(values: tuple[str, ...]) -> bool:
    """Say whether returns are refused altogether in one place and taken in another, though nothing is broken."""
    read = [_Clause.of(clause) for clause in _clauses(values, CLAUSE)]
    days = {day for one in read for day in one.days}
    noes = [one for one in read if one.is_no]
    yeses = [one for one in read if one.is_yes]
    is_always = any(one.is_always for one in noes) and bool(yeses)
    of_all = any(not one.is_customer and not one.is_split for one in noes) and any(
        not one.is_split and not one.is_exception for one in yeses
    )
    of_customer = any(one.is_customer and one.is_all for one in noes) and any(
        one.is_customer and not one.is_exception for one in yeses
    )
    of_customer = of_customer or (
        any(one.is_customer and not one.is_split for one in noes)
        and any(one.is_customer and not one.is_split for one in yeses)
    )
    return is_always or of_all or of_customer or len(days) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """What a clause says of returns; what speaks of defects says nothing of the rest."""

    is_no: bool
    is_yes: bool
    is_customer: bool
    is_split: bool
    is_exception: bool
    is_always: bool
    is_all: bool
    days: tuple[str, ...]

    @classmethod
    def of(cls, clause: str) -> _Clause:
        """Read a clause."""
        is_no, is_yes = _NO.search(clause) is not None, _YES.search(clause) is not None
        tells = is_no is not is_yes and _DEFECT.search(clause) is None
        is_customer = _OF_CUSTOMER.search(clause) is not None
        counts = is_customer and not is_no and not _DEFECT.search(clause) and not _SORTED.search(clause)
        return cls(
            is_no=is_no and tells,
            is_yes=is_yes and tells,
            is_customer=is_customer,
            is_split=_SPLIT.search(clause) is not None and not _ALL.search(clause),
            is_exception=_EXCEPTION.match(clause) is not None,
            is_always=_ALWAYS.search(clause) is not None,
            is_all=_ALL.search(clause) is not None,
            days=tuple(_WITHIN.findall(clause)) if counts else (),
        )


def _clauses(values: tuple[str, ...], at: re.Pattern[str]) -> Iterator[str]:
    for value in values:
        yield from (one.strip() for one in at.split(normalize("NFKC", value).casefold()) if one.strip())
