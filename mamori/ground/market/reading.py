"""One line of a file made into a record, or into a plain sentence that says why not."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import convert, json_of, refusal_of, unknown
from mamori.ground.market.line import Line, Patch, Told, name_of_ref
from mamori.ground.market.lines import KEPT_ONCE, KINDS
from mamori.ground.market.patching import faults_of


class LineNotEncoded(Refusal, code="line-not-encoded", status=422):
    """Given when a line is not in the encoding that was said."""

    text = Text(
        "この行は {encoding} として読めません。Shift_JIS(Windows)のファイルなら --encoding cp932 を付けてください。",
        "This line is not {encoding}. If the file is Shift_JIS (Windows), add --encoding cp932.",
    )


class LineHoldsNul(Refusal, code="line-holds-nul", status=422):
    """Given when a line holds NUL bytes, as damaged or binary files do."""

    text = Text(
        "この行には NUL(0のバイト)が含まれています。ファイルが壊れていないか確かめ、書き出し直してください。",
        "This line holds NUL bytes. Please check that the file is not damaged, and export it again.",
    )


class LineTooLong(Refusal, code="line-too-long", status=422):
    """Given when a line is longer than any record can be."""

    text = Text(
        "この行は長すぎます(1行は {most} バイトまで)。1行に1件ずつ書いてください。",
        "This line is too long (at most {most} bytes). Please write one record a line.",
    )


class LineHalfWritten(Refusal, code="line-half-written", status=422):
    """Given when the last line stops in the middle."""

    text = Text(
        "最後の行が途中で切れています。書き出しが終わってから、もう一度取り込んでください(取り込み済みの行はそのままです)。",
        "The last line stops in the middle. Please import again once the export is complete; the lines before are in.",
    )


class LineNotJson(Refusal, code="line-not-json", status=422):
    """Given when a line is no JSON object."""

    text = Text(
        'この行は JSON として読めません({place})。1行に1件、{{"kind":"order", …}} の形で書いてください。',
        'This line is not JSON ({place}). Please write one record a line, such as {{"kind":"order", …}}.',
    )


class KindUnknown(Refusal, code="kind-unknown", status=422):
    """Given when a record does not say its kind, or one that we do not know."""

    text = Text(
        "「kind」が正しくありません。{kinds} のどれかを書いてください。",
        "“kind” is missing or unknown. Please write one of {kinds}.",
    )


class OpUnknown(Refusal, code="op-unknown", status=422):
    """Given when a record says to do what cannot be done with its kind."""

    text = Text(
        "「op」が正しくありません。全体を置き換える put(書かないときも put)か、書いた項目だけを変える patch にしてください"
        "(confirmation と screen は put だけ)。",
        "“op” is unknown. Please write put (or leave it out) to replace the record whole, or patch to change what is given; "
        "a confirmation and a screen can only be put.",
    )


class Op(StrEnum):
    """What a line does: replace its record whole, or change what it gives."""

    PUT = "put"
    PATCH = "patch"


def read(raw: bytes, encoding: str = "utf-8", *, is_cut: bool = False) -> Told:
    """Read one line; `is_cut` = it is the last one and does not end.

    :raises Refusal: with the sentence for the report; never the line's own words, which may be personal.
    """
    record = _record(raw, encoding, is_cut=is_cut)
    name, op = record.pop("kind", None), record.pop("op", Op.PUT)
    if not isinstance(name, str) or name not in KINDS:
        raise KindUnknown(kinds=", ".join(KINDS))
    kind = KINDS[name]
    if op not in set(Op) or (op == Op.PATCH and kind in KEPT_ONCE):
        raise OpUnknown
    if op == Op.PATCH:
        return _patch(record, kind)
    line = convert(record, kind)
    for fault in unknown(record, kind):
        raise fault
    return line


def _patch(record: dict[str, Any], kind: type[Line]) -> Patch:
    name = name_of_ref(kind)
    ref = record.pop(name, None)
    if ref is None:
        raise refusal_of(kind, f"missing required field `{name}`")
    for fault in faults_of(record, kind, ref):
        raise fault
    return Patch(kind=kind, ref=ref, given=record)


def named_in(raw: bytes | None, encoding: str = "utf-8") -> tuple[str, str]:
    """Return kind and reference that a refused line shows, each empty where nothing that could be one stands there."""
    try:
        record = _record(raw or b"", encoding, is_cut=False)
    except Refusal:
        return "", ""
    kind = record.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        return "", ""
    ref = record.get(name_of_ref(KINDS[kind]))
    return kind, ref if isinstance(ref, str) and re.fullmatch("[!-~]{1,64}", ref) else ""


def _record(raw: bytes, encoding: str, *, is_cut: bool) -> dict[str, Any]:
    if b"\0" in raw:
        raise LineHoldsNul
    try:
        record = json_of(raw.decode(encoding).encode())
    except UnicodeDecodeError:
        raise LineHalfWritten() if is_cut else LineNotEncoded(encoding=encoding) from None
    except RecursionError:
        raise LineNotJson(place=Text("入れ子が深すぎます", "nested too deep")) from None
    except msgspec.MsgspecError as error:
        raise LineHalfWritten() if is_cut else LineNotJson(place=_place(str(error))) from None
    if not isinstance(record, dict):
        raise LineNotJson(place=Text("{ } で囲まれていません", "not within { }"))
    return record


def _place(error: str) -> Text:
    found = re.search(r"\(byte (\d+)\)", error)
    if found is None:
        return Text(
            "途中で終わっているか、数が大きすぎます", "it stops in the middle, or a number is too large"
        )
    at = int(found[1]) + 1
    return Text(f"{at} バイト目", f"at byte {at}")
