"""Opens the house: the socket, the folder of the figures, the passphrase's key for the programs, and the supervisor."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mamori.site import counting
from mamori.site.supervisor.programs import PROGRAMS
from mamori.site.supervisor.relay import Relay
from mamori.site.supervisor.supervisor import Supervisor


def run(
    *,
    listening: socket.socket,
    home: Path,
    words: Mapping[str, Sequence[str]],
    limit: float,
    log: TextIO | None = None,
    told: Callable[[], None] = lambda: None,
) -> int:
    """Run every program on the socket until told to stop; return the exit code."""
    figures = counting.fresh(home)
    with lent_key():
        supervisor = Supervisor(
            PROGRAMS,
            listening=listening,
            words=words,
            env={**os.environ, counting.SHARED: str(figures)},
            limit=limit,
            relay=Relay(log),
        )
        try:
            return supervisor.run(told=told)
        finally:
            shutil.rmtree(figures, ignore_errors=True)


@contextmanager
def lent_key() -> Iterator[None]:
    """Ask for the passphrase once, where keys are wrapped by one, and lend what was made of it to the programs.

    :raises KeyMissing, KeyOpen, KeyWrong, PassphraseAbsent, PassphraseWrong: when a key cannot be opened.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mamori.site.settings")
    from django.conf import settings

    if settings.KEY_PROFILE != "passphrase":
        yield
        return
    from mamori.site.command import ready

    ready()
    from mamori.ground.seal import facts, lending, passphrase

    for key in facts.Key:
        facts.key(key)
    with lending.lent(passphrase.keys(), Path(settings.KEY_SOCKET)):
        yield
