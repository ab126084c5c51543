"""`mamori backup FILE`: database, log and kept files into one archive; the keys only when asked, into another file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from mamori.site.command import ready
from mamori.site.command.speak import say


@click.command(
    help=say(
        "データベース・記録・預かったファイルの控えを FILE に取る。鍵は入りません。動かしたまま取れます。",
        "Write database, log and kept files to FILE while everything runs on; no key is in it.",
    )
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(
        "鍵を別のファイルに取る。控えとは別の場所に、短い期間だけ保管",
        "write the keys to a file of their own: keep it elsewhere, and not as long",
    ),
)
def command(file: Path | None, keys: Path | None) -> None:
    """Take the backup, the keys, or both."""
    if file is None and keys is None:
        raise click.UsageError(say("FILE か --keys が要ります。", "Name a FILE, or --keys, or both."))
    ready()
    from mamori.site import health as vitals
    from mamori.site.backup import taking

    now = datetime.now(UTC)
    if file:
        taken = taking.take(file, at=now)
        counts = {"path": taken.path, "tables": taken.tables, "rows": taken.rows, "log": taken.log_files}
        click.echo(
            say(
                "控えを取りました：{path}（表{tables}・行{rows:,}・記録のファイル{log}・預かったファイル{kept}）。",
                "Backup written: {path} ({tables} tables, {rows:,} rows, {log} files of the log, {kept} kept files).",
            ).format(**counts, kept=taken.kept_files)
        )
        vitals.note_backup(now)
    if keys:
        apart = taking.take_keys(keys, at=now)
        click.echo(
            say(
                f"鍵を取りました：{keys}（鍵のファイル{apart.files}・各人の鍵{apart.rows:,}）。"
                "控えと同じ場所に置かないでください。両方あればすべて読めます。",
                f"Keys written: {keys} ({apart.files} key files, {apart.rows:,} keys of people). "
                "Do not keep them beside the backup: with both, everything can be read.",
            )
        )
