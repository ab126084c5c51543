"""Matters that were begun in this act: nothing can stand beside them yet, so nothing is looked for."""

from __future__ import annotations

from typing import Any

from django.db import models

from mamori.ground.declared import memory

_FRESH = "contact.fresh"


def begin(thread: int) -> None:
    """Note that the thread was begun just now."""
    memory.put(_FRESH, thread, True)


def is_fresh(thread: int) -> bool:
    """Say whether it was begun in this act, and no remedy, proposal, call or mediation since."""
    return thread in memory.all_of(_FRESH)


class Beside(models.Model):
    """What stands beside a trouble; with the first row of an act none is fresh any more."""

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row."""
        memory.forget(_FRESH)
        super().save(*args, **kwargs)
