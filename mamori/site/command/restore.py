"""`mamori restore FILE`: an archive into an empty house; the content is compared, and the log verified."""

from __future__ import annotations

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
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say("鍵の控えも戻す", "put back the keys, too"),
)
def command(file: Path, keys: Path | None) -> None:
    """Restore, compare, verify."""
    ready()
    from mamori.site.backup import restoring

    if keys:
        restoring.keys_fit(keys)
    back = restoring.restore(file)
    if keys:
        restoring.restore_keys(keys)
    counts = {"at": back.taken_at, "tables": back.tables, "rows": back.rows, "files": back.log_files}
    click.echo(
        say(
            "戻しました：{at} の控え。表{tables}・行{rows:,}の中身は控えと同じです。",
            "Restored the backup of {at}: {tables} tables, {rows:,} rows, the same as when it was taken.",
        ).format(**counts)
    )
    _verify()


def _verify() -> None:
    from mamori.ground.ledger import facts as ledger
    from mamori.ground.seal.facts import KeyMissing

    try:
        report = ledger.verify()
    except KeyMissing as missing:
        told = say(
            "鍵がまだないので記録は検証していません。鍵を {path} に戻し、`mamori ledger verify` を実行してください。",
            "The log is not verified, as the keys are not here yet. Put {path} back, then run `mamori ledger verify`.",
        )
        click.echo(told.format(path=missing.values["path"]))
        return
    for finding in report.findings:
        click.echo(f"✗ {finding.place}: {finding.text.in_(LANG)}", err=True)
    if report.findings:
        raise SystemExit(1)
    click.echo(
        say(
            f"記録を検証しました：{report.size:,}件の行為、署名{report.checkpoints:,}回、すべて正しい。",
            f"The log is verified: {report.size:,} acts under {report.checkpoints:,} checkpoints, all of it true.",
        )
    )
