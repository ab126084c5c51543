"""`mamori sandbox`: a house that stays and can be tried, and its clock that goes forward."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from mamori.grammar.text import Text
from mamori.site.command import house_now, ready
from mamori.site.command.speak import LANG, say


@click.group(
    invoke_without_command=True,
    help=say(
        "通販サイトの技術者が試す練習場を作り、開く。データは残り、次も同じ家が開く。",
        "Make a sandbox for a shop's engineer and open it; it stays, and the same house opens the next time.",
    ),
)
@click.option("--webhook", help=say("店の受け口のアドレス", "where the shop's receiver is"))
@click.option("--port", type=click.IntRange(0, 65535), help=say("画面のポート", "port of the pages"))
@click.option("--no-serve", is_flag=True, help=say("作るだけで開かない", "make it and do not open it"))
@click.pass_context
def command(ctx: click.Context, webhook: str | None, port: int | None, no_serve: bool) -> None:
    """Make what is missing, write down the keys, and serve until Ctrl-C."""
    from mamori.site.sandbox import house

    if ctx.invoked_subcommand:
        return
    place = house.home()
    socket, to = house.enter(place, port, webhook)
    ready()
    house.make(place, at=house_now() if house.env_of(place) else datetime.now(UTC), webhook=to)
    _what_stands_where(place)
    if no_serve:
        socket.close()
        return
    from mamori.site import supervisor

    with (place / "house.log").open("a", encoding="utf-8") as log, socket:
        words = {"web": ["--workers", "1"]}
        raise SystemExit(supervisor.run(listening=socket, home=place, words=words, limit=20.0, log=log))


@command.command(
    help=say(
        "練習場の時計を SPAN だけ進める（48h、2h24、2bd、8d）。途中の期限はその時刻のとおりに来る。",
        "Move the clock of the sandbox forward by SPAN (48h, 2h24, 2bd, 8d); what falls due on the way happens then.",
    )
)
@click.argument("span")
def forward(span: str) -> None:
    """Move the clock."""
    from mamori.site.sandbox import house

    place = house.home()
    house.surroundings(place)
    ready()
    from mamori.ground.clocks.actions import NoSandbox
    from mamori.japan.calendar import spoken
    from mamori.site import prepared
    from mamori.site.sandbox.jumping import jump

    if not house.env_of(place):
        raise NoSandbox  # before anything is opened: what is looked for in an empty folder is made there
    prepared.tables_must_fit()
    done = jump(span, signed_at=datetime.now(UTC))
    told = Text("{since} から {until} へ進めました。", "From {since} to {until}.")
    click.echo(told.fill(since=spoken(done.since), until=spoken(done.until)).in_(LANG))


def _what_stands_where(place: Path) -> None:
    from django.conf import settings

    from mamori.site.demo import guests

    found = guests.read(place)
    assert found is not None
    lines = Text(
        """練習場：{at}/
時計と入口（この合言葉を知る人だけ）：{at}/sandbox/{word}/
店の鍵（.env）：{env}
外へ出なかったメール：{at}/sandbox/{word}/inbox/
API の説明：{at}/api/v1/openapi.json と {at}/api/sandbox/openapi.json
時計を進める：mamori sandbox forward 48h
受け口を調べる：mamori examine {hooks}
Ctrl-C で閉じます。データは残ります。""",
        """The sandbox: {at}/
Its clock and doors, for who knows this word: {at}/sandbox/{word}/
Keys for the shop (.env): {env}
Mail that did not leave: {at}/sandbox/{word}/inbox/
The API, described: {at}/api/v1/openapi.json and {at}/api/sandbox/openapi.json
Move the clock forward: mamori sandbox forward 48h
Examine the receiver: mamori examine {hooks}
Ctrl-C closes it; its data stays.""",
    )
    from mamori.site.sandbox import house

    hooks = house.env_of(place)["webhook_url"]
    filled = lines.fill(at=settings.ORIGIN, word=found.word, env=place / house.ENV, hooks=hooks)
    click.echo(filled.in_(LANG))
    sys.stdout.flush()
