"""`mamori serve`: pages, API and figures for whoever comes, until told to stop."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mamori.site import claiming, environment, following
from mamori.site.command.speak import LANG, say
from mamori.site.environment import must_be_readable

# The options that `mamori serve` and `mamori up` share: where to listen, with how many processes and threads.


OPTIONS = (
    click.option(
        "--host",
        envvar="MAMORI_HOST",
        default="127.0.0.1",
        show_default=True,
        help=say("アドレス", "address"),
    ),
    click.option(
        "--port",
        envvar="MAMORI_PORT",
        type=click.IntRange(0, 65535),
        default=8000,
        show_default=True,
        help=say("ポート（0 なら空いているもの）", "port; 0 takes a free one"),
    ),
    click.option(
        "--unix",
        envvar="MAMORI_SOCKET",
        type=click.Path(path_type=Path),
        help=say("ポートの代わりの Unix ソケット", "a Unix socket instead of a port"),
    ),
    click.option(
        "--workers",
        envvar="MAMORI_WORKERS",
        type=click.IntRange(1, 64),
        default=2,
        show_default=True,
        help=say("画面を作るプロセスの数", "processes that make pages"),
    ),
    click.option(
        "--threads",
        envvar="MAMORI_THREADS",
        type=click.IntRange(1, 64),
        default=4,
        show_default=True,
        help=say("プロセスごとのスレッド数", "threads of each"),
    ),
    click.option(
        "--body-limit",
        envvar="MAMORI_BODY_LIMIT",
        type=click.IntRange(1, 1024),
        default=32,
        show_default=True,
        help=say("本文の上限（MiB）", "largest body in MiB"),
    ),
    click.option(
        "--body-seconds",
        envvar="MAMORI_BODY_SECONDS",
        type=click.FloatRange(0.1, 3600),
        default=20,
        show_default=True,
        help=say(
            "本文を待つ秒数（ほかに32 KiBごとに1秒）",
            "seconds that a body may take, and one more for each 32 KiB",
        ),
    ),
)


def listening_options[F: Callable[..., Any]](command: F) -> F:
    """Give a command these options."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command(
    help=say(
        "画面と API を開く。止めるには SIGTERM か Ctrl-C。SIGHUP でプロセスを順に入れ替える。",
        "Open pages and API; SIGTERM or Ctrl-C ends it, SIGHUP renews the processes one after the other.",
    )
)
@listening_options
@click.option("--proxies", envvar="MAMORI_PROXIES", default="127.0.0.0/8 ::1/128", hidden=True)
@click.option("--fd", type=int, hidden=True)
@click.option("--ready-fd", type=int, hidden=True)
def command(
    *,
    host: str,
    port: int,
    unix: Path | None,
    workers: int,
    threads: int,
    body_limit: int,
    body_seconds: float,
    proxies: str,
    fd: int | None,
    ready_fd: int | None,
) -> None:
    """Open the socket and become the server, whose first process sees that the house may open."""
    if ready_fd is not None:
        following.end_with_parent()
    must_be_readable(os.environ)
    from mamori.site import serving

    place = ""
    if fd is None:
        opened = claiming.opened(host, port, unix)
        fd, place = opened.fileno(), claiming.place_of(opened)
        opened.detach()
    claiming.count_together(environment.home())
    os.environ["MAMORI_LANG"] = LANG  # what the server refuses is told in it
    serving.become(
        serving.Options(
            fd=fd,
            is_unix=claiming.is_unix(fd),
            workers=workers,
            threads=threads,
            body_limit=body_limit * 2**20,
            body_seconds=body_seconds,
            proxies=proxies,
            place=place,
            ready=ready_fd,
        )
    )
