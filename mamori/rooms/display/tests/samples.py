"""Displays that the tests of the rules begin with: one that is right, and its words beside their labels."""

from __future__ import annotations

from mamori.law.display import DisplayItem, SellerKind, Trait
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.told import AskedOf, FaultKind, RegisteredSeller, ShownWords

FULL = {
    DisplayItem.NAME: "株式会社青葉堂",
    DisplayItem.RESPONSIBLE: "佐藤 一郎",
    DisplayItem.ADDRESS: "〒100-0005 東京都千代田区丸の内1-2-3",
    DisplayItem.PHONE: "03-5550-1230",
    DisplayItem.MAIL: "info@aobado.example.jp",
    DisplayItem.PRICE: "各商品ページに税込価格で表示",
    DisplayItem.SHIPPING: "全国一律800円",
    DisplayItem.PAYMENT_METHOD: "クレジットカード、銀行振込",
    DisplayItem.PAYMENT_TIME: "クレジットカードは注文時、銀行振込は注文から7日以内",
    DisplayItem.DELIVERY: "ご入金確認後3営業日以内に発送",
    DisplayItem.RETURNS: "商品到着後7日以内に限り可",
}
LABELS = {
    DisplayItem.NAME: "販売業者",
    DisplayItem.RESPONSIBLE: "運営統括責任者",
    DisplayItem.ADDRESS: "所在地",
    DisplayItem.PHONE: "電話番号",
    DisplayItem.MAIL: "メールアドレス",
    DisplayItem.PRICE: "販売価格",
    DisplayItem.SHIPPING: "送料",
    DisplayItem.PAYMENT_METHOD: "支払方法",
    DisplayItem.PAYMENT_TIME: "支払時期",
    DisplayItem.DELIVERY: "引渡時期",
    DisplayItem.RETURNS: "返品・交換",
}
HTML_ROW = "<tr>\n<th>{}</th>\n<td>\n{}</td>\n</tr>\n"
GOOD = {
    DisplayItem.NAME: "株式会社青葉堂",
    DisplayItem.RESPONSIBLE: "代表取締役 佐藤一郎",
    DisplayItem.ADDRESS: "〒100-0005 東京都千代田区丸の内1-2-3 青葉ビル4F",
    DisplayItem.PHONE: "03-5550-1230",
    DisplayItem.MAIL: "info@aobado.example.jp",
    DisplayItem.PRICE: "各商品ページに税込価格で表示",
    DisplayItem.SHIPPING: "全国一律800円（5,000円以上で無料）",
    DisplayItem.OTHER_CHARGES: "振込手数料はお客様負担",
    DisplayItem.PAYMENT_METHOD: "クレジットカード、銀行振込",
    DisplayItem.PAYMENT_TIME: "カードは注文時、振込は7日以内",
    DisplayItem.DELIVERY: "ご入金から3営業日以内に発送",
    DisplayItem.RETURNS: "到着後7日以内に限り可。送料はお客様負担",
}
REGISTERED = RegisteredSeller(
    name="株式会社青葉堂",
    representative="佐藤 一郎",
    address="東京都千代田区丸の内一丁目2番3号",
    phones=("03-5550-1230", "090-5550-1231"),
    fax="03-5550-1232",
    mail="info@aobado.example.jp",
)
GOODS = AskedOf(seller=SellerKind.CORPORATION, traits=frozenset({Trait.SENDS, Trait.PREPAID, Trait.MAIL_ADS}))
NOBODY = RegisteredSeller()


def found(
    *without: DisplayItem,
    registered: RegisteredSeller = REGISTERED,
    terms: AskedOf = GOODS,
    on_request: frozenset[DisplayItem] = frozenset(),
    **said: str,
) -> dict[DisplayItem, FaultKind]:
    """Return the faults of the good display with some items left out and others said so."""
    words = {item: one for item, one in GOOD.items() if item not in without} | {
        DisplayItem(name): one for name, one in said.items()
    }
    shown = ShownWords(
        values={item: tuple(one.split("|")) for item, one in words.items()}, on_request=on_request
    )
    return {one.item: one.kind for one in faults(shown, registered, terms)}
