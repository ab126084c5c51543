"""The options that `mamori serve` and `mamori up` share: where to listen, with how many processes and threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mamori.site.command.speak import say

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
