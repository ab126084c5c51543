"""A display that says the one and the contrary is found out, whatever the item, and one that tells cases apart is not."""

from __future__ import annotations

import pytest

from mamori.law.display import DisplayItem, SellerKind, Trait
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.checks.contraries import contradicts
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AskedOf, FaultKind, RegisteredSeller, ShownWords

GOODS = AskedOf(seller=SellerKind.CORPORATION, traits=frozenset({Trait.SENDS}))


@pytest.mark.parametrize(
    ("item", "values"),
    [
        (DisplayItem.PRICE, ("月額980円", "月額は1,480円です")),
        (DisplayItem.PRICE, ("表示価格は全て税込です", "価格には消費税10%を別途加算します")),
        (DisplayItem.PAYMENT_METHOD, ("クレジットカードのみ", "カードはご利用いただけません")),
        (DisplayItem.PAYMENT_TIME, ("ご注文後7日以内の前払い", "商品の到着後14日以内にお振込みください")),
        (DisplayItem.PAYMENT_TIME, ("カードは注文時", "カードの決済はすべて納品の14日後に行います")),
        (
            DisplayItem.OTHER_CHARGES,
            ("振込手数料は当店が負担します", "お振込の手数料はお客様にてご負担ください"),
        ),
        (DisplayItem.DELIVERY, ("全商品3日以内に発送します", "どの商品もお届けまで2週間いただきます")),
        (DisplayItem.DELIVERY, ("すべて入金から4日以内に発送します", "発送は12月に入ってからです")),
        (DisplayItem.DELIVERY, ("承認から5営業日以内", "納期はすべて承認から3週間です")),
        (
            DisplayItem.NONCONFORMITY,
            ("不良品は交換いたします", "不良品を含め、いかなる理由でも交換には応じません"),
        ),
        (DisplayItem.COMPUTER, ("iPhone、Android", "iPhoneには対応していません")),
        (DisplayItem.RECURRING_TERMS, ("回数の縛りなし", "最低4回の継続がお約束となります")),
        (DisplayItem.SHIPPING, ("全品送料無料です", "関東880円\n九州1,480円")),
        (DisplayItem.SHIPPING, ("5,000円未満は一律550円", "5,000円（税込）未満のご注文は全国一律660円")),
        (DisplayItem.SHIPPING, ("送料込み", "着払いでの発送になります")),
        (DisplayItem.SHIPPING, ("毎回330円の送料をいただきます", "1回1,280円（税・送料込み）")),
        (
            DisplayItem.RETURNS,
            ("お客様都合は到着後7日以内", "お客様都合の場合は到着後14日以内にご連絡ください"),
        ),
        (
            DisplayItem.RETURNS,
            ("お客様都合の返品は一切お受けできません", "お客様都合の返品は、未開封に限り承ります"),
        ),
        (DisplayItem.RETURNS, ("未開封は返品可能です", "開封の有無にかかわらず返品はできません")),
    ],
)
def test_the_one_and_the_contrary_is_found_out(item: DisplayItem, values: tuple[str, ...]) -> None:
    beside = faults(
        ShownWords(values={item: values[:1]}, beside={item: values[1:]}), RegisteredSeller(), GOODS
    )

    assert contradicts(item, values)
    assert not contradicts(item, values[:1])
    assert next(one for one in beside if one.item is item).kind is FaultKind.MISMATCH


@pytest.mark.parametrize(
    ("item", "values"),
    [
        (DisplayItem.PRICE, ("ライトプラン 月額980円", "スタンダードプラン 月額1,480円")),
        (DisplayItem.PRICE, ("1,980円（税込）", "送料は別途です")),
        (DisplayItem.PAYMENT_METHOD, ("クレジットカード、銀行振込", "銀行振込は前払いです")),
        (
            DisplayItem.PAYMENT_TIME,
            ("銀行振込は前払い", "後払いは商品到着後14日以内に払込票でお支払いください"),
        ),
        (DisplayItem.OTHER_CHARGES, ("振込手数料はお客様負担", "代引手数料は330円")),
        (DisplayItem.DELIVERY, ("小物は3日以内に発送します", "楽器は10日以内に発送します")),
        (DisplayItem.DELIVERY, ("すべて3日以内に発送します", "年末はお休みします")),
        (DisplayItem.NONCONFORMITY, ("不良品は交換いたします", "お客様都合の交換はできません")),
        (DisplayItem.COMPUTER, ("iPhone、Android", "古いiPhoneでは動かないことがあります")),
        (DisplayItem.RECURRING_TERMS, ("毎月お届け", "いつでも解約できます")),
        (DisplayItem.SHIPPING, ("5,000円以上で送料無料", "関東880円")),
        (DisplayItem.SHIPPING, ("全国一律800円", "定期コースは送料無料です")),
        (DisplayItem.SHIPPING, ("小物 全国一律360円", "ケース 全国一律1,200円")),
        (DisplayItem.RETURNS, ("お客様都合の返品は一切お受けできません。ただし未開封は7日以内で承ります",)),
        (DisplayItem.RETURNS, ("前日までは全額返金します。当日のご返金はいたしかねます",)),
        (DisplayItem.NAME, ("株式会社青葉堂", "青葉オンライン")),
    ],
)
def test_cases_told_apart_are_no_contradiction(item: DisplayItem, values: tuple[str, ...]) -> None:
    assert not contradicts(item, values)


ABROAD = RegisteredSeller(
    name="Green Leaf Trading Ltd.",
    representative="Ann Green",
    address="12 Garden Road, 48018 Lindau, Germany",
    phones=("+49-8382-555-123",),
)


def test_a_company_abroad_names_who_answers_for_it_too() -> None:
    terms = AskedOf(seller=SellerKind.OVERSEAS)
    company = faults(read("Seller: Green Leaf Trading Ltd."), ABROAD, terms)
    person = faults(read("Seller: Ann Green"), RegisteredSeller(name="Ann Green"), terms)

    assert DisplayItem.RESPONSIBLE in {one.item for one in company}
    assert DisplayItem.RESPONSIBLE not in {one.item for one in person}


def test_a_name_and_an_address_may_stand_without_labels() -> None:
    text = "Welcome to the shop of Green Leaf Trading Ltd. (Ann Green), for you in Lindau\n12 Garden Road\n48018 Lindau"

    lacking = {one.item for one in faults(read(text), ABROAD, AskedOf(seller=SellerKind.OVERSEAS))}

    assert not lacking & {DisplayItem.NAME, DisplayItem.RESPONSIBLE, DisplayItem.ADDRESS}
    assert DisplayItem.PHONE in lacking


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ショップ名：花屋さくら", FaultKind.MISMATCH),
        ("手作りのお店「花屋さくら」です。よろしくお願いします。", FaultKind.MISMATCH),
        ("やっほ〜！さくら工房だよ〜！！", FaultKind.MISMATCH),
        ("店主のさくらです", FaultKind.MISMATCH),
        ("花屋さくら\n東京都港区芝1-2-3", FaultKind.MISMATCH),
        ("屋号：あなたのお店の名前", FaultKind.PLACEHOLDER),
        ("返品はできません。", FaultKind.MISSING),
    ],
)
def test_a_shops_name_alone_is_not_the_name(text: str, kind: FaultKind) -> None:
    told = faults(read(text), RegisteredSeller(name="株式会社青葉堂"), GOODS)

    assert next(one for one in told if one.item is DisplayItem.NAME).kind is kind


@pytest.mark.parametrize(
    ("words", "is_vague"),
    [
        ("店長", True),
        ("サポート担当", True),
        ("タク", True),
        ("佐藤", True),
        ("代表者：佐藤", False),
        ("佐藤 一郎", False),
        ("店長 鈴木次郎", False),
    ],
)
def test_a_title_or_a_family_name_alone_says_not_who_is_responsible(words: str, is_vague: bool) -> None:
    told = faults(
        ShownWords(values={DisplayItem.RESPONSIBLE: (words,)}),
        RegisteredSeller(representative="佐藤一郎"),
        GOODS,
    )

    assert (FaultKind.VAGUE in {one.kind for one in told if one.item is DisplayItem.RESPONSIBLE}) is is_vague


@pytest.mark.parametrize(
    ("text", "item", "kind"),
    [
        ("電話：お問い合わせいただければお知らせします", DisplayItem.PHONE, FaultKind.VAGUE),
        ("住所と電話　必要な方はDMください", DisplayItem.ADDRESS, FaultKind.VAGUE),
        (
            "電話番号：03-5550-1230\nお客様窓口\n電話番号は03-5550-9870です。",
            DisplayItem.PHONE,
            FaultKind.MISMATCH,
        ),
        ("販売元：花屋さくら\n氏名・住所：ご請求があれば遅滞なく開示します", DisplayItem.NAME, None),
        (
            "住所：東京都渋谷区桜丘町1-2\n※プラットフォームの住所です。請求があれば遅滞なく開示します",
            DisplayItem.ADDRESS,
            None,
        ),
    ],
)
def test_what_is_offered_or_said_elsewhere_counts(
    text: str, item: DisplayItem, kind: FaultKind | None
) -> None:
    registered = RegisteredSeller(name="山田花子", address="東京都港区芝1-2-3", phones=("03-5550-1230",))
    priced = "\n価格：各ページに表示\n送料：800円\n支払方法：カード"

    told = {one.item: one.kind for one in faults(read(text + priced), registered, GOODS)}

    assert told.get(item) is kind
