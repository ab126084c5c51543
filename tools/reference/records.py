"""The page of what `mamori import` takes: each kind's fields, as the readers of lines declare them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mamori.grammar.text import Text
from mamori.ground.declared.records import Field, describe
from mamori.ground.market.lines import KINDS
from tools.reference.markdown import code, page, place, table


def import_() -> str:
    """Render the kinds of line, their fields, and where they are declared."""
    parts = [_kind(name, kind) for name, kind in KINDS.items()]
    return page(
        Text("取り込む行", "Lines that are imported"),
        Text(
            "`mamori import` は NDJSON を読みます。1行に1件、UTF-8、改行は LF か CRLF。知らない項目は読み飛ばして数え、"
            f"null は「なし」とみなします。宣言: {place('mamori.ground.market.lines')}",
            "`mamori import` reads NDJSON: one record a line, UTF-8, LF or CRLF. Unknown fields are passed over and "
            f"counted; null counts as absent. Declared in {place('mamori.ground.market.lines')}",
        ),
        *parts,
    )


def _kind(name: str, kind: Any) -> str:
    rows = [
        [code(path), field.is_needed, field.means, field.form] for path, field in _fields("", describe(kind))
    ]
    head = f'## {kind.title.ja} / {kind.title.en} — `"kind":"{name}"`'
    return f"{head}\n\n" + table(["field", "needed", "means", "form"], rows)


def _fields(before: str, fields: tuple[Field, ...]) -> Iterator[tuple[str, Field]]:
    for field in fields:
        yield before + field.name, field
        yield from _fields(f"{before}{field.name}[].", field.parts)
