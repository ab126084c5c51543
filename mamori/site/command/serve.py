"""`mamori serve`: pages, API and figures for whoever comes, until told to stop."""

from __future__ import annotations

from pathlib import Path

import click

from mamori.site import following
from mamori.site.command import ready
from mamori.site.command.speak import say
from mamori.site.command.where import listening_options


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
    """See that the house may open, collect the static files, and become the server."""
    if ready_fd is not None:
        following.end_with_parent()
    ready()
    from mamori.site import listening, metrics, prepared, serving, statics

    prepared.must_be_prepared()
    statics.collect()
    if fd is None:
        fd = listening.opened(host, port, unix).detach()
    metrics.begin()
    serving.become(
        serving.Options(
            fd=fd,
            is_unix=listening.is_unix(fd),
            workers=workers,
            threads=threads,
            body_limit=body_limit * 2**20,
            body_seconds=body_seconds,
            proxies=proxies,
            ready=ready_fd,
        )
    )
