"""`mamori seal`: how the keys stand, a new key-encryption key while all goes on, the old one retired, key files wrapped anew."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import click

from mamori.japan.calendar import JAPAN
from mamori.site.command import ready_tables
from mamori.site.command.speak import say


@click.group(help=say("鍵の状態を見る、鍵を新しくする。", "See how the keys stand, and renew them."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(help=say("鍵の世代と、それぞれが包むデータ鍵の数。", "The generations and what each wraps."))
@click.option("--json", "as_json", is_flag=True, help="JSON")
def status(as_json: bool) -> None:
    """Print every key-encryption key, the newest first; a data key that nothing opens ends with 1."""
    from mamori.ground.seal import facts

    lost, found = facts.orphans(), facts.generations()
    if as_json:
        rows = [
            {
                "number": one.number,
                "path": str(one.path),
                "fingerprint": one.fingerprint,
                "made_at": one.made_at.isoformat(),
                "wrapped": not one.is_plain,
                "keys": one.keys,
            }
            for one in found
        ]
        click.echo(json.dumps({"profile": facts.profile(), "lost": lost, "generations": rows}))
    else:
        click.echo(say(f"守り方：{facts.profile()}", f"profile: {facts.profile()}"))
        for one in found:
            how = say("平文", "plain") if one.is_plain else say("包んである", "wrapped")
            made = f"{one.made_at.astimezone(JAPAN):%Y-%m-%d %H:%M}"
            name = say(f"第{one.number}世代", f"no. {one.number}")
            keys = say(f"データ鍵 {one.keys:,}本", f"{one.keys:,} keys")
            mark = "→" if one.is_newest else " "
            click.echo(f"{mark} {name} {one.fingerprint} {made} {how} {keys} {one.path}")
    if lost:
        click.echo(
            say(
                f"どの鍵のファイルでも開けないデータ鍵が{lost:,}本あります。鍵の控えを戻してください。",
                f"{lost:,} data keys open with no key file that is here. Put the missing one back from a backup.",
            ),
            err=True,
        )
        raise SystemExit(1)


@command.command(
    help=say(
        "鍵を包む鍵を新しくし、すべてのデータ鍵を包み直す。動かしたまま実行でき、途中で止まっても続きから進む。",
        "Make a new key-encryption key and wrap every data key again, while all goes on; run it again after a kill.",
    )
)
def rotate() -> None:
    """Begin a rotation, or finish the one that was begun."""
    from mamori.ground.seal import actions

    new = actions.begin()
    if new is None:
        click.echo(
            say("前の包み直しの続きです。", "An earlier rotation is not finished; going on with it."),
            err=True,
        )
    else:
        click.echo(say(f"新しい鍵：{new.path}", f"new key: {new.path}"))
    begun, done = time.monotonic(), 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        if done % 10_000 < count:
            click.echo(f"  {done:,}", err=True)

    count = actions.rewrap(told)
    seconds = time.monotonic() - begun
    click.echo(
        say(
            f"{count:,}本のデータ鍵を包み直しました（{seconds:.1f}秒）。鍵の控えを取り、"
            "10分たてば `mamori seal retire` で古い鍵を消せます。",
            f"{count:,} data keys are wrapped again ({seconds:.1f} s). Back the keys up; after ten minutes `mamori seal retire` "
            "removes the old one.",
        )
    )


@command.command(
    help=say(
        "もう使われていない古い鍵のファイルを消す。包み直しが終わっていなければ断る。",
        "Remove key files that nothing needs any more; refused while a data key still does.",
    )
)
def retire() -> None:
    """Remove what the newest key has replaced."""
    from mamori.ground.seal import actions

    gone = actions.retire(at=datetime.now(UTC))
    for path in gone:
        click.echo(say(f"消しました：{path}", f"removed: {path}"))
    if not gone:
        click.echo(say("古い鍵はありません。", "There is no old key."))


@command.command(
    help=say(
        "鍵のファイルを別の守り方で包み直す（file・passphrase・kms）。合言葉や鍵サービスを変えるときにも使う。",
        "Wrap the key files by another profile (file, passphrase, kms), or anew by a new passphrase or service.",
    )
)
@click.argument("profile", type=click.Choice(["file", "passphrase", "kms"]))
def wrap(profile: str) -> None:
    """Read every key under today's profile and write it under the one that is named."""
    from django.conf import settings

    from mamori.ground.seal import actions

    actions.unlock()
    actions.renew_passphrase()
    settings.KEY_PROFILE = profile
    for path in actions.wrap_files():
        click.echo(say(f"包み直しました：{path}", f"wrapped: {path}"))
    click.echo(
        say(
            f"これからは MAMORI_KEY_PROFILE={profile} で動かしてください。",
            f"From now on, run everything with MAMORI_KEY_PROFILE={profile}.",
        )
    )
