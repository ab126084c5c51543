"""The table of wordings: how a sentence without a label says an item.  A wording is added here and nowhere else."""

from __future__ import annotations

import re

from mamori.grammar.regex import regex
from mamori.law.display import DisplayItem

AMOUNT = (
    r"(?:\d[\d,]{0,12}\s{0,2}万?円|[一二三四五六七八九十百千]{1,7}万?円|[¥￥\\]\s?\d[\d,]{0,12}"
    r"|\d[\d,]{0,12}\s?(?:yen|jpy|usd|dollars?|元)|\$\s?\d)"
)
FREE = (
    r"(?:無料|0円|込み?(?:です|価格|。|$|\)|）)|サービス(?:いたし|し|です)|free\b|included|当(?:店|社|方)(?:が|で"
    r"|の)?ご?負担)"
)
SPAN = (
    r"(?:(?:\d{1,4}|[一二三四五六七八九十]{1,3}|数)\s{0,2}[~〜～-]?\s{0,2}\d{0,4}\s{0,2}(?:営業|就業|業務|診療|稼働"
    r"|業|business |working |calendar )?\s*(?:日|時間|週間?|[かヶケカ]月|ヵ月|か年|分|days?|hours?|weeks?|months?"
    r"|minutes?)"
    r"|即(?:日|時)|当日|翌[^\s。、]{0,3}日|翌[々]?(?:週|月)|直後|直ちに|ただちに|すぐ|月末|\d{1,2}月"
    r"|\d{1,2}/\d{1,2}|immediate|instant|same day|next (?:business )?day|right (?:after|away)|once)"
)
_LATER = r"(?:時|後|前|次第|までに|以内|直後|当日|翌|の際|と同時|毎月|都度)"

_TABLE: dict[DisplayItem, str] = {
    DisplayItem.SHIPPING: rf"送料.{{0,8}}?別|送料は.|配送費\d|全国(?:どこでも|どこへでも|一律).{{0,6}}?{AMOUNT}"
    rf"|日本?全国無料|(?:配?送料|配送費|配達料|運賃|postage|shipping|delivery (?:fee|cost"
    rf"|charge)).{{0,60}}?(?:{AMOUNT}|{FREE}|実費|別途|一律|着払|元払|地域|サイズ|負担|異なり|かかり)"
    rf"|(?:{AMOUNT}|無料).{{0,20}}?(?:で|にて)(?:お届け|配送|発送)|free (?:shipping|delivery)|着払い?(?:で"
    rf"|にて)?.{{0,8}}(?:発送|お送り|お届け|配送)",
    DisplayItem.RETURNS: r"返品|(?:気が変わ|お気に召さ|思っていたのと)|お取り?消し|返金|(?:ご?注文|購入"
    r"|お?申し?込み?).{0,12}(?:キャンセル|取り?消)|キャンセル.{0,20}(?:可|でき|お受け|不可|承|ません|ください)"
    r"|クーリング.?オフ|交換(?:いたし|致し|し|を承|に応|は|も|でき|のみ|可|対応|・|や|、)"
    r"|\b(?:returns?|refund(?:s|ed|able)?|cancell?ations?|cancell?(?:ed)?|exchange[ds]?)\b|non-?refundable",
    DisplayItem.DELIVERY: rf"日に?(?:実施|開催)|(?:たら|次第|しだい|あがり)[^。]{{0,8}}?(?:お?送|発送|届)|(?:登録|決済|購入"
    rf"|入金|申し?込み?)[^。]{{0,8}}(?:すぐ|直後)[^。]{{0,8}}使え|(?:予約|指定|ご希望)(?:いただいた"
    rf"|された)?の?(?:日|時).{{0,24}}(?:提供|行い|実施|伺|開始)|(?:発送|お?届け|配送|出荷)(?:は"
    rf"|まで).{{0,30}}?(?:時間|お待|待って|次第|しだい|早|相談|ゆっくり|でき)|(?:レッスン|セッション|日程|講座|作業"
    rf"|鑑定).{{0,20}}(?:都合|相談|調整|決め)|(?:発送|出荷|お?届け|配送|配達|納品|引き?渡|お?送り|提供|配信"
    rf"|ダウンロード|視聴|受講|閲覧|利用(?:開始|可能|いただけ)|アクセス|到着|お手元|作業開始|納期).{{0,40}}?{SPAN}"
    rf"|{SPAN}.{{0,40}}?(?:発送|出荷|お?届け|配送|配達|納品|引き?渡|お?送り|提供|配信|ダウンロード|視聴|受講|閲覧"
    rf"|利用(?:開始|可能|いただけ)|アクセス|到着|お手元)"
    r"|(?:順次|速やかに|なるべく早く|できるだけ早く|随時).{0,12}(?:発送|出荷|お?届け|配送|お送り|提供)"
    rf"|\b(?:ship(?:ped|s|ment)?|deliver(?:ed|y)?|dispatch(?:ed)?|sent|available|download(?:ed)?"
    rf"|access)\b.{{0,50}}?(?:within|in|after|by)?.{{0,12}}?{SPAN}",
    DisplayItem.PAYMENT_METHOD: r"(?:振込|振り込み|paypay|ペイペイ|カード|代引き?)か(?:お?振込|お?振り込み|paypay|ペイペイ"
    r"|クレジット|カード|代引)|払い?は.{0,12}(?:代引|カード|振込|現金|振り込)|払込用紙|(?:カード|クレカ|現金"
    r"|振込)(?:は|も)?.{0,8}?(?:ok|利用|使え|ご利用)|(?:お金|代金|会費|半金).{0,24}?(?:現金|振込|このサイト|カード)"
    r"|(?:クレジット|カード|銀行|振込|振り込み|代金引換|代引|コンビニ|paypay|ペイペイ|paypal|後払い|口座振替"
    r"|電子マネー|キャリア決済|楽天ペイ|apple ?pay|google ?pay|amazon ?pay|line ?pay|d払い|au ?pay|visa|jcb|stripe"
    r"|ゆうちょ|現金).{0,40}?(?:支払|決済|利用|使え|対応|お選び|可|受け付け|承|のみ|いずれ|振込|払い)"
    r"|(?:支払い?|決済|pay).{0,40}?(?:クレジット|カード|銀行振込|代金引換|代引|コンビニ|paypay|paypal|後払い|現金"
    r"|credit|bank|card|cash|convenience)|(?:accept|pay (?:by|with|via)).{0,40}(?:card|bank|paypal|visa|cash"
    r"|konbini|convenience)",
    DisplayItem.PAYMENT_TIME: rf"(?:注文|購入|申し?込|商品|発送|到着|契約|予約|受取|手続|決済|確定|お?届け|引き?換|納品"
    rf"|送付|月額|初回|請求書).{{0,24}}?{_LATER}.{{0,32}}?(?:支払|決済|振り?込|入金|引き?落|課金|請求|払い)"
    rf"|(?:支払い?|決済|振り?込み?|入金|引き?落とし|課金|請求)(?:は|時期|の|を|が|確定)?.{{0,24}}?(?:注文|購入"
    rf"|申し?込|商品|発送|到着|契約|予約|受取|お?届け|引き?換|手続|送付).{{0,12}}?{_LATER}"
    r"|(?:前払|先払|後払|前金|都度払)|(?:毎月|翌月|当月)\s{0,2}\d{0,2}(?:日|末).{0,16}(?:支払|決済|引き?落|課金"
    r"|請求)|\d{1,3}\s{0,2}(?:営業)?日以内.{0,10}(?:支払|振り?込|入金)"
    r"|\b(?:charged|billed|pay(?:ment|able)?|paid|due)\b.{0,60}?\b(?:at|upon|when|within|before|after|on|in advance"
    r"|prepa)\b.{0,40}?(?:order|purchase|checkout|days?|ship|deliver|month|receipt|booking|confirm)|in advance"
    r"|cash on delivery|prepaid|prepayment",
    DisplayItem.PRICE: rf"(?:価格|値段|ねだん|お代|レッスン料|料金)は[^。、]|(?:価格|代金|料金|金額|値段|ねだん|対価"
    rf"|販売価額|受講料|会費|お代|[一-龠ァ-ヶ]{{1,6}}料|プラン|コース)(?:は|も|を|が|:|\s|に).{{0,40}}?(?:表示|記載"
    rf"|ページ|参照|{AMOUNT}|税込|税抜|消費税|通り|とおり|ご覧|書いて|書き|載せ|ところ|画面|写真|違う|異な|伝え"
    rf"|見て)"
    rf"|(?:表示|商品|販売|各).{{0,6}}(?:価格|金額|料金|値段|ページ).{{0,24}}(?:税|表示|{AMOUNT})"
    rf"|(?:月額|年額|税込|1個|1点|1回|一つ|定価|各|一律|ひとつ|一鉢).{{0,8}}?{AMOUNT}"
    rf"|{AMOUNT}[^。\n]{{0,14}}?税(?:込|抜|別)|\bprices?\b.{{0,60}}?(?:page|shown|listed|display|stated|indicated"
    rf"|includ|{AMOUNT})|(?:価格|値段|料金)は?.{{0,12}}?(?:dm|line|問い?合わ|聞いて|見積)",
    DisplayItem.OTHER_CHARGES: r"代引き?[^。、]{0,6}\d{2,4}円|手数料|(?:振込|振り込み|送金|払込)料|入湯税|通信料|通信費"
    r"|パケット|接続料|関税|輸入税|諸費用|追加料金|その他の?(?:料金|費用)|以外(?:に|の).{0,12}(?:料金|費用|負担)"
    r"|customs|import dut|transfer fee|bank fee|additional (?:fee|charge|cost)|no (?:other|additional|extra) (?:fee"
    r"|charge|cost)",
    DisplayItem.COMPUTER: r"動作環境|(?:iphone|android|windows|mac|ipad).{0,12}(?:対応|動作|利用)|対応os|推奨(?:環境"
    r"|ブラウザ)|(?:windows|macos|mac os|ios|android|chrome|safari|edge).{0,40}(?:以上|以降|最新|対応|必要|動作"
    r"|推奨|or later|or newer|required|latest)|(?:requires?|works on|compatible with).{0,40}(?:windows|mac|ios"
    r"|android|browser)|pdf.{0,20}(?:閲覧|ソフト|リーダー|reader|表示|開け)",
    DisplayItem.RECURRING_TERMS: r"(?:会員|契約|利用)期間.{0,24}更新|\d年間?更新|自動で(?:続|つづ|更新)|repeats? (?:every"
    r"|each)|定期(?:購入|便|コース|お届け|購読|契約)|自動(?:更新|継続|的に更新)|毎月.{0,20}(?:お届け|更新|課金"
    r"|引き?落|自動|請求)|\d{1,3}回(?:以上|目|まで)?.{0,12}(?:継続|続け|受け取|約束|縛)|サブスク|次回(?:更新|お届け"
    r"|発送|決済)|解約.{0,30}(?:まで|いつでも|可|でき|手続|マイページ)|subscription|auto-?renew"
    r"|renews? automatically|recurring|each month|billed monthly",
    DisplayItem.LIMITS: r"お?(?:一人|1人|ひとり|一家族|1家族|一世帯|1世帯)(?:様)?.{0,8}(?:\d{1,4}|[一二三四五])\s{0,2}(?:点"
    r"|個|枚|本|セット|回|台|冊|つ|箱|袋|着)|(?:20|18|二十|十八)歳(?:未満|以上)|最低注文|limited? to \d+"
    r"|per (?:customer|person|household)|年齢(?:確認|制限)|数量限定",
    DisplayItem.PERIOD: r"(?:申し?込み?|受付|注文|販売|予約|募集).{0,16}(?:\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}"
    r"|20\d\d).{0,20}(?:まで|締|〆|から)|(?:受付|申し?込み?|販売|予約|募集)(?:期間|締切|期限)"
    r"|orders? (?:are )?accepted (?:until|through)",
    DisplayItem.NONCONFORMITY: r"不良|契約(?:内容)?(?:に|不)適合|瑕疵|破損|汚損|欠陥|defect|damaged|faulty|相違",
}
PAID = regex(
    r"時期は|引き?換え|(?:注文|購入|申し?込|予約|契約|確定|到着|届|着い|受け?取|引き?換|発送|完了|終わ|手続"
    r"|チェックイン|宿泊|利用)[^。、]{0,12}?(?:時|後|際|とき|前|同時|から|まで|以内|日|たら|の節|して)|前払|先払"
    r"|後払|前金|その場|現地|(?<!ク)レジ|即時|即座|以内|までに|前日|当日|毎月|翌月|都度|直後|ボタン"
    r"|\b(?:at|upon|when|on|before|after|within)\b.{0,24}(?:order|checkout|purchase|ship|deliver|receipt|days?)"
    r"|in advance|checkout|prepaid",
    re.I,
)
"""How words on ways to pay say when it is paid."""
_KANA = (
    ("でんわばんごう", "電話番号"),
    ("でんわ", "電話"),
    ("じゅうしょ", "住所"),
    ("せいきゅう", "請求"),
    ("ちたいなく", "遅滞なく"),
    ("おしえ", "お知らせし"),
    ("ねだん", "値段"),
    ("そうりょう", "送料"),
    ("はっそう", "発送"),
    ("へんぴん", "返品"),
    ("ぎんこうにおかね", "銀行振込で支払"),
    ("ぎんこう", "銀行"),
    ("しはらい", "支払い"),
    ("ふりこみ", "振込"),
    ("おくり", "お送り"),
)


def in_kanji(words: str) -> str:
    """Return words with the usual kanji where somebody writes kana alone."""
    for kana, kanji in _KANA:
        words = words.replace(kana, kanji)
    return words


WORDINGS: dict[DisplayItem, re.Pattern[str]] = {
    item: regex(pattern, re.I) for item, pattern in _TABLE.items()
}
"""What a sentence says where one of these is found in it, after its letters were made plain."""

NOT_OF: dict[DisplayItem, re.Pattern[str]] = {
    DisplayItem.SHIPPING: regex(r"返品|返送|交換|不良|return|初期|送料(?:を)?含|解約|送料以外|キャンセル"),
    DisplayItem.DELIVERY: regex(
        r"返品|返送|返金|キャンセル|交換|クーリング|連絡(?:を)?(?:ください|下さい|いただ)|return|refund|営業時間"
        r"|開示|解約|個人情報|不良"
    ),
    DisplayItem.PAYMENT_METHOD: regex(r"返金|返品|refund|返送"),
    DisplayItem.PAYMENT_TIME: regex(r"返金|返品|refund|キャンセル|返送|cancel"),
    DisplayItem.OTHER_CHARGES: regex(r"返金|返品|refund|返送|キャンセル|解約"),
    DisplayItem.PRICE: regex(r"^(?!.*(?:価格|値段|代金)).*(?:送料|手数料|返品|返金|refund)"),
}
"""What a sentence is about though it has such words."""

NOT_BELOW: dict[DisplayItem, frozenset[DisplayItem]] = {
    DisplayItem.PRICE: frozenset({DisplayItem.SHIPPING, DisplayItem.OTHER_CHARGES, DisplayItem.RETURNS}),
    DisplayItem.PAYMENT_METHOD: frozenset(
        {DisplayItem.OTHER_CHARGES, DisplayItem.SHIPPING, DisplayItem.RETURNS}
    ),
    DisplayItem.DELIVERY: frozenset(
        {DisplayItem.RETURNS, DisplayItem.NONCONFORMITY, DisplayItem.PAYMENT_TIME}
    ),
}
"""Labels below which a sentence says nothing of an item though it has such words."""
