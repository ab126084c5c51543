"""Opens the house: the socket, the folder of the figures, the passphrase's key for the programs, and the supervisor."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from mamori.ground.seal import lending
from mamori.site import counting, environment
from mamori.site.supervisor import asking
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

    :raises SystemExit: when a key cannot be opened; why was said.
    """
    if environment.key_profile() != "passphrase":
        yield
        return
    with lending.lent(asking.asked(), environment.key_socket()):
        yield
