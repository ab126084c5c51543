"""One line of a file made into a record, or into a plain sentence that says why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.ground.declared.records import convert, describe, json_of
from mamori.ground.market.lines import KINDS, Line


class LineNotEncoded(Refusal):
    """Given when a line is not in the encoding that was said."""

    code = "line-not-encoded"
    status = 422
    text = Text(
        "この行は {encoding} として読めません。Shift_JIS(Windows)のファイルなら --encoding cp932 を付けてください。",
        "This line is not {encoding}. If the file is Shift_JIS (Windows), add --encoding cp932.",
    )


class LineHoldsNul(Refusal):
    """Given when a line holds NUL bytes, as damaged or binary files do."""

    code = "line-holds-nul"
    status = 422
    text = Text(
        "この行には NUL(0のバイト)が含まれています。ファイルが壊れていないか確かめ、書き出し直してください。",
        "This line holds NUL bytes. Please check that the file is not damaged, and export it again.",
    )


class LineTooLong(Refusal):
    """Given when a line is longer than any record can be."""

    code = "line-too-long"
    status = 422
    text = Text(
        "この行は長すぎます(1行は {most} バイトまで)。1行に1件ずつ書いてください。",
        "This line is too long (at most {most} bytes). Please write one record a line.",
    )


class LineHalfWritten(Refusal):
    """Given when the last line stops in the middle."""

    code = "line-half-written"
    status = 422
    text = Text(
        "最後の行が途中で切れています。書き出しが終わってから、もう一度取り込んでください(取り込み済みの行はそのままです)。",
        "The last line stops in the middle. Please import again once the export is complete; the lines before are in.",
    )


class LineNotJson(Refusal):
    """Given when a line is no JSON object."""

    code = "line-not-json"
    status = 422
    text = Text(
        'この行は JSON として読めません({place})。1行に1件、{{"kind":"order", …}} の形で書いてください。',
        'This line is not JSON ({place}). Please write one record a line, such as {{"kind":"order", …}}.',
    )


class KindUnknown(Refusal):
    """Given when a record does not say its kind, or one that we do not know."""

    code = "kind-unknown"
    status = 422
    text = Text(
        "「kind」が正しくありません。{kinds} のどれかを書いてください。",
        "“kind” is missing or unknown. Please write one of {kinds}.",
    )


@dataclass(frozen=True, slots=True)
class Read:
    """A record, and how many fields of it we do not know and passed over."""

    line: Line
    ignored: int


def read(raw: bytes, encoding: str = "utf-8", *, is_cut: bool = False) -> Read:
    """Read one line; `is_cut` = it is the last one and does not end.

    :raises Refusal: with the sentence for the report; never the line's own words, which may be personal.
    """
    record = _record(raw, encoding, is_cut=is_cut)
    kind = record.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise KindUnknown(kinds=", ".join(KINDS))
    known = {field.name for field in describe(KINDS[kind])} | {"kind"}
    return Read(convert(record, KINDS[kind]), len(record.keys() - known))


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
