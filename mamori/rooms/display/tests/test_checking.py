"""What is wrong with a display: what is missing, stands for nothing, differs from the registration or leaves things open."""

from __future__ import annotations

import pytest

from mamori.law.display import DisplayItem, SellerKind, Trait
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.checks.names import is_same_name
from mamori.rooms.display.rules.checks.placeholders import is_placeholder
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AskedOf, FaultKind, RegisteredSeller, ShownWords
from mamori.rooms.display.tests.samples import GOOD, GOODS, NOBODY, found


def test_a_good_display_has_no_fault() -> None:
    assert not found()
    assert not found(registered=NOBODY)


@pytest.mark.parametrize("item", [item for item in GOOD if item is not DisplayItem.OTHER_CHARGES])
def test_what_is_asked_and_not_there_is_missing(item: DisplayItem) -> None:
    assert found(item) == {item: FaultKind.MISSING}


def test_an_empty_display_lacks_all_that_is_asked_and_nothing_that_is_only_asked_if_any() -> None:
    lacking = faults(read(""), NOBODY, GOODS)

    assert {one.item for one in lacking} == set(GOOD) - {DisplayItem.OTHER_CHARGES}
    assert {one.kind for one in lacking} == {FaultKind.MISSING}


def test_other_charges_are_missing_only_where_the_display_itself_shows_that_there_are_some() -> None:
    assert found(DisplayItem.OTHER_CHARGES) == {DisplayItem.OTHER_CHARGES: FaultKind.MISSING}
    assert found(DisplayItem.OTHER_CHARGES, payment_method="代引き", payment_time="受取時") == {
        DisplayItem.OTHER_CHARGES: FaultKind.MISSING
    }
    assert not found(DisplayItem.OTHER_CHARGES, payment_method="クレジットカードのみ", payment_time="注文時")


def test_of_a_private_person_nothing_is_asked_but_what_stands_there_may_be_wrong() -> None:
    private = AskedOf(seller=SellerKind.PRIVATE, traits=frozenset({Trait.SENDS}))
    registered = RegisteredSeller(name="山田花子")

    assert not faults(ShownWords(values={}), registered, private)
    assert not faults(
        ShownWords(
            values={
                DisplayItem.SHIPPING: ("実費",),
                DisplayItem.PHONE: ("なりません",),
                DisplayItem.PAYMENT_METHOD: ("銀行振込",),
            }
        ),
        registered,
        private,
    )
    assert {
        one.kind for one in faults(ShownWords(values={DisplayItem.NAME: ("佐藤一郎",)}), registered, private)
    } == {FaultKind.MISMATCH}
    assert {
        one.kind
        for one in faults(ShownWords(values={DisplayItem.PHONE: ("000-0000-0000",)}), registered, private)
    } == {FaultKind.PLACEHOLDER}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (DisplayItem.PHONE, "000-0000-0000"),
        (DisplayItem.PHONE, "0"),
        (DisplayItem.PHONE, "03-1234-5678"),
        (DisplayItem.PHONE, "1234567890"),
        (DisplayItem.PHONE, "012-3456-789"),
        (DisplayItem.PHONE, "０３－００００－００００"),
        (DisplayItem.PHONE, "090-1111-1111"),
        (DisplayItem.PHONE, "03-XXXX-XXXX"),
        (DisplayItem.PHONE, "準備中"),
        (DisplayItem.PHONE, "－"),
        (DisplayItem.PHONE, "なし"),
        (DisplayItem.PHONE, "FAX 03-5550-1232"),
        (DisplayItem.PHONE, "03-5550-1232（FAX）"),
        (DisplayItem.MAIL, "info@example.com"),
        (DisplayItem.MAIL, "your-mail@shop.jp"),
        (DisplayItem.MAIL, "sample@example.co.jp"),
        (DisplayItem.MAIL, "xxx@xxx.jp"),
        (DisplayItem.NAME, "株式会社○○"),
        (DisplayItem.NAME, "（会社名）"),
        (DisplayItem.NAME, "株式会社サンプル"),
        (DisplayItem.NAME, "ここに販売業者名を記入"),
        (DisplayItem.NAME, "同上"),
        (DisplayItem.NAME, "Your Company Name"),
        (DisplayItem.NAME, "{{company_name}}"),
        (DisplayItem.RESPONSIBLE, "同上"),
        (DisplayItem.RESPONSIBLE, "代表者：同上"),
        (DisplayItem.RESPONSIBLE, "未定"),
        (DisplayItem.ADDRESS, "○○県××市△△町1-2-3"),
        (DisplayItem.ADDRESS, "東京都千代田区"),
        (DisplayItem.ADDRESS, "東京都千代田区丸の内1丁目"),
        (DisplayItem.ADDRESS, "〒100-0005 東京都千代田区丸の内 青葉ビル4F"),
        (DisplayItem.ADDRESS, "東京中央郵便局 私書箱12号"),
        (DisplayItem.ADDRESS, "P.O. Box 12, Tokyo"),
        (DisplayItem.ADDRESS, "Hong Kong"),
        (DisplayItem.PRICE, "後日記載予定"),
        (DisplayItem.PRICE, "同上"),
        (DisplayItem.DELIVERY, "TBD"),
        (DisplayItem.DELIVERY, "未定です"),
        (DisplayItem.RETURNS, "準備中"),
        (DisplayItem.SHIPPING, "○○円"),
        (DisplayItem.PAYMENT_TIME, "coming soon"),
        (DisplayItem.PAYMENT_METHOD, "---"),
        (DisplayItem.PAYMENT_METHOD, "N/A"),
    ],
)
def test_what_stands_for_nothing_is_a_placeholder(item: DisplayItem, words: str) -> None:
    assert is_placeholder(item, words)
    assert found(**{item.value: words})[item] is FaultKind.PLACEHOLDER


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (DisplayItem.PHONE, "03-5550-1230"),
        (DisplayItem.PHONE, "+81-3-5550-1230"),
        (DisplayItem.PHONE, "お問い合わせフォームへ"),
        (DisplayItem.MAIL, "info@shop.example.jp"),
        (DisplayItem.MAIL, "お問い合わせフォームへ"),
        (DisplayItem.NAME, "株式会社青葉堂"),
        (DisplayItem.NAME, "山田 花子"),
        (DisplayItem.ADDRESS, "北海道札幌市中央区北一条西二丁目3番地"),
        (DisplayItem.ADDRESS, "群馬県吾妻郡嬬恋村鎌原123"),
        (DisplayItem.ADDRESS, "東京都千代田区丸の内一丁目二番三号"),
        (DisplayItem.ADDRESS, "東京都港区芝1-2-3 私書箱5号"),
        (DisplayItem.ADDRESS, "沖縄県那覇市泉崎1丁目2-3"),
        (DisplayItem.ADDRESS, "12 Queen's Road, Hong Kong"),
        (DisplayItem.OTHER_CHARGES, "特になし"),
        (DisplayItem.SHIPPING, "なし"),
        (DisplayItem.NONCONFORMITY, "同上"),
        (DisplayItem.DELIVERY, "ご入金から3営業日以内に発送します。入荷が未定の品は、別にお知らせします。"),
        (DisplayItem.RETURNS, "到着後7日以内にご連絡ください。" * 4 + "○○"),
    ],
)
def test_what_says_something_is_no_placeholder(item: DisplayItem, words: str) -> None:
    assert not is_placeholder(item, words)


def test_a_registered_number_or_mail_address_is_never_a_dummy() -> None:
    registered = RegisteredSeller(phones=("03-1234-5678",), mail="info@example.com")

    assert not found(registered=registered, phone="03-1234-5678", mail="info@example.com")


@pytest.mark.parametrize(
    ("shown", "registered"),
    [
        ("(株)青葉堂", "株式会社青葉堂"),
        ("㈱青葉堂", "株式会社青葉堂"),
        ("株式会社　青葉堂", "株式会社青葉堂"),
        ("髙島商店株式会社", "高島商店株式会社"),
        ("ＡＢＣ株式会社", "abc株式会社"),
        ("オンラインショップ青葉（株式会社青葉堂）", "株式会社青葉堂"),
        ("株式会社青葉堂 通販事業部", "株式会社青葉堂"),
        ("株式会社青葉堂オンラインショップ", "株式会社青葉堂"),
        ("花屋さくら 山田 花子", "山田花子"),
        ("山田花子（屋号：花屋さくら）", "山田 花子"),
        ("ヤマダハナコ", "山田花子"),
        ("Aobado Co., Ltd.", "株式会社青葉堂"),
        ("株式会社グリーンリーフ", "Green Leaf Trading Ltd."),
        ("Green Leaf Trading Limited", "Green Leaf Trading Ltd."),
        ("Smith John", "John Smith"),
        ("GREENLEAF TRADING LTD", "Green Leaf Trading Ltd."),
        ("グリーンリーフ", "グリーンリーフ"),
    ],
)
def test_the_same_name_in_another_spelling_is_the_same(shown: str, registered: str) -> None:
    assert is_same_name(shown, registered)


@pytest.mark.parametrize(
    ("shown", "registered"),
    [
        ("有限会社青葉堂", "株式会社青葉堂"),
        ("青葉堂株式会社", "株式会社青葉堂"),
        ("株式会社若葉堂", "株式会社青葉堂"),
        ("株式会社青葉堂物産", "株式会社青葉堂"),
        ("大青葉堂 株式会社", "青葉堂株式会社"),
        ("花屋さくら", "山田花子"),
        ("山田花江", "山田花子"),
        ("Blue Leaf Trading Ltd.", "Green Leaf Trading Ltd."),
        ("Green Leaf Trading Inc.", "Green Leaf Trading Ltd."),
    ],
)
def test_another_name_is_a_mismatch(shown: str, registered: str) -> None:
    assert not is_same_name(shown, registered)
    assert found(registered=RegisteredSeller(name=registered), name=shown) == {
        DisplayItem.NAME: FaultKind.MISMATCH
    }


def test_a_second_corporation_under_the_name_is_a_mismatch() -> None:
    assert found(name="株式会社青葉堂|株式会社若葉堂") == {DisplayItem.NAME: FaultKind.MISMATCH}
    assert not found(name="株式会社青葉堂|青葉オンライン")


def test_a_traders_own_name_may_stand_as_the_person_responsible() -> None:
    trader = AskedOf(seller=SellerKind.SOLE_TRADER)
    registered = RegisteredSeller(name="山田花子")

    assert not found(registered=registered, terms=trader, name="花屋さくら", responsible="山田 花子")
    assert DisplayItem.NAME in found(
        registered=registered, terms=trader, name="花屋さくら", responsible="佐藤一郎"
    )
    assert DisplayItem.NAME in found(registered=NOBODY, terms=trader, name="○○", responsible="山田花子")


def test_a_representative_is_the_registered_one_and_a_person_responsible_may_be_another() -> None:
    assert found(responsible="代表者：鈴木次郎") == {DisplayItem.RESPONSIBLE: FaultKind.MISMATCH}
    assert not found(responsible="鈴木次郎")
