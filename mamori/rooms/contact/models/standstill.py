"""When clocks stand still: a seller's declared closing days, and cases that staff let stand still."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class SellerClosing(models.Model):
    """Days on which a seller is closed, both included; taken back when `withdrawn_at` is set."""

    seller_ref = models.CharField(max_length=128)
    first = models.DateField()
    last = models.DateField()
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Days run forward; a seller's are found by their end."""

        constraints = (
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="contact_closing_runs_forward"),
        )
        indexes = (models.Index(fields=("seller_ref", "last"), name="contact_closing_of_seller"),)


class Standstill(models.Model):
    """A case that staff let stand still, by the name of its matter: since when, until when, and why."""

    about = models.CharField(max_length=64, unique=True)
    cause = models.CharField(max_length=32)
    began_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        """It never ends before it began."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=F("began_at")), name="contact_standstill_ends_after"
            ),
        )
