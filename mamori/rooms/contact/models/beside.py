"""What stands beside a trouble: an act reads it once, and of a matter that was begun in it nothing is looked for."""

from __future__ import annotations

from typing import Any

from django.db import models

from mamori.ground.declared import memory

_FRESH = "contact.fresh"
READ = "contact.beside"


def begin(thread: models.Model) -> None:
    """Note that the thread was begun just now: its row and its trouble's are as they stand in the act's hands."""
    memory.put(_FRESH, thread.pk, thread)


def is_fresh(thread: int) -> bool:
    """Say whether it was begun in this act, and no remedy, proposal, call or mediation since."""
    return thread in memory.all_of(_FRESH)


def taken_up(thread: int) -> None:
    """Note that a thread that may be fresh was read anew, to be changed: what was at hand of it is not to be looked at."""
    if is_fresh(thread):
        _forget()


def fresh_of(trouble: int) -> Any:
    """Return the thread of a trouble that was begun in this act, as `is_fresh` means it, or None."""
    return next((thread for thread in memory.all_of(_FRESH).values() if thread.trouble.pk == trouble), None)


def _forget() -> None:
    memory.forget(_FRESH, READ)


class Rows[Row: models.Model](models.QuerySet[Row]):
    """Rows that are read anew once several of them were written."""

    def update(self, **fields: Any) -> int:
        """Write these fields of all of them; return of how many."""
        _forget()
        return super().update(**fields)


class Beside(models.Model):
    """A row that stands beside a trouble."""

    objects = Rows.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; whoever asks next reads it anew."""
        _forget()
        super().save(*args, **kwargs)
