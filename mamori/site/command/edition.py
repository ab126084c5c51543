"""`mamori edition`: editions of what is published, and the rows behind one for who recounts it."""

from __future__ import annotations

from pathlib import Path

import click

from mamori.site.command import house_now, ready_tables
from mamori.site.command.speak import LANG, say


@click.group(help=say("公表版と、その数え直し。", "Editions of what is published, and recounting them."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say("公表版と、その要約値を並べる。", "List the editions that were published, with their digests.")
)
def listed() -> None:
    """List what was published."""
    from mamori.rooms.disclosure.editions import queries as editions

    for one in editions.published():
        click.echo(f"{one.half}  {one.number}  {one.digest}  {one.state_text.in_(LANG)}")


@command.command(
    help=say(
        "半期 HALF（例 2026-2）の公表版のもとになる行を OUT に書く。名前も番号も入らないが、少ない数も数えられるので公表しない。"
        "`verifier/recount.py` が、この行だけから数え直して公表版と比べる。",
        "Write the rows behind the edition of HALF, such as 2026-2, to OUT. They name nobody, yet let small counts be counted: "
        "do not publish them. `verifier/recount.py` recounts from them alone and compares with the edition.",
    )
)
@click.argument("half")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=say("書く場所", "where to")
)
def export(half: str, out: Path) -> None:
    """Write an export."""
    from mamori.japan.calendar import half_named
    from mamori.rooms.disclosure.editions.actions import NoHalfYear
    from mamori.rooms.disclosure.measures.queries import exported

    found = half_named(half, None)
    if found is None:
        raise NoHalfYear
    with out.open("w", encoding="utf-8") as file:
        rows = sum(1 for line in exported(found) if file.write(line)) - 1
    click.echo(say(f"{rows:,} 行を書きました: {out}", f"{rows:,} rows written: {out}"))


@command.command(
    help=say(
        "数え終わる日を過ぎ、まだ数えていない月を数える（いつもは裏で動く処理が数える）。",
        "Count the months that are settled and not counted; as a rule the worker does that.",
    )
)
def count() -> None:
    """Count what is due."""
    from mamori.rooms.disclosure import tasks

    months = 0
    while tasks.count_months(house_now()):
        months += 1
    click.echo(say(f"{months} か月を数えました。", f"{months} months were counted."))


command.add_command(listed, "list")
