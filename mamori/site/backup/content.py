"""What a database holds, in figures: for each table its rows, and a digest that no order of rows can change."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import msgspec
from django.db import connections

_ENCODER = msgspec.json.Encoder(order="deterministic")


class Table(msgspec.Struct, frozen=True):
    """A table's number of rows, and the sum of their SHA-256 digests modulo 2^256."""

    rows: int
    digest: str


def content(using: str, without: Collection[str] = ()) -> dict[str, Table]:
    """Count and digest every table that is there, whichever version of the house made it, but for those named.

    The caller holds the moment: a transaction, or a copy that nobody writes to.
    """
    names = sorted(connections[using].introspection.table_names())
    return {name: table(name, using) for name in names if name not in without}


def table(name: str, using: str) -> Table:
    """Count and digest one table."""
    # A sum, because two servers may sort the same text differently.
    connection = connections[using]
    rows = total = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608  # a name from the catalogue
        while chunk := cursor.fetchmany(2000):
            rows += len(chunk)
            total += sum(int.from_bytes(hashlib.sha256(_ENCODER.encode(row)).digest()) for row in chunk)
    return Table(rows, f"{total % 2**256:064x}")
