"""How a row is found by what somebody says is its reference."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model


def find[Kind: Model](kind: type[Kind], ref: str) -> Kind | None:
    """Return the row; None also for what no reference can be, such as NUL, at which a database stumbles."""
    return kind._default_manager.filter(pk=ref).first() if is_sound(ref) else None


def find_locked[Kind: Model](kind: type[Kind], ref: str, *related: str) -> Kind | None:
    """Return the row as `find` does, locked until the transaction ends, with the rows that it leads to.

    The lock comes first: a query that waits for it would see the other rows as they were before.
    """
    rows = kind._default_manager.filter(pk=ref)
    if not is_sound(ref):
        return None
    if connection.features.has_select_for_update and not list(rows.select_for_update().values_list("pk")):
        return None
    return rows.select_related(*related).first()


def is_sound(ref: str) -> bool:
    """Say whether it can be a reference at all."""
    return ref.isascii() and ref.isprintable()
