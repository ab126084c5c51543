"""`mamori up`: the whole house in one command: worker and pages, started in order, kept running, stopped in order."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mamori.site import claiming, environment, supervisor
from mamori.site.command.serve import listening_options
from mamori.site.command.speak import say
from mamori.site.environment import must_be_readable


@click.command(
    help=say(
        "家全体を動かす：画面と働き手。SIGTERM で順に止め、SIGHUP で要求を落とさずに入れ替える。",
        "Run the whole house: pages and worker. SIGTERM stops in order, SIGHUP renews without a failed request.",
    )
)
@listening_options
@click.option(
    "--limit",
    type=click.IntRange(1, 3600),
    default=60,
    show_default=True,
    help=say("止めるときに待つ秒数", "seconds to wait when stopping"),
)
def command(
    *,
    host: str,
    port: int,
    unix: Path | None,
    workers: int,
    threads: int,
    body_limit: int,
    body_seconds: float,
    limit: int,
) -> None:
    """Open the socket, run the programs, end with their code."""
    home = environment.home()
    must_be_readable(os.environ)
    claiming.claim(home)
    words = (
        "--workers",
        workers,
        "--threads",
        threads,
        "--body-limit",
        body_limit,
        "--body-seconds",
        body_seconds,
    )
    with claiming.opened(host, port, unix) as socket:
        place = claiming.place_of(socket)
        code = supervisor.run(
            listening=socket,
            home=home,
            words={"web": [str(word) for word in words]},
            limit=limit,
            told=lambda: claiming.say_open(place) if place else None,
        )
        if unix is not None:
            unix.unlink(missing_ok=True)
    raise SystemExit(code)
