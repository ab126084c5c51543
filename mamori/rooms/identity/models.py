"""The table of this room: every version of a seller's registered name, with how it was verified."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

HAS_END = Q(until__isnull=False)


class Version(models.Model):
    """What was registered from `told_at` on; the names lie sealed with the seller's key.

    `covered` says whether the check is one of this name: a name that changed after it is not verified by it.
    """

    append_only = True

    seller_ref = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()
    method = models.CharField(max_length=32, blank=True)
    verified_at = models.DateTimeField(null=True)
    until = models.DateField(null=True)
    covered = models.BooleanField()
    told_at = models.DateTimeField()

    class Meta:
        """One version of each number; a check has a method and a moment, or neither and no last day."""

        constraints = (
            models.UniqueConstraint(fields=("seller_ref", "number"), name="identity_version_number"),
            models.CheckConstraint(
                condition=(Q(method="") & Q(verified_at__isnull=True, until__isnull=True, covered=False))
                | (~Q(method="") & Q(verified_at__isnull=False)),
                name="identity_version_whole",
            ),
        )
        indexes = (models.Index(fields=("until", "id"), condition=HAS_END, name="identity_version_until"),)
