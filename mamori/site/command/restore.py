"""`mamori restore FILE`: an archive into an empty house; the content is compared, and the log verified."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.site.command import ready
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.site.backup.parts import Erased


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
@click.option(
    "--erased",
    "list_",
    type=click.Path(dir_okay=False, path_type=Path),
    help=say(
        "`mamori person erased` が書いた一覧。--keys と一緒に使い、鍵の控えより後に消去した人を、もう一度消去する",
        "a list that `mamori person erased` wrote: with --keys, whoever was erased after the keys were taken is erased again",
    ),
)
def command(file: Path | None, keys: Path | None, list_: Path | None) -> None:
    """Restore, erase again, compare, verify."""
    if (file is None and keys is None) or (list_ is not None and keys is None):
        told = say(
            "FILE か --keys が要ります。--erased は --keys と一緒に使います。",
            "Name a FILE, or --keys, or both; --erased goes with --keys.",
        )
        raise click.UsageError(told)
    ready()
    from mamori.site.backup import parts as erasedlist, restoring

    moments = []
    erased = erasedlist.read(list_) if list_ else ()
    if keys:
        restoring.keys_fit(keys)
    if file:
        back = restoring.restore(file)
        moments.append(back.taken_at)
        counts = {"at": back.taken_at, "tables": back.tables, "rows": back.rows}
        click.echo(
            say(
                "戻しました：{at} の控え。表{tables}・行{rows:,}の中身は控えと同じです。",
                "Restored the backup of {at}: {tables} tables, {rows:,} rows, the same as when it was taken.",
            ).format(**counts)
        )
    if keys:
        moments.append(_put_back(keys, erased))
        click.echo(
            say(
                f"{max(moments)} より後に消去した人のことは、この控えにありません。"
                "一覧（--erased）があれば、それで消去できます。",
                f"Of whom was erased after {max(moments)} these archives know nothing; a list of them (--erased) does.",
            )
        )
    _verify()


def _put_back(keys: Path, erased: Collection[Erased]) -> str:
    """Put the keys back, tell of it and of who was erased again, and return when the keys were taken."""
    from mamori.site import prepared
    from mamori.site.backup import restoring
    from mamori.site.command import setup

    # Tables of an earlier version are brought up first: whoever is erased again is erased from these.
    if prepared.has_tables():
        setup.migrate()
        prepared.tables_must_fit()
    apart = restoring.restore_keys(keys, at=datetime.now(UTC), erased=erased)
    click.echo(
        say(
            f"鍵を戻しました：鍵のファイル{apart.files}・各人の鍵{apart.rows:,}。",
            f"Keys put back: {apart.files} key files, {apart.rows:,} keys of people.",
        )
    )
    if apart.destroyed:
        click.echo(
            say(
                f"記録で消去済みの{apart.destroyed:,}人の鍵を、もう一度破棄しました。",
                f"{apart.destroyed:,} keys that the record calls destroyed were destroyed again.",
            )
        )
    if apart.listed:
        click.echo(
            say(
                f"一覧にある{apart.listed:,}人を、もう一度消去しました。",
                f"{apart.listed:,} people of the list were erased again.",
            )
        )
    if apart.recorded:
        click.echo(
            say(
                f"破棄した記録がここにない{apart.recorded:,}人の鍵について、消去をもう一度行い、記録しました。",
                f"{apart.recorded:,} keys are destroyed of which no act tells here: their people were erased again, and it was "
                "recorded.",
            )
        )
    return apart.taken_at


def _verify() -> None:
    from mamori.ground.ledger import facts as ledger
    from mamori.ground.seal import facts as seal

    try:
        if next(seal.key_rows(), None) is None and ledger.has_acts():
            raise seal.KeyMissing(path=seal.TABLES[0])
        report = ledger.verify()
    except seal.KeyMissing as missing:
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
    click.echo(
        say(
            f"記録を検証しました：{report.size:,}件の行為、署名{report.checkpoints:,}回、すべて正しい。",
            f"The log is verified: {report.size:,} acts under {report.checkpoints:,} checkpoints, all of it true.",
        )
    )
