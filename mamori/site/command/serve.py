"""`mamori serve`: pages, API and figures for whoever comes, until told to stop."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mamori.site import counting, environment, following, listening
from mamori.site.command.speak import LANG, say
from mamori.site.command.where import listening_options
from mamori.site.readable import must_be_readable


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
        opened = listening.opened(host, port, unix)
        fd, place = opened.fileno(), listening.place_of(opened)
        opened.detach()
    counting.begin(environment.home())
    os.environ["MAMORI_LANG"] = LANG  # what the server refuses is told in it
    serving.become(
        serving.Options(
            fd=fd,
            is_unix=listening.is_unix(fd),
            workers=workers,
            threads=threads,
            body_limit=body_limit * 2**20,
            body_seconds=body_seconds,
            proxies=proxies,
            place=place,
            ready=ready_fd,
        )
    )
