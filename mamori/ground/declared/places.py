"""At which addresses of the desk the rows of a table are read: a model says `shown_at`, and a menu asks which have any.

`shown_at = ("/desk/campaigns/",)`; where not every row is read there, SQL says behind the address which.
"""

from __future__ import annotations

from functools import cache

from django.apps import apps


@cache
def _read() -> tuple[tuple[str, str], ...]:
    """Return each address with the rows that are read there."""
    named = [
        (model, *one.partition(" ")) for model in apps.get_models() for one in getattr(model, "shown_at", ())
    ]
    return tuple((path, f"{model._meta.db_table} {where}".strip()) for model, path, _, where in named)


@cache
def shown_at() -> frozenset[str]:
    """Return each address at which rows are read: any other place of the desk has something to show from the first day."""
    return frozenset(path for path, _ in _read())


def looks() -> tuple[str, ...]:
    """Return a statement for each, which finds the address (and 0) once there is such a row."""
    return tuple(f"SELECT '{path}', 0 WHERE EXISTS (SELECT 1 FROM {rows})" for path, rows in _read())  # noqa: S608  our own
