"""Records that other software tells us, field by field, from one declaration; their references; lists of them page by page."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Annotated, Any, ClassVar, cast

import msgspec
from msgspec import Meta, Struct, inspect
from msgspec.structs import force_setattr, replace

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.japan.calendar import JAPAN
from mamori.japan.written import FILLERS, TURNING


def leads_elsewhere(ref: str) -> bool:
    """Say whether an address with it would be another one: `.` and `..` are steps, and slashes that meet become one."""
    return any(part in ("", ".", "..") for part in ref.split("/"))


# Records that other software tells us, field by field: form, meaning, sentences and schema from one declaration.


LIST = Text("[ ] の中にカンマで並べた { }", "{ } after { }, with commas, within [ ]")
EARLIEST = 1900
"""The first year that a moment or a day may lie in: before it stand typing errors, and what no database can turn to UTC."""
_EARLY = "before our time"
UNFIT = "does not fit"
"""What a record says of a field whose value fails a rule that no pattern holds, such as a check digit."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much a moment of somebody else's clock may lie ahead of ours and still have happened."""
DEEPEST = 64
"""How deep what we are told may be nested: our records need four."""
_IN_QUOTES = regex(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"[]{}")))


def json_of(raw: bytes) -> Any:
    """Return what the JSON says.

    The depth is looked at first: the decoder goes down by one frame a bracket, and where pages are served a thread has
    so little room that twenty thousand brackets would end the whole process.

    :raises RecursionError: when it is nested deeper than any record.
    :raises msgspec.MsgspecError, UnicodeDecodeError: when it is no JSON.
    """
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and _depth(raw) > DEEPEST:
        raise RecursionError
    told = msgspec.json.decode(raw)
    # Outside quotes each colon follows a name; the decoder keeps the last of those that are alike.
    if raw.count(b":") != _names(told) != _IN_QUOTES.sub(b"", raw).count(b":"):
        json.loads(raw, object_pairs_hook=_each_once)
    return told


def _names(told: Any) -> int:
    if isinstance(told, dict):
        return len(told) + sum(map(_names, told.values()))
    return sum(map(_names, told)) if isinstance(told, list) else 0


def _each_once(pairs: list[tuple[str, Any]]) -> None:
    seen = set()
    for name, _ in pairs:
        if name in seen:
            raise FieldTwice(field=name[:64])
        seen.add(name)


def _depth(raw: bytes) -> int:
    brackets = _IN_QUOTES.sub(b"", raw).translate(None, delete=_NO_BRACKETS)
    return max(accumulate(1 if bracket in b"[{" else -1 for bracket in brackets), default=0)


def form(ja: str, en: str) -> dict[str, Text]:
    """Say how a field is written, to be given as `extra`."""
    return {"form": Text(ja, en)}


def says(ja: str, en: str) -> Meta:
    """Say what a field means."""
    return Meta(extra={"means": Text(ja, en)})


def serves(ja: str, en: str, *, kept: Text) -> Meta:
    """Say what a field is asked for, and how long it is kept."""
    return Meta(extra={"serves": Text(ja, en), "kept": kept})


Ref = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^[!-~]+\Z",
        extra=form("1〜64文字の英数字と記号(空白なし)", "1 to 64 ASCII letters, digits and signs, no blanks"),
    ),
]
PersonRef = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^[!-.0-~]+\Z",  # a slash parts a person from whoever acts for it
        extra=form(
            "1〜64文字の英数字と記号(空白と / なし)",
            "1 to 64 ASCII letters, digits and signs, no blanks and no /",
        ),
    ),
]
NO_NUL = r"^[^\x00]*\Z"
"""For words of any kind: NUL is no sign that anybody writes, and no database keeps it."""
Words = Annotated[
    str,
    Meta(
        max_length=500,
        pattern=NO_NUL,
        extra=form("500文字までの文字列", "a text of at most 500 characters"),
    ),
]
Named = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        pattern=rf"^[^{TURNING}]*[^\s{TURNING}{FILLERS}][^{TURNING}]*\Z",
        extra=form(
            "1〜500文字の、見える文字を含む1行の文字列(改行や書く向きを変える記号なし)",
            "a text of 1 to 500 characters on one line, one of them visible, with no sign that turns its direction",
        ),
    ),
]
Yen = Annotated[
    int,
    Meta(
        ge=0,
        le=10_000_000_000,
        extra=form(
            "0以上の整数の円(引用符・小数・カンマなし)",
            "whole yen from 0 up, without quotes, fractions or commas",
        ),
    ),
]
Count = Annotated[int, Meta(ge=1, le=100_000, extra=form("1以上の整数", "a whole number from 1 up"))]
Flag = Annotated[bool, Meta(extra=form("true か false", "true or false"))]
Day = Annotated[
    date,
    Meta(
        extra_json_schema={"format": "date"},
        extra=form("日付。例 2027-03-31", "a day such as 2027-03-31"),
    ),
]
Moment = Annotated[
    datetime,
    Meta(
        extra_json_schema={"format": "date-time"},
        extra=form(
            "日時。例 2026-11-01T10:00:00+09:00(時差がなければ日本時間)",
            "a moment such as 2026-11-01T10:00:00+09:00 (Japan time where no offset stands)",
        ),
    ),
]


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record, or one within another; a moment without an offset is Japan's.

    `elsewhere` are fields that others than this record carry, and where those are told.
    """

    elsewhere: ClassVar[Mapping[str, Text]] = {}

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, date) and value.year < EARLIEST:
                raise ValueError(f"{_EARLY} `{name}`")
            if isinstance(value, datetime) and value.tzinfo is None:
                force_setattr(self, name, value.replace(tzinfo=JAPAN))


def by_now[P: Part](told: P, at: datetime) -> P:
    """Return the record with each moment that lies a little ahead, in it or a part of it, kept as now: clocks differ.

    A moment further ahead stays, for whoever refuses it; a day has no grace.
    """
    news: dict[str, Any] = {}
    for name in told.__struct_fields__:
        value = getattr(told, name)
        if isinstance(value, datetime) and at < value <= at + CLOCKS_DIFFER:
            news[name] = at
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            news[name] = tuple(by_now(part, at) for part in value)
    return replace(told, **news) if news else told


class FieldMissing(Refusal, code="field-missing", status=422):
    """Given when a record lacks what its kind needs."""

    text = Text(
        "「{field}」({means})がありません。{form} を書いてください。",
        "“{field}” ({means}) is missing. Please give {form}.",
    )


class FieldWrong(Refusal, code="field-wrong", status=422):
    """Given when a field does not have the form that it must."""

    text = Text(
        "「{field}」({means})の書き方が違います。{form} にしてください。",
        "“{field}” ({means}) has the wrong form. Please give {form}.",
    )


class FieldUnknown(Refusal, code="field-unknown", status=422):
    """Given when a record carries a field that its kind does not have."""

    text = Text(
        "「{field}」という項目はありません。つづりを確かめるか、外してください。",
        "There is no field “{field}”. Please check its spelling, or leave it out.",
    )


class FieldElsewhere(Refusal, code="field-elsewhere", status=422):
    """Given when a record carries a field that is told at another address."""

    text = Text(
        "「{field}」はここでは伝えられません。{where} で伝えてください。",
        "“{field}” is not told here. Please tell it by {where}.",
    )


class FieldTwice(Refusal, code="field-twice", status=422):
    """Given when one name stands twice in an object."""

    text = Text(
        "「{field}」が2回書かれています。どちらのことか分からないので、1回だけ書いてください。",
        "“{field}” stands there twice, and nobody can say which is meant. Please write it once.",
    )


type Fault = FieldMissing | FieldWrong | FieldUnknown | FieldElsewhere | FieldTwice


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as sentences and reference tell it; `parts` are the fields of what a list holds.

    `serves` says what it is asked for and `kept` how long it is kept, where the record as a whole does not say so.
    """

    name: str
    means: Text
    form: Text
    is_needed: bool
    serves: Text | None = None
    kept: Text | None = None
    parts: tuple[Field, ...] = ()


@cache
def describe(kind: type[Struct]) -> tuple[Field, ...]:
    """Return the fields that a record of this kind may carry."""
    return tuple(_field(field) for field in cast(inspect.StructType, inspect.type_info(kind)).fields)


def convert[Kind: Part](record: dict[str, Any], kind: type[Kind]) -> Kind:
    """Make a record of what was told; null counts as absent."""
    told = {name: value for name, value in record.items() if value is not None}
    try:
        return msgspec.convert(told, kind)
    except msgspec.ValidationError as error:
        raise refusal_of(kind, str(error)) from None


def faults(record: dict[str, Any], kind: type[Part], *, strict: bool = True) -> list[Fault]:
    """Return all that is wrong with a record, field by field; `strict` = a number in quotes is none."""
    found: list[Fault] = unknown(record, kind)
    for field in _fields(kind):
        value = record.get(field.encode_name)
        if value is None:
            if field.required:
                found.append(refusal_of(kind, f"missing required field `{field.encode_name}`"))
            continue
        try:
            msgspec.convert(value, field.type, strict=strict)
        except msgspec.ValidationError as error:
            message, _, path = str(error).partition(" - at `$")
            found.append(refusal_of(kind, f"{message} - at `$.{field.encode_name}{path or '`'}"))
    return found


def unknown(record: dict[str, Any], kind: type[Part]) -> list[Fault]:
    """Return the fields that a record of this kind does not have, each with where it belongs if anywhere."""
    return [
        FieldElsewhere(field=name, where=kind.elsewhere[name])
        if name in kind.elsewhere
        else FieldUnknown(field=name)
        for name in _unknown(record, describe(kind), "")
    ]


@cache
def _fields(kind: type[Part]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Return the fields as msgspec reads them out of the annotations, which takes longer than to look at a record."""
    return msgspec.structs.fields(kind)


def _unknown(record: dict[str, Any], fields: tuple[Field, ...], before: str) -> Iterator[str]:
    known = {field.name: field for field in fields}
    for name, value in record.items():
        if name not in known:
            yield before + name
        elif known[name].parts and isinstance(value, list):
            for place, part in enumerate(value):
                if isinstance(part, dict):
                    yield from _unknown(part, known[name].parts, f"{before}{name}[{place}].")


def refusal_of(kind: type[Struct], error: str) -> FieldMissing | FieldWrong:
    """Make a sentence of where msgspec's error lies."""
    path = re.search(r"at `\$\.?([^`]*)`$", error)
    named = re.search(rf"(?:missing required field|{_EARLY}|{UNFIT}) `(\w+)`", error)
    where = ".".join(part for part in (path[1] if path else "", named[1] if named else "") if part)
    field = _find(describe(kind), re.findall(r"[a-z_]\w*", where))
    given = FieldMissing if "missing required field" in error else FieldWrong
    return given(field=where, means=field.means, form=field.form)


def _find(fields: tuple[Field, ...], names: list[str]) -> Field:
    field = next(field for field in fields if field.name == names[0])
    return _find(field.parts, names[1:]) if names[1:] else field


def _field(field: inspect.Field) -> Field:
    told = cast(inspect.Metadata, field.type)
    extra = told.extra or {}
    if isinstance(told.type, inspect.UnionType):  # “or nothing”: its form is that of what it may be
        inner = next((part for part in told.type.types if isinstance(part, inspect.Metadata)), None)
        extra = {**(inner.extra or {}), **extra} if inner else extra
    held = told.type.item_type if isinstance(told.type, inspect.VarTupleType) else None
    parts = describe(held.cls) if isinstance(held, inspect.StructType) else ()
    return Field(
        name=field.encode_name,
        means=extra["means"],
        form=extra.get("form", LIST),
        is_needed=field.required,
        serves=extra.get("serves"),
        kept=extra.get("kept"),
        parts=parts,
    )


MOST = 200
Limit = Annotated[int, Meta(ge=1, le=MOST, extra=form("1〜200の整数", "a whole number from 1 to 200"))]
Cursor = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=300,
        pattern=r"^[A-Za-z0-9_-]+\Z",
        extra=form("前のページの next をそのまま", "what stood in “next” of the page before"),
    ),
]


class CursorNotGood(Refusal, code="cursor-not-good", status=422):
    """Given when a page is asked for from a place that we never named."""

    text = Text(
        "「cursor」が正しくありません。前のページの next をそのまま送るか、外して最初からお読みください。",
        "“cursor” is not good. Please send what stood in “next”, or leave it out to begin anew.",
    )


class Paged(Part, frozen=True, kw_only=True):
    """How many a page, and from where on."""

    limit: Annotated[Limit, says("1ページの件数", "how many a page")] = 50
    cursor: Annotated[Cursor | None, says("続きの位置", "where to go on")] = None


Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
"""The number of a row, where a page ends by it."""


def cut_page[Row](
    found: Sequence[Row], query: Paged, place: Callable[[Row], Any]
) -> tuple[Sequence[Row], str | None]:
    """Return the page of what was found, of which one more than asked was read, and where the next begins; None on the last.

    `place` says where a row stands, as `place_of` reads it back.
    """
    page = found[: query.limit]
    return page, cursor_of(place(page[-1])) if len(found) > len(page) else None


def cursor_of(place: Any) -> str:
    """Return the place at which a page ended as others pass it back."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def place_of(cursor: str | None, place: Any) -> Any:
    """Return where the next page begins, None where it is the first."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=place)
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise CursorNotGood from None
