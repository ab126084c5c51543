"""How large a long trial is: small among the tests, where it still sees its planted fault; whole in `make soak`."""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("MAMORI_WHOLE"))
ON_POSTGRESQL = os.environ.get("MAMORI_DATABASE_URL", "").startswith("postgres")
ENGINE = "postgres" if ON_POSTGRESQL else "sqlite"


def sized[T](small: T, whole: T) -> T:
    """Return the one or the other; a test that asks this is marked `sized`, and `make soak` runs it whole."""
    return whole if WHOLE else small


def sized_by_engine[T](short: T, full: T) -> T:
    """Return how long a walk or a race is: full on PostgreSQL, whose locks it is about, short on SQLite but in `make soak`."""
    return sized(full if ON_POSTGRESQL else short, full)
