"""Words that say that there is something, and not how much or when: 「送料は実費」, 「順次発送」."""

from __future__ import annotations

import re
from unicodedata import normalize

from mamori.grammar.regex import regex
from mamori.japan.folding import pressed
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.wordings import AMOUNT, SPAN

_ELSEWHERE = (
    r"(?:商品|各|詳細|購入|注文|カート|決済|申込|販売|サービス|プラン|料金|送料"
    r"|手続)[^。\n]{0,16}?(?:ページ|画面|欄|表|一覧|カート|時)|ご覧|ご参照|see |ページ[^。\n]{0,8}(?:表示|記載|参照"
    r"|ご覧)|下(?:記|表)|以下の|上記|product page|checkout|cart|each page|listed|table"
)

_TELLS: dict[DisplayItem, re.Pattern[str]] = {
    DisplayItem.SHIPPING: regex(
        rf"{AMOUNT}|\d{{3,5}}(?!-|\d)|無料|free|込|含|(?:当(?:店|社|方)|弊社|販売者|出品者|ショップ)(?:が|で|にて"
        rf"|の)?(?:全額)?ご?負担|不要|かかりません|なし|発生(?:いた)?しません|included|no shipping|{_ELSEWHERE}"
    ),
    DisplayItem.DELIVERY: regex(
        rf"{SPAN.replace('|すぐ', '')}|{_ELSEWHERE}|(?:決済|購入|入金|支払い?|注文|申し?込み?|登録|手続|入会"
        rf"|完了)[^。]{{0,10}}?すぐ|\d{{1,2}}[/日]|指定(?:の)?日|開催日|予約日|同時|毎(?:月|週)|上旬|中旬|下旬|日時"
        rf"|期日|その場"
    ),
    DisplayItem.PAYMENT_TIME: regex(
        rf"引き?換|その場|同時|瞬間|時(?!期)|とき|際|あと|さき|後|前|先払|都度|毎月|日|引き?落|締|翌|到着|即|まで"
        rf"|以内|{SPAN}|at |upon|when|before|after|advance|within|checkout|order|purchase|due|month|immediate|prepa"
    ),
    DisplayItem.PRICE: regex(
        rf"{AMOUNT}|\d{{3}}|{_ELSEWHERE}|税込|税抜|表示|記載|無料|page|shown|listed|free"
    ),
}
_EVADES: dict[DisplayItem, re.Pattern[str]] = {
    DisplayItem.SHIPPING: regex(
        r"(?:地域|サイズ|重量|お住まい|配送先|お届け先)[^。\n]{0,16}(?:異なり|変わり|より|応じ"
        r"|による)[^。\n]{0,24}(?:連絡|お知らせ|案内|お見積|見積|$)|実費|別途(?:ご?連絡|お?見積|ご?案内|お知らせ"
        r"|ご?請求)?(?:$|いた|し|します)|都度"
    ),
    DisplayItem.PAYMENT_TIME: regex(
        r"別途|ご?相談|(?:各|決済|カード)[^。\n]{0,8}会社[^。\n]{0,10}(?:による|に(?:より|依存)|によって|の?通り"
        r"|の規|より異な|により|規定|規約)|追って|後日|その都度ご案内|応相談|適宜|カード(?:に(?:より|依存)"
        r"|による)[^。\n]{0,4}|依存し|(?:contact|ask) us|depend[^。\n]*|abhängig[^。\n]*"
    ),
    DisplayItem.PRICE: regex(r"相談|問い?合わ?せ|見積|時価|都度|聞いて|伝え|異な|違|dm|line|ask|depend|vari"),
    DisplayItem.PAYMENT_METHOD: regex(
        r"相談|問い?合わ?せ|定める方法|(?:当社|当店|弊社)(?:所定|指定)の方法|別途|案内|追って"
    ),
    DisplayItem.OTHER_CHARGES: regex(r"かかり|必要|発生|別途|申し受け|異な|いただきます|加算|場合があ"),
    DisplayItem.NONCONFORMITY: regex(r"規定|規約|相談|状況|別途|適宜"),
    DisplayItem.RECURRING_TERMS: regex(r"."),
    DisplayItem.COMPUTER: regex(r"."),
    DisplayItem.RETURNS: regex(
        r"ケースバイケース|(?:状況|内容|商品|場合)に(?:より|応じ)[^。\n]{0,16}(?:判断|対応|異な|決め|検討)|応相談"
        r"|ご?相談(?:ください|下さい|に応じ|の上)|都度[^。\n]{0,6}(?:判断|対応|相談)|case by case|contact us"
    ),
}
_TELLS |= {
    DisplayItem.PAYMENT_METHOD: regex(
        r"カード|振込|銀行|代引|代金引換|コンビニ|pay|ペイ|後払い|現金|振替|決済サービス|card|cash|bank|マネー|キャリア"
    ),
    DisplayItem.OTHER_CHARGES: regex(
        rf"{AMOUNT}|負担|無料|なし|ありません|ございません|お願い|実費|不要|含|込|free|none|no |paid by|bear|borne"
        rf"|your|表示|記載|購入者|お客様|当(?:店|社)|送料|ください|下さい|持ち|%"
    ),
    DisplayItem.NONCONFORMITY: regex(
        r"交換|返金|取り?替|修理|直し|お送り|無償|負いません|応じません|対応でき|再送|日以内|責任|refund|replac"
        r"|保証|返品|できません|いたしません|\d"
    ),
    DisplayItem.RECURRING_TERMS: regex(
        r"\d{1,3}\s?回(?!目)|縛り|解約|退会|やめ|停止|休止|期間|回数|cancel|まで|スキップ|終了"
    ),
    DisplayItem.COMPUTER: regex(
        r"\d|windows|mac|ios|android|chrome|safari|ブラウザ|pdf|以上|以降|最新|zoom|excel|word|不要|java|steam|os"
    ),
}
_FEE = regex(r"手数料[^、。\n]{0,12}?\d[\d,]{0,8}円")
_TITLE = regex(
    r"代表(?:者|取締役|理事|社員)?(?:社長)?|店長|店主|担当者?|責任者|運営|事務局|スタッフ|サポート|お客様|係|管理者"
    r"|社長|オーナー|販売|部長?|課長?|チーム|窓口|センター|manager|staff|owner|director|team|support|さん|ちゃん"
    r"|先生",
    re.I,
)
_KANA = regex(r"[ァ-ヴー-]+")
_RETURN_TELLS = regex(
    r"\d|不可|可(?!能性|否)|できません|でき(?:ます)|かねます|お断り|いたしません|致しません|承り|お受け(?:し|いた"
    r"|でき)|応じ(?:ます|ません|られ|かね)|無料|not accept|no return|within|受け付け|ありません|ございません|無効"
    r"|なし"
)


def is_vague(item: DisplayItem, values: tuple[str, ...]) -> bool:
    """Say whether words on an item leave open what the law wants to be told."""
    text = "\n".join(normalize("NFKC", value).casefold() for value in values)
    if item is DisplayItem.SHIPPING:
        text = _FEE.sub(" ", text)
    if item is DisplayItem.RETURNS:
        return _EVADES[item].search(text) is not None and not _RETURN_TELLS.search(text)
    if item is DisplayItem.PAYMENT_TIME:
        return not _TELLS[item].search(_EVADES[item].sub(" ", text))
    if item in _TELLS and item in _EVADES and item is not DisplayItem.SHIPPING:
        return _EVADES[item].search(text) is not None and not _TELLS[item].search(text)
    return item in _TELLS and not _TELLS[item].search(text)


def is_half_named(values: tuple[str, ...], representative: str) -> bool:
    """Say whether a person responsible is named by a title, a nickname or a family name alone."""
    for value in values:
        name = re.sub(r"^[^：:\n]{1,20}[：:]", "", value).strip()
        bare = pressed(_TITLE.sub("", name))
        own = pressed(representative)
        if (
            len(bare) >= 2
            and not (bare != own and own.startswith(bare))
            and not (_KANA.fullmatch(bare) and len(bare) <= 4)
        ):
            return False
    return True
