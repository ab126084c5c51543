"""Django's PostgreSQL backend, which sends no number that its column cannot hold."""

from __future__ import annotations

from django.db.backends.postgresql import base, operations

from mamori.site.bounded import bounded

DatabaseWrapper = type(
    "DatabaseWrapper", (base.DatabaseWrapper,), {"ops_class": bounded(operations.DatabaseOperations)}
)
"""What Django looks for by this name."""
