"""`mamori search fill`: what was written before there was a search is entered, a little at a time."""

from __future__ import annotations

import click

from mamori.site.command import ready_tables
from mamori.site.command.speak import say

AT_ONCE = 50
"""Cases in one transaction: other writers of SQLite wait no longer than that."""
TOLD_EVERY = 20


@click.group(help=say("検索の索引の手入れ。", "Tend the index of the search."))
def command() -> None:
    """Hold the commands together."""
    ready_tables()


@command.command(
    help=say(
        "検索ができる前からある案件と、窓口に開かれている言葉のうち、まだ見つからないものを索引に入れる。"
        "途中で止めても、もう一度実行すれば続きから入る。",
        "Enter the cases, and the words open to the centre, that cannot be found yet because they are older than the "
        "search. Broken off and run again, it enters what is left.",
    )
)
@click.option(
    "--after",
    type=click.IntRange(0, 2**63 - 1),
    default=0,
    help=say("この番号の行より後だけを見る", "look only behind this row"),
)
def fill(after: int) -> None:
    """Go through all cases, and say how far it is."""
    from mamori.rooms.complaints import facts as complaints
    from mamori.rooms.contact import actions

    cases = messages = turns = 0
    while (
        done := actions.enter_missing(after=after, limit=AT_ONCE, found_by=complaints.found_by)
    ) is not None:
        after, cases, messages, turns = (
            done.last,
            cases + done.cases,
            messages + done.messages,
            turns + 1,
        )
        if turns % TOLD_EVERY == 0:
            click.echo(
                say(
                    f"行 {after} まで。続きは --after {after}",
                    f"up to row {after}; go on with --after {after}",
                ),
                err=True,
            )
    click.echo(
        say(
            f"案件 {cases} 件、言葉 {messages} 件を検索できるようにしました。",
            f"{cases} cases and {messages} messages can be found now.",
        )
    )
