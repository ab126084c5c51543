"""`mamori import`: takes in the marketplace's records, and says of each refused line why."""

from __future__ import annotations

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

SHOWN = 20
"""Refused lines that are printed for each file; all of them stand in the database and in the report."""


@click.command(
    name="import",
    help=say(
        "通販サイトの記録(NDJSON、1行に1件)を取り込む。途中で止まっても、同じコマンドで続きから取り込みます。\n\n"
        "終了コード: 0 すべて取り込んだ、1 断った行がある、2 何も読めなかった。",
        "Take in the marketplace's records (NDJSON, one a line). Stopped half-way, the same command goes on.\n\n"
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
    help=say("断った行と理由を NDJSON で書き出す", "write refused lines and reasons as NDJSON"),
)
def command(files: tuple[Path, ...], encoding: str, report: IO[bytes] | None) -> None:
    """Take in the files, print what became of them, and exit with 0, 1 or 2."""
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
