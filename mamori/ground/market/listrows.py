"""A list of goods that somebody sends, in Excel, CSV or pasted: each row as it was sent, and what it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import BinaryIO
from unicodedata import normalize

from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.market.tables.columns import SHORTENED, heading_folded
from mamori.ground.market.tables.extent import MOST_COLUMNS
from mamori.ground.market.tables.sheets import CellsMerged, Merged, ShopRow, open_rows, written
from mamori.japan.folding import digits_of, pressed
from mamori.japan.identifiers.numbers import is_gtin

MOST_ROWS = 5_000
LONGEST = 2_000
"""So many signs of a cell are looked through."""
_MOST_MERGED = 1_000_000
_HEADED_WITHIN = 10
"""A title or two may stand above the headings."""


class ListTooLong(Refusal, code="list-too-long", status=413):
    """Given when a list has more rows than are held against the listings at once."""

    text = Text(
        "一覧の行が多すぎます(一度に照らし合わせるのは{most}行まで)。分けてください。今回は何も調べていません。",
        "The list has too many rows (at most {most} are looked for at once). Please part it. Nothing was looked for.",
    )


class ListEmpty(Refusal, code="list-empty", status=422):
    """Given when a list names nothing."""

    text = Text(
        "一覧に行がありません。商品を1行に1つずつ書いてください。",
        "The list has no rows. Please write one article on each line.",
    )


class Named(StrEnum):
    """What a column may name goods by."""

    URL = "url"
    NUMBER = "number"
    GTIN = "gtin"
    MODEL = "model"
    BRAND = "brand"
    WORDS = "words"


_HEADINGS: tuple[tuple[Named | None, re.Pattern[str]], ...] = (
    (None, regex("ロット|シリアル|製造番号|製造年|メール|lot|serial|mail|注文|電話|法人番号")),
    (
        Named.GTIN,
        regex("(?:.*[^a-z])?(?:jan|gtin|ean|upc|itf)(?:code|cd|no|number)?(?:[^a-z].*)?|.*(?:バーコード|barcode).*"),
    ),
    (Named.URL, regex(r".*(?:url|リンク|アドレス|ページ|link|webpage).*")),
    (
        Named.MODEL,
        regex(".*(?:型番|型式|形式|(?<!商)品番|モデル|機種|製品番号|製品コード|model|partn(?:o|umber)|productcode).*"),
    ),
    (
        Named.NUMBER,
        regex(".*(?:商品|出品|掲載|管理|アイテム|item|listing|product)(?:管理)?(?:番号|id|コード|code|no|number).*"),
    ),
    (Named.BRAND, regex(".*(?:ブランド|メーカー|製造者|製造事業者|製造元|製造会社|銘柄|brand|maker|manufacturer).*")),
    (
        Named.WORDS,
        regex(
            "(?:対象)?(?:商品|製品|品)(?:の?(?:名称?|タイトル|説明|特徴|概要))?|.*品名|名称|品目|タイトル|キーワード|検索語"
            "|(?:product|item|goods|listing|article)s?(?:name|title|description)?|(?:name|title|description|keyword|word)s?"
        ),
    ),
)  # fmt: skip
"""The first that fits a whole folded heading says what its column names; a fit of the line of None says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row: the sender's headings and cells, and what was read in them as it is written there.

    `lacking` are columns whose value is not in the row, because its cell is merged with others or was shortened by Excel.
    """

    number: int = 1
    headings: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    gtins: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    words: str = ""
    lacking: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        url: str = "",
        number: str = "",
        gtin: str = "",
        brand: str = "",
        model: str = "",
        words: str = "",
    ) -> ListRow:
        """Return a row that names goods by these, as a row of a list would."""
        said = (url, number, gtin, model, brand, words)
        return _row(1, (), said, tuple(Named), frozenset())


def read_list(sent: BinaryIO | str) -> tuple[ListRow, ...]:
    """Read a file of Excel or CSV, or pasted lines whose cells are parted by tabs.

    :raises Refusal: when it is no table, or has more than `MOST_ROWS` rows.
    """
    rows, merged = _pasted(sent) if isinstance(sent, str) else open_rows(sent)
    some = list(islice(rows, MOST_ROWS + _HEADED_WITHIN + 1))
    top, columns = _headed(some)
    headings = tuple(written(cell) for cell in some[top - 1].cells) if top else ()
    some = some[top:]
    if len(some) > MOST_ROWS:
        raise ListTooLong(most=f"{MOST_ROWS:,}")
    if not some:
        raise ListEmpty
    hollow = _hollow(merged, some)
    return tuple(
        _row(
            row.number,
            headings,
            tuple(map(written, row.cells)),
            columns,
            frozenset(hollow.get(row.number, ())),
        )
        for row in some
    )


def _pasted(text: str) -> tuple[Iterable[ShopRow], Merged]:
    lines = enumerate(text.splitlines(), 1)
    return (
        (
            ShopRow(number=number, cells=tuple(line.split("\t")[:MOST_COLUMNS]))
            for number, line in lines
            if line.strip()
        ),
        (),
    )


def _headed(rows: Sequence[ShopRow]) -> tuple[int, tuple[Named | None, ...] | None]:
    """Return how many rows stand above the first one of goods, and what the columns name; None where no row has headings."""
    for top, row in enumerate(rows[:_HEADED_WITHIN], 1):
        cells = [written(cell) for cell in row.cells]
        named = tuple(_named_by(cell) for cell in cells)
        alone = heading_folded(cells[0]) if len([cell for cell in cells if cell]) == 1 else ""
        if any(named) and not re.search(".{9}|[0-9]", alone):
            return top, named
    return 0, None


def _named_by(heading: str) -> Named | None:
    """Return what a column of this heading names; a cell with figures in it is none."""
    said = heading_folded(heading[:LONGEST])
    if len(said) > 40 or re.search("[0-9]{3}", said) or re.search("[:：].", heading):
        return None
    return next(
        (named for named, known in _HEADINGS if (known.search if named is None else known.fullmatch)(said)),
        None,
    )


def _hollow(merged: Merged, rows: Sequence[ShopRow]) -> dict[int, set[int]]:
    """Return the places of each row, by its number, that are merged with others."""
    last, width = rows[-1].number, max(len(row.cells) for row in rows)
    found: dict[int, set[int]] = defaultdict(set)
    reckoned = 0
    for (top, left), (bottom, right) in merged:
        lines, places = range(top, min(bottom + 1, last)), range(left, min(right + 1, width))
        reckoned += len(lines) * len(places)
        if reckoned > _MOST_MERGED:
            raise CellsMerged(row=top + 1)
        for line in lines:
            found[line + 1].update(places)
    return found


# What a row names, by its columns where they have headings, else by what its cells look like.


def _row(
    number: int,
    headings: tuple[str, ...],
    cells: tuple[str, ...],
    columns: tuple[Named | None, ...] | None,
    hollow: frozenset[int],
) -> ListRow:
    found: dict[Named, list[str]] = defaultdict(list)
    lacking = [place for place in sorted(hollow) if not (place < len(cells) and cells[place])]
    for place, cell in enumerate(cells):
        text = _plain(cell)
        if columns is None:
            _look(text, found)
            continue
        named = columns[place] if place < len(columns) else None
        if named is Named.GTIN and SHORTENED.fullmatch(text):
            lacking.append(place)
        elif named is None:
            _take_sure(text, found)
        else:
            _TAKE[named](text, found)
    at = dict(enumerate(headings))
    return ListRow(
        number=number,
        headings=headings,
        cells=cells,
        urls=_distinct(found[Named.URL]),
        numbers=_distinct(found[Named.NUMBER]),
        gtins=_distinct(found[Named.GTIN]),
        brands=_distinct(found[Named.BRAND]),
        models=_distinct(found[Named.MODEL]),
        words=" ".join(_distinct(found[Named.WORDS])),
        lacking=_distinct(at.get(place) or f"{place + 1}" for place in lacking),
    )


def _distinct(some: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in some if one))


_BRACKETED = regex(r"\s?[\[({]\s?(?:\.|dot|ドット)\s?[\])}]\s?", re.IGNORECASE)
_DEFANGED = regex(r"\bh(?:tt|xx|\*\*)p(s?)\s?\[?:\]?//\]?", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣⁃", "-"))
_LINK = regex(
    r"https?://[^\s<>\"「」『』、。|]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?/[^\s<>\"「」『』、。|]*",
    re.IGNORECASE,
)
_LABELLED = regex(r"([^\s:、,()【】]{1,20})\s?:\s?([^\s、,;]+)")
_PARTS = regex(r"[\s、,;/]+")
_SEVERAL = regex(r"[、,;\n]| / |または|もしくは|及び|および")
_RUN = regex(
    r"(?<![0-9A-Za-z-])[0-9](?:[ -]?[0-9]){11,13}(?![0-9A-Za-z-])|(?<![0-9A-Za-z-])4[59][0-9]{6}(?![0-9A-Za-z-])"
)
_SHOPS_OWN = regex("[24][0-9]{11}|(?:2[0-9]|0[24]|19)[0-9]{11}")
"""Numbers that a shop gives within its walls, and the second line under a book: no two houses mean the same by them."""
_CODE = regex(r"[A-Za-z0-9+]+(?:[-_./][A-Za-z0-9+]+)*")
_MEASURE = regex(
    r"[0-9.,x×-]+(?:mah|wh|kwh|w|kw|v|a|ma|hz|ghz|mhz|cm|mm|m|km|kg|g|mg|ml|l|cc|gb|tb|mb|in|inch|p|k|d|pcs|way|in1|color|pack)"
    r"|(?:19|20)[0-9]{2}[a-z]{0,3}|[0-9]+(?:st|nd|rd|th)",
    re.IGNORECASE,
)
_PLACEHOLDER = regex(r"[-*.\s]*|なし|無し|不明|未定|未記載|同上|各種|n/?a|none|unknown", re.IGNORECASE)
_FORM = regex(
    r"(?:株式|有限|合同|合資|合名)会社|\((?:株|有|同)\)|[,\s](?:co\.?,?\s?ltd|inc|llc|ltd|corp|corporation|gmbh|company)\b\.?",
    re.IGNORECASE,
)
_NUMBER = regex(r"(?=.*[0-9])(?!.*//)(?:[!-~]*[A-Za-z][!-~]*|[0-9]{5,64})")
"""What may be a number of ours without a heading: a line's own number, a day or a price is none."""
_FIGURES = regex(r"[0-9\s./,:-]*")


def _plain(cell: str) -> str:
    """Return a cell in plain signs (NFKC), without any that nobody sees, its links as one opens them."""
    text = normalize("NFKC", cell[:LONGEST]).translate(_DASHES)
    text = "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")
    return _DEFANGED.sub(r"http\1://", _BRACKETED.sub(".", text)).strip()


def _take_urls(text: str, found: dict[Named, list[str]]) -> None:
    links = _LINK.findall(text) or [part for part in text.split() if "." in part]
    for link in links:
        shown = link.rstrip(".,;:!?)>'")
        # words may follow a link without a blank
        found[Named.URL] += [shown, re.match(r"[!-~]*", shown)[0] if "//" in shown else ""]  # type: ignore[index]


def _take_gtins(text: str, found: dict[Named, list[str]]) -> None:
    parts = [re.sub("[^0-9]", "", part) for part in _PARTS.split(text)]
    if not all(len(part) in _LENGTHS for part in parts if part):
        parts = [re.sub("[^0-9]", "", digits_of(text))]
    found[Named.GTIN] += [one for one in parts if len(one) in _LENGTHS and not _SHOPS_OWN.fullmatch(one)]


_LENGTHS = (7, 8, 11, 12, 13, 14)
"""Of 8 and 12 figures a spreadsheet drops a zero in front; ten are the old number of a book."""


def _take_models(text: str, found: dict[Named, list[str]]) -> None:
    for part in _SEVERAL.split(text):
        if not _PLACEHOLDER.fullmatch(part):
            found[Named.MODEL] += [part.strip(), *_models_in(part)]


def _models_in(text: str) -> list[str]:
    """Return what looks like a model: letters and figures together, and no measure such as 10000mAh."""
    return [
        code
        for code in _CODE.findall(text)
        if len(pressed(code)) >= 4
        and re.search("[0-9]", code)
        and re.search("[A-Za-z]", code)
        and not _MEASURE.fullmatch(code)
    ]


def _take_brands(text: str, found: dict[Named, list[str]]) -> None:
    bare = _FORM.sub(" ", text)
    if not _PLACEHOLDER.fullmatch(bare):
        found[Named.BRAND] += [bare.strip(), *(part.strip() for part in re.split(r"[/、,()\n]", bare))]


def _take_numbers(text: str, found: dict[Named, list[str]]) -> None:
    found[Named.NUMBER] += [part for part in re.split(r"[\s、,;]+", text) if not _PLACEHOLDER.fullmatch(part)]
    found[Named.MODEL] += _models_in(text)


def _take_words(text: str, found: dict[Named, list[str]]) -> None:
    """Take what words name; what looks like a link, a GTIN, a model, or stands behind its label, as that."""
    for label, value in _LABELLED.findall(_LINK.sub(" ", text)):
        if (named := _named_by(label)) not in (None, Named.WORDS):
            _TAKE[named](value, found)
            text = text.replace(value, " ", 1)
    text = _take_sure(text, found)
    found[Named.MODEL] += _models_in(text)
    if not _FIGURES.fullmatch(text):
        found[Named.WORDS].append(" ".join(text.split()))


def _take_sure(text: str, found: dict[Named, list[str]]) -> str:
    """Take links and GTINs, which nothing else looks like, and return what is left."""
    if _LINK.search(text):
        _take_urls(text, found)
        text = _LINK.sub(" ", text)
    for run in _RUN.findall(text):
        digits = digits_of(run)
        if (is_gtin(digits) or digits.startswith(("45", "49"))) and not _SHOPS_OWN.fullmatch(digits):
            found[Named.GTIN].append(digits)
            text = text.replace(run, " ", 1)
    return text


def _look(text: str, found: dict[Named, list[str]]) -> None:
    """Take what a cell without a heading may name: our number as well, where it is one word."""
    if _NUMBER.fullmatch(text):
        found[Named.NUMBER].append(text)
    _take_words(text, found)


_TAKE = {
    Named.URL: _take_urls,
    Named.NUMBER: _take_numbers,
    Named.GTIN: _take_gtins,
    Named.MODEL: _take_models,
    Named.BRAND: _take_brands,
    Named.WORDS: _take_words,
}
