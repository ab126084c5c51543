"""`mamori import`: takes in the marketplace's records, and says of each refused line why."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
import msgspec

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.ground.market.importing import Report
    from mamori.ground.market.reading import Source
    from mamori.ground.market.tables.actions import Matching

TABLES = (".csv", ".tsv", ".xlsx", ".xls")
SHOWN = 20
"""Refused lines that are printed for each file; all of them stand in the database and in the report."""


@click.command(
    name="import",
    help=say(
        "通販サイトの記録(NDJSON、1行に1件)か、CSV・Excel の表(--kind)を取り込む。止まっても、同じコマンドで続きます。\n\n"
        "終了コード: 0 すべて取り込んだ、1 断った行がある、2 何も読めなかった。",
        "Take in the marketplace's records: NDJSON, one a line, or a CSV or Excel table (--kind). Stopped half-way, the same "
        "command goes on.\n\n"
        "Exit code: 0 all taken in, 1 some lines refused, 2 nothing could be read.",
    ),
    epilog=say("例", "Example")
    + ": mamori import sellers.ndjson buyers.ndjson listings.ndjson orders.ndjson",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--encoding",
    type=click.Choice(["utf-8", "cp932", "euc-jp"]),
    default="utf-8",
    help=say("ファイルの文字コード(cp932 は Shift_JIS)", "the files' encoding (cp932 is Shift_JIS)"),
)
@click.option(
    "--report",
    type=click.File("wb"),
    help=say(
        "断った行と理由を書き出す(NDJSON、表は CSV)",
        "write refused lines and reasons (NDJSON, of a table CSV)",
    ),
)
@click.option(
    "--kind",
    type=click.Choice(["sellers", "buyers", "listings", "orders", "reviews", "confirmations", "troubles"]),
    help=say("CSV・Excel の表が何の一覧か", "what a CSV or Excel table lists"),
)
@click.option(
    "--column",
    multiple=True,
    metavar="NAME=FIELD",
    help=say("列の対応。例 --column 会員No=order.buyer", "what a column tells, such as Member=order.buyer"),
)
def command(
    files: tuple[Path, ...],
    encoding: str,
    report: IO[bytes] | None,
    kind: str | None,
    column: tuple[str, ...],
) -> None:
    """Take in the files, print what became of them, and exit with 0, 1 or 2."""
    if kind is not None or any(path.suffix.lower() in TABLES for path in files):
        if kind is None or len(files) != 1:
            raise click.UsageError(
                say(
                    "CSV・Excel の表は1つずつ、--kind を付けて取り込みます(例 --kind orders)。",
                    "A CSV or Excel table is taken in one at a time, with --kind (such as --kind orders).",
                )
            )
        ready_tables()
        raise SystemExit(_take_table(files[0], kind, column, report))
    ready_tables()
    sources, is_whole = _look(files, encoding)
    reports = take_in(sources, at=house_now()) if sources else []
    for done in reports:
        _print(done)
        if report is not None:
            _write(done, report)
    taken = sum(done.added + done.changed + done.unchanged for done in reports)
    if not taken:
        raise SystemExit(2)
    if not is_whole or any(done.refused for done in reports):
        raise SystemExit(1)


def _take_table(path: Path, kind: str, columns: Sequence[str], report: IO[bytes] | None) -> int:
    """Take in one table, print what became of its rows, and return the exit code."""
    from mamori.ground.market import reading
    from mamori.ground.market.tables import actions as tables
    from mamori.ground.web.lists import safe_cell

    actor = Actor(by="machine:import", role=Role.MACHINE, at=house_now(), via="command")
    told = 0

    def refused(unit: tables.TableRecord) -> None:
        nonlocal told
        told += 1
        if report is not None:
            report.write(tables.refused_rows(sheet, unit, safe_cell))
        for reason in unit.reasons if told <= SHOWN else ():
            where = say(f"{unit.rows[0].number}行目", f"row {unit.rows[0].number}")
            click.echo(f"  {where}: {reason.sentence.in_(LANG)} [{reason.code}]", err=True)

    try:
        if not path.is_file():
            raise reading.FileMissing(name=path)
        with path.open("rb") as file:
            sheet = tables.open_sheet(file)
            table = tables.TABLES[kind]
            chosen = dict(pair.rpartition("=")[::2] for pair in columns)
            matching = tables.match(table, sheet, {**tables.guessed(table, sheet).columns, **chosen})
            _print_matching(matching)
            if report is not None:
                os.fchmod(report.fileno(), 0o600)  # it repeats what the rows say of people
                report.write(tables.refused_head(sheet))
            counts = tables.take(actor, sheet, matching, refused).counts
    except Refusal as refusal:
        click.echo(f"mamori: {refusal.sentence.in_(LANG)} [{refusal.code}]", err=True)
        return 2
    click.echo(
        say(
            f"{path}: {counts.total():,}件 追加 {counts['added']:,} 変更 {counts['changed']:,} "
            f"変わらず {counts['unchanged']:,} 断った件 {counts['refused']:,}",
            f"{path}: {counts.total():,} records, added {counts['added']:,}, changed {counts['changed']:,}, "
            f"unchanged {counts['unchanged']:,}, refused {counts['refused']:,}",
        )
    )
    return 1 if counts["refused"] else 0


def _print_matching(matching: Matching) -> None:
    """Say which column tells what, and what none tells."""
    from mamori.ground.market.tables.actions import title_of

    for heading, to in matching.columns.items():
        click.echo(f"  {heading} → {title_of(to).in_(LANG)} ({to})")
    for lack in matching.lacks:
        click.echo(
            say(
                f"  列なし: {lack.ja}(新しい記録には必要です)",
                f"  no column: {lack.en} (new records need it)",
            )
        )


def take_in(sources: Sequence[Source], *, at: datetime) -> list[Report]:
    """Take in the files as the machine at `at`, with a progress bar where a person watches."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from mamori.ground.market import importing

    actor = Actor(by="machine:import", role=Role.MACHINE, at=at, via="command")
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    is_watched = sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), disable=not is_watched) as bar:
        task = bar.add_task(say("取り込み", "import"), total=sum(source.size for source in sources))
        return importing.take_in(actor, sources, lambda size: bar.advance(task, size))


def _look(files: Sequence[Path], encoding: str) -> tuple[list[Source], bool]:
    """Return the files that can be read, and whether that is all of them; say why of the others."""
    from mamori.ground.market import reading as sources

    found: dict[str, Source] = {}
    is_whole = True
    for path in files:
        try:
            source = sources.look(path, encoding)
        except Refusal as refusal:
            is_whole = False
            click.echo(f"mamori: {refusal.sentence.in_(LANG)} [{refusal.code}]", err=True)
        else:
            found.setdefault(source.sha256, source)
    return list(found.values()), is_whole


def _print(done: Report) -> None:
    """Print what became of a file, and its first refused lines."""
    from mamori.ground.market import importing

    if done.resumed_at:
        click.echo(
            say(
                f"{done.name}: {done.resumed_at:,}行目の続きから取り込みました。",
                f"{done.name}: went on after line {done.resumed_at:,}.",
            )
        )
    click.echo(
        say(
            f"{done.name}: {done.lines:,}行 追加 {done.added:,} 変更 {done.changed:,} "
            f"変わらず {done.unchanged:,} 断った行 {done.refused:,}",
            f"{done.name}: {done.lines:,} lines, added {done.added:,}, changed {done.changed:,}, "
            f"unchanged {done.unchanged:,}, refused {done.refused:,}",
        )
    )
    for row in islice(importing.refused_lines(done.run), SHOWN):
        where = say(f"{row.line}行目", f"line {row.line}")
        click.echo(f"  {where}: {row.text.in_(LANG)} [{row.code}]", err=True)
    if done.refused > SHOWN:
        left = done.refused - SHOWN
        click.echo(
            say(
                f"  …ほか {left:,} 行(--report FILE ですべて書き出せます)",
                f"  … and {left:,} more (--report FILE writes them all)",
            ),
            err=True,
        )


def _write(done: Report, report: IO[bytes]) -> None:
    """Write every refused line of a file as NDJSON."""
    from mamori.ground.market import importing

    for row in importing.refused_lines(done.run):
        line = {
            "file": done.name,
            "line": row.line,
            "kind": row.kind,
            "ref": row.ref,
            "code": row.code,
            "ja": row.text.ja,
            "en": row.text.en,
        }
        report.write(msgspec.json.encode(line) + b"\n")
