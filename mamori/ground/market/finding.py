"""How a row is found by what somebody says is its reference."""

from __future__ import annotations

from django.db.models import Model


def find[Kind: Model](kind: type[Kind], ref: str) -> Kind | None:
    """Return the row; None also for what no reference can be, such as NUL, at which a database stumbles."""
    if not (ref.isascii() and ref.isprintable()):
        return None
    return kind._default_manager.filter(pk=ref).first()
