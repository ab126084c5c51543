"""One house runs once: whoever runs it holds a lock in its folder, which the system lets go when the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from mamori.grammar.refusal import Refusal
from mamori.grammar.text import Text

LOCK = "up.lock"
_HELD: list[int] = []
"""Descriptors that stay open as long as this process; children do not inherit them."""


class HouseOpen(Refusal, code="house.open", status=409):
    """Given when the house of this folder runs already."""

    text = Text(
        "{home} の家は、もう動いています。先にそちらを止めるか、MAMORI_HOME に別のフォルダーを指定してください。",
        "The house in {home} runs already. Please stop it first, or name another folder in MAMORI_HOME.",
    )


def claim(home: Path) -> None:
    """Hold the house of this folder until the process ends; a folder that is not there is nobody's."""
    if not home.is_dir():
        return
    held = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        raise HouseOpen(home=home) from None
    _HELD.append(held)
