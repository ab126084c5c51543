"""The columns that a shop's table may have: the names they go by, what each tells, and how its cells are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from msgspec import Struct, inspect

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared.records import describe
from mamori.ground.market.lines import KINDS, BuyerLine
from mamori.ground.market.sellerlines import Line, name_of_ref, safe_number
from mamori.ground.market.tables.sheets import Cell, is_error, plain, written
from mamori.japan.calendar import JAPAN
from mamori.japan.written import on_one_line
from mamori.law.identification import Registrant

MOST_REF = 64
LINES: dict[str, type[Line]] = dict(KINDS)
"""Every kind of line that a table tells: the bulk door's, and what a room above takes in by file alone."""
STANDING = "seller.standing"
"""One column that tells two things: whether a seller is a business, and as what it is registered."""
STANDINGS = {
    **dict.fromkeys(
        ("個人", "個人(非事業者)", "非事業者", "一般個人", "individual", "private"), (True, None)
    ),
    **dict.fromkeys(
        ("個人事業主", "個人事業者", "個人(事業者)", "sole trader", "sole proprietor"),
        (False, Registrant.PERSON),
    ),
    **dict.fromkeys(
        ("法人", "会社", "株式会社", "corporation", "company", "corporate"), (False, Registrant.COMPANY)
    ),
}
_YES = ("はい", "有", "あり", "済", "○", "〇", "1", "true", "yes", "y", "on")
_NO = ("いいえ", "無", "なし", "未", "×", "0", "false", "no", "n", "off")
WORDS: dict[str, dict[str, str]] = {
    "nature": {"商品": "goods", "物品": "goods", "役務": "service", "サービス": "service", "権利": "right"},
    "condition": {"新品": "new", "未使用": "new", "新品・未使用": "new", "中古": "used", "中古品": "used"},
    "state": {
        "利用中": "active", "有効": "active", "停止": "suspended", "停止中": "suspended", "退会": "closed", "閉店": "closed",
        "販売中": "on_offer", "公開": "on_offer", "公開中": "on_offer", "非公開": "hidden", "非表示": "hidden",
        "削除": "gone", "販売終了": "gone", "表示中": "shown",
    },
    "sold_as": {
        "個人": "individual", "個人(非事業者)": "individual", "非事業者": "individual",
        "個人事業主": "sole_trader", "個人事業者": "sole_trader", "個人(事業者)": "sole_trader",
        "法人": "corporation", "会社": "corporation", "株式会社": "corporation",
    },
    "age": {
        "18歳未満": "under_18", "未成年": "under_18", "18・19歳": "under_20", "20歳以上": "from_20",
        **{
            f"{years}{unit}": "under_18" if years < 18 else "under_20" if years < 20 else "from_20"
            for years in range(121)
            for unit in ("", "歳")
        },
    },
    "registered_as": {"個人": "person", "個人事業主": "person", "法人": "company"},
    "outcome": {
        "実行": "confirmed", "実行済": "confirmed", "完了": "confirmed", "済": "confirmed", "返金済": "confirmed",
        "不可": "refused", "できない": "refused", "拒否": "refused", "取りやめ": "refused", "保留": "later", "あとで": "later",
    },
}  # fmt: skip
"""The words that shops write for ours, by the field."""

_NAMED_BY: dict[str, str] = {
    "seller": "出店者コード 出店者番号 出店者ID 出品者コード 出品者番号 出品者ID 店舗コード 店舗番号 店舗ID "
    "ショップID ショップコード seller seller_id seller_code shop_id vendor_id vendor",
    "buyer": "会員番号 会員ID 会員コード 顧客番号 顧客ID 顧客コード 購入者番号 購入者ID 購入者コード "
    "customer_id customer_number member_id member_number buyer buyer_id",
    "listing": "商品番号 商品コード 商品ID 品番 商品管理番号 sku product_id product_code item_id listing listing_id",
    "order": "注文番号 注文ID 注文コード 受注番号 受注ID 受注コード オーダー番号 order order_id order_number order_no",
}
"""What a reference to each kind of record is called in exports."""
_PERSON = {
    "mail": "メール メールアドレス Eメール mail email e-mail email_address",
    "phone": "電話 電話番号 TEL phone telephone phone_number",
    "address": "住所 所在地 address",
}
_ITEM = {
    "order.items.listing": _NAMED_BY["listing"],
    "order.items.quantity": "数量 個数 注文数 quantity qty",
    "order.items.price": "単価 商品単価 価格 販売価格 販売単価 商品価格 unit_price item_price price",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableKind:
    """A kind of table: which lines a row may tell, the last of them its own, and what its columns are called.

    Each column is named by kind and field, such as `order.amount`.  `beside` are kinds that a row tells only where they are not
    known yet: what an old order says of goods or a buyer changes nothing that was told since.
    """

    code: str
    title: Text
    kind: str
    names: Mapping[str, str]
    needs: tuple[str, ...]
    beside: tuple[str, ...] = ()


def _table(code: str, title: Text, names: Mapping[str, str], needs: str, beside: str = "") -> TableKind:
    kind = needs.partition(".")[0]
    return TableKind(
        code=code, title=title, kind=kind, names=names, needs=tuple(needs.split()), beside=tuple(beside.split())
    )  # fmt: skip


TABLES: dict[str, TableKind] = {
    one.code: one
    for one in (
        _table(
            "sellers",
            Text("出品者(出店者)", "sellers"),
            {
                "seller.ref": _NAMED_BY["seller"] + " ref id",
                "seller.name": "店舗名 店名 ショップ名 出店者名 出品者名 屋号 shop_name seller_name name",
                STANDING: "事業者区分 出品者区分 区分 個人法人区分 standing business_type seller_type",
                "seller.private_since": "区分の開始日 事業者区分の開始日 区分変更日 standing_since",
                "seller.country": "国 国コード country country_code",
                "seller.state": "状態 ステータス 契約状態 state status",
                "seller.unpaid": "未払い売上金 売上金残高 unpaid balance",
                "verification.legal_name": "法人名 会社名 登録名 販売業者 販売事業者名 事業者名 氏名 legal_name company",
                "verification.legal_kana": "会社名カナ 登録名カナ フリガナ 氏名カナ legal_kana",
                "verification.representative": "代表者 代表者名 代表者氏名 representative",
                "verification.corporate_number": "法人番号 corporate_number",
                "verification.invoice_number": "登録番号 インボイス番号 インボイス登録番号 invoice_number",
                "verification.verified_by": "確認方法 本人確認方法 verified_by",
                "verification.verified_at": "確認日時 確認日 本人確認日 verified_at",
                "verification.verified_until": "確認期限 確認の有効期限 verified_until",
                "contacts.person": "責任者 運営責任者 運営統括責任者 責任者名 担当者 担当者名 person contact_name",
                **{f"contacts.{name}": names for name, names in _PERSON.items()},
                "contacts.fax": "FAX ファクス FAX番号 fax",
                "contacts.hours": "営業時間 連絡可能時間 hours",
                "contacts.returns_to": "返品先 返品先住所 returns_to",
                "contacts.support": "問い合わせ窓口 お問い合わせ先 support",
                "contacts.support_hours": "窓口の受付時間 受付時間 support_hours",
                "contacts.law_page": "特商法ページ 特商法表記 特商法URL 特定商取引法ページ 特定商取引法に基づく表記 law_page",
                "contacts.administrator": "国内管理人 国内管理人名 administrator",
                "contacts.administrator_address": "国内管理人住所 国内管理人の住所 administrator_address",
                "contacts.administrator_phone": "国内管理人電話番号 国内管理人の電話番号 administrator_phone",
            },
            "seller.ref",
        ),
        _table(
            "buyers",
            Text("購入者(会員)", "buyers"),
            {
                "buyer.ref": _NAMED_BY["buyer"] + " ref id",
                "buyer.name": "氏名 お名前 名前 会員名 顧客名 購入者名 name customer_name full_name",
                **{f"buyer.{name}": names for name, names in _PERSON.items()},
            },
            "buyer.ref",
        ),
        _table(
            "listings",
            Text("商品", "listings"),
            {
                "listing.ref": _NAMED_BY["listing"] + " ref id",
                "listing.seller": _NAMED_BY["seller"],
                "listing.name": "商品名 品名 商品タイトル name title product_name item_name",
                "listing.price": "価格 販売価格 税込価格 単価 price",
                "listing.code": "型番コード 管理番号 code",
                "listing.category": "カテゴリ カテゴリー category",
                "listing.url": "商品URL 商品ページ URL url link",
                "listing.brand": "ブランド メーカー 製造者 brand maker",
                "listing.model": "型番 型式 model",
                "listing.gtin": "JAN JANコード GTIN バーコード gtin ean jan_code",
                "listing.nature": "商品種別 種別 nature",
                "listing.condition": "新品中古 新品・中古 商品の状態 コンディション condition",
                "listing.listed_at": "出品日時 出品日 登録日 公開日 listed_at created_at",
                "listing.state": "状態 ステータス 公開状態 state status",
            },
            "listing.ref",
        ),
        _table(
            "orders",
            Text("注文", "orders"),
            {
                "order.ref": _NAMED_BY["order"] + " ref id",
                "order.buyer": _NAMED_BY["buyer"],
                "order.seller": _NAMED_BY["seller"],
                "order.ordered_at": "注文日時 注文日 受注日時 受注日 購入日時 購入日 ordered_at order_date created_at",
                "order.amount": "合計 合計金額 支払金額 支払合計 お支払い合計 注文金額 請求金額 総合計 total amount",
                **_ITEM,
                "order.received_on": "受取日 受領日 到着日 配達完了日 お届け完了日 received_on delivered_on",
                "order.seen_at": "最終確認画面の日時 表示日時 seen_at",
                "order.completed_at": "完了日時 完了日 取引完了日 completed_at",
                "order.cancelled_at": "キャンセル日時 キャンセル日 取消日時 取消日 cancelled_at",
                "order.unsent": "未発送 発送前キャンセル unsent",
                "order.refunded": "返金額 返金合計 refunded",
                "order.charged_back": "チャージバック charged_back chargeback",
                "order.sold_as": "注文時の事業者区分 事業者区分 出品者区分 出店者区分 seller_type sold_as",
                "order.age": "年齢 購入者年齢 注文者年齢 会員年齢 age",
                "order.as_business": "事業用 事業者購入 法人購入 as_business",
                "listing.name": "商品名 品名 product_name item_name",
                "listing.condition": "新品中古 新品・中古 商品の状態 コンディション condition",
                "buyer.name": "氏名 お名前 注文者 注文者名 注文者氏名 購入者名 会員名 customer_name buyer_name",
                **{
                    f"buyer.{name}": " ".join(f"{who}{one}" for one in names.split() for who in ("", "注文者", "購入者"))
                    for name, names in _PERSON.items()
                },
                "screen.text": "最終確認画面 confirmation_screen",
            },
            "order.ref",
            "buyer listing",
        ),
        _table(
            "reviews",
            Text("レビュー", "reviews"),
            {
                "review.ref": "レビュー番号 レビューID 口コミID review_id ref id",
                "review.listing": _NAMED_BY["listing"],
                "review.seller": _NAMED_BY["seller"],
                "review.stars": "星 評価 点数 stars rating",
                "review.posted_at": "投稿日時 投稿日 posted_at",
                "review.order": _NAMED_BY["order"],
                "review.author": _NAMED_BY["buyer"],
                "review.text": "本文 内容 コメント text comment body",
                "review.state": "状態 ステータス state status",
            },
            "review.ref",
        ),
        _table(
            "confirmations",
            Text("指示の確認", "confirmations of instructions"),
            {
                "confirmation.instruction": "指示番号 instruction instruction_id",
                "confirmation.outcome": "結果 実行結果 outcome result",
                "confirmation.at": "実行日時 実行日 返金日 at done_at",
                "confirmation.amount": "金額 実行金額 返金額 amount",
                "confirmation.note": "備考 取引番号 理由 note",
                "confirmation.tracking": "追跡番号 送り状番号 tracking",
            },
            "confirmation.instruction confirmation.outcome",
        ),
    )
}  # fmt: skip


def heading_folded(heading: str) -> str:
    """Return a heading without what exports write differently: width, case, blanks, underscores."""
    return unicodedata.normalize("NFKC", heading).casefold().translate(_DROPPED)


_DROPPED = str.maketrans("", "", " 　_-・()[]:*※")


def _by_name(table: TableKind) -> dict[str, str]:
    return {heading_folded(name): to for to, names in table.names.items() for name in [*names.split(" "), to]}


def guess(table: TableKind, headings: Iterable[str]) -> dict[str, str]:
    """Return which columns tell what, by their headings; of two that tell the same the first."""
    by_name = _by_name(table)
    found: dict[str, str] = {}
    for heading in headings:
        to = by_name.get(heading_folded(heading))
        if to and to not in found.values():
            found[heading] = to
    return found


def title_of(to: str) -> Text:
    """Return what a column tells, as a page says it."""
    if to == STANDING:
        return Text("個人・個人事業主・法人の区分", "individual, sole trader or corporation")
    kind, _, path = to.partition(".")
    if _ref_of(to) is not None:
        name = kind if path == "ref" else path.rpartition(".")[2]
        title = LINES.get(name, BuyerLine).title
        return Text(f"{title.ja}の番号", f"number of the {title.en}")
    fields = describe(LINES[kind])
    for name in path.split("."):
        field = next(one for one in fields if one.name == name)
        fields = field.parts
    return field.means


# Cells as shops write them.


class CellUnread(Refusal, code="cell-unread", status=422):
    """Given when a cell is not written as its column must be; the value itself stands in no sentence."""

    text = Text(
        "「{column}」の書き方が違います。{form} にしてください。",
        "“{column}” has the wrong form. Please give {form}.",
    )


class CellBroken(Refusal, code="cell-broken", status=422):
    """Given when a formula in a cell has no value."""

    text = Text(
        "「{column}」は計算式のエラーです。値を直してから保存してください。",
        "“{column}” holds the error of a formula. Please correct it, and save the file again.",
    )


class NumberTooLong(Refusal, code="number-too-long", status=422):
    """Given when a number of somebody or something cannot be kept as it is written."""

    text = Text(
        "「{column}」が長すぎます。英数字なら64文字まで、かなや漢字があれば20文字ほどまでにしてください。",
        "“{column}” is too long: at most 64 letters and digits, or some 20 with other signs.",
    )


class NumberShortened(Refusal, code="number-shortened", status=422):
    """Given when a spreadsheet made of a number what several numbers may have been: its last digits are gone."""

    text = Text(
        "「{column}」が Excel で短くされています(1.23E+12 など)。列の書式を「文字列」にして、書き出し直してください。",
        "Excel shortened this number (“{column}”, such as 1.23E+12). Please format the column as text and export again.",
    )


SHORTENED = regex(r"-?[0-9](\.[0-9]+)?[Ee]\+[0-9]+")
_WHOLE = 10**15
"""From here on a spreadsheet keeps no number to its last digit."""
_MONEY = regex(r"[¥\\]?(-?[0-9]{1,3}(?:,[0-9]{3})+|-?[0-9]+)(?:\.00?)?円?")
_SERIAL = regex(r"([2-7][0-9]{4})(\.[0-9]+)?")
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
_DAY = regex(
    r"(?:([0-9]{4})|(令和|平成|昭和|[rhs])\s*([0-9]{1,2}|元))\s*[年/.-]\s*([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})日?"
    r"(?:\s*\([月火水木金土日]\))?"
    r"(?:[t\s]*([0-9]{1,2})[:時]([0-9]{1,2})(?:[:分]([0-9]{1,2})(?:\.[0-9]+)?)?[分秒]?)?"
    r"\s*(z|[+-][0-9]{2}:?[0-9]{2})?(?:\s*jst)?"
)
_COMPACT = regex(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001  # the day from which a spreadsheet counts has no zone


def moment_of(cell: Cell) -> datetime | None:
    """Return the moment that a cell says, Japan's where it says no zone, at 0:00 where it says a day; None where none."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=JAPAN)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), JAPAN)
    said = plain(cell).casefold()
    try:
        if serial := _SERIAL.fullmatch(said):
            return (_FIRST + timedelta(days=float(serial[0]))).replace(tzinfo=JAPAN)
        if compact := _COMPACT.fullmatch(said):
            return datetime(*(int(part) for part in compact.groups()), tzinfo=JAPAN)  # type: ignore[misc,arg-type]
        found = _DAY.fullmatch(said)
        return _said(*found.groups()) if found else None
    except (ValueError, OverflowError):
        return None


def _said(year: str | None, era: str | None, nth: str | None, *rest: str | None) -> datetime:
    month, day, hour, minute, second, zone = rest
    if year is None:
        year = str(_ERAS[era or ""] + (1 if nth == "元" else int(nth or "")))
    at = datetime(
        int(year), int(month or ""), int(day or ""), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=JAPAN
    )  # fmt: skip
    return datetime.fromisoformat(at.replace(tzinfo=None).isoformat() + zone.upper()) if zone else at


def _number(cell: Cell) -> int | None:
    found = _MONEY.fullmatch(plain(cell).replace(" ", ""))
    return int(found[1].replace(",", "")) if found and not isinstance(cell, bool) else None


def _flag(cell: Cell) -> bool | None:
    said = plain(cell).casefold()
    return True if said in _YES else False if said in _NO else None


def day_read(cell: Cell) -> str | None:
    at = moment_of(cell)
    return at.astimezone(JAPAN).date().isoformat() if at else None


def _moment(cell: Cell) -> str | None:
    at = moment_of(cell)
    return at.isoformat() if at else None


@dataclass(frozen=True, slots=True)
class CellReader:
    """How the cells of a column are read: what they give, or None where they are written otherwise than `form` says."""

    read: Callable[[Cell], Any]
    form: Text


_READERS: dict[type[inspect.Type], CellReader] = {
    inspect.IntType: CellReader(
        _number, Text("3000、3,000、¥3,000 のような整数", "whole figures such as 3000 or 3,000")
    ),
    inspect.DateType: CellReader(
        day_read, Text("2026/11/3 や 令和8年11月3日 のような日付", "a day such as 2026/11/3")
    ),
    inspect.DateTimeType: CellReader(
        _moment,
        Text("2026/11/3 10:00 や 令和8年11月3日 のような日時", "a moment such as 2026/11/3 10:00"),
    ),
    inspect.BoolType: CellReader(_flag, Text("はい・いいえ(1・0)", "yes or no (1 or 0)")),
}
_STANDINGS = CellReader(
    lambda cell: STANDINGS.get(plain(cell).casefold()),
    Text("個人、個人事業主、法人 のどれか", "individual, sole trader or corporation"),
)


@cache
def reader_of(to: str) -> CellReader:
    """Return how the cells of a column are read, by the type of the field that they tell."""
    if to == STANDING:
        return _STANDINGS
    kind, _, path = to.partition(".")
    names = path.split(".")
    told, cls = _type_of(LINES[kind], names[0])
    if len(names) > 1:
        told, cls = _type_of(cls, names[1])
    for base, reader in _READERS.items():
        if isinstance(told, base):
            return reader
    name = names[-1]
    words = {heading_folded(word): code for word, code in WORDS.get(name, {}).items()}
    if name == "text":
        return CellReader(written, Text("文字", "words"))
    return CellReader(
        lambda cell: words.get(heading_folded(written(cell)), on_one_line(written(cell))),
        Text("文字", "words"),
    )


def _type_of(cls: Any, name: str) -> tuple[inspect.Type, Any]:
    """Return the type of a field, and the class of its parts where it is a list of some."""
    fields = inspect.type_info(cls).fields  # type: ignore[attr-defined]
    told = next(field.type for field in fields if field.encode_name == name)
    while isinstance(told, inspect.Metadata | inspect.UnionType):
        told = told.type if isinstance(told, inspect.Metadata) else told.types[0]
    held = told.item_type if isinstance(told, inspect.VarTupleType) else None
    return told, held.cls if isinstance(held, inspect.StructType) else Struct


REFS = {"seller": True, "buyer": True, "author": True, "listing": False, "order": False}
"""The fields that refer to another record, and whether that is a person."""


@cache
def _ref_of(to: str) -> bool | None:
    """Return whether a column is the number of a person, False where of something else; None where it is no number."""
    kind, _, path = to.partition(".")
    name = path.rpartition(".")[2]
    if path == name_of_ref(LINES[kind]) and kind != "confirmation":
        return REFS.get(kind, False)
    return REFS.get(name)


def value_of(to: str, column: str, cell: Cell) -> Any:
    """Return what a cell tells, None where it is empty.

    :raises Refusal: where it is written otherwise than its column must be.
    """
    if is_error(cell):
        raise CellBroken(column=column)
    if not written(cell):
        return None
    if (of_person := _ref_of(to)) is not None:
        if (isinstance(cell, int | float) and abs(cell) >= _WHOLE) or SHORTENED.fullmatch(plain(cell)):
            raise NumberShortened(column=column)
        ref = safe_number(written(cell), of_person=of_person)
        if len(ref) > MOST_REF:
            raise NumberTooLong(column=column)
        return ref
    reader = reader_of(to)
    if (value := reader.read(cell)) is None:
        raise CellUnread(column=column, form=reader.form)
    return value
