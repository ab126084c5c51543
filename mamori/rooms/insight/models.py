"""The table of this room: an improvement, from what was seen to what was different afterwards."""

from __future__ import annotations

from django.db import models

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.insight.lifecycle import IMPROVEMENT, TO_BE_READ

IS_READ = models.Q(published_at__isnull=False)
"""The one condition by which everybody reads it."""


class Improvement(models.Model):
    """What was seen and what became of it; whoever writes it locks this row first.

    `figure` is the code of what is counted, `month` ("2026-11") where it was seen; both "" where it is nothing that is
    counted.  `owner` is an account's subject ("staff:7"), `department` is in words; `owned_at` is when somebody owned it first.
    `changed_on` is the day of the change, `months` how many are compared before and after, `comparable_at` when these are over.
    `counts` is what was counted then, null where there was no number, of which `no_number` says why.  The words in `told` are
    what everybody reads while `published_at` is set.
    """

    shown_at = ("/desk/insight/",)

    title = models.CharField(max_length=100)
    seen = models.TextField()
    figure = models.TextField(blank=True, default="")
    month = models.CharField(max_length=7, blank=True, default="")
    noted_by = models.CharField(max_length=80)
    noted_at = models.DateTimeField()
    owner = models.CharField(max_length=80, blank=True, default="")
    department = models.CharField(max_length=100, blank=True, default="")
    owned_at = models.DateTimeField(null=True)
    changed = models.TextField(blank=True, default="")
    changed_on = models.DateField(null=True)
    months = models.PositiveSmallIntegerField(default=0)
    comparable_at = models.DateTimeField(null=True)
    came = models.TextField(blank=True, default="")
    counts = models.JSONField(null=True)
    no_number = models.CharField(max_length=16, blank=True, default="")
    told = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    state = StateField(IMPROVEMENT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Known states; nothing is public of which nothing was changed; what is public is found in its order."""

        constraints = (
            *state_constraints(IMPROVEMENT, "insight_improvement"),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True)
                | models.Q(state__in=[one.value for one in TO_BE_READ], told__isnull=False),
                name="insight_improvement_public_is_changed",
            ),
        )
        indexes = (
            models.Index(
                fields=("-published_at", "-id"),
                condition=IS_READ,
                name="insight_improvement_public",
            ),
        )
