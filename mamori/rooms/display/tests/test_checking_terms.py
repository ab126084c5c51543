"""What a display says of price, shipping, payment, delivery and returns is held to what the law asks."""

from __future__ import annotations

import pytest

from conftest import effort
from mamori.japan.addresses.reading import is_there
from mamori.law.display import DisplayItem, SellerKind
from mamori.rooms.display.rules.checks.checking import faults
from mamori.rooms.display.rules.checks.contradictions import contradicts_returns, contradicts_shipping
from mamori.rooms.display.rules.checks.places import is_same_place, postcode_differs
from mamori.rooms.display.rules.checks.vague import is_vague
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.rules.told import AskedOf, DisplayFault, FaultKind, RegisteredSeller, ShownWords
from mamori.rooms.display.tests.samples import GOODS, NOBODY, REGISTERED, found


@pytest.mark.parametrize(
    ("shown", "registered"),
    [
        ("東京都千代田区丸の内1-2-3", "東京都千代田区丸の内一丁目2番3号"),
        ("〒100-0005 千代田区丸の内１－２－３ 別のビル9階", "東京都千代田区丸の内1-2-3"),
        ("所在地：東京都千代田区丸の内1丁目2番地3", "東京都千代田区丸の内1-2-3"),
        ("京都市中京区烏丸通三条上る場之町599", "京都府京都市中京区場之町599"),
        ("長野県茅野市字宮川二十三番地", "長野県茅野市宮川23"),
        ("横浜市鶴見区市ヶ尾町百五番地", "横浜市鶴見区市ケ尾町105"),
        ("東京都港区芝1-2-3-405", "東京都港区芝1-2-3"),
        ("1-2-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005", "東京都千代田区丸の内1-2-3"),
        ("12 Queen's Road Central, Hong Kong", "12 Queen's Road, Central, Hong Kong"),
        ("東京都港区芝", "1 Main Street, Springfield"),
        ("Shibuya, Tokyo", ""),
        ("東京都 1番2号", "東京都港区芝1-2"),
        ("岡山市北区表町1-2-3（岡山県）〒700-0822", "岡山県岡山市北区表町1-2-3"),
        ("群馬県桐生市本町四丁目三一八", "群馬県桐生市本町4丁目318番地"),
        ("大阪市北区本町百二十三番地", "大阪府大阪市北区本町123"),
        ("1-2-3", "東京都港区芝1-2-3"),
    ],
)
def test_the_same_address_in_another_spelling_is_the_same(shown: str, registered: str) -> None:
    assert is_same_place(shown, registered)


@pytest.mark.parametrize(
    ("shown", "registered"),
    [
        ("大阪府大阪市北区梅田1-2-3", "東京都千代田区丸の内1-2-3"),
        ("東京都千代田区丸の内1-2-4", "東京都千代田区丸の内1-2-3"),
        ("東京都千代田区大手町1-2-3", "東京都千代田区丸の内1-2-3"),
        ("〒100-0004 東京都千代田区丸の内1-2-3", "〒100-0005 東京都千代田区丸の内1-2-3"),
        ("4-5-6 Marunouchi, Chiyoda-ku, Tokyo", "東京都千代田区丸の内1-2-3"),
        ("1-2-3 Umeda, Kita-ku, Osaka", "東京都千代田区丸の内1-2-3"),
        ("99 King's Street, London", "12 Queen's Road, Central, Hong Kong"),
        ("東京都港区芝1", "東京都港区芝1-2-3"),
    ],
)
def test_another_address_is_a_mismatch(shown: str, registered: str) -> None:
    assert not is_same_place(shown, registered)


def test_another_address_phone_or_mail_than_the_registered_is_a_mismatch() -> None:
    wrong = found(address="東京都千代田区丸の内4-5-6", phone="03-5550-9871", mail="info@wakaba.example.jp")

    assert wrong == dict.fromkeys(
        (DisplayItem.ADDRESS, DisplayItem.PHONE, DisplayItem.MAIL), FaultKind.MISMATCH
    )


def test_a_second_number_beside_the_registered_one_is_fine_and_any_where_none_is_registered() -> None:
    assert not found(phone="03-5550-9871 / 090-5550-1231")
    assert not found(phone="03-5550-9871", registered=NOBODY)
    assert not found(mail="フォームをご利用ください")


@pytest.mark.skipif(is_there(), reason="the table of postcodes is installed")
def test_without_the_table_of_postcodes_nobody_is_told_of_one() -> None:
    assert not postcode_differs("〒999-9999 東京都千代田区丸の内1-2-3")


@pytest.mark.skipif(not is_there(), reason="the table of postcodes is not installed")
def test_a_postcode_of_another_place_is_a_mismatch() -> None:
    assert postcode_differs("〒530-0001 東京都千代田区丸の内1-2-3")
    assert not postcode_differs("〒100-0005 東京都千代田区丸の内1-2-3")
    assert not postcode_differs("東京都千代田区丸の内1-2-3")


@pytest.mark.parametrize(
    ("values", "is_contrary"),
    [
        (("送料無料", "送料800円"), True),
        (("全国一律500円", "送料は全国一律800円です"), True),
        (("送料無料。", "Shipping 800 yen"), True),
        (("5,000円以上で無料、未満は800円",), False),
        (("送料無料（沖縄・離島は1,000円）",), False),
        (("全国一律800円。5,000円以上のお買い上げで送料無料",), False),
        (("送料無料", "返品の送料は800円です"), False),
        (("送料：800円", "800円"), False),
        (("送料無料。返品の送料は800円です",), False),
    ],
)
def test_shipping_is_not_free_and_for_money_at_once(values: tuple[str, ...], is_contrary: bool) -> None:
    assert contradicts_shipping(values) is is_contrary
    assert (DisplayItem.SHIPPING in found(shipping="|".join(values))) is is_contrary


@pytest.mark.parametrize(
    ("values", "is_contrary"),
    [
        (("返品は一切お受けできません", "到着後7日以内は返品可能です"), True),
        (("返品不可", "商品到着後8日以内の返品を承ります"), True),
        (("お客様都合の返品は不可", "お客様都合の返品もお受けします"), True),
        (("No returns.", "Returns are accepted within 14 days"), True),
        (("お客様都合の返品は不可。不良品は返品可能です。",), False),
        (("開封後の返品はできません。未開封は7日以内に返品可能です。",), False),
        (("返品はお受けできません。不良品は交換いたします。",), False),
        (("返品可",), False),
    ],
)
def test_goods_may_not_be_sent_back_and_kept_at_once(values: tuple[str, ...], is_contrary: bool) -> None:
    assert contradicts_returns(values) is is_contrary
    assert (DisplayItem.RETURNS in found(returns="|".join(values))) is is_contrary


@pytest.mark.parametrize(
    ("item", "words", "vague"),
    [
        (DisplayItem.SHIPPING, "実費", True),
        (DisplayItem.SHIPPING, "別途ご連絡いたします", True),
        (DisplayItem.SHIPPING, "地域により異なります", True),
        (DisplayItem.SHIPPING, "送料は実費、代引手数料は330円", True),
        (DisplayItem.SHIPPING, "地域により異なります。北海道1,200円、本州800円", False),
        (DisplayItem.SHIPPING, "商品ページに表示", False),
        (DisplayItem.SHIPPING, "当店が負担します", False),
        (DisplayItem.DELIVERY, "順次発送いたします", True),
        (DisplayItem.DELIVERY, "なるべく早くお届けします", True),
        (DisplayItem.DELIVERY, "決済後すぐにダウンロードできます", False),
        (DisplayItem.DELIVERY, "ご入金から１週間以内", False),
        (DisplayItem.PAYMENT_TIME, "別途ご案内します", True),
        (DisplayItem.PAYMENT_TIME, "クレジットカード", True),
        (DisplayItem.PAYMENT_TIME, "前払い", False),
        (DisplayItem.PRICE, "お問い合わせください", True),
        (DisplayItem.PRICE, "お見積り。1個300円から", False),
        (DisplayItem.RETURNS, "ご相談ください", True),
        (DisplayItem.RETURNS, "状況により判断します。7日以内にご連絡ください", False),
        (DisplayItem.NAME, "別途", False),
    ],
)
def test_words_that_leave_things_open_are_vague(item: DisplayItem, words: str, vague: bool) -> None:
    assert is_vague(item, (words,)) is vague
    if vague:
        assert found(**{item.value: words})[item] is FaultKind.VAGUE


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("0570-000-123", FaultKind.UNFIT),
        ("020-1234-5671", FaultKind.UNFIT),
        ("01-2345-6", FaultKind.MISSING),
        ("09-5550-12300", FaultKind.UNFIT),
        ("フォームへ", FaultKind.MISSING),
        ("050-5550-1233", None),
    ],
)
def test_a_number_that_reaches_nobody_is_unfit(words: str, kind: FaultKind | None) -> None:
    assert found(phone=words, registered=NOBODY).get(DisplayItem.PHONE) is kind


def test_a_registered_number_that_no_plan_knows_is_let_be() -> None:
    assert not found(phone="09-5550-12300", registered=RegisteredSeller(phones=("09-5550-12300",)))


@pytest.mark.parametrize("mail", ["shop@gmail.com", "a@yahoo.co.jp", "b@docomo.ne.jp", "c@mail.yahoo.co.jp"])
def test_a_free_mail_address_is_unfit_where_the_operator_wants_none(mail: str) -> None:
    strict = AskedOf(seller=SellerKind.CORPORATION, traits=GOODS.traits, free_mail=False)

    assert found(mail=mail, registered=NOBODY, terms=strict) == {DisplayItem.MAIL: FaultKind.UNFIT}
    assert not found(mail=mail, registered=NOBODY)
    assert not found(mail="a@shop.example", registered=NOBODY, terms=strict)


def test_what_the_law_lets_be_left_out_may_be_given_on_request() -> None:
    offered = frozenset({DisplayItem.NAME, DisplayItem.ADDRESS, DisplayItem.PHONE})

    assert not found(*offered, on_request=offered)
    assert found(DisplayItem.PRICE, on_request=frozenset({DisplayItem.PRICE})) == {
        DisplayItem.PRICE: FaultKind.NOT_OMITTABLE
    }
    assert found(DisplayItem.PAYMENT_TIME, on_request=frozenset({DisplayItem.PAYMENT_TIME})) == {
        DisplayItem.PAYMENT_TIME: FaultKind.NOT_OMITTABLE
    }


def test_where_only_some_charges_are_shown_nothing_may_be_left_out() -> None:
    offered = frozenset({DisplayItem.ADDRESS})

    assert DisplayItem.ADDRESS in found(DisplayItem.ADDRESS, DisplayItem.SHIPPING, on_request=offered)
    assert (
        found(DisplayItem.ADDRESS, on_request=offered, shipping="実費")[DisplayItem.ADDRESS]
        is FaultKind.NOT_OMITTABLE
    )
    assert not found(
        DisplayItem.ADDRESS,
        DisplayItem.PRICE,
        DisplayItem.SHIPPING,
        DisplayItem.OTHER_CHARGES,
        on_request=frozenset(DisplayItem),
    )


@pytest.mark.parametrize(
    "piece", ["送料", "1", "返品は", "○", "株式会社青", "東京都港区芝1-2-3 ", "a@b.jp ", "〇", "（例）"]
)
@pytest.mark.parametrize("label", ["返品", "電話", "住所"])
def test_the_time_to_check_grows_with_the_length_alone(label: str, piece: str) -> None:
    half = read(f"{label}：{piece * (5_000 // len(piece))}")
    whole = read(f"{label}：{piece * (10_000 // len(piece))}")

    shorter, longer = (
        effort(lambda shown=shown: faults(shown, REGISTERED, GOODS)) for shown in (half, whole)
    )

    assert longer < 3 * shorter + 0.1


def test_at_most_one_fault_is_told_of_an_item_and_the_gravest_first() -> None:
    display = ShownWords(
        values={
            DisplayItem.SHIPPING: ("送料無料", "送料は実費"),
            DisplayItem.PHONE: ("000-0000-0000", "0570-000-123"),
        }
    )

    told = [
        one
        for one in faults(display, REGISTERED, GOODS)
        if one.item in {DisplayItem.SHIPPING, DisplayItem.PHONE}
    ]

    assert [one.kind for one in told] == [FaultKind.MISMATCH]


def test_a_fault_says_what_to_do_and_never_what_is_registered() -> None:
    shown = read(
        "販売業者：株式会社若葉堂\n住所：大阪市北区梅田9-8-7\n電話：06-6550-9870\n代表者：別人太郎\nメール：x@wakaba.example"
    )

    told: tuple[DisplayFault, ...] = faults(shown, REGISTERED, GOODS)

    secrets = ("青葉", "丸の内", "5550", "佐藤", "aobado")
    assert {one.kind for one in told} >= {FaultKind.MISMATCH, FaultKind.MISSING}
    for one in told:
        assert "ください" in one.text.ja
        assert "lease" in one.text.en
        assert not any(secret in part for secret in secrets for part in (one.text.ja, one.text.en, one.said))


def test_a_display_that_is_read_and_checked_has_the_faults_planted_in_it() -> None:
    text = """【販売業者】株式会社青葉堂
【代表者】佐藤 一郎
【所在地】東京都千代田区丸の内
【電話番号】03-0000-0000
【販売価格】商品ページに表示
【送料】実費
【お支払方法】代金引換
【お支払時期】商品お届け時
【引渡時期】順次発送
【返品】返品不可です。
Q. 返品できますか？
A. 7日以内なら返品可能です。"""

    told = {one.item: one.kind for one in faults(read(text), REGISTERED, GOODS)}

    assert told == {
        DisplayItem.ADDRESS: FaultKind.PLACEHOLDER,
        DisplayItem.PHONE: FaultKind.PLACEHOLDER,
        DisplayItem.MAIL: FaultKind.MISSING,
        DisplayItem.SHIPPING: FaultKind.VAGUE,
        DisplayItem.OTHER_CHARGES: FaultKind.MISSING,
        DisplayItem.DELIVERY: FaultKind.VAGUE,
        DisplayItem.RETURNS: FaultKind.MISMATCH,
    }
