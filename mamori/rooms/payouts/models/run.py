"""Payout runs and their lines: what was asked for, what became of each, and the file that can be written again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import StateField, state_constraints
from mamori.rooms.payouts.lifecycle import RUN


class Run(models.Model):
    """One run: its name, the day on which the bank pays, who pays, and what the file comes to.  Yen.

    `digest` is the SHA-256 of the file, so that the same run always gives the same bytes.
    """

    ref = models.CharField(max_length=64, unique=True)
    pays_on = models.DateField()
    payer = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = StateField(RUN)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; what is written has a digest."""

        constraints = (
            *state_constraints(RUN, "payouts_run"),
            models.CheckConstraint(
                condition=~Q(state="written") | ~Q(digest=""), name="payouts_run_written_has_digest"
            ),
        )


class Line(models.Model):
    """A line of a run as it came: what was asked, and why nothing of it can be (`refused`, with the values of its sentence)."""

    append_only = True

    run = models.ForeignKey(Run, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    payout_ref = models.CharField(max_length=64, blank=True)
    seller_ref = models.CharField(max_length=64, blank=True)
    amount = models.BigIntegerField(default=0)
    refused = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        """Each line of a run once."""

        constraints = (models.UniqueConstraint(fields=("run", "number"), name="payouts_line_number"),)
