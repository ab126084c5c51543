"""What stands beside the matters: days on which clocks stand still, answers about scanning, a seller's usual texts."""

from __future__ import annotations

import uuid

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

    shown_at = ("/desk/suspensions/",)

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


class Phrase(models.Model):
    """A usual text: its name and words lie sealed with the seller's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    seller_ref = models.CharField(max_length=128)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """Found by whose they are."""

        indexes = (models.Index(fields=("seller_ref", "at"), name="contact_phrase_seller"),)
