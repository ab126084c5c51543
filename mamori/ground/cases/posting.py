"""The table of tokens on each engine: FTS5 without content on SQLite, an array with GIN on PostgreSQL.

Both answer one question alike: which entries hold all of these tokens, the newest first.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

PROBED = 2_000
"""So many matches are sorted outright on PostgreSQL; where there are more, the newest are near the end of the table."""
WALKED = 40_000


def put(entry: int, tokens: Sequence[str]) -> None:
    """Let the entry be found by these tokens."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("INSERT INTO cases_tokens (id, tokens) VALUES (%s, %s)", [entry, list(tokens)])
        else:
            cursor.execute(
                "INSERT INTO cases_tokens (rowid, tokens) VALUES (%s, %s)", [entry, " ".join(tokens)]
            )


def drop(entries: Sequence[int]) -> None:
    """Let the entries be found no more."""
    column = "id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM cases_tokens WHERE {column} = %s", [[entry] for entry in entries])  # noqa: S608


def newest(tokens: Sequence[str], *, before: int, limit: int) -> list[int]:
    """Return the newest entries below `before` that hold all the tokens."""
    if connection.vendor == "postgresql":
        return _newest_in_array(list(tokens), before, limit)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM cases_tokens WHERE cases_tokens MATCH %s AND rowid < %s"
            " ORDER BY rowid DESC LIMIT %s",
            [" AND ".join(f'"{token}"' for token in tokens), before, limit],
        )
        return [row for (row,) in cursor.fetchall()]


def _newest_in_array(tokens: list[str], before: int, limit: int) -> list[int]:
    """Take the road by how many matches there are, not by the planner's guess, which is wrong for pairs of a word.

    Few matches: the index names them all.  Many: some of the newest rows hold them.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        cursor.execute(
            # `id + 0`, or the planner would walk the table by its key
            "SELECT id FROM cases_tokens WHERE tokens @> %s AND id + 0 < %s LIMIT %s",
            [tokens, before, PROBED],
        )
        few = sorted((row for (row,) in cursor.fetchall()), reverse=True)
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")
        if len(few) < PROBED:
            return few[:limit]
        cursor.execute(
            "SELECT id FROM (SELECT id, tokens FROM cases_tokens WHERE id < %s ORDER BY id DESC LIMIT %s) newest"
            " WHERE tokens @> %s ORDER BY id DESC LIMIT %s",
            [before, WALKED, tokens, limit],
        )
        near = [row for (row,) in cursor.fetchall()]
        if len(near) == limit:
            return near
        cursor.execute(
            "SELECT id FROM cases_tokens WHERE tokens @> %s AND id + 0 < %s ORDER BY id DESC LIMIT %s",
            [tokens, before, limit],
        )
        return [row for (row,) in cursor.fetchall()]
