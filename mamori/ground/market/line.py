"""What every line has, and the forms that fields of several kinds share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from mamori.grammar.text import Text
from mamori.ground.declared.records import Part, Ref, form, says

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
    """What is told of a known record to change it alone; null removes (JSON Merge Patch, RFC 7396)."""

    kind: type[Line]
    ref: str
    given: Mapping[str, Any]


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
