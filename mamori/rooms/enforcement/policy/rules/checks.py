"""What is wrong with a table: rows out of bounds, situations with no row or several, graver ones answered more mildly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mamori.grammar.measure import CONCERNS_TEXTS, WEIGHT_TEXTS, Measure, Reach, Severity
from mamori.grammar.text import Text
from mamori.law.breaches import breach
from mamori.law.measures import measure
from mamori.rooms.enforcement.policy.rules.judging import fired
from mamori.rooms.enforcement.policy.rules.table import (
    BAND_TEXTS,
    CELLS,
    EXPIRY,
    FIELD_TEXTS,
    FIELDS,
    MOST_EDGE,
    MOST_POINTS,
    MOST_ROWS,
    ORDERED,
    Bands,
    Cell,
    Cure,
    Edges,
    Field,
    History,
    PolicyAnswer,
    PolicyRow,
    Table,
    said,
    said_cell,
)
from mamori.rooms.enforcement.rules import bounds


class CheckKind(StrEnum):
    """What kind of fault it is."""

    BOUNDS = "bounds"
    UNFIT = "unfit"
    GAP = "gap"
    OVERLAP = "overlap"
    MILDER = "milder"


KIND_TEXTS = {
    CheckKind.BOUNDS: Text("範囲の外", "out of bounds"),
    CheckKind.UNFIT: Text("できない措置", "not possible"),
    CheckKind.GAP: Text("行がない場合", "no row"),
    CheckKind.OVERLAP: Text("行が重なる場合", "two rows"),
    CheckKind.MILDER: Text("重いのに軽い措置", "graver, yet milder"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to put right: which rows, in words, and for a gap the bands that a row for it would have."""

    kind: CheckKind
    text: Text
    rows: tuple[str, ...] = ()
    gap: tuple[Bands, ...] | None = None


NOT_BESIDE = Text(
    "「{measure}」は、あわせて行う措置にできません。アカウントか売上金への、別の措置を選んでください。",
    "“{measure}” cannot come beside it: please choose another measure, on the account or on money.",
)
COMES_BACK = Text(
    "危険な商品や、商品そのものが違反のときは、日数が過ぎても売り場に戻らない「商品の削除」を選び、アカウントへの措置はそれにあわせて行ってください。",
    "Where goods are the breach, or dangerous, please choose “listing removed”, and a measure on the account beside it: what "
    "only lasts for days would let them come back.",
)
TOO_MANY = Fault(
    kind=CheckKind.BOUNDS, text=Text(f"行は{MOST_ROWS}行までです。", f"A table has at most {MOST_ROWS} rows.")
)


def faults(table: Table) -> tuple[Fault, ...]:
    """Return everything that keeps a table from being proposed; nothing when every situation has its one fair answer."""
    if len(table.rows) > MOST_ROWS:
        return (TOO_MANY,)
    alone = [
        *of_bands(table.edges, table.expires_days),
        *(fault for row in table.rows for fault in of_row(row)),
    ]
    found = fired(table)
    return (*alone, *_gaps(found), *_overlaps(found), *_milder(found))


def of_bands(edges: Edges, expires_days: int) -> Iterator[Fault]:
    """Return what is wrong with the edges of points and with how long they count."""
    if not 1 <= edges.few < edges.several < edges.many <= MOST_EDGE:
        yield Fault(
            kind=CheckKind.BOUNDS,
            text=Text(
                f"点数の区切りは、1から{MOST_EDGE:,}までで、「少し」「何度か」「何度も」の順に大きくしてください。",
                f"The edges of points go from 1 to {MOST_EDGE:,} and grow from “a few” over “several” to “many”.",
            ),
        )
    if expires_days not in EXPIRY:
        yield Fault(
            kind=CheckKind.BOUNDS,
            text=Text(
                f"点数が有効な日数は、{EXPIRY.start}日から{EXPIRY.stop - 1:,}日までにしてください。",
                f"Points count for {EXPIRY.start} to {EXPIRY.stop - 1:,} days.",
            ),
        )


def of_row(row: PolicyRow) -> Iterator[Fault]:
    """Return what is wrong with one row by itself."""
    if row.points > MOST_POINTS:
        text = Text(f"点数は{MOST_POINTS}点までです。", f"A row gives at most {MOST_POINTS} points.")
        yield Fault(kind=CheckKind.BOUNDS, rows=(row.name,), text=text)
    for code, days in row.pair:
        one = measure(code)
        yield from (Fault(kind=CheckKind.BOUNDS, rows=(row.name,), text=text) for text in _bounds(one, days))
        yield from (Fault(kind=CheckKind.UNFIT, rows=(row.name,), text=text) for text in _unfit(one, row))
    yield from (Fault(kind=CheckKind.UNFIT, rows=(row.name,), text=text) for text in _unfit_together(row))


def _unfit(one: Measure, row: PolicyRow) -> Iterator[Text]:
    strange = [code for code in row.bands(Field.BREACH) if not bounds.concerns_fit(one, code)]
    if strange:
        what, title = CONCERNS_TEXTS[one.concerns], breach(strange[0]).title
        yield Text(
            f"「{one.title.ja}」は{what.ja}への措置なので、「{title.ja}」には使えません。",
            f"“{one.title.en}” concerns {what.en} and does not fit “{title.en}”.",
        )
    if not all(_is_borne(one, dict(zip(FIELDS, cell, strict=True))) for cell in row.cells()):
        when = WEIGHT_TEXTS[one.weight]
        yield Text(
            f"規約では、「{one.title.ja}」ができるのは{when.ja}に限られます。",
            f"The terms allow “{one.title.en}” only where {when.en}.",
        )
    if not bounds.cure_fits(one, cured=Cure.CURED.value in row.bands(Field.CURE)):
        yield Text(
            f"「{one.title.ja}」は直れば終わる措置なので、「自ら直した」場合には使えません。",
            f"“{one.title.en}” ends once the breach is put right, and does not fit one that has been.",
        )


def _unfit_together(row: PolicyRow) -> Iterator[Text]:
    if row.beside and not bounds.fits_beside(row.beside, row.measure):
        yield NOT_BESIDE.fill(measure=measure(row.beside).title)
    cells = [dict(zip(FIELDS, cell, strict=True)) for cell in row.cells()]
    if any(
        cell[Field.CURE] == Cure.OPEN
        and bounds.comes_back(row.pair, cell[Field.BREACH], Reach(cell[Field.HARM]))
        for cell in cells
    ):
        yield COMES_BACK


def _is_borne(one: Measure, at: Mapping[Field, str]) -> bool:
    return bounds.weighs_enough(
        one,
        at[Field.BREACH],
        severity=Severity(at[Field.SEVERITY]),
        harm=Reach(at[Field.HARM]),
        history=History(at[Field.HISTORY]),
    )


def _bounds(one: Measure, days: int) -> Iterator[Text]:
    if one.days is None and days:
        yield Text(
            f"「{one.title.ja}」には日数がありません。日数を0にしてください。",
            f"“{one.title.en}” has no days: please make them 0.",
        )
    if one.days is not None and not one.days.admits(days):
        yield Text(
            f"「{one.title.ja}」の日数は{one.days.least}日から{one.days.most}日までです。",
            f"“{one.title.en}” lasts {one.days.least} to {one.days.most} days.",
        )


def _gaps(found: Mapping[Cell, tuple[PolicyAnswer, ...]]) -> Iterator[Fault]:
    left = {cell: None for cell in CELLS if not found[cell]}
    while left:
        box = _grown(next(iter(left)), left)
        row = PolicyRow(name="0", when=box, measure="", days=0, points=0)
        for cell in row.cells():
            left.pop(cell, None)
        words = said(
            tuple(
                () if len(bands) == len(BAND_TEXTS[f]) else bands
                for f, bands in zip(FIELDS, box, strict=True)
            )
        )
        yield Fault(
            kind=CheckKind.GAP,
            gap=box,
            text=Text(
                f"この場合の行がありません：{words.ja}。",
                f"No row says what happens in this case: {words.en}.",
            ),
        )


def _grown(cell: Cell, open_cells: Iterable[Cell]) -> tuple[Bands, ...]:
    """Return the bands around one situation within which none has a row."""
    without = frozenset(open_cells)
    box: list[Bands] = [(band,) for band in cell]
    for at, field in enumerate(FIELDS):
        for band in BAND_TEXTS[field]:
            slab = [*box[:at], (band,), *box[at + 1 :]]
            if band not in box[at] and without.issuperset(
                PolicyRow(name="0", when=tuple(slab), measure="", days=0, points=0).cells()
            ):
                box[at] = tuple(one for one in BAND_TEXTS[field] if one in (*box[at], band))
    return tuple(box)


def _overlaps(found: Mapping[Cell, tuple[PolicyAnswer, ...]]) -> Iterator[Fault]:
    pairs: dict[tuple[str, ...], list[Cell]] = {}
    for cell, rows in found.items():
        if len(rows) > 1:
            pairs.setdefault(tuple(answer.row for answer in rows), []).append(cell)
    for names, cells in pairs.items():
        example, many = said_cell(cells[0]), len(cells)
        ja, en = "と".join(f"{name}番" for name in names), " and ".join(names)
        yield Fault(
            kind=CheckKind.OVERLAP,
            rows=names,
            text=Text(
                f"{ja}の行が同じ場合に答えています（{many}通り。例：{example.ja}）。どちらかの条件を狭めてください。",
                f"Rows {en} answer the same {many} case(s), such as {example.en}. Please narrow one of them.",
            ),
        )


def _milder(found: Mapping[Cell, tuple[PolicyAnswer, ...]]) -> Iterator[Fault]:
    pairs: dict[tuple[str, str, Field], tuple[Cell, bool]] = {}
    for cell, rows in found.items():
        for field, graver in _graver(cell):
            if len(rows) != 1 or len(found[graver]) != 1:
                continue
            here, there = rows[0], found[graver][0]
            if there.weight < here.weight or there.points < here.points:
                pairs.setdefault((here.row, there.row, field), (graver, there.weight < here.weight))
    for (here_row, there_row, field), (graver, by_measure) in pairs.items():
        name, example = FIELD_TEXTS[field], said_cell(graver)
        ja, en = ("措置が軽く", "a milder measure") if by_measure else ("点数が少なく", "fewer points")
        yield Fault(
            kind=CheckKind.MILDER,
            rows=(there_row, here_row),
            text=Text(
                f"{there_row}番の行は、{here_row}番より「{name.ja}」が重い場合なのに{ja}なっています（例：{example.ja}）。",
                f"Row {there_row} is graver than row {here_row} in “{name.en}”, yet gives {en} (such as {example.en}).",
            ),
        )


def _graver(cell: Cell) -> Iterator[tuple[Field, Cell]]:
    """Return the situations that are one band graver than this one."""
    for field in ORDERED:
        at, bands = FIELDS.index(field), tuple(BAND_TEXTS[field])
        place = bands.index(cell[at])
        if place + 1 < len(bands):
            yield field, (*cell[:at], bands[place + 1], *cell[at + 1 :])
