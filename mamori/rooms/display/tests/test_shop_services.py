"""Displays as the forms of well-known shop services lay them out are read without a fault that is none."""

from __future__ import annotations

import pytest

from mamori.law.display import DisplayItem, SellerKind, Trait
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AskedOf, DisplayFault, FaultKind, RegisteredSeller

COMPANY = RegisteredSeller(
    name="株式会社青葉堂",
    representative="佐藤一郎",
    address="東京都千代田区丸の内1-2-3",
    phones=("03-5550-1230",),
    mail="info@aobado.example.jp",
)
TRADER = RegisteredSeller(
    name="山田花江",
    address="大阪府大阪市北区梅田1-2-3",
    phones=("090-5550-1230",),
    mail="hana@shop.example.jp",
)
GOODS = AskedOf(seller=SellerKind.CORPORATION, traits=frozenset({Trait.SENDS, Trait.MAIL_ADS, Trait.PREPAID}))
SERVICE = AskedOf(
    seller=SellerKind.CORPORATION, traits=frozenset({Trait.SOFTWARE, Trait.RECURRING, Trait.PREPAID})
)
HANDMADE = AskedOf(seller=SellerKind.SOLE_TRADER, traits=frozenset({Trait.SENDS, Trait.PREPAID}))

SUBSCRIPTION = """販売業者の名称
株式会社青葉堂
所在地
〒100-0005 東京都千代田区丸の内1-2-3
電話番号
03-5550-1230
受付時間 10:00-18:00（土日祝を除く）
メールアドレス
info@aobado.example.jp
運営統括責任者
佐藤一郎
追加手数料等の追加料金
なし
交換および返品（返金ポリシー）
＜お客様の都合による返品・交換の場合＞
サービスの性質上、返金はお受けしておりません。
＜サービスに不備がある場合＞
当社の負担で修正または返金いたします。
引渡時期
決済完了後、直ちにご利用いただけます。
受け付け可能な決済手段
クレジットカードまたは国内の銀行振込
決済期間
クレジットカード決済の場合はただちに処理されますが、国内の銀行振込の場合はご注文から3日以内にお振込みいただく必要があります。
販売価格
月額1,100円（税込）
契約期間
1か月。解約の手続きをされない限り自動更新されます。
動作環境
Google Chrome最新版
"""

SIMPLE = """特定商取引法に基づく表記

事業者の名称
山田花江

事業者の所在地
郵便番号 ：530-0001
住所 ：大阪府大阪市北区梅田1-2-3

事業者の連絡先
電話番号 ： 090-5550-1230
営業時間：10-17時
定休日：土日祝

販売価格について
販売価格は、表示された金額（表示価格/消費税込）と致します。

代金（対価）の支払方法と時期
支払方法：クレジットカードによる決済がご利用頂けます。
支払時期：商品注文確定時でお支払いが確定致します。

役務または商品の引渡時期
配送のご依頼を受けてから5日以内に発送いたします。

返品についての特約に関する事項
商品に欠陥がある場合を除き、基本的には返品には応じません。

送料
全国一律 370円
"""

WITHHELD = """事業者の名称
山田花江
事業者の所在地
事業者の住所/電話番号については、ご請求があれば遅滞なく開示致しますので、必要な方は問い合わせフォームよりご連絡ください。
販売価格
各商品の紹介ページに記載している価格とします。
商品代金以外に必要な費用
配送料（別途記載）、代引き手数料（代引きの場合のみ）、振込手数料
配送料
レターパックライト430円、宅急便 900円〜1,500円（地域別）
支払方法
クレジットカード、コンビニ決済、翌月後払い、銀行振込、キャリア決済、PayPal
支払時期
前払い（翌月後払いを除く）。コンビニ・銀行振込はご注文から5日以内にお支払いください。
商品の引渡時期
ご入金確認後、3〜7営業日以内に発送いたします。
返品・交換について
お客様都合の返品・交換はお受けできません。商品到着後7日以内に、商品の破損・間違いがあった場合のみ対応いたします。
"""

TABBED = """販売業者	株式会社青葉堂
運営統括責任者名	佐藤一郎
郵便番号	100-0005
住所	東京都千代田区丸の内1-2-3 青葉ビル4階
商品代金以外の料金の説明	販売価格とは別に配送料、代引き手数料、振込手数料がかかる場合もございます。
申込有効期限	ご注文後７日以内といたします。７日間ご入金がない場合は、注文をキャンセルとさせていただきます。
不良品	商品到着後速やかにご連絡ください。商品に欠陥がある場合を除き、返品には応じかねますのでご了承ください。
販売数量	各商品ページにてご確認ください。
引渡し時期	ご注文を受けてから7日以内に発送いたします。
お支払い方法	クレジットカード、代金引換、銀行振込
お支払い期限	７日以内となります。７日間入金がない場合は、キャンセルとさせていただきます。
返品期限	商品到着後７日以内とさせていただきます。
返品送料	お客様都合による返品につきましてはお客様のご負担とさせていただきます。不良品に該当する場合は当方で負担いたします。
送料	全国一律660円（10,000円以上のお買い上げで無料）
電話番号	03-5550-1230
公開メールアドレス	info@aobado.example.jp
ホームページアドレス	https://aobado.example.jp
"""

SPREAD = """<table><tr><th colspan="2">会社概要</th></tr><tr><td>社名</td><td>株式会社青葉堂</td></tr>
<tr><td>代表者</td><td>代表取締役　佐藤 一郎</td></tr>
<tr><td>店舗運営責任者</td><td>鈴木 次郎</td></tr>
<tr><td>所在地</td><td>〒100-0005<br>東京都千代田区丸の内１丁目２－３</td></tr>
<tr><td>TEL</td><td>03-5550-1230</td></tr>
<tr><td>FAX</td><td>03-5550-1239</td></tr>
<tr><td>店舗連絡先</td><td>info@aobado.example.jp</td></tr></table>
<h3>お支払いについて</h3><p>クレジットカード：ご注文時に決済されます。<br>銀行振込：ご注文後7日以内に前払いにてお願いします。振込手数料はお客様負担となります。</p>
<h3>送料・配送について</h3><p>送料は下記の通りです。<br>北海道 1,200円<br>本州 800円<br>九州 900円<br>沖縄 1,800円</p>
<p>ご入金確認後、3営業日以内に発送します。</p>
<h3>返品・交換について</h3><p>商品到着後7日以内にご連絡ください。未開封・未使用のものに限り返品をお受けします。返送料はお客様負担です。不良品の場合は当店負担で交換いたします。</p>
<p>価格は各商品ページに税込で表示しております。</p>
"""

ENGLISH = """Legal Notice (Specified Commercial Transactions Act)
Company name: Aobado Inc. (株式会社青葉堂)
Representative: Ichiro Sato (佐藤一郎)
Address: 1-2-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005, Japan
Phone number: 03-5550-1230 (weekdays 10am-6pm)
Email address: info@aobado.example.jp
Selling price: The price displayed on each product page (tax included)
Additional fees: Shipping fee (¥800 nationwide). Bank transfer fees are borne by the customer.
Accepted payment methods: Credit card, bank transfer
Payment period: Credit card payments are processed immediately. Bank transfers must be made within 7 days of the order.
Delivery times: Orders ship within 3-5 business days after payment.
Exchanges & Returns Policy: Unopened items can be returned within 7 days of arrival. Customer pays return shipping.
Defective items are replaced free of charge.
"""

STARRED = """★販売業者★ 株式会社青葉堂
★運営責任者★ 佐藤一郎
★住所★ 〒100-0005 東京都千代田区丸の内1-2-3
★電話番号★ TEL:03-5550-1230 / FAX:03-5550-1239
★メールアドレス★ info@aobado.example.jp
★商品以外の必要代金★ 送料：全国一律700円／代引手数料：330円／振込手数料：お客様ご負担
★注文方法★ インターネット、電話
★支払方法★ 銀行振込、代金引換、クレジットカード
★支払期限★ 銀行振込は注文後7日以内、代金引換は商品引渡時
★引渡し時期★ 即日発送いたします。在庫がない場合は1週間以内
★返品・交換について★ 到着後1週間以内にお電話にてご連絡下さい。不良品は送料当社負担、それ以外はお客様負担
★商品価格★ 商品毎に表示
"""


def told(text: str, registered: RegisteredSeller, terms: AskedOf) -> dict[DisplayItem, FaultKind]:
    """Return what is wrong with a display, by item."""
    found: tuple[DisplayFault, ...] = faults(read(text), registered, terms)
    return {one.item: one.kind for one in found}


@pytest.mark.parametrize(
    ("text", "registered", "terms"),
    [
        (SUBSCRIPTION, COMPANY, SERVICE),
        (SIMPLE, TRADER, HANDMADE),
        (WITHHELD, TRADER, HANDMADE),
        (SPREAD, COMPANY, GOODS),
        (ENGLISH, COMPANY, GOODS),
        (STARRED, COMPANY, GOODS),
    ],
    ids=["subscription", "simple", "withheld", "spread", "english", "starred"],
)
def test_a_complete_display_has_no_fault(text: str, registered: RegisteredSeller, terms: AskedOf) -> None:
    assert told(text, registered, terms) == {}


def test_a_form_that_asks_no_price_lacks_it_and_nothing_else() -> None:
    assert told(TABBED, COMPANY, GOODS) == {DisplayItem.PRICE: FaultKind.MISSING}


@pytest.mark.parametrize(
    ("before", "after", "item", "kind"),
    [
        ("03-5550-1230", "03-5550-9871", DisplayItem.PHONE, FaultKind.MISMATCH),
        ("丸の内1-2-3", "丸の内", DisplayItem.ADDRESS, FaultKind.PLACEHOLDER),
        ("株式会社青葉堂", "株式会社若葉堂", DisplayItem.NAME, FaultKind.MISMATCH),
        ("全国一律700円", "実費", DisplayItem.SHIPPING, FaultKind.VAGUE),
        ("佐藤一郎", "○○", DisplayItem.RESPONSIBLE, FaultKind.PLACEHOLDER),
    ],
)
def test_a_fault_planted_in_it_is_found_alone(
    before: str, after: str, item: DisplayItem, kind: FaultKind
) -> None:
    planted = STARRED.replace(before, after)

    assert told(planted, COMPANY, GOODS) == {item: kind}
