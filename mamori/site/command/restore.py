"""`mamori restore FILE`: an archive into an empty house; the content is compared, and the log verified."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from mamori.site.command import ready
from mamori.site.command.speak import LANG, say


@click.command(
    help=say(
        "FILE の控えを空の MAMORI_HOME とデータベースに戻し、中身を比べ、記録を検証する。上書きはしない。",
        "Restore FILE into an empty MAMORI_HOME and database, compare the content, verify the log. Overwrites nothing.",
    )
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say("鍵の控えも（あとから単独でも）戻す", "put back the keys, too, or alone afterwards"),
)
def command(file: Path | None, keys: Path | None) -> None:
    """Restore, compare, verify."""
    if file is None and keys is None:
        raise click.UsageError(say("FILE か --keys が要ります。", "Name a FILE, or --keys, or both."))
    ready()
    from mamori.site.backup import restoring

    if keys:
        restoring.keys_fit(keys)
    if file:
        back = restoring.restore(file)
        counts = {"at": back.taken_at, "tables": back.tables, "rows": back.rows}
        click.echo(
            say(
                "戻しました：{at} の控え。表{tables}・行{rows:,}の中身は控えと同じです。",
                "Restored the backup of {at}: {tables} tables, {rows:,} rows, the same as when it was taken.",
            ).format(**counts)
        )
    if keys:
        apart = restoring.restore_keys(keys)
        click.echo(
            say(
                f"鍵を戻しました：鍵のファイル{apart.files}・各人の鍵{apart.rows:,}。",
                f"Keys put back: {apart.files} key files, {apart.rows:,} keys of people.",
            )
        )
    _verify()


def _erase_again() -> None:
    """Destroy again what was destroyed since the backup of the keys, as the record that came back says."""
    from mamori.ground.ledger import actions as ledger

    count = ledger.shred_again(at=datetime.now(UTC))
    if count:
        click.echo(
            say(
                f"記録で消去済みの{count:,}人の鍵を、もう一度破棄しました。",
                f"{count:,} keys that the record calls destroyed were destroyed again.",
            )
        )


def _verify() -> None:
    from mamori.ground.ledger import facts as ledger
    from mamori.ground.seal.facts import KeyMissing

    try:
        report = ledger.verify()
    except KeyMissing as missing:
        told = say(
            "鍵がまだないので記録は検証していません。`mamori restore --keys FILE` で鍵を戻してください（{path}）。",
            "The log is not verified, as the keys are not here yet. Put them back with `mamori restore --keys FILE` ({path}).",
        )
        click.echo(told.format(path=missing.values["path"]))
        return
    for finding in report.findings:
        click.echo(f"✗ {finding.place}: {finding.text.in_(LANG)}", err=True)
    if report.findings:
        raise SystemExit(1)
    _erase_again()
    click.echo(
        say(
            f"記録を検証しました：{report.size:,}件の行為、署名{report.checkpoints:,}回、すべて正しい。",
            f"The log is verified: {report.size:,} acts under {report.checkpoints:,} checkpoints, all of it true.",
        )
    )
