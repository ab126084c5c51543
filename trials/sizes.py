"""How large a long trial is: small among the tests, where it still sees its planted fault; whole in `make soak`."""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("MAMORI_WHOLE"))


def sized[T](small: T, whole: T) -> T:
    """Return the one or the other; a test that asks this is marked `sized`, and `make soak` runs it whole."""
    return whole if WHOLE else small
