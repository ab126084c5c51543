"""Django's PostgreSQL backend, which sends no number that its column cannot hold."""

from __future__ import annotations

from django.db.backends.postgresql import base, operations

from mamori.site.bounded import Bounded


class DatabaseOperations(Bounded, operations.DatabaseOperations):
    """Django's operations, bounded."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend with bounded numbers."""

    ops_class = DatabaseOperations
