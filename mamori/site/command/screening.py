"""`mamori screening`: a list of names of makers or sellers, taken in as a file with its day."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from mamori.grammar.actor import Actor, Role
from mamori.grammar.refusal import Refusal
from mamori.law.screening import SCREENING_LISTS
from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say


@click.group(help=say("出品を見る名前の一覧", "Lists of names by which listings are looked at."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    name="import",
    help=say(
        "名前の一覧 FILE（CSV か Excel）を取り込み、前の一覧と入れ替える。すべての出品をもう一度見て、候補を人に尋ねます。",
        "Take in the list of names FILE (CSV or Excel) in the place of the one before. All listings are looked at once more, and "
        "people are asked about candidates.",
    ),
    epilog=say("例", "Example") + ": mamori screening import names.xlsx --list list-meti --as-of 2026-12-01",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--list",
    "code",
    type=click.Choice([one.code for one in SCREENING_LISTS]),
    required=True,
    help=say("どの一覧か", "which list it is"),
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help=say("一覧の日付", "the day of the list"),
)
def import_(file: Path, code: str, as_of: datetime) -> None:
    """Take in a list and say how many names it has."""
    from mamori.rooms.safety.screening import actions

    actor = Actor(by="machine:screening", role=Role.MACHINE, at=house_now(), via="command")
    try:
        with file.open("rb") as sent:
            count = actions.take_list_by_code(actor, code=code, as_of=as_of.date(), sent=sent)
    except Refusal as why:
        click.echo(why.sentence.in_(LANG), err=True)
        raise SystemExit(2) from None
    click.echo(say(f"名前 {count}件を取り込みました。", f"{count} names were taken in."))
