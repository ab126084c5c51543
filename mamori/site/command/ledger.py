"""`mamori ledger`: is the record true, one act's receipt, and the key that receipts are checked with."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say

if TYPE_CHECKING:
    from mamori.ground.ledger.facts import Receipt, Report

PATIENCE = 2.0  # seconds in which a running worker has long signed an act
SHOWN = 200


@click.group(help=say("記録を検証し、受領証を出す。", "Verify the record, write receipts."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "記録の全体を検証する。違いがあれば場所を名指しし、終了コード1。",
        "Verify the whole record; what is wrong is named by its place, with exit code 1.",
    )
)
@click.option(
    "--with",
    "folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help=say(
        "外に保管した署名点(*.txt、checkpoint*)と受領証(*.json)のフォルダー。これがなければ、所有者自身による"
        "書き換えと切り詰めは見えない",
        "a folder of checkpoints (*.txt, checkpoint*) and receipts (*.json) kept elsewhere; without it, what the"
        " owner of the log rewrote or cut cannot be seen",
    ),
)
@click.option("--json", "as_json", is_flag=True, help="JSON")
def verify(folder: Path | None, as_json: bool) -> None:
    """Examine everything and print what was found."""
    from mamori.ground.ledger import facts

    report = facts.verify(folder, at=house_now())
    click.echo(_as_json(report) if as_json else _as_text(report, outside=folder is not None))
    if not report.is_clean:
        raise SystemExit(1)


@command.command(
    help=say(
        "受付番号の受領証を出す。まだ署名されていなければ2秒まで待つ。",
        "Write the receipt of an act, waiting up to two seconds for its signature.",
    )
)
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option(
    "--about",
    help=say(
        "番号の代わりに対象(例: contact.trouble:12)。その一覧を出す", "list the acts about a thing instead"
    ),
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help=say("書き出すファイル", "file to write"),
)
@click.option("--closed", is_flag=True, help=say("内容を含めない", "leave out what the act says"))
def receipt(number: int | None, about: str | None, out: Path | None, closed: bool) -> None:
    """Print or write one receipt, or list the acts about a thing."""
    if (number is None) == (about is None):
        raise click.UsageError(
            say("番号か --about のどちらか一つを指定してください。", "Give a number or --about, not both.")
        )
    if about is not None:
        _list(about)
        return
    assert number is not None
    found = _awaited(number, opened=not closed)
    if found is None:
        click.echo(
            say(
                f"番号 {number} は受け付けましたが、まだ署名されていません。`mamori work` が動いているか確かめ、"
                "後でもう一度実行してください。",
                f"Act {number} is recorded but not signed yet. See whether `mamori work` is running, and try again.",
            ),
            err=True,
        )
        raise SystemExit(1)
    if out is None:
        click.echo(found.as_json(), nl=False)
        return
    out.write_text(found.as_json(), encoding="utf-8")
    click.echo(say(f"受領証を {out} に書きました。", f"The receipt is in {out}."))


@command.command(
    help=say(
        "受領証を検証する公開鍵を出す。広く公表してください。",
        "Print the public key that receipts are checked with; publish it widely.",
    )
)
def key() -> None:
    """Print the verifier key."""
    from mamori.ground.ledger import facts

    click.echo(facts.key())


def _awaited(number: int, *, opened: bool) -> Receipt | None:
    from mamori.ground.ledger import facts

    until = time.monotonic() + PATIENCE
    while (found := facts.receipt(number, opened=opened)) is None and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _list(about: str) -> None:
    from mamori.ground.ledger import facts

    acts = facts.acts_about(about)
    if not acts:
        click.echo(say(f"{about} についての記録はありません。", f"There is no act about {about}."), err=True)
        raise SystemExit(1)
    for act in acts:
        by = say("(消去)", "(erased)") if act.content is None else act.content["by"]
        click.echo(f"{act.number:>8}  {act.at.astimezone():%Y-%m-%d %H:%M:%S}  {act.kind}  {by}")


def _as_text(report: Report, *, outside: bool) -> str:
    lines = [f"✗ {finding.place}: {finding.text.in_(LANG)}" for finding in report.findings[:SHOWN]]
    if len(report.findings) > SHOWN:
        more = len(report.findings) - SHOWN
        lines.append(say(f"…ほかに {more} 件(--json で全件)", f"… and {more} more (--json lists all)"))
    lines.append(
        say(
            f"記録 {report.acts} 件、置き場 {report.size}、署名点 {report.checkpoints}、外の証拠 {report.outside}。",
            f"{report.acts} acts, {report.size} places, {report.checkpoints} checkpoints,"
            f" {report.outside} pieces of evidence from outside.",
        )
    )
    if not report.is_clean:
        lines.append(say(f"違い {len(report.findings)} 件。", f"Findings: {len(report.findings)}."))
    elif outside:
        lines.append(say("すべて一致しました。", "All of it agrees."))
    else:
        lines.append(
            say(
                "手元では一致しました。所有者の書き換えを見つけるには、外に保管した署名点を --with で与えてください。",
                "It agrees with itself. To see what its owner might have rewritten, give checkpoints kept elsewhere"
                " with --with.",
            )
        )
    return "\n".join(lines)


def _as_json(report: Report) -> str:
    return json.dumps(
        {
            "clean": report.is_clean,
            "acts": report.acts,
            "size": report.size,
            "checkpoints": report.checkpoints,
            "outside": report.outside,
            "findings": [
                {"place": finding.place, "ja": finding.text.ja, "en": finding.text.en}
                for finding in report.findings
            ],
        },
        ensure_ascii=False,
    )
