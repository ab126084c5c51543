"""Whether a display says the contrary of a term elsewhere: paid before and after, three days and two weeks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.checks.contradictions import CLAUSE, contradicts_returns, contradicts_shipping

_BEFORE = regex(
    r"前払|先払|(?:注文|申し?込み?|予約)(?:後|から|の日から|日から)[^。]{0,12}(?:日|以内)|in advance|prepa"
)
_AFTER = regex(r"(?:到着|着い|受け?取|お?届け)(?:後|して|てから|の後|たあと)|後払いで")
_CARD_FIRST = regex(r"カード[^。、]{0,10}(?:注文|購入|申し?込み?)[^。、]{0,4}(?:時|とき)")
_CARD_LATER = regex(r"カード[^。]{0,30}(?:送付|発送|到着|納品|お?届け)[^。、]{0,6}\d{1,3}日後")
_OF_TRANSFER = regex(r"振込|振り込|銀行|transfer")
_OF_OTHER_WAY = regex(r"カード|代引|代金引換|コンビニ|郵便振替|払込票|後払い決済|半金|残金|paypay|card")
_EVERY = regex(
    r"全商品|すべて|全て|どの商品|いずれの商品|全品|必ず|一律|どれも|all (?:items|orders|products)"
)
_SPAN = regex(r"(\d{1,3})\s?(?:営業|就業)?(日|週間|[かヶケカ]月)")
_EVERY_TIME = regex(r"(?:納期|発送|お?届け)[^。]{0,6}(?:すべて|全て|必ず)")
_DUE = regex(r"(?:から|後)[^。]{0,10}(?:以内|で発送|に発送)$")
_IN_DAYS = {"日": 1, "週間": 7}
_SENT = regex(r"納期|発送|出荷|届け|お送り|納品|引き?渡|提供")
_MONTH = regex(r"(?:発送|お?届け|出荷)は[^。]{0,6}\d{1,2}月")
_MONTHLY = regex(r"月額(?:料金|会費)?(?:は|:)?\s?(\d[\d,]{2,7})円")
_OF_PLAN = regex(r"プラン|コース|[、・].*月額")
_CARD_TAKEN = regex(
    r"カード(?!は|が|を?ご?利用(?:いただけ|でき)ません|では)[^。、]{0,12}(?:のみ|ok|可|決済|払い|$|[(、/])"
    r"|クレジットカード$|カード(?:ok|のみ)"
)
_CARD_REFUSED = regex(
    r"カード(?:決済|払い)?(?:は|が|では)[^。、]{0,8}(?:使えません|ご?利用(?:いただけ|でき)ません"
    r"|お使いいただけません|使え(?:ない|なく)|不可|取り扱って(?:い|お)り?ません)"
)
_SELLER_BEARS = regex(r"手数料[^。、]{0,10}(?:当(?:店|社|方)|弊社)[^。、]{0,4}負担")
_BUYER_BEARS = regex(r"手数料[^。、]{0,10}(?:お客様|購入者|ご負担(?:ください|下さい|願|をお願い|いただ))")
_TAX_IN = regex(r"(?:税込|税金?込|内税|消費税(?:を)?(?:含|込))")
_TAX_OUT = regex(r"税[^。、]{0,8}(?:別途|加算)|別途[^。、]{0,6}(?:消費)?税|税別|税抜|外税")
_MENDS = regex(r"交換|返金|取り?替え|お?直し|修理|再送|新しい|代わり|無償")
_REFUSES = regex(
    r"(?:いかなる|どのような|一切)[^。]{0,24}(?:応じ(?:ません|られ)|お受け(?:し|でき)ません|責任を負い|対応(?:でき"
    r"|いたし|し)(?:ません|ない)|できません)|対応(?:でき|し)ない|責任を負いません"
)
_OF_DEFECT = regex(r"不良|破損|壊れ|こわれ|欠陥|いかなる理由")
_FREE_TO_LEAVE = regex(
    r"縛り(?:は|が)?(?:なし|ありません|ない|ございません|一切)|最低(?:利用|継続|契約)(?:期間|回数)(?:は"
    r"|の定めは)?(?:なし|ありません|ない|ございません)|(?:初回|1回)(?:だけ|のみ|限り)で(?:も)?(?:解約|やめ)"
    r"|いつでも(?:解約|可|やめ|休止|退会)"
)
_BOUND = regex(
    r"最低\s?\d{1,2}\s?(?:回|[かヶケカ]月|年)|\d{1,2}\s?(?:回|[かヶケカ]月間?|年間?)(?:以上)?(?:の|は"
    r"|間は)[^。]{0,12}(?:継続|お?受け?取り|解約(?:でき|は(?:でき|お受け))|約束|条件|必要)"
    r"|途中解約[^。]{0,8}(?:不可|できません|お受け)"
)
_DEVICES = ("iphone", "android", "windows", "mac", "ipad", "ios")
_NOT_FOR = regex(
    r"({})(?:版)?(?:に|で)?は[^。、]{{0,8}}(?:対応して(?:い|お)り?ません|非対応|動作しません|ご?利用(?:いただけ"
    r"|でき)ません|対応外)".format("|".join(_DEVICES))
)


def _pays(clauses: list[str]) -> bool:
    """Say whether one way to pay is said to come before and after the goods."""
    if any(_CARD_FIRST.search(one) for one in clauses) and any(_CARD_LATER.search(one) for one in clauses):
        return True
    before = any(_BEFORE.search(one) and not _OF_OTHER_WAY.search(one) for one in clauses)
    return before and any(
        _AFTER.search(one)
        and _OF_TRANSFER.search(one)
        and not _OF_OTHER_WAY.search(one)
        and not _BEFORE.search(one)
        for one in clauses
    )


def _delivers(clauses: list[str]) -> bool:
    """Say whether all goods are said to be sent in two different times."""
    every = [one for one in clauses if _SENT.search(one) and _EVERY.search(one)]
    spans = {_days(one) for one in every} - {0}
    if len(every) == 1 and len(clauses) > 1 and spans and _EVERY_TIME.search(every[0]):
        spans |= {_days(one) for one in clauses if _DUE.search(one)} - {0}
    return len(spans) > 1 or bool(
        spans and any(_MONTH.search(one) and not _SPAN.search(one) for one in clauses)
    )


def _days(clause: str) -> int:
    found = _SPAN.search(clause)
    return int(found[1]) * _IN_DAYS.get(found[2], 30) if found else 0


def _prices(clauses: list[str]) -> bool:
    """Say whether one monthly price has two amounts, or prices are with tax and without."""
    plain = [one for one in clauses if not _OF_PLAN.search(one)]
    months = {tuple(amounts) for one in plain if (amounts := _MONTHLY.findall(one))}
    both = any(_TAX_IN.search(one) and not _TAX_OUT.search(one) for one in clauses) and any(
        _TAX_OUT.search(one) and not _TAX_IN.search(one) for one in clauses
    )
    return len(months) > 1 or both


def _both(one: re.Pattern[str], other: re.Pattern[str]) -> Callable[[list[str]], bool]:
    """Return whether one clause says the one and another the other."""

    def says(clauses: list[str]) -> bool:
        return any(one.search(clause) and not other.search(clause) for clause in clauses) and any(
            other.search(clause) and not one.search(clause) for clause in clauses
        )

    return says


def _defects(clauses: list[str]) -> bool:
    return any(_MENDS.search(one) and not _REFUSES.search(one) for one in clauses) and any(
        _REFUSES.search(one) and _OF_DEFECT.search(one) for one in clauses
    )


def _devices(clauses: list[str]) -> bool:
    refused = {found[1] for one in clauses for found in _NOT_FOR.finditer(one)}
    return any(device in one and not _NOT_FOR.search(one) for device in refused for one in clauses)


_RULES: Mapping[DisplayItem, Callable[[list[str]], bool]] = {
    DisplayItem.PRICE: _prices,
    DisplayItem.PAYMENT_METHOD: _both(_CARD_TAKEN, _CARD_REFUSED),
    DisplayItem.PAYMENT_TIME: _pays,
    DisplayItem.OTHER_CHARGES: _both(_SELLER_BEARS, _BUYER_BEARS),
    DisplayItem.DELIVERY: _delivers,
    DisplayItem.NONCONFORMITY: _defects,
    DisplayItem.COMPUTER: _devices,
    DisplayItem.RECURRING_TERMS: _both(_FREE_TO_LEAVE, _BOUND),
}


def contradicts(item: DisplayItem, values: tuple[str, ...]) -> bool:
    """Say whether words on one item say the one and the contrary."""
    if item is DisplayItem.SHIPPING:
        return contradicts_shipping(values)
    if item is DisplayItem.RETURNS:
        return contradicts_returns(values)
    return item in _RULES and _RULES[item](list(_clauses(values)))


def _clauses(values: tuple[str, ...]) -> Iterator[str]:
    for value in values:
        yield from (one.strip() for one in CLAUSE.split(normalize("NFKC", value).casefold()) if one.strip())
