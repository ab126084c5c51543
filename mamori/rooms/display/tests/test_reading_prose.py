"""A display in prose, in questions and answers or in another language is read into the same items."""

from __future__ import annotations

import pytest

from conftest import effort
from mamori.law.display import DisplayItem
from mamori.rooms.display.rules.text.contacts import mails, phones, postcode
from mamori.rooms.display.rules.text.lines import lines
from mamori.rooms.display.rules.text.passages import passages
from mamori.rooms.display.rules.text.reading import read
from mamori.rooms.display.tests.test_reading import PROSE


def test_what_follows_the_office_in_japan_is_not_its_own() -> None:
    text = "■日本の事務所\n住所：大阪市北区梅田1-2-3\n住所：東京都港区芝1-2-3\n■返品\n不可です\n住所：東京都港区芝4-5-6"

    shown = read(text)

    assert shown.values[DisplayItem.JAPAN_OFFICE] == ("住所：大阪市北区梅田1-2-3",)
    assert len(shown.values[DisplayItem.ADDRESS]) == 2


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("住所：ご請求があれば遅滞なく開示いたします。", {DisplayItem.ADDRESS}),
        ("電話番号：請求により遅滞なく提供します", {DisplayItem.PHONE}),
        ("所在地：東京都（以下は、ご請求いただければ遅滞なくお知らせします）", {DisplayItem.ADDRESS}),
        (
            "氏名：個人のため非公開とさせていただいております。お問い合わせいただければ遅滞なく開示します。",
            {DisplayItem.NAME},
        ),
        ("メール：お問い合わせがあれば速やかにお知らせします", {DisplayItem.MAIL}),
        ("返品：ご要望に応じて、条件を遅滞なく開示します。", {DisplayItem.RETURNS}),
        ("Address: available upon request without delay", {DisplayItem.ADDRESS}),
        ("Phone: We will disclose it without delay on request.", {DisplayItem.PHONE}),
        (
            "※住所・電話番号については、請求があった場合、遅滞なく開示します。",
            {DisplayItem.ADDRESS, DisplayItem.PHONE},
        ),
        ("領収書は、ご請求があれば送付します。", set()),
    ],
)
def test_what_is_given_on_request_is_told_from_what_stands_there(text: str, items: set[DisplayItem]) -> None:
    shown = read(text)

    assert shown.on_request == items
    assert not items & set(shown.values)


def test_an_offer_beside_the_words_themselves_takes_nothing_away() -> None:
    shown = read(
        "送料：全国一律600円\n電話番号：03-5550-1130（領収書はお電話でご請求があれば送付します）\n"
        "住所：東京都港区芝1-2-3。別の住所はご請求があれば開示します。\n"
        "メール：a@b.example（ご請求があれば開示）\n氏名：山田花子。住所は請求があれば開示します。"
    )

    assert not shown.on_request & {
        DisplayItem.SHIPPING,
        DisplayItem.PHONE,
        DisplayItem.MAIL,
        DisplayItem.NAME,
    }
    assert {
        DisplayItem.SHIPPING,
        DisplayItem.PHONE,
        DisplayItem.ADDRESS,
        DisplayItem.MAIL,
        DisplayItem.NAME,
    } <= set(shown.values)


def test_all_that_is_left_out_may_be_offered_at_once() -> None:
    shown = read("販売業者：株式会社青葉堂\n記載のない事項は、ご請求があれば遅滞なく開示します。")

    assert DisplayItem.NAME not in shown.on_request
    assert {DisplayItem.ADDRESS, DisplayItem.PHONE, DisplayItem.RETURNS} <= shown.on_request


def test_shipping_alone_is_no_other_charge() -> None:
    only = read("商品代金以外の必要料金：送料 九州770円、関東1,210円")
    both = read("商品代金以外の必要料金：送料 九州770円、代引手数料330円")

    assert DisplayItem.OTHER_CHARGES not in only.values
    assert DisplayItem.SHIPPING in only.values
    assert DisplayItem.OTHER_CHARGES in both.values


def test_several_words_on_one_item_are_all_kept() -> None:
    shown = read("■送料\n送料無料\n■配送について\n送料は全国一律800円です。")

    assert shown.values[DisplayItem.SHIPPING] == ("送料無料",)
    assert shown.beside[DisplayItem.SHIPPING] == ("送料は全国一律800円です",)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("TEL/FAX：03-5550-1140 / 03-5550-1141", ("0355501140",)),
        ("お問い合わせ\nお気軽にどうぞ 0120-555-123", ("0120555123",)),
        ("FAX：03-5550-1150\n電話：03-5550-1151", ("0355501151",)),
        ("電話０３（５５５０）１１６０", ("0355501160",)),
        ("ショップ青葉\n📞090-5550-1170", ("09055501170",)),
        ("TEL 03-5550-1180 FAX 03-5550-1181", ("0355501180",)),
        ("住所・TEL：東京都港区芝1-2-3 03-5550-1190", ("0355501190",)),
    ],
)
def test_a_telephone_is_found_and_a_fax_is_none(text: str, phone: tuple[str, ...]) -> None:
    (words,) = read(text).values[DisplayItem.PHONE]

    assert phones(words)[: len(phone)] == phone


def test_a_fax_alone_is_said_to_be_one() -> None:
    (words,) = read("FAX番号：03-5550-1200\n電話・メール・住所：ありません").values[DisplayItem.PHONE]

    assert words == "FAX番号：03-5550-1200"
    assert not phones(words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("合同会社ひなた\n大阪市北区梅田1-2-3", "合同会社ひなた"),
        ("このサイトは山田花子が運営しています", "山田花子"),
        ("This shop is operated by Green Leaf Ltd", "Green Leaf Ltd"),
        ("ショップ名：花屋さくら", None),
        ("良い花を株式会社青葉堂から仕入れて毎朝お店に並べております", None),
    ],
)
def test_a_name_is_found_without_its_label_and_a_shops_name_is_none(text: str, name: str | None) -> None:
    words = read(text).values.get(DisplayItem.NAME)

    assert words == ((name,) if name else None)


@pytest.mark.parametrize(
    ("text", "item", "words"),
    [
        ("代表取締役　田中 花子", DisplayItem.RESPONSIBLE, "代表取締役：田中 花子"),
        ("代金引換の手数料は330円です", DisplayItem.OTHER_CHARGES, "代金引換の手数料は330円です"),
        (
            "お支払いは銀行振込（前払い）のみです",
            DisplayItem.PAYMENT_TIME,
            "お支払いは銀行振込（前払い）のみです",
        ),
        ("お一人様3点までとさせていただきます", DisplayItem.LIMITS, "お一人様3点までとさせていただきます"),
        ("Windows 10以降でご利用いただけます", DisplayItem.COMPUTER, "Windows 10以降でご利用いただけます"),
        (
            "定期購入は4回以上の継続が条件です",
            DisplayItem.RECURRING_TERMS,
            "定期購入は4回以上の継続が条件です",
        ),
        ("申込みは12月24日までです", DisplayItem.PERIOD, "申込みは12月24日までです"),
        ("お支払方法・時期\tカード：注文時", DisplayItem.PAYMENT_TIME, "カード：注文時"),
        (
            "北海道：1,200円\n送料\n北海道：1,200円\n本州：800円",
            DisplayItem.SHIPPING,
            "北海道：1,200円\n本州：800円",
        ),
        ("電話：03-5550-1210\n備考：送料は500円です", DisplayItem.PHONE, "03-5550-1210"),
        ("メール：a@shop.example\n\n送料は500円です", DisplayItem.MAIL, "a@shop.example"),
        (
            "住所\n東京都港区芝1-2-3\nこの住所は事務所です。店ではありません。",
            DisplayItem.ADDRESS,
            "東京都港区芝1-2-3",
        ),
        ("送料：500円【返品】不可", DisplayItem.RETURNS, "不可"),
        ("「送料無料」の品もあります。送料：500円", DisplayItem.SHIPPING, "500円"),
        ("【送料無料】\n返品：7日以内", DisplayItem.RETURNS, "7日以内"),
        ("いらっしゃいませ。送料：500円", DisplayItem.SHIPPING, "500円"),
        ("「送料無料」：5,000円以上で無料", DisplayItem.SHIPPING, "「送料無料」：5,000円以上で無料"),
        ("お支払方法・手数料：カード。手数料は無料", DisplayItem.OTHER_CHARGES, "カード。手数料は無料"),
        ("お問い合わせ\nshop@aobado.example", DisplayItem.MAIL, "shop@aobado.example"),
        ("代表者は●●●●、電話番号は●●-●●●●-●●●●です。", DisplayItem.RESPONSIBLE, "●●●●"),
        (
            "ここをクリックして返品条件を編集してください。",
            DisplayItem.RETURNS,
            "ここをクリックして返品条件を編集してください",
        ),
        ("メールアドレスは、現在準備中です。", DisplayItem.MAIL, "現在準備中です"),
        (
            "お支払いは銀行振込で。ご注文から3日以内にお願いします。",
            DisplayItem.PAYMENT_TIME,
            "ご注文から3日以内にお願いします",
        ),
        ("お支払い：カード（ご注文のとき）", DisplayItem.PAYMENT_TIME, "カード（ご注文のとき）"),
        (
            "ねだんはページにかいています、そうりょうは300円です",
            DisplayItem.SHIPPING,
            "ねだんはページにかいています、そうりょうは300円です",
        ),
        ("何が人気ですか？\n花です\n青葉　　みどり\n返品/交換\n不可", DisplayItem.RETURNS, "不可"),
        ("【お知らせ】\n休みます\n返品：7日以内", DisplayItem.RETURNS, "7日以内"),
        ("■お知らせ\n休みます\n返品：7日以内", DisplayItem.RETURNS, "7日以内"),
    ],
)
def test_an_item_is_found_with_its_words(text: str, item: DisplayItem, words: str) -> None:
    assert words in read(text).values[item]


def test_source_of_a_page_shows_what_a_browser_shows() -> None:
    text = (
        "<!-- 送料：999円 --><style>.送料{}</style><table><tr><td>送料</td><td>500&nbsp;円</td></tr></table>"
        "<script>返品</script><!-- 開いたまま"
    )

    read_lines = [line for line in lines(text) if line]

    assert read_lines == ["送料\t500\xa0円", "<!-- 開いたまま"]


def test_mail_addresses_and_postcodes_are_read_in_their_spellings() -> None:
    assert mails("Info＠Aobado.example.jp, info[at]aobado.example.jp") == ("info@aobado.example.jp",)
    assert postcode("〒１００－０００５") == "1000005"
    assert postcode("東京都") == ""
    assert phones("+81 3-5550-1220") == ("0355501220",)
    assert phones("0138-55-7594 8:30-16:30") == ("0138557594",)
    assert phones("〇一三八（五五）七五九四") == ("0138557594",)


@pytest.mark.parametrize("text", ["", "\0", "\n\n\n", "【】", "：", "<", "Q.", "☎", "■", "\ud800"])
def test_nothing_readable_is_nothing_shown(text: str) -> None:
    assert not read(text).values


HOSTILE = [
    "発送", "<!--", "【", "1", "a:", "送料：", "<td>", "ご請求があれば", "〒100-0001", "☎", "「送料」", "0-", "a@", "電話03 ",
    "A ", "| ", "①",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_to_read_grows_with_the_length_alone(piece: str) -> None:
    half, whole = piece * (20_000 // len(piece)), piece * (40_000 // len(piece))

    shorter, longer = effort(lambda: read(half)), effort(lambda: read(whole))

    assert longer < 3 * shorter + 0.2


def test_a_reader_that_finds_nothing_would_be_noticed() -> None:
    planted = passages("")

    assert not any(passage.text for passage in planted)
    assert any(passage.text for passage in passages(PROSE))
