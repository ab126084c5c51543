"""What a notice of a recall says, as it is typed, stands in a table of several, or came by a feed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.market.facts import ListRow, day_read, heading_folded, read_list
from mamori.law.recalls import RecallSource

LONG = ("danger", "advice")
WORDS = ("number", "maker", "goods", "lots", "link", *LONG)
"""What a notice says in words; those that are long may have several lines."""
MOST, MOST_LONG = 500, 2_000
"""So many signs are kept of each."""


class RecallNameless(Refusal, code="recall-nameless", status=422):
    """Given when a notice names no goods, or nothing by which it is known again."""

    text = Text(
        "{row}商品の名前と、公表の番号かリンク（どちらか一つ）が必要です。何も登録していません。",
        "{row}The goods, and the number or the link of the notice, are needed. Nothing was entered.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTold:
    """A notice as it was published, and the goods as they are looked for."""

    source: RecallSource
    goods: str
    number: str = ""
    published_on: date | None = None
    maker: str = ""
    lots: str = ""
    danger: str = ""
    advice: str = ""
    link: str = ""
    rows: tuple[ListRow, ...] = ()

    @property
    def known_by(self) -> str:
        """Return the digest of its publisher's number, or of its link where it has none: the same notice has the same."""
        said = f"{self.source.value}\n{self.number.casefold()}" if self.number else self.link.rstrip("/")
        return sha256(said.encode()).hexdigest()

    @property
    def looked_for(self) -> tuple[ListRow, ...]:
        """Return the goods as they are looked for: the rows, or where there are none what the notice says of the goods."""
        return self.rows or (ListRow.of(words=self.goods, brand=self.maker),)


def told_of(
    source: RecallSource, said: Mapping[str, Any], rows: Iterable[ListRow] = (), *, row: int = 0
) -> RecallTold:
    """Return a notice with its words in plain signs; without rows what it says of the goods is looked for."""
    kept = {name: _plain(said.get(name) or "", name) for name in WORDS}
    if not kept["goods"] or not (kept["number"] or kept["link"]):
        raise RecallNameless(row=IN_ROW.fill(row=row) if row else "")
    named = tuple(
        replace(one, urls=(), numbers=()) for one in rows
    )  # those of its publisher are none of ours
    return RecallTold(source=source, published_on=said.get("published_on"), rows=named, **kept)


IN_ROW = Text("{row}行目：", "Row {row}: ")


def _plain(words: str, name: str) -> str:
    lines = (" ".join(line.split()) for line in normalize("NFKC", words).splitlines())
    return ("\n" if name in LONG else " ").join(filter(None, lines))[: MOST_LONG if name in LONG else MOST]


# A table: a notice in one row or several; what it means is read of each row as of any list.

_HEADINGS = (
    ("published_on", regex("公表日|公開日|発表日|届出日|日付|回収開始日|date|publishedon|day")),
    ("maker", regex("事業者.*|メーカー.*|製造(?:者|元|業者|事業者)|輸入(?:者|業者|事業者)|会社名?|maker|manufacturer|company")),
    ("number", regex("(?:公表|公開|リコール|回収|管理|届出)(?:番号|id|no)|番号|no|number|id")),
    ("lots", regex(".*(?:ロット|製造番号|シリアル|lot|serial).*|製造(?:年月|時期|期間)|対象期間")),
    ("danger", regex(".*(?:危険|危害|不具合|事象|理由|danger|hazard|reason).*")),
    ("advice", regex(".*(?:対応|対処|方法|連絡先|advice|remedy|whattodo).*")),
    ("link", regex("url|リンク|アドレス|ページ|link")),
    ("goods", regex("(?:対象)?(?:商品|製品|品)名?|品名|名称|goods|product|name")),
)  # fmt: skip


def read_table(sent: BinaryIO, source: RecallSource) -> tuple[RecallTold, ...]:
    """Return the notices of a table; rows of one number, or of one link where no number stands, are one notice.

    :raises Refusal: when it is no table, or a row names no goods or nothing to know its notice by.
    """
    found: dict[str, RecallTold] = {}
    for row in read_list(sent):
        one = told_of(source, _said(row), (row,), row=row.number)
        before = found.get(one.known_by)
        found[one.known_by] = replace(before, rows=(*before.rows, *one.rows)) if before else one
    return tuple(found.values())


def _said(row: ListRow) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for heading, cell in zip(row.headings, row.cells, strict=False):
        name = next((name for name, known in _HEADINGS if known.fullmatch(heading_folded(heading))), None)
        if name and cell and name not in said:
            said[name] = cell
    day = day_read(said.pop("published_on", ""))
    return said | {"published_on": date.fromisoformat(day) if day else None}
