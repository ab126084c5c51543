"""When clocks stand still: a seller's declared closing days, and regions that a disaster has struck."""

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


class Suspension(models.Model):
    """Prefectures in which clocks stand still, since when and until when; `areas` holds their codes, joined by commas."""

    areas = models.CharField(max_length=200)
    cause = models.CharField(max_length=32)
    with_resolution = models.BooleanField()
    began_at = models.DateTimeField()
    review_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Those in force are few and read often."""

        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="contact_suspension_ends_after",
            ),
        )
        indexes = (
            models.Index(
                fields=("id",), condition=Q(ended_at__isnull=True), name="contact_suspension_in_force"
            ),
        )
