"""`mamori payout`: a file of transfers with only what may be paid, its report, and what the bank returned."""

from __future__ import annotations

import csv
import gc
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.grammar.actor import Actor, Role
from mamori.site import private
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.rooms.payouts.facts import LineFact
    from mamori.rooms.payouts.runs.actions import RunRow

BATCH = 500
SHOWN = 20
"""Lines that are not paid and are printed; all of them stand in the report."""
REPORT = ["line", "payout", "seller", "amount", "verdict", "released", "waits", "abroad", "why_ja", "why_en"]


@click.group(
    help=say(
        "売上金の振込データを作り、銀行の結果を取り込む。",
        "Write files of payouts, take in what banks returned.",
    )
)
def command() -> None:
    """Hold the commands together."""


@command.command(
    help=say(
        "支払いの一覧 FILE（UTF-8 の CSV か NDJSON）を1行ずつ確かめ、支払ってよいものだけの総合振込ファイルを作る。"
        "途中で止まっても、同じコマンドで続きから作り、同じファイルになります。支払いの番号（ref）は、数字だけの20桁にはできません。\n\n"
        "終了コード: 0 すべて支払う、1 支払わない行がある、2 何も作らなかった。",
        "Ask of each line of FILE (CSV or NDJSON, UTF-8) whether it may be paid, and write a file of transfers with only what "
        "may. Stopped half-way, the same command goes on and gives the same file. A ref cannot be twenty digits alone.\n\n"
        "Exit code: 0 all is paid, 1 some lines are not, 2 nothing was written.",
    ),
    epilog=say("例", "Example") + ": mamori payout run payouts.csv --on 2026-11-30",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--on",
    "pays_on",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help=say("振込日", "the day of payment"),
)
@click.option(
    "--name",
    default="",
    help=say("作業の名前（なければファイルから決める）", "the run's name; by itself from the file"),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=say("総合振込ファイルの置き場所", "where the file of transfers goes"),
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=say("行ごとの結果（CSV）の置き場所", "where the report (CSV) goes"),
)
def run(file: Path, pays_on: datetime, name: str, out: Path | None, report: Path | None) -> None:
    """Take the lines, fix what is paid, write file and report, and exit with 0, 1 or 2."""
    ready_tables()
    from mamori.rooms.payouts import facts
    from mamori.rooms.payouts.runs.actions import begin_run, order_run, read_lines, write_run

    content = file.read_bytes()
    rows = read_lines(content)
    name = name or named(file, content, pays_on.date())
    number = begin_run(_actor(), ref=name, pays_on=pays_on.date())
    if facts.run(name).state == "taking":
        with rarely_tidied():
            take(number, rows)
            order_run(_actor(), run=number)
    found = facts.run(name)
    listed = report or file.with_name(f"{file.stem}-report.csv")
    unpaid = _write_report(listed, facts.report(number))
    if found.count:
        target = out or file.with_name(found.file_name)
        _put(target, write_run(_actor(), run=number))
        click.echo(
            say(
                f"{found.count:,}件 {found.total:,}円の振込データを作りました: {target}",
                f"{found.count:,} transfers of {found.total:,} yen are in {target}",
            )
        )
    else:
        click.echo(
            say(
                "支払ってよいものがないので、振込データは作っていません。",
                "Nothing may be paid, so no file was written.",
            )
        )
    click.echo(say(f"行ごとの結果: {listed}", f"Line by line: {listed}"))
    if not found.count:
        raise SystemExit(2)
    raise SystemExit(1 if unpaid else 0)


@command.command(
    help=say(
        "銀行の結果 FILE（CSV、1行目は ref,outcome,reason）を取り込む。"
        "ref は、振込データの顧客コードの20桁か、支払いの番号。20桁の数字はいつも振込の番号です。",
        "Take in what the bank returned: FILE is CSV with ref,outcome,reason; ref is the twenty digits of the "
        "customer code in the file, or the payout's reference. Twenty digits are always a transfer's number.",
    ),
    epilog=say("例", "Example") + ": mamori payout returns returns.csv",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def returns(file: Path) -> None:
    """Take in a table of returns whole, or nothing of it."""
    ready_tables()
    from mamori.japan.zengin.returns import read_returns
    from mamori.rooms.payouts.actions import note_returns

    found = read_returns(file.read_bytes())
    for fault in found.faults:
        click.echo(fault.sentence.in_(LANG), err=True)
    if found.faults:
        click.echo(
            say("誤りがあるので、何も取り込んでいません。", "There are faults, so nothing was taken in."),
            err=True,
        )
        raise SystemExit(2)
    unknown = note_returns(_actor(), rows=found.rows)
    for one in unknown:
        click.echo(
            say(
                f"{one.line}行目の番号「{one.ref}」の振込はありません。",
                f"Line {one.line}: there is no transfer “{one.ref}”.",
            ),
            err=True,
        )
    taken = len(found.rows) - len(unknown)
    click.echo(say(f"{taken:,}件の結果を取り込みました。", f"{taken:,} results were taken in."))
    raise SystemExit(1 if unknown else 0)


@command.command(
    "call-off",
    help=say(
        "振込データをまだ作っていない作業 NAME を取りやめる。支払うはずだったものは、次の作業で支払われます。元には戻せません。",
        "Call off the run NAME, which has no file yet. What it would have paid goes with the next run. It cannot be undone.",
    ),
    epilog=say("例", "Example")
    + ": mamori payout call-off november-20261130-1a2b3c4d5e6f --reason '振込日を変える'",
)
@click.argument("name")
@click.option("--reason", required=True, help=say("理由。記録に残る", "why; it stays in the record"))
def call_off(name: str, reason: str) -> None:
    """Call off a run and say so."""
    ready_tables()
    from mamori.rooms.payouts import facts
    from mamori.rooms.payouts.runs.actions import call_off_run

    call_off_run(_actor(), run=facts.run(name).id, reason=reason)
    click.echo(
        say(
            f"作業「{name}」を取りやめました。支払うはずだったものは、次の作業で支払われます。",
            f"The run “{name}” is called off. What it would have paid goes with the next run.",
        )
    )


@contextmanager
def rarely_tidied() -> Iterator[None]:
    """Let Python look for cycles of garbage rarely: among many rows there are none, and it takes a fifth of the time."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def take(number: int, rows: Iterable[RunRow]) -> None:
    """Answer on the lines of a run batch by batch, each in a transaction of its own."""
    from mamori.rooms.payouts.runs.actions import take_lines

    for part in batched(rows, BATCH):
        take_lines(_actor(), run=number, rows=part)


def named(file: Path, content: bytes, pays_on: date) -> str:
    """Return the name of a run: the same for the same file and day, so that what was cut off goes on."""
    stem = re.sub(r"[^0-9A-Za-z_.-]", "-", file.stem)[:32]
    return f"{stem}-{pays_on:%Y%m%d}-{hashlib.sha256(content).hexdigest()[:12]}"


def _write_report(path: Path, lines: Iterable[LineFact]) -> int:
    """Write what became of each line for its owner alone, print the first that are not paid, and return how many are not."""
    from mamori.ground.web.lists import safe_cell as safe

    unpaid = 0
    with open(path, "w", encoding="utf-8-sig", newline="", opener=private.opened) as sink:
        table = csv.writer(sink)
        table.writerow(REPORT)
        for one in lines:
            why = (safe(one.why.ja), safe(one.why.en)) if one.why else ("", "")
            refs = (safe(one.payout), safe(one.seller_ref))
            table.writerow(
                [
                    one.number,
                    *refs,
                    one.amount,
                    one.verdict,
                    one.released,
                    one.waits,
                    "x" if one.abroad else "",
                    *why,
                ]
            )
            if one.waits or one.verdict == "refused":
                unpaid += 1
                if unpaid <= SHOWN and one.why is not None:
                    click.echo(f"  {one.number}: {one.payout}  {one.why.in_(LANG)}", err=True)
    if unpaid:
        click.echo(
            say(
                f"{unpaid:,}行は、全部または一部を支払いません。",
                f"{unpaid:,} lines are not paid, or not whole.",
            ),
            err=True,
        )
    return unpaid


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only: it holds account numbers."""
    aside = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as sink:
        sink.write(content)
        sink.flush()
        os.fsync(sink.fileno())
    aside.replace(path)


def _actor() -> Actor:
    return Actor(
        by=f"machine:payout/{os.environ.get('USER', 'run')}"[:64],
        role=Role.MACHINE,
        at=house_now(),
        via="command",
    )
