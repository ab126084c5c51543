"""Whether parties let a machine look at what they write, and how often it found something: never what."""

from __future__ import annotations

from django.db import models


class ScanningAnswer(models.Model):
    """One answer of a buyer or a seller to one version of the declared text; the newest counts."""

    append_only = True

    party = models.CharField(max_length=140)
    version = models.PositiveIntegerField()
    agrees = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        """The newest answer of a party is found without a sort."""

        indexes = (models.Index(fields=("party", "-id"), name="contact_scanning_newest"),)


class LureCount(models.Model):
    """How often a kind of find was shown to writers of one side in a month, and how often they sent it so."""

    month = models.DateField()
    side = models.CharField(max_length=8)
    kind = models.CharField(max_length=16)
    shown = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)

    class Meta:
        """One row for each month, side and kind: nobody's thread can be told from it."""

        constraints = (
            models.UniqueConstraint(fields=("month", "side", "kind"), name="contact_lure_count_once"),
        )
