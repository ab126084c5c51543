"""What was counted, and what may happen once only."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """How often something happened in one window of time; `key` is a digest of who or what it is counted for."""

    name = models.CharField(max_length=32)
    key = models.CharField(max_length=32)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    class Meta:
        """One row for a thing and a window."""

        constraints = (
            models.UniqueConstraint(fields=["name", "key", "window"], name="people_tally_one_row"),
        )
        indexes = (models.Index(fields=["until"], name="people_tally_until"),)


class Once(models.Model):
    """Something that was used and may not be used again: a link, a code of an app.  Kept until it has run out."""

    digest = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()

    class Meta:
        """Found by when it may be forgotten."""

        indexes = (models.Index(fields=["until"], name="people_once_until"),)
