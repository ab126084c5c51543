"""A number that a column cannot hold is refused before it is sent: PostgreSQL's driver would send another, SQLite keep it.

With server-side binding psycopg writes an integer in the column's own width and cuts off what does not fit, so that a sum
arrives as another one.  Both engines refuse it here, in the same words, whatever the column says of negative numbers.
"""

from __future__ import annotations

from typing import Any

from django.db import DataError
from django.db.backends.base.operations import BaseDatabaseOperations


def bounded[Operations: BaseDatabaseOperations](operations: type[Operations]) -> type[Operations]:
    """Return an engine's operations with the bounds before them."""
    return type("Operations", (_Bounded, operations), {})


class _Bounded(BaseDatabaseOperations):
    """What an engine's operations are mixed with."""

    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """Return what a column of the type holds on PostgreSQL: nothing is to be kept on SQLite alone."""
        return BaseDatabaseOperations.integer_field_ranges[internal_type]

    def adapt_integerfield_value(self, value: Any, internal_type: str) -> Any:
        """Return the number as the driver takes it.

        :raises DataError: when the column cannot hold it (a bug of who lets it come so far).
        """
        if isinstance(value, int):
            most = self.integer_field_range(internal_type)[1]
            if not -most - 1 <= value <= most:
                raise DataError(f"{value} is beyond {internal_type}")
        return super().adapt_integerfield_value(value, internal_type)
