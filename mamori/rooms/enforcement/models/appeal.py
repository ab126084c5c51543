"""Appeals: against a measure or a recovery, with messages, notes of the reviewers in a table of their own, and an outcome."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mamori.ground.declared.fields import IS_OPEN, StateField, state_constraints
from mamori.rooms.enforcement.lifecycle import APPEAL
from mamori.rooms.enforcement.models.measure import Measure


class Appeal(models.Model):
    """One appeal: against a measure, or against a recovery of the room below, named by its number.

    `first_by` and `first_also` are who made the decision: neither reviews it.  `outcome` is what the seller was told,
    sealed with its key.  `asked_at` is when the seller was last asked for more.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="appeals", null=True)
    recovery = models.PositiveBigIntegerField(null=True)
    seller_ref = models.CharField(max_length=64)
    first_by = models.CharField(max_length=128)
    first_also = models.CharField(max_length=128, blank=True)
    reviewer = models.CharField(max_length=128, blank=True)
    outcome = models.BinaryField(null=True)
    given_back = models.PositiveBigIntegerField(default=0)
    state = StateField(APPEAL)
    received_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Hold the lifecycle; against one thing, one open appeal of each, another reviewer than the first."""

        constraints = (
            *state_constraints(APPEAL, "enforcement_appeal"),
            models.CheckConstraint(
                condition=Q(measure__isnull=False, recovery__isnull=True)
                | Q(measure__isnull=True, recovery__isnull=False),
                name="enforcement_appeal_against_one",
            ),
            models.CheckConstraint(
                condition=Q(reviewer="")
                | (~Q(reviewer=models.F("first_by")) & ~Q(reviewer=models.F("first_also"))),
                name="enforcement_appeal_another_reviewer",
            ),
            models.UniqueConstraint(fields=("measure",), condition=IS_OPEN, name="enforcement_appeal_one"),
            models.UniqueConstraint(
                fields=("recovery",), condition=IS_OPEN, name="enforcement_appeal_one_recovery"
            ),
        )
        indexes = (
            models.Index(fields=("seller_ref", "id"), name="enforcement_appeal_seller"),
            models.Index(fields=("id",), condition=IS_OPEN, name="enforcement_appeal_open"),
        )


class AppealMessage(models.Model):
    """What the seller or the reviewer said to the other, in order, sealed with the seller's key."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    by_seller = models.BooleanField()
    by = models.CharField(max_length=128, blank=True)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        """Number the messages without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("appeal", "number"), name="enforcement_appealmessage_number"),
        )


class AppealFile(models.Model):
    """A file that came with an appeal; what it is and holds lies in the vault."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    file = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        """Number the files without doubles."""

        constraints = (
            models.UniqueConstraint(fields=("appeal", "number"), name="enforcement_appealfile_number"),
        )


class AppealNote(models.Model):
    """A note of the reviewers among themselves: in another table, so that no message can carry it out."""

    append_only = True

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="notes")
    by = models.CharField(max_length=128)
    sealed = models.BinaryField()
    at = models.DateTimeField()
