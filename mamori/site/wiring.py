"""The one table that says who hears what, which clock rings where, and by which calendar."""

from __future__ import annotations

from django.db.models.signals import post_migrate

from mamori.ground.declared import appendonly


def connect() -> None:
    """Connect handlers, clocks, calendar and triggers."""
    post_migrate.connect(appendonly.install, dispatch_uid="appendonly.install")
