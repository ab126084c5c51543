"""The tables of the clocks: deadlines as rows, and the beats of the loops that look at them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

IS_OPEN = Q(done_at__isnull=True)
"""The one condition that every look for open clocks shares with the partial indexes."""

IS_STUCK = IS_OPEN & Q(stuck_at__isnull=False)
"""Open, and rung in vain so often that a person should look."""

RUNG, STOPPED = "rung", "stopped"


class Clock(models.Model):
    """A deadline.  `next_try_at` is the due moment, later after a failed ring, empty while paused."""

    kind = models.CharField(max_length=64)
    about = models.CharField(max_length=128)
    key = models.CharField(max_length=128, blank=True, default="")
    started_at = models.DateTimeField()
    duration = models.CharField(max_length=16)
    due_at = models.DateTimeField()
    calendar = models.CharField(max_length=64)
    provisional = models.BooleanField(default=False)
    pauses = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True, default="")
    why = models.CharField(max_length=200, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        """One open clock of a kind, thing and key; done exactly when it has an outcome."""

        constraints = (
            models.UniqueConstraint(
                fields=["about", "kind", "key"], condition=IS_OPEN, name="clocks_clock_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", done_at__isnull=True)
                | Q(outcome__in=[RUNG, STOPPED], done_at__isnull=False),
                name="clocks_clock_done_has_outcome",
            ),
        )
        indexes = (
            models.Index(fields=["next_try_at", "id"], condition=IS_OPEN, name="clocks_clock_due"),
            models.Index(fields=["stuck_at", "id"], condition=IS_STUCK, name="clocks_clock_stuck"),
            models.Index(fields=["about", "id"], name="clocks_clock_history"),
            models.Index(fields=["kind", "done_at"], condition=~IS_OPEN, name="clocks_clock_past"),
        )


class Beat(models.Model):
    """When a loop last looked, and the last time that time itself went back."""

    name = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    went_back_at = models.DateTimeField(null=True)
    went_back_seconds = models.PositiveIntegerField(default=0)


class RunningHouse(models.Model):
    """The one row that says which house runs on this database, on which machine, and when by the database's clock."""

    house = models.CharField(max_length=32)
    host = models.CharField(max_length=255)
    seen_at = models.DateTimeField()


class Sandbox(models.Model):
    """The one row that a sandbox has and no other house: since when it is one, and by how many seconds its clock is ahead."""

    made_at = models.DateTimeField()
    ahead = models.BigIntegerField(default=0)

    class Meta:
        """One row at most, and no clock behind the real one."""

        constraints = (models.CheckConstraint(condition=Q(pk=1, ahead__gte=0), name="clocks_sandbox_one"),)
