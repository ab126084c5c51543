"""`mamori leave FOLDER`: everything that the house keeps, written as plain files for an operator that leaves."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from mamori.grammar.actor import Actor, Role
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import say


@click.command(
    help=say(
        "持っているデータをすべて、ほかのソフトウェアでも読めるファイルにして FOLDER に書く。動かしたまま書ける。"
        "鍵と秘密は入らない。書いたことは記録に残る。",
        "Write all that the house keeps to FOLDER as files that any software reads, while everything runs on; no key and no "
        "secret is in it. That it was done is recorded.",
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write it, say what it was, and end with 1 where something opened by no key."""
    ready_tables()
    from mamori.site.backup import leaving

    who = f"machine:command/{getpass.getuser()}"
    left = leaving.leave(Actor(by=who, role=Role.MACHINE, at=house_now(), via="command"), folder=folder)
    counts = {"folder": left.folder, "tables": len(left.rows), "rows": sum(left.rows.values())}
    click.echo(
        say(
            "書きました：{folder}（表{tables}・行{rows:,}・預かったファイル{files:,}・受領証{receipts:,}）。だれでも読めます。"
            "暗号化したディスクに置いてください。中身は README.ja.md にあります。",
            "Written: {folder} ({tables} tables, {rows:,} rows, {files:,} kept files, {receipts:,} receipts). Whoever has it can "
            "read it: keep it on an encrypted disk. README.en.md says what is in it.",
        ).format(**counts, files=left.files, receipts=left.receipts)
    )
    if left.damaged:
        click.echo(
            say(
                f"{left.damaged:,} 件は、どの鍵でも開かないか、壊れていました。そこに damaged と書いてあります。",
                f"{left.damaged:,} values or files open by no key or are damaged; they are marked as damaged.",
            ),
            err=True,
        )
        raise SystemExit(1)
