"""Asks for the passphrase in a process of its own, which proves it by opening every key, tells what it made of it, and ends.

So the supervisor, which stays as long as the house, need not load what it takes to open keys."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import click

from mamori.site.command import ready, run
from mamori.site.command.speak import LANG
from mamori.site.following import end_with_parent

GIVEN = "MAMORI_PASSPHRASE_FD"


def asked() -> dict[bytes, bytes]:
    """Return the keys made of the passphrase, by salt and cost.

    :raises SystemExit: when a key cannot be opened; the process that tried has said why.
    """
    given = os.environ.get(GIVEN, "")
    fds = [int(given)] if given.isdecimal() and _is_open(int(given)) else []
    reading, writing = os.pipe()
    with subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-m", __name__, str(writing)],
        env={**os.environ, "MAMORI_LANG": LANG},
        pass_fds=(writing, *fds),
    ) as process:
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as file:
            told = file.read()
    if process.returncode:
        raise SystemExit(process.returncode)
    os.environ.pop(GIVEN, None)  # it was read: what starts later must not look for it
    for fd in fds:
        os.close(fd)
    return {bytes.fromhex(head): bytes.fromhex(key) for head, key in json.loads(told).items()}


def _is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


@click.command()
@click.argument("fd", type=int)
def command(fd: int) -> None:
    """Open every key, and tell what was made of the passphrase."""
    end_with_parent()
    ready()
    from mamori.ground.seal import facts, wrapping as passphrase

    for key in facts.Key:
        facts.key(key)
    with os.fdopen(fd, "w", encoding="ascii") as file:
        json.dump({head.hex(): key.hex() for head, key in passphrase.keys().items()}, file)


if __name__ == "__main__":
    run(command, "mamori")
