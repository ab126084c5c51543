"""Turns: what is counted or looked at, and then changed, is so by one after the other, where there is no row to lock."""

from __future__ import annotations

from django.db import connection


def take_turns(name: str) -> None:
    """Wait until nobody else who takes turns under this name is at it, and hold the turn until the transaction ends.

    SQLite's writers take turns by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
