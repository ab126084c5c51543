"""What leads away from the marketplace is found as people disguise it; what merely looks like it is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from mamori.japan.lures.checking import check, masked
from mamori.japan.lures.formal import formal
from mamori.japan.lures.kinds import KINDS, Allowed, Lure


def kinds(text: str, allowed: Allowed | None = None) -> list[str]:
    """List the kinds found."""
    return [lure.kind for lure in check(text, by="buyer", allowed=allowed or Allowed())]


def shown(text: str) -> list[str]:
    """List what was found, as written."""
    return [text[lure.start : lure.end] for lure in check(text, by="buyer")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電話は０９０ー１２３４ー５６７８です", "０９０ー１２３４ー５６７８"),
        ("0️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣🙇", "0️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣"),
        ("〇九〇一二三四五六七八", "〇九〇一二三四五六七八"),
        (
            "携帯ゼロキューゼロ、いちにさんよん、ごろくななはち",
            "ゼロキューゼロ、いちにさんよん、ごろくななはち",
        ),
        ("0 9 0 1 2 3 4 5 6 7 8 まで", "0 9 0 1 2 3 4 5 6 7 8"),
        (
            "call oh nine oh one two three four oh oh seven eight",
            "oh nine oh one two three four oh oh seven eight",
        ),
        ("It is Oh-Eight-Oh, 1234 5678", "Oh-Eight-Oh, 1234 5678"),
        ("oh three five five five oh one two three four", "oh three five five five oh one two three four"),
        ("ohnineohonetwothreefourfivesixseveneight", "ohnineohonetwothreefourfivesixseveneight"),
        (
            "zero nine oh one two three four five six seven oh",
            "zero nine oh one two three four five six seven oh",
        ),
        ("090\u200b1234\u200b5678 へ", "090\u200b1234\u200b5678"),
        ("\u202e8765-4321-090\u202c へ", "8765-4321-090\u202c"),
        ("O9O-l234-S67B", "O9O-l234-S67B"),
        ("ﾗ・ｲ・ﾝ で話しませんか", "ﾗ・ｲ・ﾝ で話し"),
        ("taro.yamada＠gmail．com まで", "taro.yamada＠gmail．com"),
        ("t a r o @ g m a i l . c o m", "t a r o @ g m a i l . c o m"),
        ("東京都新宿区架空町２－８－１ 宛", "東京都新宿区架空町２－８－１"),
        ("サイト通さずに現金でどうですか", "サイト通さずに現金"),
        ("paypayのID taro99に送金お願いします", "paypayのID taro99に"),
        ("LIN\u0415のIDはtaro99です", "LIN\u0415のIDはtaro99"),
    ],
)
def test_a_find_is_shown_as_it_was_written(text: str, found: str) -> None:
    assert shown(text) == [found]


EXAMPLES = {
    "phone": "電話は090-1234-5678です。",
    "mail": "メールはhanako@example.jpへお願いします。",
    "chat_id": "返事はLINE ID: abc_123 にください。",
    "url": "写真は https://example.com/a/b にあります。",
    "bank": "返金は みずほ銀行 新宿支店 普通 1234567 にお願いします。",
    "direct_deal": "次からは直接取引しませんか。",
    "address": "荷物は東京都千代田区霞が関3-1-1まで送ってください。",
}


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_an_example_of_every_kind_is_found(kind: str) -> None:
    assert kinds(EXAMPLES[kind]) == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("運営に黙ってお支払いください", "direct_deal"),
        ("サイトにバレないように取引しませんか", "direct_deal"),
        ("サイトを使わないで支払ってください", "direct_deal"),
        ("現金払いなら安くします", "direct_deal"),
        ("PayPay払いなら500円引きます", "direct_deal"),
        ("https://evil.com/post.japanpost.jp", "url"),
        ("https://evil.example.com/a.go.jp", "url"),
        ("https://evil.com/?u=www.kuronekoyamato.co.jp", "url"),
        ("https://evil.com/a.line.me/x", "url"),
        ("ディスコで連絡ください", "chat_id"),
        ("LINEを持っていますか", "chat_id"),
    ],
)
def test_what_leads_away_is_found_however_it_is_put(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電話番号を教えてください", ["phone"]),
        ("メアド教えてもらえますか", ["mail"]),
        ("ご住所を教えてください", ["address"]),
        ("返金先の口座番号をお知らせください", ["bank"]),
        ("電話番号をご記入ください", ["phone"]),
        ("連絡先をお知らせください", ["phone"]),
        ("通帳の写真を見せてください", ["bank"]),
        ("電話番号の変更方法を教えてください", []),
        ("追跡番号を教えてください", []),
        ("口座番号を聞かれましたが教えて大丈夫ですか", []),
    ],
)
def test_what_is_asked_for_is_found_and_a_question_about_it_is_innocent(text: str, found: list[str]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "注文番号は 0901234567 です",
        "Oh, 9012345678 is the number of my order",
        "oh 1234567890 oh",
        "Oh! Seven of nine were fine, oh, and one was broken five or six days ago",
        "伝票番号 1234-5678-9012 です",
        "JAN 4901234567894、型番 SH-01K、価格 1,200円",
        "2026-11-24 の 09:00-18:00 に受け取れます",
        "ガイドラインを守って、オンラインで追加してください",
        "直接取引は禁止されていますか？",
        "「キャンセルして外で取引しませんか」と言われました。",
        "お電話をください。",
        "東京都内へは何日で届きますか",
    ],
)
def test_what_only_looks_alike_is_innocent(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "spelling", ["03-0581-5438", "０３（０５８１）５４３８", "+81 3 0581 5438", "〇三ー〇五八一ー五四三八"]
)
def test_registered_contacts_pass_in_any_spelling(spelling: str) -> None:
    registered = Allowed(registered=("03-0581-5438",))

    assert kinds(f"お電話は {spelling} へ", registered) == []
    assert kinds("お電話は 03-0581-5439 へ", registered) == ["phone"]


def test_hosts_of_the_marketplace_pass_and_others_do_not() -> None:
    own = Allowed(hosts=("market.example",))

    assert kinds("https://help.market.example/returns を見てください。support@market.example へ", own) == []
    assert kinds("https://market.example.evil.test/ を見てください", own) == ["url"]
    assert kinds("https://evil.test/@market.example を見てください", own) == ["url"]


def test_masking_hides_the_find_alone_and_never_touches_a_notice() -> None:
    text = "ありがとうございます。090-1234-5678 まで。"
    notice = "本日、契約を解除します。090-1234-5678 まで。"

    assert (
        masked(text, check(text, by="buyer")) == "ありがとうございます。〔電話番号は表示されません〕 まで。"
    )
    assert masked(notice, check(notice, by="buyer")) == notice


def test_every_kind_has_sentences_for_both_writers() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS) == 7
    assert all(kind.buyer != kind.seller for kind in KINDS)


PIECES = (
    *(
        "0",
        "9",
        "０９０",
        "ー",
        "-",
        " ",
        "ライン",
        "らいん",
        "で",
        "@",
        ".com",
        "a",
        "東京都",
        "市",
        "丁目",
        "口座",
        "直接",
        "取引",
    ),
    *(
        "\n",
        "。",
        "？",
        "\u200b",
        "\u202e",
        "\u202c",
        "🙇",
        "️⃣",
        "\u3099",
        "銀行",
        "返品",
        "します",
        "1-",
        "http",
        "://",
    ),
)
LONGER = (
    "0 ",
    "1-",
    "a@",
    "a.",
    "-@",
    "東京都市",
    "口座番号",
    "ラ イ ン",
    "返品します。",
    "直接取引",
    "\u202ea\u202c",
    "東京都新宿区",
    "ノ1",
)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_is_checked_and_every_find_lies_within_it(text: str) -> None:
    found = check(text, by="seller")

    assert all(isinstance(one, Lure) and 0 <= one.start < one.end <= len(text) for one in found)
    assert masked(text, ()) == text


@pytest.mark.parametrize("piece", [*PIECES, *LONGER, "".join((*PIECES, *LONGER))])
def test_the_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        begun = time.process_time()
        check(text, by="buyer")
        formal(text)
        return time.process_time() - begun

    small = min(seconds(1_500) for _ in range(2))
    large = min(seconds(12_000) for _ in range(2))

    assert large < 24 * max(small, 0.002)  # eight times the text: a square would be 64
