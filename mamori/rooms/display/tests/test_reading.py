"""A seller's free text is read, whatever its style: which items stand in it, and which are given on request."""

from __future__ import annotations

import pytest

from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.labels import Aside, label
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.tests.samples import FULL, HTML_ROW, LABELS


@pytest.mark.parametrize(
    "style",
    [
        "【{}】{}\n",
        "【{}】\n{}\n\n",
        "■{}\n{}\n",
        "●{}：{}\n",
        "◆ {} : {}\n",
        "＜{}＞{}\n",
        "＜{}＞\n　{}\n",
        "{}\t{}\n",
        "{}　　　{}\n",
        "{}\n{}\n\n",
        "・{}＝{}\n",
        "{} ／ {}\n",
        "（1）{}：{}\n",
        "| {} | {} |\n",
        "**{}** {}\n",
        "- **{}**: {}\n",
        "## {}\n\n{}\n\n",
        "│{}│{}│\n├──┼──┤\n",
        HTML_ROW,
        "<dl><dt>{}</dt><dd>{}</dd></dl>",
        "<p><strong>{}</strong><br>\n{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<li>{}：{}</li>",
        "📌{}：{}\r\n",
    ],
)
def test_a_display_is_read_in_every_style(style: str) -> None:
    text = "特定商取引法に基づく表記\n\n" + "".join(style.format(LABELS[item], FULL[item]) for item in FULL)

    shown = read(text)

    assert {item: words[0].split("\n")[0] for item, words in shown.values.items()} == FULL
    assert not shown.on_request


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("運営会社", DisplayItem.NAME),
        ("販売事業者名", DisplayItem.NAME),
        ("氏名又は名称", DisplayItem.NAME),
        ("販売業者 / Seller", DisplayItem.NAME),
        ("店舗運営責任者", DisplayItem.RESPONSIBLE),
        ("代表取締役社長", DisplayItem.RESPONSIBLE),
        ("代表者名", DisplayItem.RESPONSIBLE),
        ("住　所", DisplayItem.ADDRESS),
        ("本店所在地", DisplayItem.ADDRESS),
        ("TEL", DisplayItem.PHONE),
        ("ＴＥＬ", DisplayItem.PHONE),
        ("℡", DisplayItem.PHONE),
        ("ﾃﾞﾝﾜ", DisplayItem.PHONE),
        ("お問い合わせ先電話番号", DisplayItem.PHONE),
        ("E-mail", DisplayItem.MAIL),
        ("ﾒｰﾙｱﾄﾞﾚｽ", DisplayItem.MAIL),
        ("商品代金", DisplayItem.PRICE),
        ("役務の対価", DisplayItem.PRICE),
        ("月額料金", DisplayItem.PRICE),
        ("配送料", DisplayItem.SHIPPING),
        ("送料（税込）", DisplayItem.SHIPPING),
        ("商品代金以外の必要料金", DisplayItem.OTHER_CHARGES),
        ("販売価格以外にお客様にご負担いただく費用", DisplayItem.OTHER_CHARGES),
        ("代引手数料", DisplayItem.OTHER_CHARGES),
        ("お支払方法", DisplayItem.PAYMENT_METHOD),
        ("決済手段", DisplayItem.PAYMENT_METHOD),
        ("代金の支払時期", DisplayItem.PAYMENT_TIME),
        ("お支払期限", DisplayItem.PAYMENT_TIME),
        ("お届け時期", DisplayItem.DELIVERY),
        ("引き渡し時期", DisplayItem.DELIVERY),
        ("役務の提供時期", DisplayItem.DELIVERY),
        ("納期", DisplayItem.DELIVERY),
        ("返品特約", DisplayItem.RETURNS),
        ("返品の送料", DisplayItem.RETURNS),
        ("キャンセルについて", DisplayItem.RETURNS),
        ("瑕疵担保責任", DisplayItem.NONCONFORMITY),
        ("契約不適合責任", DisplayItem.NONCONFORMITY),
        ("動作環境", DisplayItem.COMPUTER),
        ("対応OS", DisplayItem.COMPUTER),
        ("定期購入の条件", DisplayItem.RECURRING_TERMS),
        ("申込有効期限", DisplayItem.PERIOD),
        ("販売数量の制限", DisplayItem.LIMITS),
        ("日本国内の事務所", DisplayItem.JAPAN_OFFICE),
        ("省略事項の書面の費用", DisplayItem.DOCUMENT_CHARGE),
        ("Return policy", DisplayItem.RETURNS),
        ("Shipping fee", DisplayItem.SHIPPING),
        ("Delivery time", DisplayItem.DELIVERY),
        ("Methods of payment", DisplayItem.PAYMENT_METHOD),
        ("Person in charge", DisplayItem.RESPONSIBLE),
    ],
)
def test_a_label_names_its_item(words: str, item: DisplayItem) -> None:
    named = label(words)

    assert named.items == (item,)
    assert not named.left


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("住所・電話番号", {DisplayItem.ADDRESS, DisplayItem.PHONE}),
        ("支払方法と支払時期", {DisplayItem.PAYMENT_METHOD, DisplayItem.PAYMENT_TIME}),
        ("解約条件", {DisplayItem.RECURRING_TERMS, DisplayItem.RETURNS}),
        ("TEL/FAX", {DisplayItem.PHONE, Aside.FAX}),
        ("屋号", {Aside.SHOP}),
        ("営業時間", {Aside.OTHER}),
        ("お問い合わせ", {Aside.CONTACT}),
        ("青葉", set()),
    ],
)
def test_a_label_may_name_several_items_or_none_that_is_asked(words: str, items: set[object]) -> None:
    assert set(label(words).items) == items


PROSE = """当店は株式会社みどりが運営しています。代表は田中花子です。
〒150-0041 東京都渋谷区神南1丁目2番3号
☎03-5550-1110 ✉ hello@midori.example.jp

価格は各商品ページに税込みで表示しています。送料は全国一律800円です。
お支払いはクレジットカードと銀行振込がご利用いただけます。銀行振込はご注文後7日以内にお支払いください。振込手数料はご負担ください。
ご注文確定後3日以内に発送します。商品到着後7日以内に返品できます。
"""


def test_prose_without_labels_says_every_item() -> None:
    shown = read(PROSE)

    assert set(FULL) | {DisplayItem.OTHER_CHARGES} == set(shown.values)
    assert shown.values[DisplayItem.NAME] == ("株式会社みどり",)
    assert shown.values[DisplayItem.SHIPPING] == ("送料は全国一律800円です",)


FAQ = """Q. 送料はいくらですか？
A. 全国一律500円です。
Q2：いつ届きますか？
A2：ご注文から3日以内に発送します。
返品はできますか？
到着後8日以内なら承ります。
Q. ポイントは付きますか？
A. 付きません。
"""


def test_questions_and_answers_are_read_as_labels_and_words() -> None:
    shown = read(FAQ)

    assert shown.values[DisplayItem.SHIPPING] == ("全国一律500円です。",)
    assert shown.values[DisplayItem.DELIVERY] == ("ご注文から3日以内に発送します。",)
    assert shown.values[DisplayItem.RETURNS][0].startswith("到着後8日以内なら承ります。")


ENGLISH = """Legal notice
Seller: Green Leaf Trading Ltd.
Address: 12 Queen's Road, Central, Hong Kong
Phone: +852 2345 6789
Email: contact@greenleaf.example
Prices: shown on each product page, tax included
Shipping fee: 1,200 yen flat rate
Payment methods: credit card, PayPal
Payment timing: charged at checkout
Delivery: shipped within 5 business days
Returns: accepted within 14 days of receipt

Japan Office
Address: 1-2-3 Minato, Chuo-ku, Tokyo 104-0043
Phone: 03-5550-1120
"""


def test_english_is_read_with_the_office_in_japan_apart() -> None:
    shown = read(ENGLISH)

    assert shown.values[DisplayItem.ADDRESS] == ("12 Queen's Road, Central, Hong Kong",)
    assert shown.values[DisplayItem.PHONE] == ("+852 2345 6789",)
    assert "03-5550-1120" in shown.values[DisplayItem.JAPAN_OFFICE][0]
    assert {
        DisplayItem.NAME,
        DisplayItem.MAIL,
        DisplayItem.PRICE,
        DisplayItem.SHIPPING,
        DisplayItem.PAYMENT_METHOD,
        DisplayItem.PAYMENT_TIME,
    } <= set(shown.values)
    assert {DisplayItem.DELIVERY, DisplayItem.RETURNS} <= set(shown.values)
