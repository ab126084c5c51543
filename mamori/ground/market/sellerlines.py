"""What every line has, and what the marketplace may tell of a seller: itself, who it is in the registers, how it is reached."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from urllib.parse import quote, unquote_to_bytes

from msgspec import Meta
from msgspec.structs import force_setattr

from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared.records import (
    UNFIT,
    Count,
    Day,
    Flag,
    Moment,
    Named,
    Part,
    PersonRef,
    Ref,
    Words,
    Yen,
    form,
    says,
    serves,
)
from mamori.japan.identifiers.numbers import NoCorporateNumber, corporate_number
from mamori.japan.written import plain_name
from mamori.law.identification import Method, Registrant

# What every line has, and the forms that fields of several kinds share.


Language = Annotated[
    str,
    Meta(
        max_length=35,
        pattern=r"^([a-z]{2,3}(-[0-9A-Za-z]{2,8})*)?\Z",
        extra=form("ja、en、zh-Hant などの言語コード", "a language code such as ja, en or zh-Hant"),
    ),
]
Country = Annotated[
    str,
    Meta(
        max_length=2,
        pattern=r"^([A-Z]{2})?\Z",
        extra=form("JP、US などの国コード2文字", "a country code of two letters such as JP or US"),
    ),
]
Corporate = Annotated[
    str,
    Meta(
        max_length=13,
        pattern=r"^([0-9]{13})?\Z",
        extra=form("数字13桁(検査用数字が合うもの)", "13 digits, with the right check digit"),
    ),
]
Invoice = Annotated[
    str,
    Meta(
        max_length=14,
        pattern=r"^(T[0-9]{13})?\Z",
        extra=form("Tと数字13桁", "T and 13 digits"),
    ),
]
Gtin = Annotated[
    str,
    Meta(
        max_length=14,
        pattern=r"^([0-9]{8}|[0-9]{12,14})?\Z",
        extra=form(
            "数字8・12・13・14桁(検査用数字が合うもの)", "8, 12, 13 or 14 digits, with the right check digit"
        ),
    ),
]
_ADDRESS = r"https://[0-9A-Za-z.-]+(:[0-9]{1,5})?([/?#][!-~]*)?"
_ADDRESS_FORM = form(
    "https:// で始まるアドレス(2000文字まで、英数字と記号)",
    "an address that begins with https://, at most 2,000 ASCII signs",
)
Url = Annotated[str, Meta(max_length=2_000, pattern=rf"^({_ADDRESS})?\Z", extra=_ADDRESS_FORM)]
PictureUrl = Annotated[str, Meta(max_length=2_000, pattern=rf"^{_ADDRESS}\Z", extra=_ADDRESS_FORM)]

OF_A_PERSON = Text(
    "本人の鍵が消えるまで(保存期間の規則 market.persons か、消去の請求)",
    "until its key is destroyed, by the rule market.persons or on request",
)
OF_THE_RECORD = Text("記録がある間(消えません)", "as long as the record itself, which stays")
OF_HISTORY = Text(
    "変わっても前の値が残る。本人の鍵が消えるまで",
    "earlier values stay beside the present one, until the person's key is destroyed",
)


class Line(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What every line has: its kind and the marketplace's own identifier.

    A line replaces whole: what it leaves out is removed, or becomes what stands as its default.  A patch changes what it
    gives; then of what is `tied` to a value that changes nothing stays, `unmerged` is only what the patch itself gives, and
    what is `never_null` cannot be removed by null.  What is `hidden` is told and never read back.
    """

    title: ClassVar[Text]
    tied: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    unmerged: ClassVar[tuple[str, ...]] = ()
    never_null: ClassVar[tuple[str, ...]] = ()
    hidden: ClassVar[tuple[str, ...]] = ()

    ref: Annotated[Ref, says("通販サイトでの識別子", "the marketplace's own identifier")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """What is told of a known record to change it alone; null removes (JSON Merge Patch, RFC 7396).

    With `adds` a record that is not known yet is made of it; without `changes` one that is known stays as it is.
    """

    kind: type[Line]
    ref: str
    given: Mapping[str, Any]
    adds: bool = False
    changes: bool = True


type Told = Line | Patch
"""One record as it was told: whole, or only what changes."""


def class_of(told: Told) -> type[Line]:
    """Return the kind of record that was told of."""
    return told.kind if isinstance(told, Patch) else type(told)


def kind_of(told: Told) -> str:
    """Return the kind as it is called."""
    return str(class_of(told).__struct_config__.tag)


def name_of_ref(kind: type[Part]) -> str:
    """Return how a record calls its reference."""
    return kind.__struct_encode_fields__[kind.__struct_fields__.index("ref")]


# Numbers that people know, as references that can stand everywhere, and back.


_ASCII = regex(r"[!-}][!-~]*")
_CODED = "~"


def safe_number(told: str, *, of_person: bool) -> str:
    """Return a reference for a number that people know: itself where it can stand, else coded so that it can be read back."""
    number = unicodedata.normalize("NFKC", told).strip()
    if not number or (_ASCII.fullmatch(number) and not (of_person and "/" in number)):
        return number
    return _CODED + quote(number.encode("punycode"), safe="")


def shown_number(ref: str) -> str:
    """Return the number that people know a reference by: what `safe_number` was given, full width made half."""
    if not (ref and ref.startswith(_CODED)):
        return ref
    try:
        number = unquote_to_bytes(ref[1:]).decode("punycode")
    except UnicodeError:
        return ref
    return number if ref in {safe_number(number, of_person=way) for way in (True, False)} else ref


# What the marketplace may tell of a seller: itself, who it is in the registers, and how it is reached; each told apart.


class SellerState(StrEnum):
    """How a seller's account stands at the marketplace."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class WhoSaid(StrEnum):
    """Who said whether a seller is a business."""

    SELLER = "seller"
    MARKETPLACE = "marketplace"


class Accepted(Part, frozen=True, kw_only=True):
    """A clause that the seller accepted."""

    clause: Annotated[Ref, says("条項のコード。例 recovery", "the clause's code, such as recovery")]
    version: Annotated[Count, says("条項の版", "the clause's version")]
    at: Annotated[Moment, says("同意した日時", "when it was accepted")]


_VERIFICATION = Text(
    "PUT か PATCH /sellers/{ref}/verification(まとめて伝える行では kind が verification)",
    "PUT or PATCH /sellers/{ref}/verification, or in bulk by the kind “verification”",
)
_CONTACTS = Text(
    "PUT か PATCH /sellers/{ref}/contacts(まとめて伝える行では kind が contacts)",
    "PUT or PATCH /sellers/{ref}/contacts, or in bulk by the kind “contacts”",
)
REGISTERED = (
    "legal_name",
    "legal_kana",
    "registered_as",
    "representative",
    "corporate_number",
    "invoice_number",
    "verified_by",
    "verified_at",
    "verified_until",
)
REACHED = (
    "person",
    "mail",
    "phone",
    "fax",
    "address",
    "hours",
    "returns_to",
    "support",
    "support_hours",
    "administrator",
    "administrator_address",
    "administrator_phone",
    "law_page",
    "protected",
)


class SellerLine(Line, frozen=True, kw_only=True, tag="seller"):
    """A seller's shop and account; its name is kept sealed.  Who it is and how it is reached is told apart."""

    title = Text("出品者", "seller")
    elsewhere: ClassVar[Mapping[str, Text]] = dict.fromkeys(REGISTERED, _VERIFICATION) | dict.fromkeys(
        REACHED, _CONTACTS
    )
    tied: ClassVar[Mapping[str, tuple[str, ...]]] = {"private": ("private_since", "private_by")}
    hidden: ClassVar[tuple[str, ...]] = ("accepted",)

    def __post_init__(self) -> None:
        super().__post_init__()
        force_setattr(self, "name", plain_name(self.name))

    ref: Annotated[PersonRef, says("通販サイトでの識別子", "the marketplace's own identifier")]
    name: Annotated[Named, says("店名(表示名)", "the name shown to buyers")]
    private: Annotated[
        Flag | None,
        says(
            "事業者ではない個人か。true なら住所や電話を購入者に見せない。書かなければ「聞いていない」になる",
            "whether it is no business: then address and telephone are not shown to buyers; left out it is not told",
        ),
        serves(
            "取引デジタルプラットフォーム法が取引の時点で問うこと",
            "the Act asks how it was at the time of a transaction",
            kept=OF_HISTORY,
        ),
    ] = None
    private_since: Annotated[
        Moment | None,
        says(
            "個人か事業者かが、いつからそうか。書かなければ、変わったと伝えられた時から",
            "since when that is so; left out, since the change was told",
        ),
        serves(
            "取引の時点でどうだったかを答えるため", "to answer how it was at a transaction", kept=OF_HISTORY
        ),
    ] = None
    private_by: Annotated[
        WhoSaid | None,
        says("private をだれが言ったか", "who said so"),
        Meta(
            extra=form(
                "seller(出品者の申告)か marketplace(通販サイトの判断)",
                "seller (its own word) or marketplace (yours)",
            )
        ),
        serves("言った者を示せるように", "to be able to say whose word it is", kept=OF_HISTORY),
    ] = None
    country: Annotated[
        Country,
        says(
            "所在国（ISO 3166の2文字。空は日本）",
            "the country where it is, two letters of ISO 3166; empty is Japan",
        ),
    ] = ""
    accepted: Annotated[
        tuple[Accepted, ...],
        says(
            "同意した条項。加わるだけで、書かなくても取り消しにはならない",
            "the clauses it accepted; they are only ever added to, and to leave one out takes none back",
        ),
        serves("規約の版ごとの同意を示すため", "to show which version was accepted", kept=OF_THE_RECORD),
    ] = ()
    lang: Annotated[Language, says("読みやすい言語", "the language that it reads best")] = ""
    state: Annotated[
        SellerState,
        says("通販サイトでの利用の状態", "how its account stands"),
        Meta(
            extra=form(
                "active(利用中)、suspended(停止中)、closed(終了)のどれか", "one of active, suspended, closed"
            )
        ),
    ] = SellerState.ACTIVE
    unpaid: Annotated[
        Yen | None,
        says("まだ支払っていない売上金(円)", "its proceeds that were not paid out yet (yen)"),
    ] = None


class VerificationLine(Line, frozen=True, kw_only=True, tag="verification"):
    """Who a known seller is in the registers, and how that was verified; kept sealed."""

    title = Text("出品者の登録と確認", "a seller's registration and its check")
    tied: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "legal_name": ("legal_kana",),
        "verified_by": ("verified_until",),
        "verified_at": ("verified_until",),
    }

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("legal_name", "legal_kana", "representative"):
            force_setattr(self, name, plain_name(getattr(self, name), glyphs=name != "legal_kana"))
        if self.corporate_number:
            try:
                corporate_number(self.corporate_number)
            except NoCorporateNumber:
                raise ValueError(f"{UNFIT} `corporate_number`") from None

    ref: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    legal_name: Annotated[
        Words,
        says("登録された氏名または名称(会社名など)", "the registered name, such as the company's"),
    ] = ""
    legal_kana: Annotated[
        Words, says("登録された氏名・名称の読み(カナ)", "how the registered name is read, in kana")
    ] = ""
    registered_as: Annotated[
        Registrant | None,
        says("登録の種類", "who is registered"),
        Meta(extra=form("person(個人)か company(法人)", "person or company")),
    ] = None
    representative: Annotated[
        Words,
        says("代表者の氏名(法人のとき)", "the name of who represents it, for a company"),
        serves(
            "購入者が法人の相手を知るため、本人確認のため",
            "a buyer learns who answers for a company; identification",
            kept=OF_A_PERSON,
        ),
    ] = ""
    corporate_number: Annotated[
        Corporate,
        says("法人番号", "its corporate number (法人番号)"),
        serves("登記と突き合わせるため", "to be held against the register", kept=OF_A_PERSON),
    ] = ""
    invoice_number: Annotated[
        Invoice,
        says("適格請求書発行事業者の登録番号", "its number as an issuer of qualified invoices (インボイス)"),
        serves(
            "請求書の確認と、事業者であることの手がかり",
            "invoices, and a sign that it is a business",
            kept=OF_A_PERSON,
        ),
    ] = ""
    verified_by: Annotated[
        Method | None,
        says("登録された氏名・名称を確かめた方法", "by which method the registered name was verified"),
        Meta(extra=form(f"{'、'.join(Method)} のどれか", f"one of {', '.join(Method)}")),
    ] = None
    verified_at: Annotated[
        Moment | None, says("確かめた日時(verified_by と一緒に)", "when it was verified, with verified_by")
    ] = None
    verified_until: Annotated[
        Day | None,
        says(
            "確認が有効な最後の日(なければ期限なし)",
            "the last day on which that holds; without it there is none",
        ),
    ] = None


_REACHING = serves(
    "購入者が連絡できるように、当方が督促・確認できるように",
    "so that buyers reach it, and we urge and ask",
    kept=OF_A_PERSON,
)
_ADMINISTRATOR = serves(
    "海外の出品者の製品について、国内で責任を負う者に連絡するため",
    "to reach who answers in Japan for the products of a seller abroad",
    kept=OF_A_PERSON,
)


class ContactsLine(Line, frozen=True, kw_only=True, tag="contacts"):
    """How a known seller is reached; kept sealed."""

    title = Text("出品者の連絡先", "a seller's contacts")
    never_null: ClassVar[tuple[str, ...]] = ("protected",)
    hidden: ClassVar[tuple[str, ...]] = ("protected",)

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("person", "administrator"):
            force_setattr(self, name, plain_name(getattr(self, name), glyphs=True))

    ref: Annotated[PersonRef, says("出品者の ref", "the ref of the seller")]
    person: Annotated[Words, says("責任者の氏名", "the person responsible")] = ""
    mail: Annotated[Words, says("メールアドレス", "mail address")] = ""
    phone: Annotated[Words, says("電話番号", "telephone number")] = ""
    fax: Annotated[Words, says("ファクス番号", "fax number"), _REACHING] = ""
    address: Annotated[Words, says("住所", "postal address")] = ""
    hours: Annotated[Words, says("連絡のつく時間", "when it can be reached")] = ""
    returns_to: Annotated[Words, says("返品先", "where goods are sent back to")] = ""
    support: Annotated[
        Words, says("購入者向けの問い合わせ窓口(電話番号など)", "its support line for buyers")
    ] = ""
    support_hours: Annotated[
        Words, says("問い合わせ窓口の受付時間", "when its support line answers"), _REACHING
    ] = ""
    administrator: Annotated[
        Words,
        says("国内管理人の氏名または名称", "the name of its domestic administrator (国内管理人)"),
        _ADMINISTRATOR,
    ] = ""
    administrator_address: Annotated[
        Words, says("国内管理人の住所", "the domestic administrator's address"), _ADMINISTRATOR
    ] = ""
    administrator_phone: Annotated[
        Words, says("国内管理人の電話番号", "the domestic administrator's telephone number"), _ADMINISTRATOR
    ] = ""
    law_page: Annotated[
        Url,
        says(
            "今ある特定商取引法の表示のページ",
            "the address of its present page with the display that the commercial law asks for (特商法)",
        ),
        serves(
            "今の表示を担当者が見て、引き継ぐため",
            "staff read what it shows today and take it over",
            kept=OF_A_PERSON,
        ),
    ] = ""
    protected: Annotated[
        Flag | None,
        says(
            "居所を知られてはならない人(DV等の被害、住民票の支援措置)。書かなければそのまま、false でやめる。"
            "読み返せない。見るのは法務担当だけ",
            "whose whereabouts must not become known (domestic violence, support at the register); left out it stays, "
            "false ends it; it is never read back, and of our staff counsel alone sees it",
        ),
        serves(
            "住所・電話・ファクスをだれにも見せないため",
            "address, telephone and fax are then shown to no buyer",
            kept=OF_A_PERSON,
        ),
    ] = None
