"""A table taken in: each row told as the marketplace tells lines, with the same checks, or refused with every reason."""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from mamori.grammar.actor import Actor
from mamori.grammar.refusal import Refusal
from mamori.grammar.regex import regex
from mamori.grammar.text import Text
from mamori.ground.declared import memory
from mamori.ground.declared.records import FieldMissing, convert, describe, unknown
from mamori.ground.ledger import actions as ledger
from mamori.ground.market import facts
from mamori.ground.market.importing import BATCH, COSTS, apply_lines
from mamori.ground.market.kinds import KINDS as INSTRUCTIONS
from mamori.ground.market.lifecycle import INSTRUCTION, InstructionState
from mamori.ground.market.lines import KEPT_ONCE, KINDS, ConfirmationLine
from mamori.ground.market.models import TableMatching
from mamori.ground.market.outcomes import Change, Outcome
from mamori.ground.market.records import faults_of
from mamori.ground.market.sellerlines import Line, Patch, Told, class_of, kind_of, name_of_ref, shown_number
from mamori.ground.market.tables.columns import (
    LINES,
    STANDING,
    TABLES as TABLES,
    WORDS,
    TableKind as TableKind,
    guess,
    reader_of,
    title_of as title_of,
    value_of,
)
from mamori.ground.market.tables.sheets import (
    ADDED,
    MOST_BYTES as MOST_BYTES,
    SheetUnreadable as SheetUnreadable,
    ShopRow,
    ShopSheet as ShopSheet,
    TableTooLarge as TableTooLarge,
    open_sheet as open_sheet,
    written as written,
)

WRITES: dict[str, Callable[[Actor, Sequence[Any]], list[Outcome]]] = {}


def add_table(
    table: TableKind,
    line: type[Line],
    write: Callable[[Actor, Sequence[Any]], list[Outcome]],
    words: Mapping[str, Mapping[str, str]],
) -> None:
    """Let a room above take in a table of its own; `words` are what shops write for its words, by the field."""
    TABLES[table.code], LINES[table.kind], WRITES[table.kind] = table, line, write
    WORDS.update({name: dict(told) for name, told in words.items()})


FIRST = 500
"""So many rows at the beginning, all refused, are taken for another shop's file."""
_REMEMBERED = 50_000
_ONCE = frozenset({"seller", "buyer", "listing", "review"})
"""Kinds of which a table says one thing each: two rows that differ are most likely two of them under one number."""


class ColumnMissing(Refusal, code="column-missing", status=422):
    """Given when a table lacks the column without which no row can be told from another."""

    text = Text(
        "「{column}」にあたる列がありません。列の対応を選ぶか、その列を付けて書き出し直してください。",
        "No column tells “{column}”. Please say which one does, or export the table with it.",
    )


class AllRefused(Refusal, code="table-all-refused", status=422):
    """Given when a table's first rows are all refused, so that it is most likely another shop's, or of another kind."""

    text = Text(
        "最初の{first}件がすべて断られたので、ここで止めました。ほかの店の書き出しか、種類が違うファイルではありませんか。"
        "たとえば: {why}",
        "The first {first} were all refused, so it stopped here. Is it another shop's file, or of another kind? "
        "For example: {why}",
    )


class OrderScattered(Refusal, code="order-scattered", status=422):
    """Given when the rows of an order do not follow one another: taken apart, each would wipe the other's goods."""

    text = Text(
        "この注文の行が離れています({row}行目にもあります)。注文番号で並べ替えてから書き出してください。",
        "The rows of this order lie apart (one is row {row}). Please sort the table by the order's number.",
    )


class OrderRowsDiffer(Refusal, code="order-rows-differ", status=422):
    """Given when two rows of an order tell different things of it."""

    text = Text(
        "同じ注文の行で「{column}」が違います。どちらかに揃えてください。",
        "The rows of this order differ in “{column}”. Please make them the same.",
    )


class NumberTwoWays(Refusal, code="number-two-ways", status=422):
    """Given when two rows differ only in how a number is written, so that they may be two persons or one."""

    text = Text(
        "{row}行目の番号と、全角・半角などの書き方だけが違います。同じものなら書き方を揃え、別のものなら番号を変えてください。",
        "Its number differs from that of row {row} only in how it is written. Please write both alike, or give other numbers.",
    )


class RowsDiffer(Refusal, code="rows-differ", status=422):
    """Given when two rows of one number tell different things: either the one is older, or the number is another's."""

    text = Text(
        "{row}行目に同じ番号があり、内容が違います。古い方の行を消すか、別のものなら番号を変えてください。",
        "Row {row} has the same number and tells something else. Please remove the older one, or give other numbers.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Which columns of a table tell what: by the heading the kind and field, such as `order.amount`."""

    table: TableKind
    columns: Mapping[str, str]

    @property
    def lacks(self) -> list[Text]:
        """Return what no column tells and a new record needs: without it only known ones can be changed."""
        given = set(self.columns.values())
        fields = describe(LINES[self.table.kind])
        paths = [one.name for one in fields if one.is_needed]
        if any(to.startswith("order.items.") for to in given):
            parts = next(one.parts for one in fields if one.name == "items")
            paths += [f"items.{one.name}" for one in parts if one.is_needed]
        needed = [f"{self.table.kind}.{path}" for path in paths]
        return [title_of(to) for to in needed if to not in given]


@dataclass(slots=True, kw_only=True)
class TableRecord:
    """What one record's rows tell: lines, or the reasons why they are not taken in; `outcome` once they are."""

    rows: list[ShopRow]
    lines: list[Told] = field(default_factory=list)
    reasons: list[Refusal] = field(default_factory=list)
    outcome: Change | None = None


@dataclass(slots=True, kw_only=True)
class TableReport:
    """What became of a table's records so far; `row` is the last that was settled, `is_whole` = none is left."""

    counts: Counter[str] = field(default_factory=Counter)
    row: int = 0
    is_whole: bool = False


def match(table: TableKind, sheet: ShopSheet, chosen: Mapping[str, str] | None = None) -> Matching:
    """Return which columns tell what: as chosen, as last taken for this shape, or as their names say.

    :raises ColumnMissing: where nothing names the records.
    """
    matching = guessed(table, sheet, chosen)
    for need in table.needs:
        if need not in matching.columns.values():
            raise ColumnMissing(column=title_of(need))
    return matching


def guessed(table: TableKind, sheet: ShopSheet, chosen: Mapping[str, str] | None = None) -> Matching:
    """Return the same, whether it is enough or not; of two columns that tell the same, the last."""
    if chosen is None:
        kept = TableMatching.objects.filter(table=table.code, shape=sheet.shape).first()
        chosen = kept.columns if kept else guess(table, sheet.headings)
    told = {to: heading for heading, to in chosen.items() if heading in sheet.headings and to in table.names}
    columns = {heading: to for to, heading in told.items()}
    return Matching(table=table, columns=columns)


def remember(actor: Actor, sheet: ShopSheet, matching: Matching) -> None:
    """Keep which columns tell what for the next table with these headings."""
    TableMatching.objects.update_or_create(
        table=matching.table.code,
        shape=sheet.shape,
        defaults={"columns": dict(matching.columns), "by": actor.by, "at": actor.at},
    )


def look(actor: Actor, sheet: ShopSheet, matching: Matching, *, most: int = 10) -> list[TableRecord]:
    """Return what would come of the first records; nothing of it stays."""
    units = list(islice(_Reading(sheet, matching).units(), most))
    with suppress(_UndoneError), memory.act():
        _settle(actor, matching.table, units, set())
        raise _UndoneError
    return units


def take(
    actor: Actor,
    sheet: ShopSheet,
    matching: Matching,
    refused: Callable[[TableRecord], None],
    *,
    after: int = 0,
    most: int | None = None,
) -> TableReport:
    """Take in a table from the row `after` on until it ends, or `most` records are settled; hear of each that is `refused`.

    A record's rows are taken in whole or not at all, batch by batch, each committed: the same file again changes nothing.

    :raises Refusal: where the table cannot be read on, or the first of it were all refused.
    """
    report = TableReport(row=after)
    beside: set[tuple[str, str]] = set()
    for batch in _batches(_Reading(sheet, matching, after).units(), after, beside):
        _settle(actor, matching.table, batch, beside)
        for unit in batch:
            report.counts[unit.outcome or "refused"] += 1
            if unit.reasons:
                refused(unit)
        report.row = batch[-1].rows[-1].number
        done = report.counts.total()
        if not after and done >= FIRST and report.counts["refused"] == done:
            raise AllRefused(first=FIRST, why=batch[-1].reasons[0].sentence)
        if most is not None and done >= most:
            return report
    report.is_whole = True
    return report


def refused_head(sheet: ShopSheet) -> bytes:
    """Return how the file of refused rows begins, with the mark by which spreadsheets know UTF-8."""
    return b"\xef\xbb\xbf" + _as_csv([[*sheet.headings, *ADDED]])


def refused_rows(sheet: ShopSheet, unit: TableRecord, safe: Callable[[str], str]) -> bytes:
    """Return the rows of a refused record as they came, with every reason beside each."""
    why = " / ".join(f"{one.sentence.ja} {one.sentence.en} [{one.code}]" for one in unit.reasons)
    width = len(sheet.headings)
    rows = [
        [*([written(cell) for cell in row.cells] + [""] * width)[:width], str(row.number), why]
        for row in unit.rows
    ]
    return _as_csv([[safe(cell) for cell in row] for row in rows])


# What waits to be carried out, as a table that comes back as the confirmations do.


MOST_OUT = 10_000
"""How many instructions one file holds, the oldest first."""
WAITING = (
    Text("指示番号", "instruction"),
    Text("指示", "what"),
    Text("対象", "target"),
    Text("すること", "to do"),
    Text("金額", "amount"),
    Text("内容", "detail"),
    Text("期限", "until"),
    Text("出店者", "seller"),
    Text("指示日時", "issued at"),
    Text("状態", "state"),
    Text("結果", "outcome"),
    Text("実行日時", "done_at"),
    Text("備考", "note"),
    Text("追跡番号", "tracking"),
)
"""What the columns are called; who fills in the last four sends the same file back."""
CALLED_BACK = Text(
    "もう実行しない（取りやめ）。実行していなければ、結果に「不可」と書く",
    "do not do it any more: it was called back; where it was not done, write “refused” as its outcome",
)
type ToldCell = Text | datetime | int | str


def waiting_rows() -> Iterator[tuple[ToldCell, ...]]:
    """Yield what waits for the marketplace's answer, the oldest first, as `WAITING` heads it; nobody's name is in it."""
    for one in facts.instructions_out(about="", limit=MOST_OUT):
        kind, target = INSTRUCTIONS[one.kind], KINDS[one.target].title
        number = shown_number(one.target_ref)
        yield (
            one.ref,
            kind.title,
            Text(f"{target.ja} {number}", f"{target.en} {number}"),
            CALLED_BACK if one.state is InstructionState.RECALLED else _asked(kind.asks, one.amount),
            one.amount or "",
            one.detail,
            one.until or "",
            shown_number(one.seller_ref),
            one.issued_at,
            INSTRUCTION.states[one.state],
            *("", "", "", ""),
        )


def _asked(asks: Text, amount: int | None) -> Text:
    """Say what is asked for with the figure in the place of the field's name."""
    yen = f"{amount:,}" if amount else ""
    return Text(asks.ja.replace("amount", yen), asks.en.replace("`amount`", yen)) if yen else asks


def _as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _batches(
    units: Iterator[TableRecord], after: int, beside: set[tuple[str, str]]
) -> Iterator[list[TableRecord]]:
    batch: list[TableRecord] = []
    cost = 0
    for unit in units:
        if unit.rows[-1].number <= after:
            continue
        unit.lines = [one for one in unit.lines if (kind_of(one), one.ref) not in beside]
        batch.append(unit)
        cost += sum(COSTS.get(class_of(line), 1) for line in unit.lines) or 1
        if cost >= BATCH:
            yield batch
            batch, cost = [], 0
    if batch:
        yield batch


class _UndoneError(Exception):
    """Undoes what was written; never leaves this module."""


def _settle(
    actor: Actor, table: TableKind, units: Sequence[TableRecord], beside: set[tuple[str, str]]
) -> None:
    """Write units, each whole or not at all: where one is refused, the others are written anew without it."""
    left = [unit for unit in units if not unit.reasons]
    while left:
        try:
            with memory.attempt():
                _write(actor, table, left)
            break
        except _UndoneError:
            left = [unit for unit in left if not unit.reasons]
    if len(beside) > _REMEMBERED:
        beside.clear()
    lines = (line for unit in left for line in unit.lines if isinstance(line, Patch) and not line.changes)
    beside.update((kind_of(line), line.ref) for line in lines)


def _write(actor: Actor, table: TableKind, units: Sequence[TableRecord]) -> None:
    write = WRITES.get(table.kind, apply_lines)
    outcomes = iter(write(actor, [line for unit in units for line in unit.lines]))
    counts: Counter[str] = Counter()
    for unit in units:
        found = [_by_column(kind_of(line), next(outcomes)) for line in unit.lines]
        unit.reasons = _each_once(one for one in found if isinstance(one, Refusal))
        changes = set(found)
        unit.outcome = next(
            (one for one in (Change.ADDED, Change.CHANGED) if one in changes), Change.UNCHANGED
        )
        counts[unit.outcome] += 1
    if any(unit.reasons for unit in units):
        for unit in units:
            unit.outcome = None
        raise _UndoneError
    told = {name.value: counts[name] for name in (Change.ADDED, Change.CHANGED)}
    if any(told.values()):
        ledger.record(
            actor,
            kind="market.import",
            subject=ledger.MARKET,
            about=f"market.import:{table.code}",
            payload={"file": table.code, "line": units[-1].rows[-1].number, **told},
        )


def _by_column[T](kind: str, outcome: T) -> T | Refusal:
    """Return what became of a line; why it is refused, by its columns' names and the numbers that people know."""
    if not isinstance(outcome, Refusal):
        return outcome
    told = {name: shown_number(one) if isinstance(one, str) else one for name, one in outcome.values.items()}
    if "field" in told:
        to = f"{kind}.{_PLACE.sub('', str(told['field']))}"
        told["field"] = title_of(to)
        if isinstance(outcome, FieldMissing):
            told |= {"means": LINES[kind].title, "form": reader_of(to).form}
    return type(outcome)(**told) if told != outcome.values else outcome


_PLACE = regex(r"\[[0-9]+\]")


def _each_once(reasons: Iterable[Refusal]) -> list[Refusal]:
    return list({(one.code, one.sentence): one for one in reasons}.values())


@dataclass(slots=True)
class _Reading:
    """One reading of a table: its rows made into units, with what must not come twice known by digest, on disk."""

    sheet: ShopSheet
    matching: Matching
    after: int = 0
    """The last row that was settled before; up to it only the numbers are read."""
    seen: sqlite3.Connection = field(
        default_factory=lambda: sqlite3.connect("")
    )  # a file of its own, gone with it
    columns: list[tuple[int, str, str]] = field(init=False)
    place: int = field(init=False)

    def __post_init__(self) -> None:
        """Find where the columns stand, and the one that names the records."""
        told = self.matching.columns
        self.columns = [
            (place, heading, told[heading])
            for place, heading in enumerate(self.sheet.headings)
            if heading in told
        ]
        self.place = next(place for place, _, to in self.columns if to == self.matching.table.needs[0])

    def units(self) -> Iterator[TableRecord]:
        """Yield the records of the table; the rows of an order that follow one another are one."""
        with closing(self.seen):
            self.seen.execute(
                "CREATE TABLE seen (ref BLOB PRIMARY KEY, spelt BLOB, told BLOB, row INTEGER) WITHOUT ROWID"
            )
            group: list[ShopRow] = []
            spelt = ""
            is_grouped = any(to.startswith("order.items.") for to in self.matching.columns.values())
            for row in self.sheet.rows:
                this = written(row.at(self.place))
                if group and not (is_grouped and this and this == spelt):
                    yield self._unit(group, spelt)
                    group = []
                group.append(row)
                spelt = this
            if group:
                yield self._unit(group, spelt)

    def _unit(self, rows: list[ShopRow], spelt: str) -> TableRecord:
        unit = TableRecord(rows=rows)
        if again := self._seen(rows[0], spelt):
            unit.reasons.append(again)
        if rows[-1].number > self.after:
            for kind, record in self._records(unit).items():
                self._add(unit, kind, record)
        return unit

    def _seen(self, row: ShopRow, spelt: str) -> Refusal | None:
        """Return why a number may not stand here: it stood elsewhere in the table, so that it cannot be the same."""
        kind = self.matching.table.kind
        try:
            ref = value_of(self.matching.table.needs[0], "", row.at(self.place))
        except Refusal:
            return None
        if ref is None:
            return None
        told = [written(row.at(place)) for place, _, _ in self.columns] if kind in _ONCE else []
        key, way, all_of_it = (
            hashlib.blake2b(one.encode(), digest_size=16).digest() for one in (ref, spelt, "\0".join(told))
        )
        values = (key, way, all_of_it, row.number)
        if self.seen.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", values).rowcount:
            return None
        before, same, first = self.seen.execute(
            "SELECT spelt, told, row FROM seen WHERE ref = ?", (key,)
        ).fetchone()
        if before != way:
            return NumberTwoWays(row=first)
        if kind == "order":
            return OrderScattered(row=first)
        return RowsDiffer(row=first) if same != all_of_it else None

    def _records(self, unit: TableRecord) -> dict[str, dict[str, Any]]:
        """Return what the rows tell, by kind, what others refer to first; of the cells that say nothing, say why."""
        told: dict[str, Any] = {}
        items: list[dict[str, Any]] = []
        goods: list[dict[str, Any]] = []
        for row in unit.rows:
            of_row: dict[str, Any] = {}
            for place, heading, to in self.columns:
                try:
                    value = value_of(to, heading, row.at(place))
                except Refusal as refusal:
                    unit.reasons.append(refusal)
                    continue
                if value is None:
                    continue
                if to.startswith(("order.items.", "listing.")) and self.matching.table.kind == "order":
                    of_row[to] = value
                elif told.setdefault(to, value) != value:
                    unit.reasons.append(OrderRowsDiffer(column=heading))
            item = {to.rpartition(".")[2]: value for to, value in of_row.items() if ".items." in to}
            items += [item] if item else []
            goods += [of_row] if "listing.name" in of_row else []
        return _by_kind(self.matching.table, told, items, goods)

    def _add(self, unit: TableRecord, kind: str, record: dict[str, Any]) -> None:
        told = kind.partition("#")[0]
        cls = LINES[told]
        name = name_of_ref(cls)
        try:
            if cls is ConfirmationLine and "outcome" not in record:
                return  # a row of instructions that nobody has answered yet
            if cls in KEPT_ONCE or kind in WRITES:
                unit.reasons += [_by_column(told, one) for one in unknown(record, cls)]
                unit.lines.append(convert(record, cls))
                return
            if (ref := record.pop(name, None)) is None:
                if kind != self.matching.table.kind or unit.reasons:
                    return
                means = next(one for one in describe(cls) if one.name == name)
                raise FieldMissing(field=name, means=means.means, form=means.form)
            unit.reasons += [_by_column(told, one) for one in faults_of(record, cls, ref)]
        except Refusal as refusal:
            unit.reasons.append(_by_column(told, refusal))
            return
        changes = told not in self.matching.table.beside
        unit.lines.append(Patch(kind=cls, ref=ref, given=record, adds=True, changes=changes))


def _by_kind(
    table: TableKind, told: dict[str, Any], items: list[dict[str, Any]], goods: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return the records that the cells tell; those beside an order are named by what the order says of them."""
    if (standing := told.pop(STANDING, None)) is not None:
        private, registered = standing
        told["seller.private"] = private
        if registered and "verification.legal_name" in told:
            told.setdefault("verification.registered_as", registered.value)
    found: dict[str, dict[str, Any]] = {}
    for kind in LINES:
        record = {to.partition(".")[2]: value for to, value in told.items() if to.partition(".")[0] == kind}
        if kind == "order" and items:
            record["items"] = items
        if record:
            found[kind] = record
    main = found.get(table.kind, {})
    if table.kind == "seller":
        for kind in found.keys() - {"seller"}:
            found[kind]["ref"] = main.get("ref")
    if table.kind == "order":
        if "buyer" in found:
            found["buyer"]["ref"] = main.get("buyer")
        if "screen" in found:
            found["screen"]["ref"] = main.get("ref")
        for number, one in enumerate(goods):
            record = {to.partition(".")[2]: value for to, value in one.items() if to.startswith("listing.")}
            ref, price = one.get("order.items.listing"), one.get("order.items.price")
            record |= {"ref": ref, "price": price, "seller": main.get("seller")}
            found[f"listing#{number}"] = {name: value for name, value in record.items() if value is not None}
    return found
