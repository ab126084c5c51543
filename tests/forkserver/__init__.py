"""Commands in tests without the seconds that loading takes: processes forked from one that has loaded the house once.

`trials.scratch.loaded` is the command line of such a Python for `subprocess`: what it runs is a process of its own, with its
own environment, folder, mask and streams, and it answers, is signalled and ends as one that was started.  What a start itself
does is tried by `trials.scratch.python`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from trials.scratch import LOADED

CLIENT = Path(__file__).with_name("client.py")
_PLACES = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Say where the fork server of this run is reached; whoever asks first starts it, and it ends with this process."""
    place = config.stash[_PLACES] = Path(tempfile.mkdtemp(prefix="mamori-forks."))
    words = [sys.executable, "-I", "-S", str(CLIENT), str(place), str(os.getpid())]
    os.environ[LOADED] = shlex.join(words)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(config.stash[_PLACES], ignore_errors=True)
