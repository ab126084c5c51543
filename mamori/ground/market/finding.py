"""How a row is found by what somebody says is its reference."""

from __future__ import annotations

from django.db.models import Model


def find[Kind: Model](kind: type[Kind], ref: str) -> Kind | None:
    """Return the row; None also for what no reference can be, such as NUL, at which a database stumbles."""
    return kind._default_manager.filter(pk=ref).first() if _is_sound(ref) else None


def find_locked[Kind: Model](kind: type[Kind], ref: str, *related: str) -> Kind | None:
    """Return the row as `find` does, locked until the transaction ends, with the rows that it leads to."""
    rows = kind._default_manager.select_related(*related).select_for_update(of=("self",))
    return rows.filter(pk=ref).first() if _is_sound(ref) else None


def _is_sound(ref: str) -> bool:
    return ref.isascii() and ref.isprintable()
