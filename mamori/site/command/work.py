"""`mamori work`: ring deadlines, work off effects, sequence the log, deliver webhooks, send mail, until told to stop."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime

import click

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text
from mamori.site import following, logs
from mamori.site.command import house_now, ready
from mamori.site.command.speak import LANG, say


@click.command(
    help=say("期限を鳴らし、知らせを届け続ける。", "Ring deadlines and carry messages, until told to stop.")
)
@click.option("--once", is_flag=True, help=say("一巡だけして終わる", "do one round and end"))
@click.option("--ready-fd", type=int, hidden=True)
def command(once: bool, ready_fd: int | None) -> None:
    """Run the worker; SIGTERM and Ctrl-C let it finish what it holds."""
    if ready_fd is not None:
        following.end_with_parent()
    ready()
    from mamori.site import prepared, work

    stands = prepared.must_be_prepared()  # a house without tables is told so at once, not waited for
    if stands is prepared.Tables.READY:
        prepared.claim()
    if once:
        if stands is prepared.Tables.AWAY:
            prepared.tables_must_fit()  # says what is away
        done = work.turn(at=house_now(), signed_at=datetime.now(UTC))
        click.echo(
            say(
                f"期限 {done.rung}、処理 {done.worked}、記録 {done.sequenced}、配達 {done.delivered}、メール {done.mailed}",
                f"rung {done.rung}, worked {done.worked}, sequenced {done.sequenced}, delivered {done.delivered}, "
                f"mailed {done.mailed}",
            )
        )
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    refused: list[Refusal] = []

    def leave(refusal: Refusal) -> None:
        refused.append(refusal)
        stop.set()

    prepared.keep(leave)
    if ready_fd is not None:
        logs.catch()
        following.tell(ready_fd, following.READY)
        work.run(stop, tell=lambda _: None)  # the log has it
    else:
        click.echo(say("動き始めました。止めるには Ctrl-C。", "At work. Ctrl-C ends it."))
        work.run(stop, tell=_print)
        click.echo(say("手元の仕事を終えて止まりました。", "Finished what was in hand; stopped."))
    if refused:
        raise refused[0]


def _print(text: Text) -> None:
    click.echo(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text.in_(LANG)}", err=True)
