"""What is kept of an error that nobody expected: its kind and its place, never what it says."""

from __future__ import annotations

import traceback
from pathlib import Path

_OURS = str(Path(__file__).parents[2])


def fault_of(error: Exception) -> str:
    """Return the error's class and where it was raised, as in `IntegrityError at contact/keeping.py:88`.

    The message is left out: a database quotes the row that it refuses, a parser the text that it cannot read.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(_OURS)] or frames
    if not ours:
        return type(error).__name__
    folder, file = Path(ours[-1].filename).parts[-2:]
    return f"{type(error).__name__} at {folder}/{file}:{ours[-1].lineno}"
