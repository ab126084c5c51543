"""`mamori backup FILE`: database and log into one archive; the keys only when asked, into another file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from mamori.site.command import ready
from mamori.site.command.speak import say


@click.command(
    help=say(
        "データベースと記録の控えを FILE に取る。鍵は入りません。動かしたまま取れます。",
        "Write database and log to FILE while everything runs on; the keys are not in it.",
    )
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(
        "鍵を別のファイルに取る。控えとは別の場所に保管",
        "write the keys to a file of their own: keep it elsewhere",
    ),
)
def command(file: Path, keys: Path | None) -> None:
    """Take the backup."""
    ready()
    from mamori.site.backup import taking

    now = datetime.now(UTC)
    taken = taking.take(file, at=now)
    counts = {"path": taken.path, "tables": taken.tables, "rows": taken.rows, "files": taken.log_files}
    click.echo(
        say(
            "控えを取りました：{path}（表{tables}・行{rows:,}・記録のファイル{files}）。",
            "Backup written: {path} ({tables} tables, {rows:,} rows, {files} files of the log).",
        ).format(**counts)
    )
    if keys:
        taking.take_keys(keys, at=now)
        click.echo(
            say(
                f"鍵を取りました：{keys}。控えと同じ場所に置かないでください。両方あればすべて読めます。",
                f"Keys written: {keys}. Do not keep them beside the backup: with both, everything can be read.",
            )
        )
