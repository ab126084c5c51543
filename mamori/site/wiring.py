"""The one table that says who hears what, which clock rings where, and by which calendar."""

from __future__ import annotations


def connect() -> None:
    """Connect handlers, clocks, calendar and triggers."""
